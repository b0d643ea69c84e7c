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


def moment(
    name: str,
    faults: list[str],
    says: str,
    nth: int = 1,
    since: str | None = None,
    digits: int = 3,
    **how: Any,
) -> dict[str, str]:
    """The second at which a run tells for the `nth` time what holds the words `says`, counted
    from the last time before that it told what holds the words `since`."""
    trace = simulate(name, faults, **how)
    told = [event for event in trace.events if says in event.reason]
    if not 1 <= nth <= len(told):
        raise InputError("says", f"the run says {quoted(says)} {len(told)} times, not {nth}")
    found, begin = told[nth - 1], 0.0
    if since is not None:
        before = [one.at for one in trace.events if since in one.reason and one.at <= found.at]
        if not before:
            raise InputError("since", f"the run has not said {quoted(since)} by then")
        begin = before[-1]
    return {"answer": f"{found.at - begin:.{digits}f}", "reason": found.reason}


def carrier(name: str, faults: list[str], flow: str, **how: Any) -> dict[str, str]:
    """The tunnel or circuit that carries `flow` when the run ends, "none" if its packets are
    lost then."""
    trace = simulate(name, faults, **how)
    _known(flow, (line.name for line in trace.flows))
    return {"answer": _last_way(trace, flow)}


def delay(name: str, faults: list[str], flow: str, at: float = 0.0, **how: Any) -> dict[str, str]:
    """The milliseconds that the packets of `flow` need which leave in second `at`, "none" if they
    are lost."""
    trace = simulate(name, faults, **how)
    _known(flow, (line.name for line in trace.flows))
    carried = [one for one in trace.events if isinstance(one, Carried) and one.flow == flow]
    way = [one for one in carried if one.since <= at][-1]
    return {"answer": NONE if way.lost_at is not None else f"{way.delay * 1000:g}"}


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
