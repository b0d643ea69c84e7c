"""Reading TOML and JSON files that people wrote. Every complaint is one `InputError`."""

import json
import os
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from vpnedu.cli.plain import clipped
from vpnedu.network.addresses import InputError

LARGEST = 32_000_000  # bytes
STDIN = "-"
# Python turns no more than 4,300 digits into a number; far fewer are too many for any field here.
MOST_DIGITS = 40
TOO_LONG = 10**MOST_DIGITS

# tomllib spends the square of a dotted key's parts in memory: 100,000 parts end the process. A
# range of addresses in quotes looks like 7 parts; nothing in our tables comes near 16.
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{16}}")


class Repeated(dict[str, Any]):
    """A JSON object in which `key` is written twice: an error, once its place is known."""

    key: str


def name_of(path: str) -> str:
    """How errors call the file."""
    return "standard input" if path == STDIN else path


def load(path: str) -> object:
    """What the TOML or JSON file at `path` holds; "-" is standard input.

    Its ending tells which it is, or its first character where the ending is another.
    """
    return _parsed(path, text_of(path))


def text_of(path: str) -> str:
    """The text of the file at `path`; "-" is standard input."""
    try:
        text = _read(path).decode("utf-8-sig")
    except OSError as wrong:
        raise InputError("", str(wrong.strerror)) from None
    except UnicodeDecodeError as wrong:
        rule = f"byte {wrong.start} is not UTF-8; save the file as UTF-8 text"
        raise InputError("", rule) from None
    if not text.strip():
        raise InputError("", "the file is empty")
    return text


def given(path: str) -> str:
    """As `text_of`, for a command that reads several files: an error names the file."""
    try:
        return text_of(path)
    except InputError as wrong:
        raise InputError(name_of(path), wrong.rule) from None


def _read(path: str) -> bytes:
    if path == STDIN:
        return _bounded(sys.stdin.buffer.read(LARGEST + 1))
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > LARGEST:
            raise _too_large(f"{size / 1e6:.1f} MB")
        # A pipe says that it has 0 bytes, and may never end.
        return _bounded(file.read(LARGEST + 1))


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise _too_large("more than 32 MB")
    return data


def _too_large(size: str) -> InputError:
    return InputError("", f"{size}; the largest file that is read has 32 MB")


def _parsed(path: str, text: str) -> object:
    try:
        if _is_json(path, text):
            return json.loads(text, object_pairs_hook=_object, parse_int=_number)
        if deep := _DEEP_KEY.search(text):
            line = text.count("\n", 0, deep.start()) + 1
            raise InputError("", f"line {line}: {clipped(deep[0], 40)!r} has too many dots")
        return tomllib.loads(text)
    except json.JSONDecodeError as wrong:
        rule = f"line {wrong.lineno}, column {wrong.colno}: broken JSON: {wrong.msg}"
        raise InputError("", rule) from None
    except tomllib.TOMLDecodeError as wrong:
        raise InputError("", f"broken TOML: {wrong}") from None
    except RecursionError:
        raise InputError("", "lists or objects are nested too deep") from None
    except ValueError as wrong:
        if isinstance(wrong, InputError):
            raise
        raise InputError("", _many_digits(text)) from None


def _is_json(path: str, text: str) -> bool:
    ending = Path(path).suffix.lower()
    if ending in (".json", ".toml"):
        return ending == ".json"
    # A TOML file may begin with "[": then a name follows, or another "[".
    return re.match(r"\s*+(\{|\[\s*+[{\]])", text) is not None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Repeated(found)
    twice.key = Counter(key for key, _ in pairs).most_common(1)[0][0]
    return twice


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= MOST_DIGITS else TOO_LONG


def _many_digits(text: str) -> str:
    """What tomllib's ValueError about a number's digits means, with the line."""
    number = re.search(r"[0-9_]{4000,}", text)
    line = text.count("\n", 0, number.start()) + 1 if number else 1
    return f"line {line}: a number has too many digits"
