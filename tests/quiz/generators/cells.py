"""What a reader takes from a question: the rows of its table, the numbers in a text."""

import re
from fractions import Fraction

from vpnedu.quiz.question import Question


def cells(question: Question) -> list[dict[str, str]]:
    """The rows of a question's table, by column."""
    return [dict(zip(question.table.columns, row, strict=True)) for row in question.table.rows]


def numbers(text: str) -> list[Fraction]:
    return [Fraction(n) for n in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]


def asked(question: Question) -> str:
    """The last paragraph of a question's text."""
    return question.text.rpartition("\n\n")[2]
