"""A progress file: what is refused, and why; what is believed, and what is marked anew."""

import json
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.drill import Drill
from vpnedu.quiz.inputs import Choice, Many, One
from vpnedu.quiz.progress import Stale, read
from vpnedu.quiz.question import Hint, Question
from vpnedu.quiz.tally import Tally

VECTORS = json.loads((Path(__file__).parent / "progress_vectors.json").read_text())
QUARTER = Fraction(1, 4)
CLAIMED = {"status": "correct", "score": "1"}


def text_of(case: dict[str, Any]) -> str:
    if "file" in case:
        return json.dumps(case["file"])
    return "".join(piece * times for piece, times in case["text"])


def choices(right: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, one, one in right, "Because.") for one in "abc")


ONE = Question(
    "pick", "single", "Which?", One(choices("a")), "So.", "RFC 4301", "see", 1,
    (Hint("Look.", QUARTER),),
)  # fmt: skip
MANY = Question("tick", "multiple", "Which?", Many(choices("ab")), "So.", "RFC 4301", "tell", 2)
BANK = Bank(
    "tunnels", "Tunnels", (Objective("see", "See.", "s"), Objective("tell", "Tell.", "t")),
    (ONE, MANY),
)  # fmt: skip
OTHER = Bank("routes", "Routes", (Objective("go", "Go.", "g"),), (ONE,))
BANKS = {"tunnels": BANK, "routes": OTHER}


def record(question: Question, answer: object, **changes: Any) -> dict[str, Any]:
    data = {"rev": question.revision, "answer": answer, "checked": True, "tries": 1, "hints": 0}
    return data | {"first": CLAIMED, "last": CLAIMED, "seed": 7} | changes


def file(**parts: Any) -> str:
    data = {"schema": "vpnedu-progress/1", "quizzes": {}, "drills": {}, "exam": None}
    return json.dumps(data | parts)


def answered(**records: Any) -> str:
    return file(quizzes={"tunnels": records})


@pytest.mark.parametrize("case", VECTORS["good"], ids=lambda case: case["why"])
def test_a_good_file_is_read(case: dict[str, Any]) -> None:
    progress = read(text_of(case))
    data = case.get("file", {"quizzes": {}})
    assert len(progress.records) == sum(map(len, data["quizzes"].values()))


@pytest.mark.parametrize("case", VECTORS["bad"], ids=lambda case: case["why"])
def test_a_bad_file_is_refused_where_it_is_wrong(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as wrong:
        read(text_of(case))
    assert (wrong.value.field, wrong.value.rule) == (case["field"], case["rule"])


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


@given(st.data())
def test_a_file_with_a_sign_changed_is_read_or_refused(data: st.DataObject) -> None:
    text = json.dumps(VECTORS["good"][0]["file"])
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters()) + text[place + 1 :]
    # Anything but an InputError would go through.
    with suppress(InputError):
        assert read(changed).records


def test_answers_are_marked_anew_whatever_the_file_claims() -> None:
    report = read(answered(pick=record(ONE, "b"), tick=record(MANY, ["a"]))).report(BANKS)
    [tunnels, routes] = report.chapters
    assert tunnels.whole == Tally(2, 2, 0, Fraction(1, 2))
    assert dict(tunnels.objectives) == {
        BANK.objectives[0]: Tally(1, 1, 0, Fraction(0)),
        BANK.objectives[1]: Tally(1, 1, 0, Fraction(1, 2)),
    }
    assert routes.whole == Tally(1)


def test_a_hint_costs_what_the_question_says() -> None:
    report = read(answered(pick=record(ONE, "a", hints=1))).report(BANKS)
    assert report.chapters[0].whole == Tally(2, 1, 1, 1 - QUARTER)


@pytest.mark.parametrize("changes", [{"checked": False}, {"answer": None}, {"answer": "zebra"}])
def test_a_draft_a_blank_and_what_cannot_be_read_are_no_answers(changes) -> None:
    report = read(answered(pick=record(ONE, "a") | changes)).report(BANKS)
    assert report.chapters[0].whole == Tally(2)
    assert report.stale == ()


def test_a_stale_answer_is_named_and_counts_nothing() -> None:
    old = record(ONE, "a", rev="0" * 12)
    report = read(answered(pick=old, gone=record(ONE, "a"))).report(BANKS)
    assert report.chapters[0].whole == Tally(2)
    assert report.stale == (
        Stale(("tunnels", "gone"), "the book has no such question"),
        Stale(("tunnels", "pick"), "the question has changed since it was answered"),
    )


def exam(**changes: Any) -> dict[str, Any]:
    drawn = ["tunnels/pick", "routes/pick"]
    records = {"tunnels/pick": record(ONE, "a"), "tunnels/tick": record(MANY, ["a", "b"])}
    return {
        "seed": 5,
        "count": None,
        "drawn": drawn,
        "handed": True,
        "questions": records,
    } | changes


def test_an_exam_counts_what_was_drawn_and_nothing_else() -> None:
    report = read(file(exam=exam())).report(BANKS)
    tallies = {row.quiz: row.whole for row in report.exam}
    assert tallies == {"tunnels": Tally(1, 1, 1, Fraction(1)), "routes": Tally(1)}
    assert report.chapters[0].whole == Tally(2), "an exam's answers are no practice"


def test_an_exam_that_was_not_handed_in_has_no_result() -> None:
    assert read(file(exam=exam(handed=False))).report(BANKS).exam == ()


def test_the_boxes_of_the_drills_are_told() -> None:
    drills = {"which-route": {"box": 3, "right": 4, "wrong": 1, "last": 9}}
    assert read(file(drills=drills)).drills == {"which-route": Drill(3, 4, 1, 9)}
