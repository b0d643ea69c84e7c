"""Scenarios of the default route: forced tunnelling, and what leaks when a route is lost."""

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.routes import Route, route
from vpnedu.network.topology import Topology
from vpnedu.simulation.scenarios.building import Preset, Scenario, network, route_gateway


def _forced(everything: bool) -> Topology:
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4")
    branch = network("Branch", "10.2.0.0/16", ("left", 1), Ben="10.2.9.7")
    server = network("Web server", "192.0.2.80/32", ("right", 0.5), "server", Web="192.0.2.80")
    way: Route = route("0.0.0.0/0" if everything else "10.1.0.0/16", "tunnel to office")
    return Topology(
        (office, branch, server),
        (
            route_gateway(
                "office gateway", "198.51.100.1", office, [("10.2.0.0/16", "tunnel to office")]
            ),
            route_gateway("branch gateway", "203.0.113.5", branch, [way]),
        ),
        (Tunnel("tunnel to office", ("office gateway", "branch gateway")),),
    )


def forced_tunnelling() -> Scenario:
    """A default route into the tunnel: a branch's web traffic passes the head office."""
    return Scenario(
        "forced-tunnelling",
        "Forced tunnelling",
        "With a default route into the tunnel, everything a branch sends passes the head office.",
        _forced(everything=True),
        (
            Preset("Ben to the web, forced", packet("10.2.9.7", "192.0.2.80")),
            Preset("Ben to the web, not forced", packet("10.2.9.7", "192.0.2.80"), _forced(False)),
            Preset("Ben to Ana", packet("10.2.9.7", "10.1.0.4")),
        ),
    )


def _open(cure: bool, route_lost: bool) -> Topology:
    office = network("Head office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4")
    branch = network("Branch", "10.2.0.0/16", ("right", 0), Ben="10.2.9.7")
    rows: list[Route | tuple[str, str]] = []
    if not route_lost:
        rows.append(("10.2.0.0/16", "tunnel to branch"))
    if cure:
        rows.append(route("10.0.0.0/8", blackhole=True))
    return Topology(
        (office, branch),
        (
            route_gateway("office gateway", "198.51.100.1", office, rows),
            route_gateway(
                "branch gateway", "203.0.113.5", branch, [("10.1.0.0/16", "tunnel to branch")]
            ),
        ),
        (Tunnel("tunnel to branch", ("office gateway", "branch gateway"), up=not route_lost),),
    )


def fails_open() -> Scenario:
    """The tunnel's route is gone: the default route takes the packet, in the clear."""
    return Scenario(
        "fails-open",
        "A route-based gateway that fails open",
        "Without the tunnel's route the default route wins, and the packet leaves in the clear.",
        _open(cure=False, route_lost=True),
        (
            Preset("the route is gone", packet("10.1.0.4", "10.2.9.7")),
            Preset("the route is there", packet("10.1.0.4", "10.2.9.7"), _open(False, False)),
        ),
    )


def fails_closed() -> Scenario:
    """The cure: a blackhole route for the private addresses, which a live tunnel route outruns."""
    return Scenario(
        "fails-closed",
        "The cure: a blackhole route",
        "A blackhole for 10.0.0.0/8 loses to the tunnel's longer prefix and stops what is left.",
        _open(cure=True, route_lost=True),
        (
            Preset("the route is gone", packet("10.1.0.4", "10.2.9.7")),
            Preset("the route is there", packet("10.1.0.4", "10.2.9.7"), _open(True, False)),
        ),
    )
