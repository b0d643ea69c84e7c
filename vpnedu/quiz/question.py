"""A question: what is asked, the input that marks itself, and why the answer is right."""

import hashlib
import json
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

from vpnedu.quiz.marking import Mark
from vpnedu.quiz.prose import blocks
from vpnedu.simulation.trace import Trace

# What a reader is asked to do, as it stands above a question.
KINDS = {
    "single": "pick one",
    "multiple": "tick all that are right",
    "true-false": "true or false?",
    "numeric": "give a number",
    "text": "type the answer",
    "matching": "give each its partner",
    "ordering": "put in order",
    "predict": "predict what will happen",
    "bytes": "find the byte",
}


class Input(Protocol):
    """What takes an answer and marks it: see `inputs`, `numbers` and `typed`."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> Any: ...
    def mark(self, answer: object) -> Mark: ...
    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Hint:
    """Help on request; `cost` is the share of the score that it takes, from 0 to 1."""

    text: str
    cost: Fraction

    def to_dict(self) -> dict[str, Any]:
        return {"text": blocks(self.text), "cost": str(self.cost)}


@dataclass(frozen=True, slots=True)
class Table:
    """Data that the question is about, such as a route table."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        rows = [list(row) for row in self.rows]
        return {"caption": self.caption, "columns": list(self.columns), "rows": rows}


@dataclass(frozen=True)
class Question:
    """One question. `text`, `explain` and all feedback are prose as in `prose`.

    `difficulty` is 1 (recall), 2 (apply) or 3 (work out). `trace` is the run that shows the
    answer; where `picture` is set, its network is drawn beside the question from the start.
    """

    id: str
    kind: str
    text: str
    answer: Input
    explain: str
    reference: str
    objective: str
    difficulty: int
    hints: tuple[Hint, ...] = ()
    table: Table | None = None
    trace: Trace | None = None
    picture: bool = False

    def content(self) -> dict[str, Any]:
        """The question as JSON-ready data, which the page marks by; without its revision."""
        data: dict[str, Any] = {"id": self.id, "kind": self.kind, "input": self.answer.name}
        data |= {"text": blocks(self.text)} | self.answer.to_dict()
        data |= {"explain": blocks(self.explain), "reference": self.reference}
        data |= {"objective": self.objective, "difficulty": self.difficulty}
        data |= {"hints": [hint.to_dict() for hint in self.hints]}
        return data | ({"table": self.table.to_dict()} if self.table else {})

    @property
    def revision(self) -> str:
        """Twelve hex digits that change when anything in the question does."""
        text = json.dumps(self.content(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def to_dict(self) -> dict[str, Any]:
        """Content and revision."""
        return self.content() | {"rev": self.revision}


def grade(question: Question, answer: object, hints: int = 0) -> Mark:
    """The mark of `answer`, less what the first `hints` hints cost.

    Each hint takes its share of the score that the answer is worth, so that a mark stays between
    0 and 1. Blank and invalid answers keep their status.
    """
    mark = question.answer.mark(answer)
    cost = sum((hint.cost for hint in question.hints[:hints]), Fraction(0))
    if mark.status in ("blank", "invalid") or not cost:
        return mark
    # What is right stays right: a hint costs points, not the verdict.
    return replace(mark, score=mark.score * max(1 - cost, Fraction(0)))
