"""Years of a design: what its failovers cost on top of what its structure says."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import SECONDS_A_YEAR, unavailability
from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.designs.structure import structure_of
from vpnedu.studies.montecarlo import simulate_years
from vpnedu.studies.years import design_years, gaps

SEEDS = range(1, 21)


def test_the_interval_holds_the_exact_value_of_every_design_as_often_as_it_says() -> None:
    held = 0
    for made in DESIGNS.values():
        structure = structure_of(made)
        exact = unavailability(structure) * SECONDS_A_YEAR
        for seed in SEEDS:
            low, high = simulate_years(structure, years=300, seed=seed, confidence=0.95).interval
            held += low <= exact <= high
    # Of 180 intervals at 95 %, fewer than 160 hold the value in one case of a thousand.
    assert held >= 160


def test_a_crash_costs_what_the_simulation_says_and_a_spare_nothing() -> None:
    made = design("active-standby")
    assert all(60 <= seconds <= 180 for seconds in gaps(made, "instance 1"))
    assert set(gaps(made, "instance 2")) == {0.0}


def test_failovers_cost_more_under_slower_timers_and_most_where_they_do_not_happen() -> None:
    made = design("dual-redundancy")
    structural = simulate_years(structure_of(made), years=3000, seed=3).downtime
    quick = design_years(made, years=3000, seed=3, settings={"liveness-delay": 1})
    slow = design_years(made, years=3000, seed=3)
    uncertain = design_years(made, years=3000, seed=3, coverage=0.9)
    assert structural < quick.downtime < slow.downtime < uncertain.downtime


def test_the_same_seed_gives_the_same_years() -> None:
    made = design("zone-redundant")
    first, second = (design_years(made, years=200, seed=5) for _ in range(2))
    assert str(first) == str(second)
    assert list(first.by_year) == list(second.by_year)


@pytest.mark.parametrize("coverage", [-0.1, 1.1, float("nan")])
def test_a_coverage_that_is_no_share_is_refused(coverage: float) -> None:
    with pytest.raises(InputError, match="coverage"):
        design_years(design("zonal"), years=200, seed=1, coverage=coverage)
