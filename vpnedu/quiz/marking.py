"""What an answer is worth: its status, its score, and whose feedback belongs to it.

Scores are exact fractions from 0 to 1. The page marks by the same rules in JavaScript
(`widgets/static/marking.js`); `tests/quiz/vectors.json` holds both to the same marks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from vpnedu.network.addresses import InputError

Status = Literal["correct", "partial", "incorrect", "blank", "invalid"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one answer.

    `says` are the ids of the choices, mistakes, items, steps or fields whose feedback applies.
    `wrong` tells what is wrong with the form of an invalid answer, which costs no attempt.
    `read` is the answer as it was understood, for people.
    """

    status: Status
    score: Fraction = Fraction(0)
    says: tuple[str, ...] = ()
    wrong: str = ""
    read: str = ""


BLANK = Mark("blank")


def marked(score: Fraction, says: tuple[str, ...] = (), read: str = "") -> Mark:
    """The mark of an answer in good form: its status follows from its score."""
    status: Status = "partial"
    if score in (0, 1):
        status = "correct" if score else "incorrect"
    return Mark(status, score, says, "", read)


def invalid(wrong: str) -> Mark:
    """The mark of an answer that can't be read; `wrong` says why, and what would be right."""
    return Mark("invalid", wrong=wrong)


def _net(right: int, wrong: int, of: int, _others: int) -> Fraction:
    return Fraction(max(right - wrong, 0), of)


def _each(right: int, wrong: int, of: int, others: int) -> Fraction:
    return Fraction(right + others - wrong, of + others)


def _all(right: int, wrong: int, of: int, _others: int) -> Fraction:
    return Fraction(int(right == of and wrong == 0))


# Partial credit for ticks, from: right ticks, wrong ticks, right choices, wrong choices.
# "net" is what Canvas and Moodle can both express; "each" counts every choice judged rightly.
TICKS: dict[str, Callable[[int, int, int, int], Fraction]] = {
    "net": _net,
    "each": _each,
    "all": _all,
}


def _position(order: list[int]) -> Fraction:
    return Fraction(sum(place == at for at, place in enumerate(order)), len(order))


def _adjacent(order: list[int]) -> Fraction:
    after = sum(second == first + 1 for first, second in pairwise(order))
    return Fraction(after, len(order) - 1)


def _longest(order: list[int]) -> Fraction:
    """The longest run of steps in rising order, whatever stands between; one alone is nothing."""
    best: list[int] = []
    for at, place in enumerate(order):
        before = (best[i] for i in range(at) if order[i] < place)
        best.append(1 + max(before, default=0))
    return Fraction(max(best) - 1, len(order) - 1)


def _whole(order: list[int]) -> Fraction:
    return Fraction(int(order == sorted(order)))


# Partial credit for an order, from the right places of the steps as they were put.
ORDERS: dict[str, Callable[[list[int]], Fraction]] = {
    "longest": _longest,
    "position": _position,
    "adjacent": _adjacent,
    "all": _whole,
}

# Partial credit for pairs, from: right pairs, of how many.
PAIRS: dict[str, Callable[[int, int], Fraction]] = {
    "each": Fraction,
    "all": lambda right, of: Fraction(int(right == of)),
}


def known_policy(name: str, policies: dict[str, Callable[..., Fraction]]) -> str:
    """`name`, if it is one of `policies`; an InputError otherwise."""
    if name not in policies:
        raise InputError("credit", f"there is no {name!r}; there are {', '.join(policies)}")
    return name
