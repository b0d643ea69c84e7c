"""Which flows take which of several equal routes, where the rule and the hashes are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from vpnedu.network.flows import Flow
from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import Packet, packet, protocol_name
from vpnedu.network.routes import Route, RouteTable
from vpnedu.network.topology import Topology
from vpnedu.quiz.generators.choosing.sites import SERVICES, Site, hint, sites, somewhere
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios.building import network, route_gateway

NAME = "equal-routes"
# Weights of two or three routes, and what they are called.
WEIGHTS = ((1, 1), (1, 1), (1, 3), (2, 1), (1, 1, 1), (1, 1, 2))
LETTERS = ("A", "B", "C")
FLOWS = 4
PARTS = 1000
# No flow lies this near to an edge of a region, so that rounding decides nothing.
EDGE = 15


@dataclass(frozen=True)
class Sharing:
    """A site with several equal tunnels to another, and packets that are to be told apart.

    The last packet belongs to the flow of an earlier one, whose place is `again`.
    """

    home: Site
    peer: Site
    weights: tuple[int, ...]
    sent: tuple[Packet, ...]
    again: int

    @property
    def tunnels(self) -> tuple[str, ...]:
        return tuple(f"tunnel {LETTERS[place]}" for place in range(len(self.weights)))

    @property
    def edges(self) -> tuple[int, ...]:
        """Where the regions of the routes begin and end, in thousandths of the hash's range."""
        whole = sum(self.weights)
        return (0, *(round(upto * PARTS / whole) for upto in accumulate(self.weights)))

    def table(self) -> RouteTable:
        rows = (
            Route(self.peer.prefix, tunnel, weight=weight)
            for tunnel, weight in zip(self.tunnels, self.weights, strict=True)
        )
        return RouteTable(tuple(rows))

    def topology(self) -> Topology:
        """Two sites and their parallel tunnels, with every device that is written to."""
        left = self.home.network(0, left=True)
        hosts = {f"Server {i}": str(a) for i, a in enumerate(self._servers(), 1)}
        right = network(self.peer.name, str(self.peer.prefix), ("right", 0), "site", **hosts)
        ends = (self.home.gateway, self.peer.gateway)
        back = [(str(self.home.prefix), self.tunnels[0])]
        return Topology(
            (left, right),
            (
                route_gateway(ends[0], self.home.public, left, list(self.table().routes)),
                route_gateway(ends[1], self.peer.public, right, list(back)),
            ),
            tuple(Tunnel(name, ends) for name in self.tunnels),
        )

    def _servers(self) -> list[object]:
        return list(dict.fromkeys(sent.destination for sent in self.sent))


def make(chance: Chance) -> Question:
    """Five packets of four flows; tick those that one of the tunnels carries."""
    sharing = _drawn(chance)
    taken = _taken(sharing)
    while len(set(taken)) == 1:
        sharing = _drawn(chance)
        taken = _taken(sharing)
    asked = chance.pick(sorted(set(taken)))
    return Question(
        NAME,
        "multiple",
        _text(chance, sharing, asked),
        Many(tuple(_choices(sharing, taken, asked)), ordered=True),
        _story(sharing),
        "RFC 2992, and the chapter on route-based gateways",
        NAME,
        2,
        (hint("Packets of one flow have one hash, whenever they come and however long they are."),),
        _table(sharing),
        send(sharing.topology(), sharing.sent[-1], title="Equal routes share the flows"),
    )


def _point(sent: Packet) -> int:
    """Where a flow's hash lies in its range, in thousandths."""
    return Flow.of(sent).hash() * PARTS >> 32


def _drawn(chance: Chance) -> Sharing:
    home, peer = sites(chance, 2)
    weights = chance.pick(WEIGHTS)
    made = Sharing(home, peer, weights, (), chance.below(FLOWS))
    sent: list[Packet] = []
    server = peer.address
    while len(sent) < FLOWS:
        # Half of the connections go between the same two devices; only their ports differ.
        target = server if chance.below(2) else somewhere(chance, peer.prefix)
        protocol, port = chance.pick(SERVICES[:-1])
        source_port = 49152 + chance.below(16000)
        drawn = packet(home.address, target, protocol, port, source_port=source_port)
        if all(abs(_point(drawn) - edge) > EDGE for edge in made.edges) and drawn not in sent:
            sent.append(drawn)
    old = sent[made.again]
    later = packet(
        old.source,
        old.destination,
        old.protocol,
        old.destination_port,
        source_port=old.source_port,
        length=chance.pick((200, 300, 400)),
    )
    return Sharing(home, peer, weights, (*sent, later), made.again)


def _taken(sharing: Sharing) -> list[int]:
    """For each packet, the place of the route that the engine gives it."""
    table = sharing.table()
    rows = [table.winner(sent.destination, Flow.of(sent)) for sent in sharing.sent]
    return [table.routes.index(row) for row in rows if row is not None]


def _text(chance: Chance, sharing: Sharing, asked: int) -> str:
    count = {2: "Two", 3: "Three"}[len(sharing.weights)]
    equal = len(set(sharing.weights)) == 1
    shares = "of equal weight" if equal else f"with the weights {_listed(sharing.weights)}"
    regions = _listed(
        f"{sharing.tunnels[place]} from {_share(first)} to {_share(last)}"
        for place, (first, last) in enumerate(pairwise(sharing.edges))
    )
    opening = chance.pick(
        (
            f"{count} routes to the {sharing.peer.name.lower()} are equal but for their tunnels, "
            f"{shares}.",
            f"The {sharing.home.gateway} has {count.lower()} equal routes to the "
            f"{sharing.peer.name.lower()}, {shares}.",
        )
    )
    rule = (
        f"The gateway hashes the addresses, the protocol and the ports of a packet and looks where "
        f"the hash lies between 0 and 1. Each tunnel has a region: {regions}."
    )
    return f"{opening} {rule}\n\nWhich of these packets take {sharing.tunnels[asked]}?"


def _listed(things: Iterable[object]) -> str:
    words = [str(thing) for thing in things]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _share(point: int) -> str:
    """Thousandths as a number from 0 to 1."""
    return "0" if point == 0 else "1" if point == PARTS else f"{point / PARTS:.3f}"


def _table(sharing: Sharing) -> Table:
    rows = [
        (
            str(place),
            _end(sent.source, sent.source_port),
            _end(sent.destination, sent.destination_port),
            protocol_name(sent.protocol).upper(),
            f"{sent.length} bytes",
            "not shown" if place > FLOWS else _share(_point(sent)),
        )
        for place, sent in enumerate(sharing.sent, 1)
    ]
    columns = ("packet", "from", "to", "protocol", "length", "hash")
    return Table("Five packets, in the order in which they come", columns, tuple(rows))


def _end(address: object, port: int | None) -> str:
    return f"{address}, port {port}"


def _choices(sharing: Sharing, taken: list[int], asked: int) -> list[Choice]:
    return [
        Choice(f"packet-{place}", f"Packet {place}", took == asked, _says(sharing, place, took))
        for place, took in enumerate(taken, 1)
    ]


def _says(sharing: Sharing, place: int, took: int) -> str:
    tunnel = sharing.tunnels[took]
    if place > FLOWS:
        return (
            f"Packet {place} has the addresses, protocol and ports of packet {sharing.again + 1}, "
            f"so it has the same hash and takes {tunnel}. Packets are not dealt out in turn."
        )
    first, last = sharing.edges[took], sharing.edges[took + 1]
    sent = sharing.sent[place - 1]
    near = (
        f"Packet {place}: its hash {_share(_point(sent))} lies between {_share(first)} and "
        f"{_share(last)}, the region of {tunnel}."
    )
    alike = (i for i, old in enumerate(sharing.sent[: place - 1], 1) if _same_ends(old, sent))
    other = next(alike, None)
    if other is None:
        return near
    return f"{near} It has the addresses of packet {other}, but not its ports: another flow."


def _same_ends(first: Packet, second: Packet) -> bool:
    return (first.source, first.destination) == (second.source, second.destination)


def _story(sharing: Sharing) -> str:
    taken = _taken(sharing)
    rows = " ".join(_says(sharing, place, took) for place, took in enumerate(taken, 1))
    found = sharing.table().lookup(sharing.peer.address)
    return f"The lookup finds {len(found.equal_cost)} equal routes. {rows}"


GENERATOR = Generator(
    NAME,
    "Tell which of several equal routes carries a flow",
    "routes",
    "route-based",
    "when-routes-tie",
    make,
)
