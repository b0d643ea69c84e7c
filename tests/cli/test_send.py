"""`vpnedu send`: one packet through a scenario."""

from itertools import permutations

import pytest

from vpnedu import SCENARIOS


def test_the_transcript_is_that_of_the_trace(vpnedu) -> None:
    done = vpnedu("send", "two-sites-policy-based", "ana", "10.2.9.7", "--port", "80")
    assert done.out == str(SCENARIOS["two-sites-policy-based"].send("Ana", "Ben", "tcp", 80))


def test_json_is_the_trace_in_one_line(vpnedu) -> None:
    done = vpnedu("send", "hub-route-based", "Ben", "Cai", "--protocol", "udp", "--json")
    trace = SCENARIOS["hub-route-based"].send("Ben", "Cai", "udp")
    assert done.objects == [trace.to_dict()]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_host_of_every_scenario_can_send_to_every_other(vpnedu, name: str) -> None:
    for source, target in permutations(SCENARIOS[name].topology.hosts, 2):
        assert vpnedu("send", name, source.name, target.address).code == 0


def test_a_dropped_packet_is_an_answer(vpnedu) -> None:
    done = vpnedu("send", "fails-closed", "Ana", "10.99.0.1", "--anywhere")
    assert done.code == 0
    assert "drops the packet" in done.out


def test_an_address_in_a_network_needs_no_host(vpnedu) -> None:
    done = vpnedu("send", "two-sites-policy-based", "Ana", "10.2.3.4")
    assert done.code == 0
    assert "finds nobody at 10.2.3.4" in done.out


def test_a_large_packet_passes_where_it_may_be_fragmented(vpnedu) -> None:
    command = ("send", "two-sites-policy-based", "Ana", "Ben", "--size", "1500")
    assert "drops the packet" in vpnedu(*command).out
    assert "Ben receives" in vpnedu(*command, "--fragment").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("two-site-policy Ana Ben", "scenario: there is no 'two-site-policy'; nearest: two-sites-"),
        ("hub-route-based Anna Ben", "source: nobody here is 'Anna'; nearest: Ana (10.0.0.4)"),
        ("hub-route-based Ana Bem", "destination: nobody here is 'Bem'; nearest: Ben ("),
        ("hub-route-based 10.9.9.9 Ben", "source: nobody here is '10.9.9.9'; nearest: "),
        ("hub-route-based Ana Ben --protocol tpc", "--protocol: 'tpc' is not a protocol"),
        ("hub-route-based Ana Ben --port 65536", "--port: '65536' is not a port"),
        ("hub-route-based Ana Ben --port 80 --protocol esp", "--port: esp has no ports"),
        ("hub-route-based Ana Ben --size 39", "--size: 39 bytes; this packet can have 40 to 65535"),
        ("hub-route-based Ana Ben --size -1", "--size: '-1' is not a number of bytes"),
        ("hub-route-based Ana Ben --size 1e3", "--size: '1e3' is not a number of bytes"),
        ("hub-route-based Ana 2001:db8::1 --anywhere", "of different families"),
    ],
)
def test_what_is_not_there_is_an_error_that_offers_the_nearest(vpnedu, arguments, said) -> None:
    done = vpnedu("send", *arguments.split())
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_an_address_outside_is_refused_with_a_way_to_send_it_all_the_same(vpnedu) -> None:
    done = vpnedu("send", "two-sites-policy-based", "Ana", "8.8.8.8")
    assert done.code == 2
    assert done.err.startswith("destination: nobody here is '8.8.8.8'; nearest: Ben (10.2.9.7)")
    assert done.err.endswith("; --anywhere sends it all the same\n")
    assert vpnedu("send", "two-sites-policy-based", "Ana", "8.8.8.8", "--anywhere").code == 0


def test_an_unknown_name_is_refused_even_with_anywhere(vpnedu) -> None:
    done = vpnedu("send", "two-sites-policy-based", "Ana", "Bob", "--anywhere")
    assert done.code == 2
    assert "--anywhere" not in done.err
