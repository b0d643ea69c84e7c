"""States of things over time, as a trace's lanes and flows tell them."""

from dataclasses import dataclass

from vpnedu.simulation.events import Carried, Changed
from vpnedu.simulation.trace import FlowLine, Lane, Tone, Trace

TONES: tuple[Tone, ...] = ("good", "idle", "waiting", "bad")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a lane, from second `start` to `end`: the state's word and its tone."""

    start: float
    end: float
    state: str
    tone: Tone


def segments(trace: Trace, lane: Lane) -> list[Segment]:
    """The stretches of one lane up to the run's end; none has no length but the last."""
    until = trace.until or 0.0
    starts = [(0.0, lane.first)] + [
        (event.at, event.after)
        for event in trace.events
        if isinstance(event, Changed) and (event.node, event.aspect) == (lane.thing, lane.aspect)
    ]
    ends = [*(at for at, _ in starts[1:]), until]
    return [
        Segment(start, end, state, lane.tones.get(state, "good"))
        for (start, state), end in zip(starts, ends, strict=True)
        if end > start or start == until
    ]


def bands(trace: Trace, flow: FlowLine) -> list[Segment]:
    """The stretches of a flow: packets that leave then arrive, or are lost."""
    told = [e for e in trace.events if isinstance(e, Carried) and e.flow == flow.name]
    made: list[Segment] = []
    for place, event in enumerate(told):
        end = min([trace.until or 0.0, *(later.since for later in told[place + 1 :])])
        tone: Tone = "good" if event.lost_at is None else "bad"
        if end <= event.since:
            continue
        start = event.since
        if made and made[-1].tone == tone:
            start = made.pop().start
        made.append(Segment(start, end, "arriving" if tone == "good" else "lost", tone))
    return made


def states_at_end(trace: Trace) -> dict[str, tuple[str, Tone]]:
    """Each thing's last state; of a tunnel with two ends that of the worse."""
    states: dict[str, tuple[str, Tone]] = {}
    for lane in trace.lanes:
        if lane.aspect != "state" and lane.kind not in ("tunnel", "circuit"):
            continue
        last = segments(trace, lane)[-1]
        known = states.get(lane.thing)
        if known is None or TONES.index(last.tone) > TONES.index(known[1]):
            states[lane.thing] = (last.state, last.tone)
    return states
