"""The matrix: a cell is its runs, summed up."""

from statistics import median

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation import matrix as matrices
from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, applies, fault_name
from vpnedu.simulation.matrix import CASES, Cell, Job, case_applies, cell, matrix

CRASH = {"a crash": ("instance-crash@30",), "the circuit": ("circuit-cut@30",)}
SMALL = ("active-standby", "active-active", "expressroute-failover")


def longest(name: str, faults: tuple[str, ...], seed: int, **more) -> float:
    outages = simulate(name, faults, seed=seed, **more).outages
    return max((outage.seconds for outage in outages), default=0.0)


def test_a_cell_has_the_longest_outage_of_each_seed() -> None:
    made = matrix(SMALL, CRASH, seeds=5, profile="azure-older", until=120)
    crash = made.cells[0][0]
    runs = [
        longest("active-standby", CRASH["a crash"], s, profile="azure-older", until=120)
        for s in range(1, 6)
    ]
    assert crash == Cell(
        round(median(runs), 6), max(runs), 0, tuple(runs), 1 + runs.index(max(runs))
    )


def test_rows_are_cases_and_columns_designs_with_nothing_where_a_fault_does_not_apply() -> None:
    made = matrix(SMALL, CRASH, seeds=1)
    assert (made.designs, made.faults) == (SMALL, tuple(CRASH))
    assert [[bool(cell) for cell in row] for row in made.cells] == [
        [True, True, True],
        [False, False, True],
    ]
    assert (made.profile, made.seeds) == ("azure", 1)


def test_a_run_that_does_not_recover_has_no_worst_and_with_half_of_them_no_median() -> None:
    made = cell(Job("active-standby", ("device-loss@30",), "azure", (1, 2), 90.0, {}))
    assert (made.median, made.worst, made.unrecovered) == (None, None, 2)
    assert made.seconds == pytest.approx((60, 60), abs=0.1)
    # Where the standby gets ready in 28 to 125 s, this end lies in the midst of the recoveries.
    seeds = tuple(range(1, 12))
    some = cell(Job("active-standby", ("instance-crash@30",), "azure", seeds, 160.0, {}))
    assert 0 < some.unrecovered < 11
    assert some.worst is None
    assert (some.median is None) == (2 * some.unrecovered >= 11)


def test_a_design_that_a_fault_does_not_touch_has_a_cell_of_no_seconds() -> None:
    untouched = cell(Job("two-regions", ("region-loss#2@30",), "azure", (1, 2), 100.0, {}))
    assert untouched == Cell(0.0, 0.0, 0, (0.0, 0.0), 1)


def test_settings_reach_the_runs() -> None:
    slow, quick = (
        matrix(
            ("expressroute",), {"cut": ("circuit-cut@30",)}, seeds=1, settings=settings, until=40
        )
        for settings in (None, {"packet-interval": 1})
    )
    assert slow.cells == quick.cells
    bfd = {"bfd": "on"}
    cut = {"cut": ("circuit-cut@30",)}
    (without,), (with_bfd,) = (
        matrix(("expressroute-failover",), cut, seeds=1, settings=settings).cells
        for settings in (None, bfd)
    )
    assert with_bfd[0].worst < without[0].worst - 60


def test_whoever_makes_the_cells_may_make_them_elsewhere_in_the_same_order() -> None:
    asked = []

    def backwards(make, jobs):
        asked.extend(jobs)
        return reversed([make(job) for job in reversed(jobs)])

    assert matrix(SMALL, CRASH, seeds=2, each=backwards) == matrix(SMALL, CRASH, seeds=2)
    assert [(job.design, job.faults) for job in asked] == [
        *((name, CRASH["a crash"]) for name in SMALL),
        ("expressroute-failover", CRASH["the circuit"]),
    ]


def test_every_case_of_the_book_strikes_some_design_and_every_design_meets_a_case() -> None:
    for faults in CASES.values():
        assert {fault_name(text) for text in faults} <= set(FAULTS)
        assert any(case_applies(faults, name) for name in DESIGNS), faults
    for name in DESIGNS:
        assert any(case_applies(faults, name) for faults in CASES.values()), name


def test_a_case_applies_if_each_of_its_faults_does() -> None:
    both = ("dead-standby@10", "circuit-cut@30")
    for name in DESIGNS:
        each = [applies(fault_name(text), design(name)) for text in both]
        assert case_applies(both, name) == all(each)


@pytest.mark.parametrize("seeds", [0, -1, 100_001])
def test_no_seeds_or_too_many_are_refused(seeds) -> None:
    with pytest.raises(InputError) as told:
        matrix(seeds=seeds)
    assert told.value.field == "seeds"
    assert "1 to 100,000" in told.value.rule


def test_an_unknown_design_fault_profile_or_timer_is_refused_before_the_first_run() -> None:
    for given in (
        {"designs": ("active-activ",)},
        {"cases": {"x": ("instance-cash@3",)}},
        {"profile": "azur"},
        {"settings": {"hold": 3}},
    ):
        with pytest.raises(InputError, match="nearest: "):
            matrix(**{"designs": SMALL, "cases": CRASH, "seeds": 1, **given})


def test_the_whole_matrix_has_a_cell_wherever_a_case_applies() -> None:
    made = matrices.matrix(seeds=1, until=100)
    for faults, row in zip(CASES.values(), made.cells, strict=True):
        for name, found in zip(made.designs, row, strict=True):
            assert (found is not None) == case_applies(faults, name)
