"""Words and shares that Moodle's two formats write alike."""

from fractions import Fraction
from html import escape

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.inputs import Item, Order, Pairs, Step
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.prose_html import inline, paragraphs
from vpnedu.quiz.question import Question

# How many right choices share 100 % in parts that are all in Moodle's list of fractions.
RIGHT_COUNTS = (*range(1, 11), 20)
_PLACES = 5


def fraction(right: int) -> str:
    """The percentage that each of `right` right choices gets; InputError if it is not in the list.

    >>> fraction(3), fraction(8)
    ('33.33333', '12.5')
    """
    if right not in RIGHT_COUNTS:
        rule = f"{right} choices are right; Moodle can share 100 % among 1 to 10, or 20"
        raise InputError("choice", rule)
    return decimal(round(Fraction(100, right), _PLACES))


def ordinal(place: int) -> str:
    """The place, counted from 1, as a word.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place // 10 % 10 == 1 else ending}"


def starred(text: str) -> str:
    """A text in which stars are stars: alone they stand for anything."""
    return text.replace("*", r"\*")


def distinct(texts: list[str]) -> None:
    """Refuse texts of which two look alike: there they would be one."""
    if len(set(texts)) < len(texts):
        raise InputError("option", "two of them are the same once `code` and *stress* are gone")


def line(text: str) -> str:
    """Prose as HTML that stands in one line."""
    return inline(blocks(text))


def because(question: Question) -> str:
    """Why the answer is right, as HTML; with what is told of each pair or step."""
    answer = question.answer
    told: tuple[Item | Step, ...] = ()
    if isinstance(answer, Pairs | Order):
        told = answer.items if isinstance(answer, Pairs) else answer.steps
    lines = "".join(f"<li>{line(one.text)}: {line(one.says)}</li>" for one in told if one.says)
    source = f"<p>Reference: {escape(question.reference)}</p>" if question.reference else ""
    return paragraphs(blocks(question.explain)) + (f"<ul>{lines}</ul>" if lines else "") + source
