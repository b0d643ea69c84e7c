"""A quiz as text: its questions with lettered choices, and no answers."""

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any

from vpnedu.widgets.quiz_html import BYTES_A_ROW, KINDS
from vpnedu.widgets.quiz_prose import plain
from vpnedu.widgets.quizzes import shown_order


def quiz_text(data: dict[str, Any]) -> str:
    """Every question of a compiled quiz, one after another."""
    parts = [data["title"]]
    for place, question in enumerate(data["questions"], start=1):
        lines = _question(question, data["quiz"])
        parts.append("\n".join([f"{place}. {plain(question['text'])}", *lines]))
    return "\n\n".join(parts)


def _question(question: dict[str, Any], quiz: str) -> Iterator[str]:
    yield f"({KINDS[question['kind']]})"
    table = question.get("table")
    if table:
        yield table["caption"]
        yield from ("   " + " | ".join(row) for row in (table["columns"], *table["rows"]))
    yield from _WAYS[question["input"]](question, quiz)


def _lettered(question: dict[str, Any], quiz: str) -> Iterator[str]:
    for letter, thing in zip(ascii_uppercase, shown_order(question, quiz), strict=False):
        yield f"   {letter}. {plain(thing['text'])}"


def _pairs(question: dict[str, Any], quiz: str) -> Iterator[str]:
    for place, item in enumerate(question["items"], start=1):
        yield f"   {place}. {plain(item['text'])}"
    yield from _lettered(question, quiz)


def _typed(question: dict[str, Any], _quiz: str) -> Iterator[str]:
    yield f"   Your answer: ______ {question.get('unit', '')}".rstrip()


def _bytes(question: dict[str, Any], _quiz: str) -> Iterator[str]:
    data = bytes.fromhex(question["hex"])
    for start in range(0, len(data), BYTES_A_ROW):
        yield f"   {start:>5}  {data[start : start + BYTES_A_ROW].hex(' ')}"


_WAYS = {
    "one": _lettered,
    "many": _lettered,
    "pairs": _pairs,
    "order": _lettered,
    "number": _typed,
    "typed": _typed,
    "byte": _bytes,
}
