"""Answers that are written, in QTI 2.1: numbers, texts, and the number of a byte."""

from fractions import Fraction
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.markup import element, in_paragraphs
from vpnedu.quiz.exports.qti21.interacting import Parts, declaration
from vpnedu.quiz.exports.qti21.processing import (
    RESPONSE,
    base_value,
    either,
    mapped,
    scored,
    spelled,
    tell_first,
    within,
)
from vpnedu.quiz.exports.ranges import Range, around, decimal, range_of
from vpnedu.quiz.exports.spellings import spellings, spellings_of
from vpnedu.quiz.inputs import Byte
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.typed import Typed


def reckoning(answer: Number) -> Parts:
    """A number; of the mistakes that fit, the first is told."""
    found = range_of(answer)
    tests = [(within(found, key=True), "")]
    for place, mistake in enumerate(answer.mistakes, 1):
        near = around(Fraction(mistake.value), answer.tolerance)
        tests.append((within(near), f"says-m{place}"))
    return Parts(
        declaration("single", "float", [decimal(found.told)]),
        _line(answer.unit),
        (_right(found), *tell_first(tests)),
        _said(answer.mistakes),
    )


def locating(answer: Byte) -> Parts:
    """The number of a byte: what is told belongs to the field it lies in."""
    found = range_of(answer)
    said = [(f"says-f{place}", field) for place, field in enumerate(answer.fields, 1) if field.says]
    tests = [
        (within(Range(Fraction(field.first), Fraction(field.last))), name) for name, field in said
    ]
    return Parts(
        declaration("single", "float", [decimal(found.told)]),
        _line(""),
        (_right(found), *tell_first(tests)),
        tuple((name, in_paragraphs(field.says)) for name, field in said),
    )


def typing(answer: Typed) -> Parts:
    """A text, compared without regard to case."""
    texts = spellings(answer)
    entries = [
        element("mapEntry", {"mapKey": text, "mappedValue": "1", "caseSensitive": "false"})
        for text in texts
    ]
    bounds = {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}
    tests = [(spelled(texts), "")]
    for place, mistake in enumerate(answer.mistakes, 1):
        tests.append((spelled(spellings_of(answer, mistake.value)), f"says-m{place}"))
    return Parts(
        declaration("single", "string", [answer.key], element("mapping", bounds, *entries)),
        _line(""),
        (scored(mapped()), *tell_first(tests)),
        _said(answer.mistakes),
    )


def _right(found: Range) -> Element:
    return either(base_value("float", "1"), base_value("float", "0"), within(found, key=True))


def _said(mistakes: tuple[Mistake, ...]) -> tuple[tuple[str, list[Element | str]], ...]:
    return tuple(
        (f"says-m{place}", in_paragraphs(mistake.says)) for place, mistake in enumerate(mistakes, 1)
    )


def _line(unit: str) -> Element:
    """A line to write on, the unit behind it."""
    entry = element(
        "textEntryInteraction", {"responseIdentifier": RESPONSE, "expectedLength": "20"}
    )
    return element("p", None, entry, f" {unit}" if unit else None)
