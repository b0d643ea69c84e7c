"""The bytes of plain packets, taken apart again by a reader of its own."""

import struct
from ipaddress import ip_address
from itertools import pairwise
from random import Random

import pytest

from vpnedu.network.headers import checksum, packet_bytes
from vpnedu.network.packets import HEADER_LENGTH, Packet, packet

NUMBERS = {"icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58}


def ones_complement(data: bytes) -> int:
    """The sum that a receiver makes: all ones if the packet is whole (RFC 1071, 1)."""
    words = struct.unpack(f"!{len(data) // 2}H", data[: len(data) // 2 * 2])
    total = sum(words) + (data[-1] << 8 if len(data) % 2 else 0)
    return total % 0xFFFF or (0xFFFF if total else 0)


def whole(data: bytes) -> bool:
    return ones_complement(data) == 0xFFFF


def random_packets(count: int) -> list[Packet]:
    random = Random(791)
    made = []
    for _ in range(count):
        six = random.random() < 0.4
        ends = [ip_address(random.getrandbits(32 if not six else 128)) for _ in range(2)]
        if len({end.version for end in ends}) > 1:
            continue
        protocol = random.choice(["tcp", "udp", "icmpv6" if six else "icmp", "gre", "esp"])
        ports = {"port": random.getrandbits(16), "source_port": random.getrandbits(16)}
        made.append(
            packet(
                *ends,
                protocol,
                **(ports if protocol in ("tcp", "udp") else {}),
                length=random.choice([60, 61, 100, 127, 1500, random.randint(60, 3000)]),
                dont_fragment=random.random() < 0.5,
            )
        )
    return made


PACKETS = random_packets(800)


def split(data: bytes) -> tuple[bytes, bytes]:
    length = HEADER_LENGTH[data[0] >> 4]
    return data[:length], data[length:]


def test_every_packet_is_as_long_as_it_says() -> None:
    for sent in PACKETS:
        data, fields = packet_bytes(sent)
        assert len(data) == sent.length
        covered = sorted((f.start, f.start + f.length) for f in fields)
        assert covered[0][0] == 0, "the fields begin where the packet begins"
        assert covered[-1][1] == len(data), "and end where it ends"
        assert all(a[1] == b[0] for a, b in pairwise(covered))


def test_the_ipv4_header_says_what_the_packet_says() -> None:
    for sent in (p for p in PACKETS if p.source.version == 4):
        header, _ = split(packet_bytes(sent)[0])
        assert whole(header)
        first, tos, total, identity, flags, ttl, protocol, _, source, target = struct.unpack(
            "!BBHHHBBHII", header
        )
        assert (first, tos, total, identity) == (0x45, 0, sent.length, 0)
        assert flags == (0x4000 if sent.dont_fragment else 0)
        assert (ttl, protocol) == (sent.ttl, sent.protocol)
        assert (source, target) == (int(sent.source), int(sent.destination))


def test_the_ipv6_header_says_what_the_packet_says() -> None:
    for sent in (p for p in PACKETS if p.source.version == 6):
        header, payload = split(packet_bytes(sent)[0])
        first, length, protocol, hops = struct.unpack("!IHBB", header[:8])
        assert (first, length) == (0x60000000, len(payload))
        assert (protocol, hops) == (sent.protocol, sent.ttl)
        assert header[8:] == sent.source.packed + sent.destination.packed


def pseudo(sent: Packet, payload: bytes) -> bytes:
    """What TCP, UDP and ICMPv6 sum besides themselves (RFC 9293, 3.1; RFC 8200, 8.1)."""
    ends = sent.source.packed + sent.destination.packed
    if sent.source.version == 4:
        return ends + struct.pack("!BBH", 0, sent.protocol, len(payload))
    return ends + struct.pack("!IHBB", len(payload), 0, 0, sent.protocol)


def test_every_checksum_is_right() -> None:
    seen = set()
    for sent in PACKETS:
        _, payload = split(packet_bytes(sent)[0])
        if sent.protocol in (6, 17, 58):
            assert whole(pseudo(sent, payload) + payload), str(sent)
            seen.add(sent.protocol)
        elif sent.protocol == 1:
            assert whole(payload), str(sent)
            seen.add(1)
    assert seen == {1, 6, 17, 58}


def test_the_transport_header_says_what_the_packet_says() -> None:
    for sent in PACKETS:
        _, payload = split(packet_bytes(sent)[0])
        if sent.protocol in (6, 17):
            ports = struct.unpack("!HH", payload[:4])
            assert ports == (sent.source_port, sent.destination_port)
        if sent.protocol == 6:
            assert payload[12] >> 4 == 5, "a TCP header of 20 bytes"
        if sent.protocol == 17:
            assert struct.unpack("!H", payload[4:6]) == (len(payload),)
        if sent.protocol in (1, 58):
            assert payload[0] == {1: 8, 58: 128}[sent.protocol], "an echo request"


def test_a_udp_checksum_of_zero_is_sent_as_all_ones() -> None:
    """In UDP zero means that there is no checksum (RFC 768), and IPv6 forbids that (RFC 8200)."""

    def sent(port: int) -> bytes:
        return packet_bytes(packet("10.1.0.4", "10.2.9.7", "udp", port, length=28))[0][26:28]

    # What is missing from a sum is what has to be added to make it zero.
    missing = int.from_bytes(sent(0), "big")
    assert sent(missing) == b"\xff\xff"
    assert sent(missing - 1) == b"\0\1"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("0001f203f4f5f6f7", 0x220D),  # RFC 1071, 3: the sum is ddf2
        ("45000073000040004011" + "0000" + "c0a80001c0a800c7", 0xB861),
        ("", 0xFFFF),
        ("ff", 0x00FF),
    ],
)
def test_the_internet_checksum_of_known_bytes(data, expected) -> None:
    assert checksum(bytes.fromhex(data)) == expected


def test_the_eavesdropper_has_something_to_read() -> None:
    assert b"salary list" in packet_bytes(packet("10.1.0.4", "10.2.9.7"))[0]
