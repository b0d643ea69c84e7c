"""Each cause for which a journey can end, and the cases that are easy to get wrong."""

from dataclasses import replace
from ipaddress import ip_network
from typing import get_args

import pytest

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.packets import packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.routes import RouteTable, route
from vpnedu.network.selectors import prefix_pairs, selector
from vpnedu.network.topology import Topology
from vpnedu.simulation.events import Cause, Dropped, Flight, Sealed
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import Trace

ANA, BEN, WEB = "10.1.0.4", "10.2.9.7", "192.0.2.80"
OFFICE, BRANCH = "office gateway", "branch gateway"


# One journey for each cause.


def ended(topology: Topology, source: str, target: str, origin: str = "", **more) -> Trace:
    sent = packet(source, target, **more)
    return send(topology, sent, origin=topology.find_host(origin) if origin else None)


def no_policy(make) -> Trace:
    return ended(make["policy-based"](PolicyTable()), ANA, BEN)


def policy_says_discard(make) -> Trace:
    table = PolicyTable((Policy(selector("10.1.0.0/16", "10.2.0.0/16"), "discard"),), "bypass")
    return ended(make["policy-based"](table), ANA, BEN)


def no_route(make) -> Trace:
    bare = RouteTable((route("10.1.0.0/16", "Office"),))
    return ended(make["with table"](make["route-based"](), OFFICE, routes=bare), ANA, BEN)


def blackhole(make) -> Trace:
    return ended(make["route-based"](office=[route("10.0.0.0/8", blackhole=True)]), ANA, BEN)


def no_tunnel_up(make) -> Trace:
    return ended(make["route-based"](up=False), ANA, BEN)


def no_association(make) -> Trace:
    table = PolicyTable((Policy(selector("10.1.0.0/16", "10.9.0.0/16"), "protect", "tunnel"),))
    return ended(make["policy-based"](table), ANA, "10.9.0.7")


def too_big(make) -> Trace:
    return ended(make["policy-based"](), ANA, BEN, length=1447)


def inbound_check_failed(make) -> Trace:
    table = PolicyTable((Policy(selector("10.1.0.0/16", "10.0.0.0/8"), "protect", "tunnel"),))
    by_hand = make["policy-based"](table, negotiated=False)
    return ended(by_hand, ANA, "10.3.0.7")


def not_routable(make) -> Trace:
    return ended(make["route-based"](office=[]), ANA, BEN)


def no_such_host(make) -> Trace:
    return ended(make["route-based"](), ANA, "10.2.0.99")


def time_to_live_ran_out(make) -> Trace:
    """A routing loop: each gateway holds the other for the way to 10.7.0.0/16."""
    loop = [("10.7.0.0/16", "tunnel")]
    return ended(make["route-based"](office=loop, branch=loop), ANA, "10.7.0.1")


def filtered(make) -> Trace:
    """The firewall in front of the branch knows IKE, and not ESP."""
    return ended(make["with table"](make["route-based"](), BRANCH, filters=("esp",)), ANA, BEN)


ENDED = {
    "no policy": no_policy,
    "policy says discard": policy_says_discard,
    "no route": no_route,
    "blackhole route": blackhole,
    "no tunnel up": no_tunnel_up,
    "no security association": no_association,
    "too big": too_big,
    "inbound check failed": inbound_check_failed,
    "not routable on the internet": not_routable,
    "no such host": no_such_host,
    "time to live ran out": time_to_live_ran_out,
    "filtered": filtered,
}


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_ends_a_journey(cause, make) -> None:
    verdict = ENDED[cause](make).verdict
    assert isinstance(verdict, Dropped)
    assert verdict.cause == cause
    who = "the internet" if verdict.node == "internet" else verdict.node
    assert verdict.reason.startswith(f"{who} ")


def test_a_routing_loop_ends_after_as_many_hops_as_the_packet_had_to_live(make) -> None:
    trace = time_to_live_ran_out(make)
    assert len(trace.tunnels_taken) == 63
    assert trace.verdict.at == pytest.approx(0.001 + 63 * 0.02)


def test_every_packet_of_a_loop_has_a_sequence_number_of_its_own(make) -> None:
    trace = time_to_live_ran_out(make)
    sealed = [trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed)]
    assert len({d.data for d in sealed}) == 63
    numbers = [d.data[24:28] for d in sealed]
    assert numbers[::2] == [n.to_bytes(4, "big") for n in range(1, 33)], "one way"
    assert numbers[1::2] == [n.to_bytes(4, "big") for n in range(1, 32)], "and the other"


# Cases that are easy to get wrong.


def test_a_packet_to_a_gateway_itself_arrives_there(make) -> None:
    near = ended(make["route-based"](), ANA, "198.51.100.1")
    assert (near.verdict.kind, near.verdict.node) == ("delivered", OFFICE)
    far = ended(make["route-based"](), ANA, "203.0.113.5")
    assert (far.verdict.kind, far.verdict.node) == ("delivered", BRANCH)
    assert far.tunnels_taken == (), "only 10.2.0.0/16 is routed into the tunnel"


def test_a_policy_based_gateway_takes_nothing_in_the_clear_even_for_itself(make) -> None:
    mixed = make["route-based"]()
    branch = make["policy-based"]().gateway(BRANCH)
    trace = ended(mixed.with_gateway(branch), ANA, "203.0.113.5")
    assert trace.verdict.cause == "inbound check failed"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (ANA, "10.1.0.4 is Ana again; the packet never leaves"),
        ("127.0.0.1", "127.0.0.1 is Ana again"),
        ("224.0.0.5", "is not the address of one device"),
        ("255.255.255.255", "is not the address of one device"),
        ("0.0.0.0", "is not the address of one device"),
        ("169.254.21.1", "is for one link only"),
    ],
)
def test_a_packet_that_no_gateway_would_see_is_refused(make, target, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        ended(make["route-based"](), ANA, target)
    assert refused.value.field == "destination"


@pytest.mark.parametrize(
    ("length", "cut", "pieces"),
    [(1446, False, 1), (1446, True, 1), (1447, True, 2), (1500, True, 2), (1447, False, 0)],
)
def test_dont_fragment_decides_what_happens_to_a_packet_that_grows_too_big(
    make, length, cut, pieces
) -> None:
    trace = ended(make["route-based"](), ANA, BEN, length=length, dont_fragment=not cut)
    flights = [e.fragments for e in trace.events if isinstance(e, Flight) and e.link == "tunnel"]
    assert flights == ([pieces] if pieces else [])
    if not pieces:
        assert trace.verdict.cause == "too big"
        assert "ICMP says: fragmentation needed, largest 1446" in trace.verdict.reason


def test_the_largest_packet_that_icmp_names_does_fit(make) -> None:
    for nat_t in (False, True):
        topology = make["route-based"](nat_t=nat_t)
        told = ended(topology, ANA, BEN, length=1500).verdict.reason
        largest = int(told.rsplit(" ", 1)[1])
        assert ended(topology, ANA, BEN, length=largest).verdict.kind == "delivered"
        assert ended(topology, ANA, BEN, length=largest + 1).verdict.kind == "dropped"


def test_a_packet_too_big_for_the_path_does_not_fit_in_the_clear_either(make) -> None:
    trace = ended(make["route-based"](), ANA, WEB, length=1501)
    assert trace.verdict.cause == "too big"
    assert trace.verdict.reason.endswith("ICMP says: fragmentation needed, largest 1500")
    assert ended(make["route-based"](), ANA, WEB, length=1500).verdict.kind == "delivered"
    cut = ended(make["route-based"](), ANA, WEB, length=1501, dont_fragment=False)
    assert [e.fragments for e in cut.events if isinstance(e, Flight)] == [1, 2, 2]


def test_a_server_sends_nothing_that_its_own_link_does_not_take(make) -> None:
    with pytest.raises(InputError, match="Web's own link takes 1500 bytes; send less") as refused:
        ended(make["route-based"](), WEB, "203.0.113.5", length=1501)
    assert refused.value.field == "length"
    cut = ended(make["route-based"](), WEB, "203.0.113.5", length=1501, dont_fragment=False)
    assert cut.verdict.kind == "delivered"


def test_a_sealed_packet_longer_than_any_packet_is_dropped(make) -> None:
    trace = ended(make["route-based"](), ANA, BEN, length=65535, dont_fragment=False)
    assert trace.verdict.cause == "too big"
    assert trace.verdict.reason.endswith("and no IP packet has more than 65535")


def test_an_ipv6_packet_is_never_cut_on_the_way() -> None:
    trace = SCENARIOS["ipv6-forged-source"].send("Ana", "Ben", length=1427, dont_fragment=False)
    assert trace.verdict.cause == "too big"
    assert trace.verdict.reason.endswith("ICMP says: Packet Too Big, largest 1426")


def test_nat_traversal_puts_esp_inside_udp_4500(make) -> None:
    trace = ended(make["route-based"](nat_t=True), ANA, BEN)
    outer = next(trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed))
    assert outer.data[9] == 17
    assert outer.data[20:24] == (4500).to_bytes(2, "big") * 2
    assert int.from_bytes(outer.data[24:26], "big") == outer.length - 20
    assert outer.data[28:32] != bytes(4), "four zero bytes would say that it is IKE"
    assert outer.length == 164


def test_without_nat_traversal_esp_is_protocol_50(make) -> None:
    trace = ended(make["route-based"](), ANA, BEN)
    outer = next(trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed))
    assert (outer.data[9], outer.length) == (50, 156)
    assert outer.data[8] == 64, "the outer packet has a fresh time to live"


def test_the_outer_header_copies_dont_fragment(make) -> None:
    for cut in (False, True):
        trace = ended(make["route-based"](), ANA, BEN, dont_fragment=not cut)
        outer = next(trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed))
        assert outer.data[6] == (0 if cut else 0x40)


def test_a_default_of_bypass_lets_out_in_the_clear_what_no_policy_holds(make) -> None:
    """As Linux does (LINUX.md); RFC 4301 discards."""
    table = PolicyTable((), "bypass")
    trace = ended(make["policy-based"](table), ANA, WEB)
    assert (trace.verdict.kind, trace.verdict.node) == ("delivered", "Web")
    assert trace.tunnels_taken == ()


def test_a_bypass_above_the_tunnels_policy_lets_a_packet_out_in_the_clear(make) -> None:
    bypass = Policy(selector("10.1.0.0/16", "192.0.2.0/24"), "bypass")
    everything = Policy(selector("0.0.0.0/0", "0.0.0.0/0"), "protect", "tunnel")
    trace = ended(make["policy-based"](PolicyTable((bypass, everything))), ANA, WEB)
    assert trace.verdict.kind == "delivered"


def test_a_peer_that_narrowed_the_offer_is_not_said_to_have_refused_it(make) -> None:
    table = PolicyTable((Policy(selector("10.1.0.0/16", "10.0.0.0/8"), "protect", "tunnel"),))
    topology = make["policy-based"](table)
    assert ended(topology, ANA, BEN).verdict.kind == "delivered"
    verdict = ended(topology, ANA, "10.3.0.7").verdict
    assert verdict.cause == "no security association"
    assert verdict.reason == (
        "office gateway drops the packet: branch gateway narrowed the selectors of tunnel to "
        "10.1.0.0/16 - 10.2.0.0/16, which leaves out 10.1.0.4 to 10.3.0.7"
    )


def test_a_route_into_a_tunnel_does_not_help_where_no_selector_holds_the_packet(make) -> None:
    offers = {OFFICE: prefix_pairs(["10.1.0.0/16"], ["10.2.0.0/16"])}
    topology = make["route-based"](office=[("10.0.0.0/8", "tunnel")], offers=offers)
    assert ended(topology, ANA, BEN).verdict.kind == "delivered"
    verdict = ended(topology, ANA, "10.3.0.7").verdict
    assert verdict.cause == "no security association"
    assert "no traffic selector of tunnel holds 10.1.0.4 to 10.3.0.7" in verdict.reason


def test_an_answer_goes_back_through_the_same_tunnel(make) -> None:
    for topology in (make["route-based"](), make["policy-based"]()):
        there, back = ended(topology, ANA, BEN), ended(topology, BEN, ANA)
        assert there.tunnels_taken == back.tunnels_taken == ("tunnel",)
        keys = [
            next(t.datagrams[e.datagram] for e in t.events if isinstance(e, Sealed)).data[20:24]
            for t in (there, back)
        ]
        assert keys[0] != keys[1], "but under another security association"


def test_neighbours_need_no_gateway() -> None:
    trace = SCENARIOS["one-sided-policy"].send("Ana", "Lab")
    assert [e.kind for e in trace.events] == ["flight", "delivered"]


def test_a_private_ipv6_source_has_no_stand_in_at_an_ipv4_gateway(make) -> None:
    topology = make["route-based"]()
    office = replace(
        topology.networks[0],
        prefixes=(ip_network("fd00:1::/64"),),
        hosts=(replace(topology.hosts[0], address=parse_address("fd00:1::4")),),
    )
    six = replace(topology, networks=(office, *topology.networks[1:]))
    table = RouteTable((route("::/0", "internet"),))
    trace = ended(make["with table"](six, OFFICE, routes=table), "fd00:1::4", "2001:db8::1")
    assert trace.verdict.cause == "not routable on the internet"
    assert trace.verdict.node == OFFICE


def test_ipv6_packets_cross_an_ipv4_tunnel(make) -> None:
    topology = make["route-based"]()
    ends = ("fd00:1::/64", "fd00:1::4"), ("fd00:2::/64", "fd00:2::7")
    networks = tuple(
        replace(
            n, prefixes=(ip_network(p),), hosts=(replace(n.hosts[0], address=parse_address(a)),)
        )
        for n, (p, a) in zip(topology.networks, ends, strict=False)
    )
    six = replace(topology, networks=(*networks, topology.networks[2]))
    for name, inside, far in ((OFFICE, "Office", "fd00:2::/64"), (BRANCH, "Branch", "fd00:1::/64")):
        own = networks[0 if name == OFFICE else 1].prefixes[0]
        table = RouteTable((route(own, inside), route(far, "tunnel")))
        six = make["with table"](six, name, routes=table)
    trace = ended(six, "fd00:1::4", "fd00:2::7", protocol="udp", port=53)
    assert trace.verdict.kind == "delivered"
    outer = next(trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed))
    assert outer.data[0] >> 4 == 4


def test_a_sender_who_is_not_there_is_refused_with_the_nearest_names(make) -> None:
    with pytest.raises(InputError, match=r"nobody here is '10\.1\.0\.5'; nearest: Ana"):
        ended(make["route-based"](), "10.1.0.5", BEN)
