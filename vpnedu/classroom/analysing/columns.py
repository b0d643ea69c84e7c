"""The responses of a class as columns, one a slot: each different response once, and who gave it.

One submission stands for each student: of those that count the first, before lateness and without
what a teacher set by hand. A student without one is in no number. Every form asks every slot, so
nothing is missing in a row: who left a slot blank has nothing for it.

Marks are whole numbers of the smallest share of a point that occurs. Sums of them are exact, so a
question that all answered alike has a variance of 0, and every machine gives the same numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vpnedu.classroom.grading.marker import Response
from vpnedu.classroom.grading.results import Graded, Results
from vpnedu.quiz.paper import Slot

# Of 64 bits, or Python's own where those could not hold a sum of squares.
Whole = NDArray[Any]

# Kelley, Journal of Educational Psychology 30 (1939): the share of students at either end by which
# a question's discrimination is told with the least error.
GROUP = 0.27
# Means of fewer students are not held against each other.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave one response, and the sum of their marks elsewhere and of its squares."""

    response: Response
    count: int
    rest: int
    squares: int


@dataclass(frozen=True, slots=True)
class Group:
    """Some students: how many, and the sum of their marks elsewhere and of its squares."""

    count: int
    rest: int
    squares: int

    @classmethod
    def of(cls, tallies: Iterable[Tally]) -> "Group":
        """All who gave one of these responses."""
        sums = [(one.count, one.rest, one.squares) for one in tallies]
        return cls(*(sum(one[at] for one in sums) for at in range(3)))

    @property
    def mean(self) -> Fraction:
        return Fraction(self.rest, self.count)

    @property
    def error(self) -> Fraction:
        """The square of the mean's standard error."""
        spread = Fraction(self.squares) - self.count * self.mean**2
        return spread / (self.count * (self.count - 1))

    def above(self, other: "Group", errors: int) -> bool:
        """Whether they did better than others, by more than so many standard errors."""
        if min(self.count, other.count) < FEWEST:
            return False
        return float(self.mean - other.mean) > errors * sqrt(self.error + other.error)


@dataclass(frozen=True)
class Column:
    """The responses to one slot. `counts` is False where the slot counts for nobody.

    `codes` are the places in `responses`, and `values` the marks of `responses`.
    """

    slot: Slot
    counts: bool
    responses: tuple[Response, ...]
    codes: NDArray[np.int32]
    values: Whole

    @property
    def marks(self) -> Whole:
        """Everybody's mark."""
        marks: Whole = self.values[self.codes]
        return marks


@dataclass(frozen=True)
class Columns:
    """All columns in the paper's order; one point is `unit` of a mark."""

    unit: int
    columns: tuple[Column, ...]
    totals: Whole

    @property
    def n(self) -> int:
        """How many students there are."""
        return len(self.totals)

    def points(self, marks: Fraction | int) -> float:
        """Marks in points."""
        return float(Fraction(marks) / self.unit)

    def rest(self, column: Column) -> Whole:
        """Everybody's marks in all other slots that count."""
        rest: Whole = self.totals - column.marks if column.counts else self.totals
        return rest

    @cached_property
    def tallies(self) -> tuple[tuple[Tally, ...], ...]:
        """What each response comes to, by column."""
        return tuple(map(self._tallies, self.columns))

    def _tallies(self, column: Column) -> tuple[Tally, ...]:
        rest, sizes = self.rest(column), np.bincount(column.codes, minlength=len(column.responses))
        sums, squares = np.zeros_like(column.values), np.zeros_like(column.values)
        np.add.at(sums, column.codes, rest)
        np.add.at(squares, column.codes, rest * rest)
        return tuple(
            Tally(response, int(size), int(total), int(square))
            for response, size, total, square in zip(
                column.responses, sizes, sums, squares, strict=True
            )
        )

    @cached_property
    def outer(self) -> tuple[Whole, Whole] | None:
        """The weights, times the same number, by which the lower and the upper 27 % are made up.

        Who stands on the border of a group shares its last places with all who have as many
        points. None where everybody has.
        """
        if self.n < 2 or self.totals.min() == self.totals.max():
            return None
        size = max(1, round(GROUP * self.n))
        return _group(self.totals, size), _group(-self.totals, size)


def taken(results: Results) -> Columns:
    """The columns of everybody who has a submission that counts."""
    rows = [_submission(grade.graded, grade.counted) for grade in results.grades if grade.counted]
    slots = results.key.paper.slots
    found = [{id(one): one for one in (row[at] for row in rows)} for at in range(len(slots))]
    scores = [
        [one.mark.score * slot.points for one in responses.values()]
        for slot, responses in zip(slots, found, strict=True)
    ]
    unit = lcm(*(score.denominator for column in scores for score in column))
    largest = max(len(rows), int(unit * results.key.paper.points))
    kind = np.int64 if len(rows) * largest**2 < 2**63 else object
    columns = []
    for at, (slot, responses) in enumerate(zip(slots, found, strict=True)):
        place = {name: code for code, name in enumerate(responses)}
        codes = np.fromiter((place[id(row[at])] for row in rows), np.int32, len(rows))
        values = np.array([int(score * unit) for score in scores[at]], kind)
        counts = slot.name not in results.dropped
        columns.append(Column(slot, counts, tuple(responses.values()), codes, values))
    totals = np.zeros(len(rows), kind)
    for column in columns:
        if column.counts:
            totals += column.marks
    return Columns(unit, tuple(columns), totals)


def _submission(graded: Sequence[Graded], counted: Sequence[int]) -> tuple[Response, ...]:
    return graded[counted[0]].responses


def _group(totals: Whole, size: int) -> Whole:
    """Weights of the `size` lowest: all alike inside, less on the border, and 0 beyond it."""
    border = np.sort(totals)[size - 1]
    inside, on = totals < border, totals == border
    room = size - int(inside.sum())
    weights: Whole = inside.astype(totals.dtype) * int(on.sum()) + on.astype(totals.dtype) * room
    return weights
