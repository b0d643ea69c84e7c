"""What has to be said about each gateway, in nobody's syntax: the writers turn it into text."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address
from re import sub

from vpnedu.network.addresses import IPAddress, IPNetwork
from vpnedu.network.encapsulation import Suite, largest_inner, tcp_mss
from vpnedu.network.gateways import ANY_TO_ANY, Kind
from vpnedu.network.policies import Action
from vpnedu.network.selectors import Selector
from vpnedu.simulation.profiles import Profile, profile

# Azure's advice for its tunnels, whatever the cipher: VPN Gateway FAQ, June 2026.
AZURE_MTU, AZURE_MSS = 1400, 1350
AZURE_AS = 65515


def slug(name: str) -> str:
    """A name as files, interfaces and resources may bear it: "Ida's client" is ida-s-client."""
    return sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def placeholder(name: str) -> str:
    """The name of the pre-shared key that is to be put in: "tunnel east" is PSK_TUNNEL_EAST."""
    return f"PSK_{slug(name).replace('-', '_').upper()}"


@dataclass(frozen=True, slots=True)
class Child:
    """One child SA, or a policy without one: `action` is protect, bypass or discard.

    `priority` is set where the order of the policies decides, and the daemon's own order by
    prefix length would decide otherwise.
    """

    name: str
    selectors: tuple[Selector, ...]
    action: Action = "protect"
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A BGP session through a tunnel; `prepend` is how often the peer's number is added."""

    own_as: int
    peer_as: int
    own_address: IPv4Address
    peer_address: IPv4Address
    keepalive: int
    hold: int
    bfd: bool
    prepend: int = 0


@dataclass(frozen=True, slots=True)
class Connection:
    """One tunnel as one of its ends sees it. `number` is the tunnel's place, from 1.

    `cloud`: the far end is a provider's gateway, with the timers and sizes that it fixes.
    """

    tunnel: str
    number: int
    peer: str
    own_address: IPAddress
    peer_address: IPAddress
    children: tuple[Child, ...]
    suite: Suite
    secret: str
    cloud: bool = False
    nat_t: bool = False
    path_mtu: int = 1500
    session: Session | None = None

    @property
    def interface(self) -> str:
        """The tunnel's interface on Linux."""
        return f"ipsec{self.number}"

    @property
    def mtu(self) -> int:
        """The largest packet that fits inside, in bytes."""
        if self.cloud:
            return AZURE_MTU
        version = self.own_address.version
        return largest_inner(self.path_mtu, self.suite, nat_t=self.nat_t, outer_version=version)

    def mss(self, version: int) -> int:
        """The largest TCP segment inside, in bytes."""
        return AZURE_MSS if self.cloud else tcp_mss(self.mtu, version)

    @property
    def any_to_any(self) -> bool:
        """Whether its selectors refuse nothing, so that routes have the last word."""
        return all(set(child.selectors) <= set(ANY_TO_ANY) for child in self.children)


@dataclass(frozen=True, slots=True)
class Way:
    """A static route: into a connection, past all tunnels (None), or into a black hole."""

    prefix: IPNetwork
    connection: Connection | None = None
    blackhole: bool = False
    metric: int = 0


@dataclass(frozen=True)
class Side:
    """One gateway with all that its configuration has to say.

    `addresses` are its public addresses, one for each instance that serves; `zones` are those of
    its instances. `cloud`: it stands in a virtual network; `user`: it is a person's device.
    """

    name: str
    kind: Kind
    addresses: tuple[IPAddress, ...]
    network: str
    prefixes: tuple[IPNetwork, ...]
    connections: tuple[Connection, ...]
    ways: tuple[Way, ...] = ()
    own_as: int = 0
    bgp_addresses: tuple[IPv4Address, ...] = ()
    discards: bool = False
    cloud: bool = False
    user: bool = False
    zones: tuple[str, ...] = ()
    multipath: bool = field(default=False)

    @property
    def slug(self) -> str:
        """Its name as files and resources bear it."""
        return slug(self.name)

    @property
    def version(self) -> int:
        """The IP version of the networks behind it."""
        return self.prefixes[0].version

    @property
    def active_active(self) -> bool:
        """Whether more than one of its instances serves."""
        return len(self.addresses) > 1

    @property
    def sessions(self) -> tuple[tuple[Connection, Session], ...]:
        """Its BGP sessions, each with the connection it runs in."""
        return tuple((c, c.session) for c in self.connections if c.session)

    def into(self, peer: str) -> tuple[IPNetwork, ...]:
        """The prefixes that static routes lead to the gateway called `peer`."""
        found = (way.prefix for way in self.ways if way.connection and way.connection.peer == peer)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Plan:
    """A scenario or a design as gateways to configure; `losses` is true for every target."""

    name: str
    title: str
    sides: tuple[Side, ...]
    losses: tuple[str, ...] = ()
    backbone: bool = False

    def side(self, name: str) -> Side:
        """The gateway called `name`."""
        return next(side for side in self.sides if side.name == name)


def timers(cloud: bool) -> Profile:
    """Whose timers a session or a tunnel keeps: Azure's where one end is Azure's, else Linux's."""
    return profile("azure" if cloud else "strongswan")
