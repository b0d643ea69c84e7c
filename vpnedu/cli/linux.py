"""Route tables as `ip -json route show` and `ip -6 -json route show` print them on Linux.

What Linux makes of such a table was seen by experiment on Linux 6.18 (iproute2 6.1). The lowest
metric wins among routes for one prefix, and of equal ones the first in the list, which is why
each such entry gets an `order` of its own; only the `nexthops` of one entry share their flows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from vpnedu.cli.fields import Table, inside, items, scalar, table, text
from vpnedu.cli.plain import clipped, nearest
from vpnedu.cli.tables import Routes
from vpnedu.network.addresses import (
    InputError,
    IPAddress,
    IPNetwork,
    parse_address,
    parse_prefix,
)
from vpnedu.network.routes import Candidate, Route, RouteLookup, RouteTable

DROPS = ("blackhole", "unreachable", "prohibit")
THROW = "throw"
TO_HERE = ("local", "broadcast", "anycast", "multicast")
TYPES = ("unicast", *TO_HERE, *DROPS, THROW)
MAIN = ("main", "254")  # 254 is how `ip -N` writes it
DEFAULT = {4: "0.0.0.0/0", 6: "::/0"}
IPV6_METRIC = 1024  # what IPv6 takes where none, or 0, was asked for
ROUTER_PREFERENCES = ("high", "medium", "low")  # RFC 4191, 2.1; only IPv6 routes have one


@dataclass(frozen=True)
class LinuxRoutes(Routes):
    """One Linux table. `preferences` are the routers' of RFC 4191, one for each route."""

    preferences: tuple[str, ...] = field(default=())

    def lookup(self, address: IPAddress) -> RouteLookup:
        return self._told(super().lookup(address))

    def explain(self, address: IPAddress) -> RouteLookup:
        return self._told(super().explain(address))

    def _told(self, found: RouteLookup) -> RouteLookup:
        """The lookup with the reasons that only Linux has."""
        if found.winner is None:
            return found
        rows = tuple(self._with_reason(row, found) for row in found.candidates)
        if rows[0].route.via == THROW:
            return replace(found, candidates=rows, winner=None, equal_cost=())
        return replace(found, candidates=rows)

    def _with_reason(self, row: Candidate, found: RouteLookup) -> Candidate:
        best = found.candidates[0].route
        if row.index == found.winner and row.route.via == THROW:
            why = "but it says throw: this table gives no answer, and Linux asks the next one"
            return replace(row, reason=f"{row.reason}, {why} (see `ip rule`)")
        ours, theirs = self.preferences[row.index], self.preferences[found.winner or 0]
        tied = row.matched and row.route.rank[:3] == best.rank[:3]
        if tied and ROUTER_PREFERENCES.index(ours) > ROUTER_PREFERENCES.index(theirs):
            why = f"same prefix and metric, but router preference {ours} comes after {theirs}"
            return replace(row, reason=f"{why} (RFC 4191)")
        return row


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the list that can be used: its place, its prefix, and what is in it."""

    place: int
    prefix: IPNetwork
    metric: int
    preference: str
    given: Table


def read_linux(data: list[object]) -> LinuxRoutes:
    """The main table in what `ip -json route show` printed; `notes` tell what was left out.

    An InputError names the entry by its place in the list, from 0.
    """
    given: dict[int, Table] = {}
    left_out = Counter[str]()
    for place, value in enumerate(data):
        with inside(f"[{place}]"):
            entry = table(value, None, required=("dst",))
            if why := _left_out(entry):
                left_out[why] += 1
            else:
                given[place] = entry
    fallback = next((v for one in given.values() if (v := _version(one))), 4)
    entries = [_entry(place, one, fallback) for place, one in given.items()]
    orders = _orders(entries)
    rows = [(one, row) for one in entries for row in _rows(one, orders[one.place])]
    return LinuxRoutes(
        RouteTable(tuple(row for _, row in rows)),
        tuple(one.place for one, _ in rows),
        tuple(f"left out: {_times(number)} {why}" for why, number in left_out.items()),
        tuple(one.preference for one, _ in rows),
    )


def _times(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _left_out(given: Table) -> str | None:
    """Why no ordinary packet takes this entry out of the main table; None if one may."""
    asked = str(scalar(given.get("table", "main"), "table"))
    if asked not in MAIN:
        return f"of table {clipped(asked, 40)}; only the table main is looked at"
    if "dead" in _flags(given):
        return "with a dead device"
    if given.get("tos", "0") not in ("0", "0x00", "default"):
        return "for packets with a TOS of their own"
    if given.get("from", "default") not in ("default", "all", "::/0"):
        return "for packets from certain sources"
    return None


def _flags(given: Table) -> list[object]:
    return items(given, "flags")


def _version(given: Table) -> int | None:
    """The IP version of an entry, as far as it shows; "default" alone does not."""
    if given["dst"] != "default":
        return None if not isinstance(given["dst"], str) else 6 if ":" in given["dst"] else 4
    if "pref" in given:
        return 6
    # `via` names a gateway of the other family; only IPv4 routes have such (RFC 8950).
    if "via" in given:
        return 4
    hops = given.get("nexthops")
    first = hops[0] if isinstance(hops, list) and hops and isinstance(hops[0], dict) else given
    shown = first.get("gateway", given.get("prefsrc"))
    return None if not isinstance(shown, str) else 6 if ":" in shown else 4


def _entry(place: int, given: Table, fallback: int) -> _Entry:
    with inside(f"[{place}]"):
        dst = text(given["dst"], "dst")
        version = _version(given) or fallback
        prefix = parse_prefix(DEFAULT[version] if dst == "default" else dst, "dst")
        metric = _number(given, "metric", 0)
        if prefix.version == 6 and metric == 0:
            metric = IPV6_METRIC
        preference = given.get("pref", "medium")
        known = preference in ROUTER_PREFERENCES
        return _Entry(place, prefix, metric, preference if known else "medium", given)


def _number(given: Table, key: str, least: int) -> int:
    value = scalar(given.get(key, least), key)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(key, f"{value!r} is not a whole number of {least} or more")
    return value


def _orders(entries: Iterable[_Entry]) -> dict[int, int]:
    """Each entry's place among those of its prefix and metric: preference first, then age."""
    same: dict[tuple[IPNetwork, int], list[_Entry]] = {}
    for one in entries:
        same.setdefault((one.prefix, one.metric), []).append(one)
    return {
        one.place: order
        for group in same.values()
        for order, one in enumerate(
            sorted(group, key=lambda one: ROUTER_PREFERENCES.index(one.preference))
        )
    }


def _rows(entry: _Entry, order: int) -> Iterator[Route]:
    """The routes of one entry: one, or one for each of its living next hops."""
    with inside(f"[{entry.place}]"):
        given = entry.given
        kind = text(given.get("type", "unicast"), "type")
        if kind not in TYPES:
            raise InputError("type", f"unknown: {kind!r}; nearest: {nearest(kind, TYPES)}")
        origin = text(given.get("protocol", "boot"), "protocol")
        made = Route(entry.prefix, "", metric=entry.metric, origin=origin, order=order)
        if kind in (*DROPS, THROW):
            yield replace(made, via=kind, blackhole=True)
        elif "nexthops" in given:
            yield from _shares(made, given)
        else:
            yield replace(made, via=" ".join([*_kind(kind), _via(given)]))


def _kind(kind: str) -> list[str]:
    """What stands before the device where the packet is for this machine, or for several."""
    return [kind] if kind in TO_HERE else []


def _shares(made: Route, given: Table) -> Iterator[Route]:
    for place, value in enumerate(items(given, "nexthops")):
        with inside(f"nexthops[{place}]"):
            hop = table(value, None)
            if "dead" not in _flags(hop):
                yield replace(made, via=_via(hop), weight=_number(hop, "weight", 1))


def _via(given: Table) -> str:
    """A next hop as `ip route` writes it: "192.0.2.1 dev eth0", or "dev eth0"."""
    parts = []
    if "gateway" in given:
        parts.append(str(parse_address(scalar(given["gateway"], "gateway"), "gateway")))
    elif "via" in given:
        with inside("via"):
            other = table(given["via"], None, required=("host",))
            parts.append(str(parse_address(scalar(other["host"], "host"), "host")))
    if "dev" in given:
        parts += ["dev", text(given["dev"], "dev")]
    if not parts:
        raise InputError("dev", "missing, and gateway too: the entry leads nowhere")
    return " ".join(parts)
