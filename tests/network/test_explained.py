"""A packet explained byte by byte: no gap, no silence, and the same bytes as in the runs."""

from itertools import pairwise
from random import Random

import pytest

from vpnedu.network import esp_meanings, field_meanings
from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.aes_gcm import IntegrityError
from vpnedu.network.encapsulation import AES_GCM
from vpnedu.network.esp import SealingKey, teaching_key, unseal
from vpnedu.network.explained import Face, Specimen, explained
from vpnedu.network.packets import packet
from vpnedu.network.specimens import KINDS, specimen
from vpnedu.simulation.scenarios import scenario

ENDS = (parse_address("198.51.100.1"), parse_address("203.0.113.5"))
ENDS_6 = (parse_address("2001:db8:1::1"), parse_address("2001:db8:2::1"))


def random_specimens(count: int) -> list[Specimen]:
    random = Random(4106)
    made = []
    for _ in range(count):
        six = random.random() < 0.4
        protocol = random.choice(["tcp", "udp", "icmpv6" if six else "icmp"])
        ends = ("2001:db8:a::4", "2001:db8:b::7") if six else ("10.1.0.4", "10.2.9.7")
        sent = packet(*ends, protocol, length=random.randint(60, 140))
        outer = random.choice([ENDS, ENDS_6])
        number = random.randint(1, 2**32 - 1)
        nat_t = outer is ENDS and random.random() < 0.5
        made.append(explained(sent, teaching_key("t"), number, ends=outer, nat_t=nat_t))
    return made


SPECIMENS = [*(specimen(name) for name in KINDS), *random_specimens(40)]


def faces(each: Specimen) -> tuple[Face, Face, Face]:
    return each.before, each.wire, each.opened


def test_every_byte_belongs_to_one_field() -> None:
    for face in (face for each in SPECIMENS for face in faces(each)):
        assert face.fields[0].start == 0
        assert all(a.end == b.start for a, b in pairwise(face.fields))
        assert face.fields[-1].end == len(face.data)
        assert [face.at(place) for place in range(len(face.data))] == [
            field for field in face.fields for _ in range(field.length)
        ]


def test_no_field_is_without_meaning_chooser_and_section() -> None:
    for field in (field for each in SPECIMENS for face in faces(each) for field in face.fields):
        assert field.meaning.endswith(".")
        assert field.chosen
        assert "RFC" in field.reference
        assert field.value, field.name


def test_no_words_are_there_in_vain() -> None:
    shown = {
        (f.meaning, f.chosen) for each in SPECIMENS for face in faces(each) for f in face.fields
    }
    esn = SealingKey(4303, bytes(16), b"salt", esn=True)
    wide = explained(packet("10.1.0.4", "10.2.9.7"), esn, 2**32 + 9, ends=ENDS)
    shown |= {(f.meaning, f.chosen) for f in wide.wire.fields}
    tables = [*field_meanings.INNER.values(), *field_meanings.OUTER.values()]
    tables += [field_meanings.TCP_HEADER, field_meanings.UDP_HEADER, field_meanings.ICMP_HEADER]
    tables += [esp_meanings.NAT_T, esp_meanings.ESP_HEADER, esp_meanings.SEALED]
    tables += [esp_meanings.ESP_TRAILER, esp_meanings.ICV]
    told = {(t.meaning, t.chosen) for table in tables for t in table.values()}
    assert told | {(esp_meanings.ESN.meaning, esp_meanings.ESN.chosen)} == shown


@pytest.mark.parametrize(
    ("part", "name", "value", "word", "chooser"),
    [
        ("outer IPv4 header", "total length", "156 bytes", "long", "sending gateway"),
        ("outer IPv4 header", "protocol", "esp", "50 is ESP", "sending gateway"),
        ("outer IPv4 header", "source address", "198.51.100.1", "sealed", "its own address"),
        ("ESP header", "security parameters index", "d152b5bb", "label", "receiving gateway"),
        ("ESP header", "sequence number", "1", "Counts", "sending gateway"),
        ("inner IPv4 header", "time to live", "63", "routers", "every router"),
        ("inner IPv4 header", "source address", "10.1.0.4", "Answers", "sender's computer"),
        ("TCP header", "destination port", "80", "service", "the program"),
        ("ESP trailer", "padding", "1 2", "multiple of 4", "sending gateway"),
        ("ESP trailer", "next header", "4, IPv4", "4 is a whole IPv4", "sending gateway"),
    ],
)
def test_a_field_says_what_it_holds_and_who_chose_it(
    part: str, name: str, value: str, word: str, chooser: str
) -> None:
    fields = specimen("tcp").opened.fields
    field = next(f for f in fields if (f.part, f.name) == (part, name))
    assert field.value == value
    assert word in field.meaning
    assert chooser in field.chosen


def test_an_ipv6_packet_is_told_by_41() -> None:
    trailer = [f.value for f in specimen("ipv6").opened.fields if f.part == "ESP trailer"]
    assert trailer == ["1 2", "2", "41, IPv6"]


def test_on_the_wire_nothing_inside_has_a_name() -> None:
    for each in SPECIMENS:
        sealed = [field for field in each.wire.fields if field.sealed]
        assert [field.name for field in sealed] == ["sealed part"]
        inside = {(f.part, f.name) for f in each.before.fields if f.part.startswith("inner")}
        assert not inside & {(f.part, f.name) for f in each.wire.fields}


def test_opened_is_the_wire_with_the_sealed_part_in_the_clear() -> None:
    for each in SPECIMENS:
        hidden = next(field for field in each.wire.fields if field.sealed)
        same = set(range(len(each.wire.data))) - set(range(hidden.start, hidden.end))
        assert all(each.wire.data[place] == each.opened.data[place] for place in same)
        assert each.opened.data[hidden.start :].startswith(each.before.data)
        inner = [f for f in each.opened.fields if f.sealed][: len(each.before.fields)]
        assert [(f.part, f.name, f.value) for f in inner] == [
            (f.part, f.name, f.value) for f in each.before.fields
        ]


def start_of_esp(each: Specimen) -> int:
    return next(f.start for f in each.wire.fields if f.name == "security parameters index")


def test_the_key_opens_what_is_on_the_wire() -> None:
    for each in SPECIMENS:
        payload, next_header = unseal(each.key, each.wire.data[start_of_esp(each) :])
        assert payload == each.before.data
        assert next_header == {4: 4, 6: 41}[payload[0] >> 4]


def test_the_check_covers_what_is_said_to_be_covered_and_nothing_else() -> None:
    """A bit flipped in a covered field or the ICV is noticed; before ESP none is looked at."""
    for name in KINDS:
        each = specimen(name)
        start = start_of_esp(each)
        for field in each.wire.fields:
            data = bytearray(each.wire.data)
            data[field.start] ^= 1
            assert bool(field.covered) == (start <= field.start < len(data) - AES_GCM.icv)
            if field.start >= start:
                with pytest.raises(IntegrityError):
                    unseal(each.key, bytes(data[start:]))
            else:
                assert unseal(each.key, bytes(data[start:]))[0] == each.before.data


@pytest.mark.parametrize(
    ("name", "run"), [("tcp", "two-sites-policy-based"), ("nat-t", "point-to-site")]
)
def test_the_specimen_is_the_packet_of_the_run(name: str, run: str) -> None:
    """Chapters show the run first: the same bytes come back here, one by one."""
    sent = [datagram.data for datagram in scenario(run).run(0).datagrams]
    assert specimen(name).before.data in sent
    assert specimen(name).wire.data in sent


def test_a_64_bit_number_sends_half_and_covers_all() -> None:
    key = SealingKey(4303, bytes(range(16)), b"salt", esn=True)
    each = explained(packet("10.1.0.4", "10.2.9.7"), key, 2**32 + 9, ends=ENDS)
    number = next(f for f in each.wire.fields if f.name == "sequence number")
    assert (number.length, number.value) == (4, "9")
    assert "not sent" in number.meaning
    assert unseal(key, each.wire.data[20:], 2**32 + 9)[0] == each.before.data


def test_no_nonce_is_used_twice() -> None:
    nonces = [(each.key.key, each.sequence) for each in map(specimen, KINDS)]
    assert len(set(nonces)) == len(nonces)


def test_a_place_outside_the_packet_is_refused() -> None:
    with pytest.raises(InputError, match="156 is not a byte"):
        specimen("tcp").wire.at(156)


def test_what_has_no_words_is_refused() -> None:
    with pytest.raises(InputError, match="ping"):
        specimen("pong")
    with pytest.raises(InputError, match="byte for byte"):
        explained(packet("10.1.0.4", "10.2.9.7", "gre"), teaching_key("t"), ends=ENDS)
