"""Drills in Chromium: one question after another, and what went wrong comes back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser

RIGHT = {"which-route": "The one to 10.2.9.0/24", "which-tunnel": "tunnel east", "how-long": "1456"}
WRONG = {"which-route": "Both, in turn.", "which-tunnel": "tunnel west", "how-long": "1453"}
NO_STORAGE = """Object.defineProperty(window, "localStorage",
{ get() { throw new DOMException("no", "SecurityError"); } })"""

Opens = Callable[..., Page]


def card(tab: Page) -> Locator:
    return tab.locator(".q-card")


def kept(tab: Page, key: str = "drills") -> Any:
    return json.loads(tab.evaluate("key => localStorage.getItem(`vpnedu:1:${key}`)", key) or "null")


def start(tab: Page) -> None:
    tab.get_by_role("button", name="Start").click()
    card(tab).wait_for()


def give(tab: Page, texts: dict[str, str]) -> str:
    """Answer the question that is shown, check, and tell its generator."""
    name = str(kept(tab)["now"]["generator"])
    if name == "how-long":
        card(tab).get_by_role("textbox").fill(texts[name])
    else:
        card(tab).get_by_role("radio", name=texts[name]).check()
    card(tab).get_by_role("button", name="Check", exact=True).click()
    return name


def go_on(tab: Page) -> None:
    before = card(tab).get_attribute("class")
    tab.get_by_role("button", name="Next question").click()
    expect(card(tab)).to_have_class(before or "")
    expect(card(tab).locator(".q-verdict")).to_be_empty()


def test_a_right_answer_moves_its_generator_up_and_another_one_asks_next(opens: Opens) -> None:
    tab = opens("drills")
    start(tab)
    name = give(tab, RIGHT)
    assert kept(tab, f"drills:{name}") == {"box": 1, "right": 1, "wrong": 0, "last": 1}
    tab.get_by_text("How you stand").click()
    expect(tab.locator(".p-drilled li", has_text=f"Say {name}")).to_contain_text("box 1 of 5")
    go_on(tab)
    assert kept(tab)["now"]["generator"] != name


def test_what_went_wrong_comes_back_after_two_others(opens: Opens) -> None:
    tab = opens("drills")
    start(tab)
    missed = give(tab, WRONG)
    others = []
    for _ in range(2):
        go_on(tab)
        others.append(give(tab, RIGHT))
    go_on(tab)
    assert missed not in others
    assert kept(tab)["now"]["generator"] == missed


def test_a_second_try_is_for_learning_and_moves_nothing(opens: Opens) -> None:
    tab = opens("drills")
    start(tab)
    name = give(tab, WRONG)
    after = kept(tab, f"drills:{name}")
    card(tab).get_by_role("button", name="Try again").click()
    give(tab, RIGHT)
    assert kept(tab, f"drills:{name}") == after == {"box": 1, "right": 0, "wrong": 1, "last": 1}


def test_a_skipped_question_tells_nothing_and_another_comes(opens: Opens) -> None:
    tab = opens("drills")
    start(tab)
    name = kept(tab)["now"]["generator"]
    tab.get_by_role("button", name="Skip this question").click()
    expect(card(tab)).to_be_visible()
    assert kept(tab)["now"]["generator"] != name
    assert kept(tab, f"drills:{name}") == {"box": 0, "right": 0, "wrong": 0, "last": 1}


def test_only_chosen_topics_are_asked_and_none_is_told(opens: Opens) -> None:
    tab = opens("drills")
    tab.get_by_role("checkbox", name="routes").uncheck()
    tab.get_by_role("checkbox", name="bytes on the wire").uncheck()
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_role("status").filter(has_text="Choose at least one topic.")).to_be_visible()
    tab.get_by_role("checkbox", name="bytes on the wire").check()
    start(tab)
    for _ in range(3):
        assert give(tab, RIGHT) == "how-long"
        go_on(tab)


def test_a_reload_keeps_the_question_its_draft_and_the_topics(opens: Opens) -> None:
    tab = opens("drills")
    tab.get_by_role("checkbox", name="routes").uncheck()
    start(tab)
    card(tab).get_by_role("textbox").fill("14")
    before = kept(tab)["now"]
    tab.reload()
    expect(card(tab).get_by_role("textbox")).to_have_value("14")
    assert kept(tab)["now"] == before
    expect(tab.get_by_role("checkbox", name="routes")).not_to_be_checked()
    expect(tab.get_by_role("button", name="Skip this question")).to_be_visible()
    give(tab, RIGHT)
    tab.reload()
    expect(card(tab).locator(".q-verdict")).to_contain_text("Right.")
    expect(tab.get_by_role("button", name="Next question")).to_be_visible()


def test_a_whole_round_goes_by_keyboard_alone(opens: Opens) -> None:
    tab = opens("drills")
    tab.get_by_role("checkbox", name="routes").focus()
    for key in ("Space", "Tab", "Tab", "Enter"):
        tab.keyboard.press(key)
    expect(card(tab).get_by_role("textbox")).to_be_focused()
    tab.keyboard.type("1456")
    tab.keyboard.press("Enter")
    expect(card(tab).locator(".q-verdict")).to_contain_text("Right.")
    following = tab.get_by_role("button", name="Next question")
    for _ in range(10):
        tab.keyboard.press("Tab")
        if following.evaluate("element => element === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    expect(card(tab).get_by_role("textbox")).to_be_focused()
    expect(card(tab).get_by_role("textbox")).to_have_value("")


def test_questions_that_do_not_come_are_told_and_can_be_tried_again(
    opens: Opens, book: Any
) -> None:
    lost = {f"_static/pools/{name}.js" for name in RIGHT}
    book.lost |= lost
    tab = opens("drills")
    tab.get_by_role("button", name="Start").click()
    expect(tab.get_by_role("alert")).to_contain_text("could not be loaded")
    book.lost -= lost
    tab.get_by_role("button", name="Try again").click()
    card(tab).wait_for()
    expect(tab.get_by_role("alert")).to_have_count(0)


def test_a_run_and_its_player_are_loaded_only_when_they_are_wanted(opens: Opens, book: Any) -> None:
    tab = opens("drills")
    tab.get_by_role("checkbox", name="bytes on the wire").uncheck()
    start(tab)
    while kept(tab)["now"]["generator"] != "which-tunnel":
        tab.get_by_role("button", name="Skip this question").click()
        tab.wait_for_timeout(100)
    # Its network is drawn from the start, by the figure's data alone.
    expect(card(tab).locator(".q-picture svg:visible")).to_have_count(1)
    assert len([name for name in book.asked if ".figures-" in name]) == 1
    assert "_static/player.js" not in book.asked
    give(tab, WRONG)
    card(tab).get_by_role("button", name="Play this run").click()
    card(tab).locator("vpn-figure[ready]").wait_for()
    assert "_static/player.js" in book.asked


def test_where_the_browser_keeps_nothing_drills_go_on_and_say_so(
    opens: Opens, context: BrowserContext
) -> None:
    context.add_init_script(NO_STORAGE)
    tab = opens("drills")
    expect(tab.get_by_text("does not keep your answers")).to_be_visible()
    start(tab)
    tab.get_by_role("button", name="Skip this question").click()
    expect(card(tab)).to_be_visible()


def test_drills_run_from_a_disk(on_disk: Opens) -> None:
    tab = on_disk("drills")
    start(tab)
    give(tab, RIGHT)
    expect(card(tab).locator(".q-verdict")).to_contain_text("Right.")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("drills", '{"seed": 1, "off": 5, "now": 7, "record": null}'),
        ("drills", '{"seed": 1, "off": [], "now": {"generator": "gone", "step": 1, "number": 0},'
         ' "record": null}'),
        ("drills", '{"seed": 1, "off": [], "now": {"generator": "how-long", "step": 1,'
         ' "number": 1e9}, "record": null}'),
        ("drills:which-route", '{"box": -3, "right": "x", "wrong": 1, "last": 2}'),
        ("drills:which-route", '"text"'),
    ],
)  # fmt: skip
def test_what_another_program_or_a_newer_book_left_does_not_stop_the_drills(
    opens: Opens, key: str, text: str
) -> None:
    tab = opens("drills")
    tab.evaluate("([key, text]) => localStorage.setItem(`vpnedu:1:${key}`, text)", [key, text])
    tab.reload()
    start(tab)
    give(tab, RIGHT)
    expect(card(tab).locator(".q-verdict")).to_contain_text("Right")
    go_on(tab)


def test_an_answer_that_was_counted_is_not_counted_again_when_another_tab_went_on(
    opens: Opens,
) -> None:
    tab = opens("drills")
    start(tab)
    name = give(tab, WRONG)
    # Another tab asks the same generator later, and there it is right.
    later = {"box": 1, "right": 1, "wrong": 1, "last": 9}
    put = "([name, text]) => localStorage.setItem(`vpnedu:1:drills:${name}`, text)"
    other = opens("drills")
    other.evaluate(put, [name, json.dumps(later)])
    expect(tab.get_by_role("button", name="Next question")).to_be_visible()
    card(tab).get_by_role("button", name="Try again").click()
    give(tab, RIGHT)
    assert kept(tab, f"drills:{name}") == later
