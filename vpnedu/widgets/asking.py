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


NOTHING = "no packet is lost"
RANGES = (
    (1.0, "for less than 1 s"),
    (15.0, "for 1 s to 15 s"),
    (60.0, "for 15 s to 60 s"),
    (180.0, "for 60 s to 180 s"),
    (float("inf"), "for longer, or until somebody mends it"),
)


def how_long(trace: Trace) -> Ask:
    """How long the flow that is hit worst loses its packets."""
    choices = (NOTHING, *(words for _, words in RANGES))
    question = "for how long will packets be lost, at worst?"
    if not trace.outages:
        return Ask(question, choices, 0)
    endless = any(outage.end is None for outage in trace.outages)
    worst = float("inf") if endless else max(outage.seconds for outage in trace.outages)
    # A range holds its lower end: 15 s is in "15 s to 60 s".
    place = next((i for i, (top, _) in enumerate(RANGES) if worst < top), len(RANGES) - 1)
    return Ask(question, choices, place + 1)


def which_part(trace: Trace) -> Ask:
    """Which part of the longest outage takes most of its seconds."""
    choices = ("in finding out", "in deciding", "in redirecting the packets", NOTHING)
    question = "where will most of the seconds go?"
    if not trace.outages:
        return Ask(question, choices, 3)
    worst = max(trace.outages, key=lambda outage: outage.seconds)
    parts = (worst.detect, worst.decide, worst.redirect)
    return Ask(question, choices, parts.index(max(parts)))


# Questions about a run over time.
OUTAGE_ASKS: dict[str, Callable[[Trace], Ask]] = {
    "outage-seconds": how_long,
    "longest-part": which_part,
}


def of_stage(ask: Ask, name: str) -> Ask:
    """The same question, asked of one of two stages."""
    return replace(ask, question=f"{ask.question.removesuffix('?')} in “{name}”?")


def asking(name: str, asks: dict[str, Callable[[Trace], Ask]] = ASKS) -> Callable[[Trace], Ask]:
    """The maker of the question called `name`."""
    if name not in asks:
        raise InputError("ask", f"there is no question {name!r}; there are {', '.join(asks)}")
    return asks[name]
