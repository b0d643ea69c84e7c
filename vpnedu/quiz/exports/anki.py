"""Papers as a deck of Anki: a card for each question, and for each variant of one.

A note's id comes from the names of paper and slot and from the place in the pool, so that a deck
that is imported again changes its cards and keeps what somebody has learned of them.
"""

import itertools
import json
import sqlite3
import zlib
from collections.abc import Iterator
from html import escape
from typing import Any

from vpnedu.quiz.exports.export import Export, Image, Images, Loss
from vpnedu.quiz.exports.markdown import lost_in_reading
from vpnedu.quiz.exports.markup import asked, markup_of, named
from vpnedu.quiz.exports.sheets import Line, lines_of, options_of, sheet_of, to_write, told
from vpnedu.quiz.exports.zips import zipped
from vpnedu.quiz.inputs import Order, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import inline, paragraphs
from vpnedu.quiz.question import KINDS

# Anki knows a kind of note by its number for ever; drawn once, by chance.
MODEL = 1_607_392_319
# When everything was made, in seconds since 1970, so that the bytes depend on the paper alone. A
# deck that is imported again is taken over whole if this is later than before.
MADE = 1_767_225_600
# Numbers of decks begin here: below are those that Anki makes itself.
FIRST_DECK = 1 << 30

CSS = """.card { font: 18px/1.45 sans-serif; max-width: 44em; margin: auto; text-align: left; }
.kind, .source { color: #566370; font-size: 85%; }
table { border-collapse: collapse; } td, th { border: 1px solid #9aa7b4; padding: 2px 8px; }
pre, code { font-family: monospace; } img { max-width: 100%; height: auto; }
.nightMode .kind, .nightMode .source { color: #9aa7b4; } .nightMode img { background: #fff; }"""


def anki(paper: Paper, images: Images) -> Export:
    """`<name>.apkg`."""
    import genanki

    deck = genanki.Deck(_number(paper.name), paper.title, escape(paper.title))
    pictures: dict[str, bytes] = {}
    for slot in paper.slots:
        for place, question in enumerate(slot.pool):
            image = images.get((slot.name, place)) if question.picture else None
            name = f"vpnedu-{named(paper.name, slot.name, place)}.png"
            if image:
                pictures[name] = image.png
            sheet = sheet_of(paper, slot, place)
            guid = genanki.guid_for("vpnedu", paper.name, slot.name, place)
            fields = [slot.name, _front(sheet, image, name), _back(sheet)]
            deck.add_note(genanki.Note(_model(genanki), fields, tags=["vpnedu"], guid=guid))
    return Export({f"{paper.name}.apkg": _packed(deck, pictures)}, tuple(_lost(paper, images)))


def _number(name: str) -> int:
    """A deck's number, always the same for the same name."""
    return FIRST_DECK + zlib.crc32(name.encode()) % FIRST_DECK


def _model(genanki: Any) -> Any:
    """The kind of note: its fields and its card's two sides."""
    card = {"name": "Question", "qfmt": "{{Front}}"}
    card["afmt"] = '{{FrontSide}}<hr id="answer">{{Back}}'
    fields = [{"name": name} for name in ("Name", "Front", "Back")]
    return genanki.Model(MODEL, "vpnedu question", fields=fields, templates=[card], css=CSS)


def _packed(deck: Any, pictures: dict[str, bytes]) -> bytes:
    """A deck with its pictures as one file, which is a zip of a database."""
    import genanki

    collection = sqlite3.connect(":memory:")
    try:
        numbers = itertools.count(MADE * 1000)
        genanki.Package(deck).write_to_db(collection.cursor(), MADE, numbers)
        collection.commit()
        files = {"collection.anki2": collection.serialize()}
    finally:
        collection.close()
    names = sorted(pictures)
    files["media"] = json.dumps({str(at): name for at, name in enumerate(names)}).encode()
    return zipped(files | {str(at): pictures[name] for at, name in enumerate(names)})


def _front(sheet: Sheet, image: Image | None, source: str) -> str:
    """What is asked, with all that can be picked."""
    question = sheet.question
    parts = [f'<p class="kind">{escape(KINDS[question.kind])}</p>']
    parts.append(markup_of(asked(question, image, source)))
    if isinstance(question.answer, Pairs):
        items = enumerate(question.answer.items, start=1)
        parts += [f"<p>{at}. {inline(blocks(item.text))}</p>" for at, item in items]
    parts += [f"<p>{letter}) {inline(what)}</p>" for letter, what in options_of(sheet)]
    return "".join(parts)


def _back(sheet: Sheet) -> str:
    """What is right, what there is to say of each thing, why, and where that stands."""
    question = sheet.question
    right = inline(told(sheet)) or escape(to_write(sheet))
    kind = "ol" if isinstance(question.answer, Order) else "ul"
    lines = "".join(map(_line, lines_of(sheet)))
    said = f"<{kind}>{lines}</{kind}>" if lines else ""
    source = f'<p class="source">{escape(question.reference)}</p>'
    return f"<p><b>{right}</b></p>{said}{paragraphs(blocks(question.explain))}{source}"


def _line(line: Line) -> str:
    sign, mark = "✓" if line.right else "✕", f"{line.mark}) " if line.mark else ""
    says = f": {inline(blocks(line.says))}" if line.says else ""
    return f"<li>{sign} {escape(mark)}{inline(line.about)}{says}</li>"


def _lost(paper: Paper, images: Images) -> Iterator[Loss]:
    yield Loss("", "nothing is marked: each card is turned, and the reader judges the answer")
    for slot in paper.slots:
        yield from (Loss(slot.name, what) for what in _lost_of(slot, images))


def _lost_of(slot: Slot, images: Images) -> Iterator[str]:
    """What is lost of a slot, each thing once."""
    if len(slot.pool) > 1:
        yield f"its {len(slot.pool)} variants are cards of their own: all of them come up"
    if slot.points != 1:
        yield f"its {slot.points} points are left out: all cards count alike"
    yield from dict.fromkeys(
        what
        for place, question in enumerate(slot.pool)
        for what in lost_in_reading(question, images.get((slot.name, place)))
    )
