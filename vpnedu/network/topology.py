"""The topology: networks, their gateways, the tunnels between them, and what lies between."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import Literal

from vpnedu.network.addresses import InputError, IPAddress, IPNetwork
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.routes import LEARNED, Route, RouteTable

NetworkKind = Literal["site", "virtual network", "user", "server"]
Side = Literal["left", "right"]

INTERNET = "internet"

# Addresses that the public internet has no routes for: RFC 1918, RFC 6598, RFC 3927, RFC 4193.
PRIVATE = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "fc00::/7",
    )
)


def _as_written(text: str) -> str:
    """An address in its shortest form, any other text as it is."""
    try:
        return str(ip_address(text))
    except ValueError:
        return text


def is_private(address: IPAddress) -> bool:
    """Whether the public internet has no route to `address` by design."""
    return any(address in prefix for prefix in PRIVATE if prefix.version == address.version)


@dataclass(frozen=True, slots=True)
class Host:
    """A device with an address inside a network."""

    name: str
    address: IPAddress


@dataclass(frozen=True)
class Network:
    """A site, a virtual network, a travelling user's device, or a public server.

    `place` is where it stands in a picture: the side, and the row from the top (0, 1, …; halves
    are allowed). A server has public addresses and no gateway.
    """

    name: str
    kind: NetworkKind
    prefixes: tuple[IPNetwork, ...]
    hosts: tuple[Host, ...]
    place: tuple[Side, float]

    def holds(self, address: IPAddress) -> bool:
        """Whether `address` belongs to this network."""
        return any(address in p for p in self.prefixes if p.version == address.version)

    def host(self, address: IPAddress) -> Host | None:
        """The device with `address`, or None."""
        return next((h for h in self.hosts if h.address == address), None)


@dataclass(frozen=True)
class Topology:
    """Networks with their gateways and tunnels, around the internet (or a provider's backbone).

    `mtu` is the largest packet, in bytes, that the path between gateways carries. `icmp` False: a
    firewall keeps the ICMP messages that tell a sender to send less from getting back to it.
    """

    networks: tuple[Network, ...]
    gateways: tuple[Gateway, ...]
    tunnels: tuple[Tunnel, ...]
    between: str = INTERNET
    mtu: int = 1500
    icmp: bool = True

    @cached_property
    def _by_name(self) -> dict[str, Gateway]:
        return {gateway.name: gateway for gateway in self.gateways}

    def __post_init__(self) -> None:
        networks = {n.name for n in self.networks}
        names = [INTERNET, *(n.name for n in self.networks), *(h.name for h in self.hosts)]
        names += [*(g.name for g in self.gateways), *(t.name for t in self.tunnels)]
        if len(names) != len(set(names)):
            raise InputError("topology", "two things have one name")
        if len(self.hosts) != len({host.address for host in self.hosts}):
            raise InputError("topology", "two devices have one address")
        for gateway in self.gateways:
            if gateway.inside not in networks:
                raise InputError(gateway.name, f"serves unknown network {gateway.inside!r}")
            self._check_references(gateway)
        for tunnel in self.tunnels:
            for end in tunnel.ends:
                if end not in self._by_name:
                    raise InputError(tunnel.name, f"ends at unknown gateway {end!r}")
            if len({self.gateway(end).address.version for end in tunnel.ends}) > 1:
                raise InputError(tunnel.name, "its ends have addresses of different families")

    def _check_references(self, gateway: Gateway) -> None:
        tunnels = {t.name for t in self.tunnels if gateway.name in t.ends}
        for policy in gateway.policies.policies:
            if policy.tunnel is not None and policy.tunnel not in tunnels:
                raise InputError(gateway.name, f"has no tunnel {policy.tunnel!r}")
        for row in gateway.routes.routes:
            if not row.blackhole and row.via not in tunnels | {gateway.inside, INTERNET}:
                raise InputError(gateway.name, f"has no interface {row.via!r}")

    def gateway(self, name: str) -> Gateway:
        """The gateway called `name`."""
        return self._by_name[name]

    def tunnel(self, name: str) -> Tunnel:
        """The tunnel called `name`."""
        return next(t for t in self.tunnels if t.name == name)

    def gateway_of(self, network: Network) -> Gateway | None:
        """The gateway that serves `network`; None for a public server."""
        return next((g for g in self.gateways if g.inside == network.name), None)

    def network(self, name: str) -> Network:
        """The network called `name`."""
        return next(n for n in self.networks if n.name == name)

    @property
    def hosts(self) -> tuple[Host, ...]:
        """All devices, in the order of their networks."""
        return tuple(host for network in self.networks for host in network.hosts)

    def home_of(self, host: Host) -> Network:
        """The network that `host` stands in."""
        return next(n for n in self.networks if host in n.hosts)

    def find_host(self, text: str, field_name: str = "source") -> Host:
        """The device with this name or address; an error offers the nearest names."""
        known = {h.name.lower(): h for h in self.hosts} | {str(h.address): h for h in self.hosts}
        wanted = text.strip().lower()
        if host := known.get(wanted) or known.get(_as_written(wanted)):
            return host
        near = get_close_matches(wanted, known, n=3, cutoff=0.3) or list(known)[:3]
        offered = ", ".join(dict.fromkeys(f"{known[n].name} ({known[n].address})" for n in near))
        raise InputError(field_name, f"nobody here is {text!r}; nearest: {offered}")

    def public_next(self, address: IPAddress) -> Gateway | Network | None:
        """Where the internet takes a packet for `address`: a gateway, a server, or nowhere."""
        if is_private(address):
            return None
        for gateway in self.gateways:
            if gateway.address == address:
                return gateway
        for network in self.networks:
            if network.holds(address):
                return self.gateway_of(network) or network
        return None

    def with_gateway(self, changed: Gateway) -> "Topology":
        """The same topology with one gateway replaced by its namesake."""
        gateways = tuple(changed if g.name == changed.name else g for g in self.gateways)
        return replace(self, gateways=gateways)


def learned_routes(topology: Topology) -> dict[str, tuple[Route, ...]]:
    """For each gateway, the routes it learns over tunnels that announce (`announces=True`).

    Every gateway announces its own network's prefixes, and passes on what it learned; the
    shortest path wins, and equal paths are all kept (RFC 4271, 9.1.2.2, cut down to its first
    rule). This is the settled state: sessions and timers are not part of it.
    """
    learned: dict[str, list[Route]] = {gateway.name: [] for gateway in topology.gateways}
    for origin in topology.gateways:
        hops = _hops_from(origin.name, topology)
        for tunnel in (t for t in topology.tunnels if t.announces and t.up):
            for near, far in (tunnel.ends, tunnel.ends[::-1]):
                if near in hops and hops.get(far) == hops[near] + 1:
                    learned[far] += [
                        Route(prefix, tunnel.name, LEARNED, hops[far], origin="learned")
                        for prefix in topology.network(origin.inside).prefixes
                    ]
    return {name: tuple(rows) for name, rows in learned.items()}


def _hops_from(origin: str, topology: Topology) -> dict[str, int]:
    """The number of announcing tunnels from `origin` to each gateway that hears of it."""
    hops, edge = {origin: 0}, [origin]
    while edge:
        here = edge.pop(0)
        for tunnel in topology.tunnels:
            if tunnel.announces and tunnel.up and here in tunnel.ends:
                peer = tunnel.peer(here)
                if peer not in hops:
                    hops[peer] = hops[here] + 1
                    edge.append(peer)
    return hops


def with_learned_routes(topology: Topology) -> Topology:
    """The topology once every gateway has learned what its peers announce now.

    What a gateway had learned before and nobody announces any more is gone from its table.
    """
    for name, rows in learned_routes(topology).items():
        gateway = topology.gateway(name)
        kept = tuple(row for row in gateway.routes.routes if row.origin != "learned")
        table = RouteTable(kept + rows)
        topology = topology.with_gateway(replace(gateway, routes=table))
    return topology
