"""Two ends that talk IKE over a wire: who says what when, as the engine's machine decides."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from vpnedu.simulation.clock import Clock
from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, StopTimer
from vpnedu.simulation.ike import (
    Belief,
    Event,
    Message,
    Received,
    Settings,
    TimerDue,
    react,
)

ONE_WAY = 0.05  # seconds
What = Literal["sends", "became", "lets in", "sends with", "lets go"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that an end (0 or 1) does, at a time in seconds.

    `detail` is the state it reached or the child SA it means; `again` counts how often the
    message was sent before; `lost` ones don't arrive; `reason` is the machine's own sentence.
    """

    at: float
    end: int
    what: What
    message: Message | None = None
    detail: str = ""
    again: int = 0
    lost: bool = False
    reason: str = ""


# Whether a message is lost: told the time, the sender, and how many it has sent before.
Loss = Callable[[float, int, int], bool]


def nothing_lost(_at: float, _sender: int, _before: int) -> bool:
    """A wire that loses nothing."""
    return False


@dataclass
class Run:
    """A run in the making: the clock, both ends' beliefs and timers, and what happened so far."""

    settings: tuple[Settings, Settings]
    lost: Loss = nothing_lost
    # When protected packets keep coming, the end that hears them.
    hears: int | None = None
    moments: list[Moment] = field(default_factory=list)
    beliefs: list[Belief] = field(default_factory=lambda: [Belief(), Belief()])
    clock: Clock = field(default_factory=Clock)
    timers: dict[tuple[int, str], int] = field(default_factory=dict)
    sent: list[list[Message]] = field(default_factory=lambda: [[], []])

    def order(self, at: float, end: int, event: Event) -> None:
        """Tell `end` something at a time."""
        self.clock.after(at - self.clock.now, partial(self._tell, end, event))

    def until(self, at: float) -> "Run":
        """Run on to a time."""
        self.clock.run(at)
        return self

    def after(self, at: float) -> list[Moment]:
        """What happened later than a time."""
        return [moment for moment in self.moments if moment.at > at]

    def _tell(self, end: int, event: Event, _: None = None) -> None:
        before = self.beliefs[end]
        told = replace(event, now=self.clock.now)
        if isinstance(told, TimerDue) and end == self.hears:
            told = replace(told, heard=self.clock.now - 1)
        after, effects = react(before, told, self.settings[end])
        self.beliefs[end] = after
        self._note_children(end, before, after)
        for effect in effects:
            self._grant(end, effect)

    def _note_children(self, end: int, before: Belief, after: Belief) -> None:
        old, new = ({c.id for c in belief.inbound} for belief in (before, after))
        named = after.child.id if after.child else ""
        for what, children in (("lets in", new - old), ("lets go", old - new)):
            for child in sorted(children):
                self._note(end, what, detail=child)  # type: ignore[arg-type]
        if named and before.child and named != before.child.id:
            self._note(end, "sends with", detail=named)

    def _note(self, end: int, what: What, **more: str) -> None:
        self.moments.append(Moment(self.clock.now, end, what, **more))  # type: ignore[arg-type]

    def _grant(self, end: int, effect: Effect) -> None:
        match effect:
            case Send(message):
                self._send(end, message)
            case SetTimer(name, delay):
                self._stop(end, name)
                due = partial(self._tell, end, TimerDue(name, 0.0))  # type: ignore[arg-type]
                self.timers[end, name] = self.clock.after(delay, due)
            case StopTimer(name):
                self._stop(end, name)
            case Became(state, reason, _):
                self._note(end, "became", detail=state, reason=reason)

    def _stop(self, end: int, name: str) -> None:
        if (end, name) in self.timers:
            self.clock.cancel(self.timers.pop((end, name)))

    def _send(self, end: int, message: Message) -> None:
        before, again = len(self.sent[end]), self.sent[end].count(message)
        lost = self.lost(self.clock.now, end, before)
        self.sent[end].append(message)
        self.moments.append(Moment(self.clock.now, end, "sends", message, again=again, lost=lost))
        if not lost:
            self.clock.after(ONE_WAY, partial(self._tell, 1 - end, Received(message, 0.0)))
