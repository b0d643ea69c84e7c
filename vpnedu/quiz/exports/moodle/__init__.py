"""Papers as Moodle XML, Moodle's own format for questions.

Generated questions become categories of variants, from which a quiz draws a random question.
"""

import re
from collections.abc import Iterator

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.exports.export import Export, Image, Images, Loss
from vpnedu.quiz.exports.leaving import losses_of
from vpnedu.quiz.exports.markup import asked, markup_of
from vpnedu.quiz.exports.moodle.kinds import part
from vpnedu.quiz.exports.moodle.losing import lost
from vpnedu.quiz.exports.moodle.wording import because
from vpnedu.quiz.exports.moodle.writing import bare, category, file, html, value
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.inputs import Byte
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import paragraphs
from vpnedu.quiz.question import Question

__all__ = ["moodle_xml"]

# The first version that has ordering questions without a plugin.
_ORDERS_SINCE = (4, 4)
_PENALTY = "0.3333333"
_PICTURE = "network.png"


def moodle_xml(paper: Paper, images: Images, *, moodle: str = "5.0") -> Export:
    """`<name>.xml` for the version `moodle`; before 4.4 orders become pairs with their places."""
    orders = _version(moodle) >= _ORDERS_SINCE
    parts: list[str] = []
    losses: list[Loss] = []
    now: tuple[str, ...] = ()
    for slot in paper.slots:
        here = ("vpnedu", paper.title, *([slot.name] if len(slot.pool) > 1 else []))
        written, missing = _slot(slot, images, orders)
        losses += missing
        if written and here != now:
            parts.append(category(here))
            now = here
        parts += written
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *parts, "</quiz>", ""])
    return Export({f"{paper.name}.xml": text.encode()}, tuple(losses))


def _version(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,2}", text, re.ASCII):
        raise InputError("moodle", f"{quoted(text)} is not a version, such as 4.1 or 5.0")
    return tuple(map(int, text.split(".")))


def _slot(slot: Slot, images: Images, orders: bool) -> tuple[list[str], list[Loss]]:
    """The questions of a slot that can be written, and all that is lost of it."""
    written, found = [], []
    for place, question in enumerate(slot.pool):
        image = images.get((slot.name, place)) if question.picture else None
        try:
            written.append("\n".join(_question(question, slot, place, image, orders)))
        except InputError as wrong:
            variant = f" v{place}" if len(slot.pool) > 1 else ""
            found.append(f"left out:{variant} {wrong}")
        else:
            found += lost(question, image, orders)
    if len(written) > 1:
        found.append(
            f"its {len(written)} variants are a category called {slot.name!r}: "
            "add “a random question” from it to the quiz"
        )
    return written, list(losses_of(slot, iter(found)))


def _question(
    question: Question, slot: Slot, place: int, image: Image | None, orders: bool
) -> Iterator[str]:
    own = part(question, orders)
    variant = f" v{place}" if len(slot.pool) > 1 else ""
    shown = asked(question, image, f"@@PLUGINFILE@@/{_PICTURE}", how_to(question))
    costs = [hint.cost for hint in question.hints]
    yield f'<question type="{own.kind}">'
    yield bare("name", f"{slot.name}{variant}")
    yield html("questiontext", markup_of(shown), file(_PICTURE, image) if image else "")
    yield html("generalfeedback", because(question))
    yield value("defaultgrade", decimal(slot.points))
    yield value("penalty", decimal(max(costs)) if costs else _PENALTY)
    yield value("hidden", "0")
    yield value("idnumber", f"vpnedu:{slot.name}:v{place}")
    yield from own.lines
    for hint in question.hints:
        yield html("hint", paragraphs(blocks(hint.text)))
    yield "<tags>"
    for tag in (f"objective:{question.objective}", f"difficulty:{question.difficulty}"):
        yield f"<tag>{value('text', tag)}</tag>"
    yield "</tags>"
    yield "</question>"


def how_to(question: Question) -> str:
    """How to answer, where the question is asked in another way than here."""
    answer = question.answer
    if isinstance(answer, Byte):
        return f"Give the number of a byte of it, from 0 to {len(answer.data) - 1}."
    if isinstance(answer, Number) and answer.unit:
        return f"Give the number in {answer.unit}."
    return ""
