"""Why a packet goes no further: the cause as one of a few words, and the reason as a sentence."""

from typing import NamedTuple

from vpnedu.network.encapsulation import largest_inner
from vpnedu.network.gateways import Agreement, Gateway, Tunnel
from vpnedu.network.packets import LONGEST, Packet
from vpnedu.network.policies import PolicyLookup
from vpnedu.network.routes import Route
from vpnedu.network.topology import Network, Topology, is_private
from vpnedu.simulation.events import Cause


class Drop(NamedTuple):
    """A cause, and the reason in words."""

    cause: Cause
    reason: str


def _at(gateway: Gateway, cause: Cause, why: str) -> Drop:
    return Drop(cause, f"{gateway.name} drops the packet: {why}")


def whole(packet: Packet) -> bool:
    """Whether a gateway must pass the packet on in one piece: IPv6 always (RFC 8200, 5)."""
    return packet.dont_fragment or packet.source.version == 6


def by_policy(gateway: Gateway, found: PolicyLookup) -> Drop:
    """A policy says discard, or no policy says anything (RFC 4301, 5)."""
    if found.winner is not None:
        return _at(gateway, "policy says discard", f"policy {found.winner + 1} says discard")
    why = "no policy holds it, and what no policy holds is discarded (RFC 4301, 5)"
    return _at(gateway, "no policy", why)


def no_route(gateway: Gateway, packet: Packet) -> Drop:
    """No row of the route table holds the destination."""
    return _at(gateway, "no route", f"no route holds {packet.destination}")


def blackhole(gateway: Gateway, row: Route) -> Drop:
    """The winning route is there to drop."""
    why = (
        f"the route for {row.prefix} is a blackhole, there so that nothing for {row.prefix} "
        f"leaves in the clear"
    )
    return _at(gateway, "blackhole route", why)


def down(gateway: Gateway, tunnel: Tunnel, why: str = "") -> Drop:
    """The chosen tunnel does not stand; `why` not, where IKE said so."""
    told = f". {why}" if why else ""
    return _at(gateway, "no tunnel up", f"{tunnel.name} is down{told}")


def filtered(gateway: Gateway) -> Drop:
    """A firewall in front of the gateway knows IKE and does not know ESP."""
    reason = (
        f"{gateway.name} has a firewall in front of it, which drops the packet: it lets IKE "
        f"through (UDP), but not ESP (IP protocol 50)"
    )
    return Drop("filtered", reason)


def no_association(
    gateway: Gateway, peer: Gateway, tunnel: Tunnel, agreement: Agreement, packet: Packet
) -> Drop:
    """The tunnel stands, but not for this packet (RFC 7296, 2.9)."""
    pair = f"{packet.source} to {packet.destination}"
    offers = [s for s in agreement.wanted if s.holds(packet)]
    left = [s for s in agreement.selectors if any(s.intersect(offer) for offer in offers)]
    if left:
        narrowed = "; ".join(map(str, left))
        why = (
            f"{peer.name} narrowed the selectors of {tunnel.name} to {narrowed}, which leaves "
            f"out {pair}"
        )
    elif offers:
        why = (
            f"{peer.name} has no selector for {pair} in {tunnel.name} and refused it "
            f"(TS_UNACCEPTABLE), so there is no security association"
        )
    else:
        why = f"no traffic selector of {tunnel.name} holds {pair}"
    return _at(gateway, "no security association", why)


def too_big(
    gateway: Gateway, tunnel: Tunnel, packet: Packet, length: int, topology: Topology
) -> Drop:
    """Sealed, the packet outgrows the path, and it may not be cut; or it outgrows every packet."""
    mtu = topology.mtu
    grown = f"sealed it would have {length} bytes"
    if not whole(packet):
        return _at(gateway, "too big", f"{grown}, and no IP packet has more than {LONGEST}")
    room = largest_inner(
        mtu, tunnel.suite, nat_t=tunnel.nat_t, outer_version=gateway.address.version
    )
    told = _icmp(packet, room, topology)
    why = f"{grown}, the path takes {mtu}, and it may not be fragmented; {told}"
    return _at(gateway, "too big", why)


def too_big_in_the_clear(gateway: Gateway, packet: Packet, topology: Topology) -> Drop:
    """The packet outgrows the path as it is, and it may not be cut."""
    why = (
        f"it has {packet.length} bytes, the path takes {topology.mtu}, and it may not be "
        f"fragmented; {_icmp(packet, topology.mtu, topology)}"
    )
    return _at(gateway, "too big", why)


def _icmp(packet: Packet, room: int, topology: Topology) -> str:
    """What the sender of a packet that is too big is told (RFC 1191, 3; RFC 4443, 3.2)."""
    told = "Packet Too Big" if packet.source.version == 6 else "fragmentation needed"
    if topology.icmp:
        return f"ICMP says: {told}, largest {room}"
    kept = f"a firewall drops the ICMP message that says so ({told}, largest {room})"
    return f"{kept}, and the sender hears nothing"


def stray(gateway: Gateway, tunnel: Tunnel, packet: Packet) -> Drop:
    """Opened, the packet is none that may come through this tunnel (RFC 4301, 5.2)."""
    why = (
        f"it came through {tunnel.name} genuine, but none of that tunnel's selectors holds "
        f"{packet.source} to {packet.destination}"
    )
    return _at(gateway, "inbound check failed", why)


def came_in_the_clear(gateway: Gateway, found: PolicyLookup) -> Drop:
    """The packet should have come sealed, or not at all (RFC 4301, 5.2)."""
    why = "no policy lets it in"
    if found.winner is not None and found.action == "protect":
        why = f"policy {found.winner + 1} wants such packets sealed, in {found.tunnel}"
    return _at(gateway, "inbound check failed", f"it came in the clear, and {why}")


def other_family(gateway: Gateway, packet: Packet) -> Drop:
    """The gateway's public address can't take the place of the source."""
    why = (
        f"{packet.source} is private, and {gateway.address} is of the other family, so it can't "
        f"stand in for it"
    )
    return _at(gateway, "not routable on the internet", why)


def unroutable(packet: Packet) -> Drop:
    """The internet has nowhere to take the packet."""
    private = is_private(packet.destination)
    why = "is private: the internet has no route to it" if private else "is nobody here"
    reason = f"the internet drops the packet: {packet.destination} {why}"
    return Drop("not routable on the internet", reason)


def nobody(gateway: Gateway, network: Network, packet: Packet) -> Drop:
    """The network is right, but no host has the address."""
    reason = (
        f"{gateway.name} finds nobody at {packet.destination}, though the address lies in "
        f"{network.name}; the packet is lost"
    )
    return Drop("no such host", reason)


def hops(gateway: Gateway, packet: Packet) -> Drop:
    """The packet was passed on too often."""
    counter = "hop limit" if packet.source.version == 6 else "time to live"
    return _at(gateway, "time to live ran out", f"its {counter} ran out on the way")
