"""Proposals of traffic selectors, and what the other end's own list makes of them."""

from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import Packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.selectors import Selector, selector
from vpnedu.network.topology import Topology
from vpnedu.quiz.generators.choosing.sites import (
    Site,
    around,
    beside,
    carrying,
    part,
    sites,
)
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.scenarios.building import policy_gateway

TUNNEL = "tunnel"
# What a row may be for, as selectors write it, and a packet of that kind.
ANY = ("any", "any")
WEB, NAMES = ("tcp", "443"), ("udp", "53")


@dataclass(frozen=True)
class Offer:
    """An initiator's selector and a responder's, each as its own end writes it."""

    initiator: Site
    responder: Site
    offered: Selector
    wanted: Selector
    sent: Packet

    @property
    def agreed(self) -> Selector | None:
        """What both want, as the initiator writes it; None where that is nothing."""
        return self.offered.intersect(self.wanted.mirrored())

    def topology(self) -> Topology:
        """The two gateways with one row each, and a device for the packet to go to."""
        left, right = self.initiator, self.responder
        near, far = left.network(0, left=True), right.network(0)
        if self.sent.destination != right.address:
            far = right.network(0, (), {"Rex": str(self.sent.destination)})
        ends = (left.gateway, right.gateway)
        ours = replace(policy_gateway(ends[0], left.public, near, []), policies=_one(self.offered))
        theirs = replace(policy_gateway(ends[1], right.public, far, []), policies=_one(self.wanted))
        return Topology((near, far), (ours, theirs), (Tunnel(TUNNEL, ends),))


def _one(row: Selector) -> PolicyTable:
    return PolicyTable((Policy(row, "protect", TUNNEL),))


Pair = tuple[str, str]


def drawn(chance: Chance, *, prefix_only: bool) -> Offer:
    """Two ends; with `prefix_only` they agree on one prefix at the responder's side."""
    left, right = sites(chance, 2)
    kinds = ("nested", "nested", "partial", "partial", "equal", "disjoint")
    kind = chance.pick(kinds[:4] if prefix_only else kinds)
    far = _sides(chance, right.prefix, kind)
    near = (str(left.prefix),) * 2
    if not chance.below(3):
        near = _nested(chance, left.prefix, around(left.address, chance.pick((18, 20, 24))))
    services = (ANY, ANY)
    if not prefix_only and not chance.below(3):
        services = chance.pick(((ANY, WEB), (WEB, ANY), (WEB, NAMES), (ANY, NAMES)))
    offered = _selector(near[0], far[0], services[0], of_us=False)
    wanted = _selector(far[1], near[1], services[1], of_us=True)
    offer = Offer(left, right, offered, wanted, carrying(left.address, right.address, WEB_PACKET))
    return replace(offer, sent=_probe(chance, offer))


WEB_PACKET = ("tcp", 443)


def _selector(local: str, remote: str, service: Pair, *, of_us: bool) -> Selector:
    """A selector for a service of the responder, whose ports are local to the responder."""
    protocol, port = service
    if of_us:
        return selector(local, remote, protocol, local_ports=port)
    return selector(local, remote, protocol, remote_ports=port)


def _probe(chance: Chance, offer: Offer) -> Packet:
    """A packet inside what is agreed, or inside the offer where that is nothing."""
    inside = offer.agreed or offer.offered
    span = inside.remote[0]
    first, last = span.bounds
    # Neither the first nor the last address of a /24: people wonder about those.
    target = IPv4Address(
        first + chance.below(last - first + 1 >> 8 or 1) * 256 + 1 + chance.below(60)
    )
    service: tuple[str, int | None] = ("udp", 53) if inside.protocol == 17 else WEB_PACKET
    source = offer.initiator.address
    assert source in inside.local[0], "the person sits inside every near side that is drawn"
    return carrying(source, target, service)


def _nested(chance: Chance, wide: IPv4Network, narrow: IPv4Network) -> Pair:
    """One inside the other; who has which is drawn."""
    return (str(wide), str(narrow)) if chance.below(2) else (str(narrow), str(wide))


def _sides(chance: Chance, block: IPv4Network, kind: str) -> Pair:
    """The responder's side as the two ends write it."""
    wide = part(chance, block, chance.pick((16, 17, 18, 20)))
    narrow = part(chance, wide, chance.pick((21, 22, 23, 24, 26)))
    if kind == "nested":
        return _nested(chance, wide, narrow)
    if kind == "equal":
        return str(wide), str(wide)
    if kind == "disjoint":
        return str(narrow), str(beside(narrow))
    return _partial(chance, block)


def _partial(chance: Chance, block: IPv4Network) -> Pair:
    """Two ranges that overlap in one prefix of /21 to /24."""
    size = chance.pick((1, 2, 4, 8))
    start = size * (1 + chance.below(200 // size))
    before, after = 1 + chance.below(min(start, 30)), 1 + chance.below(30)
    low = _range(block, start - before, start + size - 1)
    high = _range(block, start, start + size - 1 + after)
    return (low, high) if chance.below(2) else (high, low)


def _range(block: IPv4Network, first: int, last: int) -> str:
    """All addresses from the /24 number `first` to the one numbered `last`."""
    base = int(block.network_address)
    return f"{IPv4Address(base + first * 256)}-{IPv4Address(base + last * 256 + 255)}"
