"""Typed answers: compared by what they mean, and invalid where they are not in the form."""

from fractions import Fraction
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.typed import FORMS, LONGEST, Typed

EXAMPLES = {
    "address": "10.1.0.4",
    "prefix": "10.1.0.0/16",
    "port": "500",
    "hex": "de ad be ef",
    "words": "Longest prefix match",
}
every_form = pytest.mark.parametrize("form", FORMS)

addresses = st.ip_addresses()


@pytest.mark.parametrize(
    ("form", "accepted", "answers"),
    [
        (
            "address",
            "2001:db8::4",
            ["2001:DB8:0:0:0:0:0:4", "2001:0db8::0004", "2001:db8::0.0.0.4"],
        ),
        ("prefix", "10.1.0.0/16", ["10.1.0.0/255.255.0.0", "10.1.0.0 / 16"]),
        ("port", "500", ["0500", "port 500"]),
        ("port", "udp/500", ["UDP 500", "500/udp", "udp:500", "UDP port 500"]),
        ("hex", "0xDEADBEEF", ["de ad be ef", "DE:AD:BE:EF", "dead-beef"]),
        ("words", "Straße nach Rom", ["STRASSE  NACH ROM.", " strasse nach rom "]),
        ("words", "caf\u00e9", ["CAFE\u0301"]),
    ],
)
def test_the_same_thing_is_right_however_it_is_spelt(form, accepted, answers) -> None:
    typed = Typed(form, (accepted,))
    assert {typed.mark(answer).status for answer in answers} == {"correct"}
    assert {typed.mark(answer).read for answer in answers} == {typed.mark(accepted).read}


@pytest.mark.parametrize(
    ("form", "answer", "why"),
    [
        ("address", "10.1.0.04", "without leading zeros"),
        ("address", "fe80::1%eth0", "it names an interface"),
        ("address", "10.1.0.4/16", "without a length"),
        ("address", "10.1.0.256", "write an IPv4 or IPv6 address"),
        ("prefix", "10.1.0.0", "needs its length"),
        ("prefix", "10.1.0.4/16", "bits behind the length of 16 are set"),
        ("prefix", "10.1.0.0/33", "an IPv4 prefix has at most 32 bits"),
        ("prefix", "2001:db8::/129", "an IPv6 prefix has at most 128 bits"),
        ("prefix", "10.1.0.0/255.0.255.0", "its ones must come first"),
        ("port", "65536", "ports run from 0 to 65535"),
        ("port", "isakmp", "write a port"),
        ("port", "udp/500", "the number of the port alone"),
        ("hex", "dea", "one digit is missing"),
        ("hex", "xyz", "write bytes in hex"),
        ("words", ".", "at least one word"),
    ],
)
def test_another_form_is_invalid_and_says_what_to_write(form, answer, why) -> None:
    mark = Typed(form, (EXAMPLES[form],)).mark(answer)
    assert (mark.status, mark.score) == ("invalid", 0)
    assert why in mark.wrong


def test_a_port_whose_protocol_matters_needs_it() -> None:
    assert "the protocol too" in Typed("port", ("udp/500",)).mark("500").wrong
    either = Typed("port", ("udp/500", "500"))
    marks = [either.mark(answer).status for answer in ("500", "udp 500", "tcp 500")]
    assert marks == ["correct", "correct", "incorrect"]


def test_an_expected_mistake_is_named() -> None:
    longer = Mistake("longer", "10.1.0.0/17", "A bit too many.")
    typed = Typed("prefix", ("10.1.0.0/16",), (longer,))
    mark = typed.mark("10.1.0.0/255.255.128.0")
    assert mark == Mark("incorrect", Fraction(0), ("longer",), "", "10.1.0.0/17")


def test_a_mistake_never_stands_before_the_right_answer() -> None:
    typed = Typed("words", ("ESP",), (Mistake("esp", "esp", ""),))
    assert typed.mark("Esp").says == ()


@every_form
def test_the_key_is_right_and_blank_is_blank(form: str) -> None:
    typed = Typed(form, (EXAMPLES[form],))
    assert typed.mark(typed.key).status == "correct"
    assert {typed.mark(blank).status for blank in (None, "", " \t\u00a0")} == {"blank"}
    assert "200 characters" in typed.mark("1" * (LONGEST + 1)).wrong


@every_form
def test_an_author_who_accepts_what_can_not_be_typed_is_told(form: str) -> None:
    with pytest.raises(InputError, match=r"^accept: there is no right answer"):
        Typed(form, ())
    with pytest.raises(InputError, match=r"^accept: '\.': write|^accept: '\.': a prefix"):
        Typed(form, (EXAMPLES[form], "."))
    with pytest.raises(InputError, match=r"^mistakes: '\.': "):
        Typed(form, (EXAMPLES[form],), (Mistake("dot", ".", ""),))


def test_a_form_that_is_not_there_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="form: there is no 'mac'; there are address, prefix"):
        Typed("mac", ("00:00:5e:00:53:01",))


@given(addresses)
def test_an_address_is_right_in_every_spelling(address: IPv4Address | IPv6Address) -> None:
    typed = Typed("address", (str(address),))
    for text in (address.exploded, address.compressed.upper()):
        assert typed.mark(text).status == "correct"


@given(addresses, addresses)
def test_two_addresses_are_told_apart(one, other) -> None:
    same = Typed("address", (str(one),)).mark(str(other)).status == "correct"
    assert same == (one == other)


@given(addresses, st.integers(0, 128))
def test_a_prefix_is_invalid_where_host_bits_are_set_and_right_without_them(address, bits) -> None:
    length = min(bits, address.max_prefixlen)
    network = ip_network(f"{address}/{length}", strict=False)
    mark = Typed("prefix", (str(network),)).mark(f"{address}/{length}")
    assert mark.status == ("correct" if network.network_address == address else "invalid")


@given(st.binary(min_size=1, max_size=60), st.sampled_from(["", " ", ":", "-"]))
def test_bytes_are_right_with_any_sign_between_them(data: bytes, sign: str) -> None:
    text = data.hex(sign).upper() if sign else data.hex()
    assert Typed("hex", (data.hex(),)).mark(text).status == "correct"


@every_form
@given(text=st.text(max_size=60))
def test_any_text_gets_a_mark(form: str, text: str) -> None:
    mark = Typed(form, (EXAMPLES[form],)).mark(text)
    assert bool(mark.wrong) == (mark.status == "invalid")
