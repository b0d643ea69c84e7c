"""The laws of every failover, held over random designs, faults, timers and seeds."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.counting import Counts, counts
from vpnedu.simulation.designs import DESIGNS, Circuit, CloudGateway, Design, Device, Instance
from vpnedu.simulation.events import Carried, Changed, Missed
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.trace import FlowLine, Trace

UNTIL = 150.0
# What is told of a thing without a lane of its own: what befell it, what was found out about it.
NOTES = ("fault", "health")
MICROSECOND = 1e-6


def examples(count: int):
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=count, deadline=None, suppress_health_check=slow)


# Random runs


@st.composite
def designs(draw) -> Design:
    """One to three devices and instances, gateways in one or two regions, circuits or none."""
    providers = draw(st.integers(1, 2))
    devices = tuple(
        Device(f"device {n}", f"provider {min(n, providers)}")
        for n in range(1, draw(st.integers(1, 3)) + 1)
    )
    gateways, made = [], 0
    for number in range(1, draw(st.integers(1, 2)) + 1):
        mode = draw(st.sampled_from(["active/standby", "active/active"]))
        count = draw(st.integers(2, 3) if mode == "active/standby" else st.integers(1, 3))
        zones = draw(st.sampled_from([("",), ("zone {} a",), ("zone {} a", "zone {} b")]))
        instances = tuple(
            Instance(f"instance {made + n + 1}", zones[n % len(zones)].format(number))
            for n in range(count)
        )
        made += count
        where = (f"region {number}", f"network {number}")
        gateways.append(CloudGateway(f"gateway {number}", mode, instances, *where, number - 1))
    circuits = tuple(
        Circuit(f"circuit {n}", f"router {n}", f"location {n}", "region 1", "network 1")
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )
    ports = tuple(range(40000, 40000 + draw(st.integers(1, 3))))
    bgp = True if len(gateways) > 1 or circuits else draw(st.booleans())
    return Design("random", "R", "R.", devices, tuple(gateways), circuits, bgp, ports)


any_design = st.sampled_from(sorted(DESIGNS.values(), key=lambda d: d.name)) | designs()
any_profile = st.sampled_from(sorted(PROFILES))
timers = st.fixed_dictionaries(
    {},
    optional={
        "liveness-delay": st.sampled_from([0, 1, 5, 60]),
        "hold-time": st.sampled_from([0, 3, 9, 30, 180]),
        "gateway-hold-time": st.sampled_from([0, 3, 9, 90]),
        "gateway-negotiates": st.booleans(),
        "closes-sessions": st.booleans(),
        "retransmit-tries": st.sampled_from([0, 2]),
        "standby-start": st.sampled_from([(0.0, 0.0), (3.0, 40.0)]),
        "address-move": st.sampled_from([(0.0, 0.0), (1.0, 20.0)]),
        "fabric-update": st.sampled_from([(0.0, 0.0), (0.0, 30.0)]),
        "probe-misses": st.sampled_from([1, 5]),
        "lan-hello": st.sampled_from([0.1, 5]),
        "connect-retry": st.sampled_from([0.1, 2, 60]),
        "packet-interval": st.sampled_from([0.1, 0.7, 1 / 3, 7]),
        "child-rekey": st.sampled_from([0, 60]),
        "ike-rekey": st.sampled_from([0, 61]),
        "redial": st.sampled_from([0, 10]),
    },
)
moments = st.sampled_from([0, 1, 29.99, 30, 30.02, 30.021, 60]) | st.floats(0, 140)
lengths = st.sampled_from([None, 0.01, 1, 20, 60]) | st.floats(0.1, 100)


@st.composite
def faults_of(draw, design: Design) -> tuple[str, ...]:
    texts = []
    able = [name for name in sorted(FAULTS) if applies(name, design)]
    for name in draw(st.lists(st.sampled_from(able), max_size=4)):
        number = draw(st.integers(1, len(FAULTS[name].targets(design))))
        length = draw(lengths)
        lasts = "" if length is None else f":{length:.6f}"
        texts.append(f"{name}#{number}@{draw(moments):.6f}{lasts}")
    return tuple(texts)


class Run:
    """What was given, and what came of it."""

    def __init__(self, given: dict, trace: Trace):
        self.given, self.trace = given, trace

    def __repr__(self) -> str:
        return f"simulate(**{self.given})"


@st.composite
def runs(draw) -> Run:
    """A run whose input the rules allow."""
    design = draw(any_design)
    given = {
        "chosen": design,
        "faults": draw(faults_of(design)),
        "profile": draw(any_profile),
        "seed": draw(st.integers(0, 999)),
        "settings": draw(timers),
        "until": UNTIL,
    }
    try:
        trace = simulate(**given)
    except InputError:
        assume(False)
    return Run(given, trace)


def of(trace: Trace, flow: str) -> list[Carried]:
    return [e for e in trace.events if isinstance(e, Carried) and e.flow == flow]


def as_bytes(trace: Trace) -> bytes:
    return json.dumps(trace.to_dict(), sort_keys=True).encode()


# What holds of every trace


@given(runs())
@examples(15)
def test_the_same_input_gives_the_same_bytes_in_whatever_order_the_faults_are_given(run) -> None:
    first, again = run.trace, simulate(**run.given)
    assert as_bytes(first) == as_bytes(again)
    assert json.loads(as_bytes(first)) == json.loads(as_bytes(again))
    assert b"-0.0" not in as_bytes(first)
    moments = [fault.at for fault in first.faults]
    if len(set(moments)) == len(moments):
        turned = simulate(**{**run.given, "faults": run.given["faults"][::-1]})
        assert as_bytes(turned) == as_bytes(first)


def departures(line: FlowLine, until: float) -> Iterator[float]:
    number = 0
    while (left := line.starts + number * line.interval) < until:
        yield left
        number += 1


def fate(trace: Trace, line: FlowLine, packet: int, left: float) -> tuple[str, float]:
    """What becomes of one packet, and when: looked up by itself in the events."""
    way = [way for way in of(trace, line.name) if way.since <= left][-1]
    unlucky = [e for e in trace.events if isinstance(e, Missed)]
    unlucky = [e for e in unlucky if (e.flow, e.packet) == (line.name, packet)]
    assert len(unlucky) <= 1, "a packet is lost once"
    if way.lost_at is not None:
        assert not unlucky, "a packet is lost by one cause"
        return "lost", left + way.delay
    return ("lost", unlucky[0].at) if unlucky else ("delivered", left + way.delay)


@given(runs(), st.floats(0, UNTIL))
@examples(18)
def test_every_packet_is_delivered_or_lost_or_in_flight_and_never_two_of_these(run, at) -> None:
    trace = run.trace
    for line in trace.flows:
        sums = {UNTIL: Counter(), at: Counter()}
        for packet, left in enumerate(departures(line, UNTIL)):
            what, when = fate(trace, line, packet, left)
            for moment, count in sums.items():
                if left <= moment:
                    count["sent"] += 1
                    count[what if when <= moment else "in flight"] += 1
        for moment, count in sums.items():
            parts = (count["delivered"], count["lost"], count["in flight"])
            assert sum(parts) == count["sent"]
            assert counts(trace, moment, line.name) == Counts(count["sent"], *parts)


@given(runs())
@examples(22)
def test_an_outage_is_its_parts_and_all_its_packets_are_lost_and_no_others(run) -> None:
    trace = run.trace
    order = [flow.name for flow in trace.flows]
    assert [o.flow for o in trace.outages] == sorted(
        (o.flow for o in trace.outages), key=order.index
    )
    for line in trace.flows:
        outages = [o for o in trace.outages if o.flow == line.name]
        for outage in outages:
            parts = (outage.detect, outage.decide, outage.redirect)
            assert min(parts) >= 0
            assert outage.seconds == pytest.approx(sum(parts), abs=MICROSECOND)
            end = trace.until if outage.end is None else outage.end
            assert outage.seconds == pytest.approx(end - outage.start, abs=2 * MICROSECOND)
            assert 0 <= outage.start < end <= trace.until
            assert outage.causes
            assert len(set(outage.causes)) == len(outage.causes)
        assert all(a.end is not None and a.end < b.start for a, b in pairwise(outages))
        lost = Counter()
        for packet, left in enumerate(departures(line, trace.until)):
            within = [o for o in outages if o.start <= left < (o.end or trace.until)]
            way = [way for way in of(trace, line.name) if way.since <= left][-1]
            assert bool(within) == (way.lost_at is not None), (line.name, packet, left)
            if within:
                lost[within[0]] += 1
                assert way.cause in within[0].causes
        assert {o: o.lost for o in outages if o.lost} == dict(lost)


@given(runs())
@examples(22)
def test_events_are_ordered_and_their_sentences_whole(run) -> None:
    trace = run.trace
    names = [flow.name for flow in trace.flows]
    assert [e.at for e in trace.events] == sorted(e.at for e in trace.events)
    assert all(0 <= event.at <= trace.until for event in trace.events)
    for event in trace.events:
        reason = event.reason
        assert reason == " ".join(reason.split())
        assert reason.endswith(".")
        assert not reason.endswith("..")
        assert "None" not in reason
        about = getattr(event, "flow", "")
        assert reason.startswith(f"{about}: ") if about else not reason[0].islower()
    for name in names:
        ways = of(trace, name)
        assert ways[0].at == ways[0].since == 0
        assert all(a.since <= b.since <= b.at + MICROSECOND for a, b in pairwise(ways))
        told = [(way.path, way.lost_at, way.cause) for way in ways]
        if not any(fault.name == "packet-loss" for fault in trace.faults):
            assert all(a != b for a, b in pairwise(told)), "only what is new is told"


@given(runs())
@examples(22)
def test_a_packet_passes_what_is_there_from_its_source_to_its_end(run) -> None:
    trace = run.trace
    things = {node.name for node in trace.nodes} | {tunnel.name for tunnel in trace.tunnels}
    networks = {node.name for node in trace.nodes if node.kind == "virtual network"}
    for way in (event for event in trace.events if isinstance(event, Carried)):
        line = next(line for line in trace.flows if line.name == way.flow)
        outward = line.source == "office"
        assert way.path[0] in ({"office"} if outward else networks)
        assert set(way.path) <= things
        assert len(set(way.path)) == len(way.path)
        assert (way.lost_at is None) == (way.cause is None)
        if way.lost_at is None:
            assert way.path[-1] in (networks if outward else {"office"})
            assert len(way.path) == 5
            assert 0 < way.delay < 0.1
        else:
            assert way.lost_at in things
            assert 0 <= way.delay < 0.1


@given(runs())
@examples(22)
def test_a_lane_goes_from_state_to_state_and_knows_the_tone_of_each(run) -> None:
    trace = run.trace
    lanes = {(lane.thing, lane.aspect): lane for lane in trace.lanes}
    assert len(lanes) == len(trace.lanes)
    now = {key: lane.first for key, lane in lanes.items()}
    seen = {key: {lane.first} for key, lane in lanes.items()}
    for event in (event for event in trace.events if isinstance(event, Changed)):
        key = (event.node, event.aspect)
        if event.aspect in NOTES:
            continue
        assert event.before == now[key]
        assert event.before != event.after
        now[key] = event.after
        seen[key].add(event.after)
    for key, lane in lanes.items():
        assert set(lane.tones) == seen[key]


# Health


@given(any_design, any_profile, st.integers(0, 999))
@example(DESIGNS["dual-redundancy"], "strongswan", 7)
@examples(22)
def test_without_a_fault_no_packet_is_lost_and_an_hour_is_told_in_a_few_lines(
    design, profile, seed
) -> None:
    trace = simulate(design, profile=profile, seed=seed, until=3600)
    assert trace.outages == ()
    total = counts(trace)
    assert total.lost == 0
    assert total.sent == total.delivered + total.in_flight
    assert len(trace.events) < 50
    assert len(as_bytes(trace)) < 20_000


@given(designs(), st.integers(0, 999), timers)
@examples(18)
def test_no_timer_loses_a_packet_of_a_healthy_design_unless_hold_times_do_not_match(
    design, seed, changed
) -> None:
    """A hold time below the peer's fixed keepalives expires for ever: that is a mismatch."""
    matched = {"gateway-negotiates": True}
    trace = simulate(design, seed=seed, settings={**changed, **matched}, until=200)
    assert trace.outages == ()
    assert counts(trace).lost == 0
    for event in (e for e in trace.events if isinstance(e, Changed)):
        raise AssertionError(event)


def test_a_devices_hold_time_below_the_gateways_fixed_keepalive_flaps_without_any_fault() -> None:
    short = {"hold-time": 30, "keepalive": 10}
    flapping = simulate("active-active", settings=short)
    assert flapping.outages
    assert simulate("active-active", settings={**short, "gateway-negotiates": "yes"}).outages == ()
