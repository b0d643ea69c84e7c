"""The answers of a quiz as HTML: what is right, why, and what other answers would have meant."""

from collections.abc import Iterator
from html import escape
from typing import Any

from vpnedu.quiz.prose_html import inline, paragraphs

# A line of feedback: what it is about, whether that is right, and the words, all of it HTML.
Line = tuple[str, bool, str]


def answers_html(data: dict[str, Any]) -> str:
    """All answers, closed until they are wanted; on paper they stand open at the end."""
    sections = {objective["id"]: objective["section"] for objective in data["objectives"]}
    entries = "".join(
        f"<li>{_answer(question, sections.get(question['objective'], ''))}</li>"
        for question in data["questions"]
    )
    return (
        '<details class="q-answers"><summary>Answers</summary>'
        f'<ol class="q-numbered">{entries}</ol></details>'
    )


def _answer(question: dict[str, Any], section: str) -> str:
    lines = "".join(
        f'<li><span class="{"q-right" if right else "q-wrong"}">{"✓" if right else "✕"} '
        f"{about}</span> {words}</li>"
        for about, right, words in _WAYS[question["input"]](question)
    )
    again = f' <a href="#{escape(section)}">Reread the section</a>' if section else ""
    return (
        f'<div class="q-text">{paragraphs(question["text"])}</div>'
        f'<ul class="q-lines">{lines}</ul>{paragraphs(question["explain"])}'
        f'<p class="q-source">{escape(question["reference"])}{again}</p>'
    )


def _choices(question: dict[str, Any]) -> Iterator[Line]:
    for choice in question["choices"]:
        yield inline(choice["text"]), choice["right"], inline(choice["says"])


def _pairs(question: dict[str, Any]) -> Iterator[Line]:
    texts = {option["id"]: inline(option["text"]) for option in question["options"]}
    for item in question["items"]:
        about = f"{inline(item['text'])}: {texts[item['option']]}"
        yield about, True, inline(item["says"])


def _steps(question: dict[str, Any]) -> Iterator[Line]:
    for place, step in enumerate(question["steps"], start=1):
        yield f"{place}. {inline(step['text'])}", True, inline(step["says"])


def _number(question: dict[str, Any]) -> Iterator[Line]:
    unit = f" {question['unit']}" if question["unit"] else ""
    # What people are told may be rounder than the exact number.
    shown = question.get("shown") or question["answer"]
    yield escape(shown + unit), True, ""
    for mistake in question["mistakes"]:
        yield escape(mistake["value"] + unit), False, inline(mistake["says"])


def _typed(question: dict[str, Any]) -> Iterator[Line]:
    yield f"<code>{escape(question['accept'][0])}</code>", True, ""
    for mistake in question["mistakes"]:
        yield f"<code>{escape(mistake['value'])}</code>", False, inline(mistake["says"])


def _fields(question: dict[str, Any]) -> Iterator[Line]:
    for field in question["fields"]:
        first, last = field["first"], field["last"]
        where = f"byte {first}" if first == last else f"bytes {first} to {last}"
        yield f"{escape(field['id'])}, {where}", field["right"], inline(field["says"])


_WAYS = {
    "one": _choices,
    "many": _choices,
    "pairs": _pairs,
    "order": _steps,
    "number": _number,
    "typed": _typed,
    "byte": _fields,
}
