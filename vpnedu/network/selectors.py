"""The selector: which packets a policy, or a security association, is for (RFC 4301, 4.4.1.1)."""

from dataclasses import dataclass
from typing import Literal

from vpnedu.network.addresses import (
    ANY_PORT,
    AddressRange,
    InputError,
    IPAddress,
    PortRange,
    parse_ports,
    parse_ranges,
    written,
)
from vpnedu.network.packets import WITH_PORTS, Packet, parse_protocol, protocol_name

# Which way a packet goes, seen from the gateway: out of the protected network, or into it.
Direction = Literal["out", "in"]
Ports = tuple[PortRange, ...]


@dataclass(frozen=True)
class Selector:
    """A set of packets: local and remote address ranges, a protocol, and port ranges.

    "Local" is the side this gateway protects, for packets in either direction. `protocol` None
    is ANY. A port range of 0-65535 is ANY too, and then also holds packets that show no port;
    any narrower range does not (RFC 4301, 4.4.1.1, ANY and OPAQUE).
    """

    local: tuple[AddressRange, ...]
    remote: tuple[AddressRange, ...]
    protocol: int | None = None
    local_ports: Ports = (ANY_PORT,)
    remote_ports: Ports = (ANY_PORT,)

    def __post_init__(self) -> None:
        if self.local[0].version != self.remote[0].version:
            rule = f"{self.local[0]} and {self.remote[0]} are of different families"
            raise InputError("remote", rule)
        for name in ("local_ports", "remote_ports"):
            concrete = any(ports != ANY_PORT for ports in getattr(self, name))
            if concrete and self.protocol is not None and self.protocol not in WITH_PORTS:
                raise InputError(name, f"{protocol_name(self.protocol)} has no ports")

    def holds(self, packet: Packet, direction: Direction = "out") -> bool:
        """Whether `packet` is in the set, on its way `out` of the local side or `in` to it."""
        local, local_port, remote, remote_port = _sides(packet, direction)
        return (
            _within(self.local, local)
            and _within(self.remote, remote)
            and (self.protocol is None or self.protocol == packet.protocol)
            and _port_within(self.local_ports, local_port)
            and _port_within(self.remote_ports, remote_port)
        )

    def mismatch(self, packet: Packet, direction: Direction = "out") -> str | None:
        """Why `packet` is not in the set, in words; None if it is."""
        local, local_port, remote, remote_port = _sides(packet, direction)
        if not _within(self.local, local):
            return _does_not_hold(self.local, local)
        if not _within(self.remote, remote):
            return _does_not_hold(self.remote, remote)
        if self.protocol is not None and self.protocol != packet.protocol:
            wanted, found = protocol_name(self.protocol), protocol_name(packet.protocol)
            return f"is for {wanted}; the packet is {found}"
        if not _port_within(self.local_ports, local_port):
            return _port_mismatch("local", self.local_ports, local_port)
        if not _port_within(self.remote_ports, remote_port):
            return _port_mismatch("remote", self.remote_ports, remote_port)
        return None

    @property
    def version(self) -> int:
        """The IP version of its addresses."""
        return self.local[0].version

    def mirrored(self) -> "Selector":
        """The same set as the peer writes it: local and remote change places."""
        return Selector(self.remote, self.local, self.protocol, self.remote_ports, self.local_ports)

    def intersect(self, other: "Selector") -> "Selector | None":
        """The packets in both sets, or None: what a responder can narrow to (RFC 7296, 2.9)."""
        if None not in (self.protocol, other.protocol) and self.protocol != other.protocol:
            return None
        protocol = other.protocol if self.protocol is None else self.protocol
        local = _address_overlap(self.local, other.local)
        remote = _address_overlap(self.remote, other.remote)
        local_ports = _port_overlap(self.local_ports, other.local_ports, protocol)
        remote_ports = _port_overlap(self.remote_ports, other.remote_ports, protocol)
        if not (local and remote and local_ports and remote_ports):
            return None
        return Selector(local, remote, protocol, local_ports, remote_ports)

    def __str__(self) -> str:
        return f"{self.side('local')} - {self.side('remote')}"

    def side(self, name: Literal["local", "remote"]) -> str:
        """One side in words: addresses, then protocol and ports where they are not any."""
        ranges, ports = (
            (self.local, self.local_ports) if name == "local" else (self.remote, self.remote_ports)
        )
        protocol = "" if self.protocol is None else f" {protocol_name(self.protocol)}"
        port = "" if ANY_PORT in ports else f" port {written(ports)}"
        return written(ranges) + protocol + port


def selector(
    local: object,
    remote: object,
    protocol: object = "any",
    local_ports: object = "any",
    remote_ports: object = "any",
) -> Selector:
    """A selector from text.

    >>> str(selector("10.1.0.0/16", "10.2.0.0/16", "tcp", remote_ports="443"))
    '10.1.0.0/16 tcp - 10.2.0.0/16 tcp port 443'
    """
    return Selector(
        parse_ranges(local, "local"),
        parse_ranges(remote, "remote"),
        parse_protocol(protocol),
        parse_ports(local_ports, "local_ports"),
        parse_ports(remote_ports, "remote_ports"),
    )


def prefix_pairs(locals_: list[str], remotes: list[str]) -> tuple[Selector, ...]:
    """One selector for each local prefix with each remote prefix.

    This is what a route-based gateway proposes to a policy-based device: 2 local and 2 remote
    prefixes make 4 pairs.
    """
    return tuple(selector(local, remote) for local in locals_ for remote in remotes)


def _sides(
    packet: Packet, direction: Direction
) -> tuple[IPAddress, int | None, IPAddress, int | None]:
    if direction == "out":
        return packet.source, packet.source_port, packet.destination, packet.destination_port
    return packet.destination, packet.destination_port, packet.source, packet.source_port


def _within(ranges: tuple[AddressRange, ...], address: IPAddress) -> bool:
    return any(address in addresses for addresses in ranges)


def _port_within(ranges: Ports, port: int | None) -> bool:
    if port is None:
        return ANY_PORT in ranges
    return any(port in ports for ports in ranges)


def _does_not_hold(ranges: tuple[AddressRange, ...], address: IPAddress) -> str:
    verb = "does" if len(ranges) == 1 else "do"
    return f"{written(ranges)} {verb} not hold {address}"


def _port_mismatch(side: str, ranges: Ports, port: int | None) -> str:
    found = "shows none" if port is None else f"has {port}"
    return f"is for {side} port {written(ranges)}; the packet {found}"


def _address_overlap(
    ours: tuple[AddressRange, ...], theirs: tuple[AddressRange, ...]
) -> tuple[AddressRange, ...]:
    found = dict.fromkeys(both for a in ours for b in theirs if (both := a.intersect(b)))
    return tuple(r for r in found if not any(r != other and _inside(r, other) for other in found))


def _inside(inner: AddressRange, outer: AddressRange) -> bool:
    return inner.first in outer and inner.last in outer


def _port_overlap(ours: Ports, theirs: Ports, protocol: int | None) -> Ports:
    found = dict.fromkeys(both for a in ours for b in theirs if (both := a.intersect(b)))
    # Any port holds all the others; and only any holds a protocol without ports.
    if ANY_PORT in found:
        return (ANY_PORT,)
    return tuple(found) if protocol is None or protocol in WITH_PORTS else ()
