"""Numbers as people write them: what is read, what is refused, and what is told of the answer."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.numbers import LONGEST, Mistake, Number, parse_number, written
from vpnedu.quiz.units import scales_of

LEFT_OUT = Mistake("no-udp", "1446", "You left out the UDP header.")
PACKET = Number(Fraction(1438), unit="B", mistakes=(LEFT_OUT,))

fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**4)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 438", 1438),
        ("1.438e3", 1438),
        ("2876/2", 1438),
        ("−5", -5),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("0.000 1", Fraction(1, 10000)),
        ("1.42×10^-3", Fraction(142, 100000)),
    ],
)
def test_a_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text, ()) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,420", "write 1420 or 1.42, not 1,420"),
        ("nan", "write one number"),
        ("1 1/2", "write one number"),
        ("1 42", "write one number"),
        ("0x1f", "in decimal, not in hex"),
        ("1e", "a power of ten is written 1.42e3"),
        ("1e100", "up to 99"),
        ("1/0", "divided by 0"),
        ("١٢٣", "digits 0 to 9"),
        ("9" * 41, "40 characters are enough"),
        ("1438 kb", "write B, kB, KiB, MB, MiB, GB, GiB, or the number alone; upper and lower"),
        ("1438 s", "is not known here"),
    ],
)
def test_what_can_not_be_read_is_invalid_and_says_what_would_be_right(text: str, why: str) -> None:
    mark = PACKET.mark(text)
    assert (mark.status, mark.score) == ("invalid", 0)
    assert why in mark.wrong


def test_an_expected_mistake_is_named() -> None:
    assert PACKET.mark("1.446 kB") == Mark("incorrect", says=("no-udp",), read="1446 B")


def test_a_mistake_never_stands_before_the_right_answer() -> None:
    near = Number(Fraction(10), Fraction(1), mistakes=(Mistake("near", "11", ""),))
    assert [near.mark(text).says for text in ("11", "11.5", "12.1")] == [(), ("near",), ()]


def test_the_tolerance_holds_to_its_last_digit() -> None:
    tenth = Number(Fraction(1, 10), Fraction(2, 10))
    # 0.1 + 0.2 is more than 0.3 in binary, and here it is not.
    assert tenth.mark("0.3").status == "correct"
    assert tenth.mark("0.300000000000000000000000000000000001").status == "incorrect"


def test_what_is_read_is_told_in_the_unit_that_is_asked_for() -> None:
    assert PACKET.mark("1 KiB").read == "1024 B"
    assert Number(Fraction(1), unit="min").mark("100 s").read == "5/3 min"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("packets", ["packets", "packet", "PACKET"]),
        ("addresses", ["address", "Addresses"]),
        ("entries", ["entry", "entries"]),
        ("route", ["route", "routes"]),
        ("IPsec SAs", ["IPsec SA", "ipsec sas"]),
    ],
)
def test_a_thing_that_is_counted_is_one_or_many(unit: str, words: list[str]) -> None:
    counted = Number(Fraction(7), unit=unit)
    assert {counted.mark(f"7 {word}").status for word in words} == {"correct"}


@pytest.mark.parametrize("unit", ["mb", "KB", "Mbit/S", "GBIT/S", "bytE"])
def test_an_author_who_mistakes_a_units_case_is_told(unit: str) -> None:
    with pytest.raises(InputError, match="there is no unit"):
        Number(Fraction(1), unit=unit)


@pytest.mark.parametrize("unit", ["B", "kB", "Mbit/s", "min", "ms", "%", "bit", "GiB"])
def test_a_unit_is_worth_one_of_itself_and_no_spelling_has_two_meanings(unit: str) -> None:
    words = [word for word, _ in scales_of(unit)]
    assert dict(scales_of(unit))[unit] == 1
    assert len(set(words)) == len(words)
    # Words that are read in any case are no other unit in another case.
    free = [word for word in words if word.islower() and len(word) > 2]
    assert all(sum(word == other.lower() for other in words) == 1 for word in free)


def test_the_first_of_two_mistakes_that_are_near_is_named() -> None:
    near = Number(Fraction(0), Fraction(2), mistakes=(Mistake("a", "5", ""), Mistake("b", "6", "")))
    assert [near.mark(text).says for text in ("5", "6", "7", "8")] == [("a",)] * 3 + [("b",)]


def test_a_mistake_that_is_no_number_is_the_authors() -> None:
    with pytest.raises(InputError, match="mistakes: '1,5' is not a number"):
        Number(Fraction(1), mistakes=(Mistake("comma", "1,5", ""),))


def test_a_tolerance_below_0_is_the_authors_mistake() -> None:
    with pytest.raises(InputError, match="tolerance: -1/2 is below 0"):
        Number(Fraction(1), Fraction(-1, 2))


def test_a_number_that_nobody_can_type_needs_a_tolerance() -> None:
    chain = Fraction(99973, 100000) ** 9
    with pytest.raises(InputError, match="nobody can write it"):
        Number(chain)
    near = Number(chain, Fraction(1, 10**6))
    assert near.key == near.to_dict()["shown"] == "0.997573"
    assert near.mark(near.key).status == "correct"


def test_people_are_told_the_exact_number_or_what_the_author_wants() -> None:
    shown = [Number(Fraction(1, 8)), Number(Fraction(2, 3)), Number(Fraction(1), shown="just 1")]
    assert [number.to_dict()["shown"] for number in shown] == ["0.125", "2/3", "just 1"]


@given(fractions)
def test_what_is_written_is_read_again(value: Fraction) -> None:
    assert parse_number(written(value), ()) == value


@given(fractions, st.sampled_from(["", "B", "KiB", "ms", "%", "Gbit/s", "hops"]))
def test_the_key_is_right(value: Fraction, unit: str) -> None:
    number = Number(value, Fraction(1, 10**9), unit)
    assert len(number.key) <= LONGEST
    assert number.mark(number.key).status == "correct"


@given(st.text(max_size=50) | st.from_regex(r"[-+0-9 .,e/_'×^a-zA-Z%]{0,45}", fullmatch=True))
def test_any_text_gets_a_mark(text: str) -> None:
    mark = PACKET.mark(text)
    assert bool(mark.wrong) == (mark.status == "invalid")
