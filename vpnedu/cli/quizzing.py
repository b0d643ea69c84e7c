"""A quiz in a terminal: a question, what is typed, the verdict and why, the score at the end."""

import shutil
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from vpnedu.cli.plain import plain
from vpnedu.network.addresses import InputError
from vpnedu.quiz import prose
from vpnedu.quiz.feedback import said
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.marking import Mark, invalid
from vpnedu.quiz.question import KINDS, Question, grade
from vpnedu.quiz.tally import ChapterTally, Tally
from vpnedu.simulation.chance import Chance

HELP = "Enter alone skips a question, ? gives a hint, q ends."
VERDICTS = {
    "correct": "✓ Right",
    "partial": "◐ Partly right",
    "incorrect": "✕ Not right",
    "blank": "Skipped",
}


class Ended(Exception):
    """The reader typed q, or the input came to its end."""


@dataclass
class Session:
    """Asks one question after another; `marks` are by question id, in that order.

    `hints` is how many were given for the last question.
    """

    seed: int
    marks: dict[str, Mark] = field(default_factory=dict)
    hints: int = 0

    def ask(self, question: Question, heading: str) -> Mark:
        """Ask until the answer is in good form or skipped, then tell the verdict and why."""
        sheet = Sheet.of(question, Chance(self.seed, f"terminal/{question.id}"))
        tell(f"\n{heading}: {KINDS[question.kind]}\n\n{sheet}\n")
        self.hints = 0
        mark = invalid("")
        while mark.status == "invalid":
            typed = prompt(f"{sheet.how}: ")
            if typed == "?":
                self.hints += _hint(question, self.hints)
                continue
            mark = _marked(sheet, typed, self.hints)
            if mark.status == "invalid":
                tell(f"  {mark.wrong}")
        self.marks[question.id] = mark
        _explain(sheet, mark)
        return mark


def _hint(question: Question, given: int) -> int:
    """Tell the next hint; how many were told: 1, or 0 if there is none."""
    if given == len(question.hints):
        tell("  There are no more hints.")
        return 0
    hint = question.hints[given]
    tell(f"  {prose.plain(hint.text)} (This hint costs {hint.cost} of the score.)")
    return 1


def _marked(sheet: Sheet, typed: str, hints: int) -> Mark:
    try:
        return grade(sheet.question, sheet.read(typed), hints)
    except InputError as wrong:
        return invalid(wrong.rule)


def _explain(sheet: Sheet, mark: Mark) -> None:
    points = "" if mark.status == "blank" or mark.score in (0, 1) else f", {mark.score} of a point"
    tell(f"  {VERDICTS[mark.status]}{points}.")
    for about, words in said(sheet.question, mark):
        tell(f"  {about}: {words}")
    if mark.status != "correct":
        tell(f"  Right is: {sheet.right()}")
    tell(f"  {prose.plain(sheet.question.explain)}")
    tell(f"  ({sheet.question.reference})")


def tell(text: str) -> None:
    """Print text of the book or of a file, with nothing in it that could steer the terminal."""
    for line in plain(text, keep="\n").splitlines():
        sys.stdout.write("\n".join(_wrapped(line)) + "\n")
    sys.stdout.flush()


def _wrapped(line: str) -> list[str]:
    """`line` at the width of the terminal, whole in a pipe; what follows is indented like it."""
    if not sys.stdout.isatty():
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    width = max(shutil.get_terminal_size().columns, 40)
    return textwrap.wrap(line, width, subsequent_indent=indent, drop_whitespace=False) or [""]


def prompt(words: str) -> str:
    """What the reader types; Ended where there is no more to come."""
    sys.stdout.write(f"  {words}")
    sys.stdout.flush()
    typed = sys.stdin.readline()
    if not typed or typed.strip().casefold() in ("q", "quit"):
        raise Ended
    # In a pipe nothing echoes the end of the line.
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return typed.strip()


def scores(chapters: Iterable[ChapterTally], *, whole: bool = True) -> None:
    """The score of each chapter and objective; for what is not mastered, where to reread it."""
    for chapter in chapters:
        if not whole and not chapter.whole.answered:
            continue
        tell(f"\n{chapter.title}: {in_words(chapter.whole)}")
        for objective, tally in chapter.objectives:
            again = ""
            if tally.answered and tally.score < tally.answered:
                again = f" (reread {chapter.quiz}.html#{objective.section})"
            tell(f"  {in_words(tally):<24}  {objective.text}{again}")


def in_words(tally: Tally) -> str:
    """A tally as people say it: `2 1/2 of 3 points`, or how many are unanswered."""
    if not tally.answered:
        return f"none of {tally.asked} answered"
    points, rest = divmod(tally.score, 1)
    score = f"{points} {rest}" if points and rest else str(rest or points)
    left = tally.asked - tally.answered
    return f"{score} of {tally.asked}" + (f", {left} unanswered" if left else "")
