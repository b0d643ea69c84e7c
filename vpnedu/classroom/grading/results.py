"""What grading comes to: submissions that were read, everybody's grade, and what to look at.

Points are exact fractions until they are written down (`shown`), where they are rounded once.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from vpnedu.classroom.grading.marker import Response
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.computing.plain import to_digits

DIGITS = 2


@dataclass(frozen=True, slots=True)
class Graded:
    """One submission. Times are seconds since 1970 UTC, None where nothing told any.

    `clock` names what told the time of receipt: lms, zip or file. `points` are before lateness,
    `share` is what lateness leaves of them, `late` how many seconds after the end of grace it came.
    """

    source: str
    digest: str
    learner: str
    received: int | None
    clock: str
    responses: tuple[Response, ...]
    points: Fraction
    share: Fraction = Fraction(1)
    late: int = 0

    @property
    def worth(self) -> Fraction:
        """The points that lateness leaves."""
        return self.points * self.share


@dataclass(frozen=True, slots=True)
class Grade:
    """What one learner gets. `counted` are the places in `graded` of the submissions that made it.

    `override` tells why a teacher set points by hand, and is empty where none did.
    """

    learner: Learner
    graded: tuple[Graded, ...]
    counted: tuple[int, ...]
    points: Fraction
    override: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file, or a part of it, that could not be marked. `graded` tells if the rest of it was.

    `learner` is who handed it over, where a platform tells; empty elsewhere.
    """

    source: str
    code: str
    rule: str
    graded: bool = False
    learner: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a submission that a teacher should look at; it changes no points."""

    learner: str
    source: str
    code: str
    words: str


@dataclass(frozen=True)
class Results:
    """All of a run of grading: a grade for everyone on the roster, in its order.

    `dropped` are the names of slots that count for nobody (a regrade).
    """

    key: Key
    grades: tuple[Grade, ...]
    quarantined: tuple[Quarantined, ...]
    flags: tuple[Flag, ...]
    dropped: frozenset[str] = frozenset()

    @cached_property
    def total(self) -> Fraction:
        """The points that the slots which count are worth."""
        slots = self.key.paper.slots
        return sum((one.points for one in slots if one.name not in self.dropped), Fraction(0))

    @cached_property
    def unread(self) -> frozenset[str]:
        """The learners under whom a platform handed over a file that could not be marked at all."""
        return frozenset(one.learner for one in self.quarantined if not one.graded)


def shown(points: Fraction, digits: int = DIGITS) -> str:
    """`points` as people are told them: rounded half to even, without needless zeros.

    >>> shown(Fraction(2, 3)), shown(Fraction(5, 2)), shown(Fraction(3))
    ('0.67', '2.5', '3')
    """
    text = to_digits(points, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text
