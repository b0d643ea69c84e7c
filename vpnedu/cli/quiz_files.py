"""The commands about files of questions and answers: `vpnedu quiz show`, `check`, `schema`."""

import json as json_text
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from vpnedu.book.banks import banks, fact, files
from vpnedu.cli import shown
from vpnedu.cli.files import name_of, text_of
from vpnedu.cli.options import Json
from vpnedu.cli.quizzing import scores, tell
from vpnedu.network.addresses import InputError
from vpnedu.quiz import reading
from vpnedu.quiz.lint import findings
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.progress import Progress, Report, read
from vpnedu.quiz.tally import Place


def show(
    file: Annotated[
        str, typer.Argument(help="A progress file that a page of the book exported; - is a pipe.")
    ],
    json: Json = False,
) -> None:
    """Show what a reader's progress file holds. Every answer in it is marked anew."""
    try:
        progress = read(text_of(file))
    except InputError as wrong:
        where = "" if wrong.field in ("", "file") else f"{wrong.field}: "
        raise InputError(name_of(file), where + wrong.rule) from None
    report = progress.report(banks())
    if json:
        shown.line(_data(progress, report))
        return
    whose, when = progress.name or "a reader without a name", progress.saved or "an unknown time"
    tell(f"Progress of {whose}, saved at {when} by the reader's clock.")
    scores(report.chapters, whole=False)
    if progress.exam and progress.exam.handed:
        tell(f"\nExam {progress.exam.seed}, handed in:")
        scores(report.exam)
    for name, record in progress.drills.items():
        tell(f"drill {name}: {record.right} right, {record.wrong} wrong")
    for stale in report.stale:
        tell(f"not counted: {stale.place[0]}: {stale.place[1]}: {stale.why}")


def _data(progress: Progress, report: Report) -> dict[str, Any]:
    return {
        "name": progress.name,
        "saved": progress.saved,
        "answers": _marks(report.marks),
        "exam": _marks(report.exam_marks),
        "not_counted": [{"question": "/".join(s.place), "why": s.why} for s in report.stale],
    }


def _marks(marks: Mapping[Place, Mark]) -> list[dict[str, str]]:
    return [
        {
            "question": "/".join(place),
            "status": mark.status,
            "score": str(mark.score),
            "answer": mark.read,
        }
        for place, mark in marks.items()
    ]


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", show_default=False, help="Banks; all of the book if none is given."
        ),
    ] = None,
) -> None:
    """Check banks of questions: what is wrong ends with 2, what is doubtful with 1.

    Each line tells file, question, field and what is the matter.
    """
    named = [(Path(path).stem, path) for path in paths or ()] or [
        (name, str(path)) for name, path in files().items()
    ]
    wrong: list[str] = []
    doubtful: list[str] = []
    questions = 0
    for name, path in named:
        try:
            bank = reading.read(text_of(path), name, fact)
        except reading.BankError as found:
            wrong += found.problems
            continue
        except InputError as unread:
            wrong.append(f"{path}: {unread.rule}")
            continue
        questions += len(bank.questions)
        doubtful += findings(bank, of_chapter=not paths)
    for line in (*wrong, *doubtful):
        tell(line)
    tell(
        f"{len(named)} files, {questions} questions; wrong: {len(wrong)}, doubtful: {len(doubtful)}"
    )
    if wrong or doubtful:
        raise typer.Exit(2 if wrong else 1)


def schema() -> None:
    """Print the JSON Schema of a bank, for an editor that checks while you write."""
    tell(json_text.dumps(reading.schema(), indent=1))
