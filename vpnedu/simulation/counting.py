"""How many packets were sent, delivered and lost by a moment of a run: arithmetic on its trace.

A trace tells where packets go from which departure on, so no packet is looked at by itself,
except those that are lost by chance.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from math import ceil, inf, isnan, nextafter

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.events import Carried, Missed
from vpnedu.simulation.trace import FlowLine, Trace


@dataclass(frozen=True, slots=True)
class Counts:
    """Packets by a moment: `sent` = `delivered` + `lost` + `in_flight`."""

    sent: int
    delivered: int
    lost: int
    in_flight: int


def counts(trace: Trace, at: float | None = None, flow: str | None = None) -> Counts:
    """The packets of `flow`, or of all flows, up to and with the moment `at`, in seconds.

    Without `at`: at the end of the run. A packet that is lost by chance counts as lost from the
    moment of its event on; any other, once it has come to where it is lost.
    """
    if trace.until is None:
        raise InputError("trace", "a packet's run has no flows to count; those over time have")
    moment = trace.until if at is None else min(at, trace.until)
    if isnan(moment):
        raise InputError("at", "nan is not a time")
    sent = delivered = lost = 0
    for line in _lines(trace, flow):
        ended = _before(line, trace.until)
        sent += min(_upto(line, moment), ended)
        arrived, gone = _fates(trace, line, moment, ended)
        delivered += arrived
        lost += gone
    return Counts(sent, delivered, lost, sent - delivered - lost)


def _lines(trace: Trace, flow: str | None) -> Iterable[FlowLine]:
    if flow is None:
        return trace.flows
    names = [line.name for line in trace.flows]
    if flow not in names:
        near = get_close_matches(flow, names, cutoff=0.0)
        raise InputError("flow", f"there is no {quoted(flow)}; nearest: {', '.join(near)}")
    return [trace.flows[names.index(flow)]]


def _fates(trace: Trace, line: FlowLine, at: float, ended: int) -> tuple[int, int]:
    """How many packets of a flow were delivered and lost by `at`; `ended` is how many there are."""
    ways = [e for e in trace.events if isinstance(e, Carried) and e.flow == line.name]
    missed = sorted(e.packet for e in trace.events if isinstance(e, Missed) and e.flow == line.name)
    firsts = [*(min(_before(line, way.since), ended) for way in ways), ended]
    delivered, lost = 0, bisect_left(missed, min(_upto(line, at), ended))
    for way, first, behind in zip(ways, firsts, firsts[1:], strict=False):
        done = min(max(_upto(line, at - way.delay), first), behind)
        if way.lost_at is not None:
            lost += done - first
        else:
            delivered += done - first
            delivered -= bisect_left(missed, done) - bisect_left(missed, first)
    return delivered, lost


def _upto(line: FlowLine, time: float) -> int:
    """How many packets of the flow leave by `time`, those that leave just then included."""
    return _before(line, nextafter(time, inf))


def _before(line: FlowLine, time: float) -> int:
    """How many packets of the flow leave before `time`. Packet k leaves at starts + k·interval."""
    if time <= line.starts:
        return 0
    count = ceil((time - line.starts) / line.interval)
    # The quotient is rounded, and may be one off.
    if line.starts + (count - 1) * line.interval >= time:
        return count - 1
    return count + (line.starts + count * line.interval < time)
