"""Gateways and tunnels: who chooses, and which packets a tunnel may carry."""

from dataclasses import dataclass, field
from typing import Literal

from vpnedu.network.addresses import InputError, IPAddress
from vpnedu.network.encapsulation import AES_GCM, Suite
from vpnedu.network.packets import Packet
from vpnedu.network.policies import PolicyTable
from vpnedu.network.routes import RouteTable
from vpnedu.network.selectors import Selector, selector

Kind = Literal["policy-based", "route-based"]
# What a tunnel needs on the way, and a firewall can stop.
Carrier = Literal["udp 500", "udp 4500", "esp"]
CARRIERS: tuple[Carrier, ...] = ("udp 500", "udp 4500", "esp")

# What a route-based gateway offers for its tunnels: any address to any address.
ANY_TO_ANY = (selector("0.0.0.0/0", "0.0.0.0/0"), selector("::/0", "::/0"))


@dataclass(frozen=True)
class Tunnel:
    """A tunnel between two gateways: a pair of security associations (RFC 4301, 4.1).

    `ends` are the gateways' names. `offers` holds, for a route-based end, the traffic selectors
    it proposes where they are not any-to-any. `negotiated` False: keyed by hand (RFC 4301, 4.5),
    so nobody compared the two ends' selectors. `nat_t`: ESP inside UDP (RFC 3948). `keys` holds,
    by the gateway's name, the pre-shared key of an end that has another than was agreed on.
    """

    name: str
    ends: tuple[str, str]
    suite: Suite = AES_GCM
    nat_t: bool = False
    up: bool = True
    negotiated: bool = True
    announces: bool = False
    offers: dict[str, tuple[Selector, ...]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def peer(self, gateway: str) -> str:
        """The gateway at the other end."""
        return self.ends[1] if gateway == self.ends[0] else self.ends[0]


@dataclass(frozen=True)
class Gateway:
    """A VPN gateway, or the tunnel software on a user's device.

    A policy-based gateway asks its `policies` first and routes only what they let bypass. A
    route-based gateway asks its `routes`; a route via a tunnel's name is the choice of the tunnel.
    `inside` is the name of the network it serves. `filters` is what a firewall in front of it lets
    through in neither direction. `translates`: a policy-based gateway puts its own address in
    place of the source of what begins inside, before it asks its policies (source NAT).
    """

    name: str
    address: IPAddress
    inside: str
    kind: Kind
    policies: PolicyTable = field(default=PolicyTable())
    routes: RouteTable = field(default=RouteTable())
    filters: tuple[Carrier, ...] = ()
    translates: bool = False

    def __post_init__(self) -> None:
        for carrier in self.filters:
            if carrier not in CARRIERS:
                raise InputError("filters", f"{carrier!r} is not one of {', '.join(CARRIERS)}")
        if self.kind not in ("policy-based", "route-based"):
            raise InputError("kind", f"{self.kind!r} is not policy-based or route-based")

    def selectors(self, tunnel: Tunnel) -> tuple[Selector, ...]:
        """What this gateway wants to carry in `tunnel`, seen from its own side."""
        if self.kind == "policy-based":
            return tuple(p.selector for p in self.policies.policies if p.tunnel == tunnel.name)
        return tunnel.offers.get(self.name, ANY_TO_ANY)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The traffic selectors of one child SA as `gateway` sees them, after narrowing."""

    selectors: tuple[Selector, ...]
    wanted: tuple[Selector, ...]

    def holds(self, packet: Packet) -> bool:
        """Whether `packet`, leaving this side, is inside what the two ends agreed on."""
        return any(s.holds(packet) for s in self.selectors)


def agree(tunnel: Tunnel, ours: Gateway, theirs: Gateway) -> Agreement:
    """What `ours` may send through `tunnel`: each pair of selectors narrowed to what both want.

    A responder narrows an offer to the part it accepts, and refuses it where nothing is left
    (TS_UNACCEPTABLE; RFC 7296, 2.9). Keys set by hand are never compared, so our wish stands.
    """
    wanted = ours.selectors(tunnel)
    if not tunnel.negotiated:
        return Agreement(wanted, wanted)
    mirrored = [s.mirrored() for s in theirs.selectors(tunnel)]
    narrowed = (a.intersect(b) for a in wanted for b in mirrored if a.version == b.version)
    return Agreement(tuple(s for s in narrowed if s), wanted)
