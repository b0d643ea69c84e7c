"""Every scenario teaches what it says: who gets a packet, by which tunnel, and who does not."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.events import Flight, Lookup, Sealed
from vpnedu.simulation.scenarios import SCENARIOS, scenario
from vpnedu.simulation.trace import Trace

THERE_AND_BACK = ("tunnel to branch", "tunnel to branch")
# scenario -> preset -> (what became of the packet, the tunnels it took)
# What became of it: who received it, or the cause of its loss and where.
CLAIMS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "two-sites-policy-based": {
        "Ana to Ben": ("Ben", ("tunnel to branch",)),
        "Gus, a visitor, to Ben": ("no policy at office gateway", ()),
        "Ana to 10.3.0.9": ("no policy at office gateway", ()),
        "Ana to Ben, 1446 bytes": ("Ben", ("tunnel to branch",)),
        "Ana to Ben, 1447 bytes": ("too big at office gateway", ()),
        "Ana to Ben, 1500 bytes, may be fragmented": ("Ben", ("tunnel to branch",)),
    },
    "three-sites-overlapping": {
        "to Wim, wide policy first": ("no such host at east gateway", ("tunnel east",)),
        "to Wim, narrow policy first": ("Wim", ("tunnel west",)),
        "to Eva, wide policy first": ("Eva", ("tunnel east",)),
        "to Eva, narrow policy first": ("Eva", ("tunnel east",)),
    },
    "one-sided-policy": {
        "Lab to Ben, tunnel negotiated": ("no security association at office gateway", ()),
        "Lab to Ben, tunnel keyed by hand": (
            "inbound check failed at branch gateway",
            ("tunnel to branch",),
        ),
        "Ana to Ben": ("Ben", ("tunnel to branch",)),
    },
    "new-subnet-policy-based": {
        "Ana to Gil, in the new subnet": ("no policy at hub gateway", ()),
        "Gil, in the new subnet, to Ana": ("no policy at gateway 3", ()),
        "Ana to Gil, only the hub edited": ("no security association at hub gateway", ()),
        "Ana to Dia, as before": ("Dia", ("tunnel 3",)),
        "Ben to Dia, through the hub": ("Dia", ("tunnel 1", "tunnel 3")),
    },
    "hub-route-based": {
        "Ana to Dia": ("Dia", ("tunnel 3",)),
        "Ben to Fay, through the hub": ("Fay", ("tunnel 1", "tunnel 5")),
        "Ana to 10.9.0.7, nobody's": ("not routable on the internet at internet", ()),
        "Ana to Cai, a ping": ("Cai", ("tunnel 2",)),
    },
    "new-subnet-route-based": {
        "Ana to Gil, in the new subnet": ("Gil", ("tunnel 3",)),
        "Gil, in the new subnet, to Ana": ("Ana", ("tunnel 3",)),
        "Ana to Gil, nothing announced yet": ("not routable on the internet at internet", ()),
        "Ana to Dia, as before": ("Dia", ("tunnel 3",)),
        "Ben to Dia, through the hub": ("Dia", ("tunnel 1", "tunnel 3")),
    },
    "static-or-learned": {
        "to Gil, new in the east": ("not routable on the internet at internet", ()),
        "to Hal, new in the west": ("Hal", ("tunnel west",)),
        "to Wim, by a learned route": ("Wim", ("tunnel west",)),
        "to Wim, with a wrong static route": (
            "not routable on the internet at internet",
            ("tunnel east",),
        ),
    },
    "forced-tunnelling": {
        "Ben to the web, forced": ("Web", ("tunnel to office",)),
        "Ben to the web, not forced": ("Web", ()),
        "Ben to Ana": ("Ana", ("tunnel to office",)),
    },
    "fails-open": {
        "the route is gone": ("not routable on the internet at internet", ()),
        "the route is there": ("Ben", ("tunnel to branch",)),
    },
    "fails-closed": {
        "the route is gone": ("blackhole route at office gateway", ()),
        "the route is there": ("Ben", ("tunnel to branch",)),
    },
    "prefix-pairs": {
        "App to Max: a pair holds it": ("Max", ("tunnel mill",)),
        "Sam to Max, through the cloud": ("no security association at shop firewall", ()),
        "Sam to Max, any-to-any offered": ("Max", ("tunnel shop", "tunnel mill")),
        "Data to Sam": ("Sam", ("tunnel shop",)),
    },
    "network-to-network": {
        "App to Data": ("Data", ("tunnel north-south",)),
        "Data to App": ("App", ("tunnel north-south",)),
    },
    "point-to-site": {
        "Ida to App": ("App", ("tunnel Ida",)),
        "App to Jon": ("Jon", ("tunnel Jon",)),
        "Ida to the web, past the tunnel": ("Web", ()),
        "Ida to Jon, not in her routes": ("not routable on the internet at internet", ()),
    },
    "office-to-cloud": {
        "Ana to App": ("App", ("tunnel office",)),
        "App to Bo": ("Bo", ("tunnel office",)),
        "Ana to Bo, next door": ("Bo", ()),
        "Ana to the web, past the tunnel": ("Web", ()),
    },
    "user-tunnelling": {
        "Ida to the web, split": ("Web", ()),
        "Ida to the web, forced": ("Web", ("tunnel Ida",)),
        "Ida to the web, forced, and no way out": ("no route at cloud gateway", ("tunnel Ida",)),
        "Ida to App, forced": ("App", ("tunnel Ida",)),
    },
    "networks-in-a-row": {
        "App to Log, routes typed in": ("blackhole route at north gateway", ()),
        "App to Log, routes learned": ("Log", ("tunnel north", "tunnel south")),
        "App to Data, next door": ("Data", ("tunnel north",)),
    },
    "all-three-connections": {
        "Ana to App: site to cloud": ("App", ("tunnel office",)),
        "Ida to App: user to cloud": ("App", ("tunnel Ida",)),
        "App to Data: network to network": ("Data", ("backbone tunnel",)),
        "Ida to Jon: user to user": ("Jon", ("tunnel Ida", "tunnel Jon")),
        "Jon to Ana: user to site": ("Ana", ("tunnel Jon", "tunnel office")),
        "Ana to Data: transit": ("Data", ("tunnel office", "backbone tunnel")),
        "Jon to Ana, with old routes": ("not routable on the internet at internet", ()),
    },
    "ipv6-forged-source": {
        "Mal to Ben, pretending to be Ana": ("inbound check failed at branch gateway", ()),
        "Mal to Ben, as himself": ("inbound check failed at branch gateway", ()),
        "Ana to Ben": ("Ben", ("tunnel to branch",)),
    },
    "wrong-key": {
        "the keys differ": ("no tunnel up at office gateway", ()),
        "one key": ("Ana", THERE_AND_BACK),
    },
    "firewall-in-the-way": {
        "UDP 4500 closed, behind a NAT": ("no tunnel up at office gateway", ()),
        "ESP closed, no NAT": ("filtered at branch gateway", ("tunnel to branch",)),
        "ESP closed, but put inside UDP": ("Ana", THERE_AND_BACK),
    },
    "no-child": {
        "10.11.0.0/16 typed for 10.1.0.0/16": (
            "no security association at office gateway",
            (),
        ),
        "the mistake mended": ("Ana", THERE_AND_BACK),
    },
    "narrowed": {
        "to Eva, whom narrowing left out": ("no security association at office gateway", ()),
        "to Ben, inside what is left": ("Ana", THERE_AND_BACK),
        "to Eva, the branch's policy widened": ("Ana", THERE_AND_BACK),
    },
    "one-way": {
        "Ana pings Ben: no way back": (
            "not routable on the internet at internet",
            ("tunnel to branch",),
        ),
        "Ben pings Ana: no way there": ("not routable on the internet at internet", ()),
        "Ana pings Ben, the route added": ("Ana", THERE_AND_BACK),
    },
    "mtu-black-hole": {
        "1500 bytes, ICMP filtered": ("too big at office gateway", ()),
        "a small ping": ("Ana", THERE_AND_BACK),
        "1500 bytes, ICMP let through": ("too big at office gateway", ()),
        "1390 bytes: MSS clamped to 1350": ("Ana", THERE_AND_BACK),
    },
    "overlapping-addresses": {
        "both sites are 10.1.0.0/16": ("no such host at office gateway", ()),
        "the branch renumbered to 10.2.0.0/16": ("Ana", THERE_AND_BACK),
    },
    "nat-before-policies": {
        "Ana pings Ben, through the NAT": ("no policy at office gateway", ()),
        "Ben pings Ana": ("Ben", THERE_AND_BACK),
        "Ana pings Ben, exempt from the NAT": ("Ana", THERE_AND_BACK),
    },
}


def run(name: str, label: str) -> Trace:
    """The run of one preset."""
    return scenario(name).run(next(p for p in scenario(name).presets if p.label == label))


def fate(trace: Trace) -> str:
    """Who received the packet, or why and where it was lost."""
    end = trace.verdict
    return end.node if end.kind == "delivered" else f"{end.cause} at {end.node}"


def in_the_clear(trace: Trace) -> bool:
    """Whether an eavesdropper on the internet could read the packet."""
    return any(isinstance(e, Flight) and e.link == "internet" for e in trace.events)


def asked(trace: Trace, table: str) -> list[Lookup]:
    return [e for e in trace.events if isinstance(e, Lookup) and e.table == table]


def test_every_preset_of_every_scenario_has_a_claim() -> None:
    claimed = {name: list(claims) for name, claims in CLAIMS.items()}
    assert claimed == {name: [p.label for p in s.presets] for name, s in SCENARIOS.items()}


@pytest.mark.parametrize(
    ("name", "label"), [(name, label) for name, claims in CLAIMS.items() for label in claims]
)
def test_the_packet_fares_as_the_lesson_says(name, label) -> None:
    trace = run(name, label)
    assert (fate(trace), trace.tunnels_taken) == CLAIMS[name][label]


def test_there_are_at_least_ten_and_each_says_what_it_teaches() -> None:
    assert len(SCENARIOS) >= 10
    for name, made in SCENARIOS.items():
        assert made.name == name
        assert made.lesson.endswith(".")
        assert made.title
        assert len({p.label for p in made.presets}) == len(made.presets) >= 2


def test_no_two_networks_of_a_scenario_stand_in_one_place() -> None:
    for made in SCENARIOS.values():
        places = [network.place for network in made.topology.networks]
        assert len(set(places)) == len(places)


# What else a lesson says than where a packet ends.


def test_the_first_policy_decides_though_a_narrower_one_follows() -> None:
    lookup = asked(run("three-sites-overlapping", "to Wim, wide policy first"), "policies")[0]
    assert [row.state for row in lookup.rows] == ["won", "not asked", "not asked"]
    assert lookup.rows[1].reason.startswith("would hold it too")


def test_one_byte_more_is_too_many() -> None:
    fits, too_big = (run("two-sites-policy-based", f"Ana to Ben, {n} bytes") for n in (1446, 1447))
    outer = next(fits.datagrams[e.datagram] for e in fits.events if isinstance(e, Sealed))
    assert outer.length == 1500
    assert "ICMP says: fragmentation needed, largest 1446" in too_big.verdict.reason


def test_the_same_new_subnet_breaks_policies_and_not_routes() -> None:
    label = "Ana to Gil, in the new subnet"
    assert run("new-subnet-policy-based", label).verdict.kind == "dropped"
    assert run("new-subnet-route-based", label).verdict.kind == "delivered"
    changed = [e for e in run("new-subnet-route-based", label).events if e.kind == "changed"]
    assert {e.node for e in changed} == {"Branch 3", "gateway 3"}, "no other gateway is edited"


def test_all_that_policies_drop_stays_inside_and_all_that_routes_lose_leaks() -> None:
    closed = run("new-subnet-policy-based", "Ana to Gil, in the new subnet")
    leaks = run("new-subnet-route-based", "Ana to Gil, nothing announced yet")
    assert (in_the_clear(closed), in_the_clear(leaks)) == (False, True)


def test_without_the_route_the_packet_leaves_in_the_clear_and_the_blackhole_stops_it() -> None:
    assert in_the_clear(run("fails-open", "the route is gone"))
    assert not in_the_clear(run("fails-closed", "the route is gone"))
    for name in ("fails-open", "fails-closed"):
        assert not in_the_clear(run(name, "the route is there"))


def test_forced_traffic_crosses_the_branchs_internet_sealed_only() -> None:
    forced = run("forced-tunnelling", "Ben to the web, forced")
    from_branch = [
        e for e in forced.events if isinstance(e, Flight) and e.source == "branch gateway"
    ]
    assert [e.link for e in from_branch] == ["tunnel to office"]
    assert in_the_clear(forced), "and the office's in the clear"
    direct = run("forced-tunnelling", "Ben to the web, not forced")
    assert forced.verdict.at > direct.verdict.at, "the way round takes longer"


def test_the_static_route_wins_over_the_learned_one_though_it_is_wrong() -> None:
    lookup = asked(run("static-or-learned", "to Wim, with a wrong static route"), "routes")[0]
    same = [row for row in lookup.rows if row.cells[0] == "10.3.0.0/16"]
    rows = {row.cells[1]: (row.state, row.reason) for row in same}
    assert rows["tunnel east"][0] == "won"
    assert rows["tunnel west"] == ("lost", "same prefix, but preference 20 comes after 1")


def test_only_pairs_are_offered_so_there_is_no_way_through_the_cloud() -> None:
    verdict = run("prefix-pairs", "Sam to Max, through the cloud").verdict
    assert "TS_UNACCEPTABLE" in verdict.reason
    shown = asked(run("prefix-pairs", "App to Max: a pair holds it"), "traffic selectors")[0]
    assert [row.cells[0] for row in shown.rows] == ["10.8.0.0/16", "10.9.0.0/16"]


def test_networks_of_one_provider_do_not_use_the_internet() -> None:
    trace = run("network-to-network", "App to Data")
    assert trace.between == "provider's backbone"
    assert not any("internet" in event.reason for event in trace.events)


def test_everybody_in_an_office_shares_one_tunnel_and_each_user_has_one() -> None:
    assert len(scenario("office-to-cloud").topology.tunnels) == 1
    joined = scenario("all-three-connections").topology
    users = [network.name for network in joined.networks if network.kind == "user"]
    through_nat = [tunnel for tunnel in joined.tunnels if tunnel.nat_t]
    assert len(users) == len(through_nat) == 2


def test_two_halves_of_all_addresses_beat_the_clients_own_default_route() -> None:
    lookup = asked(run("user-tunnelling", "Ida to the web, forced"), "routes")[0]
    won = [row.cells[0] for row in lookup.rows if row.state == "won"]
    assert won == ["128.0.0.0/1"]
    assert "0.0.0.0/0" in [row.cells[0] for row in lookup.rows], "the default route is still there"


def test_a_gateway_without_a_way_out_keeps_forced_traffic_from_being_read() -> None:
    assert in_the_clear(run("user-tunnelling", "Ida to the web, forced"))
    assert not in_the_clear(run("user-tunnelling", "Ida to the web, forced, and no way out"))


def test_whoever_was_told_of_the_office_reaches_it_and_the_others_leak() -> None:
    assert not in_the_clear(run("all-three-connections", "Jon to Ana: user to site"))
    assert in_the_clear(run("all-three-connections", "Jon to Ana, with old routes"))


def test_a_users_tunnel_goes_through_nat() -> None:
    trace = run("point-to-site", "Ida to App")
    outer = next(trace.datagrams[e.datagram] for e in trace.events if isinstance(e, Sealed))
    assert outer.data[20:24] == (4500).to_bytes(2, "big") * 2


def test_a_forged_packet_is_dropped_because_it_should_have_come_sealed() -> None:
    trace = run("ipv6-forged-source", "Mal to Ben, pretending to be Ana")
    lookup = asked(trace, "inbound policies")[0]
    assert lookup.rows[0].state == "won"
    assert "wants such packets sealed" in trace.verdict.reason
    assert trace.events[0].source == "Mal", "whatever the packet says"


def test_an_unknown_scenario_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="there is no 'fail-open'; nearest: fails-open"):
        scenario("fail-open")
    with pytest.raises(InputError, match="nearest: "):
        scenario("")


def test_any_packet_can_be_sent_by_name_or_address() -> None:
    made = scenario("hub-route-based")
    by_name = made.send("ana", "DIA", "udp", 53)
    by_address = made.send("10.0.0.4", "10.3.0.7", "udp", 53)
    assert by_name.to_dict() == by_address.to_dict()
    with pytest.raises(InputError, match="nobody here is 'Anna'; nearest: Ana"):
        made.send("Anna", "Dia")
    with pytest.raises(InputError, match="'Diana' is not an IPv4 or IPv6 address"):
        made.send("Ana", "Diana")
