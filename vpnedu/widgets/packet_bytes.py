"""A sealed packet byte by byte, to be pointed at: before, on the wire, and opened again."""

from html import escape
from itertools import groupby
from typing import Any

from vpnedu.network.explained import ASSOCIATED, CIPHERTEXT, IN_NONCE, Explained, Face, Specimen
from vpnedu.network.specimens import KINDS, specimen
from vpnedu.widgets.instrument import Instrument, shown
from vpnedu.widgets.live import Live

TITLE = "A packet, byte by byte"
FACES = ("Before", "On the wire", "Opened")
# What the path does to a byte, by how the integrity check covers it.
ON_PATH = {
    "": "In the clear, and not covered by the integrity check.",
    ASSOCIATED: "In the clear, but covered by the integrity check.",
    IN_NONCE: "In the clear; changed, it would make the integrity check fail, too.",
    CIPHERTEXT: "Sealed, and covered by the integrity check.",
}
THE_CHECK = "In the clear: it is the integrity check itself."
BEFORE = "In the clear: whoever sees the packet here can read it."
COVERED, SEALED = 1, 2
LONGEST = 60  # bytes shown as text


def byte_by_byte(
    *, anchor: str, caption: str, title: str | None = None, packets: tuple[str, ...] = tuple(KINDS)
) -> Live:
    """The figure of `packets`, by their names in `vpnedu.network.specimens`."""
    return shown(grid(anchor=anchor, caption=caption, title=title, packets=packets))


def grid(
    *, anchor: str, caption: str, title: str | None = None, packets: tuple[str, ...] = tuple(KINDS)
) -> Instrument:
    """The same as an instrument, which needs no notebook."""
    first = specimen(packets[0])
    label = KINDS[packets[0]].label
    return Instrument(
        "bytes", anchor, title or TITLE, caption, _data(packets), _still(label, first), _text(first)
    )


class _Pool:
    """Texts that many fields share, each kept once."""

    def __init__(self) -> None:
        self.texts: dict[Any, int] = {}

    def __call__(self, text: Any) -> int:
        return self.texts.setdefault(text, len(self.texts))


def _data(names: tuple[str, ...]) -> dict[str, Any]:
    told = _Pool()
    packets = []
    for name in names:
        each = specimen(name)
        looks = zip((each.before, each.wire, each.opened), _sums(each), strict=True)
        faces = [_face(face, said, told) for face, said in looks]
        packets.append({"label": KINDS[name].label, "faces": faces})
    return {"faces": FACES, "packets": packets, "told": list(told.texts)}


def _face(face: Face, said: str, told: _Pool) -> dict[str, Any]:
    fields = [
        (
            field.name,
            field.start,
            field.length,
            _value(field),
            told((field.part, field.meaning, field.chosen, field.reference, _on_path(field, face))),
            SEALED if field.sealed else COVERED if field.covered else 0,
        )
        for field in face.fields
    ]
    return {"hex": face.data.hex(), "sum": said, "fields": fields}


def _on_path(field: Explained, face: Face) -> str:
    if face.fields[-1].name != "ICV":
        return BEFORE
    return THE_CHECK if field.name == "ICV" else ON_PATH[field.covered]


def _value(field: Explained) -> str:
    """The value in words, unless it says no more than the bytes."""
    return "" if field.name in ("IV", "ICV", "security parameters index") else field.value


def _as_text(data: bytes) -> str:
    shown_bytes = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in data[:LONGEST])
    return shown_bytes + (" …" if len(data) > LONGEST else "")


def _sums(each: Specimen) -> tuple[str, str, str]:
    """What each face comes to, in words."""
    inner, outer = len(each.before.data), len(each.wire.data)
    message = next((f for f in each.before.fields if f.part == "data"), None)
    hidden = next(f for f in each.wire.fields if f.sealed)
    value = {f.name: f.value for f in reversed(each.wire.fields)}
    text = _as_text(each.before.data[message.start :]) if message else "nothing"
    noise = _as_text(each.wire.data[hidden.start : hidden.end])
    return (
        f"{inner} bytes, ready to be sealed. As text: {text}",
        f"{outer} bytes, {outer - inner} more. The eavesdropper keeps: from "
        f"{value['source address']} to {value['destination address']}, SPI "
        f"{each.key.spi:08x}, packet number {each.sequence}, {outer} bytes, the time, and "
        f"{hidden.length} bytes of noise: {noise}",
        f"The same {outer} bytes to whoever has the key: in the sealed part {inner} bytes of inner "
        f"packet and {hidden.length - inner} of padding and trailer.",
    )


def _still(label: str, each: Specimen) -> str:
    """A table of the opened packet's fields, and the bytes that an eavesdropper has."""
    groups = groupby(each.opened.fields, key=lambda field: field.part)
    rows = "".join(_group(part, list(fields), each.opened) for part, fields in groups)
    sums = "".join(f"<li>{escape(said)}</li>" for said in _sums(each))
    return (
        f'<table class="byte-table"><caption>{escape(label)}: every field, with the sealed part '
        'opened</caption><thead><tr><th scope="col">Bytes</th><th scope="col">Field</th>'
        '<th scope="col">Meaning</th><th scope="col">Chosen by</th></tr></thead>'
        f"{rows}</table>"
        f'<ul class="byte-sums">{sums}</ul>'
        f'<p class="byte-hex">On the wire: {each.wire.data.hex(" ")}</p>'
    )


def _group(part: str, fields: list[Explained], face: Face) -> str:
    """The fields of one header; what the path does to them is the same for all."""
    rows = "".join(_row(field, face) for field in fields)
    return (
        f'<tbody><tr><th scope="rowgroup" colspan="4">{escape(part)} '
        f"<small>{escape(_on_path(fields[0], face))}</small></th></tr>{rows}</tbody>"
    )


def _row(field: Explained, face: Face) -> str:
    value = _value(field)
    data = face.data[field.start : field.end].hex(" ")
    mark = ' class="sealed"' if field.sealed else ""
    return (
        f"<tr><td>{_span(field)}: <span{mark}>{data}</span></td>"
        f'<th scope="row">{escape(field.name)}</th>'
        f"<td>{escape(value and value + '. ')}{escape(field.meaning)}</td>"
        f"<td>{escape(field.chosen)} <small>{escape(field.reference)}</small></td></tr>"
    )


def _span(field: Explained) -> str:
    last = field.end - 1
    return f"{field.start}" if field.length == 1 else f"{field.start}–{last}"


def _text(each: Specimen) -> str:
    lines = []
    for field in each.opened.fields:
        data = each.opened.data[field.start : field.end].hex(" ")
        lines.append(f"{_span(field):>8}  {data}  {field.name} ({field.part}): {field.value}")
        lines.append(f"          {field.meaning} Chosen by: {field.chosen}. {field.reference}.")
    return "\n".join([*_sums(each), "", *lines])
