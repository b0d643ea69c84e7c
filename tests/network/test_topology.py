"""Topologies: what refers to what, who hears of which prefix, and over the shortest way."""

from dataclasses import replace
from ipaddress import ip_network
from itertools import combinations, product
from random import Random

import pytest

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import RouteTable, route
from vpnedu.network.selectors import selector
from vpnedu.network.topology import (
    Host,
    Network,
    Topology,
    is_private,
    learned_routes,
    with_learned_routes,
)


def site(number: int) -> Network:
    host = Host(f"host {number}", parse_address(f"10.{number}.0.7"))
    return Network(
        f"site {number}", "site", (ip_network(f"10.{number}.0.0/16"),), (host,), ("left", number)
    )


def gateway(number: int, **more) -> Gateway:
    address = parse_address(f"203.0.113.{number}")
    return Gateway(f"gateway {number}", address, f"site {number}", "route-based", **more)


def joined(count: int, pairs, **more) -> Topology:
    """Sites 1 to `count`, with an announcing tunnel for each of the pairs."""
    tunnels = tuple(
        Tunnel(f"tunnel {a}-{b}", (f"gateway {a}", f"gateway {b}"), announces=True, **more)
        for a, b in pairs
    )
    everyone = range(1, count + 1)
    return Topology(tuple(map(site, everyone)), tuple(map(gateway, everyone)), tunnels)


def distances(count: int, pairs) -> dict[tuple[int, int], int]:
    """The brute-force model: every pair, by way of every third (Floyd and Warshall)."""
    far = {(a, b): 0 if a == b else 99 for a, b in product(range(1, count + 1), repeat=2)}
    for a, b in pairs:
        far[a, b] = far[b, a] = 1
    for via, a, b in product(range(1, count + 1), repeat=3):
        far[a, b] = min(far[a, b], far[a, via] + far[via, b])
    return far


def test_every_prefix_is_learned_over_every_shortest_way_and_no_other() -> None:
    random = Random(4271)
    for _ in range(150):
        count = random.randint(2, 7)
        pairs = [p for p in combinations(range(1, count + 1), 2) if random.random() < 0.5]
        topology, far = joined(count, pairs), distances(count, pairs)
        for name, rows in learned_routes(topology).items():
            here = int(name.split()[1])
            expected = {
                (f"10.{target}.0.0/16", f"tunnel {a}-{b}", far[here, target])
                for target in range(1, count + 1)
                for a, b in pairs
                for near, peer in ((a, b), (b, a))
                if near == here and far[here, target] == far[peer, target] + 1 < 99
            }
            assert {(str(r.prefix), r.via, r.metric) for r in rows} == expected
            assert len(rows) == len(expected)


def test_learned_routes_never_lead_in_a_circle() -> None:
    random = Random(7)
    for _ in range(80):
        count = random.randint(2, 7)
        pairs = [p for p in combinations(range(1, count + 1), 2) if random.random() < 0.6]
        topology = with_learned_routes(joined(count, pairs))
        for start, target in product(topology.gateways, topology.networks):
            here, hops = start, 0
            while row := here.routes.winner(target.hosts[0].address):
                here, hops = topology.gateway(topology.tunnel(row.via).peer(here.name)), hops + 1
                assert hops < count
            reached = here.inside == target.name
            assert reached or start is here, "a route that is followed leads there"


def test_equal_ways_are_all_kept() -> None:
    square = with_learned_routes(joined(4, [(1, 2), (2, 4), (1, 3), (3, 4)]))
    found = square.gateway("gateway 1").routes.lookup(parse_address("10.4.0.7"))
    assert {c.route.via for c in found.candidates} == {"tunnel 1-2", "tunnel 1-3"}
    assert len(found.equal_cost) == 2


def test_nothing_is_learned_over_a_tunnel_that_is_down() -> None:
    assert not any(learned_routes(joined(3, [(1, 2), (2, 3)], up=False)).values())


def test_of_two_equal_ways_the_one_that_is_down_is_not_learned() -> None:
    square = joined(4, [(1, 2), (2, 4), (1, 3), (3, 4)])
    broken = tuple(replace(t, up=t.name != "tunnel 1-2") for t in square.tunnels)
    rows = learned_routes(replace(square, tunnels=broken))["gateway 1"]
    assert {row.via for row in rows} == {"tunnel 1-3"}


def test_learning_twice_is_learning_once() -> None:
    once = with_learned_routes(joined(4, [(1, 2), (2, 3), (3, 4)]))
    assert with_learned_routes(once) == once


def test_a_subnet_that_is_gone_is_forgotten() -> None:
    before = with_learned_routes(joined(2, [(1, 2)]))
    moved = Network("site 2", "site", (ip_network("10.9.0.0/16"),), (), ("left", 2))
    after = with_learned_routes(
        Topology((before.networks[0], moved), before.gateways, before.tunnels)
    )
    assert [str(r) for r in after.gateway("gateway 1").routes.routes] == [
        "10.9.0.0/16 via tunnel 1-2"
    ]


POLICY = Policy(selector("10.1.0.0/16", "10.2.0.0/16"), "protect", "tunnel x")


@pytest.mark.parametrize(
    ("make", "field", "told"),
    [
        (lambda: joined(1, [(1, 2)]), "tunnel 1-2", "ends at unknown gateway 'gateway 2'"),
        (lambda: Topology((), (gateway(1),), ()), "gateway 1", "unknown network 'site 1'"),
        (lambda: Topology((site(1), site(1)), (), ()), "topology", "two things have one name"),
        (
            lambda: Topology((site(1),), (gateway(1), gateway(1)), ()),
            "topology",
            "two things have one name",
        ),
        (
            lambda: Topology(
                (
                    site(1),
                    Network("a", "user", (), (Host("b", site(1).hosts[0].address),), ("left", 0)),
                ),
                (),
                (),
            ),
            "topology",
            "two devices have one address",
        ),
        (
            lambda: Topology((site(1),), (gateway(1, policies=PolicyTable((POLICY,))),), ()),
            "gateway 1",
            "has no tunnel 'tunnel x'",
        ),
        (
            lambda: Topology(
                (site(1),), (gateway(1, routes=RouteTable((route("0.0.0.0/0", "wan"),))),), ()
            ),
            "gateway 1",
            "has no interface 'wan'",
        ),
        (
            lambda: Topology(
                (site(1), site(2)),
                (
                    gateway(1),
                    Gateway("gateway 2", parse_address("2001:db8::2"), "site 2", "route-based"),
                ),
                (Tunnel("t", ("gateway 1", "gateway 2")),),
            ),
            "t",
            "its ends have addresses of different families",
        ),
    ],
)
def test_a_topology_that_cannot_be_is_refused_by_name(make, field, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.field == field


def test_a_host_is_found_by_name_or_address_however_it_is_written() -> None:
    topology = joined(3, [])
    wanted = topology.hosts[1]
    for text in ("host 2", " Host 2", "HOST 2", "10.2.0.7", " 10.2.0.7 "):
        assert topology.find_host(text) is wanted
    six = Network("six", "site", (), (Host("Ana", parse_address("2001:db8::4")),), ("left", 0))
    assert Topology((six,), (), ()).find_host("2001:DB8:0:0::4").name == "Ana"


def test_an_unknown_host_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        InputError, match=r"nobody here is 'hots 2'; nearest: host 2 \(10\.2\.0\.7\)"
    ):
        joined(3, []).find_host("hots 2")


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("10.255.255.255", True),
        ("11.0.0.0", False),
        ("172.31.255.255", True),
        ("172.32.0.0", False),
        ("192.168.0.0", True),
        ("100.64.0.1", True),
        ("fd00::1", True),
        ("2001:db8::1", False),
        ("203.0.113.1", False),
    ],
)
def test_which_addresses_the_internet_has_no_routes_for(text, private) -> None:
    assert is_private(parse_address(text)) == private


def test_the_internet_knows_gateways_and_public_networks_only() -> None:
    server = Network("web", "server", (ip_network("192.0.2.80/32"),), (), ("right", 0))
    whole = Topology((site(1), server), (gateway(1),), ())
    assert whole.public_next(parse_address("203.0.113.1")) == gateway(1)
    assert whole.public_next(parse_address("192.0.2.80")) == server
    assert whole.public_next(parse_address("10.1.0.7")) is None
    assert whole.public_next(parse_address("192.0.2.81")) is None
