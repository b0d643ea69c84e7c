"""Bicep: the virtual network's side as resources that Azure is to have, in one file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vpnedu.configuring.azure import (
    SKU,
    SUBNET,
    WHY,
    Link,
    default_site,
    gateway_subnet,
    links,
    workload_subnet,
    zones,
)
from vpnedu.configuring.lines import File, Line, Piece
from vpnedu.configuring.plans import Plan, Side, slug

# What Azure CLI 2.91 speaks to virtual network gateways.
VERSION = "2025-01-01"


@dataclass(frozen=True, slots=True)
class Raw:
    """An expression, to be written as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A value with its reason: a name in `WHY`, or the reason itself."""

    value: "Value"
    reason: str


Value = str | int | bool | Raw | Told | Sequence["Value"] | Mapping[str, "Value"]


def files(plan: Plan, sides: tuple[Side, ...]) -> tuple[File, ...]:
    """One file for all gateways."""
    of_side = {side.name: links(plan, side, sides) for side in sides}
    pieces = [Piece("begin", tuple(_begin(of_side)))]
    for side in sides:
        pieces += [
            Piece("network", tuple(_resource(_id(side, "network"), *_network(side)))),
            Piece("addresses", tuple(_addresses(side))),
            Piece("far end", tuple(_far_ends(of_side[side.name]))),
            Piece("gateway", tuple(_resource(_id(side), *_gateway(side)))),
        ]
    for side in sides:
        for link in of_side[side.name]:
            lines = _resource(_camel(f"{link.name} connection"), *_connection(link))
            pieces.append(Piece("connection", tuple(lines)))
    kept = tuple(piece for piece in pieces if piece.lines)
    return (File("main.bicep", "az deployment group create --template-file", "//", kept),)


def _begin(of_side: dict[str, tuple[Link, ...]]) -> Iterator[Line]:
    yield Line("param location string = resourceGroup().location", "Where the group is, all is.")
    secrets = dict.fromkeys(link.first.secret for one in of_side.values() for link in one)
    for place, secret in enumerate(secrets):
        why = "Shown in no log and no history; without a default it has to be given."
        yield Line("@secure()", "" if place else why)
        yield Line("@minLength(1)")
        yield Line(f"param {_camel(secret)} string", *(WHY["key"] if not place else ()))
    yield Line("")


def _network(side: Side) -> tuple[str, Value]:
    def subnet(name: Value, prefix: Value) -> Value:
        return {"name": name, "properties": {"addressPrefix": prefix}}

    prefixes = [str(prefix) for prefix in side.prefixes]
    subnets = [
        subnet("workload", str(workload_subnet(side))),
        subnet(Told(SUBNET, "subnet"), Told(str(gateway_subnet(side)), "subnet size")),
    ]
    properties: Value = {"addressSpace": {"addressPrefixes": prefixes}, "subnets": subnets}
    return "virtualNetworks", _body(slug(side.network), properties)


def _addresses(side: Side) -> Iterator[Line]:
    for place, _ in enumerate(side.addresses, start=1):
        properties: Value = {"publicIPAllocationMethod": "Static"}
        body: dict[str, Value] = {
            **_body(f"{side.slug}-ip-{place}", properties),
            "sku": {"name": Told("Standard", "standard")},
        }
        if named := zones(side):
            body["zones"] = Told(list(named), "zone" if len(named) == 1 else "zones")
        yield from _resource(_id(side, f"ip {place}"), "publicIPAddresses", body)


def _far_ends(made: tuple[Link, ...]) -> Iterator[Line]:
    for link in made:
        if link.virtual:
            continue
        properties: dict[str, Value] = {
            "gatewayIpAddress": Told(str(link.first.peer_address), "local")
        }
        if link.session:
            properties["bgpSettings"] = {
                "asn": Told(link.session.peer_as, "The site's number."),
                "bgpPeeringAddress": Told(
                    str(link.session.peer_address), "Where its router listens."
                ),
            }
        else:
            prefixes = [str(prefix) for prefix in link.prefixes]
            properties["localNetworkAddressSpace"] = {"addressPrefixes": Told(prefixes, "prefixes")}
        body = _body(slug(f"{link.side.name} {link.peer.name}"), properties)
        yield from _resource(_far(link), "localNetworkGateways", body)


def _gateway(side: Side) -> tuple[str, Value]:
    count = range(1, len(side.addresses) + 1)
    properties: dict[str, Value] = {
        "gatewayType": "Vpn",
        "vpnType": Told("RouteBased", "type"),
        "sku": {"name": Told(SKU, "sku"), "tier": SKU},
        "activeActive": Told(side.active_active, "addresses"),
        "ipConfigurations": [_instance(side, place) for place in count],
        "enableBgp": bool(side.sessions),
    }
    if side.sessions:
        addresses: list[Value] = [
            {
                "ipconfigurationId": Raw(_instance_id(side, place)),
                "customBgpIpAddresses": Told([str(address)], "inside"),
            }
            for place, address in enumerate(side.bgp_addresses, start=1)
        ]
        own_as = Told(side.own_as, "asn")
        properties["bgpSettings"] = {"asn": own_as, "bgpPeeringAddresses": addresses}
    if site := default_site(side):
        far = _camel(f"{side.name} {site} far end")
        properties["gatewayDefaultSite"] = Told({"id": Raw(f"{far}.id")}, "default")
    return "virtualNetworkGateways", _body(side.slug, properties)


def _instance(side: Side, place: int) -> Value:
    network, address = _id(side, "network"), _id(side, f"ip {place}")
    return {
        "name": f"instance-{place}",
        "properties": {
            "subnet": {"id": Raw(f"'${{{network}.id}}/subnets/{SUBNET}'")},
            "publicIPAddress": {"id": Raw(f"{address}.id")},
        },
    }


def _instance_id(side: Side, place: int) -> str:
    kind = "Microsoft.Network/virtualNetworkGateways/ipConfigurations"
    return f"resourceId('{kind}', '{side.slug}', 'instance-{place}')"


def _connection(link: Link) -> tuple[str, Value]:
    def other(name: str) -> Value:
        return {"id": Raw(f"{name}.id"), "properties": {}}

    far = "virtualNetworkGateway2" if link.virtual else "localNetworkGateway2"
    properties: dict[str, Value] = {
        "connectionType": "Vnet2Vnet" if link.virtual else "IPsec",
        "virtualNetworkGateway1": other(_id(link.side)),
        far: other(_id(link.peer) if link.virtual else _far(link)),
        "sharedKey": Told(Raw(_camel(link.first.secret)), "key"),
        "enableBgp": Told(True, "bgp") if link.session else False,
        "ipsecPolicies": Told([dict(link.policy)], "policy"),
    }
    if link.pairs:
        properties["usePolicyBasedTrafficSelectors"] = Told(True, "selectors")
        pairs: list[Value] = [
            {"localAddressRanges": list(near), "remoteAddressRanges": list(far_)}
            for near, far_ in link.pairs
        ]
        properties["trafficSelectorPolicies"] = Told(pairs, "pairs")
    return "connections", _body(link.name, properties)


def _body(name: str, properties: Value) -> dict[str, Value]:
    return {"name": name, "location": Raw("location"), "properties": properties}


def _resource(symbol: str, kind: str, body: Value) -> Iterator[Line]:
    first, *rest = _value(f"resource {symbol} 'Microsoft.Network/{kind}@{VERSION}' = ", body, 0)
    yield from (first, *rest, Line(""))


def _value(begin: str, value: Value, depth: int) -> Iterator[Line]:
    """The lines of a value after `begin`; arrays and objects have an entry a line."""
    why: tuple[str, str] = ("", "")
    while isinstance(value, Told):
        why, value = WHY.get(value.reason, (value.reason, "")), value.value
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping):
        yield Line(f"{begin}{{", *why)
        for key, item in value.items():
            yield from _value(f"{inner}{key}: ", item, depth + 1)
        yield Line(f"{outer}}}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield Line(f"{begin}[", *why)
        for item in value:
            yield from _value(inner, item, depth + 1)
        yield Line(f"{outer}]")
    else:
        yield Line(f"{begin}{_plain(value)}", *why)


def _plain(value: str | int | Raw) -> str:
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f"'{value}'"


def _camel(name: str) -> str:
    first, *rest = slug(name).split("-")
    return first + "".join(word.capitalize() for word in rest)


def _id(side: Side, what: str = "gateway") -> str:
    return _camel(f"{side.name} {what}") if what != "gateway" else _camel(f"{side.name} resource")


def _far(link: Link) -> str:
    return _camel(f"{link.side.name} {link.peer.name} far end")
