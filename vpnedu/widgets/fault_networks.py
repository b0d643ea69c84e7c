"""Sound networks drawn by chance: two to four sites, one of them with a tunnel to each other.

Two of the sites are looked at: `near`, whose gateway dials, and `far`. One of them has two people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.gateways import Gateway, Kind, Tunnel
from vpnedu.network.topology import Host, Network, NetworkKind, Side, Topology
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.scenarios.building import policy_gateway, route_gateway

# Short, so that a name and an address stand side by side on a phone, and none that sounds like a
# word of the trade.
TOWNS = (
    "Porto", "Turku", "Ghent", "Cork", "Graz", "Lyon", "Bergen", "Delft", "Brno", "Split", "Izmir",
    "Quito", "Lima", "Osaka", "Perth", "Dakar", "Accra", "Tunis", "Riga", "Vilnius", "Poznan",
    "Genoa", "Malmo", "Hanoi", "Davao", "Cusco", "Tampa", "Boise", "Leeds", "Mainz",
)  # fmt: skip
CLOUDS = ("shop", "data", "web", "mail", "test")
PEOPLE = (
    "Ana", "Ben", "Eva", "Ida", "Jon", "Kim", "Leo", "Mia", "Pia", "Raj", "Sam", "Uwe", "Zoe",
    "Bao", "Gus", "Max", "Per", "Tom", "Ugo", "Ann", "Joe", "Liv", "Mei", "Ada", "Ivo", "Jan",
    "Kai", "Lin", "Lou", "Nia", "Ola", "Pam", "Ray", "Roy", "Sue", "Ted", "Una", "Val", "Wes",
)  # fmt: skip
MACHINES = ("web", "app", "api", "sql", "git", "dns")
LONGEST = 13  # characters of an address that has room beside a name
OUTSIDE = ("192.0.2.", "198.51.100.", "203.0.113.")  # RFC 5737: nobody's
PORTS = (22, 443, 445, 1433, 3389, 5432, 8443)
PATHS = (1500, 1500, 1492, 1480, 1450)
KINDS: tuple[Kind, Kind] = ("policy-based", "route-based")


@dataclass(frozen=True)
class Site:
    """One site with its gateway and its people."""

    name: str
    kind: NetworkKind
    prefix: IPv4Network
    people: tuple[Host, ...]
    gateway: str
    address: str
    base: Kind


@dataclass(frozen=True)
class Plan:
    """A network as it was planned; `hub` is the one of its sites that all tunnels lead to."""

    near: Site
    far: Site
    others: tuple[Site, ...]
    hub: str
    nat_t: bool
    mtu: int
    port: int

    @property
    def tunnel(self) -> str:
        """The name of the tunnel between `near` and `far`."""
        return _line_to(self.far if self.near.name == self.hub else self.near)

    def opposite(self, site: Site) -> Site:
        """The other one of the two that are looked at."""
        return self.near if site.name == self.far.name else self.far

    def changed(self, site: Site) -> "Plan":
        """The plan with `site` in place of the one of its name."""
        if site.name == self.near.name:
            return replace(self, near=site)
        return replace(self, far=site)

    def topology(self) -> Topology:
        """The network, in which nothing is broken."""
        pair = (self.near, self.far)
        hub = next(site for site in pair if site.name == self.hub)
        spokes = [site for site in (*pair, *self.others) if site is not hub]
        lines = {site.name: _line_to(site) for site in spokes}
        places = _places(len(spokes))
        networks = tuple(map(_network, (hub, *spokes), places))
        ways = {hub.name: [(str(site.prefix), lines[site.name]) for site in spokes]}
        ways |= {site.name: [(str(hub.prefix), lines[site.name])] for site in spokes}
        gateways = map(_gateway, (hub, *spokes), networks, ways.values())
        tunnels = (
            self._line(name, hub, site) for site, name in zip(spokes, lines.values(), strict=True)
        )
        return Topology(networks, tuple(gateways), tuple(tunnels), mtu=self.mtu)

    def _line(self, name: str, hub: Site, spoke: Site) -> Tunnel:
        if name != self.tunnel:
            return Tunnel(name, (hub.gateway, spoke.gateway))
        ends = self.near.gateway, self.far.gateway
        return Tunnel(name, ends, nat_t=self.nat_t)


def _line_to(site: Site) -> str:
    return f"tunnel to {site.gateway.removesuffix(' gateway')}"


def _places(spokes: int) -> list[tuple[Side, float]]:
    """Where the hub stands, and then its spokes."""
    if spokes == 1:
        return [("left", 0.0), ("right", 0.0)]
    return [("right", (spokes - 1) / 2), *(("left", float(row)) for row in range(spokes))]


def _network(site: Site, place: tuple[Side, float]) -> Network:
    return Network(site.name, site.kind, (site.prefix,), site.people, place)


def _gateway(site: Site, inside: Network, ways: list[tuple[str, str]]) -> Gateway:
    if site.base == "route-based":
        return route_gateway(site.gateway, site.address, inside, [*ways])
    policies = [(str(site.prefix), prefix, tunnel) for prefix, tunnel in ways]
    return policy_gateway(site.gateway, site.address, inside, [*policies])


def drawn(chance: Chance) -> Plan:
    """A network of two to four sites."""
    count = 2 + chance.pick((0, 0, 1, 1, 2))
    towns, people = iter(chance.shuffled(TOWNS)), iter(chance.shuffled(PEOPLE))
    cloud = chance.pick(CLOUDS) if chance.below(3) == 0 else ""
    prefixes = apart(chance, count)
    many = chance.below(2)
    sites = []
    for at, prefix in enumerate(prefixes):
        in_cloud = bool(cloud) and at == 1
        name, first = (f"{cloud}-vnet", cloud) if in_cloud else 2 * (next(towns),)
        names = iter(chance.shuffled(MACHINES)) if in_cloud else people
        crowd = [next(names) for _ in range(2 if at == many else 1)]
        kind: NetworkKind = "virtual network" if in_cloud else "site"
        hosts = settled(chance, prefix, crowd)
        outside = f"{OUTSIDE[at % 3]}{1 + at + 8 * chance.below(30)}"
        base = chance.pick(KINDS)
        sites.append(Site(name, kind, prefix, hosts, f"{first} gateway", outside, base))
    near, far = chance.shuffled(sites[:2])
    hub = chance.pick((near, far))
    return Plan(
        near,
        far,
        tuple(sites[2:]),
        hub.name,
        nat_t=chance.below(3) == 0,
        mtu=chance.pick(PATHS),
        port=chance.pick(PORTS),
    )


def apart(chance: Chance, count: int) -> list[IPv4Network]:
    """Private prefixes, none of which overlaps another."""
    found: list[IPv4Network] = []
    while len(found) < count:
        prefix = _prefix(chance)
        if not any(prefix.overlaps(other) for other in found):
            found.append(prefix)
    return found


def _prefix(chance: Chance) -> IPv4Network:
    second, third = chance.below(256), chance.below(100)
    texts = (
        f"10.{second}.0.0/16",
        f"10.{second}.{third // 50 * 64}.0/18",
        f"10.{second}.{third}.0/24",
        f"172.{16 + second % 16}.{third // 16 * 16}.0/20",
        f"192.168.{third % 10}.0/24",
    )
    return IPv4Network(chance.pick(texts))


def settled(
    chance: Chance, prefix: IPv4Network, names: Iterable[str], taken: Iterable[Host] = ()
) -> tuple[Host, ...]:
    """People in a site: of two, one in each half of its prefix. Nobody gets an address twice."""
    halves = chance.shuffled([*prefix.subnets()])
    used = {host.address for host in taken}
    found: list[Host] = []
    for name, half in zip(names, halves, strict=False):
        address = _address(chance, half)
        while address in used or len(str(address)) > LONGEST:
            address = _address(chance, half)
        found.append(Host(name, address))
    return tuple(found)


def _address(chance: Chance, half: IPv4Network) -> IPv4Address:
    return half.network_address + 4 + chance.below(half.num_addresses - 8)
