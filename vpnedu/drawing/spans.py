"""A run over time as stretches: what state lasts from when to when, and which part to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from vpnedu.network.addresses import InputError
from vpnedu.simulation.events import Carried, Changed
from vpnedu.simulation.trace import FlowLine, Lane, Trace

# What is shown before the first fault and after the last change, as a share of the time between.
AIR = 0.2
LEAST_SHOWN = 10.0
STEPS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10800, 21600, 43200)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time with one state, in words, and its tone; "lost" where packets are."""

    start: float
    end: float
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The time from `start` to `end`, in seconds, drawn from `left` to `right`, in points."""

    start: float
    end: float
    left: float
    right: float

    def x(self, at: float) -> float:
        """Where a time is; what is not shown is at the nearer end."""
        share = (min(max(at, self.start), self.end) - self.start) / (self.end - self.start)
        return self.left + share * (self.right - self.left)

    def shows(self, start: float, end: float) -> bool:
        """Whether any of this stretch is shown."""
        return start < self.end and end > self.start

    def ticks(self, apart: float) -> list[tuple[float, str]]:
        """Round times at least `apart` points from each other, in words."""
        step = _step((self.end - self.start) / (self.right - self.left) * apart)
        first, last = ceil(self.start / step - 1e-9), floor(self.end / step + 1e-9)
        places = max(0, ceil(-log10(step) - 1e-9))
        return [(n * step, f"{n * step:,.{places}f} s") for n in range(first, last + 1)]


def _step(least: float) -> float:
    """The smallest round length of time that is not below `least`."""
    if least < 1:
        power = 10.0 ** floor(log10(least))
        return next((n * power for n in (1, 2, 5) if n * power >= least), 10 * power)
    days = ceil(least / 86400) * 86400
    return next((step for step in STEPS if step >= least), days)


def lane_name(lane: Lane) -> str:
    """What a lane follows: a thing, a thing as another one sees it, or what a thing has."""
    if lane.aspect == "state":
        return lane.thing
    if lane.aspect.startswith("at "):
        return f"{lane.thing} {lane.aspect}"
    return f"{lane.aspect} at {lane.thing}"


def lane_spans(trace: Trace, lane: Lane) -> list[Span]:
    """The states of a lane, from the start of the run to its end."""
    changes = (
        (event.at, event.after, lane.tones[event.after])
        for event in trace.events
        if isinstance(event, Changed) and (event.node, event.aspect) == (lane.thing, lane.aspect)
    )
    return _spans([(0.0, lane.first, lane.tones[lane.first]), *changes], trace)


def flow_spans(trace: Trace, flow: FlowLine) -> list[Span]:
    """Over which tunnels or circuits a flow's packets arrive, by when they leave."""
    tunnels = {tunnel.name for tunnel in trace.tunnels}

    def way(event: Carried) -> tuple[str, str]:
        taken = ", ".join(thing for thing in event.path if thing in tunnels)
        return ("", "lost") if event.lost_at else (taken, "good")

    carried = (e for e in trace.events if isinstance(e, Carried) and e.flow == flow.name)
    return _spans([(max(event.since, flow.starts), *way(event)) for event in carried], trace)


def _spans(moments: Iterable[tuple[float, str, str]], trace: Trace) -> list[Span]:
    """Each moment's state lasts to the next one's; states that last no time are left out."""
    assert trace.until is not None
    made: list[Span] = []
    ends = [*(at for at, _, _ in moments), trace.until][1:]
    for (start, words, tone), end in zip(moments, ends, strict=True):
        if end <= start:
            continue
        if made and (made[-1].words, made[-1].tone) == (words, tone):
            start = made.pop().start
        made.append(Span(start, end, words, tone))
    return made


def window(trace: Trace, start: float | None, until: float | None) -> tuple[float, float]:
    """The part of the run to show: what is asked for, and else where something happens."""
    assert trace.until is not None
    first, last = _eventful(trace)
    begin, end = first if start is None else start, last if until is None else until
    if not isfinite(begin) or begin < 0:
        raise InputError("start", f"{begin:g} s is before the run begins; it begins at 0 s")
    if not isfinite(end) or end > trace.until:
        raise InputError("until", f"{end:g} s is after the run ends, at {trace.until:g} s")
    if end <= begin:
        name = "until" if start is None else "start"
        raise InputError(name, f"from {begin:g} s to {end:g} s there is nothing to show")
    return begin, end


def _eventful(trace: Trace) -> tuple[float, float]:
    """From a little before the first fault to a little after the last change."""
    assert trace.until is not None
    struck = [fault.at for fault in trace.faults]
    mended = [fault.until for fault in trace.faults if fault.until is not None]
    moved = [e.at for e in trace.events if isinstance(e, Changed | Carried) and e.at > 0]
    if not struck and not moved:
        return 0.0, trace.until
    over = [outage.end for outage in trace.outages if outage.end is not None]
    first, last = min(struck or moved), max([*struck, *mended, *moved, *over])
    air = AIR * max(last - first, LEAST_SHOWN)
    return max(0.0, first - air), min(trace.until, max(last + air, first + LEAST_SHOWN))
