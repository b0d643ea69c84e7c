"""Packets as people write them, and those that cannot be."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import PROTOCOLS, Packet, packet, parse_protocol, protocol_name


def test_a_packet_is_written_as_people_read_it() -> None:
    assert str(packet("10.1.0.4", "10.2.9.7")) == "10.1.0.4:40000 → 10.2.9.7:80 tcp, 100 bytes"
    assert str(packet("10.1.0.4", "10.2.9.7", "icmp")) == "10.1.0.4 → 10.2.9.7 icmp, 100 bytes"
    assert str(packet("::1", "::2", "udp", 53)) == "[::1]:40000 → [::2]:53 udp, 100 bytes"


def test_only_protocols_with_ports_get_ports() -> None:
    for name in PROTOCOLS:
        ports = packet("10.1.0.4", "10.2.9.7", name).destination_port
        assert (ports is not None) == (name in ("tcp", "udp", "dccp", "sctp", "udplite"))


@pytest.mark.parametrize(("port", "source_port"), [(0, 0), (65535, 65535), ("443", "0")])
def test_the_lowest_and_the_highest_port_are_ports(port, source_port) -> None:
    made = packet("10.1.0.4", "10.2.9.7", port=port, source_port=source_port)
    assert (made.destination_port, made.source_port) == (int(port), int(source_port))


@pytest.mark.parametrize(
    ("value", "number"), [("any", None), ("TCP", 6), (" udp ", 17), ("58", 58), (0, 0), (255, 255)]
)
def test_a_protocol_is_a_name_or_a_number(value, number) -> None:
    assert parse_protocol(value) == number


@pytest.mark.parametrize("value", ["tpc", 256, -1, True, None, 6.0, "٣", "", "1000"])
def test_what_is_no_protocol_is_refused_and_the_names_are_told(value) -> None:
    with pytest.raises(InputError, match="use any, 0 to 255, or one of icmp, tcp, udp"):
        parse_protocol(value)


def test_every_protocol_has_one_name() -> None:
    assert len(set(PROTOCOLS.values())) == len(PROTOCOLS)
    assert [parse_protocol(protocol_name(n)) for n in PROTOCOLS.values()] == [*PROTOCOLS.values()]
    assert (protocol_name(None), protocol_name(99)) == ("any", "protocol 99")


@pytest.mark.parametrize(
    ("make", "field", "told"),
    [
        (lambda: packet("10.1.0.4", "::1"), "destination", "of different families"),
        (lambda: packet("10.1.0.4", "10.2.9.7", "any"), "protocol", "one protocol"),
        (lambda: packet("10.1.0.4", "10.2.9.7", "icmp", 80), "port", "icmp has no ports"),
        (lambda: packet("10.1.0.4", "10.2.9.7", "gre", source_port=1), "source_port", "no ports"),
        (lambda: packet("10.1.0.4", "10.2.9.7", length=39), "length", "can have 40 to 65535"),
        (lambda: packet("10.1.0.4", "10.2.9.7", length=65536), "length", "can have 40 to 65535"),
        (lambda: packet("::1", "::2", "udp", length=47), "length", "can have 48 to 65535"),
        (lambda: packet("10.1.0.4", "10.2.9.7", length="100"), "length", "'100' bytes"),
        (lambda: packet("10.1.0.4", "10.2.9.7", length=99.5), "length", "99.5 bytes"),
        (lambda: packet("10.1.0.999", "10.2.9.7"), "source", "not an IPv4 or IPv6 address"),
    ],
)
def test_a_packet_that_cannot_be_is_refused_by_name(make, field, told) -> None:
    with pytest.raises(InputError, match=told) as refused:
        make()
    assert refused.value.field == field


def test_each_hop_takes_one_from_the_time_to_live() -> None:
    sent: Packet = packet("10.1.0.4", "10.2.9.7")
    assert (sent.ttl, sent.after_hop().ttl, sent.after_hop().after_hop().ttl) == (64, 63, 62)
