"""A paper: the questions of a graded quiz or of an export, each place with its pool of variants.

Of a slot's pool every student gets one question; a slot without variants has a pool of one.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.question import Question


@dataclass(frozen=True)
class Slot:
    """A place in a paper: one question of `pool` stands there and is worth `points`.

    `name` is the question's id where the pool is that one, and the generator's where it wrote it.
    """

    name: str
    pool: tuple[Question, ...]
    points: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not self.pool:
            raise InputError(self.name, "the slot has no question")
        if self.points <= 0:
            raise InputError(self.name, f"{self.points} points; a slot is worth more than nothing")


@dataclass(frozen=True)
class Paper:
    """A quiz called `name` as it is handed out: its slots in order."""

    name: str
    title: str
    slots: tuple[Slot, ...]

    def __post_init__(self) -> None:
        if not self.slots:
            raise InputError(self.name, "there is no question in it")
        names = Counter(slot.name for slot in self.slots)
        twice = next((name for name, times in names.items() if times > 1), None)
        if twice is not None:
            raise InputError(twice, "the name of a slot is there twice")

    @classmethod
    def of(cls, bank: Bank) -> "Paper":
        """All questions of `bank`, each a slot of one point."""
        slots = tuple(Slot(question.id, (question,)) for question in bank.questions)
        return cls(bank.name, bank.title, slots)

    @property
    def points(self) -> Fraction:
        """What all slots together are worth."""
        return sum((slot.points for slot in self.slots), Fraction(0))
