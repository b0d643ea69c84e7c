"""Grades as files that a gradebook takes: Moodle's by columns, Canvas's by filling its own export.

Canvas makes an assignment of a column that it does not know, and overwrites scores that are there.
So its own export is filled: one column changes, every other byte stays.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vpnedu.classroom.telling.gradebook_sheet import Line, Sheet
from vpnedu.classroom.telling.tables import FORMULA, csv_text
from vpnedu.network.addresses import InputError, quoted

MOODLE = ("username", "idnumber", "email", "grade", "feedback")

_GRADE = re.compile(r"\d+(\.\d+)?", re.ASCII)
_NUMBERED = re.compile(r" \(\d+\)\Z")
_READ_ONLY = "(read only)"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The grade of a learner, with all names that a gradebook may know the learner by.

    `grade` and `out_of` are decimals; a grade that is empty is not there yet.
    """

    learner: str
    name: str
    email: str
    username: str
    idnumber: str
    grade: str
    out_of: str
    feedback: str

    def __post_init__(self) -> None:
        for field, value in (("grade", self.grade), ("out_of", self.out_of)):
            if (value or field == "out_of") and not _GRADE.fullmatch(value):
                rule = f"{field} is {quoted(value)}; write a decimal, such as 7.5"
                raise InputError(self.learner, rule)


def moodle_grades(rows: Sequence[GradeRow]) -> str:
    """A CSV for Moodle's grade import, which asks which column names the student."""
    cells = [
        (r.username, r.idnumber, r.email, Decimal(r.grade) if r.grade else None, r.feedback)
        for r in rows
    ]
    return csv_text(MOODLE, cells)


def canvas_grades(
    template: str, rows: Sequence[GradeRow], column: str, create: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Canvas's exported gradebook with one column filled, and what a teacher should look at.

    `column` is an assignment's header, with or without the number behind it. With `create` it is
    added where it is missing; Canvas then makes an assignment of that name. Students are found by
    SIS user ID, SIS login ID, ID or name, the first that names exactly one. A row without a grade
    changes nothing.
    """
    sheet = Sheet.of(template)
    total = _total(rows)
    place = _place(sheet.header, column)
    if place is None:
        if not create:
            there = ", ".join(name for name in sheet.header if name.strip()) or "none"
            raise InputError("column", f"the export has no {quoted(column)}; there are {there}")
        place = _added(sheet, column, total)
    notes = list(_about_points(sheet, place, column, total))
    found, lost = _matched(sheet, rows)
    notes += lost
    for row, line in found:
        notes += _filled(line, place, row)
    given = {id(line) for _, line in found}
    notes += [
        f"{student.name}: in the export, but without a grade here"
        for student in sheet.students
        if id(student) not in given and not student.is_test
    ]
    return str(sheet), tuple(notes)


def _total(rows: Sequence[GradeRow]) -> str:
    totals = {Decimal(row.out_of): row.out_of for row in rows}
    if len(totals) != 1:
        some = " and ".join(sorted(totals.values())) or "nothing"
        raise InputError("grades", f"they are out of {some}; one column has one total")
    return next(iter(totals.values()))


def _place(header: Sequence[str], column: str) -> int | None:
    """Where the column stands: by its whole header, else by the header without its number."""
    wanted = column.strip().lower()
    names = [name.strip().lower() for name in header]
    for known in (names, [_NUMBERED.sub("", name) for name in names]):
        places = [place for place, name in enumerate(known) if name == wanted]
        if len(places) > 1:
            raise InputError("column", f"{quoted(column)} is there {len(places)} times")
        if places and names[places[0]] in Sheet.WHO:
            raise InputError(
                "column", f"{quoted(column)} tells who a student is; it takes no grade"
            )
        if places:
            return places[0]
    return None


def _added(sheet: Sheet, column: str, total: str) -> int:
    if column.startswith(FORMULA):
        raise InputError("column", f"{quoted(column)} begins like a formula; choose another name")
    sheet.add(column)
    place = len(sheet.header) - 1
    if sheet.points is not None:
        sheet.points[place] = total
    return place


def _about_points(sheet: Sheet, place: int, column: str, total: str) -> Iterator[str]:
    points = sheet.points[place].strip() if sheet.points is not None else ""
    if points.lower() == _READ_ONLY:
        raise InputError("column", f"{quoted(column)} is reckoned by Canvas and can't be filled")
    there = f"out of {points}" if points else "without its points"
    if _read(points) != Decimal(total):
        yield f"Canvas has {quoted(column)} {there}, the grades are out of {total}"


def _matched(
    sheet: Sheet, rows: Sequence[GradeRow]
) -> tuple[list[tuple[GradeRow, Line]], list[str]]:
    """Rows with their students' lines, and a note on each row that has none of its own."""
    hits = [(row, _line_of(sheet, row)) for row in rows]
    lines = [id(line) for _, line in hits if isinstance(line, Line)]
    found, notes = [], []
    for row, line in hits:
        who = f"{row.name} ({row.learner})"
        if isinstance(line, str):
            notes.append(f"{who}: {line}")
        elif lines.count(id(line)) > 1:
            notes.append(f"{who}: another row is {line.name} in the export too; neither is filled")
        else:
            found.append((row, line))
    return found, notes


def _line_of(sheet: Sheet, row: GradeRow) -> Line | str:
    """The one line that a name of the learner leads to, or why there is none."""
    ways = (
        ("sis user id", (row.idnumber, row.learner)),
        ("sis login id", (row.username, row.email, row.learner)),
        ("id", (row.idnumber, row.learner)),
        ("student", (row.name,)),
    )
    several = False
    for column, names in ways:
        lines = sheet.called(column, names)
        if len(lines) == 1:
            return lines[0]
        several = several or len(lines) > 1
    return "several students in the export fit" if several else "not in the export"


def _filled(line: Line, place: int, row: GradeRow) -> Iterator[str]:
    """Put the grade in its cell; tell if none is there, or one is lost by it."""
    if not row.grade:
        yield f"{row.name} ({row.learner}): has no grade yet; left as it is"
        return
    before = line[place].strip()
    if before and _read(before) != Decimal(row.grade):
        yield f"{row.name} ({row.learner}): {before} in the export becomes {row.grade}"
    line[place] = row.grade


def _read(points: str) -> Decimal | None:
    """A number of Canvas's, which may be written with a comma; None if it is something else."""
    points = points.replace(",", ".")
    return Decimal(points) if _GRADE.fullmatch(points) else None
