"""A paper's questions with letters, and what is right, for exports that people read and write on.

What is printed, carded or typed of one question agrees: the letters come from the seed, the
paper's name, the slot's and the place in its pool, and from nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from vpnedu.quiz.inputs import Byte, ByteField, Many, One, Order, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.numbers import Number, written
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import Block, blocks
from vpnedu.simulation.chance import Chance


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody can answer: its letter (or number, or none), the thing as prose in
    blocks, whether it is right, and its feedback."""

    mark: str
    about: list[Block]
    right: bool
    says: str


def sheet_of(paper: Paper, slot: Slot, place: int, seed: int = 0) -> Sheet:
    """The question at `place` of the slot's pool, with the letters that it has for `seed`."""
    return Sheet.of(slot.pool[place], Chance(seed, f"{paper.name}/{slot.name}/{place}"))


def drawn(paper: Paper, slot: Slot, seed: int) -> int:
    """The place in the slot's pool of the one variant that is asked for `seed`."""
    return Chance(seed, f"{paper.name}/{slot.name}/variant").below(len(slot.pool))


def marks_of(sheet: Sheet) -> dict[str, str]:
    """The letter of each choice, option or step, by its id."""
    names = (name for name, _ in sheet.lettered)
    return dict(zip(names, ascii_lowercase, strict=False))


def options_of(sheet: Sheet) -> list[tuple[str, list[Block]]]:
    """The letters, each with the choice, option or step that it stands for."""
    marks = marks_of(sheet)
    return [(marks[name], blocks(text)) for name, text in sheet.lettered]


def to_write(sheet: Sheet) -> str:
    """What somebody writes who knows the answer, as `Sheet.read` takes it."""
    answer, marks = sheet.question.answer, marks_of(sheet)
    if isinstance(answer, One):
        return marks[answer.key]
    if isinstance(answer, Many):
        return " ".join(sorted(marks[name] for name in answer.key))
    if isinstance(answer, Order):
        return " ".join(marks[name] for name in answer.key)
    if isinstance(answer, Pairs):
        pairs = enumerate(answer.items, start=1)
        return " ".join(f"{place}{marks[item.option]}" for place, item in pairs)
    return str(answer.key)


def lines_of(sheet: Sheet) -> Iterator[Line]:
    """All that has feedback of its own, in the order of the sheet; steps in the right one."""
    answer, marks = sheet.question.answer, marks_of(sheet)
    if isinstance(answer, One | Many):
        for choice in sorted(answer.choices, key=lambda choice: marks[choice.id]):
            yield Line(marks[choice.id], blocks(choice.text), choice.right, choice.says)
    elif isinstance(answer, Pairs):
        texts = dict(answer.options)
        for place, item in enumerate(answer.items, start=1):
            pair: list[Block] = [*blocks(item.text), [": "], *blocks(texts[item.option])]
            about = [piece for block in pair for piece in block]
            yield Line(f"{place}{marks[item.option]}", [about], True, item.says)
    elif isinstance(answer, Order):
        for step in answer.steps:
            yield Line(marks[step.id], blocks(step.text), True, step.says)
    elif isinstance(answer, Byte):
        for field in answer.fields:
            yield Line("", [[_where(field)]], field.right, field.says)
    else:
        unit = f" {answer.unit}" if isinstance(answer, Number) and answer.unit else ""
        for mistake in getattr(answer, "mistakes", ()):
            yield Line("", [[f"{mistake.value}{unit}"]], False, mistake.says)


def told(sheet: Sheet) -> list[Block]:
    """What is right, in words, where no line of `lines_of` says so."""
    answer = sheet.question.answer
    if isinstance(answer, Number):
        around = f" ± {written(answer.tolerance)}" if answer.tolerance else ""
        return [[f"{answer.shown or answer.key}{around} {answer.unit}".rstrip()]]
    if isinstance(answer, Byte):
        return [[_where(next(field for field in answer.fields if field.right))]]
    accepted = getattr(answer, "accept", ())
    return [[piece for text in accepted for piece in (" or ", ("code", text))][1:]]


def _where(field: ByteField) -> str:
    if field.first == field.last:
        return f"byte {field.first}: {field.name}"
    return f"bytes {field.first} to {field.last}: {field.name}"
