"""What a question offers to be picked, who picked it, and what picking at random gives."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from vpnedu.quiz.inputs import Byte, Many, One, Pairs
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Input

# Part, id, text and whether it is right.
Offer = tuple[str, str, str, bool]


def offered(answer: Input) -> Iterator[Offer]:
    """Everything that can be picked; nothing where an answer is typed or put in order."""
    if isinstance(answer, One | Many):
        yield from (("", one.id, plain(one.text), one.right) for one in answer.choices)
    elif isinstance(answer, Byte):
        yield from (("", field.name, field.name, field.right) for field in answer.fields)
    elif isinstance(answer, Pairs):
        for item in answer.items:
            for name, text in answer.options:
                yield plain(item.text), name, plain(text), name == item.option


def parts(answer: Input) -> Iterator[tuple[str, list[Offer]]]:
    """What is picked from together: for each item to be paired, or else all at once."""
    every = list(offered(answer))
    names = [item.id for item in answer.items] if isinstance(answer, Pairs) else [""]
    size = len(every) // len(names)
    for at, name in enumerate(names):
        yield name, every[at * size : (at + 1) * size]


def picked(answer: Input, item: str, name: str, got: Any) -> bool:
    """Whether the answer `got` has `name` in it, for a pair with `item`."""
    if isinstance(answer, Many):
        return name in got
    if isinstance(answer, Pairs):
        return bool(got.get(item) == name)
    if isinstance(answer, Byte):
        [field] = [one for one in answer.fields if one.first <= int(got) <= one.last]
        return field.name == name
    return bool(got == name)


def guess(answer: Input) -> Fraction | None:
    """The share of the points that picking at random gives on average; None where it is typed,
    put in order, or ticked as one pleases.
    """
    if isinstance(answer, One):
        return Fraction(1, len(answer.choices))
    if isinstance(answer, Pairs) and answer.credit == "each":
        return Fraction(1, len(answer.options))
    if isinstance(answer, Byte):
        right = sum(field.last - field.first + 1 for field in answer.fields if field.right)
        return Fraction(right, len(answer.data))
    return None
