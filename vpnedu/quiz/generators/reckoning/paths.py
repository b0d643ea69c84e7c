"""Who talks to whom through which tunnel: the ground of the questions about bytes."""

from dataclasses import dataclass
from fractions import Fraction

from vpnedu.network.addresses import parse_address
from vpnedu.network.encapsulation import (
    AES_GCM,
    SUITES,
    Suite,
    largest_inner,
    sealed_length,
)
from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import Packet, packet
from vpnedu.network.topology import Topology
from vpnedu.quiz.question import Hint, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios.building import network, route_gateway
from vpnedu.simulation.trace import Trace

QUARTER = Fraction(1, 4)
# The suite that the engine can seal, half of the time; else one of those it can only count.
COUNTED = tuple(suite for suite in SUITES.values() if suite != AES_GCM)
USUAL = (AES_GCM,) * len(COUNTED) + COUNTED
# Beyond this many bytes, sealing without a compiled library takes too long for a question.
LONGEST_SEALED = 4000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sites, and who in the one talks to whom in the other."""

    here: str
    who: str
    there: str
    whom: str

    @property
    def words(self) -> dict[str, str]:
        """The names of people and gateways, to be put into a sentence."""
        here, there = gateway_of(self.here), gateway_of(self.there)
        return {"who": self.who, "whom": self.whom, "here": here, "there": there}

    @property
    def between(self) -> str:
        """From the one site to the other, as part of a sentence."""
        return f"from the {self.here.lower()} to the {self.there.lower()}"


PAIRS = (
    Pair("Head office", "Ana", "Branch", "Ben"),
    Pair("Workshop", "Kai", "Warehouse", "Lea"),
    Pair("Clinic", "Mia", "Laboratory", "Noa"),
    Pair("School", "Otto", "Library", "Pia"),
    Pair("Harbour", "Rik", "Depot", "Sol"),
    Pair("Studio", "Uma", "Archive", "Vic"),
    Pair("Bakery", "Wim", "Mill", "Yara"),
)
# An IPv4 and an IPv6 address for each gateway, and prefixes with hosts for each site.
OUTER = {4: ("198.51.100.1", "203.0.113.5"), 6: ("2001:db8:a::1", "2001:db8:b::1")}
INNER = {
    4: (("10.1.0.0/16", "10.1.0.4"), ("10.2.0.0/16", "10.2.9.7")),
    6: (("fd00:1::/48", "fd00:1::4"), ("fd00:2::/48", "fd00:2::97")),
}


@dataclass(frozen=True, slots=True)
class Path:
    """A tunnel between the two sites of `pair`, and the largest packet that the path carries.

    `version` is the IP version outside the tunnel, `inner` the one inside.
    """

    pair: Pair
    suite: Suite = AES_GCM
    nat_t: bool = False
    version: int = 4
    inner: int = 4
    mtu: int = 1500

    def sealed(self, length: int) -> int:
        """The length on the wire of a packet of `length` bytes."""
        return sealed_length(length, self.suite, nat_t=self.nat_t, outer_version=self.version)

    @property
    def room(self) -> int:
        """The largest inner packet that crosses in one piece, in bytes."""
        return largest_inner(self.mtu, self.suite, nat_t=self.nat_t, outer_version=self.version)

    @property
    def words(self) -> str:
        """The tunnel's outside, as part of a sentence."""
        if self.nat_t:
            return "over IPv4 and through a NAT, so that NAT traversal puts ESP inside UDP"
        return f"over IPv{self.version}, with ESP straight after the outer IP header"

    def packet(self, length: int, protocol: str = "tcp", *, dont_fragment: bool = True) -> Packet:
        """A packet of `length` bytes from this side's person to the other's."""
        (_, source), (_, target) = INNER[self.inner]
        return packet(source, target, protocol, length=length, dont_fragment=dont_fragment)

    def topology(self) -> Topology:
        """The two sites, route-based, with the tunnel between them."""
        pair = self.pair
        (near, source), (far, target) = INNER[self.inner]
        here = network(pair.here, near, ("left", 0), "site", **{pair.who: source})
        there = network(pair.there, far, ("right", 0), "site", **{pair.whom: target})
        outer = OUTER[self.version]
        ends = (gateway_of(pair.here), gateway_of(pair.there))
        gateways = (
            route_gateway(ends[0], outer[0], here, [(far, "tunnel")]),
            route_gateway(ends[1], outer[1], there, [(near, "tunnel")]),
        )
        assert parse_address(outer[0]).version == self.version
        tunnel = Tunnel("tunnel", ends, self.suite, self.nat_t)
        return Topology((here, there), gateways, (tunnel,), mtu=self.mtu)

    def run(self, sent: Packet, title: str) -> Trace | None:
        """The journey of `sent`; None where the engine counts the bytes but can't seal them."""
        if self.suite != AES_GCM or sent.length > LONGEST_SEALED:
            return None
        return send(self.topology(), sent, title=title)

    def table(self) -> Table:
        """What the suite brings, in bytes."""
        suite = self.suite
        rows = (
            ("IV", str(suite.iv)),
            ("block that padding fills", str(suite.block)),
            ("ICV", str(suite.icv)),
        )
        return Table(f"{suite.name}, lengths in bytes", ("What", "Bytes"), rows)


def gateway_of(site: str) -> str:
    """The name of a site's gateway."""
    return f"{site.lower()} gateway"


def any_path(
    chance: Chance, suites: tuple[Suite, ...] = USUAL, mtu: int = 1500, inner: int = 4
) -> Path:
    """A tunnel by chance: one of `suites`, plain or through a NAT, over IPv4 or IPv6."""
    pair, suite = chance.pick(PAIRS), chance.pick(suites)
    version, nat_t = chance.pick(((4, False), (4, True), (4, True), (6, False)))
    return Path(pair, suite, nat_t, version, inner, mtu)


def hints(*texts: str) -> tuple[Hint, ...]:
    """Hints that cost a quarter each."""
    return tuple(Hint(text, QUARTER) for text in texts)
