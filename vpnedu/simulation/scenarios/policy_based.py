"""Scenarios in which selectors choose the tunnel."""

from dataclasses import replace

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.policies import PolicyTable
from vpnedu.network.topology import Network, Topology
from vpnedu.simulation.scenarios.building import (
    PolicyLine,
    Preset,
    Scenario,
    grown,
    network,
    policy_gateway,
    subnet_added,
)


def two_sites_policy_based() -> Scenario:
    """Two sites, one tunnel: a packet is sealed only if the policy holds both its addresses."""
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4", Gus="192.168.9.5")
    branch = network("Branch", "10.2.0.0/16", ("right", 0), Ben="10.2.9.7")
    topology = Topology(
        (office, branch),
        (
            policy_gateway(
                "office gateway",
                "198.51.100.1",
                office,
                [("10.1.0.0/16", "10.2.0.0/16", "tunnel to branch")],
            ),
            policy_gateway(
                "branch gateway",
                "203.0.113.5",
                branch,
                [("10.2.0.0/16", "10.1.0.0/16", "tunnel to branch")],
            ),
        ),
        (Tunnel("tunnel to branch", ("office gateway", "branch gateway")),),
    )
    return Scenario(
        "two-sites-policy-based",
        "Two sites, policy-based",
        "A policy-based gateway seals the packets whose addresses its policy holds, and no others.",
        topology,
        (
            Preset("Ana to Ben", packet("10.1.0.4", "10.2.9.7")),
            Preset("Gus, a visitor, to Ben", packet("192.168.9.5", "10.2.9.7")),
            Preset("Ana to 10.3.0.9", packet("10.1.0.4", "10.3.0.9")),
            Preset("Ana to Ben, 1446 bytes", packet("10.1.0.4", "10.2.9.7", length=1446)),
            Preset("Ana to Ben, 1447 bytes", packet("10.1.0.4", "10.2.9.7", length=1447)),
            Preset(
                "Ana to Ben, 1500 bytes, may be fragmented",
                packet("10.1.0.4", "10.2.9.7", length=1500, dont_fragment=False),
            ),
        ),
    )


def _three_sites(order: list[PolicyLine]) -> Topology:
    office = network("Head office", "10.1.0.0/16", ("left", 0.5), Ana="10.1.0.4")
    east = network("Network east", "10.2.0.0/16", ("right", 0), Eva="10.2.3.8")
    west = network("Network west", "10.2.9.0/24", ("right", 1), Wim="10.2.9.7")
    return Topology(
        (office, east, west),
        (
            policy_gateway("office gateway", "198.51.100.1", office, order),
            policy_gateway(
                "east gateway", "203.0.113.5", east, [("10.2.0.0/16", "10.1.0.0/16", "tunnel east")]
            ),
            policy_gateway(
                "west gateway", "192.0.2.9", west, [("10.2.9.0/24", "10.1.0.0/16", "tunnel west")]
            ),
        ),
        (
            Tunnel("tunnel east", ("office gateway", "east gateway")),
            Tunnel("tunnel west", ("office gateway", "west gateway")),
        ),
    )


def three_sites_overlapping() -> Scenario:
    """Two selectors hold one address: the first in the table decides, not the narrower one."""
    wide: PolicyLine = ("10.1.0.0/16", "10.2.0.0/16", "tunnel east")
    narrow: PolicyLine = ("10.1.0.0/16", "10.2.9.0/24", "tunnel west")
    swapped = _three_sites([narrow, wide])
    return Scenario(
        "three-sites-overlapping",
        "Three sites, overlapping selectors",
        "Where two policies hold a packet, the first one decides, however narrow the second is.",
        _three_sites([wide, narrow]),
        (
            Preset("to Wim, wide policy first", packet("10.1.0.4", "10.2.9.7")),
            Preset("to Wim, narrow policy first", packet("10.1.0.4", "10.2.9.7"), swapped),
            Preset("to Eva, wide policy first", packet("10.1.0.4", "10.2.3.8")),
            Preset("to Eva, narrow policy first", packet("10.1.0.4", "10.2.3.8"), swapped),
        ),
    )


BRANCHES = range(1, 6)
PEOPLE = {0: "Ana", 1: "Ben", 2: "Cai", 3: "Dia", 4: "Eli", 5: "Fay"}


def hub_networks() -> tuple[Network, ...]:
    """A head office and five branches: 10.0.0.0/16 to 10.5.0.0/16."""
    return (
        network("Head office", "10.0.0.0/16", ("left", 2), Ana="10.0.0.4"),
        *(
            network(f"Branch {k}", f"10.{k}.0.0/16", ("right", k - 1), "site", **_person(k))
            for k in BRANCHES
        ),
    )


def _person(k: int) -> dict[str, str]:
    return {PEOPLE[k]: f"10.{k}.0.7"}


def new_subnet_policy_based() -> Scenario:
    """A branch adds a subnet: no selector holds it, until every gateway concerned is edited."""
    before = _policy_hub()
    after = grown(before, "Branch 3", "10.33.0.0/24", Gil="10.33.0.7")
    change = subnet_added("Branch 3", before, after)
    hub = after.gateway("hub gateway")
    edited = PolicyTable(
        hub.policies.policies
        + policy_gateway(
            "", "198.51.100.1", after.networks[0], [("10.0.0.0/16", "10.33.0.0/24", "tunnel 3")]
        ).policies.policies
    )
    half = after.with_gateway(replace(hub, policies=edited))
    return Scenario(
        "new-subnet-policy-based",
        "A new subnet, policy-based hub",
        "A new subnet is in no selector, so its packets are dropped until both ends are edited.",
        after,
        (
            Preset("Ana to Gil, in the new subnet", packet("10.0.0.4", "10.33.0.7")),
            Preset("Gil, in the new subnet, to Ana", packet("10.33.0.7", "10.0.0.4")),
            Preset("Ana to Gil, only the hub edited", packet("10.0.0.4", "10.33.0.7"), half),
            Preset("Ana to Dia, as before", packet("10.0.0.4", "10.3.0.7")),
            Preset("Ben to Dia, through the hub", packet("10.1.0.7", "10.3.0.7")),
        ),
        (change,),
    )


def _policy_hub() -> Topology:
    networks = hub_networks()
    own = [str(network.prefixes[0]) for network in networks]
    others = [[prefix for prefix in own if prefix != mine] for mine in own]
    hub = policy_gateway(
        "hub gateway",
        "198.51.100.1",
        networks[0],
        [(others[k], own[k], f"tunnel {k}") for k in BRANCHES],
    )
    branches = tuple(
        policy_gateway(
            f"gateway {k}",
            f"203.0.113.{k}",
            networks[k],
            [(own[k], others[k], f"tunnel {k}")],
        )
        for k in BRANCHES
    )
    tunnels = tuple(Tunnel(f"tunnel {k}", ("hub gateway", f"gateway {k}")) for k in BRANCHES)
    return Topology(networks, (hub, *branches), tunnels)


def one_sided_policy() -> Scenario:
    """Only one side has a policy for the lab: IKE refuses it, or the check on arrival does."""
    branch = network("Branch", "10.2.0.0/16", ("right", 0), Ben="10.2.9.7")
    office = network(
        "Head office", "10.1.0.0/16 10.4.0.0/24", ("left", 0), Ana="10.1.0.4", Lab="10.4.0.5"
    )
    wide: list[PolicyLine] = [
        ("10.1.0.0/16", "10.2.0.0/16", "tunnel to branch"),
        ("10.4.0.0/24", "10.2.0.0/16", "tunnel to branch"),
    ]
    narrow: list[PolicyLine] = [("10.2.0.0/16", "10.1.0.0/16", "tunnel to branch")]
    ends = ("office gateway", "branch gateway")
    topology = Topology(
        (office, branch),
        (
            policy_gateway("office gateway", "198.51.100.1", office, wide),
            policy_gateway("branch gateway", "203.0.113.5", branch, narrow),
        ),
        (Tunnel("tunnel to branch", ends),),
    )
    by_hand = replace(topology, tunnels=(Tunnel("tunnel to branch", ends, negotiated=False),))
    return Scenario(
        "one-sided-policy",
        "A policy that only one side has",
        "Both ends must hold a packet: IKE refuses what the peer does not want, and the check on "
        "arrival drops what comes all the same.",
        topology,
        (
            Preset("Lab to Ben, tunnel negotiated", packet("10.4.0.5", "10.2.9.7")),
            Preset("Lab to Ben, tunnel keyed by hand", packet("10.4.0.5", "10.2.9.7"), by_hand),
            Preset("Ana to Ben", packet("10.1.0.4", "10.2.9.7")),
        ),
    )
