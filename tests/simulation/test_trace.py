"""The trace as a value: what it says in words, and as data."""

import json

import pytest

from vpnedu.simulation.events import Changed, Delivered, Dropped, to_dict
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.trace import SHOWN

ARRIVED = SCENARIOS["two-sites-policy-based"].run()


def test_a_transcript_is_the_title_and_then_one_event_a_line() -> None:
    title, *lines = str(ARRIVED).splitlines()
    assert title == ARRIVED.title
    assert [line.split(" ms  ", 1)[1] for line in lines] == [e.reason for e in ARRIVED.events]
    assert [float(line.split(" ms")[0]) for line in lines] == [
        pytest.approx(e.at * 1000) for e in ARRIVED.events
    ]
    assert str(ARRIVED).endswith("\n")


def test_the_verdict_is_the_last_event() -> None:
    assert isinstance(ARRIVED.verdict, Delivered)
    assert isinstance(SCENARIOS["two-sites-policy-based"].run(1).verdict, Dropped)


def test_the_tunnels_taken_are_in_the_order_of_the_way() -> None:
    assert ARRIVED.tunnels_taken == ("tunnel to branch",)
    assert SCENARIOS["hub-route-based"].run(1).tunnels_taken == ("tunnel 1", "tunnel 5")
    assert SCENARIOS["fails-open"].run().tunnels_taken == ()


def test_times_are_rounded_to_the_microsecond() -> None:
    """0.1 + 0.2 is 0.3 in the JSON, whatever it is in binary."""
    event = Dropped(0.1 + 0.2, "gate", 0, "no route", "gate drops the packet")
    assert event.at != 0.3
    assert to_dict(event)["at"] == 0.3


def test_a_long_packet_shows_its_first_bytes_and_all_of_its_fields() -> None:
    trace = SCENARIOS["two-sites-policy-based"].run(3)
    for datagram, data in zip(trace.datagrams, trace.to_dict()["datagrams"], strict=True):
        assert data["hex"] == datagram.data[:SHOWN].hex()
        assert data["length"] == len(datagram.data) > SHOWN
        assert sum(length for _, _, length, *_ in data["fields"]) == data["length"]


def test_a_trace_is_plain_data() -> None:
    data = ARRIVED.to_dict()
    assert json.loads(json.dumps(data)) == data


def test_changes_come_first_and_say_what_was_and_what_is() -> None:
    trace = SCENARIOS["new-subnet-policy-based"].run()
    first = trace.events[0]
    assert isinstance(first, Changed)
    assert (first.node, first.aspect) == ("Branch 3", "prefixes")
    assert (first.before, first.after) == ("10.3.0.0/16", "10.3.0.0/16, 10.33.0.0/24")


def test_the_picture_has_networks_first_and_each_in_its_place() -> None:
    trace = SCENARIOS["hub-route-based"].run()
    kinds = [node.kind for node in trace.nodes]
    assert kinds == ["site"] * 6 + ["gateway"] * 6 + ["host"] * 6 + ["internet"]
    places = [node.place for node in trace.nodes if node.place]
    assert len(set(places)) == 6, "no two networks stand in one place"
