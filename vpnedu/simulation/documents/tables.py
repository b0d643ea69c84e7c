"""Reading the tables of a gateway: its policies and its routes."""

from typing import cast

from vpnedu.network.addresses import AddressRange, InputError, parse_ports, parse_prefix
from vpnedu.network.addresses import parse_ranges as engine_ranges
from vpnedu.network.packets import parse_protocol
from vpnedu.network.policies import ACTIONS, Action, Policy, PolicyTable
from vpnedu.network.routes import STATIC, Route, RouteTable
from vpnedu.network.selectors import Ports, Selector
from vpnedu.simulation.documents import limits
from vpnedu.simulation.documents.parts import Part, told_of

ORIGINS = ("static", "connected", "learned")
SIDES = ("local", "remote")
ASPECTS = ("protocol", "local_ports", "remote_ports")
DEFAULTS = ("discard", "bypass")


def policies(part: Part, otherwise: Part | None, tunnels: frozenset[str]) -> PolicyTable:
    """The policy table in the list `part`; a policy protects in one of `tunnels`."""
    rows = part.items(limits.POLICIES, "policies")
    read = tuple(_policy(row, tunnels) for row in rows)
    for side in SIDES:
        count = sum(len(getattr(policy.selector, side)) for policy in read)
        if count > limits.ALL_RANGES:
            part.wrong(f"have {count} {side} address ranges; {limits.ALL_RANGES} at most")
    default = otherwise.one_of(DEFAULTS) if otherwise else "discard"
    return PolicyTable(read, "bypass" if default == "bypass" else "discard")


def _policy(row: Part, tunnels: frozenset[str]) -> Policy:
    found = row.table((*SIDES, "action"), (*ASPECTS, "tunnel"))
    action = cast(Action, found["action"].one_of(ACTIONS))
    tunnel = None
    if "tunnel" in found and found["tunnel"].value is not None:
        tunnel = found["tunnel"].text(limits.NAME)
        if action == "protect" and tunnel not in tunnels:
            found["tunnel"].wrong(f"the gateway has no tunnel {tunnel!r}")
    with told_of(found, row):
        return Policy(selector(found, row), action, tunnel)


def selector(found: dict[str, Part], whole: Part) -> Selector:
    """The selector in the members `local`, `remote`, `protocol`, `local_ports`, `remote_ports`."""
    protocol = found["protocol"].parsed(parse_protocol) if "protocol" in found else None
    with told_of(found, whole):
        return Selector(
            found["local"].parsed(_ranges),
            found["remote"].parsed(_ranges),
            protocol,
            _ports(found.get("local_ports")),
            _ports(found.get("remote_ports")),
        )


def _listed(text: str, field: str, what: str) -> list[str]:
    texts = [one.strip() for one in text.split(",")]
    if len(texts) > limits.RANGES:
        raise InputError(field, f"has {len(texts)} {what}; {limits.RANGES} at most")
    return texts


def _ranges(text: str, field: str) -> tuple[AddressRange, ...]:
    return engine_ranges(_listed(text, field, "address ranges"), field)


def _ports(part: Part | None) -> Ports:
    def read(text: str, field: str) -> Ports:
        return parse_ports(_listed(text, field, "port ranges"), field)

    return parse_ports("any") if part is None else part.parsed(read)


def routes(part: Part, interfaces: frozenset[str]) -> RouteTable:
    """The route table in the list `part`; a route leads to one of `interfaces`, or nowhere."""
    rows = part.items(limits.ALL_ROUTES, "routes")
    read = tuple(_route(row, interfaces) for row in rows)
    if (own := sum(row.origin != "learned" for row in read)) > limits.ROUTES:
        part.wrong(f"has {own} routes beside what is learned; {limits.ROUTES} at most")
    return RouteTable(read)


def _route(row: Part, interfaces: frozenset[str]) -> Route:
    optional = ("via", "preference", "metric", "origin", "blackhole", "order", "weight")
    found = row.table(("prefix",), optional)
    blackhole = found["blackhole"].flag() if "blackhole" in found else False
    via = found["via"].text(limits.NAME, least=0) if "via" in found else ""
    if blackhole and via:
        found["via"].wrong(f"a blackhole route leads nowhere; remove {via!r}")
    if not blackhole and not via:
        row.at("via", None).wrong("a route needs somewhere to send packets, or blackhole")
    if not blackhole and via not in interfaces:
        known = ", ".join(sorted(interfaces))
        found["via"].wrong(f"the gateway has no interface {via!r}; it has {known}")

    def whole(key: str, usual: int, least: int, most: int) -> int:
        return found[key].whole(least, most) if key in found else usual

    return Route(
        found["prefix"].parsed(parse_prefix),
        via,
        whole("preference", STATIC, 0, limits.PREFERENCE),
        whole("metric", 0, 0, limits.METRIC),
        blackhole,
        found["origin"].one_of(ORIGINS) if "origin" in found else "static",
        whole("order", 0, 0, limits.METRIC),
        whole("weight", 1, 1, limits.WEIGHT),
    )
