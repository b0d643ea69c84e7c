"""Questions from the JSON of jupyterquiz, which shows them in notebooks."""

import json
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import floor, log10
from typing import Any

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.imports import answers
from vpnedu.quiz.imports.answers import Given, Made, Near, Unlike, decimal_of
from vpnedu.quiz.imports.html_prose import Prose, from_html
from vpnedu.quiz.imports.imported import Gathering, Imported, Source, checked

Table = dict[str, Any]

_LONGEST_TEXT = 20_000


class _Digits(str):
    """A number of the file, as it is written there."""

    __slots__ = ()


def read(text: str) -> Imported:
    """The questions of a file; an InputError says which question breaks which rule."""
    gathering = Gathering()
    for place, table in enumerate(_loaded(checked(text)), start=1):
        try:
            _add(table, gathering, place)
        except InputError as wrong:
            raise InputError(f"question {place}: {wrong.field}", wrong.rule) from None
    return gathering.done("Imported from jupyterquiz")


def _loaded(text: str) -> list[object]:
    try:
        data = json.loads(
            text,
            parse_int=_Digits,
            parse_float=_Digits,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except json.JSONDecodeError as wrong:
        raise InputError(f"line {wrong.lineno}", f"it is not JSON: {wrong.msg}") from None
    except RecursionError:
        raise InputError("file", "its lists are too deep in each other") from None
    if not isinstance(data, list):
        raise InputError("file", "it is not a list of questions, [{…}, …]")
    return data


def _no_number(name: str) -> None:
    raise InputError("file", f"{name} is in it, which is no number")


def _once(items: list[tuple[str, Any]]) -> Table:
    table = dict(items)
    if len(table) < len(items):
        twice = Counter(name for name, _ in items).most_common(1)[0][0]
        raise InputError("file", f"{quoted(twice)} is there twice in one table")
    return table


def _add(table: object, gathering: Gathering, place: int) -> None:
    if not isinstance(table, dict):
        raise InputError("question", "it is not a table, {…}")
    kind = _text(table, "type")
    shown = _shown(table, "question")
    source = Source(shown.text or str(place), shown, Prose(""))
    if kind not in _KINDS:
        gathering.refuse(source, f"there is nothing like jupyterquiz's {quoted(kind)} here")
        return
    given = table.get("answers")
    if not isinstance(given, list) or not all(isinstance(answer, dict) for answer in given):
        raise InputError("answers", "they are not a list of tables, [{…}, …]")
    try:
        made, lost = _KINDS[kind](table, given)
    except Unlike as unlike:
        gathering.refuse(source, str(unlike))
        return
    gathering.add(source, made, lost)


def _text(table: Table, name: str, otherwise: str | None = None) -> str:
    value = table.get(name, otherwise)
    if type(value) is not str or len(value) > _LONGEST_TEXT:
        raise InputError(name, f"it must be text of at most {_LONGEST_TEXT:,} characters")
    return value


def _number(value: object, name: str) -> Fraction:
    if not isinstance(value, _Digits):
        raise InputError(name, f"{quoted(str(value))} is not a number")
    return decimal_of(value, name)


def _share(answer: Table) -> Fraction:
    right = answer.get("correct")
    if not isinstance(right, bool):
        raise InputError("correct", "it must be true or false")
    return Fraction(right)


def _says(answer: Table) -> Prose:
    return from_html(_text(answer, "feedback", ""))


def _shown(table: Table, name: str) -> Prose:
    """The text called `name`, and the code that is shown with it."""
    prose = from_html(_text(table, name, ""))
    code = _text(table, "code", "")
    if not code:
        return prose
    shown = from_html(f"<pre>{code.replace('&', '&amp;').replace('<', '&lt;')}</pre>")
    both = "\n\n".join(part for part in (prose.text, shown.text) if part)
    return Prose(both, (*prose.lost, *shown.lost))


def _choices(table: Table, given: list[Table]) -> Made:
    choices: list[Given] = []
    lost: list[str] = []
    for answer in given:
        text, says = _shown(answer, "answer"), _says(answer)
        lost += [*text.lost, *says.lost]
        choices.append(Given(text.text, _share(answer), says.text))
    if table["type"] == "multiple_choice":
        made, more = answers.one(choices)
        return made, lost + more
    right = sum(choice.share for choice in choices) or 1
    # There are no marks in jupyterquiz; a wrong tick costs here what a right one gives.
    shares = (Fraction(1 if choice.share else -1) / right for choice in choices)
    weighed = [Given(c.text, share, c.says) for c, share in zip(choices, shares, strict=True)]
    made, more = answers.many(weighed)
    return made, lost + more


def _numeric(table: Table, given: list[Table]) -> Made:
    near: list[Near] = []
    lost: list[str] = []
    digits = _precision(table)
    for answer in given:
        says = _says(answer)
        lost += says.lost
        if "value" in answer:
            value = _number(answer["value"], "value")
            off = _half(value, digits) if digits else Fraction(0)
            near.append(Near(value - off, value + off, _share(answer), says.text))
        elif "range" in answer:
            low, high = _range(answer["range"])
            near.append(Near(low, high, _share(answer), says.text))
            lost.append("the upper end of a range belongs to it here")
        elif answer.get("type") == "default":
            lost.append("what is said to any other number is left out")
        else:
            raise InputError("answers", "one has neither a value nor a range")
    if digits:
        lost.append(f"rounding to {digits} digits becomes a tolerance of half the last one")
    made, more = answers.number(near, "")
    return made, lost + more


def _precision(table: Table) -> int:
    if "precision" not in table:
        return 0
    digits = _number(table["precision"], "precision")
    if digits.denominator != 1 or not 0 <= digits <= 20:
        raise InputError("precision", "it must be a whole number from 0 to 20")
    return int(digits)


def _half(value: Fraction, digits: int) -> Fraction:
    """Half of the last of so many significant digits."""
    first = floor(log10(abs(value))) if value else 0
    return Fraction(10) ** (first - digits + 1) / 2


def _range(ends: object) -> tuple[Fraction, Fraction]:
    if not isinstance(ends, list) or len(ends) != 2:
        raise InputError("range", "it must be two numbers, [from, to]")
    low, high = (_number(end, "range") for end in ends)
    if low > high:
        raise InputError("range", "it runs from a number to a smaller one")
    return low, high


def _string(_table: Table, given: list[Table]) -> Made:
    words: list[Given] = []
    lost: list[str] = []
    for answer in given:
        if answer.get("type") == "default":
            lost.append("what is said to any other words is left out")
            continue
        if answer.get("match_case") is True:
            lost.append("upper and lower case don't count here")
        if "fuzzy_threshold" in answer:
            lost.append("words that are nearly right are wrong here")
        says = _says(answer)
        lost += says.lost
        words.append(Given(_text(answer, "answer"), _share(answer), says.text))
    made, more = answers.typed(words)
    return made, lost + more


_KINDS: dict[str, Callable[[Table, list[Table]], Made]] = {
    "multiple_choice": _choices,
    "many_choice": _choices,
    "numeric": _numeric,
    "string": _string,
}
