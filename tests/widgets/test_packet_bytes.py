"""The byte figure: what the page carries is what the engine says, with and without scripts."""

import gzip
import re

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.network.specimens import KINDS, specimen
from vpnedu.widgets.modules import script
from vpnedu.widgets.packet_bytes import COVERED, FACES, SEALED, byte_by_byte, grid


def figure():
    return grid(anchor="fig-x", caption="Point at a byte.")


def test_the_page_carries_every_face_of_every_packet() -> None:
    data = figure().data
    assert [packet["label"] for packet in data["packets"]] == [k.label for k in KINDS.values()]
    for name, packet in zip(KINDS, data["packets"], strict=True):
        each = specimen(name)
        for face, shown in zip((each.before, each.wire, each.opened), packet["faces"], strict=True):
            assert bytes.fromhex(shown["hex"]) == face.data
            for field, row in zip(face.fields, shown["fields"], strict=True):
                part, meaning, chosen, reference, path = data["told"][row[4]]
                assert row[:3] == (field.name, field.start, field.length)
                assert (part, meaning) == (field.part, field.meaning)
                assert (chosen, reference) == (field.chosen, field.reference)
                assert row[5] == (SEALED if field.sealed else COVERED if field.covered else 0)
                assert ("Sealed" in path) == field.sealed
    assert len(data["faces"]) == len(FACES) == 3


def test_each_text_is_carried_once() -> None:
    told = figure().data["told"]
    assert len(told) == len(set(told))


def test_on_the_wire_the_page_names_nothing_of_the_inside() -> None:
    for name, packet in zip(KINDS, figure().data["packets"], strict=True):
        _, wire, _ = packet["faces"]
        assert str(KINDS[name].packet.source) not in str(wire)
        assert "salary" not in str(wire)


def test_without_scripts_every_byte_stands_in_the_table() -> None:
    each, still = specimen("tcp"), figure().still
    cells = re.findall(r"<td>(\d+)(?:–(\d+))?: <span[^>]*>([0-9a-f ]+)</span>", still)
    assert bytes.fromhex("".join(data for _, _, data in cells)) == each.opened.data
    spans = [(int(first), int(last or first)) for first, last, _ in cells]
    assert spans == [(field.start, field.end - 1) for field in each.opened.fields]
    assert all(f'"row">{field.name}<' in still for field in each.opened.fields)
    assert each.wire.data.hex(" ") in still


def test_a_terminal_reads_every_field() -> None:
    text = str(figure())
    for field in specimen("tcp").opened.fields:
        assert field.name in text
        assert field.meaning in text


def test_in_a_notebook_it_is_live_and_readable() -> None:
    shown = byte_by_byte(anchor="fig-x", caption="Point at a byte.", packets=("ping",))
    data, _ = shown._repr_mimebundle_()
    assert '<vpn-bytes class="instrument" id="fig-x">' in data["text/html"]
    assert "echo request" in data["text/plain"]


def test_a_packet_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="pong"):
        grid(anchor="fig-x", caption="", packets=("pong",))


def test_the_script_is_small() -> None:
    assert len(gzip.compress(script("bytes").encode())) <= 3500
