"""A reader's progress, from the file that the page exports: `read(text).report(banks)`.

Only raw answers are believed. What a file claims of scores is passed over: every answer is marked
anew, against the book's own questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vpnedu.quiz.bank import Bank
from vpnedu.quiz.drill import Drill
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.progress_file import values
from vpnedu.quiz.question import Question, grade
from vpnedu.quiz.tally import ChapterTally, Place, tallied


@dataclass(frozen=True, slots=True)
class Record:
    """What a reader did with one question. An answer that is not `checked` is a draft."""

    rev: str
    answer: Any
    checked: bool
    tries: int
    hints: int


@dataclass(frozen=True)
class Exam:
    """An exam: its seed, what it drew, and the answers; `handed` once they were handed in."""

    seed: int
    drawn: tuple[Place, ...]
    handed: bool
    records: Mapping[Place, Record]


@dataclass(frozen=True, slots=True)
class Stale:
    """An answer that was not marked, and why."""

    place: Place
    why: str


@dataclass(frozen=True)
class Report:
    """How far a reader is: every chapter of the book, and the exam if one was handed in.

    `marks` and `exam_marks` hold what was marked, `stale` names what was not.
    """

    chapters: tuple[ChapterTally, ...]
    exam: tuple[ChapterTally, ...]
    marks: Mapping[Place, Mark]
    exam_marks: Mapping[Place, Mark]
    stale: tuple[Stale, ...]


@dataclass(frozen=True)
class Progress:
    """What a progress file holds, in good form and not yet marked. `name` is as its sender says."""

    name: str
    saved: str
    records: Mapping[Place, Record]
    drills: Mapping[str, Drill]
    exam: Exam | None

    def report(self, banks: Mapping[str, Bank]) -> Report:
        """All checked answers, marked against `banks`."""
        stale: list[Stale] = []
        marks = _marks(self.records, banks, stale)
        handed = self.exam if self.exam and self.exam.handed else None
        drawn = handed.drawn if handed else ()
        answers = handed.records if handed else {}
        asked = {place: answers[place] for place in drawn if place in answers}
        exam_marks = _marks(asked, banks, stale)
        chapters = tallied(banks, marks)
        return Report(chapters, tallied(banks, exam_marks, drawn), marks, exam_marks, tuple(stale))


def read(text: str) -> Progress:
    """The progress that a file holds. InputError says what is wrong with the file, and where."""
    data = values(text)
    records = {
        (quiz, name): _record(one)
        for quiz, questions in data["quizzes"].items()
        for name, one in questions.items()
    }
    drills = {
        name: Drill(*(int(one[key]) for key in ("box", "right", "wrong", "last")))
        for name, one in data["drills"].items()
    }
    exam = _exam(data["exam"]) if data["exam"] else None
    return Progress(data.get("name", ""), data.get("saved", ""), records, drills, exam)


def _record(one: Mapping[str, Any]) -> Record:
    return Record(one["rev"], one["answer"], one["checked"], int(one["tries"]), int(one["hints"]))


def _exam(data: Mapping[str, Any]) -> Exam:
    records = {_place(name): _record(one) for name, one in data["questions"].items()}
    drawn = tuple(map(_place, data["drawn"]))
    return Exam(int(data["seed"]), drawn, data["handed"], records)


def _place(name: str) -> Place:
    quiz, _, question = name.partition("/")
    return quiz, question


def _marks(
    records: Mapping[Place, Record], banks: Mapping[str, Bank], stale: list[Stale]
) -> dict[Place, Mark]:
    """The marks of what was checked; what can't be marked is added to `stale`."""
    known = {(bank.name, one.id): one for bank in banks.values() for one in bank.questions}
    marks: dict[Place, Mark] = {}
    for place, record in sorted(records.items()):
        if not record.checked:
            continue
        why = _unfit(record, known.get(place))
        if why:
            stale.append(Stale(place, why))
        else:
            marks[place] = grade(known[place], record.answer, record.hints)
    return marks


def _unfit(record: Record, question: Question | None) -> str:
    """Why the answer can't be marked, empty if it can."""
    if question is None:
        return "the book has no such question"
    if record.rev != question.revision:
        return "the question has changed since it was answered"
    return ""
