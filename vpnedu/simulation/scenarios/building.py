"""How scenarios are built: small makers of networks and gateways, and what a scenario is."""

from dataclasses import dataclass, field, replace

from vpnedu.network.addresses import parse_address, parse_prefix
from vpnedu.network.gateways import Gateway
from vpnedu.network.packets import Packet, packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import CONNECTED, Route, RouteTable, route
from vpnedu.network.selectors import selector
from vpnedu.network.topology import INTERNET, Host, Network, NetworkKind, Side, Topology
from vpnedu.simulation.events import Changed
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Trace

# Written down once: one policy as (local, remote, tunnel).
PolicyLine = tuple[object, object, str]


@dataclass(frozen=True)
class Preset:
    """One packet worth sending through a scenario, with a label for a menu.

    `topology` and `changes` stand in for the scenario's where this packet meets another state of
    affairs; `origin` names the true sender of a packet with a forged source; where it is
    `answered`, the run goes on with the answer.
    """

    label: str
    packet: Packet
    topology: Topology | None = None
    changes: tuple[Changed, ...] | None = None
    origin: str | None = None
    answered: bool = False


@dataclass(frozen=True)
class Scenario:
    """A topology worth looking at, and the packets that show why.

    `name` is what the command line knows it by; `lesson` says what it teaches.
    """

    name: str
    title: str
    lesson: str
    topology: Topology
    presets: tuple[Preset, ...]
    changes: tuple[Changed, ...] = field(default=())

    def run(self, preset: Preset | int = 0) -> Trace:
        """The trace of one of the presets, by itself or by its place."""
        chosen = self.presets[preset] if isinstance(preset, int) else preset
        topology, changes = self.state_at(chosen)
        origin = topology.find_host(chosen.origin, "origin") if chosen.origin else None
        return send(
            topology,
            chosen.packet,
            origin=origin,
            title=self.title,
            changes=changes,
            answered=chosen.answered,
        )

    def state_at(self, preset: Preset | None) -> tuple[Topology, tuple[Changed, ...]]:
        """The state of affairs that `preset` meets, and the changes that led to it."""
        if preset is None:
            return self.topology, self.changes
        changes = self.changes if preset.changes is None else preset.changes
        return preset.topology or self.topology, changes

    def send(
        self,
        source: str,
        destination: str,
        protocol: object = "tcp",
        port: object = None,
        *,
        source_port: object = None,
        length: int = 100,
        dont_fragment: bool = True,
        answered: bool = False,
        sender: str | None = None,
        preset: int | None = None,
    ) -> Trace:
        """The trace of any packet. `source` and `destination` are hosts' names or addresses.

        `sender` is the host that sends it where the source is forged, and then the source may be
        any address. Where it is `answered`, the run goes on with the answer. It meets the state
        of affairs that `preset` meets, where that is given. InputError names the argument.
        """
        topology, changes = self.state_at(None if preset is None else self.presets[preset])
        addresses = {host.name.lower(): str(host.address) for host in topology.hosts}

        def address_of(end: str) -> str:
            return addresses.get(end.strip().lower(), end)

        origin = topology.find_host(sender or source, "sender" if sender else "source")
        sent = packet(
            address_of(source) if sender else origin.address,
            address_of(destination),
            protocol,
            port,
            source_port=source_port,
            length=length,
            dont_fragment=dont_fragment,
        )
        return send(
            topology, sent, origin=origin, title=self.title, changes=changes, answered=answered
        )


def network(
    name: str,
    prefixes: str,
    place: tuple[Side, float],
    kind: NetworkKind = "site",
    **hosts: str,
) -> Network:
    """A network with its prefixes ("10.1.0.0/16 10.4.0.0/16") and hosts (`Ana="10.1.0.4"`)."""
    return Network(
        name,
        kind,
        tuple(parse_prefix(text) for text in prefixes.split()),
        tuple(Host(host, parse_address(address)) for host, address in hosts.items()),
        place,
    )


def connected(inside: Network) -> tuple[Route, ...]:
    """The routes a gateway has by standing in a network."""
    return tuple(
        Route(prefix, inside.name, CONNECTED, origin="connected") for prefix in inside.prefixes
    )


def policy_gateway(name: str, address: str, inside: Network, policies: list[PolicyLine]) -> Gateway:
    """A policy-based gateway; what no policy holds is discarded."""
    table = PolicyTable(
        tuple(
            Policy(selector(local, remote), "protect", tunnel) for local, remote, tunnel in policies
        )
    )
    routes = RouteTable((*connected(inside), _default(inside)))
    return Gateway(name, parse_address(address), inside.name, "policy-based", table, routes)


def route_gateway(
    name: str, address: str, inside: Network, routes: list[Route | tuple[str, str]]
) -> Gateway:
    """A route-based gateway: connected routes, the given ones, and a default to the internet."""
    given = [r if isinstance(r, Route) else route(*r) for r in routes]
    has_default = any(r.prefix.prefixlen == 0 for r in given)
    last = [] if has_default else [_default(inside)]
    table = RouteTable((*connected(inside), *given, *last))
    return Gateway(name, parse_address(address), inside.name, "route-based", routes=table)


def _default(inside: Network) -> Route:
    return route("::/0" if inside.prefixes[0].version == 6 else "0.0.0.0/0", INTERNET)


def grown(topology: Topology, name: str, prefix: str, **hosts: str) -> Topology:
    """The topology after network `name` added a subnet; its own gateway is connected to it."""
    old = topology.network(name)
    added = network(name, prefix, old.place, old.kind, **hosts)
    new = replace(old, prefixes=old.prefixes + added.prefixes, hosts=old.hosts + added.hosts)
    networks = tuple(new if n.name == name else n for n in topology.networks)
    gateway = topology.gateway_of(old)
    assert gateway is not None, f"{name} has no gateway"
    routes = RouteTable((*connected(added), *gateway.routes.routes))
    return replace(topology, networks=networks).with_gateway(replace(gateway, routes=routes))


def with_route(topology: Topology, gateway: str, row: Route) -> Topology:
    """The topology after somebody added `row` to the routes of the gateway called `gateway`."""
    old = topology.gateway(gateway)
    return topology.with_gateway(replace(old, routes=RouteTable((*old.routes.routes, row))))


def subnet_added(name: str, before: Topology, after: Topology) -> Changed:
    """The change that `grown` made, as the first event of a trace."""
    old, new = before.network(name), after.network(name)
    added = ", ".join(str(p) for p in new.prefixes if p not in old.prefixes)
    was = ", ".join(map(str, old.prefixes))
    now = ", ".join(map(str, new.prefixes))
    return Changed(0.0, name, "prefixes", was, now, f"{name} adds the subnet {added}")


def route_announced(prefix: str, before: Topology, after: Topology) -> Changed:
    """The news of `prefix`: which gateways have learned a route to it since `before`."""

    def knows(topology: Topology) -> list[str]:
        return [
            gateway.name
            for gateway in topology.gateways
            if any(r.origin == "learned" and str(r.prefix) == prefix for r in gateway.routes.routes)
        ]

    owner = next(n for n in after.networks if parse_prefix(prefix) in n.prefixes)
    announcer = after.gateway_of(owner)
    assert announcer is not None, f"{owner.name} has no gateway"
    had, has = knows(before), knows(after)
    new = ", ".join(name for name in has if name not in had)
    reason = f"{announcer.name} announces {prefix}; a route to it is learned by {new}"
    return Changed(0.0, announcer.name, "announced", ", ".join(had), ", ".join(has), reason)
