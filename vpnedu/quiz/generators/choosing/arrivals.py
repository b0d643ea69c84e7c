"""Packets that come in, out of a tunnel or in the clear, and the gateway that checks them.

Addresses are IPv6, since a packet in the clear can only come to an address that the internet
routes to; those out of a tunnel are as often IPv4.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import ip_network

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import Packet, packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.selectors import selector
from vpnedu.network.topology import Network, Topology
from vpnedu.quiz.generators.choosing.sites import PEOPLE, PLACES
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios.building import network, policy_gateway, route_gateway
from vpnedu.simulation.trace import Trace

PORTS = (22, 25, 3389, 5432)
WEB = 443
STRANGER = "Mal"


@dataclass(frozen=True, slots=True)
class Place:
    """A site of either family: its prefix, its person, and its gateway's public address."""

    name: str
    prefix: str
    person: str
    address: str
    public: str

    @property
    def gateway(self) -> str:
        return f"{self.name.lower()} gateway"

    @property
    def tunnel(self) -> str:
        return f"tunnel {self.name.lower()}"

    def network(self, row: float, *, left: bool = False) -> Network:
        people = {self.person: self.address}
        return network(self.name, self.prefix, ("left" if left else "right", row), "site", **people)


@dataclass(frozen=True)
class Arrival:
    """A packet at the gateway of `home`: by `tunnel`, or in the clear where that is empty.

    `kind` is "policies", or "any" where the tunnel's selectors are any to any. `fits` is the
    place of the row for the tunnel. `behind` is the site at the tunnel's other end.
    """

    kind: str
    home: Place
    table: PolicyTable
    sent: Packet
    tunnel: str
    fits: int
    behind: Place
    run: Trace


def _places(chance: Chance, version: int) -> list[Place]:
    names, people = chance.shuffled(PLACES), chance.shuffled(PEOPLE)
    numbers = [1 + step for step in chance.shuffled(range(24))]
    made = []
    for place in range(4):
        prefix = (
            f"2001:db8:{numbers[place]:x}::/48" if version == 6 else f"10.{numbers[place]}.0.0/16"
        )
        address = ip_network(prefix)[1 + chance.below(9) + 256 * chance.below(200)]
        public = f"2001:db8:ff00::{place + 1}" if version == 6 else f"198.51.100.{place + 1}"
        made.append(Place(names[place], prefix, people[place], str(address), public))
    return made


def _row(home: Place, peer: Place, service: tuple[str, str] = ("any", "any")) -> Policy:
    rule = selector(home.prefix, peer.prefix, service[0], local_ports=service[1])
    return Policy(rule, "protect", peer.tunnel)


def _everything(peer: Place, home: Place) -> Policy:
    """The far end's row in a table that is too wide: whatever goes to `home`."""
    version = ip_network(peer.prefix).version
    return Policy(
        selector("::/0" if version == 6 else "0.0.0.0/0", home.prefix), "protect", peer.tunnel
    )


def drawn(chance: Chance) -> Arrival:
    """One of nine arrivals, of which four are let in."""
    return chance.pick(ARRIVALS)(chance)


def _table(chance: Chance, places: list[Place], limited: bool) -> PolicyTable:
    """Two rows that seal, one of them at times for one service, and one that lets in the web."""
    home, first, second, _ = places
    service = ("tcp", str(WEB)) if limited else ("any", "any")
    rows = [_row(home, first), _row(home, second, service)]
    rows = chance.shuffled(rows)
    if ip_network(home.prefix).version == 6:
        web = selector(home.prefix, "::/0", "tcp", local_ports=str(WEB))
        rows.append(Policy(web, "bypass"))
    return PolicyTable(tuple(rows))


def _by_tunnel(
    chance: Chance, *, who: int, through: int, limited: bool = False, any_to_any: bool = False
) -> Arrival:
    """A packet from the site `who` comes out of the tunnel to the site `through`."""
    places = _places(chance, chance.pick((4, 4, 6)))
    home, peer, sender = places[0], places[through], places[who]
    table = _table(chance, places, limited)
    sent = packet(sender.address, home.address, "tcp", chance.pick(PORTS))
    topology = _routed(places, peer) if any_to_any else _listed(places, table, peer)
    origin = topology.find_host(peer.person)
    run = send(topology, sent, origin=origin, title="The check on arrival")
    fits = next(i for i, row in enumerate(table.policies) if row.tunnel == peer.tunnel)
    kind = "any" if any_to_any else "policies"
    return Arrival(kind, home, table, sent, peer.tunnel, fits, peer, run)


def _listed(places: list[Place], table: PolicyTable, peer: Place) -> Topology:
    """Policy-based ends; nobody compared their lists, and the far one is too wide."""
    home = places[0]
    networks = [place.network(row - 1, left=not row) for row, place in enumerate(places[:3])]
    networks[0] = home.network(0.5, left=True)
    ours = replace(policy_gateway(home.gateway, home.public, networks[0], []), policies=table)
    theirs = (
        replace(
            policy_gateway(place.gateway, place.public, inside, []),
            policies=PolicyTable((_everything(place, home),)),
        )
        for place, inside in zip(places[1:3], networks[1:], strict=True)
    )
    tunnels = (
        Tunnel(place.tunnel, (home.gateway, place.gateway), negotiated=place != peer)
        for place in places[1:3]
    )
    return Topology(tuple(networks), (ours, *theirs), tuple(tunnels))


def _routed(places: list[Place], peer: Place) -> Topology:
    """Route-based ends, whose tunnels take any address to any address."""
    home, others = places[0], places[1:3]
    inside = home.network(0.5, left=True)
    ours = route_gateway(home.gateway, home.public, inside, [(p.prefix, p.tunnel) for p in others])
    networks = [place.network(row) for row, place in enumerate(others)]
    theirs = (
        route_gateway(place.gateway, place.public, there, [(home.prefix, place.tunnel)])
        for place, there in zip(others, networks, strict=True)
    )
    tunnels = (Tunnel(place.tunnel, (home.gateway, place.gateway)) for place in others)
    assert peer in others
    return Topology((inside, *networks), (ours, *theirs), tuple(tunnels))


def _in_the_clear(chance: Chance, *, who: int, port: int) -> Arrival:
    """A packet that no tunnel carried; `who` it claims to be from may be a lie."""
    places = _places(chance, 6)
    home, stranger = places[0], places[3]
    table = _table(chance, places, limited=False)
    source = places[who].address
    sent = packet(source, home.address, "tcp", port)
    topology = _listed(places, table, places[1])
    outside = network("Elsewhere", f"{stranger.address}/128", ("right", 2), "server",
                      **{STRANGER: stranger.address})  # fmt: skip
    topology = replace(topology, networks=(*topology.networks, outside))
    origin = topology.find_host(STRANGER)
    run = send(topology, sent, origin=origin, title="The check on arrival")
    return Arrival("policies", home, table, sent, "", 0, stranger, run)


ARRIVALS: tuple[Callable[[Chance], Arrival], ...] = (
    lambda chance: _by_tunnel(chance, who=1, through=1),
    lambda chance: _by_tunnel(chance, who=2, through=2),
    lambda chance: _by_tunnel(chance, who=2, through=1),
    lambda chance: _by_tunnel(chance, who=3, through=1),
    lambda chance: _by_tunnel(chance, who=2, through=2, limited=True),
    lambda chance: _by_tunnel(chance, who=chance.pick((2, 3)), through=1, any_to_any=True),
    lambda chance: _in_the_clear(chance, who=1, port=chance.pick((*PORTS, WEB))),
    lambda chance: _in_the_clear(chance, who=3, port=WEB),
    lambda chance: _in_the_clear(chance, who=3, port=chance.pick(PORTS)),
)
