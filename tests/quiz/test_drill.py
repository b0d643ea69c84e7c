"""The drill's choice: what went wrong comes back, what is sure comes seldom, nothing twice."""

import json
from collections import Counter
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.drill import (
    MORE,
    NEW,
    REST,
    SURE,
    VARIANTS,
    Drill,
    after,
    next_of,
    step_of,
    variant_of,
)
from vpnedu.simulation.chance import Chance

VECTORS = json.loads((Path(__file__).parent / "drill_vectors.json").read_text())
GENERATORS = ("which-route", "which-selector", "bytes", "failover", "narrowing")

walks = st.lists(st.booleans(), min_size=1, max_size=60)
seeds = st.integers(0, 999_999)


def walk(seed: int, names: tuple[str, ...], answers: list[bool]) -> tuple[list[str], dict]:
    """What is asked of a learner who gives `answers`, right or not, and their boxes at the end."""
    records: dict[str, Drill] = {}
    asked = []
    for right in answers:
        step = step_of(records)
        name = next_of(records, names, step, Chance(seed, f"drill/{step}"))
        records[name] = after(records.get(name, NEW), right, step)
        asked.append(name)
    return asked, records


@pytest.mark.parametrize("case", VECTORS["after"], ids=lambda case: case["why"])
def test_an_answer_moves_a_generator_to_its_box(case: dict) -> None:
    record = after(Drill(**case["record"]), case["right"], case["step"], helped=case["helped"])
    assert asdict(record) == case["after"]


@pytest.mark.parametrize("case", VECTORS["next"], ids=lambda case: case["why"])
@pytest.mark.parametrize("seed", range(20))
def test_where_the_rules_leave_one_choice_every_seed_makes_it(case: dict, seed: int) -> None:
    records = {name: Drill(**record) for name, record in case["records"].items()}
    drawn = next_of(records, case["generators"], case["step"], Chance(seed, "drill/x"))
    assert drawn == case["next"]


@pytest.mark.parametrize("case", VECTORS["walks"], ids=lambda case: str(case["seed"]))
def test_a_walk_goes_as_it_went_before(case: dict) -> None:
    names = tuple(case["generators"])
    answers = [right for _, _, right in case["steps"]]
    asked, records = walk(case["seed"], names, answers)
    assert asked == [name for name, _, _ in case["steps"]]
    assert {name: asdict(record) for name, record in records.items()} == case["records"]
    count: Counter[str] = Counter()
    for name, variant, _ in case["steps"]:
        assert variant_of(case["seed"], name, count[name]) == variant
        count[name] += 1


@given(seeds, walks, st.integers(2, 5))
def test_no_generator_comes_twice_in_a_row(seed, answers, size) -> None:
    asked, _ = walk(seed, GENERATORS[:size], answers)
    assert all(first != second for first, second in pairwise(asked))


@given(seeds, walks)
def test_a_miss_returns_after_two_others_unless_another_waits_longer(seed, answers) -> None:
    asked, _ = walk(seed, GENERATORS, answers)
    missed: dict[str, int] = {}
    for place, (name, right) in enumerate(zip(asked, answers, strict=True)):
        waiting = {other: place - at - 1 for other, at in missed.items()}
        if name in waiting:
            assert waiting[name] >= REST
        if waiting and max(waiting.values()) >= REST:
            assert name == max(waiting, key=lambda other: waiting[other])
        missed = {other: at for other, at in missed.items() if other != name}
        missed |= {} if right else {name: place}


@given(seeds, walks)
def test_boxes_and_counts_stay_within_bounds(seed, answers) -> None:
    asked, records = walk(seed, GENERATORS, answers)
    assert sum(one.right for one in records.values()) == sum(answers)
    assert sum(one.right + one.wrong for one in records.values()) == len(asked)
    assert all(1 <= one.box <= SURE for one in records.values())


def test_what_is_sure_comes_seldom() -> None:
    records = {name: Drill(SURE, 9, 0, 1) for name in GENERATORS[1:]}
    records[GENERATORS[0]] = Drill(2, 2, 0, 1)
    drawn = Counter(
        next_of(records, GENERATORS, 50, Chance(seed, "drill/50")) for seed in range(2000)
    )
    # Three boxes apart: eight times as often as each of the other four, two thirds of all.
    assert 0.62 < drawn[GENERATORS[0]] / 2000 < 0.71


@given(seeds, st.sampled_from(GENERATORS))
def test_every_variant_comes_before_one_repeats(seed, name) -> None:
    first = [variant_of(seed, name, asked) for asked in range(VARIANTS)]
    assert sorted(first) == list(range(VARIANTS))
    assert variant_of(seed, name, VARIANTS) == first[0]


@pytest.mark.parametrize("case", VECTORS["numbers"])
def test_a_number_is_drawn_as_it_was_before(case: dict) -> None:
    drawn = variant_of(case["seed"], case["generator"], case["asked"], endless=case["endless"])
    assert drawn == case["number"]


@given(seeds, st.sampled_from(GENERATORS), st.integers(0, VARIANTS - 1))
def test_without_end_it_begins_with_what_a_page_carries_in_the_same_order(seed, name, at) -> None:
    assert variant_of(seed, name, at, endless=True) == variant_of(seed, name, at)


@pytest.mark.parametrize("name", GENERATORS)
def test_without_end_no_number_repeats_and_each_is_a_seed_that_an_engine_takes(name) -> None:
    asked = [*range(VARIANTS + 8), MORE + VARIANTS - 1]
    drawn = [variant_of(4711, name, at, endless=True) for at in asked]
    assert len({*drawn}) == len(drawn)
    assert min(drawn[VARIANTS:]) >= VARIANTS
    assert max(drawn) < 1_000_000


def test_without_a_topic_there_is_nothing_to_ask() -> None:
    with pytest.raises(InputError, match="topics: choose at least one"):
        next_of({}, (), 1, Chance(1))
