"""Drills, exam and progress as HTML and as text: what is read where no script runs.

The page's elements (`static/drills.js`, `exam.js`, `progress.js`) take the place of all of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.generators import GENERATORS, Generator, generate
from vpnedu.widgets.quiz_answers import answers_html
from vpnedu.widgets.quiz_html import question_html
from vpnedu.widgets.quizzes import as_script, compiled

TERMINAL = "<p>In a terminal, <code>{}</code> asks the same.</p>"


def chosen(topics: Sequence[str]) -> list[Generator]:
    """The generators of `topics`, of all if none is named; InputError if there is no such topic."""
    known = list(dict.fromkeys(one.topic for one in GENERATORS.values()))
    for topic in topics:
        if topic not in known:
            raise InputError("topics", f"there is no {topic!r}; there are {', '.join(known)}")
    return [one for one in GENERATORS.values() if not topics or one.topic in topics]


def drills_html(generators: Sequence[Generator]) -> str:
    """The element with its generators, and inside it one question of each with its answer."""
    samples = "".join(
        f'<p class="p-name">{escape(topic)}</p>{"".join(map(_sample, members))}'
        for topic, members in by_topic(generators).items()
    )
    data = {"generators": [_told(one) for one in generators]}
    return (
        f'<vpn-drills id="drill-desk">{as_script(data)}<p>One question of each kind. Where scripts '
        f"run, there is always another.</p>{TERMINAL.format('vpnedu quiz drill')}{samples}"
        "</vpn-drills>"
    )


def drills_text(generators: Sequence[Generator]) -> str:
    """What there is to drill, by topic."""
    return _listed(
        "Drills",
        (
            (topic, [one.title for one in members])
            for topic, members in by_topic(generators).items()
        ),
    )


def by_topic(generators: Iterable[Generator]) -> dict[str, list[Generator]]:
    """The generators of each topic."""
    found: dict[str, list[Generator]] = {}
    for one in generators:
        found.setdefault(one.topic, []).append(one)
    return found


def exam_html(banks: Mapping[str, Bank]) -> str:
    """The element with the catalogue, and inside it what the exam asks for."""
    return (
        f'<vpn-exam id="exam-desk">{as_script({"quizzes": catalogue(banks)})}'
        "<p>The exam asks one question for each of these. It needs scripts to run here.</p>"
        f"{TERMINAL.format('vpnedu quiz exam')}{_objectives(banks)}</vpn-exam>"
    )


def progress_html(banks: Mapping[str, Bank]) -> str:
    """The element with the catalogue, and inside it what there is to learn."""
    data = {"quizzes": catalogue(banks), "generators": [_told(one) for one in GENERATORS.values()]}
    return (
        f'<vpn-progress id="progress">{as_script(data)}<p>Where scripts run, this page tells how '
        f"far you are. The book asks for this:</p>{_objectives(banks)}</vpn-progress>"
    )


def objectives_text(title: str, banks: Mapping[str, Bank]) -> str:
    """What the book asks for, by chapter."""
    rows = ((bank.title, [one.text for one in bank.objectives]) for bank in banks.values())
    return _listed(title, rows)


def catalogue(banks: Mapping[str, Bank]) -> list[dict[str, Any]]:
    """As much of each bank as is needed to draw from it and to count: no texts, no keys."""
    return [
        {
            "quiz": bank.name,
            "title": bank.title,
            "objectives": [one.to_dict() for one in bank.objectives],
            "questions": [
                {"id": one.id, "rev": one.revision, "objective": one.objective}
                for one in bank.questions
            ],
        }
        for bank in banks.values()
    ]


def _told(one: Generator) -> dict[str, str]:
    names = ("name", "title", "topic", "chapter", "section")
    return {name: getattr(one, name) for name in names}


def _sample(one: Generator) -> str:
    question = compiled(generate(one.name, 0), one.name)
    answers = answers_html({"quiz": one.name, "objectives": [], "questions": [question]})
    return question_html(question, one.name, one.title) + answers


def _objectives(banks: Mapping[str, Bank]) -> str:
    return "".join(
        f'<p class="p-name"><a href="{escape(bank.name)}.html">{escape(bank.title)}</a></p><ul>'
        + "".join(
            f'<li><a href="{escape(bank.name)}.html#{escape(one.section)}">'
            f"{escape(one.text)}</a></li>"
            for one in bank.objectives
        )
        + "</ul>"
        for bank in banks.values()
    )


def _listed(title: str, rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    parts = ["\n".join([name, *(f"  - {line}" for line in lines)]) for name, lines in rows]
    return "\n\n".join([title, *parts])
