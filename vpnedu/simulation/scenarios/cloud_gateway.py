"""Scenarios of what one cloud gateway joins: an office, users, virtual networks, all three."""

from dataclasses import replace

from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.packets import packet
from vpnedu.network.routes import Route, RouteTable, route
from vpnedu.network.topology import Side, Topology, with_learned_routes
from vpnedu.simulation.scenarios.building import Preset, Scenario, network, route_gateway

Way = Route | tuple[str, str]


def office_to_cloud() -> Scenario:
    """One tunnel serves a whole office, whose computers know nothing of it."""
    office = network("Office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4", Bo="10.1.0.5")
    cloud = network(
        "Virtual network", "10.10.0.0/16", ("right", 0), "virtual network", App="10.10.0.4"
    )
    server = network("Web server", "192.0.2.80/32", ("right", 1), "server", Web="192.0.2.80")
    return Scenario(
        "office-to-cloud",
        "Site-to-site: an office and a virtual network",
        "One tunnel between two gateways serves everybody in the office.",
        Topology(
            (office, cloud, server),
            (
                route_gateway(
                    "office gateway", "203.0.113.5", office, [("10.10.0.0/16", "tunnel office")]
                ),
                route_gateway(
                    "cloud gateway", "198.51.100.1", cloud, [("10.1.0.0/16", "tunnel office")]
                ),
            ),
            (Tunnel("tunnel office", ("office gateway", "cloud gateway")),),
        ),
        (
            Preset("Ana to App", packet("10.1.0.4", "10.10.0.4")),
            Preset("App to Bo", packet("10.10.0.4", "10.1.0.5", source_port=80, port=40000)),
            Preset("Ana to Bo, next door", packet("10.1.0.4", "10.1.0.5")),
            Preset("Ana to the web, past the tunnel", packet("10.1.0.4", "192.0.2.80")),
        ),
    )


def _user(client: tuple[str, ...], *, way_out: bool = True) -> Topology:
    """Ida, whose `client` has these prefixes in the tunnel; a gateway with or without a way out."""
    ida = network("Ida's laptop", "172.16.0.2/32", ("left", 0), "user", Ida="172.16.0.2")
    cloud = network(
        "Virtual network", "10.10.0.0/16", ("right", 0), "virtual network", App="10.10.0.4"
    )
    server = network("Web server", "192.0.2.80/32", ("right", 1), "server", Web="192.0.2.80")
    gateway = route_gateway(
        "cloud gateway", "198.51.100.1", cloud, [("172.16.0.0/24", "tunnel Ida")]
    )
    return Topology(
        (ida, cloud, server),
        (
            route_gateway(
                "Ida's client", "203.0.113.21", ida, [(prefix, "tunnel Ida") for prefix in client]
            ),
            gateway if way_out else _without_default(gateway),
        ),
        (Tunnel("tunnel Ida", ("Ida's client", "cloud gateway"), nat_t=True),),
    )


def _without_default(gateway: Gateway) -> Gateway:
    """The gateway without a route to the internet: it serves its tunnels and its network only."""
    kept = tuple(row for row in gateway.routes.routes if row.prefix.prefixlen > 0)
    return replace(gateway, routes=RouteTable(kept))


def user_tunnelling() -> Scenario:
    """A user's web packet under split and forced tunnelling, and where a gateway has no way out."""
    split, forced = ("10.10.0.0/16",), ("0.0.0.0/1", "128.0.0.0/1")
    web = packet("172.16.0.2", "192.0.2.80")
    return Scenario(
        "user-tunnelling",
        "Split and forced tunnelling",
        "The client's routes decide what of a user's traffic enters the tunnel.",
        _user(forced),
        (
            Preset("Ida to the web, split", web, _user(split)),
            Preset("Ida to the web, forced", web),
            Preset("Ida to the web, forced, and no way out", web, _user(forced, way_out=False)),
            Preset("Ida to App, forced", packet("172.16.0.2", "10.10.0.4")),
        ),
    )


def _in_a_row(*, announces: bool) -> Topology:
    """Three virtual networks, joined one to the next; routes to neighbours typed in, or learned."""
    names = {"north": ("App", 10), "middle": ("Data", 20), "south": ("Log", 30)}
    places: dict[str, tuple[Side, float]] = {
        "north": ("left", 0.0),
        "middle": ("right", 0.5),
        "south": ("left", 1.0),
    }
    networks = {
        name: network(
            f"Network {name}",
            f"10.{number}.0.0/16",
            places[name],
            "virtual network",
            **{host: f"10.{number}.0.4"},
        )
        for name, (host, number) in names.items()
    }
    near: dict[str, list[Way]] = {
        "north": [("10.20.0.0/16", "tunnel north")],
        "middle": [("10.10.0.0/16", "tunnel north"), ("10.30.0.0/16", "tunnel south")],
        "south": [("10.20.0.0/16", "tunnel south")],
    }
    block = route("10.0.0.0/8", blackhole=True)
    topology = Topology(
        tuple(networks.values()),
        tuple(
            route_gateway(
                f"{name} gateway",
                address,
                networks[name],
                [*([] if announces else near[name]), block],
            )
            for name, address in zip(
                networks, ("198.51.100.1", "203.0.113.5", "198.51.100.9"), strict=True
            )
        ),
        (
            Tunnel("tunnel north", ("north gateway", "middle gateway"), announces=announces),
            Tunnel("tunnel south", ("south gateway", "middle gateway"), announces=announces),
        ),
        between="provider's backbone",
    )
    return with_learned_routes(topology)


def networks_in_a_row() -> Scenario:
    """Two tunnels in a row make no way through, until routes are passed on."""
    far = packet("10.10.0.4", "10.30.0.4")
    return Scenario(
        "networks-in-a-row",
        "Three virtual networks in a row",
        "A network beyond a neighbour is reached only if somebody tells the way to it.",
        _in_a_row(announces=True),
        (
            Preset("App to Log, routes typed in", far, _in_a_row(announces=False)),
            Preset("App to Log, routes learned", far),
            Preset("App to Data, next door", packet("10.10.0.4", "10.20.0.4", port=5432)),
        ),
    )


def _all_three(jons_routes: tuple[str, ...]) -> Topology:
    office = network("Office", "10.1.0.0/16", ("left", 0), Ana="10.1.0.4")
    ida = network("Ida's laptop", "172.16.0.2/32", ("left", 1), "user", Ida="172.16.0.2")
    jon = network("Jon's phone", "172.16.0.3/32", ("left", 2), "user", Jon="172.16.0.3")
    cloud = network(
        "Virtual network", "10.10.0.0/16", ("right", 1.5), "virtual network", App="10.10.0.4"
    )
    south = network(
        "Network south", "10.20.0.0/16", ("left", 3), "virtual network", Data="10.20.0.4"
    )
    here = ("10.10.0.0/16", "172.16.0.0/24")
    ways: dict[str, tuple[str, ...]] = {
        "tunnel office": (*here, "10.20.0.0/16"),
        "tunnel Ida": (*here, "10.20.0.0/16", "10.1.0.0/16"),
        "tunnel Jon": jons_routes,
        "backbone tunnel": (*here, "10.1.0.0/16"),
    }
    ends = {
        "tunnel office": ("office gateway", "203.0.113.5", office, "10.1.0.0/16"),
        "tunnel Ida": ("Ida's client", "203.0.113.21", ida, "172.16.0.2/32"),
        "tunnel Jon": ("Jon's client", "203.0.113.22", jon, "172.16.0.3/32"),
        "backbone tunnel": ("south gateway", "198.51.100.9", south, "10.20.0.0/16"),
    }
    return Topology(
        (office, ida, jon, south, cloud),
        (
            *(
                route_gateway(name, address, inside, [(prefix, by) for prefix in ways[by]])
                for by, (name, address, inside, _) in ends.items()
            ),
            route_gateway(
                "cloud gateway",
                "198.51.100.1",
                cloud,
                [(prefix, by) for by, (*_, prefix) in ends.items()],
            ),
        ),
        tuple(
            Tunnel(by, (name, "cloud gateway"), nat_t=inside.kind == "user")
            for by, (name, _, inside, _) in ends.items()
        ),
        between="internet or backbone",
    )


def all_three_connections() -> Scenario:
    """One gateway with an office, two users and another virtual network: who reaches whom."""
    every = ("10.10.0.0/16", "172.16.0.0/24", "10.20.0.0/16", "10.1.0.0/16")
    return Scenario(
        "all-three-connections",
        "One gateway, three kinds of connection",
        "To the gateway all are tunnels; who reaches whom is a matter of the routes at every end.",
        _all_three(every),
        (
            Preset("Ana to App: site to cloud", packet("10.1.0.4", "10.10.0.4")),
            Preset("Ida to App: user to cloud", packet("172.16.0.2", "10.10.0.4")),
            Preset("App to Data: network to network", packet("10.10.0.4", "10.20.0.4", port=5432)),
            Preset("Ida to Jon: user to user", packet("172.16.0.2", "172.16.0.3")),
            Preset("Jon to Ana: user to site", packet("172.16.0.3", "10.1.0.4")),
            Preset("Ana to Data: transit", packet("10.1.0.4", "10.20.0.4", port=5432)),
            Preset(
                "Jon to Ana, with old routes",
                packet("172.16.0.3", "10.1.0.4"),
                _all_three(every[:2]),
            ),
        ),
    )
