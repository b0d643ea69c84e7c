"""A class that sat a quiz, made of the answers alone: what grading would have come to."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from vpnedu.classroom.grading.marker import Response
from vpnedu.classroom.grading.results import Grade, Graded, Results
from vpnedu.classroom.issuing.keys import SECRET, Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Input, Question

MISTAKES = (Mistake("twice", "84", "You counted both ends."),)


def asked(name: str, answer: Input) -> Question:
    return Question(name, "single", f"What of *{name}*?", answer, "So it is.", "RFC 1", "o", 1)


def one(name: str, choices: str = "abcd") -> Question:
    """A question whose first choice is right."""
    made = (Choice(c, f"choice {c}", c == choices[0], f"says {c}") for c in choices)
    return asked(name, One(tuple(made)))


def number(name: str = "number") -> Question:
    return asked(name, Number(Fraction(42), unit="B", mistakes=MISTAKES))


def paper(*slots: tuple[Question, int]) -> Paper:
    return Paper("week3", "Week 3", tuple(Slot(q.id, (q,), Fraction(p)) for q, p in slots))


# An answer, or an answer with its variant.
Row = Sequence[Any]


def sat(quiz: Paper, rows: Sequence[Row], dropped: frozenset[str] = frozenset()) -> Results:
    """The results of students who answered so, a row each; None is blank."""
    learners = tuple(Learner(f"s{place}", f"Name {place}") for place in range(max(1, len(rows))))
    key = Key(quiz, bytes(SECRET), learners, "2026-11-23T08:00:00Z")
    grades = []
    for learner, row in zip(learners, rows, strict=False):
        responses = tuple(_response(slot, got) for slot, got in zip(quiz.slots, row, strict=True))
        points = sum(
            (r.mark.score * s.points for r, s in zip(responses, quiz.slots, strict=True)),
            Fraction(0),
        )
        digest = f"{len(grades):064x}"
        graded = Graded(f"in/{learner.id}.json", digest, learner.id, 0, "lms", responses, points)
        grades.append(Grade(learner, (graded,), (0,), points))
    return Results(key, tuple(grades), (), (), dropped)


def _response(slot: Slot, got: Any) -> Response:
    variant, answer = got if isinstance(got, tuple) else (0, got)
    return Response(variant, answer, slot.pool[variant].answer.mark(answer))
