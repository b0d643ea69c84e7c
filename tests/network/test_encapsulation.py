"""What a tunnel adds, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.network.encapsulation import (
    AES_GCM,
    SUITES,
    fragments,
    largest_inner,
    padding,
    parts,
    sealed_length,
    tcp_mss,
)

suites = st.sampled_from(list(SUITES.values()))
# suite: largest inner packet on a path of 1500 bytes, the same with NAT traversal, and both MSS.
TABLE = {
    "AES-GCM-16": (1446, 1438, 1406, 1398),
    "AES-CBC + SHA1-96": (1438, 1422, 1398, 1382),
    "AES-CBC + SHA256-128": (1438, 1422, 1398, 1382),
    "AES-CBC + SHA384-192": (1422, 1422, 1382, 1382),
    "3DES + SHA1-96": (1446, 1438, 1406, 1398),
}


def test_the_table_is_for_every_suite() -> None:
    assert set(TABLE) == set(SUITES)


@pytest.mark.parametrize("name", TABLE)
def test_the_largest_inner_packet_and_segment_of_every_suite(name) -> None:
    plain, behind_nat = (largest_inner(1500, SUITES[name], nat_t=nat_t) for nat_t in (False, True))
    assert (plain, behind_nat, tcp_mss(plain), tcp_mss(behind_nat)) == TABLE[name]


@pytest.mark.parametrize(
    ("inner", "sealed"),
    [
        (28, 84),
        (31, 88),
        (64, 120),
        (1028, 1084),
        (40, 96),
        (1400, 1456),
        (1446, 1500),
        (1447, 1504),
    ],
)
def test_the_lengths_that_linux_was_seen_to_send(inner, sealed) -> None:
    assert sealed_length(inner) == sealed == 52 + -(-(inner + 2) // 4) * 4


def test_nat_traversal_adds_a_udp_header() -> None:
    assert sealed_length(1400, nat_t=True) == 1464
    assert [p.name for p in parts(1400, nat_t=True)][:2] == ["outer IPv4 header", "UDP header"]


def test_an_ipv6_outside_costs_twenty_bytes_more() -> None:
    assert sealed_length(100, outer_version=6) == sealed_length(100) + 20
    assert largest_inner(1500, outer_version=6) == 1426


def test_azures_advice_fits_the_worst_case() -> None:
    """Tunnel MTU 1400, or MSS 1350: with the worst suite, behind NAT, even over PPPoE."""
    worst = max(sealed_length(1400, suite, nat_t=True) for suite in SUITES.values())
    assert worst == 1484
    assert max(sealed_length(1350 + 40, suite, nat_t=True) for suite in SUITES.values()) <= 1492


@given(inner=st.integers(0, 65_000), suite=suites)
def test_the_trailer_ends_on_a_whole_block(inner, suite) -> None:
    pad = padding(inner, suite)
    assert 0 <= pad < suite.block
    assert (inner + pad + 2) % suite.block == 0
    assert (inner + pad + 2) % 4 == 0, "the ICV stands on a 4-byte edge (RFC 4303, 2.4)"


@given(
    mtu=st.integers(150, 9_000), suite=suites, nat_t=st.booleans(), version=st.sampled_from([4, 6])
)
def test_the_largest_inner_packet_fits_and_one_byte_more_does_not(
    mtu, suite, nat_t, version
) -> None:
    way = {"nat_t": nat_t, "outer_version": version}
    largest = largest_inner(mtu, suite, **way)
    assert sealed_length(largest, suite, **way) <= mtu < sealed_length(largest + 1, suite, **way)


@given(inner=st.integers(20, 9_000), suite=suites)
def test_overhead_is_a_small_packets_problem(inner, suite) -> None:
    added = sealed_length(inner, suite) - inner
    around = 20 + 8 + suite.iv + 2 + suite.icv
    assert around <= added < around + suite.block, "about the same for every length"


def test_a_path_without_room_is_refused() -> None:
    assert largest_inner(56) == 2
    with pytest.raises(InputError, match="54 bytes have no room for a packet in this tunnel"):
        largest_inner(54)


def cut(length: int, mtu: int, version: int) -> int:
    """The brute-force model: cut pieces off until nothing is left."""
    header = {4: 20, 6: 48}[version]
    left, pieces = length - {4: 20, 6: 40}[version], 1
    while left > mtu - header:
        left -= (mtu - header) // 8 * 8
        pieces += 1
    return pieces


@given(length=st.integers(60, 65_535), mtu=st.integers(68, 9_000), version=st.sampled_from([4, 6]))
def test_a_long_packet_is_cut_into_as_few_fragments_as_carry_it(length, mtu, version) -> None:
    expected = 1 if length <= mtu else cut(length, mtu, version)
    assert fragments(length, mtu, version) == expected


def test_a_full_packet_sealed_travels_in_two_fragments() -> None:
    assert fragments(sealed_length(1500), 1500) == 2
    assert fragments(sealed_length(1446), 1500) == 1
    assert fragments(2971, 1499) == 2, "the last piece need not be a multiple of 8"


def test_aes_gcm_is_the_suite_of_the_books_bytes() -> None:
    assert (AES_GCM.iv, AES_GCM.block, AES_GCM.icv) == (8, 4, 16)
