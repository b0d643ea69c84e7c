"""Tables as CSV text: written so that no spreadsheet runs a cell, and read strictly.

Of what is written, text that a spreadsheet would take for a formula gets an apostrophe in front of
the sign: one of `FORMULA` stands first in it, or first behind a semicolon, a tab or the end of a
line, at which other settings part cells. Spaces, quotes and marks that nobody sees don't hide it.
Numbers are given as numbers, never as text, and stay as they are, so that a loss of -2 is not
spoiled. What is read keeps its cells as they stand.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.numbers import written

Cell = str | int | float | Decimal | Fraction | None

BOM = "\ufeff"
# With the wide ones of East Asian keyboards.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
DELIMITERS = ",;\t"
# Of a fraction that no decimal writes. As 1/3 it would become a date in a spreadsheet.
PLACES = 6

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# What is not seen before a sign: spaces, quotes, and marks without a width.
_UNSEEN = r"""\s"'\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"""
# Runs are taken whole, so that a long one costs no more than its length.
_BEFORE = re.compile(rf"([;{_UNSEEN}]++)([=+\-@＝＋－＠]?)")
_PARTING = re.compile(r"[;\t\r\n]")
_SUSPECT = re.compile(rf"[;\t\r\n]|\A[{_UNSEEN}]")
_QUOTED = re.compile(r'"(?:[^"]|"")*"?')


class _Lines:
    """What csv writes to: it hands each line back, ended as ours are.

    To csv a line ends in CR LF, so that it quotes a cell with either sign in every version of
    Python.
    """

    end = "\r\n"

    def write(self, line: str) -> str:
        return line.removesuffix(self.end) + "\n"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]], bom: bool = False) -> str:
    """`csv_lines` as one text; `bom` puts the mark in front by which Excel knows UTF-8.

    >>> csv_text(["name", "grade"], [["=1+1", Fraction(-1, 4)]])
    "name,grade\\n'=1+1,-0.25\\n"
    """
    return BOM * bom + "".join(csv_lines(columns, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A header and `rows` as lines of CSV, each ended by one LF, with quotes only where needed.

    None is an empty cell.
    """
    writer = csv.writer(_Lines(), lineterminator=_Lines.end)
    yield str(writer.writerow([_safe(name) for name in columns]))
    for at, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise InputError(f"row {at}", f"{len(row)} cells for {len(columns)} columns")
        yield str(writer.writerow([_cell(cell) for cell in row]))


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows below the header, each by the columns' names in lower case without outer spaces.

    Cells are parted by commas, semicolons or tabs, whichever the header has most of. An InputError
    names the line where there is a cell too many or too few, or a quote that does not close.

    >>> read_csv("Name ;ID\\nAda;1\\n")
    [{'name': 'Ada', 'id': '1'}]
    """
    return [row for _, row in numbered(text)]


def numbered(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows as `read_csv` gives them, each with the number of the line that it begins in."""
    lines = _LINE.findall(text.removeprefix(BOM))
    reader = csv.reader(iter(lines), delimiter=delimiter_of(lines[0] if lines else ""), strict=True)
    try:
        names = _names(next(reader, []))
        found, line = [], reader.line_num + 1
        for cells in reader:
            # A line without a single sign in it is no row.
            if cells:
                found.append((line, _row(names, cells, line)))
            line = reader.line_num + 1
        return found
    except csv.Error as wrong:
        raise InputError(f"line {reader.line_num}", str(wrong)) from None


def delimiter_of(header: str) -> str:
    """The sign that parts the cells of a table with this first line."""
    bare = _QUOTED.sub("", header)
    return max(DELIMITERS, key=bare.count)


def _names(header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    if not any(names):
        raise InputError("line 1", "there is no header that names the columns")
    if "" in names:
        raise InputError("line 1", f"column {names.index('') + 1} has no name")
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise InputError("line 1", f"two columns are called {quoted(twice)}")
    return names


def _row(names: list[str], cells: list[str], line: int) -> dict[str, str]:
    if len(cells) != len(names):
        rule = f"it has {len(cells)} cells, and the header has {len(names)}"
        raise InputError(f"line {line}", rule)
    return dict(zip(names, cells, strict=True))


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _safe(cell)
        case Fraction():
            rounded = round(cell, PLACES)
            return written(cell if "/" not in written(cell) else rounded)
        case Decimal() | float() if not isfinite(cell):
            raise InputError("cell", f"{cell} is not a number that a table can hold")
        case Decimal():
            return format(cell, "f")
        case _:
            return str(cell)


def _safe(text: str) -> str:
    # Where a comma is the decimal point, a spreadsheet parts cells at semicolons.
    if _SUSPECT.search(text):
        text = _BEFORE.sub(_with_apostrophe, text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _with_apostrophe(match: re.Match[str]) -> str:
    before, sign = match.groups()
    begins = match.start() == 0 or _PARTING.search(before)
    return f"{before}'{sign}" if sign and begins else match[0]
