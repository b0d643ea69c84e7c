"""Route tables for questions: rows that compete for one address, and the sites around."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import Packet
from vpnedu.network.routes import LEARNED, Candidate, Route, RouteLookup, RouteTable, route
from vpnedu.network.topology import INTERNET, Network, Topology
from vpnedu.quiz.generators.choosing.sites import (
    SERVICES,
    Site,
    around,
    beside,
    carrying,
    sites,
    somewhere,
)
from vpnedu.quiz.question import Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.scenarios.building import connected, route_gateway

DEFAULT = IPv4Network("0.0.0.0/0")


@dataclass(frozen=True, slots=True)
class Case:
    """A route-based gateway at `home`, the sites behind its tunnels, and an address to look up."""

    home: Site
    peers: tuple[Site, ...]
    table: RouteTable
    target: IPv4Address
    sent: Packet

    @property
    def found(self) -> RouteLookup:
        """The lookup with a reason for every row."""
        return self.table.explain(self.target)

    def topology(self) -> Topology:
        """The sites as a network; whoever is behind the winning tunnel has the address."""
        home = self.home.network((len(self.peers) - 1) / 2, left=True)
        won = self.table.winner(self.target)
        networks = [
            self._peer(site, row, owns=won is not None and won.via == site.tunnel)
            for row, site in enumerate(self.peers)
        ]
        own = route_gateway(self.home.gateway, self.home.public, home, [])
        ours = type(own)(own.name, own.address, own.inside, own.kind, routes=self.table)
        theirs = (
            route_gateway(site.gateway, site.public, inside, [(str(self.home.prefix), site.tunnel)])
            for site, inside in zip(self.peers, networks, strict=True)
        )
        tunnels = (Tunnel(site.tunnel, (self.home.gateway, site.gateway)) for site in self.peers)
        return Topology((home, *networks), (ours, *theirs), tuple(tunnels))

    def _peer(self, site: Site, row: int, *, owns: bool) -> Network:
        if owns:
            return site.network(row, (around(self.target, 24),), {"Rex": str(self.target)})
        return site.network(row)


def contest(chance: Chance, kinds: tuple[str, ...] = ()) -> Case:
    """A table of 4 to 7 rows for one address; `kinds` are the contests to draw from."""
    *ours, elsewhere = sites(chance, 5)
    home, peers = ours[0], tuple(ours[1:])
    target = somewhere(chance, elsewhere.prefix)
    kind = chance.pick(kinds or tuple(CONTESTS))
    rows = CONTESTS[kind](chance, target)
    # A site's own prefix is not the prefix of somebody else's route.
    while {draft.prefix for draft in rows} & {site.prefix for site in ours}:
        rows = CONTESTS[kind](chance, target)
    vias = chance.shuffled([site.tunnel for site in peers])
    table = [*connected(home.network(0)), *_placed(rows, vias, peers)]
    if kind != "nothing":
        table.append(route(DEFAULT, INTERNET))
    sent = carrying(home.address, target, chance.pick(SERVICES))
    return Case(home, peers, RouteTable(tuple(chance.shuffled(table))), target, sent)


@dataclass(frozen=True, slots=True)
class Draft:
    """A route before it has somewhere to go."""

    prefix: IPv4Network
    learned: bool = False
    metric: int = 0
    blackhole: bool = False


def _placed(rows: list[Draft], vias: list[str], peers: tuple[Site, ...]) -> list[Route]:
    """The drafts with one tunnel each; a peer without a row is reached by its own prefix."""
    made = []
    for draft in rows:
        if draft.blackhole:
            made.append(route(draft.prefix, blackhole=True))
        elif draft.learned:
            made.append(
                route(
                    draft.prefix,
                    vias.pop(),
                    preference=LEARNED,
                    metric=draft.metric,
                    origin="learned",
                )
            )
        else:
            made.append(route(draft.prefix, vias.pop(), metric=draft.metric))
    own = {site.tunnel: site.prefix for site in peers}
    return made + [route(own[via], via) for via in vias]


def _wide(target: IPv4Address) -> IPv4Network:
    """The private block around the address (RFC 1918)."""
    return around(target, 8 if target.packed[0] == 10 else 12)


def _miss(chance: Chance, target: IPv4Address, shortest: int) -> IPv4Network:
    """A prefix that misses the address by its last bit."""
    lengths = [length for length in (16, 18, 20, 22, 23, 24, 26) if length >= shortest]
    return beside(around(target, chance.pick(lengths)))


def _by_length(chance: Chance, target: IPv4Address) -> list[Draft]:
    """The longest prefix has the worst preference or the highest metric."""
    short, long = chance.pick(((14, 16), (16, 20), (16, 24), (15, 22), (18, 24), (16, 18)))
    rows = [
        Draft(around(target, long), learned=bool(chance.below(2)), metric=chance.pick((0, 100))),
        Draft(around(target, short)),
    ]
    extra = chance.below(3)
    if extra == 0:
        return [*rows, Draft(_wide(target), blackhole=True)]
    return [*rows, Draft(_miss(chance, target, long), learned=extra == 1)]


def _by_preference(chance: Chance, target: IPv4Address) -> list[Draft]:
    """One prefix, typed in and learned; the metric would decide otherwise."""
    length = chance.pick((16, 20, 24))
    prefix = around(target, length)
    twins = [
        Draft(prefix, metric=chance.pick((0, 10, 50))),
        Draft(prefix, True, chance.pick((0, 5))),
    ]
    more = Draft(_miss(chance, target, length + 2), learned=bool(chance.below(2)))
    return [*twins, more] if chance.below(2) else [*twins, Draft(_wide(target), blackhole=True)]


def _by_metric(chance: Chance, target: IPv4Address) -> list[Draft]:
    """One prefix twice from one source; a shorter one has the better preference."""
    length, learned = chance.pick((18, 20, 24)), bool(chance.below(3))
    low, high = chance.pick(((1, 2), (10, 20), (5, 100), (9, 10)))
    twins = [Draft(around(target, length), learned, metric) for metric in (low, high)]
    return [*twins, Draft(around(target, 16))]


def _by_default(chance: Chance, target: IPv4Address) -> list[Draft]:
    """Every longer prefix misses."""
    first, second = _miss(chance, target, 22), _miss(chance, target, 16)
    rows = [Draft(first, learned=True)]
    return rows if first == second else [*rows, Draft(second)]


def _by_blackhole(chance: Chance, target: IPv4Address) -> list[Draft]:
    """The tunnel's prefix misses, and the block around it is a blackhole."""
    return [*_by_default(chance, target), Draft(_wide(target), blackhole=True)]


CONTESTS: dict[str, Callable[[Chance, IPv4Address], list[Draft]]] = {
    "length": _by_length,
    "length again": _by_length,
    "preference": _by_preference,
    "metric": _by_metric,
    "default": _by_default,
    "blackhole": _by_blackhole,
    "nothing": _by_default,
}


def shown(case: Case) -> Table:
    """The table as a reader sees it."""
    rows = tuple(
        (str(row.prefix), via(row), row.origin, str(row.preference), str(row.metric))
        for row in case.table.routes
    )
    columns = ("prefix", "via", "source", "preference", "metric")
    return Table(f"The routes of the {case.home.gateway}", columns, rows)


def via(row: Route) -> str:
    """Where a route leads, in a table's words."""
    return "blackhole" if row.blackhole else row.via


def reason(candidate: Candidate) -> str:
    """What the engine says of one route, as a sentence."""
    row = candidate.route
    if not candidate.matched:
        return f"{candidate.reason}."
    return f"`{row.prefix}` via {via(row)}: {candidate.reason}."


def story(found: RouteLookup) -> str:
    """The whole lookup in the engine's words, best route first."""
    rows = " ".join(map(reason, found.candidates))
    return rows if found.winner is not None else f"{rows} No route is left."
