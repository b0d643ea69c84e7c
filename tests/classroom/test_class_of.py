"""The generated class is what it says: the same by seed, with points that are known."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.classroom.class_of import SLOTS, SampleClass, class_of, sample_paper
from tests.classroom.known_answers import known_answers
from tests.classroom.malformed import KINDS
from vpnedu.book.banks import banks
from vpnedu.classroom.issuing.keys import labelled
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Many, Order, Pairs
from vpnedu.quiz.marking import ORDERS, PAIRS, TICKS
from vpnedu.quiz.question import Question

QUESTIONS = [question for bank in banks().values() for question in bank.questions]
GENERATED = [generate(name, seed) for name in GENERATORS for seed in range(3)]


def by_every_credit(question: Question) -> list[Question]:
    """The question marked by each rule that there is for its kind."""
    rules: dict[type, dict[str, Any]] = {Many: TICKS, Order: ORDERS, Pairs: PAIRS}
    answer: Any = question.answer
    names = rules.get(type(answer))
    if names is None:
        return [question]
    return [replace(question, answer=replace(answer, credit=name)) for name in names]


def test_what_the_generator_holds_for_known_is_what_marking_gives() -> None:
    for one in QUESTIONS + GENERATED:
        for question in by_every_credit(one):
            labels = {name: name.lstrip("\0") for name in labelled(question.answer)}
            for known in known_answers(question):
                answer = known.write(labels)
                assert question.answer.mark(answer).score == known.score, (question.id, answer)


def test_every_question_can_be_answered_rightly_and_wrongly() -> None:
    for question in QUESTIONS + GENERATED:
        scores = {known.score for known in known_answers(question)}
        assert Fraction(1) in scores, question.id
        assert min(scores) < 1, question.id


def test_the_paper_asks_in_every_way_and_holds_pools() -> None:
    slots = sample_paper().slots
    assert len(slots) == SLOTS
    ways = {slot.pool[0].answer.name for slot in slots}
    assert ways == {"one", "many", "pairs", "order", "number", "typed", "byte"}
    assert max(len(slot.pool) for slot in slots) > 1


@pytest.mark.parametrize("writer", ["folder", "moodle", "canvas", "lines"])
def test_a_seed_makes_the_same_bytes_again(tmp_path: Path, writer: str) -> None:
    def written(seed: int, name: str) -> list[bytes]:
        one = class_of(40, seed, dict.fromkeys(KINDS, 1 / 40))
        (tmp_path / name).mkdir()
        paths = hand_over(one, writer, tmp_path / name)
        files = [file for path in paths for file in ([path] if path.is_file() else path.iterdir())]
        return [file.read_bytes() for file in sorted(files)]

    assert written(1, "a") == written(1, "b")
    assert written(1, "c") != written(2, "d")


def hand_over(one: SampleClass, writer: str, folder: Path) -> tuple[Path, ...]:
    """Write all that a class handed in, in one of the four ways; the paths to collect."""
    if writer == "folder":
        return one.write_folder(folder / "in")
    if writer == "lines":
        return one.write_jsonl(folder / "all.jsonl")
    return one.write_zip(folder / "in.zip", writer)


def test_as_much_is_broken_as_was_asked_for() -> None:
    made = class_of(200, 3, {"empty": 0.05, "white": 0.02, "crlf": 0.1})
    assert Counter(made.kinds.values()) == {"empty": 10, "white": 4, "crlf": 20}
    assert made.expected == {"empty": 14}
    assert list(made.truth.values()).count(None) == 14


def test_points_differ_between_learners_and_stay_within_the_total() -> None:
    points = [one for one in class_of(60).truth.values() if one is not None]
    assert len(set(points)) > 20
    assert 0 <= min(points) <= max(points) <= sample_paper().points
