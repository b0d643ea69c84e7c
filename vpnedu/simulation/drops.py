"""Why a gateway drops a packet, in words."""

from vpnedu.network.encapsulation import largest_inner
from vpnedu.network.gateways import Agreement, Gateway, Tunnel
from vpnedu.network.packets import Packet


def no_association(
    gateway: Gateway, peer: Gateway, tunnel: Tunnel, agreement: Agreement, packet: Packet
) -> str:
    """The tunnel stands, but not for this packet."""
    pair = f"{packet.source} to {packet.destination}"
    if any(s.holds(packet) for s in agreement.wanted):
        return (
            f"{gateway.name} drops the packet: {peer.name} has no selector for {pair} in "
            f"{tunnel.name} and refused it (TS_UNACCEPTABLE), so there is no security association"
        )
    return f"{gateway.name} drops the packet: no traffic selector of {tunnel.name} holds {pair}"


def too_big(gateway: Gateway, tunnel: Tunnel, packet: Packet, length: int, mtu: int) -> str:
    """Sealed, the packet outgrows the path, and it may not be cut."""
    room = largest_inner(
        mtu, tunnel.suite, nat_t=tunnel.nat_t, outer_version=gateway.address.version
    )
    told = "Packet Too Big" if packet.source.version == 6 else "fragmentation needed"
    return (
        f"{gateway.name} drops the packet: sealed it would have {length} bytes, the path takes "
        f"{mtu}, and it may not be fragmented; ICMP says: {told}, largest {room}"
    )
