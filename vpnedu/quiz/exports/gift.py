"""Papers as GIFT, the text format that Moodle and other systems read.

All prose is written as HTML, so that its signs can be named (`&gt;`, `&#91;`) where GIFT has no
escape for them. Orders become pairs of steps and places: the notation for orders is a plugin's,
and other readers stop at it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Export, Images, Loss
from vpnedu.quiz.exports.leaving import how_to, losses_of
from vpnedu.quiz.exports.markup import asked, markup_of
from vpnedu.quiz.exports.moodle.losing import lost_in_both
from vpnedu.quiz.exports.moodle.wording import (
    because,
    distinct,
    fraction,
    line,
    ordinal,
    starred,
)
from vpnedu.quiz.exports.ranges import around, decimal, range_of
from vpnedu.quiz.exports.spellings import spellings, spellings_of
from vpnedu.quiz.inputs import Byte, Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import blocks, plain
from vpnedu.quiz.prose_html import paragraphs
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed

# Moodle reads these in plain text as the signs they stand for, and no escape keeps them.
_PLACEHOLDER = re.compile(r"&&\d{3}")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
# A backslash comes first: the others bring backslashes of their own.
_ESCAPED = {
    "\\": "\\\\", "#": "\\#", "=": "\\=", "~": "\\~", "{": "\\{", "}": "\\}", ":": "\\:",
    "\r": "", "\n": "\\n",
}  # fmt: skip
# Where HTML begins with one of these, it would be read as a format or as a weight.
_LEADING = {"[": "&#91;", "%": "&#37;"}


def gift(paper: Paper, images: Images) -> Export:  # noqa: ARG001 - GIFT holds no images
    """`<name>.gift.txt`: each slot, a pool as a category of its own."""
    parts: list[str] = []
    losses: list[Loss] = []
    now = ""
    for slot in paper.slots:
        path = ["vpnedu", paper.title, *([slot.name] if len(slot.pool) > 1 else [])]
        here = "/".join(" ".join(name.split()).replace("/", "//") for name in path)
        written, missing = _slot(slot)
        losses += missing
        if written and here != now:
            parts.append(f"$CATEGORY: $course$/top/{here}\n")
            now = here
        parts += written
    return Export({f"{paper.name}.gift.txt": "\n".join(parts).encode()}, tuple(losses))


def escaped(text: str) -> str:
    """`text` with a backslash before every sign that GIFT reads, and in one line.

    >>> escaped("a = {b}")
    'a \\\\= \\\\{b\\\\}'
    """
    for sign, written in _ESCAPED.items():
        text = text.replace(sign, written)
    return text


def _slot(slot: Slot) -> tuple[list[str], list[Loss]]:
    """The questions of a slot that can be written, and all that is lost of it."""
    written, found = [], []
    for place, question in enumerate(slot.pool):
        variant = f" v{place}" if len(slot.pool) > 1 else ""
        try:
            answers = "\n".join(_answers(question))
        except InputError as wrong:
            found.append(f"left out:{variant} {wrong}")
            continue
        found += _lost(question)
        tags = f"[tag:objective:{question.objective}] [tag:difficulty:{question.difficulty}]"
        stem = _html(markup_of(asked(question, None, "", how_to(question))))
        reason = _html(because(question))
        written.append(
            f"// [id:vpnedu:{slot.name}:v{place}] {tags}\n"
            f"::{escaped(slot.name + variant)}::[html]{stem}{{{answers}\n"
            f"{f'####{reason}' if reason else ''}}}\n"
        )
    if len(written) > 1:
        found.append(
            f"its {len(written)} variants are a category called {slot.name!r}: "
            "add “a random question” from it to the quiz"
        )
    if slot.points != 1:
        found.append(f"that it is worth {decimal(slot.points)} points is left out")
    return written, list(losses_of(replace(slot, points=Fraction(1)), iter(found)))


def _lost(question: Question) -> Iterator[str]:
    if question.hints:
        yield "its hints are left out, and with them what they cost"
    if question.picture:
        yield "its picture is left out: GIFT holds none"
    answer = question.answer
    if isinstance(answer, Number) and answer.unit:
        yield f"only a number in {answer.unit} is read, and no unit after it"
    if isinstance(answer, One | Many) and answer.ordered and question.kind != "true-false":
        yield "its choices are shuffled: GIFT can't keep their order"
    yield from lost_in_both(question, orders=False)


def _answers(question: Question) -> Iterator[str]:
    """What stands between the braces, but for the words after the answer."""
    match question.answer:
        case One(choices) if question.kind == "true-false":
            return _true_false(choices)
        case One(choices):
            return (_choice("=" if one.right else "~", one) for one in choices)
        case Many(choices):
            share = fraction(sum(choice.right for choice in choices))
            return (_choice(f"~%{'' if one.right else '-'}{share}%", one) for one in choices)
        case Pairs() as pairs:
            return _pairs(pairs)
        case Order(steps):
            places = enumerate(steps, start=1)
            return iter([_pair(line(step.text), ordinal(place)) for place, step in places])
        case Number() as number:
            return _number(number)
        case Byte() as byte:
            return _byte(byte)
        case Typed() as typed:
            return _typed(typed)
    raise InputError("input", f"GIFT has no question of the type {question.answer.name!r}")


def _true_false(choices: tuple[Choice, ...]) -> Iterator[str]:
    right, wrong = sorted(choices, key=lambda choice: not choice.right)
    yield f"{right.id.upper()}#{_prose(wrong.says)}#{_prose(right.says)}"


def _choice(head: str, choice: Choice) -> str:
    return f"{head}{_html(line(choice.text))}{_told(choice.says)}"


def _pairs(pairs: Pairs) -> Iterator[str]:
    texts = {name: plain(text) for name, text in pairs.options}
    distinct(list(texts.values()))
    yield from (_pair(line(item.text), texts[item.option]) for item in pairs.items)
    taken = {item.option for item in pairs.items}
    yield from (_pair("", text) for name, text in texts.items() if name not in taken)


def _pair(left: str, right: str) -> str:
    return f"={_html(left)} -> {_plain(right)}"


def _number(number: Number) -> Iterator[str]:
    right = range_of(number)
    yield f"#={_near(right.low, right.high)}"
    for mistake in number.mistakes:
        wrong = around(Fraction(mistake.value), number.tolerance)
        yield f"=%0%{_near(wrong.low, wrong.high)}{_told(mistake.says)}"


def _byte(byte: Byte) -> Iterator[str]:
    for at, field in enumerate(sorted(byte.fields, key=lambda field: not field.right)):
        near = _near(Fraction(field.first), Fraction(field.last))
        yield f"{'' if at else '#'}={'' if field.right else '%0%'}{near}{_told(field.says)}"


def _near(low: Fraction, high: Fraction) -> str:
    return f"{decimal((low + high) / 2)}:{decimal((high - low) / 2)}"


def _typed(typed: Typed) -> Iterator[str]:
    yield from (f"=%100%{_short(text)}" for text in spellings(typed))
    for mistake in typed.mistakes:
        for text in spellings_of(typed, mistake.value):
            yield f"=%0%{_short(text)}{_told(mistake.says)}"


def _short(text: str) -> str:
    if "->" in text or _FORMAT.match(text):
        raise InputError("answer", f"GIFT can't escape {text!r}; Moodle XML can write it")
    return _plain(starred(text))


def _told(says: str) -> str:
    return f"#{_prose(says)}" if says else ""


def _prose(text: str) -> str:
    return _html(paragraphs(blocks(text)))


def _html(text: str) -> str:
    # No text stands in an attribute here, so quotes can be themselves.
    text = text.replace("&#x27;", "'").replace("&quot;", '"')
    return escaped(_LEADING.get(text[:1], text[:1]) + text[1:])


def _plain(text: str) -> str:
    if _PLACEHOLDER.search(text):
        raise InputError("answer", f"GIFT can't escape {text!r}; Moodle XML can write it")
    return escaped(text)
