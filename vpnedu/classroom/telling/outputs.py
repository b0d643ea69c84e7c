"""The files that a run of grading leaves, as texts by their names.

```
grades.csv        a line for everyone on the roster, with the points of every slot
items.csv         a line for every slot; choices.csv, wrongs.csv and variants.csv look closer
quarantine.csv    what could not be marked; flags.csv what a teacher should look at
overrides.csv     what was set by hand, by whom and why
report.html       all of it to read
feedback/<id>.html  a page for each student
ledger.jsonl      what was ever collected; run.json what this run was made of
```
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from vpnedu import __version__
from vpnedu.classroom.analysing.distractors import picks_rows, wrongs_rows
from vpnedu.classroom.analysing.items import Analysis, items_rows
from vpnedu.classroom.analysing.variants import variants_rows
from vpnedu.classroom.collecting.ledger import Row, added, head_of, rows_of
from vpnedu.classroom.grading.picking import mean
from vpnedu.classroom.grading.results import Grade, Graded, Results, shown
from vpnedu.classroom.grading.times import iso
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.telling.gradebook import GradeRow
from vpnedu.classroom.telling.tables import Cell, csv_lines, read_csv
from vpnedu.network.addresses import InputError

Lines = Iterable[str]

_GRADES = (
    *("id", "name", "email", "points", "of", "percent", "status", "submissions", "counted"),
    *("received", "late_seconds", "kept_after_lateness", "override"),
)


@dataclass(frozen=True)
class Made:
    """What a run was made of, besides the key: for its record in run.json.

    `ledger` is the text of the ledger as it was before.
    """

    policy: str
    hashes: Mapping[str, bytes]
    ledger: str
    rules: tuple[str, ...] = ()
    digits: int = 2


def tables(results: Results, analysis: Analysis, made: Made) -> Iterator[tuple[str, Lines]]:
    """Name and lines of every table and record; the same results give the same bytes."""
    yield "grades.csv", csv_lines(*_grades(results, made.digits))
    yield "items.csv", csv_lines(*items_rows(analysis))
    yield "choices.csv", csv_lines(*picks_rows(analysis.picks))
    yield "wrongs.csv", csv_lines(*wrongs_rows(analysis.wrongs))
    yield "variants.csv", csv_lines(*variants_rows(analysis.variants))
    bad = (
        (one.learner, one.source, one.code, one.rule, "yes" if one.graded else "no")
        for one in results.quarantined
    )
    yield "quarantine.csv", csv_lines(("id", "file", "code", "why", "rest_graded"), bad)
    flags = [(flag.learner, flag.source, flag.code, flag.words) for flag in results.flags]
    yield "flags.csv", csv_lines(("id", "file", "code", "what"), flags)
    chain = Chain(made.ledger)
    yield "ledger.jsonl", chain.grown(rows_of(results, made.hashes))
    yield "run.json", [_record(results, made, chain)]


class Chain:
    """A ledger while it is written: `lines` it has, and the hash of its last one is `head`."""

    def __init__(self, before: str):
        self._before = before
        self.lines, self.head = before.count("\n"), head_of(before)

    def grown(self, rows: Iterable[Row]) -> Iterator[str]:
        """The ledger's text, and behind it a line for each of `rows` that is new."""
        yield self._before
        for line, head in added(self._before, rows):
            self.head = head
            self.lines += 1
            yield f"{line}\n"


def _grades(results: Results, digits: int) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    slots = results.key.paper.slots
    cells = _Cells(results, digits)
    rows = ((*_grade(results, grade, digits), *cells.of(grade)) for grade in results.grades)
    return (*_GRADES, *(slot.name for slot in slots)), rows


class _Cells:
    """The points of slots as they are written: each different one is worked out once."""

    def __init__(self, results: Results, digits: int):
        self._results, self._digits = results, digits
        # A class of thousands shares few responses, which the results keep alive.
        self._known: dict[tuple[int, int, int], Cell] = {}

    def of(self, grade: Grade) -> Iterator[Cell]:
        """A cell for each slot; empty where nothing counts."""
        counted = [grade.graded[place] for place in grade.counted]
        for at, slot in enumerate(self._results.key.paper.slots):
            if not counted or slot.name in self._results.dropped:
                yield None
            elif len(counted) == 1:
                yield self._one(counted[0], at)
            else:
                parts = [one.responses[at].mark.score * one.share for one in counted]
                yield Decimal(shown(slot.points * mean(parts), self._digits))

    def _one(self, one: Graded, at: int) -> Cell:
        response, share = one.responses[at], one.share
        name = (id(response), share.numerator, share.denominator)
        if name not in self._known:
            points = self._results.key.paper.slots[at].points * response.mark.score * share
            self._known[name] = Decimal(shown(points, self._digits))
        return self._known[name]


def _grade(results: Results, grade: Grade, digits: int) -> Iterator[Cell]:
    learner, total = grade.learner, results.total
    last = grade.graded[grade.counted[-1]] if grade.counted else None
    yield from (learner.id, learner.name, learner.email)
    yield from (Decimal(shown(grade.points, digits)), Decimal(shown(total, digits)))
    yield Decimal(shown(100 * grade.points / total, digits)) if total else None
    nothing = "in quarantine" if learner.id in results.unread else "missing"
    yield "graded" if grade.counted else "nothing counts" if grade.graded else nothing
    yield len(grade.graded)
    yield " ".join(grade.graded[place].source for place in grade.counted)
    yield iso(last.received) if last and last.received is not None else None
    yield last.late if last else None
    yield Decimal(shown(last.share, 4)) if last else None
    yield grade.override


def _record(results: Results, made: Made, chain: Chain) -> str:
    key = results.key
    files = hashlib.sha256()
    for source, digest in sorted(made.hashes.items()):
        files.update(f"{source}\0".encode() + digest)
    record = {
        "quiz": key.paper.name,
        "issue": key.issue,
        "vpnedu": __version__,
        "policy": made.policy,
        "rules": list(made.rules),
        "files": len(made.hashes),
        "files_sha256": files.hexdigest(),
        "graded": sum(len(grade.graded) for grade in results.grades),
        "quarantined": len(results.quarantined),
        "flagged": len(results.flags),
        "ledger_lines": chain.lines,
        "ledger_head": chain.head,
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def page_name(learner: str) -> str:
    """Where the feedback page of a learner lies."""
    return str(PurePosixPath("feedback", f"{learner}.html"))


def grade_rows(text: str, key: Key) -> tuple[GradeRow, ...]:
    """The rows of a gradebook, from the text of grades.csv and what the key knows of learners.

    Who has no grade keeps none: whether nothing handed in is a zero is the teacher's to say.
    """
    try:
        return tuple(_grade_row(row, key) for row in read_csv(text))
    except KeyError as missing:
        raise InputError("grades.csv", f"has no column {missing}; was it edited?") from None


def _grade_row(row: dict[str, str], key: Key) -> GradeRow:
    learner = key.by_id.get(row["id"].removeprefix("'"))
    if learner is None:
        raise InputError("grades.csv", f"{row['id'][:64]!r} is not in the class of this key")
    graded = row["status"] == "graded" or row["override"]
    return GradeRow(
        learner=learner.id,
        name=learner.name,
        email=learner.email,
        username=learner.username,
        idnumber=learner.idnumber,
        grade=row["points"] if graded else "",
        out_of=row["of"],
        feedback=row["override"].removeprefix("'"),
    )
