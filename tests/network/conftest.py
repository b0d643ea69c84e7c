"""A second opinion: selectors and packets as plain integers, made so that they are likely to meet.

Nothing here uses the library's own matching; the tests hold the library against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address
from random import Random

import pytest

from vpnedu.network.addresses import AddressRange, PortRange
from vpnedu.network.packets import Packet
from vpnedu.network.selectors import Selector

BITS = {4: 32, 6: 128}
ADDRESS = {4: IPv4Address, 6: IPv6Address}
TCP, UDP, SCTP = 6, 17, 132
WITH_PORTS = {TCP, UDP, SCTP}
PROTOCOLS = (1, TCP, UDP, SCTP, 47, 50, 58)
# Where ranges like to begin and end: the edges of the family, of octets, and between.
PLACES = {
    4: [0, 0x0A000000, 0x0A00FFFF, 0x0A010000, 0x0A0102FF, 0x0A010300, 2**32 - 1],
    6: [0, 0x20010DB8 << 96, (0x20010DB8 << 96) + 0xFFFF, 0x20010DB8000A << 80, 2**128 - 1],
}
LENGTHS = {4: [0, 1, 7, 8, 9, 16, 23, 24, 31, 32], 6: [0, 1, 32, 47, 48, 64, 127, 128]}
PORTS = [
    [(0, 65535)],
    [(0, 0)],
    [(65535, 65535)],
    [(443, 443)],
    [(1000, 2000), (1500, 3000)],
    [(0, 32767), (32768, 65535)],
    [(255, 256)],
    [(80, 80), (0, 65535)],
]
Ranges = list[tuple[int, int]]


@dataclass(frozen=True)
class Rule:
    """A selector as plain numbers."""

    version: int
    local: Ranges
    remote: Ranges
    protocol: int | None = None
    local_ports: Ranges = field(default_factory=lambda: [(0, 65535)])
    remote_ports: Ranges = field(default_factory=lambda: [(0, 65535)])

    def wrong(self, packet: Packet, direction: str = "out") -> str | None:
        """The first thing that does not fit, in the order a gateway looks; None if all fits."""
        ends = [
            (int(packet.source), packet.source_port),
            (int(packet.destination), packet.destination_port),
        ]
        (local, local_port), (remote, remote_port) = ends if direction == "out" else ends[::-1]
        same = packet.source.version == self.version
        tests = {
            "local": same and _in(self.local, local),
            "remote": same and _in(self.remote, remote),
            "protocol": self.protocol in (None, packet.protocol),
            "local port": _port_in(self.local_ports, local_port),
            "remote port": _port_in(self.remote_ports, remote_port),
        }
        return next((name for name, fits in tests.items() if not fits), None)

    def holds(self, packet: Packet, direction: str = "out") -> bool:
        return self.wrong(packet, direction) is None

    def selector(self) -> Selector:
        """The same as the library writes it."""

        def addresses(ranges: Ranges) -> tuple[AddressRange, ...]:
            make = ADDRESS[self.version]
            return tuple(AddressRange(make(first), make(last)) for first, last in ranges)

        def ports(ranges: Ranges) -> tuple[PortRange, ...]:
            return tuple(PortRange(*ends) for ends in ranges)

        return Selector(
            addresses(self.local),
            addresses(self.remote),
            self.protocol,
            ports(self.local_ports),
            ports(self.remote_ports),
        )


def _in(ranges: Ranges, number: int) -> bool:
    return any(first <= number <= last for first, last in ranges)


def _port_in(ranges: Ranges, port: int | None) -> bool:
    return (0, 65535) in ranges if port is None else _in(ranges, port)


class World:
    """Random rules and packets out of one source of chance."""

    def __init__(self, random: Random):
        self.random = random

    def addresses(self, version: int) -> tuple[int, int]:
        """A range: a prefix, one address, or any two ends."""
        bits, random = BITS[version], self.random
        somewhere = random.choice(PLACES[version])
        if random.random() < 0.6:
            host = bits - random.choice(LENGTHS[version])
            first = somewhere >> host << host
            return first, first + (1 << host) - 1
        near = min(max(somewhere + random.randint(-300, 300), 0), (1 << bits) - 1)
        other = random.choice([near, random.choice(PLACES[version])])
        return min(near, other), max(near, other)

    def rule(self, version: int | None = None) -> Rule:
        random = self.random
        version = version or random.choice([4, 4, 6])
        protocol = random.choice([*[None] * 5, TCP, TCP, *PROTOCOLS])
        ports = PORTS if protocol is None or protocol in WITH_PORTS else PORTS[:1]
        return Rule(
            version,
            [self.addresses(version) for _ in range(random.choice([1, 1, 2, 3]))],
            [self.addresses(version) for _ in range(random.choice([1, 1, 2, 3]))],
            protocol,
            random.choice([PORTS[0], PORTS[0], random.choice(ports)]),
            random.choice([PORTS[0], PORTS[0], random.choice(ports)]),
        )

    def rules(self, most: int) -> list[Rule]:
        return [self.rule() for _ in range(self.random.randint(0, most))]

    def packet(self, rules: list[Rule]) -> Packet:
        """A packet at, or one step beyond, the edges of one of the rules."""
        random = self.random
        rule = random.choice(rules) if rules else self.rule()
        number = random.choice([*[rule.protocol] * 9, *PROTOCOLS])
        protocol = random.choice(PROTOCOLS) if number is None else number
        shown = protocol in WITH_PORTS and random.random() < 0.9
        make = ADDRESS[rule.version]
        ends = [
            make(self._near(rule.local, (1 << BITS[rule.version]) - 1)),
            make(self._near(rule.remote, (1 << BITS[rule.version]) - 1)),
        ]
        ports = [self._near(rule.local_ports, 65535), self._near(rule.remote_ports, 65535)]
        if random.random() < 0.1:
            ends.reverse()
            ports.reverse()
        return Packet(*ends, protocol, *(ports if shown else (None, None)))

    def _near(self, ranges: Ranges, highest: int) -> int:
        first, last = self.random.choice(ranges)
        inside = self.random.randint(first, last)
        step = self.random.choice([0, 0, 0, 0, 0, 0, 0, -1, 1])
        chosen = self.random.choice([first, last, inside]) + step
        return min(max(chosen, 0), highest)

    def packets(self, rules: list[Rule], count: int) -> Iterator[Packet]:
        return (self.packet(rules) for _ in range(count))


@pytest.fixture(scope="session")
def world() -> type[World]:
    """Makes random rules and packets: `world(Random(1)).rule()`."""
    return World
