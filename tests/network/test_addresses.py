"""Addresses and ports as people write them: read rightly, or refused in one plain line."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vpnedu.network.addresses import (
    AddressRange,
    InputError,
    PortRange,
    parse_address,
    parse_port,
    parse_ports,
    parse_prefix,
    parse_ranges,
    written,
)

v4 = st.integers(0, 2**32 - 1).map(IPv4Address)
v6 = st.integers(0, 2**128 - 1).map(IPv6Address)
# What people type, and what they should not.
scribble = st.text(st.sampled_from("0123456789abf.:/- %xX,²٣\n"), max_size=20)


@given(address=v4 | v6)
def test_an_address_is_read_as_it_is_written(address) -> None:
    assert parse_address(f" {address} ") == address
    assert parse_address(address) is address


@given(address=v4 | v6, data=st.data())
def test_a_prefix_holds_the_addresses_that_share_its_leading_bits(address, data) -> None:
    length = data.draw(st.integers(0, address.max_prefixlen))
    prefix = ip_network(f"{address}/{length}", strict=False)
    assert parse_prefix(str(prefix)) == prefix
    held = AddressRange.of(prefix)
    assert address in held
    assert str(held) == (str(prefix) if length < address.max_prefixlen else str(address))
    assert int(held.last) - int(held.first) + 1 == prefix.num_addresses


@given(one=v4, other=v4, probe=v4)
def test_a_range_holds_its_ends_and_what_lies_between(one, other, probe) -> None:
    first, last = sorted((one, other))
    held = AddressRange(first, last)
    assert first in held
    assert last in held
    assert (probe in held) == (int(first) <= int(probe) <= int(last))
    assert IPv6Address(int(first)) not in held
    if first < last:
        with pytest.raises(InputError, match="is reversed"):
            AddressRange(last, first)


@given(ends=st.lists(v4, min_size=4, max_size=4), probe=v4)
def test_ranges_meet_in_what_both_hold(ends, probe) -> None:
    one, other = AddressRange(*sorted(ends[:2])), AddressRange(*sorted(ends[2:]))
    both = one.intersect(other)
    assert (both is not None and probe in both) == (probe in one and probe in other)
    assert both == other.intersect(one)


@given(ends=st.lists(v4, min_size=2, max_size=2))
def test_a_written_range_reads_back(ends) -> None:
    held = AddressRange(*sorted(ends))
    assert parse_ranges(str(held)) == (held,)


def refusal(parse, text: str) -> InputError | None:
    try:
        parse(text, "field name")
    except InputError as refused:
        return refused
    return None


@given(text=scribble)
@example("10.0.0.1-")
@example("-")
@example("10.0.0.1-2001:db8::1")
@example("10.0.0.0/8-10.0.0.1")
@example("10.0.0.0/٣")
@example("²")
def test_anything_else_is_refused_in_one_plain_line(text) -> None:
    for parse in (parse_address, parse_prefix, parse_ranges, parse_port, parse_ports):
        told = refusal(parse, text)
        if told is not None:
            assert told.field == "field name"
            assert str(told).startswith("field name: ")
            assert len(str(told).splitlines()) == 1


@pytest.mark.parametrize("value", [None, 5, 1.5, True, b"\x0a\0\0\1", ["10.0.0.1"], {}])
def test_an_address_is_text(value) -> None:
    for parse, noun in ((parse_address, "an address"), (parse_prefix, "a prefix")):
        with pytest.raises(InputError, match=f"is not {noun}; write it as text"):
            parse(value)


@pytest.mark.parametrize("text", ["10.1.0", "10.1.0.256", "010.1.0.4", "10.1.0.4/33", "::1::", ""])
def test_what_is_almost_an_address_is_refused(text) -> None:
    with pytest.raises(InputError):
        parse_address(text)


def test_host_bits_are_refused_and_the_prefix_is_named() -> None:
    with pytest.raises(InputError, match=r"has host bits set; the prefix is 10\.1\.0\.0/16"):
        parse_prefix("10.1.0.4/16")


def test_a_range_crosses_octets() -> None:
    (held,) = parse_ranges("10.0.255.250-10.1.0.5")
    assert [ip_address(text) in held for text in ("10.0.255.249", "10.0.255.250")] == [False, True]
    assert [ip_address(text) in held for text in ("10.1.0.5", "10.1.0.6")] == [True, False]
    assert str(held) == "10.0.255.250-10.1.0.5"


def test_a_list_of_ranges_is_of_one_family() -> None:
    assert written(parse_ranges(["10.1.0.0/16", "10.3.0.7"])) == "10.1.0.0/16, 10.3.0.7"
    with pytest.raises(InputError, match="IPv4 and IPv6 are mixed"):
        parse_ranges(["10.1.0.0/16", "::1"])


def test_everything_is_one_range() -> None:
    assert parse_ranges("0.0.0.0/0") == (AddressRange.of(IPv4Network("0.0.0.0/0")),)
    assert str(*parse_ranges("0.0.0.0-255.255.255.255")) == "0.0.0.0/0"


@pytest.mark.parametrize(
    ("value", "ranges"),
    [
        ("any", "any"),
        ("ANY ", "any"),
        ("0-65535", "any"),
        (0, "0"),
        ("65535", "65535"),
        (443, "443"),
        ("1000-2000", "1000-2000"),
        ([80, "443", "8000-8100"], "80, 443, 8000-8100"),
    ],
)
def test_ports_are_read_as_they_are_written(value, ranges) -> None:
    assert written(parse_ports(value)) == ranges


@pytest.mark.parametrize(
    "value",
    [-1, 65536, "65536", "-5", "1-", "-", "443-80", 4.0, True, None, [], ["x"], "1 000", "٣"],
)
def test_what_is_no_port_is_refused(value) -> None:
    with pytest.raises(InputError) as refused:
        parse_ports(value, "remote_ports")
    assert refused.value.field == "remote_ports"


@given(ends=st.lists(st.integers(0, 65535), min_size=4, max_size=4), probe=st.integers(0, 65535))
def test_port_ranges_meet_in_what_both_hold(ends, probe) -> None:
    one, other = PortRange(*sorted(ends[:2])), PortRange(*sorted(ends[2:]))
    both = one.intersect(other)
    assert (both is not None and probe in both) == (probe in one and probe in other)
