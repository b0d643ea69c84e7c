"""Where what was handed in lies, and how a table calls it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from unicodedata import category

from vpnedu.network.addresses import InputError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies: the parts of its path, and what is known of everything there."""

    parts: tuple[str, ...]
    received: int | None = None
    clock: str = ""
    believed: bool = False
    depth: int = 0

    def at(self, *parts: str) -> "Place":
        return replace(self, parts=(*self.parts, *parts))


def named(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The paths, each once, with the ends of them that tell them apart."""
    for path in paths:
        if not path.exists():
            raise InputError(path.as_posix(), "is not there")
    found = list(dict.fromkeys(path.resolve() for path in paths))
    for length in count(1):
        names = ["/".join(path.parts[-length:]) for path in found]
        if len(set(names)) == len(names):
            break
    return list(zip(found, names, strict=True))


def shown(name: str) -> str:
    """A name as a table can hold it: without control characters and halves of characters."""
    if name.isprintable():
        return name
    return "".join("\ufffd" if category(sign)[0] == "C" else sign for sign in name)
