"""Profiles: how long things take, and which choices a provider makes for its customers.

The values live in `chapters/facts/profiles.toml` with source and date; `make facts` writes them
into `profile_data.py`, since the engine reads no files. What a value may be stands here, with the
rule of the protocol that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isfinite
from typing import Literal

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.profile_data import PROFILES

# A time that differs from case to case: the shortest and the longest.
Span = tuple[float, float]
Value = float | bool | Span
Shape = Literal["seconds", "count", "factor", "yes or no", "span"]


@dataclass(frozen=True, slots=True)
class Timer:
    """One setting of a profile: what it means, its shape, and what it may be."""

    words: str
    shape: Shape = "seconds"
    least: float = 0.0
    most: float = 1e6
    zero: bool = False
    rule: str = ""


_HOLD = Timer(
    "silence after which the site's device gives a BGP session up",
    least=3,
    most=65535,
    zero=True,
    rule="a hold time is 0 or at least 3 s, and at most 65,535 (RFC 4271, 4.2)",
)
_KEEPALIVE = Timer(
    "pause between two BGP keepalives of the site's device",
    least=1,
    most=21845,
    zero=True,
    rule="keepalives come at most once a second (RFC 4271, 4.4)",
)

TIMERS: Mapping[str, Timer] = {
    "probe-interval": Timer("how often the platform asks an instance for its health", least=0.1),
    "probe-misses": Timer("unanswered probes that make an instance dead", "count", least=1),
    "standby-start": Timer("time that a standby needs to get ready", "span"),
    "address-move": Timer("time to move a public address to another instance", "span"),
    "fabric-update": Timer("time until the virtual network uses a changed route", "span"),
    "circuit-update": Timer("the same for routes learned over a private circuit", "span"),
    "liveness-delay": Timer(
        "silence after which an IKE peer is asked for a sign of life; 0 for never",
        least=1,
        zero=True,
        rule="a second at least, or 0 for no liveness check (RFC 7296, 2.4)",
    ),
    "retransmit-timeout": Timer("wait before an IKE request is sent again", least=0.1),
    "retransmit-base": Timer("factor by which each further wait is longer", "factor", 1, 10),
    "retransmit-tries": Timer("how often an IKE request is sent again", "count", most=30),
    "redial": Timer("wait before a lost tunnel is dialled again"),
    "child-rekey": Timer("age at which a child SA is replaced", least=60, zero=True),
    "ike-rekey": Timer("age at which an IKE SA is replaced", least=60, zero=True),
    "hold-time": _HOLD,
    "keepalive": _KEEPALIVE,
    "gateway-hold-time": replace(_HOLD, words="the same silence at the gateway"),
    "gateway-keepalive": replace(_KEEPALIVE, words="the same pause at the gateway"),
    "gateway-negotiates": Timer(
        "whether the gateway takes a peer's smaller hold time", "yes or no"
    ),
    "connect-retry": Timer("wait before a BGP session is tried again", least=0.1),
    "closes-sessions": Timer("whether a tunnel known down ends its session or route", "yes or no"),
    "bfd": Timer("whether BFD watches the sessions", "yes or no"),
    "bfd-on-tunnels": Timer("whether the gateway speaks BFD in tunnels", "yes or no"),
    "bfd-interval": Timer("pause between two BFD packets", least=0.01, most=60),
    "bfd-multiplier": Timer("missing BFD packets that mean a dead path", "count", 1, 255),
    "circuit-hold-time": replace(_HOLD, words="the same silence, over a private circuit"),
    "circuit-keepalive": replace(_KEEPALIVE, words="the same pause, over a private circuit"),
    "lan-hello": Timer("how often devices of one site greet each other", least=0.01),
    "lan-misses": Timer("missing greetings that make a device dead", "count", least=1),
    "packet-interval": Timer("pause between two packets of a flow", least=0.001, most=3600),
}


@dataclass(frozen=True)
class Profile:
    """A profile's values by the timers' names; seconds, counts, yes or no, or spans of seconds."""

    name: str
    title: str
    values: Mapping[str, Value]

    def seconds(self, timer: str) -> float:
        """The value of a timer that is a number."""
        value = self.values[timer]
        assert not isinstance(value, tuple), f"{timer} is a span"
        return float(value)

    def count(self, timer: str) -> int:
        """The value of a timer that counts."""
        return int(self.seconds(timer))

    def says(self, timer: str) -> bool:
        """The value of a timer that is yes or no."""
        return self.values[timer] is True

    def span(self, timer: str) -> Span:
        """The shortest and the longest time of a timer that differs from case to case."""
        value = self.values[timer]
        assert isinstance(value, tuple), f"{timer} is not a span"
        return value

    def setting(self, settings: Mapping[str, object]) -> "Profile":
        """The same profile with settings as a person writes them: `{"hold-time": "30"}`.

        InputError names the timer and the rule, and offers the nearest names.
        """
        values = {name: parse_value(name, given) for name, given in settings.items()}
        return replace(self, values={**self.values, **values})


def profile(name: str) -> Profile:
    """The profile called `name`; an error offers the nearest names."""
    if name not in PROFILES:
        near = get_close_matches(name, PROFILES, n=3, cutoff=0.3) or list(PROFILES)
        raise InputError("profile", f"there is no {quoted(name)}; nearest: {', '.join(near)}")
    title, values = PROFILES[name]
    return Profile(name, title, values)


def parse_value(name: str, given: object) -> Value:
    """What `given` means as the value of the timer `name`: "30", "10-14.5", "yes", 30, True."""
    if name not in TIMERS:
        near = get_close_matches(name, TIMERS, n=3, cutoff=0.4) or list(TIMERS)
        raise InputError("set", f"there is no timer {quoted(name)}; nearest: {', '.join(near)}")
    timer = TIMERS[name]
    if timer.shape == "yes or no":
        return _choice(name, given)
    if timer.shape == "span":
        parts = given if isinstance(given, tuple | list) else str(given).split("-")
        numbers = [_number(name, part) for part in parts]
        if len(numbers) > 2 or numbers[0] > numbers[-1]:
            raise InputError(name, f"{quoted(given)} is no span; write 20, or 10-14.5")
        return numbers[0], numbers[-1]
    return _number(name, given)


def _choice(name: str, given: object) -> bool:
    words = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}
    if (word := str(given).strip().lower()) not in words:
        raise InputError(name, f"{quoted(given)} is neither yes nor no")
    return words[word]


def _number(name: str, given: object) -> float:
    timer, value = TIMERS[name], number(name, given)
    if timer.zero and value == 0:
        return 0.0
    if not isfinite(value) or not timer.least <= value <= timer.most:
        rule = timer.rule or f"from {timer.least:g} to {timer.most:g}"
        raise InputError(name, f"{value:g} is not allowed: {rule}")
    if timer.shape == "count" and value != int(value):
        raise InputError(name, f"{value:g} is not a whole number")
    return value


def number(name: str, given: object) -> float:
    """A number as a person writes it: "30", "0.3", "30s"; InputError names the field `name`."""
    text = str(given).strip().removesuffix("s")
    try:
        if "_" in text:  # which Python reads over
            raise ValueError
        return float(text)
    except ValueError:
        raise InputError(name, f"{quoted(given)} is not a number of seconds") from None
