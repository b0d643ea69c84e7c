"""Tables of named fields, as files hold them: checked for shape before any value is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vpnedu.cli.files import TOO_LONG, Repeated
from vpnedu.cli.plain import clipped, nearest
from vpnedu.network.addresses import InputError

Table = dict[str, Any]


@contextmanager
def inside(place: str, joint: str = ".") -> Iterator[None]:
    """Errors raised in this block say that their field lies in `place`."""
    try:
        yield
    except InputError as wrong:
        field = f"{place}{joint}{wrong.field}" if wrong.field else place
        raise InputError(field, wrong.rule) from None


def table(value: object, known: tuple[str, ...] | None, required: tuple[str, ...] = ()) -> Table:
    """`value` as a table with `known` keys only (any keys if None), and all `required` ones."""
    if not isinstance(value, dict):
        raise InputError("", f"{_kind(value)} stands where a table (an object) belongs")
    if isinstance(value, Repeated):
        raise InputError(_key(value.key), "this key is written twice")
    for key in value:
        if known is not None and key not in known:
            raise InputError(_key(key), f"unknown key; nearest: {nearest(key, known)}")
    for key in required:
        if key not in value:
            raise InputError(key, "missing")
    return value


def items(holder: Table, key: str) -> list[Any]:
    """The list at `key`, empty where there is none."""
    value = holder.get(key, [])
    if not isinstance(value, list):
        raise InputError(key, f"{_kind(value)} stands where a list belongs")
    return value


def scalar(value: object, field: str) -> Any:
    """`value` if it is one value, of a length that can be shown."""
    if value is None:
        raise InputError(field, "null is no value; leave the key out")
    if isinstance(value, list | dict):
        raise InputError(field, f"{_kind(value)} stands where one value belongs")
    if isinstance(value, int) and abs(value) >= TOO_LONG:
        raise InputError(field, "the number has too many digits")
    return value


def scalars(value: object, field: str) -> Any:
    """`value` if it is one value or a list of such."""
    if isinstance(value, list):
        return [scalar(one, field) for one in value]
    return scalar(value, field)


def text(value: object, field: str) -> str:
    """`value` if it is text that says something."""
    if not isinstance(scalar(value, field), str):
        raise InputError(field, f"{value!r} is not text; put it in quotes")
    if not str(value).strip():
        raise InputError(field, "the text is empty")
    return str(value)


def _key(key: str) -> str:
    return key if key.isidentifier() and len(key) <= 40 else repr(clipped(key, 40))


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a table (an object)"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= TOO_LONG:
        return "a very long number"
    return "null" if value is None else clipped(repr(value), 60)
