"""The ledger: one line for every file that was ever collected, each chained to the one before.

Each line is canonical JSON and names the hash of the line before it, so that a line which is
changed, taken out or put in breaks the chain behind it. It catches a file that is changed, lost or
silently replaced after it was collected; the last line's hash, kept elsewhere, also catches a
ledger that is cut short or written anew.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vpnedu.classroom.intake import Collected
from vpnedu.classroom.results import Flag, Results
from vpnedu.classroom.submissions import canonical, receipt
from vpnedu.network.addresses import InputError

# What stands in for the hash of a line before the first.
START = "0" * 64
_FIELDS = {"prev", "source", "file", "learner", "receipt", "received", "clock", "outcome"}

Row = Mapping[str, Any]

FLAGS = {
    "changed-file": "Since it was collected first, this file has been changed. Ask for the "
    "receipt, and look into the ledger for the one that came first.",
    "gone": "A file that was collected before is not among these. Look for it where you "
    "keep what came in; without it the learner may lose a submission.",
    "replaced": "A submission that was collected before is gone, and another one of this "
    "learner is there. If nobody took it away knowingly, grade the first one.",
}


@dataclass
class Watched:
    """Passes collected files on and keeps the hash of each, by its source."""

    items: Iterable[Collected]
    hashes: dict[str, bytes] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Collected]:
        for item in self.items:
            self.hashes[item.source] = hashlib.sha256(item.data).digest()
            yield item


def rows_of(results: Results, hashes: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """A row, not yet chained, for each file in the order in which it was read."""
    graded = {one.source: one for grade in results.grades for one in grade.graded}
    codes = {one.source: one for one in results.quarantined}
    copies = {one.source: one.learner for one in results.flags if one.code == "duplicate"}
    for source, hash_ in hashes.items():
        one, bad = graded.get(source), codes.get(source)
        yield {
            "source": source,
            "file": hash_.hex(),
            "learner": one.learner if one else copies.get(source, ""),
            "receipt": receipt(one.digest) if one else "",
            "received": one.received if one else None,
            "clock": one.clock if one else "",
            "outcome": bad.code if bad else "graded",
        }


def read_ledger(text: str) -> list[dict[str, Any]]:
    """The rows of a ledger; InputError names the first line that does not follow from the last."""
    rows: list[dict[str, Any]] = []
    before = START
    for number, line in enumerate(text.splitlines(), start=1):
        place = f"ledger: line {number}"
        try:
            row = json.loads(line)
        except ValueError:
            raise InputError(place, "is not JSON: the ledger was changed") from None
        if not isinstance(row, dict) or row.keys() != _FIELDS:
            raise InputError(place, "is no row of a ledger: it was changed")
        if row["prev"] != before:
            rule = f"does not follow line {number - 1}: one of them was changed, added or taken out"
            raise InputError(place, rule)
        before = hash_of(line)
        rows.append(row)
    return rows


def hash_of(line: str) -> str:
    """SHA-256 of a line without its end, in hex."""
    return hashlib.sha256(line.encode()).hexdigest()


def chained(rows: Iterable[Row], before: str = START) -> Iterator[str]:
    """The lines that `rows` add to a ledger whose last line has the hash `before`."""
    for row in rows:
        line = canonical(dict(row) | {"prev": before}).decode()
        before = hash_of(line)
        yield line


def grown(text: str, rows: Iterable[Row]) -> str:
    """The ledger with a line for each of `rows` that is not in it; the same again adds nothing."""
    known = {(row["source"], row["file"], row["outcome"]) for row in read_ledger(text)}
    fresh = (row for row in rows if (row["source"], row["file"], row["outcome"]) not in known)
    lines = text.splitlines()
    lines += chained(fresh, hash_of(lines[-1]) if lines else START)
    return "".join(f"{line}\n" for line in lines)


def compared(text: str, rows: Iterable[Row]) -> tuple[Flag, ...]:
    """What the ledger tells of files that are no longer as they were when they were collected."""
    now = list(rows)
    by_source = {row["source"]: row for row in now}
    files = {row["file"] for row in now}
    learners = {row["learner"] for row in now} - {""}
    flags = []
    for row in read_ledger(text):
        if row["file"] in files:
            continue
        if row["source"] in by_source:
            code = "changed-file"
        else:
            code = "replaced" if row["learner"] in learners else "gone"
        flags.append(Flag(row["learner"], row["source"], code, FLAGS[code]))
    return tuple(dict.fromkeys(flags))
