"""More ways to the same place, and BFD: what never gets worse by them, and what does, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpnedu.simulation.designs import DESIGNS, Circuit, CloudGateway, Design, Device, Instance
from vpnedu.simulation.events import Changed
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.trace import Trace

MICROSECOND = 1e-6

# Every way carries some of these; what is left to chance is fixed; liveness finds out, and not
# BGP, whose patience depends on the moment of the last keepalive.
MANY = tuple(range(40000, 40024))
# Loss by chance is no outage; what waits unused is another thing where there is a circuit.
NOT_COMPARED = ("packet-loss", "dead-standby")
SURE = {
    "standby-start": 40,
    "address-move": 3,
    "fabric-update": 2,
    "circuit-update": 20,
    "closes-sessions": "yes",
}
OFFICE_SIDE = tuple(Device(f"device {n}", f"provider {n}") for n in (1, 2, 3))
ONE_REGION = {"region": "region 1", "network": "network"}
CIRCUIT = Circuit("circuit", "router 1", "location 1", **ONE_REGION)


def gateway(mode: str, count: int) -> CloudGateway:
    instances = tuple(Instance(f"instance {n}") for n in range(1, count + 1))
    return CloudGateway("gateway", mode, instances, **ONE_REGION)


@st.composite
def with_one_more_way(draw) -> tuple[Design, Design]:
    """A design, and the same with one more device, active instance, circuit, or VPN."""
    devices = draw(st.integers(1, 2))
    mode = draw(st.sampled_from(["active/standby", "active/active"]))
    count = 2 if mode == "active/standby" else draw(st.integers(1, 2))
    circuit = draw(st.booleans())
    base = Design(
        "base",
        "B",
        "B.",
        OFFICE_SIDE[:devices],
        (gateway(mode, count),),
        (CIRCUIT,) if circuit else (),
        ports=MANY,
    )
    ways = [replace(base, devices=OFFICE_SIDE[: devices + 1])]
    if mode == "active/active":
        ways.append(replace(base, gateways=(gateway(mode, count + 1),)))
    if circuit:
        alone = replace(base, devices=(), gateways=())
        return draw(st.sampled_from([*((base, way) for way in ways), (alone, base)]))
    return base, draw(st.sampled_from([*ways, replace(base, circuits=(CIRCUIT,))]))


def worst(trace: Trace) -> tuple[bool, float]:
    """Whether a flow has not recovered, and the longest outage."""
    lengths = [(outage.end is None, outage.seconds) for outage in trace.outages]
    return max(lengths, default=(False, 0.0))


def ends_of(design: Design, target: str) -> tuple[str, ...]:
    """A tunnel by its ends, since one more way may number it otherwise; anything else by name."""
    found = [t for t in design.tunnels if t.name == target]
    return (found[0].device, found[0].gateway, found[0].instance or "") if found else (target,)


def same_fault(name: str, number: int, base: Design, more: Design) -> int:
    """The number that a fault's target of one design has in the other."""
    target = ends_of(base, FAULTS[name].targets(base)[number - 1])
    return [ends_of(more, t) for t in FAULTS[name].targets(more)].index(target) + 1


@given(with_one_more_way(), st.data())
@settings(max_examples=35)
def test_one_more_independent_way_never_makes_the_worst_outage_longer(pair, data) -> None:
    base, more = pair
    able = [n for n in sorted(FAULTS) if applies(n, base) and n not in NOT_COMPARED]
    name = data.draw(st.sampled_from(able))
    number = data.draw(st.integers(1, len(FAULTS[name].targets(base))))
    seed = data.draw(st.integers(0, 99))
    lasts = data.draw(st.sampled_from(["", ":1", ":10", ":60", ":120"]))
    found = [
        worst(simulate(design, (f"{name}#{place}@30{lasts}",), seed=seed, settings=SURE, until=300))
        for design, place in ((base, number), (more, same_fault(name, number, base, more)))
    ]
    (lost_before, before), (lost_after, after) = found
    assert (lost_after, after) <= (lost_before, before + 0.05)


# Where one more way, or BFD, does make it longer: the book teaches why.

ONE_DEVICE = replace(DESIGNS["active-active"], devices=OFFICE_SIDE[:1])
TWO_DEVICES = replace(DESIGNS["active-active"], devices=OFFICE_SIDE[:2])


def test_a_new_way_may_move_a_flow_onto_the_way_that_fails() -> None:
    """Routers hash flows anew over more ways: a single flow may have bad luck, all together not."""
    hang = ("instance-hang@30:60",)
    lengths = {}
    for port in MANY + tuple(range(40024, 40060)):
        one, two = (
            worst(simulate(replace(design, ports=(port,)), hang, until=100))[1]
            for design in (ONE_DEVICE, TWO_DEVICES)
        )
        lengths[port] = (one, two)
    worse = [port for port, (one, two) in lengths.items() if two > one]
    better = [port for port, (one, two) in lengths.items() if two < one]
    assert worse
    assert better
    for port in worse:
        assert lengths[port] == (0, pytest.approx(60, abs=0.01))
        healthy = [
            simulate(replace(design, ports=(port,)), until=1.0)
            for design in (ONE_DEVICE, TWO_DEVICES)
        ]
        before, after = ({path for e in t.events for path in e.path} for t in healthy)
        assert "instance 1" not in before
        assert "instance 1" in after, "it was moved before anything failed"
    all_flows = [
        worst(simulate(replace(design, ports=MANY), hang, until=100))
        for design in (ONE_DEVICE, TWO_DEVICES)
    ]
    assert all_flows[0] == all_flows[1]


def test_two_sessions_that_must_expire_take_as_long_as_the_later_one() -> None:
    """With two devices, two hold timers run for the instance that is gone; a flow may have either.

    So the worst of two draws is longer than one; never longer than the hold time.
    """
    found = []
    for seed in range(1, 25):
        one, two = (
            worst(
                simulate(
                    replace(design, ports=MANY),
                    ("instance-crash@30",),
                    profile="strongswan",
                    seed=seed,
                    until=130,
                )
            )[1]
            for design in (ONE_DEVICE, TWO_DEVICES)
        )
        found.append(two - one)
        assert two <= 90.1
    assert max(found) > 5
    assert min(found) >= -0.001, "the first session's timer is the same in both"


def test_the_way_back_to_a_preferred_region_costs_a_second_short_outage() -> None:
    """The site hears of the repaired way before the other side has told its own network."""
    one = replace(DESIGNS["two-regions"], gateways=DESIGNS["two-regions"].gateways[:1])
    alone, both = (
        simulate(design, ("region-loss@30:60",), until=500)
        for design in (one, DESIGNS["two-regions"])
    )
    assert len(alone.outages) == 2
    assert len(both.outages) == 3
    assert worst(both) < worst(alone)
    second = both.outages[-1]
    assert second.start > 90
    assert 0.5 < second.seconds < 6, "until the network uses the changed route"


def test_bfd_on_the_only_way_makes_an_outage_longer_than_the_cut() -> None:
    """Without it the session outlives a short cut; with it routes must be told anew."""
    without, with_bfd = (
        simulate("expressroute", ("circuit-cut@30:60",), settings={"bfd": bfd})
        for bfd in ("off", "on")
    )
    assert worst(without)[1] == pytest.approx(60, abs=0.001)
    assert 60.5 < worst(with_bfd)[1] < 120


def test_bfd_takes_packets_lost_by_chance_for_a_dead_way() -> None:
    lossy = ("packet-loss@30:60",)
    without, with_bfd = (
        simulate("dual-redundancy", lossy, profile="strongswan", settings={"bfd": bfd}, until=120)
        for bfd in ("off", "on")
    )
    assert without.outages == ()
    assert with_bfd.outages


def found_out(trace: Trace) -> dict[tuple[str, str], float]:
    """When each end of each session that was dead knew it, if it ever did."""
    times: dict[tuple[str, str], float] = {}
    for event in trace.events:
        if (
            isinstance(event, Changed)
            and event.node.startswith("session")
            and event.after == "down"
        ):
            times.setdefault((event.node, event.aspect), event.at)
    return times


@given(
    st.sampled_from(list(DESIGNS.values())),
    st.sampled_from(["azure", "rfc", "strongswan"]),
    st.booleans(),
    st.data(),
)
@settings(max_examples=20)
def test_bfd_never_slows_detection(design, profile, closes, data) -> None:
    able = [n for n in sorted(FAULTS) if applies(n, design) and n != "packet-loss"]
    name = data.draw(st.sampled_from(able))
    number = data.draw(st.integers(1, len(FAULTS[name].targets(design))))
    lasts = data.draw(st.sampled_from(["", ":0.5", ":10", ":60"]))
    seed = data.draw(st.integers(0, 99))
    without, with_bfd = (
        found_out(
            simulate(
                design,
                (f"{name}#{number}@30{lasts}",),
                profile=profile,
                seed=seed,
                settings={"bfd": bfd, "bfd-on-tunnels": "yes", "closes-sessions": closes},
                until=130,
            )
        )
        for bfd in (False, True)
    )
    for end, time in without.items():
        assert with_bfd[end] <= time + MICROSECOND, end
