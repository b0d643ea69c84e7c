"""The hash that keeps a flow on its route, and how it shares the flows out."""

from collections import Counter

import pytest

from vpnedu.network.addresses import parse_address
from vpnedu.network.flows import Flow, share
from vpnedu.network.packets import Packet, packet

FLOWS = [
    Flow.of(
        packet(f"10.1.{i >> 8}.{i & 255}", f"10.2.0.{i % 7}", port=443, source_port=40000 + i % 11)
    )
    for i in range(6_000)
]


def fnv_1a(data: bytes) -> int:
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 % 2**32
    return value


def murmur_mix(value: int) -> int:
    for shift, factor in ((16, 2246822507), (13, 3266489909), (16, 1)):
        value = (value ^ value // 2**shift) * factor % 2**32
    return value


def test_the_witness_is_the_published_hash() -> None:
    assert [hex(fnv_1a(text)) for text in (b"", b"a", b"foobar")] == [
        "0x811c9dc5",
        "0xe40c292c",
        "0xbf9cf968",
    ]
    assert [hex(murmur_mix(n)) for n in (0, 1, 2)] == ["0x0", "0x514e28b7", "0x30f4c306"]


def test_the_hash_is_fnv_1a_over_the_five_fields_and_then_mixed() -> None:
    v4 = bytes([10, 1, 0, 4, 10, 2, 9, 7, 6]) + (40000).to_bytes(2, "big") + b"\x01\xbb"
    assert (
        Flow.of(packet("10.1.0.4", "10.2.9.7", "tcp", 443)).hash()
        == murmur_mix(fnv_1a(v4))
        == 0xD6E654BF
    )
    v6 = bytes.fromhex("20010db8" + "00" * 11 + "01" + "20010db8" + "00" * 11 + "02" + "119c400035")
    assert Flow.of(packet("2001:db8::1", "2001:db8::2", "udp", 53)).hash() == murmur_mix(fnv_1a(v6))
    only = bytes([10, 2, 9, 7, 0, 0, 0, 0, 0])
    assert Flow.to(parse_address("10.2.9.7")).hash() == murmur_mix(fnv_1a(only))


@pytest.mark.parametrize("weights", [[1], [1, 1], [1, 1, 2], [5, 1], [1] * 8, [1000, 1]])
def test_shares_follow_the_weights(weights) -> None:
    carried = Counter(share(flow, weights) for flow in FLOWS)
    for place, weight in enumerate(weights):
        assert carried[place] == pytest.approx(len(FLOWS) * weight / sum(weights), abs=150)
    assert set(carried) <= set(range(len(weights)))


def test_flows_that_differ_in_one_bit_are_shared_out_too() -> None:
    """Neighbouring source ports, as one computer opens them."""
    flows = [Flow.of(packet("10.1.0.4", "10.2.9.7", source_port=40000 + i)) for i in range(400)]
    carried = Counter(share(flow, [1, 1, 1, 1]) for flow in flows)
    assert all(70 <= carried[place] <= 130 for place in range(4)), carried


@pytest.mark.parametrize("routes", [1, 2, 3, 7])
def test_one_more_route_moves_half_of_the_flows_and_not_most(routes) -> None:
    """Hash-threshold moves half (RFC 2992, 3); a remainder would move n of n + 1."""
    moved = sum(share(f, [1] * routes) != share(f, [1] * (routes + 1)) for f in FLOWS)
    assert moved / len(FLOWS) == pytest.approx(0.5, abs=0.03)


def test_a_route_that_grows_takes_flows_and_gives_none() -> None:
    """The last of the regions, made wider, only reaches further down."""
    for flow in FLOWS[:2_000]:
        if share(flow, [1, 1]) == 1:
            assert share(flow, [1, 2]) == 1


def test_fragments_that_show_no_port_are_one_flow() -> None:
    ends = parse_address("10.1.0.4"), parse_address("10.2.9.7")
    assert Flow.of(Packet(*ends, protocol=6)) == Flow(*ends, 6, 0, 0)


def test_both_directions_of_a_conversation_hash_on_their_own() -> None:
    there = [share(f, [1, 1]) for f in FLOWS]
    back = [
        share(Flow(f.destination, f.source, f.protocol, f.destination_port, f.source_port), [1, 1])
        for f in FLOWS
    ]
    same = sum(a == b for a, b in zip(there, back, strict=True))
    assert same / len(FLOWS) == pytest.approx(0.5, abs=0.05), "asymmetry is natural"
