"""XML made of elements, and what a question says as XHTML inside it.

Names of elements carry no namespace of their own: the root's `xmlns` holds for all that is in it.
"""

import hashlib
import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.inputs import Byte
from vpnedu.quiz.paper import Slot
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import inline, paragraphs
from vpnedu.quiz.question import Question, Table

# What no XML 1.0 file may hold, not even escaped (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile("[^A-Za-z0-9_]+")
_SHOWN_OF_A_NAME = 12
_A_LINE = 16


def element(
    tag: str, attributes: Mapping[str, str] | None = None, *inside: Element | str | None
) -> Element:
    """An element with text and elements in it, in order; None is nothing.

    >>> xml_file(element("p", {"class": "a"}, "1 < 2, ", element("em", None, "so")), "x")[38:]
    b'\\n<p class="a">1 &lt; 2, <em>so</em></p>'
    """
    made = Element(tag, dict(attributes or {}))
    for part in inside:
        if isinstance(part, Element):
            made.append(part)
        elif part and len(made):
            made[-1].tail = (made[-1].tail or "") + part
        elif part:
            made.text = (made.text or "") + part
    return made


def xml_file(root: Element, name: str) -> bytes:
    """The bytes of an XML file; an InputError names the sign in it that XML can't hold."""
    text = markup_of(root)
    wrong = _NOT_XML.search(text)
    if wrong:
        rule = f"the control character U+{ord(wrong[0]):04X} can't be written in XML; take it out"
        raise InputError(name, rule)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def markup_of(root: Element) -> str:
    """An element as text."""
    return ElementTree.tostring(root, encoding="unicode")


def named(paper: str, slot: str, place: int) -> str:
    """The identifier of a question of a paper: an NCName of at most 32 characters.

    It depends on the names of paper and slot and on the place in the pool, on nothing else.
    """
    shown = _NOT_IN_NAMES.sub("-", slot)[:_SHOWN_OF_A_NAME].strip("-")
    return f"q-{shown}-{_digest(f'{paper}/{slot}')}-v{place}"


def titled(paper: str) -> str:
    """The identifier of a paper itself, made likewise."""
    shown = _NOT_IN_NAMES.sub("-", paper)[:_SHOWN_OF_A_NAME].strip("-")
    return f"vpnedu-{shown}-{_digest(paper)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def in_line(text: str) -> list[Element | str]:
    """Prose as what stands in one line, for a choice or a cell."""
    holder = _read("span", inline(blocks(text)), text)
    return [holder.text or "", *holder]


def in_paragraphs(text: str) -> list[Element | str]:
    """Prose as paragraphs."""
    return list(_read("div", paragraphs(blocks(text)), text))


def _read(tag: str, html: str, text: str) -> Element:
    if _NOT_XML.search(text):
        raise InputError(text[:20], "there is a control character in it, which XML can't hold")
    return ElementTree.fromstring(f"<{tag}>{html}</{tag}>")


def asked(question: Question, image: Image | None, source: str, note: str = "") -> Element:
    """What is asked, with its table, bytes and picture; `note` tells how to answer."""
    parts: list[Element | str] = in_paragraphs(question.text)
    if question.table:
        parts.append(_table(question.table))
    if isinstance(question.answer, Byte):
        parts.append(element("pre", None, dump(question.answer.data)))
    if image:
        size = {"width": str(image.width), "height": str(image.height)}
        picture = element("img", {"src": source, "alt": image.alt} | size)
        parts.append(element("p", None, picture))
    if note:
        parts.append(element("p", None, note))
    return element("div", None, *parts)


def why(question: Question) -> list[Element | str]:
    """Why the answer is right, and where that stands."""
    return [*in_paragraphs(question.explain), element("p", None, question.reference)]


def dump(data: bytes) -> str:
    """Bytes in hex, sixteen a line, each line begun by the number of its first byte from 0."""
    starts = range(0, len(data), _A_LINE)
    return "\n".join(f"{start:4}  {data[start : start + _A_LINE].hex(' ')}" for start in starts)


def _table(table: Table) -> Element:
    head = element("tr", None, *(element("th", None, *in_line(name)) for name in table.columns))
    rows = [
        element("tr", None, *(element("td", None, *in_line(cell)) for cell in row))
        for row in table.rows
    ]
    return element(
        "table",
        None,
        element("caption", None, *in_line(table.caption)),
        element("thead", None, head),
        element("tbody", None, *rows),
    )


def pictured(slot: Slot, images: Mapping[tuple[str, int], Image]) -> list[Image | None]:
    """For each question of a slot its picture, if it has one and it is given."""
    return [
        images.get((slot.name, place)) if question.picture else None
        for place, question in enumerate(slot.pool)
    ]
