"""What is sent: packets that leave a host, its answers, and what is said of them on their way."""

from dataclasses import replace

from vpnedu.network.addresses import InputError
from vpnedu.network.gateways import Gateway
from vpnedu.network.packets import Packet
from vpnedu.network.topology import Host, Network
from vpnedu.simulation.drops import whole


def check_leaves(origin: Host, packet: Packet) -> None:
    """No gateway ever sees a packet to oneself, to a group, or to the local link only."""
    target = packet.destination
    if target == origin.address or target.is_loopback:
        raise InputError("destination", f"{target} is {origin.name} again; the packet never leaves")
    if target.is_multicast or target.is_unspecified or str(target) == "255.255.255.255":
        raise InputError("destination", f"{target} is not the address of one device")
    if target.is_link_local:
        raise InputError("destination", f"{target} is for one link only; no gateway passes it on")


def check_fits(origin: Host, packet: Packet, mtu: int) -> None:
    """A packet that may not be cut never leaves a link that is too small for it."""
    if packet.length > mtu and whole(packet):
        raise InputError("length", f"{origin.name}'s own link takes {mtu} bytes; send less")


def answer_to(packet: Packet) -> Packet:
    """What the receiver of `packet` sends back: as many bytes, the other way."""
    return replace(
        packet,
        source=packet.destination,
        destination=packet.source,
        source_port=packet.destination_port,
        destination_port=packet.source_port,
        ttl=64,
    )


def crossing(gateway: Gateway, peer: Gateway, length: int, pieces: int, between: str) -> str:
    """A sealed packet's way from one gateway to the other, in words."""
    apart = "" if pieces == 1 else f" in {pieces} fragments, which {peer.name} puts together"
    return (
        f"{length} bytes cross the {between} from {gateway.address} to "
        f"{peer.address}{apart}; an eavesdropper sees which gateways talk and how much, "
        f"not who or what"
    )


def public_source(gateway: Gateway, inside: Network, packet: Packet) -> str:
    """Where the public source address comes from, in words: the device's own, or source NAT."""
    if inside.kind == "user":
        return f", from the device's own address {gateway.address}"
    return f", its source {packet.source} translated to {gateway.address}"
