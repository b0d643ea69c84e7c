"""A question on paper or in a terminal: choices get letters, things to be paired get numbers.

What is typed there becomes the same answer, made of ids, that a page would give.
"""

import re
from dataclasses import dataclass
from string import ascii_lowercase

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.inputs import Byte, Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import KINDS, Question, Table
from vpnedu.simulation.chance import Chance

A_LINE = 16


@dataclass(frozen=True)
class Sheet:
    """A question with its choices, options or steps, as (id, text), in the order shown."""

    question: Question
    lettered: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, question: Question, chance: Chance | None = None) -> "Sheet":
        """The question with its choices shuffled, or without `chance` as they stand in the bank.

        Steps are never shown in their right order: without `chance` they stand by their texts.
        """
        answer = question.answer
        if isinstance(answer, One | Many):
            shown = _arranged(answer.choices, None if answer.ordered else chance)
        elif isinstance(answer, Pairs):
            shown = chance.shuffled(answer.options) if chance else list(answer.options)
        elif isinstance(answer, Order):
            steps = [(step.id, step.text) for step in answer.steps]
            shown = chance.shuffled(steps) if chance else sorted(steps, key=lambda step: step[1])
            if shown == steps:
                shown = [*steps[1:], steps[0]]
        else:
            shown = []
        return cls(question, tuple(shown))

    def __str__(self) -> str:
        """The question, its data and what can be picked, without a word about what is right."""
        lines = [plain(self.question.text)]
        if self.question.table:
            lines += ["", *_grid(self.question.table)]
        answer = self.question.answer
        if isinstance(answer, Pairs):
            lines += [f"  {at}. {plain(item.text)}" for at, item in enumerate(answer.items, 1)]
        if isinstance(answer, Byte):
            lines += _dump(answer.data)
        letters = zip(ascii_lowercase, self.lettered, strict=False)
        lines += [f"  {letter}) {plain(text)}" for letter, (_, text) in letters]
        return "\n".join(lines)

    @property
    def how(self) -> str:
        """What is to be typed."""
        answer = self.question.answer
        if isinstance(answer, Number) and answer.unit:
            return f"a number, in {answer.unit}"
        return {
            "one": "a letter",
            "many": "all letters that are right, such as a c",
            "pairs": "pairs, such as 1b 2a",
            "order": "all letters in order, such as c a b",
            "byte": "the number of a byte",
        }.get(answer.name, "your answer")

    def read(self, text: str) -> object:
        """The answer that `text` stands for; InputError says what is to be typed."""
        answer = self.question.answer
        if isinstance(answer, Pairs):
            return self._pairs(text, [item.id for item in answer.items])
        if not self.lettered:
            return text.strip()
        names = [self._named(letter) for letter in re.split(r"[\s,;]+", text.strip()) if letter]
        if isinstance(answer, One):
            if len(names) > 1:
                raise InputError("answer", f"type {self.how}")
            return names[0] if names else ""
        return names

    def _pairs(self, text: str, items: list[str]) -> dict[str, str]:
        given: dict[str, str] = {}
        for pair in re.split(r"[\s,;]+", text.strip()):
            match = re.fullmatch(r"([1-9]\d?)[-=:]?([a-zA-Z])", pair)
            if pair and (match is None or int(match[1]) > len(items)):
                raise InputError("answer", f"type {self.how}")
            if match:
                given[items[int(match[1]) - 1]] = self._named(match[2])
        return given

    def _named(self, letter: str) -> str:
        known = dict(zip(ascii_lowercase, (name for name, _ in self.lettered), strict=False))
        name = known.get(letter.casefold().rstrip(")."))
        if name is None:
            raise InputError("answer", f"there is no {letter[:20]!r}; type {self.how}")
        return name

    def right(self) -> str:
        """What is right, in words and with the letters of this sheet."""
        answer = self.question.answer
        read = answer.mark(answer.key).read
        letters = {
            name: letter for letter, (name, _) in zip(ascii_lowercase, self.lettered, strict=False)
        }
        if isinstance(answer, Number) and answer.shown:
            return f"{answer.shown} {answer.unit}".rstrip()
        if isinstance(answer, One):
            return f"{letters[answer.key]}) {read}"
        if isinstance(answer, Many | Order):
            return f"{' '.join(letters[name] for name in answer.key)}: {read}"
        return read


def as_text(bank: Bank) -> str:
    """Every question of `bank` as text, in the order in which a page shows it first; no answers."""
    parts = [bank.title]
    for place, question in enumerate(bank.questions, start=1):
        sheet = Sheet.of(question, Chance(0, f"{bank.name}/{question.id}"))
        parts.append(f"{place}. ({KINDS[question.kind]}) {sheet}\n  Answer: ______ ({sheet.how})")
    return "\n\n".join(parts)


def _arranged(choices: tuple[Choice, ...], chance: Chance | None) -> list[tuple[str, str]]:
    moved = [choice for choice in choices if not choice.last]
    shuffled = chance.shuffled(moved) if chance else moved
    kept = [choice for choice in choices if choice.last]
    return [(choice.id, choice.text) for choice in (*shuffled, *kept)]


def _grid(table: Table) -> list[str]:
    rows = [table.columns, *table.rows]
    widths = [max(len(plain(row[at])) for row in rows) for at in range(len(table.columns))]
    padded = [
        "  ".join(f"{plain(c):{w}}" for c, w in zip(row, widths, strict=True)) for row in rows
    ]
    return [f"  {table.caption}", *(f"  {line}".rstrip() for line in padded)]


def _dump(data: bytes) -> list[str]:
    """Bytes as a hex dump, each line begun by the number of its first byte."""
    starts = range(0, len(data), A_LINE)
    return [f"  {start:4}  {data[start : start + A_LINE].hex(' ')}" for start in starts]
