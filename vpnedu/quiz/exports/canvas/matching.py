"""Pairs and orders as Canvas's matching: each row on the left gets one of the same choices.

The importer reads the choices of the first row only, and of each identifier only the first digits.
"""

from collections.abc import Sequence
from fractions import Fraction
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.canvas.responding import (
    Parts,
    condition,
    equals,
    html,
    material,
    negated,
    numbered,
    told,
)
from vpnedu.quiz.exports.markup import element, in_line, in_paragraphs, markup_of
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.inputs import Item, Order, Pairs, Step
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

_FIRST_CHOICE = 2001
_CENTS = 100


def matching(answer: Pairs, chance: Chance) -> Parts:
    """Items on the left, options on the right; what is right is plain text there."""
    options = chance.shuffled(answer.options)
    places = {name: place for place, (name, _) in enumerate(options)}
    rows = [(item, places[item.option]) for item in answer.items]
    return _parts(rows, [plain(text) for _, text in options])


def ordering(answer: Order, question: Question) -> Parts:
    """Steps on the left, in no telling order; their places on the right."""
    steps = {step.id: step for step in answer.steps}
    rows = [(steps[name], answer.key.index(name)) for name, _ in Sheet.of(question).lettered]
    return _parts(rows, [str(place) for place in range(1, len(steps) + 1)])


def _parts(rows: Sequence[tuple[Item | Step, int]], choices: Sequence[str]) -> Parts:
    ids, options = numbered(len(rows)), numbered(len(choices), _FIRST_CHOICE)
    labels = [
        element("response_label", {"ident": ident}, _plain(text))
        for ident, text in zip(options, choices, strict=True)
    ]
    presented, conditions, feedback = [], [], []
    for ident, (row, place), worth in zip(ids, rows, _percents(len(rows)), strict=True):
        response = f"response_{ident}"
        text = material(markup_of(element("p", None, *in_line(row.text))))
        shown = element("render_choice", None, *labels)
        presented.append(element("response_lid", {"ident": response}, text, shown))
        right = equals(options[place], response)
        conditions.append(condition([right], worth, action="Add"))
        if row.says:
            conditions.append(condition([negated(right)], feedback=told(ident)))
            feedback.append((told(ident), html(in_paragraphs(row.says))))
    kind = "matching_question"
    return Parts(kind, tuple(ids), tuple(presented), tuple(conditions), tuple(feedback))


def _plain(text: str) -> Element:
    return element("material", None, element("mattext", None, text))


def _percents(count: int) -> list[str]:
    """What each pair adds, of 100 in all, to two decimals as Canvas writes it."""
    each = Fraction(100 * _CENTS // count, _CENTS)
    return [*([decimal(each)] * (count - 1)), decimal(100 - each * (count - 1))]
