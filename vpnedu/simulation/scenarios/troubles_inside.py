"""Scenarios that fail though the tunnel stands: the way back, sizes, and addresses."""

from dataclasses import replace

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.scenarios.building import Preset, Scenario, network, route_gateway
from vpnedu.simulation.scenarios.troubles import (
    ANA,
    BEN,
    BRANCH,
    EVA,
    OFFICE,
    TUNNEL,
    ping,
    two_sites,
)


def routed(office_knows: bool = True, branch_knows: bool = True) -> Topology:
    """Head office and branch, route-based, each with or without its route to the other."""
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana=ANA)
    branch = network("Branch", "10.2.0.0/16", ("right", 0), Ben=BEN, Eva=EVA)
    there = [("10.2.0.0/16", TUNNEL)] if office_knows else []
    back = [("10.1.0.0/16", TUNNEL)] if branch_knows else []
    return Topology(
        (office, branch),
        (
            route_gateway(OFFICE, "198.51.100.1", office, [*there]),
            route_gateway(BRANCH, "203.0.113.5", branch, [*back]),
        ),
        (Tunnel(TUNNEL, (OFFICE, BRANCH)),),
    )


def one_way() -> Scenario:
    """The request arrives; the answer finds no route into the tunnel, and leaves in the clear."""
    lame = routed(branch_knows=False)
    ask = packet(BEN, ANA, "icmp")
    return Scenario(
        "one-way",
        "Requests arrive, answers don't",
        "Each gateway chooses by its own table: a missing route at one end stops only what leaves "
        "there.",
        lame,
        (
            ping("Ana pings Ben: no way back", BEN, lame),
            Preset("Ben pings Ana: no way there", ask, lame, answered=True),
            ping("Ana pings Ben, the route added", BEN, routed()),
        ),
    )


def mtu_black_hole() -> Scenario:
    """Small packets pass; large ones are too big once sealed, and nobody may say so."""
    silent = replace(routed(), icmp=False)

    def tcp(length: int) -> Preset:
        return Preset(f"{length} bytes", packet(ANA, BEN, length=length), silent, answered=True)

    told = packet(ANA, BEN, length=1500)
    return Scenario(
        "mtu-black-hole",
        "Small packets pass, large ones vanish",
        "Sealed, a full-size packet is too big for the path; where ICMP is filtered, its sender "
        "never learns of it.",
        silent,
        (
            replace(tcp(1500), label="1500 bytes, ICMP filtered"),
            replace(ping("", BEN, silent), label="a small ping"),
            Preset("1500 bytes, ICMP let through", told, routed(), answered=True),
            replace(tcp(1390), label="1390 bytes: MSS clamped to 1350"),
        ),
    )


def _same_addresses(branch_prefix: str, ben: str) -> Topology:
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana=ANA)
    branch = network("Branch", branch_prefix, ("right", 0), Ben=ben)
    return Topology(
        (office, branch),
        (
            route_gateway(OFFICE, "198.51.100.1", office, [(branch_prefix, TUNNEL)]),
            route_gateway(BRANCH, "203.0.113.5", branch, [("10.1.0.0/16", TUNNEL)]),
        ),
        (Tunnel(TUNNEL, (OFFICE, BRANCH)),),
    )


def overlapping_addresses() -> Scenario:
    """Both sites are 10.1.0.0/16: the connected route wins, and the packet never leaves."""
    same = _same_addresses("10.1.0.0/16", "10.1.9.7")
    return Scenario(
        "overlapping-addresses",
        "Two sites with the same addresses",
        "A site's own prefix wins at its own gateway, so the other site with that prefix can't be "
        "reached.",
        same,
        (
            ping("both sites are 10.1.0.0/16", "10.1.9.7", same),
            ping("the branch renumbered to 10.2.0.0/16", BEN, _same_addresses("10.2.0.0/16", BEN)),
        ),
    )


def nat_before_policies() -> Scenario:
    """Source NAT comes first: the policy is asked about an address that it does not hold."""
    plain = two_sites()
    nat = plain.with_gateway(replace(plain.gateway(OFFICE), translates=True))
    return Scenario(
        "nat-before-policies",
        "NAT before the policies",
        "A source that is translated before the policies are asked is none of theirs any more.",
        nat,
        (
            ping("Ana pings Ben, through the NAT", BEN, nat),
            Preset("Ben pings Ana", packet(BEN, ANA, "icmp"), nat, answered=True),
            ping("Ana pings Ben, exempt from the NAT", BEN, plain),
        ),
    )
