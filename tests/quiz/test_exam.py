"""The exam's draw: every objective once, chapters alike, the same for all with one seed."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.exam import draw

VECTORS = json.loads((Path(__file__).parent / "exam_vectors.json").read_text())


@dataclass(frozen=True)
class Asked:
    """As much of a question as the draw looks at."""

    id: str
    objective: str


def bank(name: str, questions: dict[str, str]) -> Bank:
    objectives = tuple(Objective(one, one, one) for one in dict.fromkeys(questions.values()))
    asked: Any = tuple(Asked(one, objective) for one, objective in questions.items())
    return Bank(name, name, objectives, asked)


def book(name: str) -> dict[str, Bank]:
    return {quiz: bank(quiz, questions) for quiz, questions in VECTORS["books"][name].items()}


def objectives_of(banks: dict[str, Bank], places: Any) -> Counter[tuple[str, str]]:
    known = {(b.name, q.id): q.objective for b in banks.values() for q in b.questions}
    return Counter((quiz, known[quiz, one]) for quiz, one in places)


books = st.dictionaries(
    st.sampled_from("abcde"),
    st.dictionaries(
        st.integers(0, 20).map("q{}".format), st.sampled_from("opqr"), min_size=1, max_size=12
    ),
    min_size=1,
).map(lambda found: {name: bank(name, questions) for name, questions in found.items()})
seeds = st.integers(0, 999_999)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda c: f"{c['book']}-{c['seed']}")
def test_a_draw_is_as_it_was_before(case: dict[str, Any]) -> None:
    drawn = draw(book(case["book"]), case["seed"], case["count"])
    assert [f"{quiz}/{one}" for quiz, one in drawn] == case["drawn"]


@given(books, seeds)
def test_every_objective_is_asked_once(banks, seed) -> None:
    asked = objectives_of(banks, draw(banks, seed))
    assert set(asked.values()) == {1}
    assert set(asked) == {(b.name, one.id) for b in banks.values() for one in b.objectives}


@given(books, seeds, st.integers(1, 70))
def test_a_count_is_kept_and_no_question_comes_twice(banks, seed, count) -> None:
    drawn = draw(banks, seed, count)
    assert len(drawn) == min(count, sum(len(b.questions) for b in banks.values()))
    assert len(set(drawn)) == len(drawn)


@given(books, seeds, st.integers(1, 70))
def test_chapters_stay_alike_while_they_have_objectives_left(banks, seed, count) -> None:
    shares = Counter(quiz for quiz, _ in draw(banks, seed, count))
    ends = {b.name: len(b.objectives) for b in banks.values()}
    if count <= sum(ends.values()):
        going = [name for name in banks if shares[name] < ends[name]]
        most = max(shares.values())
        assert all(shares[name] >= most - 1 for name in going)


@given(books, seeds, st.integers(1, 70))
def test_an_objective_has_no_second_question_before_all_have_one(banks, seed, count) -> None:
    asked = objectives_of(banks, draw(banks, seed, count))
    if max(asked.values()) > 1:
        assert len(asked) == sum(len(b.objectives) for b in banks.values())


@given(books, seeds)
def test_questions_stand_in_the_order_of_the_book(banks, seed) -> None:
    order = [(b.name, q.id) for b in banks.values() for q in b.questions]
    places = [order.index(place) for place in draw(banks, seed, 9)]
    assert places == sorted(places)


@given(seeds)
def test_a_new_chapter_changes_nothing_in_the_others(seed) -> None:
    banks = book("wide")
    more = {**banks, "new": bank("new", {"n1": "o", "n2": "o"})}
    assert draw(banks, seed) == tuple(p for p in draw(more, seed) if p[0] != "new")


def test_seeds_draw_every_question_of_an_objective_about_as_often() -> None:
    banks = book("small")
    drawn = Counter(one for seed in range(900) for _, one in draw(banks, seed))
    assert drawn["a1"] + drawn["a2"] == drawn["a3"] == drawn["b1"] == 900
    assert 390 < drawn["a1"] < 510


@pytest.mark.parametrize(
    ("seed", "count", "field"), [(-1, None, "seed"), (10**6, None, "seed"), (1, 0, "count")]
)
def test_a_seed_or_count_out_of_range_is_named(seed, count, field) -> None:
    with pytest.raises(InputError) as wrong:
        draw(book("small"), seed, count)
    assert wrong.value.field == field
