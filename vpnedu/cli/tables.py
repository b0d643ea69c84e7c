"""The reader's own tables: `default`, `policies`, `packets`, `routes` and `destinations`."""

from dataclasses import dataclass, field
from typing import Any

from vpnedu.cli.fields import Table, inside, items, scalar, scalars, table, text
from vpnedu.network.addresses import InputError, IPAddress, parse_address, parse_port
from vpnedu.network.packets import Packet, parse_protocol
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import RouteLookup, RouteTable, route
from vpnedu.network.selectors import selector

KEYS = ("default", "policies", "packets", "routes", "destinations")
SELECTOR = ("local", "remote", "protocol", "local_ports", "remote_ports")
POLICY = (*SELECTOR, "action", "tunnel")
PORTS = ("source_port", "destination_port")
PACKET = ("source", "destination", "protocol", *PORTS)
ROUTE = ("prefix", "via", "preference", "metric", "blackhole")


@dataclass(frozen=True)
class Routes:
    """A route table, and for each of its routes the place of its entry in the file (from 0)."""

    table: RouteTable = field(default=RouteTable())
    places: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def lookup(self, address: IPAddress) -> RouteLookup:
        """The routes that hold `address`, best first, with reasons."""
        return self.table.lookup(address)

    def explain(self, address: IPAddress) -> RouteLookup:
        """Every route, those that hold `address` first, with reasons."""
        return self.table.explain(address)


@dataclass(frozen=True)
class Tables:
    """What is asked: packets of a policy table, destinations of a route table, in input order."""

    policies: PolicyTable = field(default=PolicyTable())
    packets: tuple[Packet, ...] = ()
    routes: Routes = field(default=Routes())
    destinations: tuple[IPAddress, ...] = ()


def read_tables(data: object) -> Tables:
    """The tables in a file's `data`. An InputError names entry and field, counted from 0."""
    if isinstance(data, list):
        rule = "a list stands where a table (an object) belongs; if `ip -json route show` "
        raise InputError("", f"{rule}printed it, write --routes before the file's name")
    top = table(data, KEYS)
    default = scalar(top.get("default", "discard"), "default")
    policies = PolicyTable(_entries(top, "policies", _policy), default)
    routes = RouteTable(_entries(top, "routes", _route))
    return Tables(
        policies,
        _entries(top, "packets", _packet),
        Routes(routes, tuple(range(len(routes)))),
        tuple(
            parse_address(scalar(value, place), place)
            for index, value in enumerate(items(top, "destinations"))
            for place in [f"destinations[{index}]"]
        ),
    )


def _entries(top: Table, key: str, read: Any) -> tuple[Any, ...]:
    found = []
    for index, entry in enumerate(items(top, key)):
        with inside(f"{key}[{index}]"):
            found.append(read(entry))
    return tuple(found)


def _policy(entry: object) -> Policy:
    """One policy. `action` may be left out where `tunnel` says that it is protect."""
    given = table(entry, POLICY, required=("local", "remote"))
    chosen = selector(**{key: scalars(given[key], key) for key in SELECTOR if key in given})
    tunnel = text(given["tunnel"], "tunnel") if "tunnel" in given else None
    if "action" not in given and tunnel is None:
        raise InputError("action", "missing; it is protect (with a tunnel), bypass or discard")
    return Policy(chosen, scalar(given.get("action", "protect"), "action"), tunnel)


def _packet(entry: object) -> Packet:
    """One packet. A port that is left out is one that the gateway can't see."""
    given = table(entry, PACKET, required=("source", "destination"))
    values = {key: scalar(value, key) for key, value in given.items()}
    protocol = parse_protocol(values.get("protocol", "tcp"))
    if protocol is None:
        raise InputError("protocol", "a packet has one protocol; any is for policies")
    source, target = (parse_port(values[key], key) if key in values else None for key in PORTS)
    return Packet(
        parse_address(values["source"], "source"),
        parse_address(values["destination"], "destination"),
        protocol,
        source,
        target,
    )


def _route(entry: object) -> Any:
    given = table(entry, ROUTE, required=("prefix",))
    values = {key: scalar(value, key) for key, value in given.items()}
    blackhole = values.pop("blackhole", False)
    if not isinstance(blackhole, bool):
        raise InputError("blackhole", f"{blackhole!r} is neither true nor false")
    if "via" in values:
        text(values["via"], "via")
    if blackhole:
        # It sends packets nowhere, whatever interface its line names (Null0, for instance).
        values.pop("via", None)
    return route(**values, blackhole=blackhole)
