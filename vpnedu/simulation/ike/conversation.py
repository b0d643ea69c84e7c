"""Two ends that talk IKE to each other: who says what when, and what each of them knows then."""

from dataclasses import dataclass, field, replace
from functools import partial
from math import inf
from typing import cast

from vpnedu.simulation.clock import Clock
from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, StopTimer
from vpnedu.simulation.ike.belief import Belief
from vpnedu.simulation.ike.machine import react
from vpnedu.simulation.ike.messages import Dial, Event, Message, Received, Timer, TimerDue
from vpnedu.simulation.ike.settings import Settings

ONE_WAY = 0.02  # seconds
Beliefs = tuple[Belief, Belief]


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation; or, with `message` None, an end that makes up its mind alone.

    `at` is when end number `sender` sends it, `first` when it sent the same message first. The
    `beliefs` of both are those once it has come, or has been lost; `reasons` are the sentences of
    what came of it.
    """

    at: float
    sender: int
    message: Message | None
    first: float
    lost: bool
    beliefs: Beliefs
    reasons: tuple[str, ...] = ()


@dataclass
class _Conversation:
    settings: tuple[Settings, Settings]
    cut: float
    clock: Clock = field(default_factory=Clock)
    beliefs: list[Belief] = field(default_factory=lambda: [Belief(), Belief()])
    timers: dict[tuple[int, str], int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    # Which line a sentence belongs to: that of the message that has just come, if one has.
    about: int | None = None

    def tell(self, end: int, event: Event, _: None = None) -> None:
        now = replace(event, now=self.clock.now)
        self.beliefs[end], effects = react(self.beliefs[end], now, self.settings[end])
        if self.about is not None:
            line = self.lines[self.about]
            self.lines[self.about] = replace(line, beliefs=self.both())
        for effect in effects:
            self.grant(end, effect)

    def both(self) -> Beliefs:
        return self.beliefs[0], self.beliefs[1]

    def grant(self, end: int, effect: Effect) -> None:
        match effect:
            case Send(message):
                self.send(end, message)
            case SetTimer(name, delay):
                self.stop(end, name)
                due = partial(self.tell, end, TimerDue(cast(Timer, name), 0.0))
                self.timers[end, name] = self.clock.after(delay, due)
            case StopTimer(name):
                self.stop(end, name)
            case Became(_, reason, _):
                self.note(end, reason)

    def stop(self, end: int, name: str) -> None:
        if (end, name) in self.timers:
            self.clock.cancel(self.timers.pop((end, name)))

    def send(self, end: int, message: Message) -> None:
        now, lost = self.clock.now, self.clock.now >= self.cut
        same = (line.first for line in self.lines if (line.sender, line.message) == (end, message))
        self.lines.append(Line(now, end, message, next(same, now), lost, self.both()))
        if not lost:
            line = len(self.lines) - 1
            self.clock.after(ONE_WAY, partial(self.arrive, 1 - end, message, line))

    def arrive(self, end: int, message: Message, line: int, _: None = None) -> None:
        self.about = line
        self.tell(end, Received(message, 0.0))
        self.about = None

    def note(self, end: int, reason: str) -> None:
        if self.about is not None:
            line = self.lines[self.about]
            self.lines[self.about] = replace(line, reasons=(*line.reasons, reason))
        elif not self.lines or self.lines[-1].at < self.clock.now:
            # Nothing is said: an end has waited long enough.
            now = self.clock.now
            self.lines.append(Line(now, end, None, now, False, self.both(), (reason,)))


def converse(
    initiator: Settings, responder: Settings, until: float, cut: float = inf
) -> tuple[Line, ...]:
    """What the two say for `until` seconds, the initiator dialling; from `cut` on nothing arrives.

    >>> from vpnedu.network.gateways import ANY_TO_ANY
    >>> said = converse(Settings("A", "B", "k", ANY_TO_ANY), Settings("B", "A", "k", ANY_TO_ANY), 1)
    >>> [f"{line.at:.2f} {line.message}" for line in said][:2]
    ['0.00 IKE_SA_INIT request', '0.02 IKE_SA_INIT response']
    """
    talk = _Conversation((initiator, responder), cut)
    talk.clock.after(0.0, partial(talk.tell, 0, Dial(0.0)))
    talk.clock.run(until)
    return tuple(talk.lines)
