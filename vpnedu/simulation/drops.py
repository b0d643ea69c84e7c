"""Why a packet goes no further, in words."""

from vpnedu.network.encapsulation import largest_inner
from vpnedu.network.gateways import Agreement, Gateway, Tunnel
from vpnedu.network.packets import LONGEST, Packet


def no_association(
    gateway: Gateway, peer: Gateway, tunnel: Tunnel, agreement: Agreement, packet: Packet
) -> str:
    """The tunnel stands, but not for this packet (RFC 7296, 2.9)."""
    pair = f"{packet.source} to {packet.destination}"
    offers = [s for s in agreement.wanted if s.holds(packet)]
    left = [s for s in agreement.selectors if any(s.intersect(offer) for offer in offers)]
    if left:
        narrowed = "; ".join(map(str, left))
        return (
            f"{gateway.name} drops the packet: {peer.name} narrowed the selectors of "
            f"{tunnel.name} to {narrowed}, which leaves out {pair}"
        )
    if offers:
        return (
            f"{gateway.name} drops the packet: {peer.name} has no selector for {pair} in "
            f"{tunnel.name} and refused it (TS_UNACCEPTABLE), so there is no security association"
        )
    return f"{gateway.name} drops the packet: no traffic selector of {tunnel.name} holds {pair}"


def too_big(gateway: Gateway, tunnel: Tunnel, packet: Packet, length: int, mtu: int) -> str:
    """Sealed, the packet outgrows the path, and it may not be cut; or it outgrows every packet."""
    grown = f"{gateway.name} drops the packet: sealed it would have {length} bytes"
    if not whole(packet):
        return f"{grown}, and no IP packet has more than {LONGEST}"
    room = largest_inner(
        mtu, tunnel.suite, nat_t=tunnel.nat_t, outer_version=gateway.address.version
    )
    return (
        f"{grown}, the path takes {mtu}, and it may not be fragmented; "
        f"{icmp(packet)}, largest {room}"
    )


def too_big_in_the_clear(name: str, packet: Packet, mtu: int) -> str:
    """The packet outgrows the path as it is, and it may not be cut."""
    return (
        f"{name} drops the packet: it has {packet.length} bytes, the path takes {mtu}, and it may "
        f"not be fragmented; {icmp(packet)}, largest {mtu}"
    )


def icmp(packet: Packet) -> str:
    """What the sender of a packet that is too big is told (RFC 1191, 3; RFC 4443, 3.2)."""
    told = "Packet Too Big" if packet.source.version == 6 else "fragmentation needed"
    return f"ICMP says: {told}"


def whole(packet: Packet) -> bool:
    """Whether a gateway must pass the packet on in one piece: IPv6 always (RFC 8200, 5)."""
    return packet.dont_fragment or packet.source.version == 6


def hops(gateway: Gateway, packet: Packet) -> str:
    """The packet was passed on too often."""
    counter = "hop limit" if packet.source.version == 6 else "time to live"
    return f"{gateway.name} drops the packet: its {counter} ran out on the way"
