"""Years by chance: held against the exact availability and a plain sweep over the same faults."""

from math import comb

import numpy as np
import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import (
    SECONDS_A_YEAR,
    CommonCause,
    Component,
    Failover,
    KofN,
    Parallel,
    Series,
    availability,
    unavailability,
    works,
)
from vpnedu.simulation.availability.plain import components, plain
from vpnedu.studies.intervals import gamma_quantile, total_interval
from vpnedu.studies.montecarlo import Switch, simulate_years
from vpnedu.studies.timelines import Line, downs, segments, stopped

ISP = Component("isp", 0.5, 6)
ONE, OTHER = Component("one", 6, 8), Component("other", 6, 8)
PATHS = Parallel(Series(ISP, ONE), Series(ISP, OTHER))  # one provider for both
BRIDGE = Parallel(
    Series(ONE, Component("a", 20, 10)),
    Series(OTHER, Component("b", 20, 10)),
    Series(ONE, Component("c", 30, 4), Component("b", 20, 10)),
)
# name: structure, years a run, and whether so many outages are seen that the stated rate is exact
STRUCTURES = {
    "a chain": (Series(ISP, ONE, OTHER), 400, True),
    "a shared provider": (PATHS, 400, True),
    "a bridge": (BRIDGE, 400, True),
    "a common cause": (CommonCause(0.2, ONE, OTHER), 400, True),
    "two of three": (KofN(2, ONE, OTHER, Component("third", 9, 3)), 400, True),
    "a part that is often down": (Component("poor", 100, 20), 100, True),
    "switches as parts": (
        Series(ISP, Failover("switch", 3, 90, coverage=0.9, hours_to_repair=4)), 400, True,
    ),
    "a pair with few outages": (Parallel(ONE, OTHER), 100, False),
    "often short, seldom long": (
        Series(Component("often", 12, 0.05), Component("seldom", 0.03, 24)), 100, False,
    ),
}  # fmt: skip
SEEDS = 200


def likely(count: int, rate: float, among: int) -> tuple[float, float]:
    """The chances of at most, and of at least, so many hits among so many at that rate."""
    chances = [comb(among, i) * rate**i * (1 - rate) ** (among - i) for i in range(among + 1)]
    return sum(chances[: count + 1]), sum(chances[count:])


@pytest.mark.parametrize("confidence", [0.95, 0.8])
@pytest.mark.parametrize("name", STRUCTURES)
def test_the_interval_holds_the_exact_value_as_often_as_it_says(name, confidence) -> None:
    structure, years, many = STRUCTURES[name]
    exact = unavailability(structure) * SECONDS_A_YEAR
    runs = [
        simulate_years(structure, years=years, seed=seed, confidence=confidence)
        for seed in range(SEEDS)
    ]
    hits = sum(run.interval[0] <= exact <= run.interval[1] for run in runs)
    at_most, at_least = likely(hits, confidence, SEEDS)
    assert at_most > 0.001, f"only {hits} of {SEEDS}"
    assert at_least > 0.001 or not many, f"{hits} of {SEEDS}: wider than it says"


SWITCHING = {
    "ninety seconds": Switch(90),
    "ten to ninety": Switch((10, 90), even=True),
    "measured": Switch([9.5, 12, 57.4, 88]),
    "one in ten fails": Switch(45, coverage=0.9),
}


def with_switching(structure, part: Component, switch: Switch) -> float:
    """Seconds a year to first order: failures × chance to survive one × what it then costs."""
    repair = part.hours_to_repair * 3_600
    each = switch.coverage * switch.mean + (1 - switch.coverage) * repair
    survived = availability(structure, {part.name: False})
    return unavailability(structure) * SECONDS_A_YEAR + part.failures_per_year * survived * each


@pytest.mark.parametrize("name", SWITCHING)
def test_the_cost_of_switching_is_rate_times_gap(name) -> None:
    switch = SWITCHING[name]
    exact = with_switching(PATHS, ONE, switch)
    runs = [
        simulate_years(PATHS, years=400, seed=seed, switching={"one": switch})
        for seed in range(SEEDS)
    ]
    hits = sum(run.interval[0] <= exact <= run.interval[1] for run in runs)
    assert likely(hits, 0.95, SEEDS)[0] > 0.001, f"only {hits} of {SEEDS}"
    mean = np.mean([run.downtime for run in runs])
    assert mean == pytest.approx(exact, rel=0.03)


def test_gaps_alone_add_up_to_the_second() -> None:
    """Two parts that never fail at the same moment: all that is lost is the switching."""
    pair = Parallel(Component("one", 12, 0), Component("other", 2, 0))
    years = simulate_years(
        pair, years=20_000, seed=1, switching={"one": Switch(15), "other": Switch(90)}
    )
    assert years.interval[0] < 360 < years.interval[1]
    assert years.downtime == pytest.approx(360, rel=0.01), "12 × 15 s + 2 × 90 s"
    assert {round(seconds) % 15 for seconds in years.by_year[:50]} <= {0, 14, 1}


def test_a_failure_that_the_service_does_not_survive_has_no_gap() -> None:
    short = Component("short", 6, 0.001)
    years = simulate_years(short, years=2_000, seed=3, switching={"short": Switch(5_000)})
    assert years.downtime == pytest.approx(6 * 3.6, rel=0.05)


def test_an_outage_that_began_the_year_before_counts() -> None:
    """Nobody ever takes over, so the service is down whenever the part is."""
    slow = Component("slow", 2, 1_000)
    pair, never = Parallel(slow, Component("rock", 0, 1)), Switch(0, coverage=0)
    years = simulate_years(pair, years=5_000, seed=4, switching={"slow": never})
    assert years.downtime / SECONDS_A_YEAR == pytest.approx(slow.unavailability, rel=0.03)


def swept(structure, parts, line: Line) -> list[float]:
    """The brute-force model: one event after another, and the structure asked after each."""
    events = [(at, "", 0) for row in range(line.rows) for at in (0, line.edges[row] + line.lead)]
    events += [(edge, "", 0) for edge in line.edges]
    for name, part in parts.items():
        events += [(at, name, 1) for at in part.starts] + [(at, name, -1) for at in part.ends]
    failed, by_year, now = dict.fromkeys(parts, 0), [0.0] * line.rows, 0.0
    for at, name, more in sorted(events):
        row = int(now // line.span)
        down = {name for name, count in failed.items() if count}
        if at > now and now >= line.edges[row] + line.lead and not works(structure, down):
            by_year[row] += at - now
        now = at
        if name:
            failed[name] += more
    return by_year


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("lead", [0.0, 1e6])
def test_the_timeline_is_what_a_sweep_over_the_same_faults_gives(name, lead) -> None:
    whole, line = plain(STRUCTURES[name][0]), Line(5, lead)
    rng = np.random.Generator(np.random.PCG64(7))
    parts = {part.name: downs(part, line, rng) for part in components(whole).values()}
    found = segments(whole, parts, line)
    row = line.row(found.starts)
    counts = ~found.up & (found.starts >= line.edges[row] + lead)
    by_year = np.bincount(row[counts], found.lengths[counts], line.rows)
    assert by_year == pytest.approx(swept(STRUCTURES[name][0], parts, line), abs=1e-3)


def test_a_part_begins_as_it_is_at_any_moment() -> None:
    poor, line = Component("poor", 50, 40), Line(4_000, 0.0)
    part = downs(poor, line, np.random.Generator(np.random.PCG64(1)))
    for second in (0, 1, SECONDS_A_YEAR / 2, SECONDS_A_YEAR - 1):
        share = part.down(line.edges[:-1] + second).mean()
        assert share == pytest.approx(poor.unavailability, abs=4 * (0.18 / 4_000) ** 0.5)
    assert part.fails.sum() / 4_000 == pytest.approx(50, rel=0.01)
    assert (~part.fails).mean() * len(part.fails) / 4_000 == pytest.approx(0.228, abs=0.03)


def test_an_interruption_inside_an_outage_counts_once() -> None:
    line = Line(1, 0.0)
    free = segments(plain(Component("rock", 0, 1)), {}, line)
    both = stopped(free, np.array([100.0, 50.0, 500.0]), np.array([200.0, 150.0, 510.0]))
    assert both.lengths[~both.up].sum() == 160


def test_the_same_seed_gives_the_same_years_and_another_others() -> None:
    first, again, other = (simulate_years(PATHS, years=2_500, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first.by_year != other.by_year
    assert first.years == len(first.by_year) == 2_500


def test_what_a_year_may_bring() -> None:
    years = simulate_years(ISP, years=20_000, seed=2)
    assert years.share_without_outage == pytest.approx(
        np.exp(-0.5 * (1 + ISP.unavailability)) * ISP.availability, abs=0.01
    )
    assert years.median_year == 0 < years.downtime < years.worst_year <= max(years.by_year)
    assert years.availability == pytest.approx(ISP.availability, abs=1e-5)
    assert years.outages == pytest.approx(0.5 * 20_000, rel=0.03)
    assert str(years).startswith(f"20,000 years, {years.outages:,} outages: ")


def test_more_years_tell_more() -> None:
    widths = [
        np.diff(simulate_years(PATHS, years=years, seed=0).interval)[0] for years in (500, 50_000)
    ]
    assert widths[0] / widths[1] == pytest.approx(10, rel=0.4)


def test_without_an_outage_the_interval_says_how_little_is_known() -> None:
    rare = Parallel(Component("one", 0.01, 4), Component("other", 0.01, 4))
    years = simulate_years(rare, years=1_000, seed=0)
    assert (years.outages, years.downtime, years.interval[0]) == (0, 0, 0)
    assert years.interval[1] == pytest.approx(3.689 * 2 * 4 * 3_600 / 1_000, rel=1e-3)
    assert years.share_without_outage == 1
    rock = simulate_years(Component("rock", 0, 4), years=1_000, seed=0)
    assert rock.interval == (0, 0)


def test_equal_terms_have_the_exact_bounds_of_a_count() -> None:
    """Garwood's table for 10 events at 95 %."""
    assert total_interval(10, 10, 1, 0.95) == pytest.approx((4.795, 18.390), abs=0.001)
    assert total_interval(0, 0, 1, 0.9)[1] == pytest.approx(2.996, abs=0.001)


@pytest.mark.parametrize(
    ("chance", "shape", "value"),
    # chi-squared tables, halved: 1, 10, 100 degrees of freedom
    [(0.95, 0.5, 3.841 / 2), (0.025, 5, 3.247 / 2), (0.975, 5, 20.483 / 2),
     (0.95, 50, 124.342 / 2)],
)  # fmt: skip
def test_gamma_quantiles_are_those_of_the_tables(chance, shape, value) -> None:
    assert gamma_quantile(chance, shape) == pytest.approx(value, abs=0.001)


def test_the_gamma_quantile_of_a_large_shape_is_nearly_normal() -> None:
    assert gamma_quantile(0.975, 1e6) == pytest.approx(1e6 + 1.95996 * 1e3, abs=2)


@pytest.mark.parametrize(
    ("entries", "rule"),
    [
        ({"years": 99}, "years: 99 is not a number from 100"),
        ({"years": 1e3}, "years and seed are whole numbers"),
        ({"seed": -1}, "the seed 0 or more"),
        ({"confidence": 1.0}, "confidence: 1.0 is not a number from 0.5 to 0.9999"),
        ({"switching": {"ones": Switch(9)}}, "there is no 'ones'; the nearest are one"),
        ({"structure": Component("mad", 1e9, 0), "years": 1_000}, "failures are too many to run"),
    ],
)
def test_what_cannot_be_run_is_refused(entries, rule) -> None:
    with pytest.raises(InputError) as caught:
        simulate_years(**{"structure": PATHS, "years": 100, "seed": 0} | entries)
    assert rule in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Switch(()),
        lambda: Switch((90, 10), even=True),
        lambda: Switch((1, 2, 3), even=True),
        lambda: Switch(-1),
        lambda: Switch(9, coverage=1.1),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused(make) -> None:
    with pytest.raises(InputError):
        make()
