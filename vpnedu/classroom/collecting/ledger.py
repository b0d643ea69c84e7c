"""The ledger: one line for every file that was ever collected, each chained to the one before.

Each line is canonical JSON and names the hash of the line before it, so that a line which is
changed, taken out or put in breaks the chain behind it. It catches a file that is changed, lost or
silently replaced after it was collected; the last line's hash, kept elsewhere, also catches a
ledger that is cut short or written anew.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vpnedu.classroom.collecting.intake import Collected
from vpnedu.classroom.collecting.submissions import canonical, receipt
from vpnedu.classroom.grading.codes import FLAGS
from vpnedu.classroom.grading.results import Flag, Graded, Results
from vpnedu.network.addresses import InputError

# What stands in for the hash of a line before the first.
START = "0" * 64
_LINE = re.compile(r"[^\n]+")
_HASH = re.compile("[0-9a-f]{64}")
_HALF = re.compile(r"[\ud800-\udfff]")
_TEXTS = ("prev", "source", "file", "learner", "receipt", "clock", "outcome")
_FIELDS = {*_TEXTS, "received"}


@dataclass(frozen=True, slots=True)
class Row:
    """A file that was read: `file` is the SHA-256 of its bytes, `outcome` graded or a code."""

    source: str
    file: bytes
    outcome: str
    learner: str = ""
    graded: Graded | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON-ready data, not yet chained."""
        one = self.graded
        return {
            "source": self.source,
            "file": self.file.hex(),
            "learner": self.learner,
            "receipt": receipt(one.digest) if one else "",
            "received": one.received if one else None,
            "clock": one.clock if one else "",
            "outcome": self.outcome,
        }


@dataclass
class Watched:
    """Passes collected files on and keeps the hash of each, by its source."""

    items: Iterable[Collected]
    hashes: dict[str, bytes] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Collected]:
        for item in self.items:
            source, again = item.source, 1
            # Two files may be called alike, in a zip or where a name's odd signs are not shown.
            while source in self.hashes:
                again += 1
                source = f"{item.source} ({again})"
            self.hashes[source] = hashlib.sha256(item.data).digest()
            yield item if again == 1 else replace(item, source=source)


def rows_of(results: Results, hashes: Mapping[str, bytes]) -> Iterator[Row]:
    """A row for each file in the order in which it was read."""
    graded = {one.source: one for grade in results.grades for one in grade.graded}
    codes = {one.source: one.code for one in results.quarantined}
    copies = {one.source: one.learner for one in results.flags if one.code == "duplicate"}
    for source, hash_ in hashes.items():
        one = graded.get(source)
        learner = one.learner if one else copies.get(source, "")
        yield Row(source, hash_, codes.get(source, "graded"), learner, one)


def read_ledger(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a ledger; InputError names the first line that does not follow from the last."""
    before = START
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line, place = match[0], f"ledger: line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError(place, "is not JSON: the ledger was changed") from None
        if not _is_row(row):
            raise InputError(place, "is no row of a ledger: it was changed")
        if row["prev"] != before:
            rule = f"does not follow line {number - 1}: one of them was changed, added or taken out"
            raise InputError(place, rule)
        before = hash_of(line)
        yield row


def _is_row(row: object) -> bool:
    """Whether it is one that a run can have written: half of a character is in no file's name."""
    if not isinstance(row, dict) or row.keys() != _FIELDS:
        return False
    texts = [row[name] for name in _TEXTS]
    if not all(isinstance(text, str) for text in texts) or _HALF.search("".join(texts)):
        return False
    return _HASH.fullmatch(row["file"]) is not None


def hash_of(line: str) -> str:
    """SHA-256 of a line without its end, in hex."""
    return hashlib.sha256(line.encode()).hexdigest()


def chained(rows: Iterable[Row], before: str = START) -> Iterator[tuple[str, str]]:
    """The lines that `rows` add behind a line with the hash `before`, each with its own hash."""
    for row in rows:
        line = canonical(row.to_dict() | {"prev": before}).decode()
        before = hash_of(line)
        yield line, before


def added(text: str, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """The lines, with their hashes, for those of `rows` that are not in the ledger.

    The same again adds nothing.
    """
    known = {_name(row["source"], row["file"], row["outcome"]) for row in read_ledger(text)}
    fresh = (row for row in rows if _name(row.source, row.file.hex(), row.outcome) not in known)
    return chained(fresh, head_of(text))


def _name(*words: str) -> bytes:
    # A name of its own for a row: short, since there may be a hundred thousand of them.
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()[:16]


def head_of(text: str) -> str:
    """The hash of a ledger's last line."""
    start = text.rstrip("\n").rfind("\n") + 1
    return hash_of(text[start:].rstrip("\n")) if text.strip() else START


def compared(text: str, rows: Iterable[Row]) -> tuple[Flag, ...]:
    """What the ledger tells of files that are no longer as they were when they were collected."""
    if not text:
        return ()
    files, sources, learners = set(), set(), set()
    for row in rows:
        files.add(row.file)
        sources.add(row.source)
        learners.add(row.learner)
    flags = []
    for old in read_ledger(text):
        if bytes.fromhex(old["file"]) in files:
            continue
        code = "changed-file" if old["source"] in sources else "gone"
        if code == "gone" and old["learner"] and old["learner"] in learners:
            code = "replaced"
        flags.append(Flag(old["learner"], old["source"], code, FLAGS[code]))
    return tuple(dict.fromkeys(flags))
