"""Scenarios in which the route table chooses the tunnel."""

from vpnedu.network.gateways import Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.routes import route
from vpnedu.network.selectors import prefix_pairs
from vpnedu.network.topology import Topology, with_learned_routes
from vpnedu.simulation.scenarios.building import (
    Preset,
    Scenario,
    grown,
    network,
    policy_gateway,
    route_announced,
    route_gateway,
    subnet_added,
    with_route,
)
from vpnedu.simulation.scenarios.policy_based import BRANCHES, hub_networks


def _route_hub() -> Topology:
    """The hub and five branches with tunnels that announce; nothing learned yet."""
    networks = hub_networks()
    hub = route_gateway("hub gateway", "198.51.100.1", networks[0], [])
    branches = tuple(
        route_gateway(f"gateway {k}", f"203.0.113.{k}", networks[k], []) for k in BRANCHES
    )
    tunnels = tuple(
        Tunnel(f"tunnel {k}", ("hub gateway", f"gateway {k}"), announces=True) for k in BRANCHES
    )
    return Topology(networks, (hub, *branches), tunnels)


def hub_route_based() -> Scenario:
    """Five branches on one hub: routes choose the tunnel, and the hub passes packets on."""
    return Scenario(
        "hub-route-based",
        "A hub and five branches, route-based",
        "Each tunnel is an interface; the longest prefix that holds the destination chooses one.",
        with_learned_routes(_route_hub()),
        (
            Preset("Ana to Dia", packet("10.0.0.4", "10.3.0.7")),
            Preset("Ben to Fay, through the hub", packet("10.1.0.7", "10.5.0.7")),
            Preset("Ana to 10.9.0.7, nobody's", packet("10.0.0.4", "10.9.0.7")),
            Preset("Ana to Cai, a ping", packet("10.0.0.4", "10.2.0.7", "icmp")),
        ),
    )


def new_subnet_route_based() -> Scenario:
    """A branch adds a subnet: the route is announced and learned, and no gateway is edited."""
    before = _route_hub()
    settled = with_learned_routes(before)
    grown_hub = grown(before, "Branch 3", "10.33.0.0/24", Gil="10.33.0.7")
    after = with_learned_routes(grown_hub)
    change = subnet_added("Branch 3", before, grown_hub)
    return Scenario(
        "new-subnet-route-based",
        "A new subnet, route-based hub",
        "A new subnet is announced, every gateway learns a route to it, and packets arrive.",
        after,
        (
            Preset("Ana to Gil, in the new subnet", packet("10.0.0.4", "10.33.0.7")),
            Preset("Gil, in the new subnet, to Ana", packet("10.33.0.7", "10.0.0.4")),
            Preset(
                "Ana to Gil, nothing announced yet",
                packet("10.0.0.4", "10.33.0.7"),
                _before_the_news(settled),
                (change,),
            ),
            Preset("Ana to Dia, as before", packet("10.0.0.4", "10.3.0.7")),
            Preset("Ben to Dia, through the hub", packet("10.1.0.7", "10.3.0.7")),
        ),
        (change, route_announced("10.33.0.0/24", settled, after)),
    )


def _before_the_news(settled: Topology) -> Topology:
    return grown(settled, "Branch 3", "10.33.0.0/24", Gil="10.33.0.7")


def _two_ways() -> Topology:
    """A head office with a static route to the east, and a tunnel to the west that announces."""
    office = network("Head office", "10.1.0.0/16", ("left", 0.5), Ana="10.1.0.4")
    east = network("East, static", "10.2.0.0/16", ("right", 0), Eva="10.2.3.8")
    west = network("West, learned", "10.3.0.0/16", ("right", 1), Wim="10.3.9.7")
    return Topology(
        (office, east, west),
        (
            route_gateway(
                "office gateway", "198.51.100.1", office, [("10.2.0.0/16", "tunnel east")]
            ),
            route_gateway("east gateway", "203.0.113.5", east, [("10.1.0.0/16", "tunnel east")]),
            route_gateway("west gateway", "192.0.2.9", west, []),
        ),
        (
            Tunnel("tunnel east", ("office gateway", "east gateway")),
            Tunnel("tunnel west", ("office gateway", "west gateway"), announces=True),
        ),
    )


def static_or_learned() -> Scenario:
    """One branch is reached by a static route, one by a learned one: who hears of a new subnet?"""
    before = _two_ways()
    with_east = grown(before, "East, static", "10.22.0.0/24", Gil="10.22.0.7")
    with_both = grown(with_east, "West, learned", "10.33.0.0/24", Hal="10.33.0.7")
    after = with_learned_routes(with_both)
    changes = (
        subnet_added("East, static", before, with_east),
        subnet_added("West, learned", with_east, with_both),
        route_announced("10.33.0.0/24", before, after),
    )
    both_ways = with_route(after, "office gateway", route("10.3.0.0/16", "tunnel east"))
    return Scenario(
        "static-or-learned",
        "Static against learned routes",
        "A static route says what someone typed; a learned one says what is there now.",
        after,
        (
            Preset("to Gil, new in the east", packet("10.1.0.4", "10.22.0.7")),
            Preset("to Hal, new in the west", packet("10.1.0.4", "10.33.0.7")),
            Preset("to Wim, by a learned route", packet("10.1.0.4", "10.3.9.7")),
            Preset("to Wim, with a wrong static route", packet("10.1.0.4", "10.3.9.7"), both_ways),
        ),
        changes,
    )


def _paired(pairs: bool) -> Topology:
    """A route-based cloud gateway between two policy-based firewalls."""
    cloud = network(
        "Virtual network",
        "10.8.0.0/16 10.9.0.0/16",
        ("left", 0.5),
        "virtual network",
        App="10.8.0.4",
        Data="10.9.0.4",
    )
    mill = network("Mill", "10.2.0.0/16", ("right", 0), Max="10.2.0.7")
    shop = network("Shop", "10.3.0.0/16", ("right", 1), Sam="10.3.0.7")
    near = ["10.8.0.0/16", "10.9.0.0/16"]
    offers = {
        tunnel: {"cloud gateway": prefix_pairs(near, [far])} if pairs else {}
        for tunnel, far in (("tunnel mill", "10.2.0.0/16"), ("tunnel shop", "10.3.0.0/16"))
    }
    return Topology(
        (cloud, mill, shop),
        (
            route_gateway(
                "cloud gateway",
                "198.51.100.1",
                cloud,
                [("10.2.0.0/16", "tunnel mill"), ("10.3.0.0/16", "tunnel shop")],
            ),
            policy_gateway(
                "mill firewall",
                "203.0.113.5",
                mill,
                [("10.2.0.0/16", prefix, "tunnel mill") for prefix in [*near, "10.3.0.0/16"]],
            ),
            policy_gateway(
                "shop firewall",
                "192.0.2.9",
                shop,
                [("10.3.0.0/16", prefix, "tunnel shop") for prefix in [*near, "10.2.0.0/16"]],
            ),
        ),
        tuple(
            Tunnel(name, ("cloud gateway", f"{name.split()[1]} firewall"), offers=offers[name])
            for name in offers
        ),
    )


def prefix_pair_selectors() -> Scenario:
    """Route-based to policy-based: selectors by prefix pairs, and no transit between the sites."""
    return Scenario(
        "prefix-pairs",
        "Route-based to policy-based",
        "A route-based gateway can offer prefix pairs; only packets inside a pair may pass.",
        _paired(pairs=True),
        (
            Preset("App to Max: a pair holds it", packet("10.8.0.4", "10.2.0.7")),
            Preset("Sam to Max, through the cloud", packet("10.3.0.7", "10.2.0.7")),
            Preset(
                "Sam to Max, any-to-any offered", packet("10.3.0.7", "10.2.0.7"), _paired(False)
            ),
            Preset("Data to Sam", packet("10.9.0.4", "10.3.0.7")),
        ),
    )
