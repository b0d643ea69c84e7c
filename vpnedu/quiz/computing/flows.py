"""What becomes of one flow of a run over time: how long it is out, and what carries it at the end.

The runs are those of `vpnedu.simulation.failover.simulate`, whose inputs these functions take.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.events import Carried
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Trace

NONE = "none"


def outage(name: str, faults: list[str], flow: str, nth: int = 1, **how: Any) -> dict[str, str]:
    """The seconds of the `nth` outage of `flow` in the design called `name`, 0 if it has none.

    `start` and `end` are seconds of the run; `detect`, `decide` and `redirect` add up to the
    answer, each to a tenth.
    """
    trace = simulate(name, faults, **how)
    _known(flow, (line.name for line in trace.flows))
    found = [one for one in trace.outages if one.flow == flow]
    if not 1 <= nth <= max(len(found), 1):
        raise InputError("nth", f"there is no number {nth}; {flow} has {len(found)} outages")
    if not found:
        return {"answer": "0", "start": NONE, "end": NONE, "lost": "0"}
    one = found[nth - 1]
    parts = ("start", "detect", "decide", "redirect")
    words = {part: f"{getattr(one, part):.1f}" for part in parts}
    end = NONE if one.end is None else f"{one.end:.1f}"
    return {"answer": f"{one.seconds:.1f}", "end": end, "lost": str(one.lost)} | words


def carrier(name: str, faults: list[str], flow: str, **how: Any) -> dict[str, str]:
    """The tunnel or circuit that carries `flow` when the run ends, "none" if its packets are
    lost then."""
    trace = simulate(name, faults, **how)
    _known(flow, (line.name for line in trace.flows))
    return {"answer": _last_way(trace, flow)}


def _last_way(trace: Trace, flow: str) -> str:
    lines = {line.name for line in trace.tunnels}
    last = [one for one in trace.events if isinstance(one, Carried) and one.flow == flow][-1]
    if last.lost_at is not None:
        return NONE
    return next(thing for thing in last.path if thing in lines)


def _known(flow: str, flows: Iterable[str]) -> None:
    names = list(flows)
    if flow not in names:
        near = get_close_matches(flow, names, cutoff=0.0)
        raise InputError("flow", f"there is no {quoted(flow)}; nearest: {', '.join(near)}")
