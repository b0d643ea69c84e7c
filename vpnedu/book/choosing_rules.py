"""The rules of the chooser, each read off a row of the provider facts with its source and date."""

from functools import cache

from vpnedu.book.choosing import POLICY, ROUTE, Chooser, Need, Reason, Rule, Sku
from vpnedu.book.choosing_facts import FactReader, cited
from vpnedu.book.facts import facts

USERS = "Users by IKEv2 or OpenVPN"
TUNNELS = "Site-to-site tunnels"


@cache
def chooser() -> Chooser:
    """The chooser that today's facts give."""
    skus = made_skus()
    return Chooser(needs(), skus, made_rules(skus))


def tunnel_limits() -> list[int]:
    """How many tunnels the SKUs take, each number once, the one tunnel of policy-based left out."""
    cells = {row[2] for row in facts("azure", "gateway SKUs").rows}
    return sorted(int(cell) for cell in cells if int(cell) > 1)


def first_users() -> int:
    """How many users the smallest SKU takes that takes any by IKEv2 or OpenVPN."""
    table = facts("azure", "gateway SKUs")
    place = table.columns.index(USERS)
    cells = (row[place] for row in table.rows)
    return min(cell for cell in cells if isinstance(cell, int))


def needs() -> tuple[Need, ...]:
    """All that can be ticked, in the order of the page."""
    joined, size, added, device = "To be joined", "How many", "Besides", "At the far end"
    return (
        Need("networks", "Another virtual network", joined),
        Need("users", "Users who dial in", joined),
        Need("sites", "More than one site", joined),
        Need("express", "ExpressRoute beside the VPN", joined),
        Need("transit", "Sites or networks that reach each other through the gateway", joined),
        *(Need(f"over-{n}", f"More than {n} tunnels", size) for n in tunnel_limits()),
        Need("many", f"More than {first_users()} users at once", size),
        Need("bgp", "Routes learned by BGP", added),
        Need("both", "Both instances at work: active-active", added),
        Need("zones", "Instances in different zones", added),
        Need("policy", "A custom IPsec policy", added),
        Need("certificate", "Sites that sign in by certificate", added),
        Need("ikev1", "A device that speaks IKEv1 only", device),
        Need(
            "pairs", "A device that takes only its own pairs, and waits for Azure to begin", device
        ),
    )


def made_skus() -> tuple[Sku, ...]:
    """The SKUs from small to large; policy-based last, as only what is left over is for it."""
    table = facts("azure", "gateway SKUs")
    remark = next(note for note in table.notes if note.startswith("Basic "))
    made = []
    for head, *_ in table.rows:
        name, _, kind = str(head).partition(", ")
        if name == "Basic":
            made.append(Sku(name, kind, remark))
        else:
            made.append(Sku(str(head), ROUTE, ""))
    return tuple(sorted(made, key=lambda sku: sku.kind == POLICY))


def made_rules(skus: tuple[Sku, ...]) -> tuple[Rule, ...]:
    """All rules, those of one need first."""
    read = FactReader(skus)
    types, more = read.types, read.more
    return (
        Rule(("networks",), (*read.typed(types, "Network to network"),)),
        Rule(("users",), _users(read)),
        Rule(("sites",), (*read.typed(types, "Multisite"),)),
        Rule(("express",), (*read.typed(types, "Beside an ExpressRoute gateway"),)),
        Rule(("transit",), _transit(read)),
        *(Rule((f"over-{n}",), (*read.limited(TUNNELS, n),), _way(n)) for n in tunnel_limits()),
        Rule(("many",), (*read.limited(USERS, first_users()),)),
        Rule(("bgp",), (*read.typed(types, "BGP"),)),
        Rule(("both",), (*read.typed(types, "Active-active"),)),
        Rule(("zones",), (read.celled("Zone-redundant", "no", "Zone-redundant: no"),)),
        Rule(("policy",), (*read.typed(more, "Custom IPsec policy"),)),
        Rule(("certificate",), _certificate(read)),
        Rule(("ikev1",), _first_version(read)),
        Rule(("pairs",), _pairs(read)),
        Rule(("ikev1", "pairs"), _old_device(read), NEWER_DEVICE),
        Rule(("pairs", "transit"), _no_way_through(read), ANY_TO_ANY),
    )


NEWER_DEVICE = (
    "Replace the old device by one that speaks IKEv2, or by one that takes any-to-any. Alone at "
    "its gateway, without further needs, it could stay: that is what policy-based is left for."
)
ANY_TO_ANY = (
    "Let the devices take any-to-any, or join the sites by a tunnel of their own, past the gateway."
)


def _way(tunnels: int) -> str:
    if tunnels < tunnel_limits()[-1]:
        return ""
    cell = facts("choosing", "further needs")["More tunnels than any SKU takes", "Route-based"]
    return f"More than {tunnels} tunnels: {cell}."


def _users(read: FactReader) -> tuple[Reason, ...]:
    """Policy-based takes none, and Basic takes them by a protocol that can't be begun any more."""
    limits = facts("azure", "limits")
    ended = f"Users by SSTP: {limits['Users by SSTP', 'Limit']}"
    basic = read.places(lambda sku: sku.kind == ROUTE and read.cell(sku, USERS) == "none")
    return (
        *read.typed(read.types, "Point-to-site"),
        Reason(basic, f"{USERS}: none", cited(read.table, "Basic, route-based")),
        Reason(basic, ended, cited(limits, "Users by SSTP")),
    )


def _transit(read: FactReader) -> tuple[Reason, ...]:
    row = "Transit between connections"
    without = read.row(read.more, row, lambda sku: read.cell(sku, "BGP") == "no")
    return (without,)


def _certificate(read: FactReader) -> tuple[Reason, ...]:
    row = "Site-to-site authentication"
    return (*read.typed(read.types, row, lambda cell: "certificate" in cell),)


def _first_version(read: FactReader) -> tuple[Reason, ...]:
    """Who doesn't speak version 1: the cell tells Basic from the others, with a semicolon."""
    on_basic = str(read.types["IKE", "Route-based"]).split("; ")[0]
    assert on_basic == "version 2 on Basic", f"the fact reads {on_basic!r}: read it anew here"
    out = read.places(lambda sku: sku.kind == ROUTE and sku.basic)
    return (Reason(out, f"IKE: {on_basic}", cited(read.types, "IKE")),)


def _pairs(read: FactReader) -> tuple[Reason, ...]:
    """A route-based gateway needs a custom policy to propose pairs."""
    row = "Pairs proposed to a device"
    return (read.row(read.more, row, lambda sku: sku.kind == ROUTE and sku.basic),)


def _old_device(read: FactReader) -> tuple[Reason, ...]:
    row = "Pairs proposed to a device"
    return (read.row(read.more, row, lambda sku: sku.kind == ROUTE),)


def _no_way_through(read: FactReader) -> tuple[Reason, ...]:
    row = "Transit to a site joined by pairs"
    return (read.row(read.more, row, lambda _: True),)
