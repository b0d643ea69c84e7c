"""A bank: the questions of one chapter, and what a reader should be able to do after it."""

from dataclasses import dataclass
from typing import Any

from vpnedu.quiz.question import Question


@dataclass(frozen=True, slots=True)
class Objective:
    """What a reader can do after a chapter; `section` is the anchor of what teaches it."""

    id: str
    text: str
    section: str

    def to_dict(self) -> dict[str, str]:
        return {"id": self.id, "text": self.text, "section": self.section}


@dataclass(frozen=True)
class Bank:
    """The questions of the chapter called `name`."""

    name: str
    title: str
    objectives: tuple[Objective, ...]
    questions: tuple[Question, ...]

    def to_dict(self) -> dict[str, Any]:
        """The bank as JSON-ready data, keys and feedback included: for practice only."""
        return {
            "quiz": self.name,
            "title": self.title,
            "objectives": [objective.to_dict() for objective in self.objectives],
            "questions": [question.to_dict() for question in self.questions],
        }
