"""One end of a BFD session: is the path to the peer alive (RFC 5880, 6.2 and 6.8)?

Both ends send small packets all the time; whoever hears none for the detection time takes the path
for dead. Two simplifications: intervals are exact, where the RFC (6.8.7) has each shortened at
random by up to a quarter; and a change of interval holds from the packet that tells it, without
the poll sequence of 6.5.
"""

from dataclasses import dataclass, replace
from typing import Literal, cast

from vpnedu.network.addresses import InputError
from vpnedu.simulation.effects import Became, Effect, Phase, Send, SetTimer, StopTimer
from vpnedu.simulation.protocol import Table, allowed

State = Literal["AdminDown", "Down", "Init", "Up"]

# While a session isn't Up, its packets are at least this far apart, in seconds (6.8.3).
SLOW = 1.0

# state -> what happens -> the one state that follows (6.2, 6.8.6). What is not here is an error.
TABLE: Table = {
    "AdminDown": {
        "start": ("Down",),
        "transmit due": ("AdminDown",),
        "AdminDown received": ("AdminDown",),
        "Down received": ("AdminDown",),
        "Init received": ("AdminDown",),
        "Up received": ("AdminDown",),
    },
    "Down": {
        "start": ("Down",),
        "stop": ("AdminDown",),
        "transmit due": ("Down",),
        "AdminDown received": ("Down",),
        "Down received": ("Init",),
        "Init received": ("Up",),
        "Up received": ("Down",),
    },
    "Init": {
        "stop": ("AdminDown",),
        "transmit due": ("Init",),
        "detection due": ("Down",),
        "AdminDown received": ("Down",),
        "Down received": ("Init",),
        "Init received": ("Up",),
        "Up received": ("Up",),
    },
    "Up": {
        "stop": ("AdminDown",),
        "transmit due": ("Up",),
        "detection due": ("Down",),
        "AdminDown received": ("Down",),
        "Down received": ("Down",),
        "Init received": ("Up",),
        "Up received": ("Up",),
    },
}


@dataclass(frozen=True, slots=True)
class Settings:
    """One end as its owner sets it: it would like to send every `interval` seconds.

    The peer gives it up after `multiplier` packets in a row did not come. It takes a packet every
    `required_min_rx` seconds at most. `name` and `peer` are what reasons call the two ends.
    """

    name: str
    peer: str
    interval: float = 0.3
    multiplier: int = 3
    required_min_rx: float = 0.3

    def __post_init__(self) -> None:
        for field, seconds in (
            ("interval", self.interval),
            ("required min rx", self.required_min_rx),
        ):
            if not seconds > 0:
                raise InputError(field, f"{seconds:g} s is no pause between two packets")
        if not 1 <= self.multiplier <= 255:
            rule = f"{self.multiplier} is not allowed: 1 to 255 (RFC 5880, 4.1)"
            raise InputError("multiplier", rule)


@dataclass(frozen=True, slots=True)
class Packet:
    """A BFD control packet, as far as it matters here (4.1). Times are in seconds."""

    state: State
    multiplier: int
    desired_min_tx: float
    required_min_rx: float


@dataclass(frozen=True, slots=True)
class Start:
    """The owner wants the session."""

    now: float


@dataclass(frozen=True, slots=True)
class Stop:
    """The owner doesn't want the session: AdminDown."""

    now: float


@dataclass(frozen=True, slots=True)
class Received:
    """A packet came from the peer."""

    now: float
    message: Packet


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer ran out: "transmit" or "detection"."""

    now: float
    name: str


Event = Start | Stop | Received | TimerDue


@dataclass(frozen=True, slots=True)
class Belief:
    """What this end believes: its state, and the last packet that counted."""

    state: State = "Down"
    heard: Packet | None = None


def kind(event: Event) -> str:
    """The event as `TABLE` names it: "start", "Init received", "detection due"."""
    match event:
        case Start():
            return "start"
        case Stop():
            return "stop"
        case Received(message=packet):
            return f"{packet.state} received"
        case TimerDue(name=name):
            return f"{name} due"


def react(belief: Belief, event: Event, settings: Settings) -> tuple[Belief, tuple[Effect, ...]]:
    """What this end believes next, and what it does about it."""
    (state,) = allowed(TABLE, belief.state, kind(event))
    after = replace(belief, state=cast(State, state))
    effects: list[Effect] = []
    if isinstance(event, Received) and state != "AdminDown":
        after = replace(after, heard=event.message)
        effects.append(SetTimer("detection", detection_time(after, settings)))
    if state in ("AdminDown", "Down"):
        effects = [StopTimer("detection")]
    changed = state != belief.state
    # A change is told at once, between two regular packets (6.8.7).
    if changed or not isinstance(event, Received):
        effects.append(Send(_packet(after, settings)))
        effects.append(SetTimer("transmit", transmit_interval(after, settings)))
    if changed:
        effects.append(_became(belief, after, event, settings))
    return after, tuple(effects)


def detection_time(belief: Belief, settings: Settings) -> float:
    """How long this end waits for a packet, in seconds (6.8.4).

    The peer's multiplier, times the peer's interval or, if that is longer, the one this end asks
    for.
    """
    heard = belief.heard
    if heard is None:
        raise InputError("detection time", "it depends on the peer, which has not been heard")
    return round(heard.multiplier * max(settings.required_min_rx, heard.desired_min_tx), 6)


def transmit_interval(belief: Belief, settings: Settings) -> float:
    """The pause between two packets of this end, in seconds (6.8.7).

    Where one missing packet is enough, each must come early: after nine tenths of the interval.
    """
    wanted = _desired_min_tx(belief, settings)
    agreed = max(wanted, belief.heard.required_min_rx) if belief.heard else wanted
    return round(0.9 * agreed, 6) if settings.multiplier == 1 else agreed


def _desired_min_tx(belief: Belief, settings: Settings) -> float:
    return settings.interval if belief.state == "Up" else max(settings.interval, SLOW)


def _packet(belief: Belief, settings: Settings) -> Packet:
    wanted = _desired_min_tx(belief, settings)
    return Packet(belief.state, settings.multiplier, wanted, settings.required_min_rx)


def _became(before: Belief, after: Belief, event: Event, settings: Settings) -> Became:
    """The change as a reader sees it; a session that goes from Up to Down found a failure."""
    us, peer = settings.name, settings.peer
    phase: Phase | None = "detect" if before.state == "Up" else None
    match after.state, event:
        case "Down", TimerDue():
            silence = detection_time(before, settings)
            why = f"No BFD packet from {peer} for {silence:g} s, so {us} takes the path for dead."
            return Became("Down", why, phase)
        case "Down", Received(message=Packet(state="Down")):
            why = f"{peer} says that it does not hear {us}, so {us} takes the path for dead."
            return Became("Down", why, phase)
        case "Down", Received():
            return Became("Down", f"{peer} has ended BFD, which says nothing about the path.")
        case "Down", _:
            return Became("Down", f"{us} begins to speak BFD to {peer}.")
        case "Init", _:
            return Became("Init", f"{us} hears {peer}, and waits to be heard.")
        case "Up", _:
            return Became("Up", f"{us} and {peer} hear each other.")
        case _:
            return Became("AdminDown", f"{us} ends BFD with {peer}.")
