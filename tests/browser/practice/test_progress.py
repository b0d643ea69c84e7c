"""The progress of the whole book in Chromium: shown, carried out, brought in, forgotten."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from vpnedu.quiz.progress import read
from vpnedu.quiz.tally import Tally

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).parents[2] / "quiz" / "progress_vectors.json"
NOTHING = "0 of 18 answered, 0 right, 0 points"
Opens = Callable[..., Page]


def record(question: Any, **changes: Any) -> dict[str, Any]:
    mark = {"status": "correct", "score": "1"}
    data = {"rev": question.revision, "answer": question.answer.key, "checked": True, "tries": 1}
    return data | {"hints": 0, "first": mark, "last": mark, "seed": 3} | changes


def keep(tab: Page, name: str, value: Any) -> None:
    put = "([key, text]) => localStorage.setItem(`vpnedu:1:${key}`, text)"
    tab.evaluate(put, [name, json.dumps(value)])


def fill(tab: Page, book: Any) -> None:
    """Two answers right, one half right, a draft, a stale one, a drill; and open the page again."""
    asked = {one.id: one for one in book.banks["route-based"].questions}
    half = {"status": "partial", "score": "1/2"}
    keep(tab, "quiz:route-based:route", record(asked["route"]))
    keep(tab, "quiz:route-based:size", record(asked["size"]))
    keep(tab, "quiz:route-based:truths", record(asked["truths"], answer=["table"], last=half))
    keep(tab, "quiz:route-based:saying", record(asked["saying"], checked=False, last=None))
    keep(tab, "quiz:policy-based:route", record(asked["route"], rev="0" * 12))
    keep(tab, "drills:which-route", {"box": 2, "right": 3, "wrong": 1, "last": 7})
    tab.reload()


def all_kept(tab: Page) -> dict[str, Any]:
    kept = tab.evaluate("({ ...localStorage })")
    return {key: json.loads(text) for key, text in kept.items()}


def told(tab: Page) -> Any:
    return tab.locator(".p-told")


def bring(tab: Page, text: str) -> None:
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()}
    tab.get_by_label("Import a file").set_input_files(files=file)


def score(tab: Page) -> Any:
    return tab.locator(".p-score").first


def test_checked_answers_count_and_drafts_and_stale_ones_do_not(opens: Opens, book: Any) -> None:
    tab = opens("progress")
    expect(score(tab)).to_have_text(NOTHING)
    fill(tab, book)
    expect(score(tab)).to_have_text("3 of 18 answered, 2 right, 2.5 points")
    chapter = tab.locator(".p-chapter").first
    expect(chapter.locator(".p-share")).to_have_text("3 of 9 answered, 2 right, 2.5 points")
    chapter.get_by_text("By objective").click()
    first = chapter.get_by_role("listitem").first
    expect(first).to_contain_text("1.5 of 7 points, 5 not answered")
    assert first.get_by_role("link").get_attribute("href") == "route-based.html#which-route-wins"
    expect(tab.get_by_text("1 answer does not count")).to_be_visible()
    tab.get_by_text("Drills by topic").click()
    expect(tab.get_by_text("box 2 of 5, 3 right of 4")).to_be_visible()


def test_the_exam_stands_there_with_its_result(opens: Opens, book: Any) -> None:
    tab = opens("progress")
    expect(tab.get_by_text("No exam yet.")).to_be_visible()
    question = book.banks["route-based"].questions[0]
    head = {"seed": 7, "count": 2, "drawn": ["route-based/route", "policy-based/route"]}
    keep(tab, "exam", head | {"handed": False})
    keep(tab, "exam:route-based:route", record(question))
    tab.reload()
    expect(tab.get_by_text("1 of 2 answered, not handed in.")).to_be_visible()
    keep(tab, "exam", head | {"handed": True})
    tab.reload()
    expect(tab.get_by_text("1 of 2 points, 1 right.")).to_be_visible()


def exported(tab: Page, folder: Path) -> str:
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_text(encoding="utf-8")


def test_what_is_exported_is_what_python_reads_and_marks(
    opens: Opens, book: Any, tmp_path: Path
) -> None:
    tab = opens("progress")
    fill(tab, book)
    tab.get_by_label("Your name").fill("Ana <b>")
    progress = read(exported(tab, tmp_path))
    expect(told(tab)).to_have_text("Saved as vpnedu-progress.json: 5 answers.")
    assert progress.name == "Ana <b>"
    assert progress.drills["which-route"].box == 2
    report = progress.report(book.banks)
    assert report.chapters[0].whole == Tally(9, 3, 2, Fraction(5, 2))
    assert [one.place for one in report.stale] == [("policy-based", "route")]


def test_an_export_brought_in_again_gives_the_same(opens: Opens, book: Any, tmp_path: Path) -> None:
    tab = opens("progress")
    fill(tab, book)
    before = score(tab).inner_text()
    text = exported(tab, tmp_path)
    tab.evaluate("localStorage.clear()")
    tab.reload()
    expect(score(tab)).to_have_text(NOTHING)
    bring(tab, text)
    expect(told(tab)).to_contain_text("Imported 5 answers, 0 of them in place of yours.")
    expect(told(tab)).to_be_focused()
    expect(score(tab)).to_have_text(before)
    tab.get_by_role("button", name="Undo").click()
    expect(score(tab)).to_have_text(NOTHING)
    tab.reload()
    expect(score(tab)).to_have_text(NOTHING)


def test_an_import_is_laid_over_what_is_there_and_can_be_undone(
    opens: Opens, book: Any, tmp_path: Path
) -> None:
    tab = opens("progress")
    fill(tab, book)
    before = score(tab).inner_text()
    data = json.loads(exported(tab, tmp_path))
    records = data["quizzes"]["route-based"]
    # What the file claims of the wrong answer is not believed.
    assert records["route"]["last"] == {"status": "correct", "score": "1"}
    records["route"]["answer"] = "both"
    data["quizzes"] = {"route-based": {"route": records["route"]}}
    bring(tab, json.dumps(data))
    expect(told(tab)).to_contain_text("Imported 1 answer, 1 of them in place of yours.")
    expect(score(tab)).to_have_text("3 of 18 answered, 1 right, 1.5 points")
    tab.get_by_role("button", name="Undo").click()
    expect(score(tab)).to_have_text(before)


@pytest.mark.parametrize(
    "why", ["prose", "a name twice", "too big", "another schema", "deep lists"]
)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_changes(
    opens: Opens, book: Any, why: str
) -> None:
    case = next(c for c in json.loads(VECTORS.read_text())["bad"] if c["why"] == why)
    pieces = case.get("text", [[json.dumps(case.get("file")), 1]])
    tab = opens("progress")
    fill(tab, book)
    before, kept = score(tab).inner_text(), tab.evaluate("JSON.stringify(localStorage)")
    bring(tab, "".join(piece * times for piece, times in pieces))
    expect(told(tab)).to_have_text(
        f"mine.json was not taken. {case['field']}: {case['rule']}. Your progress is as it was."
    )
    expect(score(tab)).to_have_text(before)
    assert tab.evaluate("JSON.stringify(localStorage)") == kept


def test_a_file_that_cannot_be_marked_is_not_taken(opens: Opens, book: Any) -> None:
    tab = opens("progress")
    fill(tab, book)
    before, kept = score(tab).inner_text(), all_kept(tab)
    book.lost.add("_static/pools/exam.js")
    file = {"schema": "vpnedu-progress/1", "quizzes": {}, "drills": {}, "exam": None}
    bring(tab, json.dumps(file))
    expect(told(tab)).to_have_text(
        "mine.json was not taken. The questions could not be loaded. Is there a connection?"
        " Your progress is as it was."
    )
    assert (score(tab).inner_text(), all_kept(tab)) == (before, kept)


def test_a_quiz_of_any_name_does_no_harm(opens: Opens, book: Any) -> None:
    tab = opens("progress")
    one = record(book.banks["route-based"].questions[0])
    file = {"schema": "vpnedu-progress/1", "drills": {}, "exam": None}
    bring(tab, json.dumps(file | {"quizzes": {"constructor": {"keys": one, "entries": one}}}))
    expect(told(tab)).to_contain_text("Imported 2 answers")
    tab.reload()
    expect(score(tab)).to_have_text(NOTHING)
    expect(tab.get_by_text("2 answers do not count")).to_be_visible()


def test_what_another_program_left_is_passed_over(opens: Opens, book: Any) -> None:
    tab = opens("progress")
    fill(tab, book)
    before = score(tab).inner_text()
    question = book.banks["policy-based"].questions[1]
    keep(tab, f"quiz:policy-based:{question.id}", record(question, last={"status": "correct"}))
    keep(tab, "exam", {"seed": 1})
    tab.reload()
    expect(score(tab)).to_have_text(before)
    expect(tab.get_by_text("No exam yet.")).to_be_visible()


def test_what_a_file_says_is_never_html(opens: Opens) -> None:
    evil = "<img src=x onerror='document.title=1'>"
    file = {"schema": "vpnedu-progress/1", "name": evil, "quizzes": {}, "drills": {}, "exam": None}
    tab = opens("progress")
    bring(tab, json.dumps(file))
    expect(told(tab)).to_contain_text(evil)
    bring(tab, json.dumps(file | {evil: 1}))
    expect(told(tab)).to_contain_text("does not belong here")
    expect(tab.locator("vpn-progress img")).to_have_count(0)


def test_everything_is_forgotten_only_when_that_is_meant_and_can_be_undone(
    opens: Opens, book: Any
) -> None:
    tab = opens("progress")
    keep(tab, "drills", {"seed": 5, "off": [], "now": None, "record": None})
    fill(tab, book)
    before, kept = score(tab).inner_text(), all_kept(tab)
    forget = tab.get_by_role("button", name="Forget everything").first
    forget.click()
    expect(tab.get_by_text("This forgets 5 answers")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(forget).to_be_focused()
    expect(score(tab)).to_have_text(before)
    forget.click()
    tab.locator(".p-sure").get_by_role("button", name="Forget everything").click()
    expect(score(tab)).to_have_text(NOTHING)
    assert tab.evaluate("localStorage.length") == 0
    tab.get_by_role("button", name="Undo").click()
    expect(score(tab)).to_have_text(before)
    assert all_kept(tab) == kept


def test_an_answer_of_another_tab_is_shown_and_what_was_open_stays_open(
    opens: Opens, book: Any
) -> None:
    tab, other = opens("progress"), opens("progress")
    tab.get_by_text("By objective").first.click()
    keep(other, "quiz:route-based:route", record(book.banks["route-based"].questions[0]))
    expect(score(tab)).to_have_text("1 of 18 answered, 1 right, 1 point")
    expect(tab.locator(".p-chapter details").first).to_have_attribute("open", "")
