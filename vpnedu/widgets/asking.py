"""Questions that a figure asks before it plays; the answer comes from the trace."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.events import Delivered, Flight
from vpnedu.simulation.trace import Trace


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, its choices, and the place of the right one."""

    question: str
    choices: tuple[str, ...]
    answer: int

    def to_dict(self) -> dict[str, Any]:
        return {"question": self.question, "choices": list(self.choices), "answer": self.answer}


def which_tunnel(trace: Trace) -> Ask:
    """Which tunnel carries the packet first, if any."""
    tunnels = tuple(tunnel.name for tunnel in trace.tunnels)
    taken = trace.tunnels_taken[0] if trace.tunnels_taken else None
    answer = len(tunnels) if taken is None else tunnels.index(taken)
    return Ask("which tunnel will the packet take first?", (*tunnels, "none"), answer)


SEALED = "it arrives, sealed wherever it can be watched"
CLEAR = "it leaves in the clear"
LOST = "it is dropped, and nobody reads it"
FATES = (SEALED, CLEAR, LOST)


def what_fate(trace: Trace) -> Ask:
    """Whether the packet arrives, leaks or is lost."""
    in_the_clear = any(isinstance(e, Flight) and e.link == "internet" for e in trace.events)
    unseen = SEALED if isinstance(trace.verdict, Delivered) else LOST
    fate = CLEAR if in_the_clear else unseen
    return Ask("what will become of the packet?", FATES, FATES.index(fate))


ASKS: dict[str, Callable[[Trace], Ask]] = {"tunnel": which_tunnel, "fate": what_fate}


def of_stage(ask: Ask, name: str) -> Ask:
    """The same question, asked of one of two stages."""
    return replace(ask, question=f"{ask.question.removesuffix('?')} in “{name}”?")


def asking(name: str) -> Callable[[Trace], Ask]:
    """The maker of the question called `name`."""
    if name not in ASKS:
        raise InputError("ask", f"there is no question {name!r}; there are {', '.join(ASKS)}")
    return ASKS[name]
