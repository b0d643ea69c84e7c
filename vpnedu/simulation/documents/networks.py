"""Reading a document of a network: its topology, and the packet to be sent."""

from collections import Counter
from dataclasses import replace
from ipaddress import ip_network
from typing import cast

from vpnedu.network.addresses import IPNetwork, parse_address, parse_prefix
from vpnedu.network.encapsulation import AES_GCM
from vpnedu.network.gateways import CARRIERS, Carrier, Gateway, Kind, Tunnel
from vpnedu.network.routes import Route, RouteTable
from vpnedu.network.selectors import Selector
from vpnedu.network.topology import (
    INTERNET,
    Host,
    Network,
    NetworkKind,
    Side,
    Topology,
    learned_routes,
)
from vpnedu.simulation.documents import limits, tables
from vpnedu.simulation.documents.parts import Part

KINDS = ("site", "virtual network", "user", "server")
GATEWAY_KINDS = ("policy-based", "route-based")
TOP = ("networks", "gateways", "tunnels")
ABOUT = ("between", "mtu", "icmp", "settled", "send")


class Names:
    """The names that things of a document have, each once; the paths tell whose came second."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, part: Part) -> str:
        """A new name."""
        name = part.name()
        if name.lower() in limits.RESERVED:
            part.wrong(f"{name!r} is a word of the engine's own")
        if name.lower() in self.taken:
            part.wrong(f"another thing is called {name!r} already")
        try:
            ip_network(name, strict=False)
        except ValueError:
            self.taken.add(name.lower())
            return name
        return part.wrong(f"{name!r} is an address, and no name")


def topology_of(found: dict[str, Part], whole: Part) -> Topology:
    """The topology in a document's members."""
    names = Names()
    networks = _networks(found["networks"], names)
    tunnels = _tunnels(found["tunnels"], found["gateways"], names)
    gateways = _gateways(found["gateways"], networks, tunnels, names)
    _check_families(found["tunnels"], tunnels, gateways)
    made = Topology(
        networks,
        gateways,
        tunnels,
        found["between"].name() if "between" in found else INTERNET,
        found["mtu"].whole(*limits.MTU) if "mtu" in found else 1500,
        found["icmp"].flag() if "icmp" in found else True,
    )
    settled = found["settled"].flag() if "settled" in found else True
    return resettled(made, whole) if settled else made


def resettled(topology: Topology, whole: Part | None = None) -> Topology:
    """The topology once every gateway has learned what its peers announce now.

    As `with_learned_routes`, but what is learned still keeps its row; what is new comes last.
    """
    for name, learned in learned_routes(topology).items():
        gateway = topology.gateway(name)
        missing = Counter(learned)
        rows: list[Route] = []
        for row in gateway.routes.routes:
            if row.origin != "learned" or missing[row] > 0:
                rows.append(row)
                missing[row] -= 1
        rows += (row for row in learned if missing.pop(row, 0) > 0)
        if whole and len(rows) > limits.ALL_ROUTES:
            rule = f"{name} would have {len(rows)} routes, with those it learns"
            whole.at("tunnels", None).wrong(f"{rule}; {limits.ALL_ROUTES} at most")
        topology = topology.with_gateway(replace(gateway, routes=RouteTable(tuple(rows))))
    return topology


def _networks(part: Part, names: Names) -> tuple[Network, ...]:
    networks: list[Network] = []
    addresses: set[object] = set()
    for item in part.items(limits.NETWORKS, "networks"):
        networks.append(_network(item, names, addresses))
        if sum(len(network.hosts) for network in networks) > limits.HOSTS:
            item.at("hosts", None).wrong(f"the networks have more than {limits.HOSTS} hosts in all")
    return tuple(networks)


def _network(item: Part, names: Names, addresses: set[object]) -> Network:
    found = item.table(("name", "kind", "prefixes", "hosts", "place"))
    name = names.take(found["name"])
    listed = found["prefixes"].items(limits.PREFIXES, "prefixes", least=1)
    hosts = []
    for host in found["hosts"].items(limits.HOSTS, "hosts"):
        members = host.table(("name", "address"))
        made = Host(names.take(members["name"]), members["address"].parsed(parse_address))
        if made.address in addresses:
            members["address"].wrong(f"{made.address} is another device's already")
        addresses.add(made.address)
        hosts.append(made)
    return Network(
        name,
        cast(NetworkKind, found["kind"].one_of(KINDS)),
        tuple(_prefixes(listed)),
        tuple(hosts),
        _place(found["place"]),
    )


def _prefixes(listed: tuple[Part, ...]) -> list[IPNetwork]:
    prefixes: list[IPNetwork] = []
    for part in listed:
        prefix = part.parsed(parse_prefix)
        if prefix in prefixes:
            part.wrong(f"{prefix} stands here already")
        prefixes.append(prefix)
    return prefixes


def _place(part: Part) -> tuple[Side, float]:
    items = part.items(2, "values, a side and a row", least=2)
    return cast(Side, items[0].one_of(("left", "right"))), items[1].number(0, limits.LOWEST)


def _tunnels(part: Part, gateways: Part, names: Names) -> tuple[Tunnel, ...]:
    """The tunnels; of the gateways only the names are read, so that tables can be checked then."""
    known = {
        item.value.get("name")
        for item in gateways.items(limits.GATEWAYS, "gateways")
        if isinstance(item.value, dict) and isinstance(item.value.get("name"), str)
    }
    return tuple(_tunnel(item, known, names) for item in part.items(limits.TUNNELS, "tunnels"))


def _tunnel(item: Part, known: set[object], names: Names) -> Tunnel:
    flags = {"nat_t": False, "up": True, "negotiated": True, "announces": False}
    found = item.table(("name", "ends"), ("suite", *flags, "offers", "keys"))
    name = names.take(found["name"])
    parts = found["ends"].items(2, "gateways", least=2)
    ends = tuple(part.text(limits.NAME) for part in parts)
    for part, end in zip(parts, ends, strict=True):
        if end not in known:
            part.wrong(f"there is no gateway {end!r}")
    if ends[0] == ends[1]:
        parts[1].wrong("a tunnel has two different ends")
    if "suite" in found:
        # The engine seals packets byte by byte, and it knows one suite to do so.
        found["suite"].one_of((AES_GCM.name,))
    keys = {end: key.text(limits.KEY) for end, key in _by_end(found, "keys", ends).items()}
    offers = {end: _offer(pairs) for end, pairs in _by_end(found, "offers", ends).items()}
    said = {key: found[key].flag() if key in found else usual for key, usual in flags.items()}
    return Tunnel(name, (ends[0], ends[1]), AES_GCM, **said, offers=offers, keys=keys)


def _by_end(found: dict[str, Part], key: str, ends: tuple[str, ...]) -> dict[str, Part]:
    members = found[key].members(2) if key in found else {}
    for end, part in members.items():
        if end not in ends:
            part.wrong(f"{end!r} is no end of this tunnel")
    return members


def _offer(part: Part) -> tuple[Selector, ...]:
    keys = (*tables.SIDES, *tables.ASPECTS)
    offered = []
    for pair in part.items(limits.OFFERS, "pairs", least=1):
        items = pair.items(len(keys), "values, [local, remote]", least=2)
        offered.append(tables.selector(dict(zip(keys, items, strict=False)), pair))
    return tuple(offered)


def _gateways(
    part: Part, networks: tuple[Network, ...], tunnels: tuple[Tunnel, ...], names: Names
) -> tuple[Gateway, ...]:
    served: dict[str, str] = {}
    by_name = {network.name: network for network in networks}
    made = []
    for item in part.items(limits.GATEWAYS, "gateways"):
        gateway = _gateway(item, by_name, served, tunnels, names)
        served[gateway.inside] = gateway.name
        made.append(gateway)
    return tuple(made)


def _gateway(
    item: Part,
    networks: dict[str, Network],
    served: dict[str, str],
    tunnels: tuple[Tunnel, ...],
    names: Names,
) -> Gateway:
    needed = ("name", "address", "inside", "kind")
    found = item.table(needed, ("policies", "otherwise", "routes", "filters", "translates"))
    name, inside = names.take(found["name"]), _inside(found["inside"], networks, served)
    own = frozenset(tunnel.name for tunnel in tunnels if name in tunnel.ends)
    absent = item.at("policies", [])
    return Gateway(
        name,
        found["address"].parsed(parse_address),
        inside,
        cast(Kind, found["kind"].one_of(GATEWAY_KINDS)),
        tables.policies(found.get("policies", absent), found.get("otherwise"), own),
        tables.routes(found.get("routes", absent), own | {inside, INTERNET}),
        _filters(found.get("filters", absent)),
        found["translates"].flag() if "translates" in found else False,
    )


def _inside(part: Part, networks: dict[str, Network], served: dict[str, str]) -> str:
    """The network that a gateway serves, which has no other."""
    inside = part.text(limits.NAME)
    if inside not in networks:
        part.wrong(f"there is no network {inside!r}")
    if networks[inside].kind == "server":
        part.wrong(f"{inside} is a public server, which has no gateway")
    if inside in served:
        part.wrong(f"{inside} has a gateway already: {served[inside]}")
    return inside


def _filters(part: Part) -> tuple[Carrier, ...]:
    items = part.items(len(CARRIERS), "carriers")
    named = tuple(cast(Carrier, item.one_of(CARRIERS)) for item in items)
    for place, item in enumerate(items):
        if named[place] in named[:place]:
            item.wrong(f"{named[place]} stands here already")
    return named


def _check_families(part: Part, tunnels: tuple[Tunnel, ...], gateways: tuple[Gateway, ...]) -> None:
    versions = {gateway.name: gateway.address.version for gateway in gateways}
    for place, tunnel in enumerate(tunnels):
        if len({versions[end] for end in tunnel.ends}) > 1:
            ends = part.at(place, None).at("ends", None)
            ends.wrong("the gateways' addresses are of different families")
