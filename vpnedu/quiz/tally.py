"""Marks counted together: of a chapter, and of what its reader should be able to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.marking import Mark

# A question's place in the book: its quiz and its id.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of `asked` questions, how many have an answer, how many a right one, and all points."""

    asked: int = 0
    answered: int = 0
    right: int = 0
    score: Fraction = Fraction(0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.asked + other.asked,
            self.answered + other.answered,
            self.right + other.right,
            self.score + other.score,
        )


@dataclass(frozen=True, slots=True)
class ChapterTally:
    """The tally of the chapter `quiz`, whole and for each objective that was asked for."""

    quiz: str
    title: str
    whole: Tally
    objectives: tuple[tuple[Objective, Tally], ...]


def tally_of(mark: Mark | None) -> Tally:
    """The tally of one question. What is blank or can't be read is no answer."""
    if mark is None or mark.status in ("blank", "invalid"):
        return Tally(1)
    return Tally(1, 1, int(mark.status == "correct"), mark.score)


def tallied(
    banks: Mapping[str, Bank], marks: Mapping[Place, Mark], asked: Iterable[Place] | None = None
) -> tuple[ChapterTally, ...]:
    """`marks` by chapter and by objective, over the places in `asked` or all questions."""
    chosen = None if asked is None else set(asked)
    return tuple(
        _chapter(bank, marks, chosen)
        for bank in banks.values()
        if chosen is None or any((bank.name, one.id) in chosen for one in bank.questions)
    )


def _chapter(bank: Bank, marks: Mapping[Place, Mark], chosen: set[Place] | None) -> ChapterTally:
    tallies: dict[str, Tally] = {}
    for question in bank.questions:
        place = (bank.name, question.id)
        if chosen is None or place in chosen:
            before = tallies.get(question.objective, Tally())
            tallies[question.objective] = before + tally_of(marks.get(place))
    rows = tuple((one, tallies[one.id]) for one in bank.objectives if one.id in tallies)
    return ChapterTally(bank.name, bank.title, sum(tallies.values(), Tally()), rows)
