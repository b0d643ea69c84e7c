"""A plan of a scenario: its gateways, tunnels, policies and routes, as they stand in the engine."""

from dataclasses import replace
from ipaddress import IPv4Address

from vpnedu.configuring.ordering import in_order
from vpnedu.configuring.plans import (
    AZURE_AS,
    Child,
    Connection,
    Plan,
    Session,
    Side,
    Way,
    placeholder,
    slug,
    timers,
)
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.routes import Route
from vpnedu.network.topology import INTERNET, Topology
from vpnedu.simulation.scenarios import Scenario

# Link-local addresses inside the tunnels, from the part that Azure keeps for BGP, and the first
# number for private use that no provider in this book has taken (RFC 6996).
FIRST_INSIDE = IPv4Address("169.254.21.1")
FIRST_AS = 65001


def plan_of(scenario: Scenario, preset: int | None = None) -> Plan:
    """The plan of a scenario; `preset` takes the state of affairs that packet meets."""
    chosen = scenario.presets[preset].topology if preset is not None else None
    topology = chosen or scenario.topology
    sides = tuple(_side(topology, gateway) for gateway in topology.gateways)
    backbone = topology.between != INTERNET
    return Plan(scenario.name, scenario.title, sides, tuple(_faults(topology)), backbone)


def _side(topology: Topology, gateway: Gateway) -> Side:
    inside = topology.network(gateway.inside)
    tunnels = [t for t in topology.tunnels if gateway.name in t.ends]
    connections = tuple(
        _connection(topology, gateway, tunnel, place) for place, tunnel in enumerate(tunnels)
    )
    by_tunnel = {c.tunnel: c for c in connections}
    learned = [r for r in gateway.routes.routes if r.origin == "learned"]
    return Side(
        gateway.name,
        gateway.kind,
        (gateway.address,),
        inside.name,
        inside.prefixes,
        connections,
        tuple(_ways(gateway, by_tunnel)),
        _own_as(topology, gateway.name),
        (_bgp_address(topology, gateway.name),),
        discards=gateway.kind == "policy-based" and gateway.policies.default == "discard",
        cloud=inside.kind == "virtual network",
        user=inside.kind == "user",
        multipath=len({r.prefix for r in learned}) < len(learned),
    )


def _ways(gateway: Gateway, by_tunnel: dict[str, Connection]) -> list[Way]:
    """The static routes; those by which a gateway stands in its network the machine has itself."""

    def way(row: Route) -> Way:
        return Way(row.prefix, by_tunnel.get(row.via), row.blackhole, row.metric)

    own = {r.prefix for r in gateway.routes.routes if r.origin == "connected"}
    rows = [r for r in gateway.routes.routes if r.origin == "static" and r.prefix not in own]
    return [way(r) for r in rows if r.blackhole or r.via in by_tunnel]


def _connection(topology: Topology, gateway: Gateway, tunnel: Tunnel, place: int) -> Connection:
    inside = topology.network(gateway.inside)
    peer = topology.gateway(tunnel.peer(gateway.name))
    made = Connection(
        tunnel.name,
        topology.tunnels.index(tunnel) + 1,
        peer.name,
        gateway.address,
        peer.address,
        _children(gateway, tunnel, inside.prefixes[0].version, place == 0),
        tunnel.suite,
        placeholder(tunnel.name),
        _in_cloud(topology, peer),
        tunnel.nat_t,
        topology.mtu,
    )
    if not tunnel.announces:
        return made
    return replace(made, session=_session(topology, tunnel, gateway, peer))


def _children(gateway: Gateway, tunnel: Tunnel, version: int, first: bool) -> tuple[Child, ...]:
    """A policy-based gateway has a child for each policy, a route-based one a single child."""
    if gateway.kind == "route-based":
        wanted = gateway.selectors(tunnel)
        own = tuple(s for s in wanted if s.version == version)
        return (Child(slug(tunnel.name), own or wanted),)
    children: list[Child] = []
    for place, (policy, priority) in enumerate(in_order(gateway.policies.policies), start=1):
        name = f"{slug(policy.tunnel or policy.action)}-{place}"
        # What needs no tunnel is written once.
        if policy.tunnel == tunnel.name or (policy.tunnel is None and first):
            children.append(Child(name, (policy.selector,), policy.action, priority))
    return tuple(children)


def _session(topology: Topology, tunnel: Tunnel, gateway: Gateway, peer: Gateway) -> Session:
    cloud = _in_cloud(topology, gateway) or _in_cloud(topology, peer)
    keeps = timers(cloud)
    addresses = {end: _bgp_address(topology, end) for end in tunnel.ends}
    if not cloud:
        # Where several interfaces had one address, FRR 8.4.4 ran BFD on the first of them only: so
        # where BFD runs every tunnel has addresses of its own. (Azure's objects know one a site.)
        first = len(topology.gateways) + 2 * topology.tunnels.index(tunnel)
        addresses = {end: FIRST_INSIDE + first + i for i, end in enumerate(tunnel.ends)}
    return Session(
        _own_as(topology, gateway.name),
        _own_as(topology, peer.name),
        addresses[gateway.name],
        addresses[peer.name],
        keeps.count("keepalive"),
        keeps.count("hold-time"),
        bfd=keeps.says("bfd-on-tunnels"),
    )


def _in_cloud(topology: Topology, gateway: Gateway) -> bool:
    return topology.network(gateway.inside).kind == "virtual network"


def _place(topology: Topology, name: str) -> int:
    return next(i for i, gateway in enumerate(topology.gateways) if gateway.name == name)


def _own_as(topology: Topology, name: str) -> int:
    """A number for each gateway: Azure's own for the first in a virtual network, else private."""
    clouds = [g.name for g in topology.gateways if _in_cloud(topology, g)]
    if name == next(iter(clouds), None):
        return AZURE_AS
    return FIRST_AS + _place(topology, name)


def _bgp_address(topology: Topology, name: str) -> IPv4Address:
    return FIRST_INSIDE + _place(topology, name)


def _faults(topology: Topology) -> list[str]:
    """What the scenario breaks on purpose, and no configuration of a gateway says."""
    told = [
        f"{tunnel.name}: keyed by hand in the scenario; here IKE negotiates the keys"
        for tunnel in topology.tunnels
        if not tunnel.negotiated
    ]
    for tunnel in topology.tunnels:
        told += [f"{tunnel.name}: {end} has a wrong key in the scenario" for end in tunnel.keys]
    for gateway in topology.gateways:
        if gateway.filters:
            told.append(f"{gateway.name}: a firewall stops {', '.join(gateway.filters)} there")
        if gateway.translates:
            told.append(f"{gateway.name}: source NAT before the policies is not written")
        own = {r.prefix for r in gateway.routes.routes if r.origin == "connected"}
        told += [
            f"{gateway.name}: a route to {row.prefix}, its own network, is not written"
            for row in gateway.routes.routes
            if row.origin == "static" and row.prefix in own
        ]
    if not topology.icmp:
        told.append("the path keeps ICMP errors back in the scenario; that is no gateway's setting")
    return told
