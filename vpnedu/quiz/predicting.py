"""What a run will do, read from its trace: `[question.run]` names the run, `ask` the question."""

from collections.abc import Callable
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.counting import counts
from vpnedu.simulation.events import Delivered, Dropped, Flight, Lookup
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.scenarios import scenario
from vpnedu.simulation.trace import Outage, Trace

NONE = "none"


def run(inputs: dict[str, Any]) -> Trace:
    """The run that a bank's table describes.

    Either a packet: `scenario` with a `preset` by its place from 0, or with `source`,
    `destination`, `protocol`, `port` and `length`. Or a run over time: `design`, `faults`,
    `profile`, `seed`, `until`, `settings`.
    """
    given = dict(inputs)
    try:
        if "design" in given:
            return simulate(given.pop("design"), given.pop("faults", ()), **given)
        chosen = scenario(given.pop("scenario", ""))
        if "preset" not in given:
            return chosen.send(**given)
        place = given.pop("preset")
        if given or place not in range(len(chosen.presets)):
            raise InputError("preset", f"{chosen.name} has presets 0 to {len(chosen.presets) - 1}")
        return chosen.run(place)
    except TypeError as wrong:
        raise InputError("run", str(wrong)) from None


def _tunnel(trace: Trace) -> str:
    return trace.tunnels_taken[0] if trace.tunnels_taken else NONE


def _tunnels(trace: Trace) -> str:
    return ", ".join(trace.tunnels_taken) or NONE


def _path(trace: Trace) -> str:
    flights = [event for event in trace.events if isinstance(event, Flight)]
    return " > ".join([flights[0].source, *(flight.target for flight in flights)])


def _fate(trace: Trace) -> str:
    if any(isinstance(event, Flight) and event.link == "internet" for event in trace.events):
        return "clear"
    return "sealed" if isinstance(trace.verdict, Delivered) else "lost"


def _dropped_at(trace: Trace) -> str:
    return trace.verdict.node if isinstance(trace.verdict, Dropped) else NONE


def _chose(trace: Trace) -> str:
    return next(event.chose for event in trace.events if isinstance(event, Lookup))


def _wire_length(trace: Trace) -> str:
    return str(max(datagram.length for datagram in trace.datagrams))


def _crossing(trace: Trace) -> str:
    """The milliseconds of the longest way between two things."""
    flights = [event for event in trace.events if isinstance(event, Flight) and event.arrives]
    return f"{max(event.arrives - event.at for event in flights if event.arrives) * 1000:g}"


def _worst(trace: Trace) -> Outage | None:
    return max(trace.outages, key=lambda outage: outage.seconds, default=None)


def _seconds(trace: Trace) -> str:
    worst = _worst(trace)
    return "0" if worst is None else f"{worst.seconds:.1f}"


def _longest_part(trace: Trace) -> str:
    worst = _worst(trace)
    if worst is None:
        return NONE
    parts = {name: getattr(worst, name) for name in ("detect", "decide", "redirect")}
    return max(parts, key=lambda name: parts[name])


def _mended(trace: Trace) -> str:
    """Whether packets arrive again by the end: "untouched", "again" or "never"."""
    if not trace.outages:
        return "untouched"
    return "never" if any(outage.end is None for outage in trace.outages) else "again"


# What may be asked of a packet's run, and of a run over time.
OF_PACKETS: dict[str, Callable[[Trace], str]] = {
    "tunnel": _tunnel,
    "tunnels": _tunnels,
    "path": _path,
    "fate": _fate,
    "dropped-at": _dropped_at,
    "first-lookup": _chose,
    "wire-length": _wire_length,
    "crossing-ms": _crossing,
}
OVER_TIME: dict[str, Callable[[Trace], str]] = {
    "outage-seconds": _seconds,
    "longest-part": _longest_part,
    "recovers": _mended,
    "lost-packets": lambda trace: str(counts(trace).lost),
    "outages": lambda trace: str(len(trace.outages)),
}


def told(trace: Trace, ask: str) -> dict[str, str]:
    """The answer to `ask`, and other words of the run that a text may show."""
    asks = OF_PACKETS if trace.until is None else OVER_TIME
    if ask not in asks:
        raise InputError("ask", f"there is no {ask!r} of this run; there are {', '.join(asks)}")
    return {"answer": asks[ask](trace)} | words(trace)


def possible(trace: Trace, ask: str) -> set[str] | None:
    """All that the answer to `ask` could be in this run, None where nobody can list it."""
    if ask == "tunnel":
        return {*(tunnel.name for tunnel in trace.tunnels), NONE}
    if ask == "dropped-at":
        return {*(node.name for node in trace.nodes), NONE}
    return CLOSED.get(ask)


# Questions with few answers, the same in every run.
CLOSED = {
    "fate": {"clear", "sealed", "lost"},
    "longest-part": {"detect", "decide", "redirect", NONE},
    "recovers": {"untouched", "again", "never"},
}


def words(trace: Trace) -> dict[str, str]:
    """What a text may show of any run: how it ended, and of an outage its parts in seconds."""
    if trace.until is None:
        return {"verdict": trace.verdict.reason, "last": str(trace.verdict.node)}
    worst = _worst(trace)
    if worst is None:
        return {"start": NONE, "detect": "0", "decide": "0", "redirect": "0", "seconds": "0"}
    names = ("start", "detect", "decide", "redirect", "seconds")
    return {name: f"{getattr(worst, name):.1f}" for name in names}
