"""The questions of a form as HTML that needs no script, in the form's own order.

What a question is answered by stands in `q-ground`, where the page's script puts its own.
"""

from collections.abc import Iterable
from fractions import Fraction
from html import escape
from typing import Any

from vpnedu.classroom.grading.results import shown
from vpnedu.quiz.prose_html import inline
from vpnedu.quiz.question import KINDS
from vpnedu.widgets.quiz_html import bytes_html, table_html

Slot = dict[str, Any]


def many(number: Fraction, one: str) -> str:
    """So many of a thing: 1 point, 2.5 points."""
    return f"{shown(number)} {one}{'' if number == 1 else 's'}"


def card(slot: Slot, place: int, of: int) -> str:
    """One slot of `form_data` as the question at `place` of `of`, counted from 1."""
    worth = many(Fraction(slot["points"]), "point")
    about = f"Question {place} of {of} · {KINDS[slot['kind']]} · {worth}"
    # A legend takes no paragraphs.
    text = "".join(f'<span class="q-block">{inline([block])}</span>' for block in slot["text"])
    return (
        f'<form class="q-card" id="q{place}" novalidate><fieldset><legend>'
        f'<span class="q-about">{escape(about)}</span><span class="q-text">{text}</span></legend>'
        f"{table_html(slot.get('table'))}{slot.get('picture', '')}"
        f'<div class="q-ground">{_WAYS[slot["input"]](slot)}</div></fieldset></form>'
    )


def _lettered(things: Iterable[Slot], more: str = "") -> str:
    lines = "".join(f"<li>{inline(thing['text'])}</li>" for thing in things)
    return f'<ol class="q-letters{more}">{lines}</ol>'


def _choices(slot: Slot) -> str:
    return _lettered(slot["choices"], " g-ticks")


def _pairs(slot: Slot) -> str:
    items = "".join(
        f'<li>{inline(item["text"])}: <span class="q-blank"></span></li>' for item in slot["items"]
    )
    partners = _lettered(slot["options"])
    return f'<ul>{items}</ul><p class="q-about">The partners:</p>{partners}'


def _order(slot: Slot) -> str:
    steps = _lettered(slot["steps"])
    return f'{steps}<p>Their letters in order: <span class="q-blank"></span></p>'


def _typed(slot: Slot) -> str:
    unit = escape(slot.get("unit", ""))
    return f'<p>Your answer: <span class="q-blank"></span> {unit}</p>'


def _bytes(slot: Slot) -> str:
    return f'{bytes_html(slot["hex"])}<p>Number of the byte: <span class="q-blank"></span></p>'


_WAYS = {
    "one": _choices,
    "many": _choices,
    "pairs": _pairs,
    "order": _order,
    "number": _typed,
    "typed": _typed,
    "byte": _bytes,
}
