"""The book's question banks: `chapters/quizzes/<chapter>.toml`, in the order of `_toc.yml`."""

import re
from functools import cache
from pathlib import Path

from vpnedu.book.facts import facts
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.reading import BankError, read

# Beside the chapter, which is where its kernel starts; from anywhere else, in the checkout.
FOLDERS = (Path("quizzes"), Path(__file__).parents[2] / "chapters" / "quizzes")
_IN_TOC = re.compile(r"^\s*- file: chapters/([\w-]+)\s*$", re.MULTILINE)


def files() -> dict[str, Path]:
    """Every bank's file by its chapter's name, in the order of the book."""
    folder = next((folder for folder in FOLDERS if folder.is_dir()), FOLDERS[-1])
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    toc = folder.parents[1] / "_toc.yml" if folder.is_absolute() else Path("../_toc.yml")
    listed = _IN_TOC.findall(toc.read_text(encoding="utf-8")) if toc.exists() else []
    order = {name: place for place, name in enumerate(listed)}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def bank(name: str) -> Bank:
    """The bank of the chapter called `name`; BankError lists all that is wrong with its file."""
    known = files()
    if name not in known:
        raise InputError("quiz", f"there is no {name!r}; there are {', '.join(known) or 'none'}")
    try:
        text = known[name].read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        rule = f"byte {wrong.start} is not UTF-8; save the file as UTF-8 text"
        raise BankError((f"{known[name].name}: {rule}",)) from None
    return _read(text, name)


def banks() -> dict[str, Bank]:
    """All banks by their chapters' names, in the order of the book."""
    return {name: bank(name) for name in files()}


# Runs are part of a bank, so the same text is read once.
_read = cache(lambda text, name: read(text, name, fact))


def fact(file: str, table: str, row: str, column: str) -> str:
    """One cell of the provider facts, as text."""
    try:
        return str(facts(file, table)[row, column])
    except InputError as wrong:
        raise InputError("fact", f"{wrong.field}: {wrong.rule}") from None
