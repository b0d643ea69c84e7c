"""The exam in Chromium: drawn by its number, kept at every key, marked when it is handed in."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from vpnedu.quiz.exam import draw
from vpnedu.quiz.question import grade
from vpnedu.quiz.tally import tallied
from vpnedu.site import pools

pytestmark = pytest.mark.browser

SEED = 42
Opens = Callable[..., Page]


def start(tab: Page, seed: int = SEED, count: str = "10") -> None:
    tab.get_by_label("Exam number").fill(str(seed))
    tab.get_by_label("Questions").select_option(count)
    tab.get_by_role("button", name="Start").click()
    tab.locator(".q-card").first.wait_for()


def places(tab: Page) -> list[str]:
    return [str(card.get_attribute("id")) for card in tab.locator(".q-card").all()]


def ids(banks: Any, count: int | None = 10) -> list[str]:
    return [f"exam-{quiz}-{name}" for quiz, name in draw(banks, SEED, count)]


def keep(tab: Page, banks: Any, answers: dict[str, Any]) -> None:
    """Put answers where the browser keeps the exam's, as drafts, and open the page again."""
    asked = {(b.name, q.id): q for b in banks.values() for q in b.questions}
    for place in draw(banks, SEED, 10):
        question = asked[place]
        answer = answers.get(question.answer.name, question.answer.key)
        record = {"rev": question.revision, "answer": answer, "checked": False, "tries": 0,
                  "hints": 0, "first": None, "last": None, "seed": SEED}  # fmt: skip
        key = ":".join(("vpnedu:1:exam", *place))
        tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(record)])
    tab.reload()
    tab.locator(".q-card").first.wait_for()


def hand_in(tab: Page) -> None:
    tab.get_by_role("button", name="Hand in", exact=True).click()


def result(tab: Page) -> Locator:
    return tab.get_by_role("group", name="Result")


@pytest.mark.parametrize(("option", "count"), [("", None), ("10", 10)])
def test_the_number_draws_the_questions_that_python_draws(
    opens: Opens, book: Any, option: str, count: int | None
) -> None:
    tab = opens("exam")
    start(tab, count=option)
    assert places(tab) == ids(book.banks, count)


def test_a_number_that_is_none_is_told_and_nothing_begins(opens: Opens) -> None:
    tab = opens("exam")
    for text in ("", "-1", "1.5", "seven"):
        tab.get_by_label("Exam number").fill(text)
        tab.get_by_role("button", name="Start").click()
        expect(tab.get_by_role("alert")).to_contain_text("a whole number from 0 to 999999")
        expect(tab.get_by_label("Exam number")).to_be_focused()
        expect(tab.get_by_label("Exam number")).to_have_attribute("aria-invalid", "true")
    expect(tab.locator(".q-card")).to_have_count(0)


def test_a_reload_loses_no_answer_and_nothing_is_marked_before_it_is_handed_in(
    opens: Opens,
) -> None:
    tab = opens("exam")
    start(tab)
    radio = tab.get_by_role("radio").first
    radio.check()
    expect(tab.locator(".p-count")).to_have_text("1 of 10 questions answered")
    tab.reload()
    expect(tab.get_by_role("radio").first).to_be_checked()
    expect(tab.locator(".p-count")).to_have_text("1 of 10 questions answered")
    expect(tab.get_by_role("button", name="Check", exact=True)).to_have_count(0)
    assert tab.locator(".q-verdict").all_inner_texts() == [""] * 10


def test_blank_answers_are_told_before_anything_is_marked(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, {"one": None, "number": "many"})
    hand_in(tab)
    sure = tab.get_by_role("group", name="Are you sure?")
    expect(sure).to_contain_text("Still blank:")
    expect(sure).to_contain_text("Not readable")
    expect(sure).to_be_focused()
    tab.keyboard.press("Escape")
    expect(sure).to_have_count(0)
    expect(tab.get_by_role("button", name="Hand in", exact=True)).to_be_focused()
    hand_in(tab)
    sure.get_by_role("link").first.click()
    focused = tab.evaluate("document.activeElement.closest('.q-card').id")
    assert focused in places(tab)
    expect(result(tab)).to_be_empty()


def test_the_result_is_what_python_reckons_by_chapter_and_by_objective(
    opens: Opens, book: Any
) -> None:
    answers = {"many": ["table"], "number": "1453", "byte": "3"}
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, answers)
    hand_in(tab)
    expect(result(tab)).to_be_focused()
    drawn = draw(book.banks, SEED, 10)
    asked = {(b.name, q.id): q for b in book.banks.values() for q in b.questions}
    marks = {
        place: grade(asked[place], answers.get(asked[place].answer.name, asked[place].answer.key))
        for place in drawn
    }
    rows = tallied(book.banks, marks, drawn)
    score = round(float(sum(row.whole.score for row in rows)), 2)
    expect(tab.locator(".p-result .p-score")).to_have_text(f"{score:g} of 10 points")
    chapters = tab.locator(".p-result .p-chapter").all()
    assert len(chapters) == len(rows)
    for shown, row in zip(chapters, rows, strict=True):
        expect(shown.locator(".p-share")).to_have_text(
            f"{round(float(row.whole.score), 2):g} of {row.whole.asked} points"
        )
        links = [link.get_attribute("href") for link in shown.locator("li a").all()]
        assert links == [f"{row.quiz}.html#{one.section}" for one, _ in row.objectives]


def test_what_was_handed_in_is_explained_and_stays_as_it_is(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, {"one": None})
    hand_in(tab)
    tab.get_by_role("button", name="Hand in as it is").click()
    score = tab.locator(".p-result .p-score").inner_text()
    for _ in range(2):
        expect(tab.locator(".q-card .q-after p").first).to_be_visible()
        expect(tab.get_by_text("Not answered.").first).to_be_visible()
        expect(tab.get_by_role("radio").first).to_be_disabled()
        assert tab.locator(".p-result .p-score").inner_text() == score
        tab.reload()
        tab.locator(".p-result .p-score").wait_for()


def test_a_claimed_score_is_marked_anew(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, {"one": None, "number": "0", "many": ["bgp"]})
    hand_in(tab)
    tab.get_by_role("button", name="Hand in as it is").click()
    score = tab.locator(".p-result .p-score").inner_text()
    tab.evaluate("""() => { for (const key of Object.keys(localStorage).filter((key) =>
      key.startsWith("vpnedu:1:exam:"))) localStorage.setItem(key, JSON.stringify({
        ...JSON.parse(localStorage.getItem(key)), last: { status: "correct", score: "1" } })); }""")
    tab.reload()
    expect(tab.locator(".p-result .p-score")).to_have_text(score)


def test_a_new_exam_asks_first_and_begins_from_nothing(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, {})
    hand_in(tab)
    tab.get_by_role("button", name="New exam").click()
    tab.get_by_role("button", name="Keep this one").click()
    expect(tab.get_by_role("button", name="New exam")).to_be_focused()
    tab.get_by_role("button", name="New exam").click()
    tab.locator(".p-sure").get_by_role("button", name="New exam").click()
    expect(tab.get_by_label("Exam number")).to_be_focused()
    kept = tab.evaluate("Object.keys(localStorage).filter((key) => key.includes(':exam'))")
    assert kept == []
    start(tab)
    expect(tab.locator(".p-count")).to_have_text("0 of 10 questions answered")


def test_two_tabs_of_one_exam_show_each_others_answers(opens: Opens) -> None:
    one = opens("exam")
    start(one)
    other = opens("exam")
    other.locator(".q-card").first.wait_for()
    one.get_by_role("radio").first.check()
    expect(other.get_by_role("radio").first).to_be_checked()
    expect(other.locator(".p-count")).to_have_text("1 of 10 questions answered")


def test_a_changed_question_loses_its_own_answer_only_and_says_so(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    keep(tab, book.banks, {})
    changed, gone = draw(book.banks, SEED, 10)[0], draw(book.banks, SEED, 10)[1]
    bank = book.banks[changed[0]]
    questions = tuple(
        replace(one, explain="Other words.") if one.id == changed[1] else one
        for one in bank.questions
        if (bank.name, one.id) != gone
    )
    banks = book.banks | {bank.name: replace(bank, questions=questions)}
    book.files["_static/pools/exam.js"] = dict(pools.scripts({}, banks))["exam"]
    tab.reload()
    expect(tab.locator(".p-count")).to_have_text("8 of 9 questions answered")
    expect(tab.locator(".p-told").first).to_have_text(
        "1 question of this exam left the book. "
        "1 question changed since you answered: your answer there is gone."
    )


def test_questions_that_do_not_come_are_told_and_no_answer_is_lost(opens: Opens, book: Any) -> None:
    tab = opens("exam")
    start(tab)
    tab.get_by_role("radio").first.check()
    book.lost.add("_static/pools/exam.js")
    tab.reload()
    expect(tab.get_by_role("alert")).to_contain_text("could not be loaded")
    book.lost.clear()
    tab.get_by_role("button", name="Try again").click()
    expect(tab.get_by_role("radio").first).to_be_checked()


def test_an_exam_runs_from_a_disk(on_disk: Opens) -> None:
    tab = on_disk("exam")
    start(tab)
    tab.get_by_role("radio").first.check()
    tab.reload()
    expect(tab.get_by_role("radio").first).to_be_checked()


@pytest.mark.parametrize("left", ["5", '{"seed": 1}', '{"seed": 1, "drawn": 7, "handed": true}'])
def test_what_another_program_left_is_no_exam(opens: Opens, left: str) -> None:
    tab = opens("exam")
    tab.evaluate("text => localStorage.setItem('vpnedu:1:exam', text)", left)
    tab.reload()
    start(tab)
    expect(tab.locator(".q-card")).to_have_count(10)


def test_an_exam_that_another_tab_ends_while_its_questions_come_is_over(
    opens: Opens, context: BrowserContext
) -> None:
    tab = opens("exam")
    start(tab)
    waiting: list[Any] = []
    tab.route("**/pools/exam.js", lambda route: waiting.append(route))
    tab.reload(wait_until="commit")
    tab.get_by_text("Loading …").wait_for()
    other = context.new_page()
    other.goto(tab.url.replace("exam.html", "progress.html"))
    other.evaluate("localStorage.clear(); localStorage.setItem('vpnedu:1:exam', 'null')")
    tab.get_by_label("Exam number").wait_for()
    waiting[0].fallback()
    tab.wait_for_function("globalThis.vpneduPools?.exam")
    expect(tab.get_by_label("Exam number")).to_be_visible()
    expect(tab.locator(".q-card, .p-warning[role=alert]:not(:empty)")).to_have_count(0)
