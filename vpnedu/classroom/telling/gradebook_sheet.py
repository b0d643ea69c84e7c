"""Canvas's exported gradebook as text in which single cells change and all else stays as it is."""

import re
from collections.abc import Iterable
from typing import ClassVar

from vpnedu.classroom.telling.tables import BOM, delimiter_of
from vpnedu.network.addresses import InputError

# What Canvas calls the student that it makes for a teacher's trial.
_TEST_STUDENT = "student, test"
_POINTS = "points possible"


class Line:
    """One line, its cells as they stand in the file, quotes and all."""

    def __init__(self, cells: list[str], end: str, delimiter: str):
        self.cells, self.end, self.delimiter = cells, end, delimiter

    def __getitem__(self, place: int) -> str:
        raw = self.cells[place]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def __setitem__(self, place: int, value: str) -> None:
        if self[place] != value:
            special = any(sign in value for sign in f'{self.delimiter}"\r\n')
            self.cells[place] = '"' + value.replace('"', '""') + '"' if special else value

    def __str__(self) -> str:
        return self.delimiter.join(self.cells) + self.end

    @property
    def name(self) -> str:
        """The student's name, which stands first."""
        return self[0].strip()

    @property
    def is_test(self) -> bool:
        """Whether this is the student that Canvas makes for trials."""
        return self.name.lower() == _TEST_STUDENT


class Sheet:
    """The lines of an export: the header, rows that are nobody's, and the students."""

    WHO: ClassVar[tuple[str, ...]] = (
        "student", "id", "sis user id", "sis login id", "integration id", "root account", "section",
    )  # fmt: skip
    _KEYS = WHO[:4]

    def __init__(self, mark: str, lines: list[Line]):
        self.mark, self.lines = mark, lines
        names = [name.strip().lower() for name in self.header]
        self._columns = {key: names.index(key) for key in self._KEYS if key in names}
        if names[:1] != ["student"] or len(self._columns) < 2:
            rule = "this is no gradebook exported by Canvas: the first columns are Student and ID"
            raise InputError("line 1", rule)
        rest = [line for line in lines[1:] if any(cell.strip() for cell in line.cells)]
        self.points = next((one for one in rest if one.name.lower() == _POINTS), None)
        self.students = [one for one in rest if one is not self.points and self._is_somebody(one)]

    @classmethod
    def of(cls, text: str) -> "Sheet":
        """The sheet that `text` writes; an InputError names the line that is not as the header."""
        mark = BOM if text.startswith(BOM) else ""
        text = text.removeprefix(BOM)
        delimiter = delimiter_of(text.partition("\n")[0])
        lines = _lines(text, delimiter)
        for number, line in enumerate(lines, start=1):
            if line.cells != [""] and len(line.cells) != len(lines[0].cells):
                rule = f"it has {len(line.cells)} cells, and the header has {len(lines[0].cells)}"
                raise InputError(f"row {number}", rule)
        if not lines:
            raise InputError("line 1", "the export is empty")
        return cls(mark, lines)

    def __str__(self) -> str:
        return self.mark + "".join(map(str, self.lines))

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [self.lines[0][place] for place in range(len(self.lines[0].cells))]

    def add(self, column: str) -> None:
        """Put an empty column behind the last."""
        for line in self.lines:
            if line is self.lines[0] or line.cells != [""]:
                line.cells.append("")
        self.lines[0][-1] = column

    def called(self, column: str, names: Iterable[str]) -> list[Line]:
        """The students whose cell in a column is one of `names`."""
        if column not in self._columns:
            return []
        at = self._columns[column]
        wanted = {_alike(column, name) for name in names} - {""}
        return [line for line in self.students if _alike(column, line[at]) in wanted]

    def _is_somebody(self, line: Line) -> bool:
        return any(line[place].strip() for place in self._columns.values())


def _alike(column: str, text: str) -> str:
    """A name as it is compared: Canvas writes students as Last, First."""
    text = " ".join(text.lower().split())
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if column == "student" and comma else text


def _lines(text: str, delimiter: str) -> list[Line]:
    """The lines, parted where no quote holds a sign."""
    bare = rf'[^"\r\n{delimiter}][^\r\n{delimiter}]*'
    cell = re.compile(rf'("(?:[^"]|"")*"|{bare}|)(\r\n|\r|\n|{delimiter}|\Z)')
    lines: list[Line] = []
    cells: list[str] = []
    at = 0
    while at < len(text) or cells:
        found = cell.match(text, at)
        if found is None:
            raise InputError(f"row {len(lines) + 1}", "a quote in it has no partner")
        cells.append(found[1])
        at = found.end()
        if found[2] != delimiter:
            lines.append(Line(cells, found[2], delimiter))
            cells = []
    return lines
