"""Inputs from what other systems tell of answers; with what is lost on the way, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.exports.moodle.wording import ordinal
from vpnedu.quiz.imports.html_prose import from_plain
from vpnedu.quiz.inputs import Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Input
from vpnedu.quiz.typed import Typed

Made = tuple[Input, list[str]]

# Moodle writes shares with five places of a percentage.
_NEAR = Fraction(1, 10**6)
_LONGEST_NUMBER = 60
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)


class Unlike(InputError):
    """A question that is in good form but can't be one of ours."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a file has it: what share of the mark it is worth, what is said to it."""

    text: str
    share: Fraction
    says: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """The numbers from `low` to `high`, which are worth `share`."""

    low: Fraction
    high: Fraction
    share: Fraction
    says: str = ""


def decimal_of(text: str, field: str) -> Fraction:
    """The number that a file writes; an InputError of `field` otherwise."""
    short = text.strip()
    if len(short) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(short):
        raise InputError(field, f"{quoted(text)} is not a decimal number")
    return Fraction(short)


def true_false(right: bool, if_true: str, if_false: str) -> Input:
    """Whether a sentence is true."""
    choices = (("true", "True", right, if_true), ("false", "False", not right, if_false))
    return One(tuple(Choice(*choice) for choice in choices), ordered=True)


def one(answers: Sequence[Given], ordered: bool = False) -> Made:
    """Pick the one that is worth all."""
    right = sum(answer.share == 1 for answer in answers)
    if right != 1 or len(answers) < 2:
        raise Unlike("choice", f"{right} of {len(answers)} choices are right; one of many must be")
    partial = any(answer.share not in (0, 1) for answer in answers)
    lost = ["choices that are worth a part of the mark, or less than nothing, are wrong here"]
    return One(
        _choices(answers, [answer.share == 1 for answer in answers]), ordered
    ), lost * partial


def many(answers: Sequence[Given], ordered: bool = False) -> Made:
    """Tick all that are worth something."""
    right = [answer.share > 0 for answer in answers]
    count = sum(right)
    if not count:
        raise Unlike("choice", "none is right")
    net = all(
        abs(answer.share - Fraction(1 if answer.share > 0 else -1, count)) < _NEAR
        for answer in answers
    )
    lost = [f"its shares become others: each right tick counts 1/{count}, each wrong as much less"]
    return Many(_choices(answers, right), "net", ordered), lost * (not net)


def number(answers: Sequence[Near], unit: str) -> Made:
    """Give a number: the first that is worth all is the one."""
    right = [answer for answer in answers if answer.share == 1]
    if not right:
        raise Unlike("answer", "no number is right")
    lost = ["other numbers that are right too are wrong here"] * (len(right) > 1)
    if any(answer.share not in (0, 1) for answer in answers):
        lost.append("numbers that are worth a part of the mark are wrong here")
    value, tolerance = _middle(right[0])
    told = [answer for answer in answers if answer.share == 0 and answer.says]
    if any(_middle(answer)[1] != tolerance for answer in told):
        lost.append("how far off is taken for a wrong number becomes the same as for the right one")
    mistakes = (
        Mistake(str(place), str(_middle(answer)[0]), answer.says)
        for place, answer in enumerate(told, start=1)
        if abs(_middle(answer)[0] - value) > tolerance
    )
    try:
        return Number(value, tolerance, unit, tuple(mistakes)), lost
    except InputError as wrong:
        raise Unlike(wrong.field, wrong.rule) from None


def typed(answers: Sequence[Given]) -> Made:
    """Type words: those that are worth all are right."""
    accept = tuple(answer.text for answer in answers if answer.share == 1)
    lost = []
    if any(answer.share not in (0, 1) for answer in answers):
        lost.append("words that are worth a part of the mark are wrong here")
    try:
        made = Typed("words", accept)
        told = [answer for answer in answers if answer.share == 0 and answer.says]
        wrong = (answer for answer in told if made.mark(answer.text).status == "incorrect")
        mistakes = (Mistake(str(n), one.text, one.says) for n, one in enumerate(wrong, start=1))
        return replace(made, mistakes=tuple(mistakes)), lost
    except InputError as unlike:
        raise Unlike(unlike.field, unlike.rule) from None


def pairs(couples: Sequence[tuple[str, str]]) -> Made:
    """Pair texts (prose) with partners (plain); an empty text makes its partner one too many.

    Partners that are all places, 1st to last, make an order.
    """
    items = [(left, right) for left, right in couples if left]
    partners = list(dict.fromkeys(right for _, right in couples if right))
    if not items or len(partners) < 2 or any(not right for _, right in items):
        raise Unlike("pair", "there must be two partners at least, and one for each")
    steps = {right: left for left, right in items}
    places = [ordinal(place) for place in range(1, len(couples) + 1)]
    if steps.keys() == set(places) and len(couples) > 1:
        return order([steps[place] for place in places], "position"), []
    names = {right: str(place) for place, right in enumerate(partners, start=1)}
    prose = [(names[right], from_plain(right)) for right in partners]
    made = (
        Item(str(place), left, names[right], "")
        for place, (left, right) in enumerate(items, start=1)
    )
    lost = [what for _, text in prose for what in text.lost]
    return Pairs(tuple(made), tuple((name, text.text) for name, text in prose)), lost


def order(texts: Sequence[str], credit: str) -> Input:
    """Put texts, given in their right order, in order."""
    if len(texts) < 2:
        raise Unlike("step", "one step has no order")
    steps = (Step(str(place), text, "") for place, text in enumerate(texts, start=1))
    return Order(tuple(steps), credit)


def with_words(answer: Input, reason: str) -> tuple[Input, str]:
    """Items or steps with what a reason says of each (`text: what is said`), and its rest."""
    rest = reason.split("\n\n")

    def said(text: str) -> str:
        mine = next((part for part in rest if part.startswith(f"{text}: ")), "")
        if mine:
            rest.remove(mine)
        return mine.removeprefix(f"{text}: ")

    if isinstance(answer, Pairs):
        items = tuple(replace(item, says=said(item.text)) for item in answer.items)
        return replace(answer, items=items), "\n\n".join(rest)
    if isinstance(answer, Order):
        steps = tuple(replace(step, says=said(step.text)) for step in answer.steps)
        return replace(answer, steps=steps), "\n\n".join(rest)
    return answer, reason


def _choices(answers: Sequence[Given], right: Sequence[bool]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(place), answer.text, good, answer.says)
        for place, (answer, good) in enumerate(zip(answers, right, strict=True), start=1)
    )


def _middle(near: Near) -> tuple[Fraction, Fraction]:
    return (near.low + near.high) / 2, (near.high - near.low) / 2
