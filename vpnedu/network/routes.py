"""The route table: longest prefix, then preference, then metric, then a flow-sticky choice."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address

from vpnedu.network.addresses import InputError, IPAddress, IPNetwork, parse_prefix
from vpnedu.network.flows import Flow, share

# Lower is preferred. The scale is the widely used one of administrative distances, on which
# Cisco's defaults are: connected 0, static 1, eBGP 20.
CONNECTED, STATIC, LEARNED = 0, 1, 20


@dataclass(frozen=True)
class Route:
    """One row of a route table: packets for `prefix` go `via` an interface, tunnel or next hop.

    A `blackhole` route ends the lookup and drops the packet. `preference` compares sources of
    routes, `metric` compares routes of one source; lower wins in both. `order` breaks what ties
    are left, where a system keeps the older route instead of sharing; `weight` is a route's
    part when equal routes share the flows.
    """

    prefix: IPNetwork
    via: str
    preference: int = STATIC
    metric: int = 0
    blackhole: bool = False
    origin: str = "static"
    order: int = 0
    weight: int = 1

    def __post_init__(self) -> None:
        if self.weight < 1:
            raise InputError("weight", f"{self.weight} is no share; use 1 or more")

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Sort key: the best route comes first, equal ranks share the traffic."""
        return -self.prefix.prefixlen, self.preference, self.metric, self.order

    def __str__(self) -> str:
        return f"{self.prefix} {'blackhole' if self.blackhole else f'via {self.via}'}"


def route(
    prefix: object,
    via: str = "",
    *,
    preference: int = STATIC,
    metric: int = 0,
    blackhole: bool = False,
    origin: str = "static",
) -> Route:
    """A route from text: `route("10.2.0.0/16", "tunnel east")`."""
    if not via and not blackhole:
        raise InputError("via", "a route needs somewhere to send packets, or blackhole = true")
    for name, value in (("preference", preference), ("metric", metric)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise InputError(name, f"{value!r} is not a whole number of 0 or more")
    return Route(parse_prefix(prefix), via, preference, metric, blackhole, origin)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One route in one lookup, and why it won or lost. `index` is its place in the table."""

    index: int
    route: Route
    matched: bool
    reason: str


@dataclass(frozen=True, slots=True)
class RouteLookup:
    """The answer to one lookup: the candidates, best first.

    `winner` is the table index of the chosen route, None if no route holds the address;
    `equal_cost` are the indexes of all routes that share first place (one where there is no tie).
    """

    address: IPAddress
    candidates: tuple[Candidate, ...]
    winner: int | None
    equal_cost: tuple[int, ...]


def _ahead(best: Route, second: Route) -> str:
    """Why `best` comes before another route for the same prefix."""
    if best.preference != second.preference:
        return f"preference {best.preference} comes before {second.preference}"
    if best.metric != second.metric:
        return f"metric {best.metric} is lower than {second.metric}"
    return "it is the older route"


# For one prefix: its routes' indexes, best first, and how many of them share first place.
Entry = tuple[tuple[int, ...], int]
# The prefixes of one length: the bits to drop from an address, and {leading bits: entry}.
Level = tuple[int, dict[int, Entry]]
# The addresses at which the answer changes, and the answer from there on: a route, none, or an
# entry whose routes share the traffic.
Pieces = tuple[Sequence[int], list[Route | Entry | None]]


@dataclass(frozen=True)
class RouteTable:
    """Routes of both families.

    `lookup` costs one probe for each prefix length in use, however many routes there are.
    `winner` costs one binary search, which never takes more comparisons than an address has bits.
    """

    routes: tuple[Route, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.routes)

    @cached_property
    def _index(self) -> dict[int, list[Level]]:
        """IP version -> its levels, longest prefix first."""
        grouped: dict[int, dict[int, dict[int, list[int]]]] = {4: {}, 6: {}}
        for index, row in enumerate(self.routes):
            drop = row.prefix.max_prefixlen - row.prefix.prefixlen
            key = int(row.prefix.network_address) >> drop
            tables = grouped[row.prefix.version]
            tables.setdefault(drop, {}).setdefault(key, []).append(index)
        return {
            version: [
                (drop, {key: self._entry(rows) for key, rows in tables[drop].items()})
                for drop in sorted(tables)
            ]
            for version, tables in grouped.items()
        }

    def _entry(self, rows: list[int]) -> Entry:
        best_first = sorted(rows, key=lambda index: self.routes[index].rank)
        best = self.routes[best_first[0]].rank
        return tuple(best_first), sum(self.routes[index].rank == best for index in best_first)

    @cached_property
    def _pieces(self) -> dict[type, Pieces]:
        """Class of address -> its addresses cut wherever a prefix begins or ends."""
        pieces: dict[type, Pieces] = {}
        for version, levels in self._index.items():
            ends = (e for drop, at in levels for key in at for e in (key << drop, key + 1 << drop))
            starts = sorted({0, *ends})
            answers = [self._answer(next(self._holding(version, start), None)) for start in starts]
            # An array holds the numbers side by side, which the search likes; 64 bits are its most.
            if version == 4:
                pieces[IPv4Address] = array("Q", starts), answers
            else:
                pieces[IPv6Address] = starts, answers
        return pieces

    def _holding(self, version: int, number: int) -> Iterator[Entry]:
        """The entries of the prefixes that hold the address `number`, longest prefix first."""
        for drop, table in self._index[version]:
            entry = table.get(number >> drop)
            if entry is not None:
                yield entry

    def _answer(self, entry: Entry | None) -> Route | Entry | None:
        return self.routes[entry[0][0]] if entry and entry[1] == 1 else entry

    def winner(self, address: IPAddress, flow: Flow | None = None) -> Route | None:
        """The route that packets to `address` take, or None. No reasons: it is quick."""
        starts, answers = self._pieces[type(address)]
        answer = answers[bisect_right(starts, int(address)) - 1]
        if isinstance(answer, tuple):
            return self.routes[self._shared(answer, address, flow)]
        return answer

    def _shared(self, entry: Entry, address: IPAddress, flow: Flow | None) -> int:
        """Which of the equal routes carries this flow (see `vpnedu.network.flows`)."""
        rows, equal = entry
        weights = [self.routes[index].weight for index in rows[:equal]]
        return rows[share(flow or Flow.to(address), weights)]

    def lookup(self, address: IPAddress, flow: Flow | None = None) -> RouteLookup:
        """Every route that holds `address`, best first, each with the reason it won or lost."""
        entries = list(self._holding(address.version, int(address)))
        if not entries:
            return RouteLookup(address, (), None, ())
        rows, equal = entries[0]
        chosen = rows[0] if equal == 1 else self._shared(entries[0], address, flow)
        ordered = [chosen, *(i for entry in entries for i in entry[0] if i != chosen)]
        second = self.routes[rows[equal]] if len(rows) > equal else None
        candidates = tuple(
            Candidate(i, self.routes[i], True, self._reason(i, chosen, equal, second))
            for i in ordered
        )
        return RouteLookup(address, candidates, chosen, tuple(sorted(rows[:equal])))

    def _reason(self, index: int, chosen: int, equal: int, second: Route | None) -> str:
        row, best = self.routes[index], self.routes[chosen]
        if index == chosen:
            if equal > 1:
                return f"one of {equal} equal routes; the flow's hash chose it"
            ahead = f", and {_ahead(best, second)}" if second else ""
            return f"the longest prefix that holds the address{ahead}"
        if row.prefix != best.prefix:
            length, longer = row.prefix.prefixlen, best.prefix.prefixlen
            return f"holds it too, but /{length} is shorter than /{longer}"
        if row.preference != best.preference:
            return f"same prefix, but preference {row.preference} comes after {best.preference}"
        if row.metric != best.metric:
            return f"same prefix, but metric {row.metric} is higher than {best.metric}"
        if row.order != best.order:
            return "same prefix and metric, but installed later; the older route is kept"
        return "equal, but the flow's hash chose the other"

    def explain(self, address: IPAddress, flow: Flow | None = None) -> RouteLookup:
        """Like `lookup`, followed by the routes that do not hold `address`, in table order."""
        found = self.lookup(address, flow)
        holding = {candidate.index for candidate in found.candidates}
        others = tuple(
            Candidate(index, row, False, f"{row.prefix} does not hold {address}")
            for index, row in enumerate(self.routes)
            if index not in holding
        )
        return RouteLookup(address, found.candidates + others, found.winner, found.equal_cost)
