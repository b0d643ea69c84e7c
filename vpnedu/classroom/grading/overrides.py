"""Points that a teacher sets by hand, each with a reason, and the trail that they leave.

They come from a CSV with the columns learner, slot (empty for the whole grade), points, reason, by
and date (2026-12-09). They are applied last, upon what everything else gave, and change no file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from vpnedu.classroom.grading.picking import by_slot
from vpnedu.classroom.grading.results import Grade, Results, shown
from vpnedu.classroom.grading.times import nearest
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.telling.tables import numbered
from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.numbers import LONGEST, parse_number

COLUMNS = ("learner", "slot", "points", "reason", "by", "date")

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Override:
    """A line of the table: `points` for a slot, or for the whole grade where `slot` is empty."""

    line: int
    learner: str
    slot: str
    points: Fraction
    reason: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Audited:
    """What an override changed, from what to what, and why, by whom and when."""

    learner: str
    slot: str
    before: Fraction
    after: Fraction
    reason: str
    by: str
    date: str


def read_overrides(text: str, key: Key) -> tuple[Override, ...]:
    """The overrides of a CSV; InputError names the line and what is wrong in it."""
    found: dict[tuple[str, str], Override] = {}
    for line, row in numbered(text):
        # Excel keeps rows that were emptied.
        if not any(cell.strip() for cell in row.values()):
            continue
        try:
            if row.keys() != set(COLUMNS):
                raise InputError("columns", f"there must be {', '.join(COLUMNS)}, and no others")
            one = _read(line, {name: cell.strip() for name, cell in row.items()}, key)
            for slot in {one.slot, ""} if one.slot else {slot for who, slot in found}:
                if before := found.get((one.learner, slot)):
                    rule = f"line {before.line} sets points for this learner already"
                    raise InputError("learner", rule)
        except InputError as wrong:
            place = f"overrides: line {line}: {wrong.field}"
            raise InputError(place, wrong.rule) from None
        found[one.learner, one.slot] = one
    return tuple(found.values())


def _read(line: int, row: dict[str, str], key: Key) -> Override:
    for name in ("learner", "points", "reason", "by", "date"):
        if not row[name]:
            raise InputError(name, "it is empty")
    slots = {slot.name: slot.points for slot in key.paper.slots}
    for name, known in (("learner", key.by_id.keys()), ("slot", slots.keys() | {""})):
        if row[name] not in known:
            rule = f"there is no {quoted(row[name])}{nearest(row[name], known)}"
            raise InputError(name, rule)
    most = slots[row["slot"]] if row["slot"] else key.paper.points
    points = _points(row["points"])
    if not 0 <= points <= most:
        raise InputError("points", f"{row['points']} is not from 0 to {shown(most)}")
    try:
        if not _DATE.fullmatch(row["date"]):
            raise ValueError
        date.fromisoformat(row["date"])
    except ValueError:
        rule = f"{quoted(row['date'])} is no date; write it as in 2026-12-09"
        raise InputError("date", rule) from None
    return Override(line, row["learner"], row["slot"], points, *(row[one] for one in COLUMNS[3:]))


def _points(text: str) -> Fraction:
    if len(text) > LONGEST:
        raise InputError("points", f"{quoted(text)} is too long a number for any points")
    try:
        return parse_number(text, ())
    except InputError as wrong:
        raise InputError("points", wrong.rule) from None


def overridden(results: Results, overrides: Sequence[Override]) -> Results:
    """`results` with the points that the overrides set, and the reasons with the grades."""
    reasons: dict[str, list[str]] = {}
    points = {grade.learner.id: grade.points for grade in results.grades}
    for one, change in zip(overrides, audited(results, overrides), strict=True):
        points[one.learner] += change.after - change.before
        told = f"{one.slot}: {one.reason}" if one.slot else one.reason
        reasons.setdefault(one.learner, []).append(told)
    grades = (
        replace(grade, points=points[grade.learner.id], override="; ".join(why))
        if (why := reasons.get(grade.learner.id))
        else grade
        for grade in results.grades
    )
    return replace(results, grades=tuple(grades))


def audited(results: Results, overrides: Sequence[Override]) -> tuple[Audited, ...]:
    """The trail: what each override changes in `results`, which are those without any."""
    grades = {grade.learner.id: grade for grade in results.grades} if overrides else {}
    return tuple(_audited(results, grades, overrides))


def _audited(
    results: Results, grades: dict[str, Grade], overrides: Sequence[Override]
) -> Iterator[Audited]:
    places = {slot.name: place for place, slot in enumerate(results.key.paper.slots)}
    for one in overrides:
        field = f"overrides: line {one.line}"
        if one.slot in results.dropped:
            raise InputError(field, f"{one.slot} is dropped and counts for nobody")
        if not one.slot and one.points > results.total:
            rule = f"{shown(one.points)} is more than the total of {shown(results.total)}"
            raise InputError(field, rule)
        grade = grades[one.learner]
        before = by_slot(results, grade)[places[one.slot]] if one.slot else grade.points
        why = (one.reason, one.by, one.date)
        yield Audited(one.learner, one.slot, before, one.points, *why)
