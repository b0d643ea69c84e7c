"""One value of a document with the place it stands in, and strict ways to read it.

Every complaint is an InputError whose field is that place, such as `gateways.0.routes.3.prefix`,
so that an editor can mark the very field.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite
from typing import NoReturn, TypeVar
from unicodedata import category

from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.documents import limits

T = TypeVar("T")


class Misplaced(InputError):
    """A value that breaks a rule, by its place in the document."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a document, and its path from the document's root."""

    value: object
    path: str

    def wrong(self, rule: str) -> NoReturn:
        """Never returns: raises what is wrong with this very value."""
        raise Misplaced(self.path or "document", rule)

    def at(self, key: str | int, value: object) -> "Part":
        """The part with `value` that stands in this one at `key`."""
        return Part(value, f"{self.path}.{key}" if self.path else str(key))

    def table(self, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, "Part"]:
        """This object's members by name: all that are needed, and none that nobody knows."""
        known = (*needed, *optional)
        found = self.members()
        for key in found:
            if key not in known:
                near = get_close_matches(key, known, n=3, cutoff=0.5) or list(known)
                self.at(key, None).wrong(f"there is no such key here; nearest: {', '.join(near)}")
        for key in needed:
            if key not in found:
                self.at(key, None).wrong("is missing")
        return found

    def members(self, most: int | None = None) -> dict[str, "Part"]:
        """This object's members by name, whatever they are."""
        if not isinstance(self.value, dict):
            self.wrong(f"{shown(self.value)} stands where an object belongs")
        if len(self.value) > (most if most is not None else limits.SETTINGS):
            self.wrong(f"has {len(self.value)} keys, which is too many")
        for key in self.value:
            if not isinstance(key, str) or not key or len(key) > limits.NAME or unprintable(key):
                self.wrong(f"{quoted(key)} is not a key")
        return {key: self.at(key, value) for key, value in self.value.items()}

    def items(self, most: int, what: str, least: int = 0) -> tuple["Part", ...]:
        """This list's items; `what` says in the plural what it is a list of."""
        if not isinstance(self.value, list | tuple):
            self.wrong(f"{shown(self.value)} stands where a list of {what} belongs")
        if not least <= len(self.value) <= most:
            rule = f"at most {most}" if len(self.value) > most else f"at least {least}"
            self.wrong(f"has {len(self.value)} {what}; {rule}")
        return tuple(self.at(place, item) for place, item in enumerate(self.value))

    def text(self, longest: int = limits.TEXT, least: int = 1) -> str:
        """This text, one line that can be printed."""
        if not isinstance(self.value, str):
            self.wrong(f"{shown(self.value)} is not text")
        if len(self.value) > longest:
            self.wrong(f"has {len(self.value)} characters; {longest} at most")
        if strange := unprintable(self.value):
            self.wrong(f"U+{ord(strange):04X} can't be printed, or steers the text around it")
        if len(self.value.strip()) < least:
            self.wrong("is empty")
        return self.value

    def name(self, longest: int = limits.NAME) -> str:
        """This name: text without blanks around it, and without towers of accents."""
        text = self.text(longest)
        if text != text.strip():
            self.wrong("begins or ends with a blank")
        marks = 0
        for letter in text:
            marks = marks + 1 if category(letter).startswith("M") else 0
            if marks > limits.MARKS:
                self.wrong(f"has more than {limits.MARKS} accents on one letter")
        return text

    def whole(self, least: int, most: int) -> int:
        """This whole number of a range."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.wrong(f"{shown(self.value)} is not a whole number")
        if not least <= self.value <= most:
            self.wrong(f"{quoted(self.value)} is not allowed: from {least} to {most}")
        return self.value

    def number(self, least: float, most: float) -> float:
        """This number of a range, whole where it was written whole."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.wrong(f"{shown(self.value)} is not a number")
        if not (least <= self.value <= most and isfinite(self.value)):
            self.wrong(f"{quoted(self.value)} is not allowed: from {least:g} to {most:g}")
        return self.value

    def flag(self) -> bool:
        """This true or false."""
        if not isinstance(self.value, bool):
            self.wrong(f"{shown(self.value)} is neither true nor false")
        return self.value

    def one_of(self, words: tuple[str, ...]) -> str:
        """This word out of a few."""
        if not isinstance(self.value, str) or self.value not in words:
            self.wrong(f"{shown(self.value)} is not one of {', '.join(words)}")
        return self.value

    def parsed(self, parse: Callable[[str, str], T]) -> T:
        """This text as `parse` understands it; its complaint is of this place."""
        try:
            return parse(self.text(), self.path)
        except InputError as wrong:
            return self.wrong(wrong.rule)


@contextmanager
def told_of(parts: dict[str, Part], whole: Part) -> Iterator[None]:
    """What the engine finds wrong in this block is told of the member it names, else of `whole`."""
    try:
        yield
    except Misplaced:
        raise
    except InputError as wrong:
        parts.get(wrong.field, whole).wrong(wrong.rule)


def unprintable(text: str) -> str | None:
    """The first letter that can't be printed: control, format, direction, or half of a pair."""
    return next((letter for letter in text if not letter.isprintable()), None)


def shown(value: object) -> str:
    """A value as an error shows it."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    words: dict[object, str] = {None: "null", True: "true", False: "false"}
    if value is None or isinstance(value, bool):
        return words[value]
    return quoted(value) if isinstance(value, str | int | float) else "a strange value"
