"""What a protocol asks for: it decides, and the world does.

A protocol is a pure function `react(belief, event, settings) -> (belief, effects)`. It has no
clock and touches nothing; whoever runs it grants the effects.
"""

from dataclasses import dataclass
from typing import Any, Literal

# The parts of an outage that somebody's act can end: found out, made up one's mind.
Phase = Literal["detect", "decide"]


@dataclass(frozen=True, slots=True)
class Send:
    """Send `message` to the peer."""

    message: Any


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Call back with the event `name` in `delay` seconds; replaces a timer of that name."""

    name: str
    delay: float


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Forget the timer called `name`, if it runs."""

    name: str


@dataclass(frozen=True, slots=True)
class Became:
    """The state that a reader sees is now `state`, because of `reason` (a sentence).

    `phase` is "detect" where this is the moment that a failure was found out.
    """

    state: str
    reason: str
    phase: Phase | None = None


def capital(words: str) -> str:
    """Words as a sentence begins with them.

    >>> capital("device 1 dials.")
    'Device 1 dials.'
    """
    return words[:1].upper() + words[1:]


Effect = Send | SetTimer | StopTimer | Became
