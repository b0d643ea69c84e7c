"""The recorder: keeps the time of a run and writes down what happens as events of its trace."""

from dataclasses import replace

from vpnedu.network import esp
from vpnedu.network.encapsulation import AES_GCM, UDP_HEADER, fragments, sealed_length
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.headers import Field, ip_fields, ip_header, packet_bytes
from vpnedu.network.packets import ESP, HEADER_LENGTH, UDP, Packet
from vpnedu.network.topology import INTERNET, Topology
from vpnedu.simulation.drops import Drop
from vpnedu.simulation.events import (
    Changed,
    Delivered,
    Dropped,
    Event,
    Flight,
    Lookup,
    Opened,
    Sealed,
)
from vpnedu.simulation.negotiation import refusal
from vpnedu.simulation.tables import Asked
from vpnedu.simulation.trace import Datagram, Node, Trace, TunnelLine

NAT_T_PORT = 4500
SETTLED = 1.0  # seconds


class Recorder:
    """The trace of one run in the making, and its clock."""

    def __init__(self, topology: Topology, title: str, changes: tuple[Changed, ...] = ()):
        self.topology = topology
        self.title = title
        # What changed is told first, and has settled when the packet leaves.
        self.now = SETTLED if changes else 0.0
        self.events: list[Event] = list(changes)
        self.datagrams: list[Datagram] = []

    def trace(self) -> Trace:
        """The finished record."""
        return Trace(
            self.title,
            self.topology.between,
            nodes_of(self.topology),
            lines_of(self.topology),
            tuple(self.datagrams),
            tuple(self.events),
        )

    def clear(self, packet: Packet) -> int:
        """The index of `packet` as a plain datagram."""
        data, fields = packet_bytes(packet)
        return self._keep(Datagram(f"{packet.source} → {packet.destination}", data, fields))

    def _keep(self, datagram: Datagram) -> int:
        if datagram not in self.datagrams:
            self.datagrams.append(datagram)
        return self.datagrams.index(datagram)

    def fly(
        self,
        datagram: int,
        source: str,
        target: str,
        link: str,
        delay: float,
        reason: str,
        fragments: int = 1,
    ) -> None:
        """A datagram travels; the clock moves on to its arrival."""
        arrives = self.now + delay
        self.events.append(
            Flight(self.now, arrives, source, target, link, datagram, reason, fragments)
        )
        self.now = arrives

    def flight(
        self, packet: Packet, source: str, target: str, link: str, delay: float, reason: str
    ) -> None:
        """A packet travels in the clear; on the internet it may be in fragments."""
        path = self.topology.mtu if link == INTERNET else packet.length
        pieces = fragments(packet.length, path, packet.source.version)
        self.fly(self.clear(packet), source, target, link, delay, reason, pieces)

    def lookup(self, node: str, asked: Asked) -> None:
        """A gateway asks a table."""
        self.events.append(
            Lookup(
                self.now,
                node,
                asked.table,
                asked.question,
                asked.columns,
                asked.rows,
                asked.chose,
                asked.reason,
            )
        )

    def seal(
        self, packet: Packet, gateway: Gateway, peer: Gateway, tunnel: Tunnel, sequence: int
    ) -> int:
        """A gateway puts `packet` inside a sealed datagram, whose index comes back."""
        inner = self.clear(packet)
        outer = self._keep(sealed_datagram(packet, inner, gateway, peer, tunnel, sequence))
        length = self.datagrams[outer].length
        reason = (
            f"{gateway.name} puts the packet, {packet.length} bytes, inside a sealed one from "
            f"{gateway.address} to {peer.address}: {length} bytes, {length - packet.length} added"
        )
        self.events.append(Sealed(self.now, gateway.name, tunnel.name, inner, outer, reason))
        return outer

    def opened(self, datagram: int, gateway: Gateway, tunnel: Tunnel, sequence: int) -> None:
        """The far gateway takes the inner packet out again, with the key it shares."""
        inner = self.datagrams[datagram].inner
        assert inner is not None
        start = HEADER_LENGTH[gateway.address.version] + (UDP_HEADER if tunnel.nat_t else 0)
        key = sealing_key(tunnel, tunnel.peer(gateway.name))
        plain, _ = esp.unseal(key, self.datagrams[datagram].data[start:])
        assert plain == self.datagrams[inner].data, "what was sealed is what is opened"
        reason = (
            f"{gateway.name} finds the security association by its SPI, sees that sequence "
            f"number {sequence} is new and that the integrity check fits, and takes the packet out"
        )
        self.events.append(Opened(self.now, gateway.name, tunnel.name, datagram, inner, reason))

    def delivered(self, packet: Packet, host: str) -> None:
        reason = f"{host} receives {packet}"
        self.events.append(Delivered(self.now, host, self.clear(packet), reason))

    def dropped(self, packet: Packet | int, node: str, drop: Drop) -> None:
        """A packet, or a datagram by its index, goes no further."""
        datagram = packet if isinstance(packet, int) else self.clear(packet)
        self.events.append(Dropped(self.now, node, datagram, drop.cause, drop.reason))

    def translated(self, packet: Packet, gateway: Gateway) -> Packet:
        """The packet with the gateway's address as its source, by source NAT."""
        was, now = str(packet.source), str(gateway.address)
        reason = (
            f"{gateway.name} translates the source, {was}, to {now} (source NAT), before it asks "
            f"any policy"
        )
        self.events.append(Changed(self.now, gateway.name, "source", was, now, reason))
        return replace(packet, source=gateway.address)


def sealing_key(tunnel: Tunnel, sender: str) -> esp.SealingKey:
    """The key of one direction of a tunnel: each has its own (RFC 4301, 4.1)."""
    return esp.teaching_key(f"{tunnel.name}, {sender} to {tunnel.peer(sender)}")


def sealed_datagram(
    packet: Packet, inner: int, gateway: Gateway, peer: Gateway, tunnel: Tunnel, sequence: int
) -> Datagram:
    """`packet` in tunnel mode from `gateway` to `peer`, byte for byte.

    The outer header copies the don't-fragment bit, as Linux does (RFC 4301, 8.1 leaves the choice).
    """
    if tunnel.suite != AES_GCM:
        raise ValueError(f"{tunnel.name}: only AES-GCM-16 is sealed byte for byte")
    version = gateway.address.version
    plain, _ = packet_bytes(packet)
    key = sealing_key(tunnel, gateway.name)
    sealed = esp.seal(key, sequence, plain, esp.NEXT_HEADER[packet.source.version])
    length = sealed_length(packet.length, tunnel.suite, nat_t=tunnel.nat_t, outer_version=version)
    outer = Packet(
        gateway.address,
        peer.address,
        UDP if tunnel.nat_t else ESP,
        length=length,
        dont_fragment=packet.dont_fragment,
    )
    header = ip_header(outer, length)
    fields = list(ip_fields(header, outer))
    if tunnel.nat_t:
        ports = NAT_T_PORT.to_bytes(2, "big") * 2
        header += ports + (UDP_HEADER + len(sealed)).to_bytes(2, "big") + b"\0\0"
        fields.append(Field("UDP header, port 4500", HEADER_LENGTH[version], 8, "NAT traversal"))
    start = len(header)
    fields += [
        Field(f.name, f.start + start, f.length, f.value, f.sealed)
        for f in esp.fields(sealed, packet.length)
    ]
    label = f"{gateway.address} → {peer.address}"
    return Datagram(label, header + sealed, tuple(fields), inner)


def lines_of(topology: Topology) -> tuple[TunnelLine, ...]:
    """The tunnels of a topology as a picture needs them; one that IKE can't set up is down."""
    return tuple(
        TunnelLine(t.name, t.ends, t.up and not refusal(topology, t)) for t in topology.tunnels
    )


def nodes_of(topology: Topology) -> tuple[Node, ...]:
    """The things of a topology, networks first, as a picture needs them."""
    networks = [
        Node(n.name, n.kind, ", ".join(map(str, n.prefixes)), None, n.place)
        for n in topology.networks
    ]
    gateways = [Node(g.name, "gateway", str(g.address), g.inside) for g in topology.gateways]
    hosts = [
        Node(h.name, "host", str(h.address), n.name) for n in topology.networks for h in n.hosts
    ]
    return (*networks, *gateways, *hosts, Node(INTERNET, INTERNET))
