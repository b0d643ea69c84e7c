"""What the bank computes of single flows and of the prefix that wins."""

from ipaddress import IPv4Address, IPv4Network

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing.flows import carrier, delay, moment, outage
from vpnedu.quiz.computing.lookups import winning_prefix
from vpnedu.simulation.failover import simulate

CRASH = ["instance-crash#2@40"]


def test_the_parts_of_a_flows_outage_add_up_to_its_seconds() -> None:
    words = outage("active-active", CRASH, "network → office 2", until=110)
    parts = sum(float(words[part]) for part in ("detect", "decide", "redirect"))
    assert parts == pytest.approx(float(words["answer"]), abs=0.15)
    length = float(words["end"]) - float(words["start"])
    assert length == pytest.approx(float(words["answer"]), abs=0.1)


def test_each_flow_has_its_own_outage_and_the_worst_is_the_runs() -> None:
    run = simulate("active-active", CRASH, until=110)
    seconds = {
        line.name: float(outage("active-active", CRASH, line.name, until=110)["answer"])
        for line in run.flows
    }
    assert [name for name, took in seconds.items() if took] == [one.flow for one in run.outages]
    assert max(seconds.values()) == round(max(one.seconds for one in run.outages), 1)


def test_a_second_outage_of_a_flow_is_found_by_its_number() -> None:
    flaps = ["timer-mismatch@30"]
    first, second = (
        outage("active-active", flaps, "network → office 1", nth=nth, until=130) for nth in (1, 2)
    )
    assert float(first["end"]) < float(second["start"])
    with pytest.raises(InputError, match="nth"):
        outage("active-active", flaps, "network → office 1", nth=9, until=130)


def test_an_outage_that_lasts_has_no_end_and_nothing_carries_its_flow() -> None:
    lost = ("active-active", ["device-loss@30"], "office → network 1")
    assert outage(*lost, until=90)["end"] == "none"
    assert carrier(*lost, until=90) == {"answer": "none"}


def test_a_flow_that_moves_is_carried_by_the_tunnel_that_is_left() -> None:
    assert carrier("active-active", CRASH, "office → network 2", until=110)["answer"] == "tunnel 1"
    assert carrier("expressroute-failover", [], "office → network", until=20)["answer"] == "circuit"


def test_a_longer_way_takes_longer_and_a_lost_packet_takes_no_time() -> None:
    cut, flow = ["circuit-cut@30"], "office → network"
    before, after = (
        delay("expressroute-failover", cut, flow, at=second, until=260) for second in (0, 250)
    )
    assert int(before["answer"]) < int(after["answer"])
    assert delay("expressroute-failover", cut, flow, at=40, until=260)["answer"] == "none"


def test_a_moment_is_the_second_of_the_words_and_may_count_from_others() -> None:
    crash = "Instance 2 crashes"
    found = moment("active-active", CRASH, "arrive again", until=110)
    assert moment("active-active", CRASH, crash, until=110)["answer"] == "40.000"
    since = moment("active-active", CRASH, "arrive again", since=crash, until=110)
    assert float(since["answer"]) == pytest.approx(float(found["answer"]) - 40)
    with pytest.raises(InputError, match="0 times"):
        moment("active-active", CRASH, "it rains", until=110)
    with pytest.raises(InputError, match="has not said"):
        moment("active-active", CRASH, crash, since="arrive again", until=110)


def test_a_flow_that_is_not_there_is_named_with_its_neighbours() -> None:
    with pytest.raises(InputError, match="office → network"):
        outage("active-standby", [], "office to network", until=20)


@pytest.mark.parametrize("last", [0, 15, 16, 31, 127, 128, 255])
def test_the_winning_prefix_is_the_longest_of_those_that_hold_the_address(last: int) -> None:
    prefixes = ["10.2.0.0/16", "10.2.0.0/20", "10.2.16.0/20", "10.2.128.0/17"]
    address = f"10.2.{last}.9"
    routes = [{"prefix": prefix, "via": f"way {prefix}"} for prefix in prefixes]
    holding = [net for net in map(IPv4Network, prefixes) if IPv4Address(address) in net]
    longest = str(max(holding, key=lambda net: net.prefixlen))
    words = winning_prefix(routes, address)
    assert (words["answer"], words["via"]) == (longest, f"way {longest}")
