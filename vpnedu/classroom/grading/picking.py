"""Which of a learner's submissions count, and what they come to.

Submissions stand in the order in which they came. One whose time nothing told counts as in time,
and stands before all others; what came at the same time goes by the names of the files.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from vpnedu.classroom.grading.results import Grade, Graded, Results

NOTHING = Fraction(0)


def in_order(submissions: Iterable[Graded]) -> tuple[Graded, ...]:
    """The submissions as they came: first those without a time, then by time, then by source."""
    return tuple(sorted(submissions, key=_when))


def _when(one: Graded) -> tuple[bool, int, str, str]:
    return one.received is not None, one.received or 0, one.source, one.digest


def _latest(_submissions: Sequence[Graded], places: Sequence[int]) -> tuple[int, ...]:
    return (places[-1],)


def _first(_submissions: Sequence[Graded], places: Sequence[int]) -> tuple[int, ...]:
    return (places[0],)


def _best(submissions: Sequence[Graded], places: Sequence[int]) -> tuple[int, ...]:
    # Lateness comes after picking: of equal ones max takes the one that came first.
    return (max(places, key=lambda place: submissions[place].points),)


def _average(_submissions: Sequence[Graded], places: Sequence[int]) -> tuple[int, ...]:
    return tuple(places)


# Each way of picking: what a student is told of it, and the places it picks of those that may
# count.
PICKS: dict[str, tuple[str, Callable[[Sequence[Graded], Sequence[int]], tuple[int, ...]]]] = {
    "latest": ("the latest counts", _latest),
    "first": ("the first counts", _first),
    "best": (
        "the one with the most right counts, and if it was late, that is taken off it then",
        _best,
    ),
    "average": ("their average counts", _average),
}


def counted(
    submissions: Sequence[Graded], may: Sequence[int], pick: str, attempts: int | None
) -> tuple[int, ...]:
    """The places of the submissions that make a grade, of the places that `may` count.

    Of those only the first `attempts` count, all of them where that is None.
    """
    return PICKS[pick][1](submissions, may[:attempts]) if may else ()


def mean(values: Sequence[Fraction]) -> Fraction:
    """The mean of `values`, 0 where there are none."""
    return sum(values, NOTHING) / len(values) if len(values) > 1 else (*values, NOTHING)[0]


def by_slot(results: Results, grade: Grade) -> tuple[Fraction, ...]:
    """What each slot gives in `grade` before anything is set by hand: lateness is taken off, and
    what is dropped gives nothing.
    """
    submissions = [grade.graded[place] for place in grade.counted]
    return tuple(
        NOTHING
        if slot.name in results.dropped
        else slot.points * mean([one.share * one.responses[at].mark.score for one in submissions])
        for at, slot in enumerate(results.key.paper.slots)
    )
