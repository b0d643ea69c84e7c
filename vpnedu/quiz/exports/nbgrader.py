"""Papers as an assignment of nbgrader: a notebook with the key in it, which nbgrader takes out.

A question is three cells: what is asked, where the answer goes, and a test. What nbgrader calls a
hidden test holds the question's data and marks by it, so it needs this library where is graded;
students need nothing. Who can run code in the same notebook can fool any test of nbgrader.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from string import ascii_lowercase
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Export, Image, Images, Loss
from vpnedu.quiz.exports.markdown import asked_of, escaped, in_points, lost_in_reading, one_line
from vpnedu.quiz.exports.sheets import drawn, sheet_of, to_write
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import grade
from vpnedu.quiz.restoring import restored
from vpnedu.quiz.typed import Typed

Cell = dict[str, Any]

# What nbgrader looks for in every line of every cell.
SIGNS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS",
         "BEGIN MARK SCHEME", "END MARK SCHEME", "AUTOTEST")  # fmt: skip
ABOUT = (
    "Write each answer between quotation marks, run its cell, and then the cell below it: that one "
    "tells whether your answer can be read, not whether it is right. What can't be read earns "
    "nothing."
)

# What every typed answer of a form that can be read has in it, and what to tell who left it out.
NEEDED = {
    "address": ("[.:]", "an IPv4 or IPv6 address"),
    "prefix": ("/", "a prefix with its length, as in 10.1.0.0/16"),
    "port": ("[0-9]", "a port, as in 500 or udp/500"),
    "hex": ("[0-9A-Fa-f]", "bytes in hex, as in de ad be ef"),
}


def nbgrader_assignment(paper: Paper, images: Images, *, seed: int = 1) -> Export:
    """`<name>.ipynb`, the source of an assignment; of a pool one variant is asked, by `seed`."""
    cells = [_markdown("about", f"# {one_line(paper.title)}\n\n{ABOUT}")]
    losses = []
    for number, slot in enumerate(paper.slots, start=1):
        place = drawn(paper, slot, seed)
        image = images.get((slot.name, place)) if slot.pool[place].picture else None
        sheet = sheet_of(paper, slot, place, seed)
        sign = _sign_in(sheet, image)
        if sign:
            losses.append(Loss(slot.name, f"left out: {sign!r} in it is a sign of nbgrader's own"))
            continue
        cells += _cells(number, slot, sheet, image)
        losses += [Loss(slot.name, what) for what in _lost(slot, sheet, image, seed)]
    if len(cells) == 1:
        raise InputError(paper.name, "nbgrader can take none of its questions")
    text = json.dumps(_notebook(cells), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return Export({f"{paper.name}.ipynb": text.encode()}, tuple(losses))


def points(given: object, worth: str, key: str) -> float:
    """The points of an answer as somebody wrote it, for the question in `key` (JSON).

    What is blank or can't be read is worth nothing. The test of an assignment calls this.
    """
    data = json.loads(key)
    question = restored(data["question"])
    sheet = Sheet(question, tuple((name, "") for name in data["letters"]))
    if given is None:
        return 0.0
    try:
        answer = sheet.read(str(given))
    except InputError:
        return 0.0
    return float(grade(question, answer).score * Fraction(worth))


def _notebook(cells: list[Cell]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}


def _cells(number: int, slot: Slot, sheet: Sheet, image: Image | None) -> list[Cell]:
    """The three cells of a question. Their names tell its number only: slots' names can hint."""
    name, answer = f"q{number}", f"answer_{number}"
    source = "attachment:network.png" if image else ""
    head = f"## Question {number} ({in_points(slot.points)})"
    asked = _markdown(name, "\n\n".join([head, *asked_of(sheet, image, source), _how(sheet)]))
    if image:
        pixels = base64.b64encode(image.png).decode()
        asked["attachments"] = {"network.png": {"image/png": pixels}}
    right = to_write(sheet)
    solution = f"{answer} = None\n### BEGIN SOLUTION\n{answer} = {right!r}\n### END SOLUTION"
    worth = float(slot.points)
    return [
        asked,
        _code(f"{name}-answer", solution, solution=True),
        _code(f"{name}-points", _test(answer, slot, sheet), grade=True, points=worth),
    ]


def _how(sheet: Sheet) -> str:
    return f"What to write: {escaped(sheet.how)}."


def _test(answer: str, slot: Slot, sheet: Sheet) -> str:
    """The test: in sight whether the answer can be read, hidden what it is worth."""
    letters = [name for name, _ in sheet.lettered]
    key = json.dumps({"question": sheet.question.content(), "letters": letters}, sort_keys=True)
    return "\n".join(
        [
            "import re",
            "",
            f'assert {answer} is not None and str({answer}).strip(), "there is no answer yet"',
            *_readable(answer, sheet),
            "### BEGIN HIDDEN TESTS",
            "from vpnedu.quiz.exports.nbgrader import points",
            "",
            f'points({answer}, "{slot.points}", {key!r})',
            "### END HIDDEN TESTS",
        ]
    )


def _readable(name: str, sheet: Sheet) -> Iterator[str]:
    """Lines that refuse what can't be read, and nothing that can.

    They know nothing of the key, and need no library: what they let pass may still not be read.
    """
    answer, given = sheet.question.answer, f"str({name})"
    letters = ascii_lowercase[: len(sheet.lettered)]
    one = f"[{letters}][).]*"
    if isinstance(answer, Pairs):
        one = f"({'|'.join(str(at) for at in range(1, len(answer.items) + 1))})[-=:]?[{letters}]"
    if sheet.lettered:
        more = "" if isinstance(answer, One) else rf"([\s,;]+{one})*"
        form = rf"[\s,;]*{one}{more}[\s,;]*"
        yield f'assert re.fullmatch(r"{form}", {given}, re.I), "write {sheet.how}"'
    if isinstance(answer, Many | Order):
        yield f'found = re.findall("[a-z]", {given}.lower())'
        yield 'assert len(set(found)) == len(found), "write each letter once"'
    if isinstance(answer, Order):
        yield f'assert len(found) == {len(letters)}, "write all {len(letters)} letters"'
    if isinstance(answer, Byte):
        last = len(answer.data) - 1
        yield f'assert {given}.strip().isdigit(), "write the number of a byte, 0 to {last}"'
    if isinstance(answer, Number):
        yield f'assert "," not in {given}, "write 1420 or 1.42, without a comma"'
        yield f'assert re.search("[0-9]", {given}), "write a number"'
    if isinstance(answer, Typed) and answer.form in NEEDED:
        sign, what = NEEDED[answer.form]
        yield f'assert re.search("{sign}", {given}), "write {what}"'


def _markdown(name: str, source: str) -> Cell:
    return _cell(name, "markdown", source, _about(name))


def _code(name: str, source: str, **about: Any) -> Cell:
    made = _cell(name, "code", source, _about(name) | about | {"locked": "grade" in about})
    return made | {"execution_count": None, "outputs": []}


def _about(name: str) -> dict[str, Any]:
    """What nbgrader keeps of a cell: its format of version 3."""
    flags = {"grade": False, "locked": True, "solution": False, "task": False}
    return {"grade_id": name, "schema_version": 3} | flags


def _cell(name: str, kind: str, source: str, about: dict[str, Any]) -> Cell:
    lines = source.splitlines(keepends=True)
    return {"cell_type": kind, "id": name, "metadata": {"nbgrader": about}, "source": lines}


def _sign_in(sheet: Sheet, image: Image | None) -> str | None:
    """A sign of nbgrader's in a question, at which it would cut the wrong thing out."""
    words = [json.dumps(sheet.question.content(), ensure_ascii=False), image.alt if image else ""]
    return next((sign for sign in SIGNS if any(sign in text for text in words)), None)


def _lost(slot: Slot, sheet: Sheet, image: Image | None, seed: int) -> Iterator[str]:
    question = sheet.question
    if len(slot.pool) > 1:
        yield f"one of its {len(slot.pool)} variants is asked of everybody, by seed {seed}"
    if Fraction(float(slot.points)) != slot.points:
        yield f"its {slot.points} points become {float(slot.points)}: only decimals are known"
    if question.hints:
        yield "its hints are left out, and with them what they cost"
    yield "its explanation and what is said of each answer are not shown to students"
    yield from lost_in_reading(replace(question, hints=()), image)
