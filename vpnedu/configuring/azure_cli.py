"""The Azure command line: a script that builds the virtual network's side."""

import json
from collections.abc import Iterator

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

# An option with its values, and the name of its reason in `WHY`, or the reason itself.
Option = tuple[str, str]
GROUP = ('--resource-group "$GROUP"', "")
PLACE = ('--location "$LOCATION"', "")
# The policy's fields as options, each with its reason.
POLICY = {
    "saLifeTimeSeconds": ("--sa-lifetime", "lifetime"),
    "saDataSizeKilobytes": ("--sa-max-size", "bytes"),
    "ipsecEncryption": ("--ipsec-encryption", "gcm"),
    "ipsecIntegrity": ("--ipsec-integrity", ""),
    "ikeEncryption": ("--ike-encryption", ""),
    "ikeIntegrity": ("--ike-integrity", ""),
    "dhGroup": ("--dh-group", ""),
    "pfsGroup": ("--pfs-group", "pfs"),
}


def files(plan: Plan, sides: tuple[Side, ...]) -> tuple[File, ...]:
    """One script for all gateways: a connection between two needs both."""
    of_side = {side.name: links(plan, side, sides) for side in sides}
    pieces = [Piece("begin", tuple(_begin(of_side)))]
    for side in sides:
        pieces += [
            Piece("network", tuple(_network(side))),
            Piece("addresses", tuple(_addresses(side))),
            Piece("far end", tuple(_far_ends(of_side[side.name]))),
            Piece("gateway", tuple(_gateway(side))),
        ]
    for side in sides:
        for link in of_side[side.name]:
            pieces.append(Piece("connection", tuple(_connection(link))))
            pieces.append(Piece("algorithms", tuple(_algorithms(link))))
            pieces.append(Piece("selectors", tuple(_selectors(link))))
    kept = tuple(piece for piece in pieces if piece.lines)
    return (File("azure.sh", "any shell where `az login` was done", "#", kept),)


def _begin(of_side: dict[str, tuple[Link, ...]]) -> Iterator[Line]:
    yield Line("#!/bin/sh")
    yield Line("set -eu", "The first command that fails ends the script.")
    yield Line(': "${GROUP:?name the resource group}"', "Without a value the script stops here.")
    yield Line(': "${LOCATION:?name the region, such as westeurope}"')
    secrets = dict.fromkeys(link.first.secret for one in of_side.values() for link in one)
    for place, secret in enumerate(secrets):
        why = "The pre-shared key comes from the environment, never out of this file."
        yield Line(f': "${{{secret}:?set it to the pre-shared key}}"', "" if place else why)


def _network(side: Side) -> Iterator[Line]:
    yield from _az(
        "vnet create",
        GROUP,
        PLACE,
        (f"--name {_vnet(side)}", ""),
        (f"--address-prefixes {' '.join(map(str, side.prefixes))}", "The scenario's own prefixes."),
        ("--subnet-name workload", "A subnet for the machines; lay out your own here."),
        (f"--subnet-prefixes {workload_subnet(side)}", ""),
    )
    yield from _az(
        "vnet subnet create",
        GROUP,
        (f"--vnet-name {_vnet(side)}", ""),
        (f"--name {SUBNET}", "subnet"),
        (f"--address-prefixes {gateway_subnet(side)}", "subnet size"),
    )


def _addresses(side: Side) -> Iterator[Line]:
    for name in _ips(side):
        named = zones(side)
        zone = ((f"--zone {' '.join(named)}", "zone" if len(named) == 1 else "zones"),)
        yield from _az(
            "public-ip create",
            GROUP,
            PLACE,
            (f"--name {name}", ""),
            ("--sku Standard", "standard"),
            ("--allocation-method Static", ""),
            *(zone if named else ()),
        )


def _far_ends(made: tuple[Link, ...]) -> Iterator[Line]:
    for link in made:
        if link.virtual:
            continue
        session = link.session
        behind: tuple[Option, ...]
        if session:
            behind = (
                (f"--asn {session.peer_as}", "The site's number."),
                (f"--bgp-peering-address {session.peer_address}", "Where its router listens."),
            )
        else:
            behind = ((f"--address-prefixes {' '.join(map(str, link.prefixes))}", "prefixes"),)
        yield from _az(
            "local-gateway create",
            GROUP,
            PLACE,
            (f"--name {_far(link)}", "local"),
            (f"--gateway-ip-address {link.first.peer_address}", "The site's public address."),
            *behind,
        )


def _gateway(side: Side) -> Iterator[Line]:
    site = default_site(side)
    bgp = (f"--asn {side.own_as}", "asn")
    forced = (f"--gateway-default-site {slug(f'{side.name} {site}')}", "default")
    yield from _az(
        "vnet-gateway create",
        GROUP,
        PLACE,
        (f"--name {side.slug}", ""),
        (f"--vnet {_vnet(side)}", ""),
        (f"--public-ip-addresses {' '.join(_ips(side))}", "addresses"),
        ("--gateway-type Vpn", ""),
        ("--vpn-type RouteBased", "type"),
        (f"--sku {SKU}", "sku"),
        *((bgp,) if side.sessions else ()),
        *((forced,) if site else ()),
    )
    if side.sessions:
        yield from _inside(side)


def _inside(side: Side) -> Iterator[Line]:
    """The addresses for BGP, which the gateway has no option for."""
    path = "bgpSettings.bgpPeeringAddresses"
    yield from _az(
        "vnet-gateway update",
        GROUP,
        (f"--name {side.slug}", ""),
        *(
            (
                f"{'      ' if place else '--set '}"
                f"'{path}[{place}].customBgpIpAddresses=[\"{address}\"]'",
                "" if place else "inside",
            )
            for place, address in enumerate(side.bgp_addresses)
        ),
    )


def _connection(link: Link) -> Iterator[Line]:
    far = f"--vnet-gateway2 {link.peer.slug}" if link.virtual else f"--local-gateway2 {_far(link)}"
    why = "The other gateway has a connection of its own, back to this one." if link.virtual else ""
    yield from _az(
        "vpn-connection create",
        GROUP,
        PLACE,
        (f"--name {link.name}", ""),
        (f"--vnet-gateway1 {link.side.slug}", ""),
        (far, why),
        (f'--shared-key "${link.first.secret}"', "key"),
        *((("--enable-bgp", "bgp"),) if link.session else ()),
    )


def _algorithms(link: Link) -> Iterator[Line]:
    fields = [(f"{POLICY[name][0]} {value}", POLICY[name][1]) for name, value in _policy(link)]
    yield from _az(
        "vpn-connection ipsec-policy add",
        GROUP,
        (f"--connection-name {link.name}", "policy"),
        *fields,
    )


def _selectors(link: Link) -> Iterator[Line]:
    if not link.pairs:
        return
    pairs = [{"localAddressRanges": near, "remoteAddressRanges": far} for near, far in link.pairs]
    yield from _az(
        "vpn-connection update",
        GROUP,
        (f"--name {link.name}", ""),
        ("--use-policy-based-traffic-selectors true", "selectors"),
        (f"--set 'trafficSelectorPolicies={json.dumps(pairs, separators=(',', ':'))}'", "pairs"),
    )


def _az(command: str, *options: Option) -> Iterator[Line]:
    """A command with an option a line; an option's reason is found in `WHY`, or stands as given."""
    yield Line(f"az network {command} \\")
    for place, (text, reason) in enumerate(options, start=1):
        why, source = WHY.get(reason, (reason, ""))
        more = "" if place == len(options) else " \\"
        yield Line(f"  {text}{more}", why, source)


def _policy(link: Link) -> list[tuple[str, str | int]]:
    return list(link.policy.items())


def _vnet(side: Side) -> str:
    return slug(side.network)


def _ips(side: Side) -> list[str]:
    return [f"{side.slug}-ip-{place}" for place, _ in enumerate(side.addresses, start=1)]


def _far(link: Link) -> str:
    return slug(f"{link.side.name} {link.peer.name}")
