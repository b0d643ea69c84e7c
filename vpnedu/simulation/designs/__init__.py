"""The high-availability designs of the book, by name. To add one: a `Design` in `DESIGNS`."""

from difflib import get_close_matches

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.designs.plan import Circuit, CloudGateway, Design, Device, Instance

__all__ = ["DESIGNS", "Circuit", "CloudGateway", "Design", "Device", "Instance", "design"]

_ONE = (Device("device 1", "provider 1"),)
_TWO = (*_ONE, Device("device 2", "provider 2"))
_CIRCUIT = Circuit("circuit", "router 1", "location 1")


def _pair(mode: str, *zones: str) -> CloudGateway:
    first, second = zones or ("", "")
    both = (Instance("instance 1", first), Instance("instance 2", second))
    if mode == "active/standby":
        return CloudGateway("gateway", "active/standby", both)
    return CloudGateway("gateway", "active/active", both)


_ALL = (
    Design(
        "active-standby",
        "Active/standby: one instance serves, the other waits",
        "The standby takes over by itself, and every second of the wait has an owner.",
        _ONE,
        (_pair("active/standby"),),
        bgp=False,
    ),
    Design(
        "active-active",
        "Active/active: both instances serve, one device",
        "A crash costs only the flows of one tunnel, and only until each side has noticed.",
        _ONE,
        (_pair("active/active"),),
        ports=(40000, 40002),
    ),
    Design(
        "two-devices",
        "Active/standby gateway, two devices at the site",
        "A second device guards the site's side; the gateway's own gap stays.",
        _TWO,
        (_pair("active/standby"),),
        ports=(40005, 40000, 40002),
    ),
    Design(
        "dual-redundancy",
        "Dual redundancy: two devices, two active instances, four tunnels",
        "No single machine is needed any more; what remains are the things that all share.",
        _TWO,
        (_pair("active/active"),),
        ports=(40036, 40009, 40017, 40008),
    ),
    Design(
        "expressroute",
        "A private circuit alone",
        "A circuit is resilient inside, but one cable duct and one location are still one.",
        circuits=(_CIRCUIT,),
    ),
    Design(
        "expressroute-failover",
        "A private circuit, with a VPN as the way out",
        "The VPN waits unused; whether it works is known only when it is needed.",
        _ONE,
        (_pair("active/standby"),),
        (_CIRCUIT,),
    ),
    Design(
        "zonal",
        "A zonal gateway: both instances in one zone",
        "Two instances in one zone share its fate.",
        _ONE,
        (_pair("active/active", "zone 1", "zone 1"),),
        ports=(40000, 40002),
    ),
    Design(
        "zone-redundant",
        "A zone-redundant gateway: the instances in two zones",
        "A lost zone takes one instance with it; the other goes on.",
        _ONE,
        (_pair("active/active", "zone 1", "zone 2"),),
        ports=(40000, 40002),
    ),
    Design(
        "two-regions",
        "Two regions, the second one preferred less",
        "Only a second region outlives the first; a longer AS path keeps it in reserve.",
        _ONE,
        (
            CloudGateway(
                "gateway 1",
                "active/standby",
                (Instance("instance 1"), Instance("instance 2")),
                "region 1",
                "network 1",
            ),
            CloudGateway(
                "gateway 2",
                "active/standby",
                (Instance("instance 3"), Instance("instance 4")),
                "region 2",
                "network 2",
                prepend=2,
            ),
        ),
    ),
)
DESIGNS: dict[str, Design] = {made.name: made for made in _ALL}


def design(name: str) -> Design:
    """The design called `name`; an error offers the nearest names."""
    if name in DESIGNS:
        return DESIGNS[name]
    near = get_close_matches(name, DESIGNS, n=3, cutoff=0.3) or list(DESIGNS)[:3]
    raise InputError("design", f"there is no {quoted(name)}; nearest: {', '.join(near)}")
