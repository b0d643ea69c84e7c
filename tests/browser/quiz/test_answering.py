"""Every kind of question answered in Chromium: by keyboard alone, by mouse, by touch."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.quiz.cards import KINDS, RIGHT, Opens, card, check, press, verdict

pytestmark = pytest.mark.browser

STEPS = ["IKE_SA_INIT request", "IKE_SA_INIT response", "IKE_AUTH request", "IKE_AUTH response"]


def until(tab: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus."""
    for _ in range(60):
        tab.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {target}")


def test_one_choice_is_picked_by_arrow_keys_and_checked_by_enter(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    until(tab, card(tab, "route").get_by_role("radio").first)
    press(tab, "ArrowDown", "Enter")
    expect(verdict(tab, "route")).to_have_text(RIGHT)
    expect(card(tab, "route").get_by_role("radio").nth(1)).to_be_checked()


def test_several_choices_are_ticked_by_space(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    for name in ("It asks its route table.", "Its tunnels may carry any addresses."):
        card(tab, "truths").get_by_role("checkbox", name=name).focus()
        press(tab, "Space")
    until(tab, card(tab, "truths").get_by_role("button", name="Check"))
    press(tab, "Enter")
    expect(verdict(tab, "truths")).to_have_text(RIGHT)


@pytest.mark.parametrize(("name", "text"), [("size", "1 456"), ("address", "10.2.8.0/23")])
def test_what_is_typed_is_checked_by_enter(opens_quiz: Opens, name: str, text: str) -> None:
    tab = opens_quiz()
    until(tab, card(tab, name).get_by_role("textbox"))
    tab.keyboard.type(text)
    press(tab, "Enter")
    expect(verdict(tab, name)).to_have_text(RIGHT)
    expect(card(tab, name).get_by_role("textbox")).to_have_value(text)


def test_pairs_are_chosen_from_lists(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    for item, option in (("IKE", "agrees"), ("ESP", "seals"), ("BGP", "tells")):
        card(tab, "partners").get_by_label(item, exact=True).focus()
        tab.keyboard.type(option)
    until(tab, card(tab, "partners").get_by_role("button", name="Check"))
    press(tab, "Space")
    expect(verdict(tab, "partners")).to_have_text(RIGHT)


def ordered(tab: Page) -> list[str]:
    return card(tab, "steps").locator(".q-name").all_inner_texts()


def test_steps_are_ordered_by_buttons_which_keep_the_focus(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    assert ordered(tab) != STEPS
    for place, step in enumerate(STEPS):
        up = card(tab, "steps").get_by_role("button", name=f"Move up: {step}")
        up.focus()
        while ordered(tab).index(step) > place:
            press(tab, "Enter")
            expect(up).to_be_focused()
            now = f"{step}: now {ordered(tab).index(step) + 1} of 4"
            expect(card(tab, "steps").locator("[aria-live] >> text=now")).to_have_text(now)
    assert ordered(tab) == STEPS
    check(tab, "steps")
    expect(verdict(tab, "steps")).to_have_text(RIGHT)


def test_a_step_at_the_end_of_the_list_stays_and_so_does_the_focus(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    before = ordered(tab)
    first = card(tab, "steps").get_by_role("button", name=f"Move up: {before[0]}")
    expect(first).to_have_attribute("aria-disabled", "true")
    first.focus()
    press(tab, "Enter")
    assert ordered(tab) == before
    expect(first).to_be_focused()
    check(tab, "steps")
    expect(verdict(tab, "steps")).to_have_text("–Nothing is answered yet.")


def test_a_byte_is_found_by_arrow_keys(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    cells = card(tab, "field").get_by_role("gridcell")
    until(tab, cells.first)
    press(tab, "ArrowDown", "ArrowDown", "ArrowDown", "End", "Home", "ArrowRight")
    expect(cells.nth(25)).to_be_focused()
    expect(cells.nth(25)).to_have_accessible_name("byte 25: 00")
    press(tab, "Enter")
    expect(cells.nth(25)).to_have_attribute("aria-selected", "true")
    expect(card(tab, "field").get_by_label("Number of the byte")).to_have_value("25")
    expect(card(tab, "field").locator("[aria-live] >> text=picked")).to_have_text(
        "Byte 25 picked: 00"
    )
    expect(verdict(tab, "field")).to_have_text("")
    check(tab, "field")
    expect(verdict(tab, "field")).to_have_text(RIGHT)


def test_a_byte_is_given_by_its_number_too(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    card(tab, "field").get_by_label("Number of the byte").fill("27")
    press(tab, "Enter")
    expect(verdict(tab, "field")).to_have_text(RIGHT)
    expect(card(tab, "field").locator("[aria-selected=true]")).to_have_text("2a")


def sort_steps(tab: Page, act: str) -> None:
    """Put the steps in order by their buttons, pressed by `act`."""
    for place, step in enumerate(STEPS):
        while ordered(tab).index(step) > place:
            button = card(tab, "steps").get_by_role("button", name=f"Move up: {step}")
            getattr(button, act)()


def test_every_kind_is_answered_by_touch(touched: Page) -> None:
    for name, text in (
        ("route", "The one to 10.2.9.0/24"),
        ("truths", "It asks"),
        ("truths", "Its tunnels"),
        ("saying", "True"),
        ("fate", "tunnel east"),
    ):
        card(touched, name).locator("label", has_text=text).tap()
    for name, text in (("size", "1456"), ("address", "10.2.8.0/23")):
        card(touched, name).get_by_role("textbox").tap()
        touched.keyboard.type(text)
    for item, option in (("IKE", "agree"), ("ESP", "seal"), ("BGP", "tell")):
        card(touched, "partners").get_by_label(item, exact=True).select_option(option)
    sort_steps(touched, "tap")
    card(touched, "field").get_by_role("gridcell").nth(24).tap()
    for name in KINDS:
        card(touched, name).get_by_role("button", name="Check", exact=True).tap()
        expect(verdict(touched, name)).to_have_text(RIGHT)
    expect(touched.locator(".q-progress")).to_have_text("9 of 9 answered")
    expect(touched.locator(".q-score")).to_have_text("Your score: 9 of 9 points.")


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_step_is_dragged_by_mouse(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    before = ordered(tab)
    card(tab, "steps").scroll_into_view_if_needed()
    grips = card(tab, "steps").locator(".q-grip")
    tab.mouse.move(*middle(grips.nth(3)))
    tab.mouse.down()
    tab.mouse.move(*middle(grips.nth(0)), steps=8)
    tab.mouse.up()
    assert ordered(tab) == [before[3], *before[:3]]
    tab.mouse.move(*middle(grips.nth(3)), steps=4)
    assert ordered(tab) == [before[3], *before[:3]], "nothing is held any more"


def test_a_step_is_dragged_by_finger(touched: Page) -> None:
    before = ordered(touched)
    card(touched, "steps").scroll_into_view_if_needed()
    grips = card(touched, "steps").locator(".q-grip")
    finger = touched.context.new_cdp_session(touched)
    (x, start), (_, end) = middle(grips.nth(0)), middle(grips.nth(2))

    def touch(kind: str, *points: float) -> None:
        places = [{"x": x, "y": y} for y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", start)
    for part in range(1, 9):
        touch("touchMove", start + (end + 10 - start) * part / 8)
    touch("touchEnd")
    assert ordered(touched) == [before[1], before[2], before[0], before[3]]
