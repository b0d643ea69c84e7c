"""Plans to begin with: one that is fine, and the mistakes that people make, one each."""

from dataclasses import dataclass

from vpnedu.network.planning import Entry

GATEWAY = "GatewaySubnet"


@dataclass(frozen=True)
class Example:
    """Rows of a plan, and the place of its kind of gateway in `planner.gateways()`."""

    entries: tuple[Entry, ...]
    gateway: int = 0


def _plan(*rows: tuple[str, str, str], gateway: int = 0) -> Example:
    return Example(tuple(Entry(*row) for row in rows), gateway)


# A firm that has set 10.1.0.0/20 aside for all it does.
_CLEAN = (
    ("space", "Cloud", "10.1.0.0/22"),
    ("subnet", "Applications", "10.1.0.0/24"),
    ("subnet", "Databases", "10.1.1.0/25"),
    ("subnet", GATEWAY, "10.1.1.128/27"),
    ("site", "Office", "10.1.4.0/22"),
    ("site", "Workshop", "10.1.8.0/22"),
    ("pool", "Laptops", "10.1.12.0/24"),
)


def _changed(*changes: tuple[int, tuple[str, str, str]], gateway: int = 0) -> Example:
    """The clean plan with the rows at some places changed."""
    rows = list(_CLEAN)
    for at, row in changes:
        rows[at] = row
    return _plan(*rows, gateway=gateway)


EXAMPLES = {
    "A first draft": _plan(
        ("space", "Cloud", "10.1.0.0/22"),
        ("subnet", "Applications", "10.1.0.0/24"),
        ("subnet", "Databases", "10.1.1.7/25"),
        ("subnet", "gateway-subnet", "10.1.0.192/28"),
        ("site", "Office", "10.1.2.0/23"),
        ("site", "Workshop", "10.1.8.0/22"),
        ("pool", "Laptops", "10.1.9.0/24"),
    ),
    "A clean plan": _plan(*_CLEAN),
    "Two offices with the same prefix": _changed(
        (4, ("site", "Office", "192.168.1.0/24")),
        (5, ("site", "Workshop", "192.168.1.0/24")),
    ),
    "A gateway subnet that is too small": _changed((3, ("subnet", GATEWAY, "10.1.1.128/28"))),
    "The same for a Basic gateway": _changed((3, ("subnet", GATEWAY, "10.1.1.128/28")), gateway=1),
    "A pool inside a site": _changed((6, ("pool", "Laptops", "10.1.7.0/24"))),
    "A site that holds everything private": _changed((4, ("site", "Office", "10.0.0.0/8"))),
    "Somebody else's addresses": _changed((5, ("site", "Workshop", "172.61.0.0/16"))),
    "Two virtual networks made alike": _changed((5, ("network", "Tests", "10.1.0.0/22"))),
}
