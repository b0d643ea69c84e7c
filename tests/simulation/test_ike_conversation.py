"""Two ends that talk IKE: the stories of the ladder, and what they rest on."""

from dataclasses import replace
from hashlib import sha1

import pytest

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.simulation.ike import Belief, Message, Received, Settings, react, schedule
from vpnedu.simulation.ike.conversation import ONE_WAY, Line, converse
from vpnedu.simulation.ike.knowledge import knowledge
from vpnedu.simulation.ike.nat import Socket, detection_hash, translated
from vpnedu.simulation.ike.payloads import child_spi, ike_spis, payloads, sealed
from vpnedu.simulation.ike.stories import (
    CHILD_LIFE,
    INITIATOR,
    OFFICE,
    RESPONDER,
    STORIES,
    Story,
    liveness,
    nat,
    no_proposal,
    no_selectors,
    rekey,
    set_up,
    settings,
    wrong_group,
    wrong_key,
)

EVERY = [make() for make in STORIES]
LINES = [(story, place) for story in EVERY for place in range(len(story.lines))]
HERE, THERE = (
    settings(INITIATOR, RESPONDER, OFFICE),
    settings(RESPONDER, INITIATOR, OFFICE.mirrored()),
)


def said(story: Story) -> list[str]:
    return [str(line.message) for line in story.lines]


def names(line: Line) -> list[str]:
    assert line.message
    return [part.name for part in payloads(line.message)]


def test_set_up_is_two_requests_and_their_answers() -> None:
    assert said(set_up()) == [
        "IKE_SA_INIT request",
        "IKE_SA_INIT response",
        "IKE_AUTH request (INITIAL_CONTACT)",
        "IKE_AUTH response",
    ]
    assert [line.at for line in set_up().lines] == pytest.approx([n * ONE_WAY for n in range(4)])
    assert [line.sender for line in set_up().lines] == [0, 1, 0, 1]


def test_two_pre_shared_keys_fail_in_the_second_exchange_only() -> None:
    *well, failed = wrong_key().lines
    assert [str(line.message) for line in well] == said(set_up())[:3]
    assert str(failed.message) == "IKE_AUTH response (AUTHENTICATION_FAILED)"
    assert [belief.state for belief in failed.beliefs] == ["down", "down"]


def test_without_selectors_in_common_ike_is_up_and_no_child() -> None:
    last = no_selectors().lines[-1]
    assert str(last.message) == "IKE_AUTH response (TS_UNACCEPTABLE)"
    assert [belief.state for belief in last.beliefs] == ["up, no child"] * 2


def test_a_wrong_guess_of_the_group_costs_one_round_trip() -> None:
    first, refused, again, *rest = wrong_group().lines
    assert first.message
    assert refused.message
    assert again.message
    assert (first.message.group, refused.message.group, again.message.group) == (14, 19, 19)
    assert refused.beliefs[1] == Belief(), "nothing is remembered of it (RFC 7296, 2.6)"
    assert again.message.groups == first.message.groups, "all is offered again (1.2)"
    assert again.message.number == 0
    assert again.message == replace(first.message, group=19)
    assert len(rest) == 3
    assert [belief.state for belief in rest[-1].beliefs] == ["up", "up"]


def test_without_a_group_in_common_the_dialler_gives_up_at_once() -> None:
    lines = no_proposal().lines
    assert said(no_proposal()) == [
        "IKE_SA_INIT request",
        "IKE_SA_INIT response (NO_PROPOSAL_CHOSEN)",
    ]
    assert "accepts none of the algorithms" in lines[-1].reasons[0]
    assert [belief.state for belief in lines[-1].beliefs] == ["down", "down"]


def test_a_group_that_was_not_offered_is_not_taken_up() -> None:
    """Else whoever answers first could choose a weak one for both."""
    talk = converse(replace(HERE, groups=(19,)), replace(THERE, groups=(19,)), 1)
    assert talk[0].message
    forged = replace(talk[0].message.reply("INVALID_KE_PAYLOAD"), group=2)
    after, _ = react(talk[0].beliefs[0], Received(forged, 0.1), HERE)
    assert after.state == "down"


def test_an_end_needs_a_group() -> None:
    with pytest.raises(InputError, match="groups: an IKE SA needs one at least"):
        replace(HERE, groups=())


def test_a_child_is_made_before_the_old_one_is_broken() -> None:
    lines = rekey().lines
    assert lines[0].at == pytest.approx(0.95 * CHILD_LIFE, abs=1)
    assert said(rekey()) == [
        "CREATE_CHILD_SA request (REKEY_SA)",
        "CREATE_CHILD_SA response",
        "INFORMATIONAL request (DELETE)",
        "INFORMATIONAL response",
    ]
    accepted = [[len(belief.inbound) for belief in line.beliefs] for line in lines]
    assert accepted == [[1, 2], [2, 2], [2, 1], [1, 1]]
    for line in lines:
        one, other = line.beliefs
        assert one.child
        assert other.child
        assert other.accepts(one.child.id), "what is sent is accepted at every moment"
        assert one.accepts(other.child.id)


def test_a_silent_peer_is_asked_again_at_strongswans_times() -> None:
    asked, answered, *silent, given_up = liveness().lines
    assert (asked.lost, answered.lost) == (False, False)
    assert all(line.lost for line in silent)
    waits = [round(line.at - line.first, 1) for line in silent]
    assert waits == [0.0, 4.0, 11.2, 24.2, 47.5, 89.5]
    assert given_up.message is None
    assert given_up.at - silent[0].at == pytest.approx(schedule(4.0, 1.8, 5)[-1])
    assert [belief.state for belief in given_up.beliefs] == ["down", "up"]


@pytest.mark.parametrize("place", range(len(LINES)))
def test_all_but_the_header_is_sealed_in_every_exchange_but_the_first(place: int) -> None:
    story, index = LINES[place]
    message = story.lines[index].message
    if message:
        header, *rest = payloads(message)
        assert (header.name, header.sealed) == ("HDR", False)
        assert rest
        assert {part.sealed for part in rest} == {sealed(message)}
        assert sealed(message) == (message.exchange != "IKE_SA_INIT")


def test_the_responder_has_the_keys_first_and_both_have_them_before_any_proof() -> None:
    def has(line: Line) -> list[tuple[bool | None, bool | None]]:
        ends = ((INITIATOR, RESPONDER), (RESPONDER, INITIATOR))
        known = [knowledge(b, *end) for b, end in zip(line.beliefs, ends, strict=True)]
        return [(keys.has, proof.has) for keys, proof, _, _ in known]

    assert [has(line) for line in set_up().lines] == [
        [(False, False), (True, False)],
        [(True, False), (True, False)],
        [(True, False), (True, True)],
        [(True, True), (True, True)],
    ]


def test_what_one_end_sends_with_the_other_accepts() -> None:
    last = set_up().lines[-1]
    here = knowledge(last.beliefs[0], INITIATOR, RESPONDER)
    there = knowledge(last.beliefs[1], RESPONDER, INITIATOR)
    assert here[2].words.split()[-1] == there[3].words.split()[-1]
    assert there[2].words.split()[-1] == here[3].words.split()[-1]
    assert here[2].words != there[2].words, "an SA is one-way"


def test_names_of_sas_are_numbers_that_may_stand_on_the_wire() -> None:
    assert int(child_spi("a/1", INITIATOR), 16) > 255
    assert len(bytes.fromhex("".join(ike_spis("a#1")))) == 16
    assert ike_spis("a#1") != ike_spis("a#2")


def test_the_answer_to_a_childs_deletion_deletes_the_other_way() -> None:
    """RFC 7296, 1.4.1."""
    *_, asked, answered = (line.message for line in rekey().lines)
    assert answered
    assert [part.name for part in payloads(answered, asked)] == ["HDR", "D"]
    assert [part.name for part in payloads(answered)] == ["HDR", "SK{}"]


def test_a_new_ike_sa_brings_a_public_value_and_a_child_its_traffic() -> None:
    request = Message("CREATE_CHILD_SA", "a#1", ike="a#2", old="a#1")
    assert [part.name for part in payloads(request)] == ["HDR", "SA", "Ni", "KEi"]
    assert [part.name for part in payloads(request.reply())] == ["HDR", "SA", "Nr", "KEr"]
    assert names(rekey().lines[1]) == ["HDR", "SA", "Nr", "TSi", "TSr"]


def test_nat_detection_hashes_spis_address_and_port() -> None:
    """SHA-1 over SPIi, SPIr, address, port (RFC 7296, 2.23), here put together by hand."""
    socket = Socket(parse_address("192.0.2.1"), 500)
    by_hand = bytes([1] * 8 + [2] * 8 + [192, 0, 2, 1, 1, 244])
    assert detection_hash("01" * 8, "02" * 8, socket) == sha1(by_hand).hexdigest()
    assert not translated("01" * 8, "02" * 8, socket, socket)
    assert translated("01" * 8, "02" * 8, socket, replace(socket, port=501))


def test_a_nat_is_found_by_the_hashes_of_its_side_and_moves_the_talk_to_4500() -> None:
    found = [[": a NAT" in part.says for part in extras] for extras in nat().extras]
    assert found == [[True, False], [False, True], [], []]
    assert ["4500" in ports for ports in nat().ports] == [False, False, True, True]
    assert said(nat()) == said(set_up()), "the machine decides the same"


def test_a_second_telling_is_the_same() -> None:
    assert [make() for make in STORIES] == EVERY


def test_two_that_never_reach_each_other_stop() -> None:
    lines = converse(HERE, THERE, 400.0, cut=0.0)
    assert [line.lost for line in lines[:-1]] == [True] * 6
    assert lines[-1].message is None
    assert "stops dialling" in lines[-1].reasons[0]


def test_other_settings_give_another_talk() -> None:
    quick = replace(HERE, retransmit_timeout=1.0, retransmit_base=2.0, retransmit_tries=2)
    lines = converse(quick, THERE, 400.0, cut=0.0)
    assert [line.at for line in lines] == pytest.approx([0.0, 1.0, 3.0, 7.0])
    assert isinstance(quick, Settings)
