"""An invented class hands in files that are read and marked like those of a real one."""

from fractions import Fraction
from statistics import correlation

import pytest

from vpnedu.book.banks import banks
from vpnedu.classroom.collecting.submissions import read
from vpnedu.classroom.grading.marker import Marker
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rehearsal import answered, rehearsed
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance


@pytest.fixture(scope="module")
def key() -> Key:
    paper = Paper.of(banks()["route-based"])
    learners = tuple(Learner(f"s{place:02}") for place in range(40))
    return Key(paper, bytes(range(32)), learners, "2026-11-23T08:00:00Z")


def points(key: Key, seed: int) -> list[tuple[Fraction, ...]]:
    marker = Marker(key)
    rows = []
    for _, data in rehearsed(key, seed):
        given = read(data)
        marked = marker.mark(marker.form(given), given.answers)
        assert not marked.problems
        assert not given.repaired
        rows.append(tuple(one.mark.score for one in marked.responses))
    return rows


def test_everybody_hands_in_a_file_that_needs_no_mending(key: Key) -> None:
    names = [name for name, _ in rehearsed(key, 1)]
    assert names == [f"route-based.{one.id}.1.vpnq.json" for one in key.learners]
    assert len(points(key, 1)) == len(key.learners)


def test_the_class_is_drawn_by_its_seed(key: Key) -> None:
    assert list(rehearsed(key, 1)) == list(rehearsed(key, 1))
    assert list(rehearsed(key, 1)) != list(rehearsed(key, 2))


def test_who_is_able_does_well_in_both_halves(key: Key) -> None:
    rows = points(key, 1)
    halves = [(float(sum(row[::2])), float(sum(row[1::2]))) for row in rows]
    assert correlation(*zip(*halves, strict=True)) > 0.4


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_as_right_as_it_was_meant_to_be(right: bool) -> None:
    def wanted(question: Question) -> bool:
        mark = question.answer.mark(answered(question, right, Chance(1, question.id)))
        return (mark.score == 1) is right or question.answer.name in ("pairs", "order", "byte")

    questions = [one for bank in banks().values() for one in bank.questions]
    questions += [generate(name, 1) for name in GENERATORS]
    assert [one.id for one in questions if not wanted(one)] == []


def test_a_variant_is_answered_as_its_own_form_shows_it() -> None:
    pool = tuple(generate("tcp-mss", seed) for seed in range(100, 108))
    learners = tuple(Learner(f"s{place:02}") for place in range(30))
    key = Key(Paper("w", "W", (Slot("mss", pool),)), bytes(32), learners, "2026-11-23T08:00:00Z")
    scores = {row[0] for row in points(key, 3)}
    assert scores == {0, 1}
