"""What goes wrong in practice goes wrong here for its true reason, and IKE tells how it came."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.network.gateways import agree
from vpnedu.network.packets import packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.events import Changed, Delivered, Flight, Lookup
from vpnedu.simulation.journey import send
from vpnedu.simulation.negotiation import Negotiation, negotiate, refusal, told
from vpnedu.simulation.scenarios import SCENARIOS, scenario
from vpnedu.simulation.scenarios.troubles import BRANCH, OFFICE, TUNNEL, filtering, two_sites
from vpnedu.simulation.trace import Trace

ANA, BEN = "10.1.0.4", "10.2.9.7"


def talk(topology: Topology) -> Negotiation:
    return negotiate(topology, topology.tunnel(TUNNEL))


def ping(topology: Topology, source: str = ANA, target: str = BEN, length: int = 100) -> Trace:
    return send(topology, packet(source, target, "icmp", length=length), answered=True)


def exchanges(found: Negotiation) -> list[str]:
    return [str(said.message) for said in found.said]


# IKE between two gateways


def test_a_healthy_tunnel_takes_four_messages_and_nobody_complains() -> None:
    found = talk(two_sites())
    assert len(found.said) == 4
    assert (found.state, found.reason) == ("up", "")
    assert {said.carrier for said in found.said} == {"udp 500"}


def test_a_wrong_key_passes_the_first_exchange_and_fails_the_second() -> None:
    found = talk(two_sites(keys={BRANCH: "another key"}))
    assert exchanges(found)[1] == "IKE_SA_INIT response"
    assert exchanges(found)[-1] == "IKE_AUTH response (AUTHENTICATION_FAILED)"
    assert found.state == "down"
    assert not found.beliefs[1].up, "and neither end has anything left"


def test_the_same_wrong_key_at_both_ends_is_none() -> None:
    assert talk(two_sites(keys={OFFICE: "old", BRANCH: "old"})).state == "up"


def test_selectors_without_anything_in_common_leave_ike_up_without_a_child() -> None:
    found = talk(two_sites(("10.2.0.0/16", "10.11.0.0/16", TUNNEL)))
    assert found.state == "up, no child"
    assert exchanges(found)[-1] == "IKE_AUTH response (TS_UNACCEPTABLE)"
    assert [belief.up for belief in found.beliefs] == [True, True]


@pytest.mark.parametrize(
    ("nat", "closed", "state", "messages"),
    [
        (False, "udp 500", "setting up", 1),
        (True, "udp 500", "setting up", 1),
        (True, "udp 4500", "setting up", 3),
        (False, "udp 4500", "up", 4),
        (False, "esp", "up", 4),
        (True, "esp", "up", 4),
    ],
)
def test_what_a_firewall_closes_shows_in_how_far_ike_comes(nat, closed, state, messages) -> None:
    found = talk(filtering(two_sites(nat_t=nat), closed))
    assert (found.state, len(found.said)) == (state, messages)


def test_a_firewall_at_the_dialling_end_stops_as_much() -> None:
    plain = two_sites(nat_t=True)
    ours = plain.with_gateway(replace(plain.gateway(OFFICE), filters=("udp 4500",)))
    assert f"in front of {OFFICE}" in talk(ours).reason


PREFIXES = st.sampled_from(
    ["10.1.0.0/16", "10.1.2.0/24", "10.2.0.0/16", "10.2.9.0/24", "10.0.0.0/8", "10.11.0.0/16"]
)


@settings(max_examples=60, deadline=None)
@given(PREFIXES, PREFIXES)
def test_what_ike_agrees_on_is_what_the_gateways_may_send(local, remote) -> None:
    """Two ways to the same answer: the IKE machines, and the rule of narrowing by itself."""
    made = two_sites((local, remote, TUNNEL))
    tunnel = made.tunnel(TUNNEL)
    child = talk(made).beliefs[0].child
    agreed = agree(tunnel, made.gateway(OFFICE), made.gateway(BRANCH)).selectors
    assert (child.selectors if child else ()) == agreed


def test_a_tunnel_keyed_by_hand_has_no_ike_to_refuse_it() -> None:
    by_hand = two_sites(keys={OFFICE: "another"}, negotiated=False)
    assert refusal(by_hand, by_hand.tunnel(TUNNEL)) == ""


def test_the_setting_up_is_told_in_time_and_before_the_packet_leaves() -> None:
    made = two_sites()
    changes = told(made, made.tunnel(TUNNEL))
    times = [change.at for change in changes]
    assert times == sorted(times)
    trace = scenario("wrong-key").run(0)
    leaves = next(event.at for event in trace.events if isinstance(event, Flight))
    assert all(event.at < leaves for event in trace.events if isinstance(event, Changed))


# Answers


@pytest.mark.parametrize("made", SCENARIOS.values(), ids=SCENARIOS)
def test_an_answer_goes_on_where_the_unanswered_run_ended(made) -> None:
    for preset in made.presets:
        alone = made.run(replace(preset, answered=False))
        answered = made.run(replace(preset, answered=True))
        assert answered.events[: len(alone.events)] == alone.events
        more = len(answered.events) > len(alone.events)
        reached = isinstance(alone.verdict, Delivered)
        assert more == reached


def test_an_answered_ping_ends_at_the_one_who_sent_it() -> None:
    trace = ping(two_sites())
    assert [event.node for event in trace.events if isinstance(event, Delivered)] == ["Ben", "Ana"]
    assert trace.verdict.at == pytest.approx(2 * (0.001 + 0.02 + 0.001))


def test_an_answer_has_the_ports_the_other_way() -> None:
    trace = send(two_sites(), packet(ANA, BEN, "tcp", 443), answered=True)
    assert "10.2.9.7:443 → 10.1.0.4:40000" in trace.verdict.reason


def test_nobody_answers_an_answer() -> None:
    next_door = send(two_sites(), packet(BEN, "10.2.3.8", "icmp"), answered=True)
    assert [e.node for e in next_door.events if isinstance(e, Delivered)] == ["Eva", "Ben"]


# What each trouble leaves intact is what tells it from the others.


def test_esp_that_is_filtered_is_lost_after_it_crossed_sealed() -> None:
    trace = ping(filtering(two_sites(), "esp"))
    lost = trace.datagrams[trace.verdict.datagram]
    assert lost.inner is not None, "what is dropped is the sealed packet"
    assert (trace.verdict.node, trace.verdict.cause) == (BRANCH, "filtered")


def test_esp_that_is_filtered_at_home_never_crosses() -> None:
    plain = two_sites()
    trace = ping(plain.with_gateway(replace(plain.gateway(OFFICE), filters=("esp",))))
    assert trace.verdict.node == OFFICE
    assert [e.link for e in trace.events if isinstance(e, Flight)] == ["inside"]


def test_a_filter_for_a_port_that_nobody_uses_does_no_harm() -> None:
    assert isinstance(ping(filtering(two_sites(), "udp 4500")).verdict, Delivered)


def test_what_a_firewall_can_filter_is_known() -> None:
    with pytest.raises(InputError, match="'port 50' is not one of udp 500, udp 4500, esp"):
        filtering(two_sites(), "port 50")  # type: ignore[arg-type]


def test_where_icmp_is_filtered_the_sender_is_not_told() -> None:
    open_, silent = (replace(two_sites(), icmp=icmp) for icmp in (True, False))
    assert (
        "ICMP says: fragmentation needed, largest 1446" in ping(open_, length=1500).verdict.reason
    )
    reason = ping(silent, length=1500).verdict.reason
    assert "the sender hears nothing" in reason
    assert "ICMP says" not in reason


def test_a_nat_before_the_policies_spoils_requests_from_inside_and_no_answers() -> None:
    nat = scenario("nat-before-policies").topology
    asked = [e for e in ping(nat).events if isinstance(e, Lookup)]
    assert asked[0].question == "198.51.100.1 → 10.2.9.7"
    assert isinstance(ping(nat, BEN, ANA).verdict, Delivered)


def test_the_connected_route_wins_over_the_tunnels_with_the_same_prefix() -> None:
    lookup = next(
        e for e in scenario("overlapping-addresses").run(0).events if isinstance(e, Lookup)
    )
    same = {row.cells[1]: row.state for row in lookup.rows if row.cells[0] == "10.1.0.0/16"}
    assert same == {"Head office": "won", TUNNEL: "lost"}


def test_the_scene_shows_a_tunnel_that_ike_refused_as_down() -> None:
    wrong, right = (scenario("wrong-key").run(place) for place in (0, 1))
    assert [trace.tunnels[0].up for trace in (wrong, right)] == [False, True]


def test_selectors_of_the_wrong_pair_are_refused_the_other_way_too() -> None:
    made = scenario("no-child").topology
    for source, target in ((ANA, BEN), (BEN, ANA)):
        trace = ping(made, source, target)
        assert trace.verdict.kind == "dropped"
