"""What is answered is kept: over a reload, in another tab, while the question is the same."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.quiz.cards import RIGHT, Opens, card, check, verdict

pytestmark = pytest.mark.browser

# As in a browser that forbids storage to a page.
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException("full", "QuotaExceededError"); };"""


def answer_all(tab: Page) -> None:
    """An answer to every kind, some checked and some not."""
    card(tab, "route").get_by_role("button", name="Hint 1").click()
    card(tab, "route").get_by_role("radio", name="Both, in turn.").check()
    card(tab, "truths").get_by_label("It asks its route table.").check()
    card(tab, "saying").get_by_label("True").check()
    check(tab, "saying")
    card(tab, "size").get_by_role("textbox").fill("14")
    card(tab, "address").get_by_role("textbox").fill("10.2.8.0/99")
    card(tab, "partners").get_by_label("ESP").select_option("tell")
    card(tab, "steps").get_by_role("button", name="Move up: IKE_AUTH request").click()
    card(tab, "fate").get_by_role("radio", name="none").check()
    check(tab, "fate")
    card(tab, "field").get_by_role("gridcell").nth(5).click()


def keep(context: BrowserContext, text: str) -> None:
    """Let the browser have `text` as the record of the question `saying`."""
    key = "vpnedu:1:quiz:sample:saying"
    # An empty tab has no storage.
    context.add_init_script(f"try {{ localStorage.setItem({key!r}, {text!r}) }} catch {{}}")


def told(tab: Page) -> dict[str, Any]:
    """All that a reader put in, and what the page says of it."""
    return tab.evaluate(
        """() => ({
        ticked: [...document.querySelectorAll("input:checked")].map((input) => input.value),
        typed: [...document.querySelectorAll("input[type=text]")].map((input) => input.value),
        chosen: [...document.querySelectorAll("select")].map((select) => select.value),
        steps: [...document.querySelectorAll(".q-name")].map((step) => step.textContent),
        byte: [...document.querySelectorAll("[aria-selected=true]")].map((cell) => cell.ariaLabel),
        said: [...document.querySelectorAll(".q-verdict, .q-hint, .q-score, .q-progress")]
          .map((each) => each.textContent),
        })"""
    )


def test_nothing_is_lost_on_reload_neither_answers_nor_drafts(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    answer_all(tab)
    before = told(tab)
    assert before["ticked"] == ["both", "table", "true", "none"]
    assert before["typed"] == ["14", "10.2.8.0/99", "5"]
    assert before["byte"] == ["byte 5: 00"]
    tab.reload()
    tab.locator("vpn-quiz[ready]").wait_for()
    assert told(tab) == before
    expect(verdict(tab, "saying")).to_have_text(RIGHT)


def test_a_tab_closed_in_the_middle_of_a_word_has_kept_it(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    card(tab, "address").get_by_role("textbox").press_sequentially("10.2.8")
    tab.close(run_before_unload=False)
    again = opens_quiz()
    expect(card(again, "address").get_by_role("textbox")).to_have_value("10.2.8")


def test_a_changed_question_drops_its_own_answer_only(
    opens_quiz: Opens, sample: dict[str, Any]
) -> None:
    tab = opens_quiz()
    for name in ("saying", "fate"):
        card(tab, name).get_by_role("radio").first.check()
        check(tab, name)
    changed = [
        replace(question, reference="RFC 4301") if question.id == "saying" else question
        for question in sample["QUESTIONS"]
    ]
    tab.close()
    tab = opens_quiz(sample["sample_bank"](*changed))
    notice = tab.locator(".q-notice")
    expect(notice).to_have_text(
        "One question has changed since you answered it: your answer to it is gone."
    )
    expect(card(tab, "saying").locator("input:checked")).to_have_count(0)
    expect(card(tab, "fate").locator("input:checked")).to_have_count(1)
    expect(tab.locator(".q-progress")).to_have_text("1 of 9 answered")
    tab.reload()
    expect(tab.locator(".q-progress")).to_have_text("1 of 9 answered")
    expect(notice).to_have_text("")


@pytest.mark.parametrize("broken", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_the_browser_keeps_nothing_the_quiz_works_and_says_so(
    opens_quiz: Opens, context: BrowserContext, broken: str
) -> None:
    context.add_init_script(broken)
    tab = opens_quiz()
    answer_all(tab)
    expect(verdict(tab, "saying")).to_have_text(RIGHT)
    expect(tab.locator(".q-notice")).to_contain_text("Your browser does not keep your answers")
    expect(tab.locator(".q-progress")).to_have_text("2 of 9 answered")


def test_an_answer_in_another_tab_stands_here_too(opens_quiz: Opens) -> None:
    one, other = opens_quiz(), opens_quiz()
    card(one, "size").get_by_role("textbox").fill("1456")
    check(one, "size")
    expect(verdict(other, "size")).to_have_text(RIGHT)
    card(other, "saying").get_by_label("True").check()
    check(other, "saying")
    expect(one.locator(".q-progress")).to_have_text("2 of 9 answered")
    one.reload()
    expect(one.locator(".q-progress")).to_have_text("2 of 9 answered")


@pytest.mark.parametrize(
    "kept",
    [
        '"text"',
        "7",
        "{not json",
        '{"rev": "REV", "answer": {"a": 1}, "checked": true, "last": null, "hints": "x"}',
        '{"rev": "REV", "answer": ["true", "false"], "checked": true, "hints": 99}',
        '{"rev": "REV", "answer": "no-such-choice", "checked": true, "seed": "seed"}',
    ],
)
def test_what_is_kept_may_be_anything(
    opens_quiz: Opens, context: BrowserContext, sample: dict[str, Any], kept: str
) -> None:
    text = kept.replace("REV", sample["SAYING"].revision)
    keep(context, text)
    tab = opens_quiz()
    expect(tab.locator(".q-progress")).to_have_text("0 of 9 answered")
    card(tab, "saying").get_by_label("True").check()
    check(tab, "saying")
    expect(verdict(tab, "saying")).to_have_text(RIGHT)


def test_a_score_that_was_kept_is_not_believed(
    opens_quiz: Opens, context: BrowserContext, sample: dict[str, Any]
) -> None:
    forged = '{"status": "correct", "score": "1"}'
    record = (
        f'{{"rev": "{sample["SAYING"].revision}", "answer": "false", "checked": true,'
        f' "tries": 1, "hints": 0, "first": {forged}, "last": {forged}, "seed": 0}}'
    )
    keep(context, record)
    tab = opens_quiz()
    expect(verdict(tab, "saying")).to_have_text("✕Not right.")
    expect(tab.locator(".q-score")).to_contain_text("So far: 0 of 1 point")
