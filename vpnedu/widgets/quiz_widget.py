"""Quizzes live in a notebook: the page's own elements, and the answers readable from Python."""

from fractions import Fraction
from typing import Any

import traitlets

from vpnedu.quiz.bank import Bank
from vpnedu.quiz.lettering import as_text
from vpnedu.quiz.marking import BLANK, Mark
from vpnedu.quiz.question import Question, grade
from vpnedu.widgets.live import Live
from vpnedu.widgets.modules import STATIC, javascript
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quizzes import compiled_bank

STYLES = ("vpnedu.css", "quiz.css", "practice.css")


class Practice(Live):
    """A quiz, or other practice, in a notebook. What it keeps comes back in `records`."""

    _esm = javascript("quiz_live")
    _css = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    records = traitlets.Dict().tag(sync=True)


class Quiz(Practice):
    """The quiz of one bank. Marks are always made anew, from the answers alone."""

    def __init__(self, bank: Bank):
        data = compiled_bank(bank)
        super().__init__(quiz_html(data), as_text(bank))
        self.bank = bank

    @property
    def answers(self) -> dict[str, Any]:
        """What has been answered so far, checked or not: question id to the answer as given."""
        found = ((question.id, self._kept(question)) for question in self.bank.questions)
        return {name: kept["answer"] for name, kept in found if kept.get("answer") is not None}

    def results(self) -> dict[str, Mark]:
        """The mark of every question, less what hints cost; what was not checked is blank."""
        return {question.id: self._mark(question) for question in self.bank.questions}

    @property
    def score(self) -> Fraction:
        """Points so far, at most one a question."""
        return sum((mark.score for mark in self.results().values()), Fraction(0))

    def _mark(self, question: Question) -> Mark:
        kept = self._kept(question)
        if kept.get("checked") is not True:
            return BLANK
        hints = kept.get("hints", 0)
        return grade(question, kept.get("answer"), hints if isinstance(hints, int) else 0)

    def _kept(self, question: Question) -> dict[str, Any]:
        """The page's record of a question, if it is of this revision."""
        kept = self.records.get(question.id)
        if not isinstance(kept, dict) or kept.get("rev") != question.revision:
            return {}
        return kept
