"""Answers to any question whose scores are known without marking them.

Scores follow from how an answer is made, by the arithmetic of the rules as they are told to
teachers; nothing here calls what marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed

# Labels by ids, as a form puts them in the place of ids.
Labels = Mapping[str, str]

_ELSEWHERE = {
    "address": "192.0.2.251",
    "prefix": "192.0.2.240/28",
    "port": "tcp/9",
    "hex": "fe ed fe ed",
    "words": "certainly none of these",
}


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, written with the labels of a form, and the score that it is worth."""

    score: Fraction
    write: Callable[[Labels], Any]


def known_answers(question: Question) -> tuple[Known, ...]:
    """Answers to `question`: right ones, wrong ones, and partly right ones where there are any."""
    return _OF[type(question.answer)](question.answer)


def _one(answer: One) -> tuple[Known, ...]:
    return tuple(
        Known(Fraction(choice.right), lambda labels, name=choice.id: labels[name])
        for choice in answer.choices
    )


def _many(answer: Many) -> tuple[Known, ...]:
    right = [choice.id for choice in answer.choices if choice.right]
    wrong = [choice.id for choice in answer.choices if not choice.right]
    ticks = [(right, 0), (right[:1], 0), (wrong[:1], 1), ([*right, *wrong[:1]], 1)]
    return tuple(
        Known(_ticked(answer.credit, names, wrongs, right, wrong), _list(names))
        for names, wrongs in ticks
        if names
    )


def _ticked(
    credit: str, names: list[str], wrongs: int, right: list[str], wrong: list[str]
) -> Fraction:
    wrongs = min(wrongs, len(wrong))
    rights = len(names) - wrongs
    if credit == "net":
        return Fraction(rights - wrongs if rights > wrongs else 0, len(right))
    if credit == "each":
        left_out = len(wrong) - wrongs
        return Fraction(rights + left_out, len(right) + len(wrong))
    return Fraction(rights == len(right) and not wrongs)


def _list(names: list[str]) -> Callable[[Labels], Any]:
    return lambda labels: [labels[name] for name in names]


def _pairs(answer: Pairs) -> tuple[Known, ...]:
    """All pairs right; the first one wrong; nothing but the first one, and that right."""
    key = {item.id: item.option for item in answer.items}
    first, count = answer.items[0], len(answer.items)
    other = next(name for name, _ in answer.options if name != first.option)
    all_but = Fraction(count - 1, count) if answer.credit == "each" else Fraction(0)
    alone = Fraction(1, count) if answer.credit == "each" else Fraction(count == 1)
    return (
        Known(Fraction(1), _paired(key)),
        Known(all_but, _paired(key | {first.id: other})),
        Known(alone, _paired({first.id: first.option})),
    )


def _paired(pairs: Mapping[str, str]) -> Callable[[Labels], Any]:
    return lambda labels: {labels[f"\0{item}"]: labels[option] for item, option in pairs.items()}


def _order(answer: Order) -> tuple[Known, ...]:
    """The right order; the first step put last; all the other way round."""
    steps = [step.id for step in answer.steps]
    gaps = len(steps) - 1
    moved = {"longest": Fraction(gaps - 1, gaps), "adjacent": Fraction(gaps - 1, gaps)}
    # Of an odd number of steps the middle one keeps its place when all are turned round.
    turned = {"position": Fraction(len(steps) % 2, len(steps))}
    return (
        Known(Fraction(1), _list(steps)),
        Known(moved.get(answer.credit, Fraction(0)), _list([*steps[1:], steps[0]])),
        Known(turned.get(answer.credit, Fraction(0)), _list(steps[::-1])),
    )


def _number(answer: Number) -> tuple[Known, ...]:
    above = floor(answer.value + answer.tolerance) + 1
    right, exact = answer.key, f"{answer.value.numerator}/{answer.value.denominator}"
    texts = [(1, right), (0, str(above)), (0, f" {above + 7} {answer.unit}"), (0, "many")]
    # A number is read up to forty characters.
    return _texts(texts + [(1, exact)] * (len(exact) <= 40))


def _typed(answer: Typed) -> tuple[Known, ...]:
    texts = [(1, answer.accept[0]), (1, f" {answer.accept[-1]} "), (0, _ELSEWHERE[answer.form])]
    return _texts(texts)


def _byte(answer: Byte) -> tuple[Known, ...]:
    fields = [(field.right, field) for field in answer.fields]
    return _texts([(int(right), str(field.last)) for right, field in fields])


def _texts(texts: list[tuple[int, str]]) -> tuple[Known, ...]:
    return tuple(Known(Fraction(score), lambda _, text=text: text) for score, text in texts)


_OF: dict[type, Callable[[Any], tuple[Known, ...]]] = {
    One: _one,
    Many: _many,
    Pairs: _pairs,
    Order: _order,
    Number: _number,
    Typed: _typed,
    Byte: _byte,
}
