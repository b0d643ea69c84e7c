"""Availability: the closed forms, the facts' numbers, and every state of every part."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import (
    SECONDS_A_YEAR,
    CommonCause,
    Component,
    Failover,
    KofN,
    Parallel,
    Saving,
    Series,
    availability,
    by_enumeration,
    cut_sets,
    downtime,
    in_words,
    unavailability,
    weakest,
    works,
)
from vpnedu.simulation.availability.plain import components, plain

PARTS = [
    Component("isp", 3.1, 4),
    Component("device", 0.2, 24),
    Component("instance", 12, 0.01),
    Component("zone", 1e-4, 2),
    Component("circuit", 700, 9),
    Component("region", 0, 5),
]
TWINS = [Component(name, 2, 5) for name in ("one", "other")]
ISP_TWICE = Component("isp", 3.1, 5)
COMMON = CommonCause(0.2, *TWINS)
SWITCHES = Failover("switch", 5, 90, coverage=0.9, hours_to_repair=3)


def gates(parts):
    """Structures over structures."""
    few = st.lists(parts, min_size=1, max_size=4)
    return st.one_of(
        few.map(lambda some: Series(*some)),
        few.map(lambda some: Parallel(*some)),
        few.flatmap(lambda some: st.integers(1, len(some)).map(lambda k: KofN(k, *some))),
    )


leaves = st.sampled_from([*PARTS, SWITCHES])
structures = st.recursive(leaves, gates, max_leaves=14)
with_twins = st.recursive(st.sampled_from([*PARTS[:3], *TWINS, COMMON]), gates, max_leaves=10)
chance = st.floats(0, 1)


def down_share(structure) -> Fraction:
    """The brute-force model: every state of every component, in fractions, nothing rounded."""
    parts = list(components(plain(structure)).values())
    share = Fraction(0)
    for states in product((True, False), repeat=len(parts)):
        weight = Fraction(1)
        for part, up in zip(parts, states, strict=True):
            down = Fraction(part.unavailability)
            weight *= 1 - down if up else down
        names = {part.name for part, up in zip(parts, states, strict=True) if not up}
        share += 0 if works(structure, names) else weight
    return share


@settings(deadline=None, max_examples=150)
@given(structures | with_twins)
def test_factoring_is_the_sum_over_all_states(structure) -> None:
    assert availability(structure) == pytest.approx(by_enumeration(structure), abs=1e-12)


@settings(deadline=None, max_examples=80)
@given(structures)
def test_a_small_unavailability_keeps_its_digits(structure) -> None:
    assert unavailability(structure) == pytest.approx(float(down_share(structure)), rel=1e-12)


@settings(deadline=None)
@given(structures, st.sampled_from(PARTS), st.floats(0, 1))
def test_a_better_component_never_makes_it_worse(structure, part, share) -> None:
    better = Component(part.name, part.failures_per_year * share, part.hours_to_repair)
    assert unavailability(swapped(structure, better)) <= unavailability(structure) * (1 + 1e-12)


def swapped(structure, part):
    """The structure with `part` in place of the component of its name."""
    match structure:
        case Component():
            return part if structure.name == part.name else structure
        case Failover():
            return structure
        case KofN(k=k, parts=parts):
            return KofN(k, *(swapped(each, part) for each in parts))
    return type(structure)(*(swapped(each, part) for each in structure.parts))


@settings(deadline=None)
@given(structures, st.sampled_from(PARTS))
def test_what_is_known_of_a_part_weighs_as_its_chance(structure, part) -> None:
    if part.name in components(plain(structure)):
        known = [unavailability(structure, {part.name: state}) for state in (True, False)]
        mixed = part.availability * known[0] + part.unavailability * known[1]
        assert unavailability(structure) == pytest.approx(mixed, rel=1e-9, abs=1e-300)


@given(st.lists(chance, min_size=1, max_size=6))
def test_series_multiply_and_parallels_multiply_what_is_down(shares) -> None:
    parts = [Component.of(str(i), max(share, 1e-6)) for i, share in enumerate(shares)]
    up = down = 1.0
    for part in parts:
        up, down = up * part.availability, down * part.unavailability
    assert availability(Series(*parts)) == pytest.approx(up, rel=1e-12)
    assert unavailability(Parallel(*parts)) == pytest.approx(down, rel=1e-12)


@given(st.integers(1, 8), st.integers(1, 8), st.floats(0.01, 1))
def test_k_of_n_is_the_binomial_sum(n, k, share) -> None:
    parts = [Component.of(str(i), share) for i in range(n)]
    if k <= n:
        up = parts[0].availability
        whole = sum(comb(n, i) * up**i * (1 - up) ** (n - i) for i in range(k, n + 1))
        assert availability(KofN(k, *parts)) == pytest.approx(whole, rel=1e-9)


def three_nines(*names: str) -> list[Component]:
    return [Component.of(name, 0.999) for name in names]


def test_mtbf_is_the_mean_time_up() -> None:
    part = Component("device", failures_per_year=2, hours_to_repair=4)
    assert part.hours_up == 8_760 / 2 - 4
    assert part.availability == pytest.approx(part.hours_up / (part.hours_up + 4))
    assert Component("rock", 0, 4).hours_up == float("inf")


@pytest.mark.parametrize(
    ("share", "hours"), [(0.99, 87.6), (0.999, 8.76), (0.9995, 4.38), (0.9999, 0.876)]
)
def test_downtime_of_the_usual_availabilities(share, hours) -> None:
    assert downtime(share) / 3_600 == pytest.approx(hours)


def test_a_chain_is_worse_than_every_link() -> None:
    device, isp = three_nines("device", "isp")
    chain = Series(device, isp, Component.of("gateway", 0.9995))
    assert round(availability(chain), 5) == 0.99750
    assert round(downtime(availability(chain)) / 3_600, 1) == 21.9


def test_two_independent_chains() -> None:
    chains = [
        Series(*three_nines(f"device {i}", f"isp {i}"), Component.of(f"gateway {i}", 0.9995))
        for i in (1, 2)
    ]
    both = Parallel(*chains)
    assert round(availability(both), 7) == 0.9999938
    assert round(unavailability(both) * SECONDS_A_YEAR / 60, 2) == 3.28


def test_two_chains_that_share_a_provider_are_no_better_than_it() -> None:
    (isp,) = three_nines("isp")
    chains = [Series(*three_nines(f"device {i}"), isp) for i in (1, 2)]
    assert 0.99899 < availability(Parallel(*chains)) < isp.availability
    apart = [Series(*three_nines(f"device {i}", f"isp {i}")) for i in (1, 2)]
    assert availability(Parallel(*apart)) > 0.99999, "what blind multiplying would say"


def test_zones() -> None:
    zone, other, one, two = three_nines("zone 1", "zone 2", "instance 1", "instance 2")
    assert round(availability(Parallel(Series(zone, one), Series(zone, two))), 6) == 0.998999
    assert round(availability(Parallel(Series(zone, one), Series(other, two))), 6) == 0.999996


@pytest.mark.parametrize(
    ("beta", "minutes", "digits"),
    [(0, 0.53, 2), (0.01, 5.8, 1), (0.05, 26.8, 1), (0.1, 53, 0), (0.2, 105, 0)],
)
def test_a_common_cause_takes_the_nines_back(beta, minutes, digits) -> None:
    down = unavailability(CommonCause(beta, *three_nines("one", "other")))
    assert round(down * SECONDS_A_YEAR / 60, digits) == minutes
    own, common = (1 - beta) * 0.001, beta * 0.001
    assert down == pytest.approx(1 - (1 - own**2) * (1 - common), rel=1e-9)


def test_a_common_cause_holds_wherever_its_parts_stand() -> None:
    one, other = three_nines("one", "other")
    tunnels = three_nines("tunnel 1", "tunnel 2")
    paths = Parallel(Series(one, tunnels[0]), Series(other, tunnels[1]))
    joined = Series(CommonCause(0.1, one, other), paths)
    assert unavailability(joined) > 0.0001 > 10 * unavailability(paths)
    assert cut_sets(joined, 1) == ({"common cause of one and other"},)
    alone = 1 - (1 - 0.0009) * 0.999
    assert unavailability(joined) == pytest.approx(1 - (1 - alone**2) * (1 - 0.0001), rel=1e-9)
    assert availability(one) == 0.999, "split in that structure only"


def test_two_of_three_with_a_common_cause() -> None:
    parts = three_nines("a", "b", "c")
    down = 1 - (1 - 3 * 0.0009**2 + 2 * 0.0009**3) * (1 - 0.0001)
    assert unavailability(CommonCause(0.1, *parts, k=2)) == pytest.approx(down, rel=1e-9)


@pytest.mark.parametrize(("gap", "seconds"), [(90, 360), (180, 540)])
def test_the_seconds_of_failovers_hardly_count(gap, seconds) -> None:
    gaps = Series(Failover("planned", 12, 15), Failover("unplanned", 2, gap))
    down = unavailability(gaps)
    assert down * SECONDS_A_YEAR == pytest.approx(seconds, rel=1e-4)
    assert f"{1 - down:.4%}" == {360: "99.9989%", 540: "99.9983%"}[seconds]


def test_a_failover_that_does_not_happen_costs_the_whole_repair() -> None:
    one, other = (Component(name, 2, 4) for name in ("one", "other"))
    u = one.unavailability
    switch = Failover("switch", 2, 90, coverage=0.9, hours_to_repair=4)
    told = u**2 + (1 - 0.9) * u + 0.9 * 2 * 90 / SECONDS_A_YEAR
    assert unavailability(Series(Parallel(one, other), switch)) == pytest.approx(told, rel=1e-3)
    assert [saving.name for saving in weakest(Series(Parallel(one, other), switch))][:2] == [
        "switch that fails", "switch",
    ]  # fmt: skip


def test_what_to_mend_first() -> None:
    (isp,) = three_nines("isp")
    devices = [Component.of("old", 0.99), Component.of("new", 0.9999)]
    order = weakest(Series(isp, Parallel(*devices)))
    assert [saving.name for saving in order] == ["isp", "old", "new"]
    assert order[0] == Saving("isp", pytest.approx(0.001 * SECONDS_A_YEAR, rel=1e-5))
    assert order[1].seconds == pytest.approx(order[2].seconds), "either saves the pair"


@settings(deadline=None, max_examples=40)
@given(structures)
def test_cut_sets_stop_the_structure_and_nothing_smaller_does(structure) -> None:
    cuts = cut_sets(structure, 3)
    for cut in cuts:
        assert not works(structure, cut)
        assert all(works(structure, cut - {name}) for name in cut)
    assert len(set(cuts)) == len(cuts)


def test_a_full_mesh_is_solved_at_once() -> None:
    sides = [[Component.of(f"{side} {i}", 0.99) for i in range(5)] for side in ("device", "hub")]
    paths = [
        Series(one, Component.of(f"{one.name} to {other.name}", 0.95), other)
        for one, other in product(*sides)
    ]
    assert unavailability(Parallel(*paths)) == pytest.approx(2e-10, rel=1e-2)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"), (0.0001, "less than 1 ms"), (0.0315, "32 ms"), (0.9996, "1 s"),
        (31.5, "31.5 s"), (59.96, "1 min"), (315.36, "5.3 min"), (3_599, "1 h"), (3_600, "1 h"),
        (31_536, "8 h 46 min"), (78_900, "21 h 55 min"), (172_790, "2 d"), (315_360, "3 d 16 h"),
        (SECONDS_A_YEAR, "365 d"),
    ],
)  # fmt: skip
def test_lengths_of_time_in_words(seconds, words) -> None:
    assert in_words(seconds) == words


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: Component("", 1, 1), "name: '' is not a name"),
        (lambda: Component("a", -1, 1), "failures_per_year: -1 is not a number from 0"),
        (lambda: Component("a", float("nan"), 1), "failures_per_year: nan is not a number"),
        (lambda: Component("a", 1, "4"), "hours_to_repair: '4' is not a number"),
        (lambda: Component("a", 8_760, 1), "a would be down all the 8,760 h of a year"),
        (lambda: Component.of("a", 99.9), "availability: 99.9 is not a number from 0 to 1"),
        (lambda: Component.of("a", 0.9, 0), "0 h of repair cannot make it unavailable"),
        (lambda: Series(), "parts: a structure needs at least one part"),
        (lambda: Parallel(PARTS[0], 0.99), "parts: 0.99 is not a component"),
        (lambda: KofN(3, *PARTS[:2]), "k: 3 is not a number from 1 to 2, its parts"),
        (lambda: KofN(0, *PARTS[:2]), "k: 0 is not a number from 1 to 2"),
        (lambda: CommonCause(2, *TWINS), "beta: 2 is not a number from 0 to 1"),
        (lambda: CommonCause(0.1, *PARTS), "joins components that fail alike"),
        (lambda: CommonCause(0.1, TWINS[0], TWINS[0]), "joins different components"),
        (lambda: CommonCause(0.1, Series(TWINS[0])), "joins components, not structures"),
        (lambda: Failover("f", 1, 9, coverage=0.5), "a switch that can fail needs a time"),
        (lambda: Failover("f", 1, -9), "gap_seconds: -9 is not a number"),
        (lambda: availability(3), "structure: 3 is not a component or a structure"),
        (lambda: availability(PARTS[0], {"ips": True}), "there is no 'ips'; the nearest are isp"),
        (lambda: works(PARTS[0], {"x"}), "down: there is no 'x'"),
        (
            lambda: availability(Series(ISP_TWICE, PARTS[0])),
            "name: 'isp' stands for two parts that fail differently",
        ),
        (
            lambda: availability(Series(COMMON, Component("one", 1, 1))),
            "name: 'one' stands for two parts that fail differently",
        ),
        (
            lambda: availability(Series(COMMON, CommonCause(0.3, *TWINS))),
            "name: 'one' stands for two parts that fail differently",
        ),
        (
            lambda: by_enumeration(Series(*(Component(str(i), 1, 1) for i in range(21)))),
            "21 components have too many states: 20 at most",
        ),
        (lambda: cut_sets(PARTS[0], 0), "largest: 0 is not a number from 1"),
        (lambda: downtime(1.5), "availability: 1.5 is not a number from 0 to 1"),
        (lambda: in_words(-1), "seconds: -1 is not a number from 0"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(make, rule) -> None:
    with pytest.raises(InputError) as caught:
        make()
    assert rule in str(caught.value)


def test_a_structure_too_entangled_is_refused_not_run_for_ever(monkeypatch) -> None:
    monkeypatch.setattr("vpnedu.simulation.availability.exact.MOST_CASES", 10)
    names = [Component.of(str(i), 0.9) for i in range(12)]
    ring = Parallel(*(Series(names[i], names[i - 1], names[i - 3]) for i in range(12)))
    with pytest.raises(InputError, match="its shared parts make more than 10 cases"):
        availability(ring)
