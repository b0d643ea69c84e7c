"""How a quiz looks and reads: axe in every state, on a phone, on paper, and without scripts."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import stop_clock, violations, watch
from tests.browser.quiz.cards import KINDS, Opens, card, check
from vpnedu.quiz.bank import Objective
from vpnedu.quiz.inputs import Pairs
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Table
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.trace import Trace

pytestmark = pytest.mark.browser

ATTACK = '</script><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>&lt;b&gt;\'"'


def answer(tab: Page, state: str) -> None:
    """Bring every question into a state that it can be in."""
    right = state == "right"
    for name, good in (("route", "B "), ("saying", "A "), ("fate", "C ")):
        radios = card(tab, name).get_by_role("radio")
        places = range(radios.count())
        wanted = [n for n in places if (radios.nth(n).evaluate(NAME)[:2] == good) == right]
        radios.nth(wanted[0]).check()
    for name in ("It asks its route table.", "Its tunnels may carry any addresses."):
        card(tab, "truths").get_by_label(name).check()
    if state != "right":
        card(tab, "truths").get_by_label("It must speak BGP.").check()
    card(tab, "size").get_by_role("textbox").fill("1456" if right else "1453")
    card(tab, "address").get_by_role("textbox").fill("10.2.8.0/23" if right else "10.2.8.0/24")
    for item, option in (("IKE", "agree"), ("ESP", "seal"), ("BGP", "tell" if right else "seal")):
        card(tab, "partners").get_by_label(item, exact=True).select_option(option)
    card(tab, "steps").get_by_role("button", name="Move up: IKE_SA_INIT response").click()
    if right:
        card(tab, "steps").get_by_role("button", name="Move down: IKE_AUTH response").click()
    card(tab, "field").get_by_role("gridcell").nth(24 if right else 20).click()
    for name in KINDS:
        check(tab, name)


NAME = "input => input.labels[0].textContent.slice(0, 1) + ' '"


def show(tab: Page, state: str) -> None:
    """Bring the quiz into a state that axe is to look at."""
    if state == "blank":
        for name in KINDS:
            check(tab, name)
    elif state == "invalid":
        card(tab, "size").get_by_role("textbox").fill("many")
        card(tab, "address").get_by_role("textbox").fill("10.2.8.0")
        card(tab, "field").get_by_role("textbox").fill("99")
        for name in ("size", "address", "field"):
            check(tab, name)
    elif state == "hinted":
        for name in ("route", "route", "size"):
            card(tab, name).locator(".q-take").click()
        card(tab, "size").get_by_role("textbox").fill("1")
        tab.get_by_role("button", name="Start over").click()
    elif state in ("right", "wrong"):
        answer(tab, state)
        card(tab, "fate").get_by_role("button", name="Play this run").click()
        card(tab, "fate").get_by_role("button", name="Pause").click()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("state", ["unanswered", "blank", "invalid", "hinted", "wrong", "right"])
def test_axe_finds_nothing_in_any_state_light_or_dark(
    opens_quiz: Opens, state: str, width: int
) -> None:
    tab = opens_quiz()
    tab.set_viewport_size({"width": width, "height": 800})
    show(tab, state)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(tab) == [], scheme
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    if state == "right":
        expect(tab.locator(".q-score")).to_have_text("Your score: 9 of 9 points.")
    if state == "wrong":
        marks = {card(tab, name).get_attribute("data-status") for name in KINDS}
        assert marks == {"incorrect", "partial"}


@pytest.mark.parametrize("state", ["unanswered", "wrong"])
def test_every_target_is_large_enough_for_a_finger(opens_quiz: Opens, state: str) -> None:
    tab = opens_quiz()
    tab.set_viewport_size({"width": 320, "height": 800})
    show(tab, state)
    small = tab.evaluate(
        """() => [...document.querySelectorAll("vpn-quiz :is(button, select, .q-choice label,"
           + " input[type=text], [role=gridcell], .q-grip)")]
          .filter((each) => !each.closest("vpn-figure") && each.getClientRects().length)
          .map((each) => [each.className || each.textContent, each.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert small == []


def test_the_question_is_the_name_of_its_group(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    for name, text in (("saying", "A longer prefix wins"), ("field", "Find a byte of")):
        group = card(tab, name).get_by_role("group").first
        assert group.evaluate("group => group.tagName") == "FIELDSET"
        assert text in group.evaluate("group => group.querySelector('legend').textContent")


def test_a_table_is_a_table_with_a_caption_and_heads(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    table = card(tab, "route").get_by_role("table", name="Routes of the head office gateway")
    expect(table.get_by_role("columnheader")).to_have_text(["prefix", "next hop", "preference"])
    expect(table.get_by_role("rowheader")).to_have_text(["10.2.0.0/16", "10.2.9.0/24"])


def test_a_table_that_is_too_wide_scrolls_by_key_and_the_page_does_not(
    opens_quiz: Opens, sample: dict[str, Any]
) -> None:
    wide = Table("Wide", ("a" * 30, "b" * 30), (("c" * 30, "d" * 30),))
    tab = opens_quiz(sample["sample_bank"](replace(sample["ROUTE"], table=wide)))
    tab.set_viewport_size({"width": 320, "height": 640})
    region = tab.get_by_role("region", name="Wide")
    region.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.querySelector('.q-scroll').scrollLeft > 0")
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 320
    tab.set_viewport_size({"width": 1200, "height": 640})
    expect(tab.get_by_role("region", name="Wide")).to_have_count(0)


def test_a_picture_shows_the_network_and_not_the_run(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    fate = card(tab, "fate")
    expect(fate.get_by_role("img")).to_have_count(1)
    name = fate.get_by_role("img").get_attribute("aria-label")
    assert name
    assert name.startswith("Head office (10.1.0.0/16)"), "the title of the run may tell its end"
    expect(fate.locator(".capsule, .mark, .said, ol, button.play")).to_have_count(0)
    expect(fate.get_by_role("button", name="Play this run")).to_have_count(0)


def test_after_the_check_the_run_is_played(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    card(tab, "fate").get_by_role("radio").first.check()
    check(tab, "fate")
    stop_clock(tab)
    card(tab, "fate").get_by_role("button", name="Play this run").click()
    expect(card(tab, "fate").locator("vpn-figure[ready] .frame")).to_be_focused()
    expect(card(tab, "fate").get_by_role("button", name="Pause")).to_be_visible()
    watch(tab, card(tab, "fate").locator(".said"), until="tunnel east")


def test_no_field_of_the_packet_is_named_before_the_check(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    field = card(tab, "field")
    cell = field.get_by_role("gridcell").nth(21)
    cell.hover()
    cell.click()
    shown = field.evaluate("form => form.outerHTML")
    for name in ("SPI", "ciphertext", "IPv4 header"):
        assert name not in shown
    check(tab, "field")
    expect(cell).to_have_accessible_name("byte 21: f0, SPI")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_all_questions_come_first_and_then_all_answers(
    opens_quiz: Opens, unscripted: Page, scripts: bool
) -> None:
    tab = opens_quiz() if scripts else unscripted
    tab.emulate_media(media="print")
    if scripts:
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    answers = tab.locator(".q-numbered > li")
    expect(answers).to_have_count(9)
    last = tab.locator(".q-card").last.bounding_box()
    for entry in answers.all():
        box = entry.bounding_box()
        assert box
        assert last
        assert box["height"] > 40
        assert box["y"] > last["y"] + last["height"]
    expect(answers.nth(0)).to_contain_text(
        "✓ The one to 10.2.9.0/24, by tunnel west. It is longer."
    )
    expect(answers.nth(0)).to_contain_text("RFC 4632, section 5.1")
    expect(answers.nth(3)).to_contain_text("✓ 1456 B")
    for part in tab.locator(".q-actions, .q-moves, summary").all():
        expect(part).to_be_hidden()


def test_a_quiz_reads_without_scripts(unscripted: Page) -> None:
    expect(unscripted.locator(".q-card")).to_have_count(9)
    for text in ("Both, in turn.", "In no order:", "45 00 00 64", "seals packets", "Your answer:"):
        assert text in unscripted.locator("vpn-quiz").inner_text().replace("\t", " ")
    answers = unscripted.locator(".q-numbered")
    expect(answers).to_be_hidden()
    unscripted.get_by_text("Answers", exact=True).click()
    expect(answers).to_be_visible()
    for width in (320, 1280):
        unscripted.set_viewport_size({"width": width, "height": 800})
        assert unscripted.locator("html").evaluate("root => root.scrollWidth") <= width


def attacked(value: Any) -> Any:
    """`value` with an attack behind every text in it that people write."""
    if isinstance(value, str):
        return value + ATTACK
    if isinstance(value, tuple):
        return tuple(map(attacked, value))
    if not is_dataclass(value) or isinstance(value, Trace):
        return replace(value, title=value.title + ATTACK) if isinstance(value, Trace) else value
    known = {"id", "kind", "credit", "value", "option", "objective", "form"}
    names = {field.name for field in fields(value)} - known
    if isinstance(value, Pairs):
        options = tuple((name, text + ATTACK) for name, text in value.options)
        return replace(value, items=attacked(value.items), options=options)
    return replace(value, **{name: attacked(getattr(value, name)) for name in names})


def texts(value: Any) -> Iterator[str]:
    """Every text in `value`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from (text for each in value for text in texts(each))
    elif is_dataclass(value):
        yield from (text for field in fields(value) for text in texts(getattr(value, field.name)))


@pytest.fixture
def hostile(sample: dict[str, Any]) -> Any:
    """The bank of all kinds with an attack in every field."""
    words = Typed("words", ("right",), (Mistake("m", "25", "says"),))
    asked = [
        replace(question, answer=words) if question.id == "address" else question
        for question in sample["QUESTIONS"]
    ]
    bank = sample["sample_bank"](*map(attacked, asked))
    known = tuple(Objective(o.id, o.text + ATTACK, o.section + ATTACK) for o in bank.objectives)
    return replace(bank, objectives=known, title=bank.title + ATTACK)


def unhurt(tab: Page) -> None:
    assert tab.evaluate("window.hurt") is None
    expect(tab.locator("vpn-quiz :is(img, b[onerror], script:not(:first-child))")).to_have_count(0)


def test_no_text_of_a_bank_becomes_html_in_the_page(opens_quiz: Opens, hostile: Any) -> None:
    tab = opens_quiz(hostile, element=False)
    unhurt(tab)
    parts = tab.locator(".q-title, .q-card, .q-answers").all_text_contents()
    shown = "".join("".join(parts).split())
    for question in hostile.questions:
        for text in texts(replace(question, hints=(), trace=None)):
            if ATTACK in text:
                assert "".join(plain(text).split()) in shown


def test_no_text_of_a_bank_becomes_html_in_the_element(opens_quiz: Opens, hostile: Any) -> None:
    tab = opens_quiz(hostile)
    for question in hostile.questions:
        form = card(tab, question.id)
        while form.locator(".q-take").is_visible():
            form.locator(".q-take").click()
        form.locator("input, select, .q-move:not([aria-disabled=true])").first.click()
        for field in form.get_by_role("textbox").all():
            field.fill("25")
        for chosen in form.locator("select").all():
            chosen.select_option(index=1)
        check(tab, question.id)
        expect(form.locator(".q-after")).to_contain_text(ATTACK)
        unhurt(tab)
        if question.trace:
            form.get_by_role("button", name="Play this run").click()
            expect(form.locator(".figure-title")).to_contain_text(ATTACK)
    unhurt(tab)
