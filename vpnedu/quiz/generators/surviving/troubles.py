"""Outages that somebody wants to shorten, and what could be changed: one change at a time."""

from dataclasses import dataclass, field, replace

from vpnedu.quiz.generators.surviving.endings import PLANS
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Trace


@dataclass(frozen=True)
class Lever:
    """A change: of timers, or of the design. `why` is what it does to the outage, or why not."""

    id: str
    text: str
    why: str
    settings: dict[str, object] = field(default_factory=dict)
    plan: str = ""


@dataclass(frozen=True)
class Trouble:
    """A run that loses packets for long, told as `story` and in `rows`; and what to do about it,
    the change that is meant to help first."""

    story: str
    plan: str
    fault: str
    settings: dict[str, object]
    rows: tuple[tuple[str, str], ...]
    levers: tuple[Lever, ...]
    profile: str = "azure"
    lasts: float = 110.0

    def run(self, at: float, seed: int, lever: Lever | None = None) -> Trace:
        """The run as it is, or with one lever pulled."""
        plan = lever.plan if lever and lever.plan else self.plan
        return simulate(
            PLANS[plan][1],
            (f"{self.fault}@{at:g}",),
            profile=self.profile,
            until=at + self.lasts,
            seed=seed,
            settings=self.settings | (lever.settings if lever else {}),
        )


def _liveness(delay: int) -> tuple[str, str]:
    return "liveness check, at both ends", f"after {delay} s of silence, 4 questions 5 s apart"


MORE_KEEPALIVES = (
    "The hold time decides how long a silence is too long. With more keepalives the last one only "
    "comes later."
)
BFD = Lever(
    "bfd",
    "switch BFD on at the device",
    "It takes two: Azure's gateway does not speak BFD in tunnels (June 2026).",
    {"bfd": True},
)
HOLD = Lever(
    "hold-time",
    "lower the device's BGP hold time from 180 s to 150 s",
    "The liveness check finds the fault before any hold time runs out.",
    {"hold-time": 150, "keepalive": 50},
)
PROBES = Lever(
    "probes",
    "have the platform probe its instances every 2 s instead of every 10 s",
    "The probes move only what the network sends to the office, which is not the longest outage.",
    {"probe-interval": 2},
)
SOONER = Lever(
    "liveness",
    "let the liveness check ask after 9 s of silence, 2 s apart",
    "Detection was nearly all of the outage, and this is what detects.",
    {"liveness-delay": 9, "retransmit-timeout": 2},
)
ZONES = Lever(
    "zones",
    "put the two instances into two zones",
    "The zone is not what failed.",
    plan="active-two-zones",
)


def crash(chance: Chance) -> Trouble:
    """An active instance crashes; the device's patience is the longest wait."""
    delay = chance.pick((35, 40, 50, 60))
    more = Lever(
        "second-device",
        "add a second device at the office, with a provider of its own",
        "A second device helps when a device fails. Both would wait for the same silence here.",
        plan="dual-redundancy",
    )
    return Trouble(
        "One device has a tunnel to each instance of an active/active gateway in Azure. Instance 1 "
        "crashes.",
        "active-active",
        "instance-crash",
        {"liveness-delay": delay},
        (_liveness(delay), ("BGP hold time", "180 s"), ("health probes", "every 10 s, 3 misses")),
        (SOONER, BFD, HOLD, PROBES, more, ZONES),
    )


def silent_device(chance: Chance) -> Trouble:
    """A device of two dies; the gateway's patience is the longest wait."""
    delay = chance.pick((25, 30, 40, 55))
    greet = Lever(
        "greetings",
        "let the office's devices greet each other four times a second",
        "The greetings tell only the office, whose outage is short already.",
        {"lan-hello": 0.25},
    )
    probes = replace(PROBES, why="The instances are well. It is a device that has died.")
    active = Lever(
        "active-active",
        "let both instances of the gateway serve",
        "The gateway is well. Each instance would have to wait for the same silence.",
        plan="dual-redundancy",
    )
    return Trouble(
        "Two devices at the office have a tunnel each to an active/standby gateway in Azure. "
        "Device 1 dies.",
        "two-devices",
        "device-loss",
        {"liveness-delay": delay},
        (_liveness(delay), ("BGP hold time", "180 s"), ("greetings", "every 1 s, 3 misses")),
        (SOONER, BFD, HOLD, probes, greet, active),
    )


BFD_BOTH = Lever(
    "bfd-both",
    "switch BFD on at both ends, every 1 s, 3 misses",
    "BFD finds the cut within 3 s and tells BGP.",
    {"bfd": True, "bfd-interval": 1},
)
RETRY = Lever(
    "retry",
    "try a lost session again after 5 s instead of 120 s",
    "The way stays cut, so the session cannot come back, however often one tries.",
    {"connect-retry": 5},
)
OWN_PROBES = Lever(
    "probes-own",
    "probe the health of the gateway's instances four times as often",
    "The instances are well; the way between is cut.",
    {"probe-interval": 0.25},
)


def own_machines(chance: Chance) -> Trouble:
    """A cut that only BGP watches for; sometimes BFD is on offer, sometimes a shorter hold time."""
    hold = chance.pick((90, 120, 150))
    shorter = Lever(
        "shorter-hold",
        f"lower the hold time from {hold} s to {hold // 3} s, at both ends",
        "It shortens the wait for silence, in its proportion.",
        _holds(hold // 3),
    )
    keepalives = Lever(
        "keepalives",
        f"send keepalives every 5 s, and leave the hold time at {hold} s",
        MORE_KEEPALIVES,
        {"keepalive": 5, "gateway-keepalive": 5},
    )
    levers = (shorter, keepalives, RETRY, OWN_PROBES)
    return Trouble(
        "Two machines of one's own serve as an active/active gateway, with one device at the other "
        "end. The way of tunnel 1 is cut. Only BGP watches the tunnels.",
        "active-active",
        "tunnel-cut",
        _holds(hold),
        (("BGP hold time, both ends", f"{hold} s"), ("keepalives", f"every {hold // 3} s")),
        (BFD_BOTH, *levers) if chance.below(2) else levers,
        "rfc",
        hold + 15.0,
    )


def _holds(hold: int) -> dict[str, object]:
    pause = hold // 3
    return {
        "hold-time": hold, "keepalive": pause,
        "gateway-hold-time": hold, "gateway-keepalive": pause,
    }  # fmt: skip
