"""What of Moodle XML depends on how a question is answered: its type, and the lines of that type.

Moodle refuses the whole file for one fraction that is not in its list. What can't be written
exactly is an InputError, and the question is left out.
"""

from dataclasses import dataclass
from fractions import Fraction

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.moodle.wording import distinct, fraction, line, ordinal, starred
from vpnedu.quiz.exports.moodle.writing import answer, bare, bare_answer, html, value
from vpnedu.quiz.exports.ranges import around, decimal, has_end, range_of
from vpnedu.quiz.exports.spellings import spellings, spellings_of
from vpnedu.quiz.inputs import Byte, ByteField, Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.quiz.units import scales_of

# Moodle keeps a unit's worth with so many decimals.
_PLACES_OF_UNITS = 19

GRADING = {
    "all": "ALL_OR_NOTHING",
    "position": "ABSOLUTE_POSITION",
    "adjacent": "RELATIVE_NEXT_EXCLUDE_LAST",
    "longest": "LONGEST_ORDERED_SUBSET",
}
_COMBINED = tuple(
    html(f"{name}feedback", "") for name in ("correct", "partiallycorrect", "incorrect")
)


@dataclass(frozen=True, slots=True)
class Part:
    """Moodle's name of a type, and what a question of that type has beside what all have."""

    kind: str
    lines: tuple[str, ...]


def part(question: Question, orders: bool) -> Part:
    """The part of a question; where `orders` is false, Moodle has no questions of that type."""
    match question.answer:
        case One() as one if question.kind == "true-false":
            return _true_false(one)
        case One(choices, ordered):
            fractions = ["100" if choice.right else "0" for choice in choices]
            return _choices(choices, fractions, ordered, "true")
        case Many(choices, _, ordered):
            share = fraction(sum(choice.right for choice in choices))
            fractions = [share if choice.right else f"-{share}" for choice in choices]
            return _choices(choices, fractions, ordered, "false")
        case Pairs() as pairs:
            return _pairs(pairs)
        case Order() as order:
            return _order(order) if orders else _places(order)
        case Number() as number:
            return _number(number)
        case Byte() as byte:
            return _byte(byte)
        case Typed() as typed:
            return _typed(typed)
    raise InputError("input", f"Moodle has no question of the type {question.answer.name!r}")


def units_of(number: Number) -> tuple[tuple[str, Fraction], ...]:
    """The units that Moodle can convert, each with its worth; the one asked for stands first."""
    known = [(word, worth) for word, worth in scales_of(number.unit) if _fits(word, worth)]
    asked = [pair for pair in known if pair[0] == number.unit]
    return (*asked, *(pair for pair in known if pair[0] != number.unit)) if asked else ()


def _fits(word: str, worth: Fraction) -> bool:
    # Moodle takes spaces out of an answer before it looks for a unit.
    return (
        " " not in word
        and has_end(1 / worth)
        and 10**_PLACES_OF_UNITS % (1 / worth).denominator == 0
    )


def _true_false(one: One) -> Part:
    answers = (
        bare_answer("100" if choice.right else "0", choice.id, choice.says)
        for choice in one.choices
    )
    return Part("truefalse", tuple(answers))


def _choices(choices: tuple[Choice, ...], fractions: list[str], ordered: bool, single: str) -> Part:
    head = (
        value("single", single),
        value("shuffleanswers", "false" if ordered else "true"),
        value("answernumbering", "abc"),
        value("showstandardinstruction", "1"),
    )
    answers = (
        answer(share, line(choice.text), choice.says)
        for choice, share in zip(choices, fractions, strict=True)
    )
    return Part("multichoice", (*head, *_COMBINED, *answers))


def _pairs(pairs: Pairs) -> Part:
    texts = {name: plain(text) for name, text in pairs.options}
    distinct(list(texts.values()))
    lines = [_subquestion(line(item.text), texts[item.option]) for item in pairs.items]
    taken = {item.option for item in pairs.items}
    lines += [_subquestion("", text) for name, text in texts.items() if name not in taken]
    return _matching(lines, shuffled="true")


def _places(order: Order) -> Part:
    steps = enumerate(order.steps, start=1)
    lines = [_subquestion(line(step.text), ordinal(place)) for place, step in steps]
    return _matching(lines, shuffled="true")


def _matching(lines: list[str], shuffled: str) -> Part:
    return Part("matching", (value("shuffleanswers", shuffled), *_COMBINED, *lines))


def _subquestion(left: str, right: str) -> str:
    return html("subquestion", left, bare("answer", right))


def _order(order: Order) -> Part:
    head = (
        value("layouttype", "VERTICAL"),
        value("selecttype", "ALL"),
        value("selectcount", str(len(order.steps))),
        value("gradingtype", GRADING[order.credit]),
        value("showgrading", "SHOW"),
        value("numberingstyle", "123"),
    )
    # The fraction of a step is its place; how much was right is shown if the value is 1.
    steps = (
        answer(str(place), line(step.text), "") for place, step in enumerate(order.steps, start=1)
    )
    return Part("ordering", (*head, *_COMBINED, value("shownumcorrect", "1"), *steps))


def _number(number: Number) -> Part:
    right = range_of(number)
    answers = [_near("100", right.low, right.high, "")]
    for mistake in number.mistakes:
        wrong = around(Fraction(mistake.value), number.tolerance)
        answers.append(_near("0", wrong.low, wrong.high, mistake.says))
    units = "".join(
        f"<unit>{value('multiplier', decimal(1 / worth))}{value('unit_name', word)}</unit>"
        for word, worth in units_of(number)
    )
    return _numerical(answers, f"<units>{units}</units>" if units else "")


def _byte(byte: Byte) -> Part:
    def near(field: ByteField) -> str:
        share = "100" if field.right else "0"
        return _near(share, Fraction(field.first), Fraction(field.last), field.says)

    fields = sorted(byte.fields, key=lambda field: not field.right)
    return _numerical([near(field) for field in fields], "")


def _near(share: str, low: Fraction, high: Fraction, says: str) -> str:
    tolerance = value("tolerance", decimal((high - low) / 2))
    middle = decimal((low + high) / 2)
    return bare_answer(share, middle, says, tolerance)


def _numerical(answers: list[str], units: str) -> Part:
    # Of showunits 0 is text that may follow the number, 3 is none; a missing unit costs nothing.
    rest = (
        value("unitgradingtype", "0"),
        value("unitpenalty", "0.1"),
        value("showunits", "0" if units else "3"),
        value("unitsleft", "0"),
    )
    return Part("numerical", (*answers, *([units] if units else []), *rest))


def _typed(typed: Typed) -> Part:
    answers = [_short("100", text, "") for text in spellings(typed)]
    for mistake in typed.mistakes:
        answers += [_short("0", text, mistake.says) for text in spellings_of(typed, mistake.value)]
    return Part("shortanswer", (value("usecase", "0"), *answers))


def _short(share: str, text: str, says: str) -> str:
    return bare_answer(share, starred(text), says)
