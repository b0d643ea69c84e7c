"""Years lived through one after the other: `vpnedu.simulation.availability.sampling`."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import (
    HOURS_A_YEAR,
    Component,
    Parallel,
    Series,
    Structure,
    availability,
)
from vpnedu.simulation.availability.sampling import Sampled, sampled_years
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.designs.structure import structure_of


def lived(structure: Structure, years: int, seed: int = 1) -> Sampled:
    """The end of the years, without what is told on the way."""
    slices = sampled_years(structure, years, seed)
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize(
    "structure",
    [
        Component("a", 4, 10),
        Series(Component("a", 4, 10), Component("b", 1, 50)),
        Parallel(Component("a", 40, 40), Component("b", 40, 40)),
        structure_of(DESIGNS["active-standby"]),
    ],
    ids=["one part", "in a row", "beside each other", "a design"],
)
def test_the_years_agree_with_what_is_known_exactly(structure: Structure) -> None:
    found = lived(structure, 4000)
    exact = (1 - availability(structure)) * HOURS_A_YEAR
    # Twice as far on each side: one seed in some ten thousand is outside by luck.
    reach = (found.interval[1] - found.mean) * 2
    assert abs(found.mean - exact) <= reach
    assert reach < exact / 2


def test_the_same_seed_gives_the_same_years_and_another_does_not() -> None:
    part = Component("a", 4, 10)
    assert lived(part, 100, 7) == lived(part, 100, 7)
    assert lived(part, 100, 7) != lived(part, 100, 8)


def test_a_part_more_changes_no_other_parts_luck() -> None:
    a, never = Component("a", 4, 10), Component("b", 0, 1)
    assert lived(a, 100).mean == lived(Series(a, never), 100).mean


def test_what_never_fails_loses_nothing() -> None:
    found = lived(Component("a", 0, 1), 100)
    assert (found.mean, found.worst, found.untouched) == (0, 0, 1)


def test_a_year_that_is_lost_whole_loses_no_more_than_a_year() -> None:
    assert lived(Component("a", 0.01, 500_000), 200).worst == pytest.approx(HOURS_A_YEAR)


def test_it_tells_how_far_it_has_come() -> None:
    told = list(sampled_years(Component("a", 4, 10), 130, 1))
    assert told == [(25, 130), (50, 130), (75, 130), (100, 130), (125, 130), (130, 130)]


@pytest.mark.parametrize("years", [0, 99, 100_001])
def test_too_few_or_too_many_years_are_refused(years: int) -> None:
    with pytest.raises(InputError, match="can be lived through"):
        next(sampled_years(Component("a", 1, 1), years, 1))
