"""Is a table made as its fields say? Every key that is missing, unknown or of another type."""

import re
from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from vpnedu.quiz.reading.fields import Field
from vpnedu.quiz.reading.problems import Problems

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST = 4000
# Neither pages nor any format that quizzes are exported to can hold these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def _text(value: object) -> bool:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        return False
    return not _CONTROL.search(value)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> bool:
    return _whole(value) or isinstance(value, Decimal) or _text(value)


def _list_of(rule: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(map(rule, value))


# Each type: what it is in words, and whether a value is one.
TYPES: dict[str, tuple[str, Callable[[object], bool]]] = {
    "id": (
        "an id: small letters, digits and hyphens",
        lambda value: isinstance(value, str) and re.match(ID, value) is not None,
    ),
    "text": (f"text of 1 to {LONGEST:,} characters, and no control characters", _text),
    "texts": ("a list of texts", _list_of(_text)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "whole": ("a whole number", _whole),
    "number": ('a number, or text such as "1/4"', _number),
    "rows": ("a list of rows, each a list of texts", _list_of(_list_of(_text))),
    "inputs": ("a table", lambda value: isinstance(value, dict)),
    "table": ("a table", lambda value: isinstance(value, dict)),
    "tables": (
        "one table or more",
        _list_of(lambda value: isinstance(value, dict)),
    ),
}


def check(table: dict[str, Any], fields: tuple[Field, ...], problems: Problems) -> None:
    """Add a problem for each key of `table` that its fields don't allow or that they miss."""
    known = {field.name: field for field in fields}
    for name in table.keys() - known.keys():
        near = get_close_matches(name, known, n=1, cutoff=0.3)
        offer = f"; nearest: {near[0]}" if near else ""
        problems.add(name, f"there is no such field here{offer}")
    for field in fields:
        if field.name in table:
            _check_value(table[field.name], field, problems)
        elif field.needed:
            problems.add(field.name, f"it is missing: {field.doc}")


def _check_value(value: Any, field: Field, problems: Problems) -> None:
    words, rule = TYPES[field.type]
    if not rule(value):
        problems.add(field.name, f"it must be {words}")
    elif field.known and str(value) not in field.known:
        problems.add(field.name, f"{value!r} is not one of {', '.join(field.known)}")
    elif field.type == "table":
        check(value, field.of, problems.inside(field.name))
    elif field.type == "tables":
        for place, one in enumerate(value, start=1):
            check(one, field.of, problems.inside(f"{field.name} {place}"))
        _check_distinct(value, field.name, problems)


def _check_distinct(tables: list[dict[str, Any]], name: str, problems: Problems) -> None:
    seen: set[str] = set()
    for place, one in enumerate(tables, start=1):
        given = one.get("id")
        if isinstance(given, str) and given in seen:
            problems.add(f"{name} {place}: id", f"{given!r} is there already")
        if isinstance(given, str):
            seen.add(given)
