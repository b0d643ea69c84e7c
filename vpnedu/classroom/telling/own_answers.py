"""One student's answer to a question as HTML, beside the right one and with what is said to it."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from string import ascii_uppercase
from typing import Any

from vpnedu.classroom.grading.marker import Response
from vpnedu.classroom.telling.pages import line, prose, table
from vpnedu.quiz.inputs import Byte, ByteField, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Input, Question
from vpnedu.quiz.typed import Typed

BYTES_A_ROW = 8


def answer_html(question: Question, response: Response, shown: list[str]) -> str:
    """The answer of `response` and the right one. `shown` are the ids of what could be picked, in
    the order in which the student saw it.
    """
    answer, got = question.answer, response.answer
    # What a regrade made of it does not change what was answered.
    if answer.mark(got).status in ("blank", "invalid"):
        got = None
    parts = [_unread(response) if got is None else ""]
    if isinstance(answer, One | Many):
        parts.append(_choices(answer, got, shown))
    elif isinstance(answer, Pairs):
        parts.append(_pairs(answer, got or {}))
    elif isinstance(answer, Order):
        parts.append(_order(answer, got or []))
    elif isinstance(answer, Byte):
        parts.append(_bytes(answer, None if got is None else int(got)))
    elif isinstance(answer, Number | Typed):
        parts.append(_typed(answer, got))
    return "".join(parts)


def right_answer(answer: Input) -> str:
    """The right answer to what is typed, as people are told it: HTML."""
    if isinstance(answer, Number):
        return escape(f"{answer.shown or answer.key} {answer.unit}".rstrip())
    return f"<code>{escape(str(answer.key))}</code>"


def _unread(response: Response) -> str:
    got, wrong = response.answer, response.mark.wrong
    if not isinstance(got, str) or not got.strip():
        return ""
    why = f": {escape(wrong)}" if wrong else ""
    return f"<p>You wrote <code>{escape(got)}</code>. It could not be read{why}.</p>"


def _says(text: str) -> str:
    return f'<div class="says">{prose(text)}</div>' if text else ""


def _choices(answer: One | Many, got: Any, shown: list[str]) -> str:
    picked = {got} if isinstance(answer, One) else set(got or ())
    known = {choice.id: choice for choice in answer.choices}
    lines = []
    for letter, choice in zip(ascii_uppercase, (known[name] for name in shown), strict=False):
        mine = choice.id in picked
        look = ("good" if choice.right else "bad") if mine else ""
        if mine:
            sign, tone = ("✓", "right") if choice.right else ("✕", "wrong")
            tag = f'<span class="tag {tone}">{sign} your answer</span>'
        else:
            tag = '<span class="tag right">✓ right answer</span>' if choice.right else ""
        says = _says(choice.says) if mine or choice.right else ""
        lines.append(
            f'<li class="{look}"><span class="letter">{letter}</span>'
            f"<div>{line(choice.text)} {tag}{says}</div></li>"
        )
    return f'<ul class="picks">{"".join(lines)}</ul>'


def _pairs(answer: Pairs, got: dict[str, str]) -> str:
    texts = {name: line(text) for name, text in answer.options}
    rows = []
    for item in answer.items:
        mine = got.get(item.id)
        own = texts[mine] if mine else "nothing"
        right = texts[item.option] + _says(item.says)
        rows.append((line(item.text), _signed(mine == item.option, own), right))
    return table("Your pairs", ("item", "your answer", "right"), rows)


def _order(answer: Order, got: list[str]) -> str:
    steps = {step.id: step for step in answer.steps}
    rows = []
    for place, step in enumerate(answer.steps):
        mine = got[place] if place < len(got) else None
        own = line(steps[mine].text) if mine else "nothing"
        right = line(step.text) + (_says(step.says) if mine != step.id else "")
        rows.append((str(place + 1), _signed(mine == step.id, own), right))
    return table("Your order", ("place", "your answer", "right"), rows)


@lru_cache(maxsize=20_000)
def _typed(answer: Number | Typed, got: str | None) -> str:
    right = f"<p>The right answer: {right_answer(answer)}</p>"
    if got is None:
        return right
    mark = answer.mark(got)
    read = f" (read as {escape(mark.read)})" if mark.read not in ("", got.strip()) else ""
    own = f"<p>{_signed(mark.score == 1, f'Your answer: <code>{escape(got)}</code>')}{read}</p>"
    said = "".join(_says(one.says) for one in answer.mistakes if one.id in mark.says)
    exact = mark.score == 1 and not isinstance(answer, Number)
    return own + said + ("" if exact else right)


@lru_cache(maxsize=2_000)
def _bytes(answer: Byte, place: int | None) -> str:
    at = -1 if place is None else place
    picked = next((field for field in answer.fields if field.first <= at <= field.last), None)
    key = next(field for field in answer.fields if field.right)
    words = []
    if picked is not None:
        own = f"Your answer: byte {place}, {escape(picked.name)}"
        words.append(f"<p>{_signed(picked.right, own)}</p>{_says(picked.says)}")
    if picked is not key:
        words.append(f"<p>The right answer: {_where(key)}, {escape(key.name)}</p>{_says(key.says)}")
    caption = f"The packet’s bytes in hex, 0 to {len(answer.data) - 1}; the right ones are framed"
    columns = ("from", *(f"+{at}" for at in range(BYTES_A_ROW)))
    return table(caption, columns, _rows(answer, key, place), "hex") + "".join(words)


def _rows(answer: Byte, key: ByteField, mine: int | None) -> Iterator[tuple[str, ...]]:
    """Eight bytes a row, which begins with the number of its first byte."""
    cells = []
    for at, byte in enumerate(answer.data):
        look = "good " * (key.first <= at <= key.last) + "mine" * (at == mine)
        cells.append(f'<span class="{look}">{byte:02x}</span>' if look else f"{byte:02x}")
    for start in range(0, len(cells), BYTES_A_ROW):
        row = cells[start : start + BYTES_A_ROW]
        yield (str(start), *row, *[""] * (BYTES_A_ROW - len(row)))


def _where(field: ByteField) -> str:
    if field.first == field.last:
        return f"byte {field.first}"
    return f"bytes {field.first} to {field.last}"


def _signed(right: bool, words: str) -> str:
    """Words with a sign that tells whether they are right."""
    tone, sign, said = ("right", "✓", "right") if right else ("wrong", "✕", "not right")
    return f'<span class="{tone}" role="img" aria-label="{said}">{sign}</span> {words}'
