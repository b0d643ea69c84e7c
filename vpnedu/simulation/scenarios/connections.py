"""Scenarios of who connects to whom: network to network, users, and IPv6 sites with an outsider."""

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.scenarios.building import (
    Preset,
    Scenario,
    network,
    policy_gateway,
    route_gateway,
)


def network_to_network() -> Scenario:
    """Two virtual networks: the tunnel crosses the provider's backbone, not the internet."""
    north = network(
        "Network north", "10.10.0.0/16", ("left", 0), "virtual network", App="10.10.0.4"
    )
    south = network(
        "Network south", "10.20.0.0/16", ("right", 0), "virtual network", Data="10.20.0.4"
    )
    return Scenario(
        "network-to-network",
        "Virtual network to virtual network",
        "Two virtual networks join through their gateways, over the provider's own backbone.",
        Topology(
            (north, south),
            (
                route_gateway(
                    "north gateway", "198.51.100.1", north, [("10.20.0.0/16", "tunnel north-south")]
                ),
                route_gateway(
                    "south gateway", "203.0.113.5", south, [("10.10.0.0/16", "tunnel north-south")]
                ),
            ),
            (Tunnel("tunnel north-south", ("north gateway", "south gateway")),),
            between="provider's backbone",
        ),
        (
            Preset("App to Data", packet("10.10.0.4", "10.20.0.4", port=5432)),
            Preset("Data to App", packet("10.20.0.4", "10.10.0.4", port=80)),
        ),
    )


def point_to_site() -> Scenario:
    """Two travelling users, each with a tunnel of their own and an address from the pool."""
    cloud = network(
        "Virtual network", "10.10.0.0/16", ("right", 0.5), "virtual network", App="10.10.0.4"
    )
    server = network("Web server", "192.0.2.80/32", ("right", 1.6), "server", Web="192.0.2.80")
    ida = network("Ida's laptop", "172.16.0.2/32", ("left", 0), "user", Ida="172.16.0.2")
    jon = network("Jon's phone", "172.16.0.3/32", ("left", 1), "user", Jon="172.16.0.3")
    return Scenario(
        "point-to-site",
        "Users connecting point-to-site",
        "Each user's device is one end of a tunnel; only the routes it was given lead into it.",
        Topology(
            (ida, jon, cloud, server),
            (
                route_gateway(
                    "Ida's client", "203.0.113.21", ida, [("10.10.0.0/16", "tunnel Ida")]
                ),
                route_gateway(
                    "Jon's client", "203.0.113.22", jon, [("10.10.0.0/16", "tunnel Jon")]
                ),
                route_gateway(
                    "cloud gateway",
                    "198.51.100.1",
                    cloud,
                    [("172.16.0.2/32", "tunnel Ida"), ("172.16.0.3/32", "tunnel Jon")],
                ),
            ),
            (
                Tunnel("tunnel Ida", ("Ida's client", "cloud gateway"), nat_t=True),
                Tunnel("tunnel Jon", ("Jon's client", "cloud gateway"), nat_t=True),
            ),
        ),
        (
            Preset("Ida to App", packet("172.16.0.2", "10.10.0.4")),
            Preset("App to Jon", packet("10.10.0.4", "172.16.0.3", source_port=80, port=40000)),
            Preset("Ida to the web, past the tunnel", packet("172.16.0.2", "192.0.2.80")),
            Preset("Ida to Jon, not in her routes", packet("172.16.0.2", "172.16.0.3")),
        ),
    )


def ipv6_forged_source() -> Scenario:
    """IPv6 sites have public addresses: a forged packet can reach the gateway, and is refused."""
    office = network("Head office", "2001:db8:a::/48", ("left", 0), Ana="2001:db8:a::4")
    branch = network("Branch", "2001:db8:b::/48", ("right", 0), Ben="2001:db8:b::7")
    outsider = network(
        "Outsider", "2001:db8:e::66/128", ("left", 1), "server", Mal="2001:db8:e::66"
    )
    return Scenario(
        "ipv6-forged-source",
        "A forged packet against the inbound check",
        "A packet that should have come sealed and comes in the clear is dropped on arrival.",
        Topology(
            (office, outsider, branch),
            (
                policy_gateway(
                    "office gateway",
                    "2001:db8:1::1",
                    office,
                    [("2001:db8:a::/48", "2001:db8:b::/48", "tunnel to branch")],
                ),
                policy_gateway(
                    "branch gateway",
                    "2001:db8:2::1",
                    branch,
                    [("2001:db8:b::/48", "2001:db8:a::/48", "tunnel to branch")],
                ),
            ),
            (Tunnel("tunnel to branch", ("office gateway", "branch gateway")),),
        ),
        (
            Preset(
                "Mal to Ben, pretending to be Ana",
                packet("2001:db8:a::4", "2001:db8:b::7"),
                origin="Mal",
            ),
            Preset("Mal to Ben, as himself", packet("2001:db8:e::66", "2001:db8:b::7")),
            Preset("Ana to Ben", packet("2001:db8:a::4", "2001:db8:b::7")),
        ),
    )
