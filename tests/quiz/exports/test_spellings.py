"""Right answers in all the ways that are foreseen, and numbers as decimals."""

from fractions import Fraction

import pytest

from vpnedu.quiz.exports.ranges import around, decimal, has_end, range_of, shares
from vpnedu.quiz.exports.spellings import spellings, spellings_of
from vpnedu.quiz.inputs import Byte, ByteField
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.typed import Typed

WAYS = {
    "address 10.1.0.4": {"10.1.0.4"},
    "address 2001:DB8::4": {
        "2001:db8::4", "2001:0db8:0000:0000:0000:0000:0000:0004", "2001:db8:0:0:0:0:0:4",
    },
    "prefix 10.1.0.0/16": {"10.1.0.0/16", "10.1.0.0/255.255.0.0"},
    "prefix 2001:db8::/32": {
        "2001:db8::/32", "2001:0db8:0000:0000:0000:0000:0000:0000/32", "2001:db8:0:0:0:0:0:0/32",
    },
    "port 500": {"500", "port 500"},
    "port udp/4500": {
        "udp/4500", "4500/udp", "udp 4500", "4500 udp", "udp:4500", "4500:udp", "udp4500",
        "4500udp", "udp port 4500",
    },
    "hex DE ad": {"de ad", "dead", "de:ad", "de-ad", "0xdead"},
    "words Longest prefix": {"longest prefix", "longest prefix."},
}  # fmt: skip


@pytest.mark.parametrize("answer", WAYS)
def test_an_answer_is_foreseen_in_the_ways_that_people_write_it(answer: str) -> None:
    form, _, text = answer.partition(" ")
    typed = Typed(form, (text,))
    assert {way.lower() for way in spellings(typed)} == WAYS[answer]
    assert len(spellings(typed)) == len(WAYS[answer])
    assert spellings(typed)[0] == text
    assert all(typed.mark(way.upper()).score == 1 for way in spellings(typed))


def test_a_port_alone_is_not_foreseen_where_the_protocol_is_asked_for() -> None:
    both = Typed("port", ("4500", "udp/4500"))
    assert {"4500", "udp/4500", "4500/udp"} <= set(spellings(both))
    assert "500" not in spellings(Typed("port", ("udp/500",)))
    assert "udp 500" in spellings_of(both, "udp/500")


@pytest.mark.parametrize("value", ["0", "1/2", "-7/4", "933/10", "1/3", "22/7", "1/1000000000"])
@pytest.mark.parametrize("tolerance", ["0", "1/20", "1/3", "1/1000"])
def test_every_decimal_is_in_the_range_only_if_it_is_right(value: str, tolerance: str) -> None:
    number = Number(Fraction(value), Fraction(tolerance))
    found = range_of(number)
    assert all(has_end(bound) for bound in (found.low, found.high, found.told))
    if number.tolerance:
        assert number.mark(decimal(found.low)).score == number.mark(decimal(found.high)).score == 1
    middle = round(number.value, 6)
    for off in range(-60, 61):
        near = middle + off * Fraction(1, 120) * 2
        right = number.mark(decimal(near)).score == 1
        exact = not number.tolerance and not has_end(number.value)
        if has_end(near) and not exact:
            assert (found.low <= near <= found.high) == right, near


def test_what_rounding_changes_is_told() -> None:
    assert around(Fraction(1, 4), Fraction(1, 8)).lost == ""
    assert "9 decimals" in around(Fraction(1, 3), Fraction(1, 8)).lost
    thin = around(Fraction(1, 3), Fraction(0))
    assert (decimal(thin.low), decimal(thin.high)) == ("0.3333325", "0.3333335")
    assert "what rounds to 0.333333 is taken" in thin.lost


def test_of_bytes_the_right_field_s_are_in_the_range() -> None:
    fields = ByteField("a", 0, 3, ""), ByteField("b", 4, 6, "", right=True)
    found = range_of(Byte(bytes(7), fields))
    assert [place for place in range(7) if found.low <= place <= found.high] == [4, 5, 6]
    assert found.exact is None


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 11, 30])
def test_shares_are_alike_and_make_exactly_one(count: int) -> None:
    parts = shares(count)
    assert len(parts) == count
    assert sum(parts) == 1
    assert max(parts) - min(parts) < Fraction(count, 10**6)
    assert all("/" not in decimal(part) for part in parts)
