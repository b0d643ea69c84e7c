"""What Azure is told of a gateway, by command line and by Bicep alike: names, values, reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, summarize_address_range

from vpnedu.configuring.ciphers import AZURE_GROUP, AZURE_IKE, algorithms
from vpnedu.configuring.plans import Connection, Plan, Session, Side, slug
from vpnedu.network.addresses import InputError, IPNetwork
from vpnedu.network.selectors import Selector

SKU = "VpnGw1AZ"
SUBNET = "GatewaySubnet"
LIFETIME, KILOBYTES = 27000, 102400000
# The name of the object, what it is for, who says so. The command line and Bicep share them.
WHY = {
    "subnet": (
        "Exactly this name, and nothing else in it: Azure puts the gateway's two instances here.",
        "VPN Gateway FAQ, June 2026",
    ),
    "subnet size": (
        "A /27, the size that every SKU but Basic is to have.",
        "About VPN Gateway configuration settings",
    ),
    "standard": (
        "A gateway with an AZ SKU needs a Standard address, and a Standard one is static.",
        "Migrating a Basic public IP address, June 2025",
    ),
    "local": (
        "Azure's object for the far end: the address to dial, and what lies behind it.",
        "About VPN Gateway configuration settings",
    ),
    "prefixes": (
        "Static routes: what Azure sends into the tunnel. The scenario's routes, or its networks.",
        "VPN Gateway FAQ, June 2026",
    ),
    "type": (
        "Can't be changed later: another type means another gateway.",
        "VPN Gateway FAQ, June 2026",
    ),
    "sku": (
        "The smallest that is zone-redundant; those without AZ are closed to new gateways.",
        "About gateway SKUs, June 2026",
    ),
    "addresses": (
        "Two addresses make the gateway active/active, one makes it active/standby.",
        "About active-active mode VPN gateways, July 2024",
    ),
    "asn": (
        "Azure's own number; the site's has to be another. Naming it switches BGP on.",
        "VPN Gateway FAQ, June 2026",
    ),
    "inside": (
        "A link-local address for BGP, from the range that Azure allows. The site's router then "
        "has to open the session.",
        "VPN Gateway FAQ, June 2026",
    ),
    "key": (
        "The same text on both ends. It comes from outside, so that it stands in no file.",
        "RFC 7296, 2.15",
    ),
    "policy": (
        "Replaces Azure's own offers: both ends must name the same algorithms. Every field has to "
        "be given.",
        "VPN Gateway FAQ, June 2026",
    ),
    "lifetime": (
        "Azure's default for a child SA, in seconds. It needn't match the peer's.",
        "VPN Gateway FAQ, June 2026",
    ),
    "bytes": (
        "Its default in kilobytes; on a fast tunnel this is reached first.",
        "About VPN devices",
    ),
    "gcm": ("AES-GCM seals and proves in one, so both fields name it.", "VPN Gateway FAQ, 2026"),
    "pfs": ("A fresh exchange for each new child SA.", "RFC 7296, 1.3.1"),
    "selectors": (
        "Pairs of prefixes instead of any-to-any, for a policy-based peer. Needs the policy above.",
        "Connect to multiple policy-based VPN devices, September 2020",
    ),
    "pairs": (
        "Proposed only when Azure dials; as responder it takes what the peer proposes.",
        "VPN Gateway FAQ, June 2026",
    ),
    "bgp": (
        "Routes are learned through this tunnel. Keepalive 60 s and hold time 180 s are fixed.",
        "VPN Gateway FAQ, June 2026",
    ),
    "default": (
        "Forced tunnelling: what no other route holds goes to this site.",
        "About forced tunneling, September 2023",
    ),
    "zone": ("Both instances in the one zone.", "About zone-redundant gateways, 2018"),
    "zones": ("One zone may fail, and the address stays.", "About zone-redundant gateways, 2018"),
}


@dataclass(frozen=True)
class Link:
    """One connection object: all tunnels from a gateway to one peer.

    `peer` is the plan's side; `virtual` tells that it is another gateway written here.
    """

    side: Side
    peer: Side
    connections: tuple[Connection, ...]
    virtual: bool

    @property
    def name(self) -> str:
        """The connection's name."""
        return slug(f"{self.side.name} to {self.peer.name}")

    @property
    def first(self) -> Connection:
        """The first tunnel; the others differ by their addresses only."""
        return self.connections[0]

    @property
    def session(self) -> Session | None:
        """The BGP session, if routes are learned."""
        return self.first.session

    @property
    def prefixes(self) -> tuple[IPNetwork, ...]:
        """What is routed to the peer: the scenario's static routes, else the peer's networks."""
        if self.session:
            return ()
        routed = tuple(p for p in self.side.into(self.peer.name) if p.prefixlen > 0)
        return routed or self.peer.prefixes

    @property
    def pairs(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """The local and remote prefixes of each selector; none where they are any-to-any."""
        if self.first.any_to_any:
            return ()
        wanted = [s for c in self.first.children if c.action == "protect" for s in c.selectors]
        return tuple((_prefixes(s, "local"), _prefixes(s, "remote")) for s in wanted)

    @property
    def policy(self) -> dict[str, str | int]:
        """The IPsec and IKE policy, by Azure's names for its fields."""
        names = algorithms(self.first.suite).azure
        if names is None:
            rule = f"has {self.first.suite.name}, which Azure doesn't offer"
            raise InputError(self.first.tunnel, rule)
        encryption, integrity = names
        ike, hash_, group = AZURE_IKE
        return {
            "saLifeTimeSeconds": LIFETIME,
            "saDataSizeKilobytes": KILOBYTES,
            "ipsecEncryption": encryption,
            "ipsecIntegrity": integrity,
            "ikeEncryption": ike,
            "ikeIntegrity": hash_,
            "dhGroup": group,
            "pfsGroup": AZURE_GROUP,
        }


def links(plan: Plan, side: Side, sides: tuple[Side, ...]) -> tuple[Link, ...]:
    """The connections of `side`, one for each peer that isn't a person's device."""
    written = {one.name for one in sides}
    peers = dict.fromkeys(c.peer for c in side.connections)
    return tuple(
        Link(side, plan.side(peer), _to(side, peer), peer in written)
        for peer in peers
        if not plan.side(peer).user
    )


def default_site(side: Side) -> str | None:
    """The peer that a default route leads to."""
    into = (w.connection.peer for w in side.ways if w.connection and w.prefix.prefixlen == 0)
    return next(into, None)


def gateway_subnet(side: Side) -> IPNetwork:
    """The last /27 of the virtual network's first prefix."""
    first = side.prefixes[0]
    if isinstance(first, IPv6Network) or first.prefixlen > 26:
        raise InputError(side.name, f"{first} has no room for an IPv4 gateway subnet of /27")
    return IPv4Network((int(first.broadcast_address) - 31, 27))


def workload_subnet(side: Side) -> IPNetwork:
    """The first half of the prefix: where the machines stand."""
    first = side.prefixes[0]
    return first if isinstance(first, IPv6Network) else next(first.subnets())


def zones(side: Side) -> tuple[str, ...]:
    """The zones of the public addresses: all three, or the one that both instances stand in."""
    named = {zone.removeprefix("zone ") for zone in side.zones}
    return tuple(named) if len(named) == 1 else (("1", "2", "3") if named else ())


def losses(plan: Plan, sides: tuple[Side, ...]) -> list[str]:
    """What Azure can't be told, or does otherwise than the scenario."""
    return [loss for side in sides for loss in _losses(plan, side, sides)]


def _losses(plan: Plan, side: Side, sides: tuple[Side, ...]) -> Iterator[str]:
    name, given = side.name, ", ".join(map(str, side.addresses))
    yield f"{name}: {given} is the book's; Azure gives other addresses, for the peers to be told"
    if side.kind == "policy-based":
        yield (
            f"{name}: is route-based here, with pairs of prefixes. Azure's own policy-based "
            "gateway has one tunnel, IKEv1 and the Basic SKU (June 2026)"
        )
        yield f"{name}: the order of its policies is not Azure's to keep, nor what they discard"
    if any(way.blackhole for way in side.ways):
        yield f"{name}: a blackhole is a route table of the subnets there, with next hop None"
    for link in links(plan, side, sides):
        selectors = [s for child in link.first.children for s in child.selectors]
        if any(_narrow(selector) for selector in selectors) and link.pairs:
            yield f"{link.first.tunnel}: Azure's selectors have no protocols and ports"
        if any(c.session and c.session.prepend for c in link.connections):
            yield f"{link.first.tunnel}: Azure's gateway can't prepend; the site's router does it"
    if len(set(side.zones)) == 1:
        yield f"{name}: a zonal gateway is not offered to new gateways by itself (November 2025)"


def _to(side: Side, peer: str) -> tuple[Connection, ...]:
    return tuple(c for c in side.connections if c.peer == peer)


def _prefixes(selector: Selector, side: str) -> tuple[str, ...]:
    ranges = selector.local if side == "local" else selector.remote
    return tuple(str(p) for r in ranges for p in summarize_address_range(r.first, r.last))


def _narrow(selector: Selector) -> bool:
    return selector != Selector(selector.local, selector.remote)
