"""Packets counted by arithmetic, held against a count of every single packet."""

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.counting import Counts, counts
from vpnedu.simulation.events import Carried, Missed
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import FlowLine, Trace

LINE = FlowLine("a → b", "a", "b", 0.25, 0.0)


def carried(since: float, delay: float, lost_at: str | None = None) -> Carried:
    cause = lost_at and f"{lost_at} is dead"
    return Carried(since, LINE.name, since, ("a", "b"), delay, lost_at, cause, "")


def missed(packet: int, line: FlowLine = LINE) -> Missed:
    return Missed(line.starts + packet * line.interval, line.name, packet, "b", "")


def run(*events: Carried | Missed, until: float = 10.0, line: FlowLine = LINE) -> Trace:
    return Trace("", "", (), (), (), events, until, flows=(line,))


def one_by_one(trace: Trace, at: float, line: FlowLine) -> Counts:
    """The same counts from a look at every packet."""
    assert trace.until is not None
    at, fates = min(at, trace.until), {"delivered": 0, "lost": 0, "in flight": 0}
    ways = [e for e in trace.events if isinstance(e, Carried) and e.flow == line.name]
    unlucky = {e.packet for e in trace.events if isinstance(e, Missed) and e.flow == line.name}
    packet = 0
    while (left := line.starts + packet * line.interval) < trace.until and left <= at:
        way = [way for way in ways if way.since <= left][-1]
        over = left <= at - way.delay
        if packet in unlucky:
            fates["lost"] += 1
        else:
            fates["in flight" if not over else "lost" if way.lost_at else "delivered"] += 1
        packet += 1
    return Counts(packet, *fates.values())


def test_a_packet_is_in_flight_until_it_arrives() -> None:
    trace = run(carried(0.0, 0.1))
    assert counts(trace, 0.0) == Counts(1, 0, 0, 1)
    assert counts(trace, 0.09) == Counts(1, 0, 0, 1)
    assert counts(trace, 0.11) == Counts(1, 1, 0, 0)


def test_a_packet_is_lost_where_its_way_ends() -> None:
    trace = run(carried(0.0, 0.1), carried(1.0, 0.05, "b"))
    assert counts(trace, 1.04) == Counts(5, 4, 0, 1)
    assert counts(trace, 1.06) == Counts(5, 4, 1, 0)


def test_a_packet_lost_by_chance_never_arrives() -> None:
    trace = run(carried(0.0, 0.1), missed(2), missed(3))
    assert counts(trace, 0.5) == Counts(3, 2, 1, 0)
    assert counts(trace) == Counts(40, 38, 2, 0)


def test_what_is_under_way_at_the_end_of_the_run_stays_in_flight() -> None:
    trace = run(carried(0.0, 3.0), until=10.0)
    assert counts(trace) == counts(trace, 10.0) == counts(trace, inf) == Counts(40, 29, 0, 11)


def test_no_packet_leaves_at_the_end_of_the_run_or_before_its_start() -> None:
    trace = run(carried(0.0, 0.0), until=1.0)
    assert counts(trace).sent == 4
    assert counts(trace, -1.0) == Counts(0, 0, 0, 0)


def test_a_way_that_no_packet_takes_counts_nothing() -> None:
    trace = run(carried(0.0, 0.1), carried(1.0, 0.1, "b"), carried(1.0, 0.2))
    assert counts(trace).lost == 0


TIMES = st.floats(0, 12) | st.integers(0, 48).map(lambda quarter: quarter / 4)
DELAYS = st.floats(0, 3)


@st.composite
def traces(draw: st.DrawFn) -> tuple[Trace, FlowLine]:
    interval = draw(st.sampled_from([0.1, 0.25, 0.3, 1 / 3, 1.7]))
    line = FlowLine(LINE.name, "a", "b", interval, draw(st.sampled_from([0.0, 0.1, 2.0])))
    later = draw(st.lists(TIMES, max_size=5))
    fate = st.sampled_from([None, "b"])
    ways = [carried(since, draw(DELAYS), draw(fate)) for since in sorted([0.0, *later])]
    until = draw(st.floats(0.5, 12))
    reached = run(*ways, until=until, line=line)
    alive = [
        packet
        for packet in draw(st.sets(st.integers(0, 30), max_size=6))
        if (left := line.starts + packet * interval) < until
        and [way for way in ways if way.since <= left][-1].lost_at is None
    ]
    lucky = [missed(packet, line) for packet in alive]
    return run(*reached.events, *lucky, until=until, line=line), line


@given(traces(), st.lists(TIMES, min_size=2, max_size=6))
@example((run(carried(0.0, 0.0)), LINE), [0.0, 0.25])
@settings(max_examples=200, deadline=None)
def test_the_counts_are_those_of_every_single_packet(
    made: tuple[Trace, FlowLine], times: list[float]
) -> None:
    trace, line = made
    found = [counts(trace, at) for at in sorted(times)]
    assert found == [one_by_one(trace, at, line) for at in sorted(times)]
    for now in found:
        assert now.sent == now.delivered + now.lost + now.in_flight
        assert min(now.sent, now.delivered, now.lost, now.in_flight) >= 0
    for before, after in pairwise(found):
        assert before.sent <= after.sent
        assert before.delivered <= after.delivered
        assert before.lost <= after.lost


@pytest.mark.parametrize(
    ("design", "faults"),
    [
        ("active-standby", ("instance-crash@30",)),
        ("active-active", ("packet-loss@10:60", "tunnel-cut@30:20")),
        ("expressroute-failover", ("circuit-cut@20.1:33",)),
        ("two-regions", ("region-loss@40",)),
    ],
)
def test_the_counts_of_a_real_run_are_those_of_every_single_packet(
    design: str, faults: tuple[str, ...]
) -> None:
    trace = simulate(design, faults, until=120.0)
    for at in (0.0, 0.02, 30.0, 30.01, 31.0, 55.555, 90.0, 120.0):
        each = [one_by_one(trace, at, line) for line in trace.flows]
        assert [counts(trace, at, line.name) for line in trace.flows] == each
        assert counts(trace, at).sent == sum(one.sent for one in each)


def test_the_packets_lost_are_those_of_the_outages() -> None:
    trace = simulate("active-active", ("instance-hang@30:50",))
    assert counts(trace).lost == sum(outage.lost for outage in trace.outages)


def test_without_a_fault_nothing_is_lost() -> None:
    assert counts(simulate("dual-redundancy")).lost == 0


def test_what_cannot_be_counted_is_named() -> None:
    trace = run(carried(0.0, 0.1))
    with pytest.raises(InputError, match="flow: there is no 'a → c'; nearest: a → b"):
        counts(trace, 1.0, "a → c")
    with pytest.raises(InputError, match="at: nan is not a time"):
        counts(trace, nan)
    packet = SCENARIOS["hub-route-based"].send("Ana", "Ben", "tcp", 80)
    with pytest.raises(InputError, match="trace: a packet's run has no flows"):
        counts(packet)
