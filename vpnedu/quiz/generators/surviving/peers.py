"""Two BGP peers with different timers, and the run in which one of them falls silent."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpnedu.simulation import bgp
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Changed
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Trace

HOLDS = (9, 15, 30, 45, 60, 90, 120, 180)
DEVICE, INSTANCE = "device 1", "instance 1"


@dataclass(frozen=True)
class Session:
    """What each end of a session is set to, in seconds; whether the instance negotiates; the two
    ends by name, the listener first; and what the two ends go by."""

    settings: dict[str, tuple[int, int]]
    fixed: bool
    listener: str
    silent: str
    hold: int
    keepalive: float

    @property
    def own(self) -> int:
        return self.settings[self.listener][0]

    @property
    def other(self) -> int:
        return self.settings[self.silent][0]


def session(chance: Chance) -> Session:
    """Two ends with different timers; the gateway's are sometimes fixed, as Azure's are."""
    fixed = chance.below(3) == 0
    if fixed:
        hold = chance.pick((90, 120, 150))
        settings = {DEVICE: (hold, hold // 3), INSTANCE: (180, 60)}
    else:
        first, second, _ = chance.shuffled(HOLDS)[:3]
        settings = {DEVICE: (first, first // 3), INSTANCE: (second, second // 3)}
    ends = chance.shuffled((DEVICE, INSTANCE))
    agreed = {end: _agreed(settings, end, fixed and end == INSTANCE) for end in ends}
    listener, silent = ends
    return Session(
        settings, fixed, listener, silent, int(agreed[listener].hold), agreed[silent].keepalive
    )


def _agreed(settings: dict[str, tuple[int, int]], end: str, fixed: bool) -> bgp.Belief:
    """What the machine of one end believes when it has heard the other's OPEN."""
    other = INSTANCE if end == DEVICE else DEVICE
    hold, keepalive = settings[end]
    own = bgp.Settings(
        end,
        other,
        "session 1",
        65001,
        IPv4Address("192.0.2.1"),
        IPv4Address("192.0.2.2"),
        hold,
        keepalive,
        negotiates=not fixed,
        active=True,
    )
    belief, _ = bgp.react(bgp.begin(own), bgp.Start(0.0), own)
    call = belief.connection
    said = bgp.Open(call, 65515, settings[other][0], IPv4Address("192.0.2.2"))
    for message in (bgp.Accept(call), said, bgp.Keepalive(call)):
        belief, _ = bgp.react(belief, bgp.Received(0.1, message), own)
    return belief


def run(between: Session, cut: float, seed: int) -> tuple[Trace, float]:
    """The way of tunnel 1 cut, with these timers; and when the listener ended the session."""
    (hold, keepalive), (far_hold, far_keepalive) = (
        between.settings[end] for end in (DEVICE, INSTANCE)
    )
    trace = simulate(
        "active-active",
        (f"tunnel-cut@{cut:g}",),
        profile="rfc",
        until=cut + between.hold + 10,
        seed=seed,
        settings={
            "hold-time": hold,
            "keepalive": keepalive,
            "gateway-hold-time": far_hold,
            "gateway-keepalive": far_keepalive,
            "gateway-negotiates": not between.fixed,
            "liveness-delay": 0,
        },
    )
    aspect = f"at {between.listener}"
    down = next(
        event.at
        for event in trace.events
        if isinstance(event, Changed)
        and (event.node, event.aspect, event.after) == ("session 1", aspect, "down")
        and event.at > cut
    )
    return trace, down
