"""A quiz as HTML that needs no script: every question, and at the end the answers.

All of it is made from compiled data (`vpnedu.widgets.quizzes`), and every text is escaped. The
page's element takes its place where scripts run, and keeps the answers for print.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from vpnedu.quiz.prose_html import inline, paragraphs
from vpnedu.quiz.question import KINDS
from vpnedu.widgets.quiz_answers import answers_html
from vpnedu.widgets.quizzes import as_script, shown_order

DIFFICULTY = {1: "recall", 2: "apply", 3: "work out"}
BYTES_A_ROW = 8


def quiz_html(data: dict[str, Any]) -> str:
    """The custom element with its data, and inside it what is read and printed without scripts."""
    name, questions = data["quiz"], data["questions"]
    cards = "".join(
        question_html(question, name, f"Question {place} of {len(questions)}")
        for place, question in enumerate(questions, start=1)
    )
    return (
        f'<vpn-quiz id="quiz-{escape(name)}">{as_script(data)}'
        f'<p class="q-title">{escape(data["title"])}</p>{cards}{answers_html(data)}</vpn-quiz>'
    )


def question_html(question: dict[str, Any], quiz: str, number: str) -> str:
    """One compiled question, without what would give its answer away."""
    about = f"{number} · {KINDS[question['kind']]} · {DIFFICULTY[question['difficulty']]}"
    return (
        f'<div class="q-card"><p class="q-about">{escape(about)}</p>'
        f'<div class="q-text">{paragraphs(question["text"])}</div>'
        f"{table_html(question.get('table'))}{_picture(question)}"
        f"{_WAYS[question['input']](question, quiz)}</div>"
    )


def table_html(table: dict[str, Any] | None) -> str:
    """A question's data as HTML, nothing where it has none.

    The first cell of a row says what the row is about.
    """
    if table is None:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table["columns"])
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>"
        for first, *rest in table["rows"]
    )
    caption = escape(table["caption"])
    return (
        f'<div class="q-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _picture(question: dict[str, Any]) -> str:
    """The network at the start of its run: the run itself would tell the answer."""
    if not question.get("picture"):
        return ""
    [preset] = question["figure"]["presets"]
    scene = question["figure"]["scenes"][preset["runs"][0]["scene"]]
    # The title of the run may tell how it ends; what is drawn does not.
    title = escape(question["figure"]["title"])
    drawn = (scene["wide"] + scene["upright"]).replace(f'aria-label="{title}: ', 'aria-label="')
    return (
        '<vpn-figure still><div class="frame q-picture">'
        f'<div class="scene">{drawn}</div></div></vpn-figure>'
    )


def _choices(question: dict[str, Any], quiz: str) -> str:
    return _lettered(thing["text"] for thing in shown_order(question, quiz))


def _lettered(texts: Iterable[Any]) -> str:
    return f'<ol class="q-letters">{"".join(f"<li>{inline(text)}</li>" for text in texts)}</ol>'


def _steps(question: dict[str, Any], quiz: str) -> str:
    steps = "".join(f"<li>{inline(step['text'])}</li>" for step in shown_order(question, quiz))
    return f"<p>In no order:</p><ul>{steps}</ul>"


def _pairs(question: dict[str, Any], quiz: str) -> str:
    items = "".join(f"<li>{inline(item['text'])}</li>" for item in question["items"])
    options = _lettered(option["text"] for option in shown_order(question, quiz))
    return f'<ul>{items}</ul><p class="q-about">The partners:</p>{options}'


def _typed(question: dict[str, Any], _quiz: str) -> str:
    unit = question.get("unit", "")
    return f'<p>Your answer: <span class="q-blank"></span> {escape(unit)}</p>'


def _bytes(question: dict[str, Any], _quiz: str) -> str:
    return bytes_html(question["hex"])


def bytes_html(digits: str) -> str:
    """A packet's bytes, eight in a row; each row begins with the number of its first byte."""
    pairs = bytes.fromhex(digits).hex(" ").split()
    rows = "".join(
        f'<tr><th scope="row">{start}</th>'
        f"{''.join(f'<td>{pair}</td>' for pair in pairs[start : start + BYTES_A_ROW])}</tr>"
        for start in range(0, len(pairs), BYTES_A_ROW)
    )
    caption = f"The packet’s bytes in hex, 0 to {len(pairs) - 1}"
    return (
        f'<div class="q-scroll"><table class="q-hex"><caption>{escape(caption)}</caption>'
        f"<tbody>{rows}</tbody></table></div>"
    )


_WAYS = {
    "one": _choices,
    "many": _choices,
    "pairs": _pairs,
    "order": _steps,
    "number": _typed,
    "typed": _typed,
    "byte": _bytes,
}
