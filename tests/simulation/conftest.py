"""A small world: two or three sites whose tables a test can choose."""

from dataclasses import replace

import pytest

from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.topology import Topology
from vpnedu.simulation.scenarios.building import network, policy_gateway, route_gateway

OFFICE = network("Office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4")
BRANCH = network("Branch", "10.2.0.0/16", ("right", 0), Ben="10.2.9.7")
SERVER = network("Server", "192.0.2.80/32", ("right", 1), "server", Web="192.0.2.80")
ENDS = ("office gateway", "branch gateway")


def route_based(office=(("10.2.0.0/16", "tunnel"),), branch=(("10.1.0.0/16", "tunnel"),), **tunnel):
    """Office and branch, with the routes given; a default to the internet unless one is."""
    gateways = (
        route_gateway(ENDS[0], "198.51.100.1", OFFICE, list(office)),
        route_gateway(ENDS[1], "203.0.113.5", BRANCH, list(branch)),
    )
    return Topology((OFFICE, BRANCH, SERVER), gateways, (Tunnel("tunnel", ENDS, **tunnel),))


def policy_based(policies=None, **tunnel):
    """Office and branch, each protecting its prefix; `policies` for the office's own table."""
    office = policy_gateway(
        ENDS[0], "198.51.100.1", OFFICE, [("10.1.0.0/16", "10.2.0.0/16", "tunnel")]
    )
    branch = policy_gateway(
        ENDS[1], "203.0.113.5", BRANCH, [("10.2.0.0/16", "10.1.0.0/16", "tunnel")]
    )
    if policies is not None:
        office = replace(office, policies=policies)
    return Topology((OFFICE, BRANCH, SERVER), (office, branch), (Tunnel("tunnel", ENDS, **tunnel),))


def with_table(topology: Topology, name: str, **changed) -> Topology:
    """The topology with one gateway's fields replaced."""
    gateway: Gateway = topology.gateway(name)
    return topology.with_gateway(replace(gateway, **changed))


@pytest.fixture(scope="session")
def make():
    """Makers of small topologies."""
    return {"route-based": route_based, "policy-based": policy_based, "with table": with_table}
