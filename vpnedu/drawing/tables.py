"""A lookup as a small table: every row with a sign for how it fared, and why."""

from dataclasses import dataclass

from vpnedu.drawing.ink import BOXES, Box, Pen, Point
from vpnedu.drawing.style import width, wrap
from vpnedu.simulation.events import Lookup, Row

SIGNS = {"won": "✓", "lost": "✕", "tied": "=", "not asked": "·"}
INKS = {"won": "good", "lost": "soft", "tied": "good", "not asked": "soft"}

# More rows than this would make a frame too tall; the winner is always among them.
MOST_ROWS = 7
MOST_PREFIXES = 2
PAD, SIGN, COLUMN_GAP, ROW_PAD = 6.0, 22.0, 8.0, 2.5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a row of the lookup with its cells and reason broken into lines."""

    number: int
    state: str
    cells: tuple[tuple[str, ...], ...]
    reason: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """A lookup set in type of one size, `wide` points across. `columns` are widths."""

    event: Lookup
    size: float
    wide: float
    columns: tuple[float, ...]
    lines: tuple[Line, ...]
    note: str

    @property
    def step(self) -> float:
        """From one line of text to the next."""
        return self.size * 1.28

    @property
    def height(self) -> float:
        """How tall the table is, with its question and the names of its columns."""
        rows = sum(line.height for line in self.lines)
        return self.step * (2.3 + bool(self.note) * 1.3) + rows + 2 * PAD


def heading(event: Lookup) -> str:
    """Whose table it is, in the words of the page."""
    return {
        "policies": f"Policies of {event.node}, in order",
        "inbound policies": f"Inbound check at {event.node}",
        "routes": f"Routes of {event.node}",
        "traffic selectors": f"Traffic selectors at {event.node}",
    }[event.table]


def set_table(event: Lookup, size: float, wide: float) -> Table:
    """The table of a lookup, ready to be drawn."""
    shown = _shown(event.rows)
    columns = _columns(event, shown, size, wide)
    lines = tuple(_line(number, row, columns, size, wide) for number, row in shown)
    rest = len(event.rows) - len(shown)
    states = {r.state for n, r in enumerate(event.rows, 1) if (n, r) not in shown}
    note = f"and {rest} more: {' or '.join(sorted(states))}" if rest else ""
    return Table(event, size, wide, columns, lines, note)


def _shown(rows: tuple[Row, ...]) -> list[tuple[int, Row]]:
    """The numbered rows that there is room for: the first ones, and always the winner."""
    numbered = list(enumerate(rows, 1))
    if len(numbered) <= MOST_ROWS:
        return numbered
    winner = next((n for n, row in numbered if row.state == "won"), 0)
    first = MOST_ROWS - 1 if winner < MOST_ROWS else MOST_ROWS - 2
    return [(n, row) for n, row in numbered if n <= first or n == winner]


def _cell(words: str, row: Row) -> str:
    """A cell; of a long list of prefixes that did not win, only how long it is."""
    parts = words.split(", ")
    if row.state == "won" or len(parts) <= MOST_PREFIXES:
        return words
    return f"{parts[0]} and {len(parts) - 1} more"


def _columns(
    event: Lookup, shown: list[tuple[int, Row]], size: float, wide: float
) -> tuple[float, ...]:
    """Each column as wide as its longest cell, the widest cut until all fit."""
    wishes = [width(name, size) for name in event.columns]
    for _, row in shown:
        for place, words in enumerate(row.cells):
            wishes[place] = max(wishes[place], width(_cell(words, row), size, mono=True))
    room = wide - 2 * PAD - SIGN - COLUMN_GAP * (len(wishes) - 1)
    while sum(wishes) > room + 0.01:
        longest = max(wishes)
        least = max((w for w in wishes if w < longest), default=0.0)
        widest = [place for place, wish in enumerate(wishes) if wish == longest]
        cut = max(least, longest - (sum(wishes) - room) / len(widest))
        for place in widest:
            wishes[place] = cut
    return tuple(wishes)


def _line(number: int, row: Row, columns: tuple[float, ...], size: float, wide: float) -> Line:
    cells = tuple(
        tuple(wrap(_cell(words, row), size, column + 0.1, mono=True))
        for words, column in zip(row.cells, columns, strict=True)
    )
    reason = tuple(wrap(row.reason, size, wide - 2 * PAD - SIGN))
    count = max(len(cell) for cell in cells) + len(reason)
    return Line(number, row.state, cells, reason, count * size * 1.28 + 2 * ROW_PAD)


def draw_table(pen: Pen, table: Table, corner: Point, asked: int | None = None) -> None:
    """Ink for a table from its upper left `corner` down; only `asked` rows have been examined."""
    x, y = corner
    size, step = table.size, table.step
    y -= PAD + step / 2
    pen.text((x + PAD, y), table.event.question, size, mono=True)
    y -= step * 1.2
    left = x + PAD + SIGN
    for name, column in zip(table.event.columns, table.columns, strict=True):
        pen.text((left, y), name, size, ink="soft")
        left += column + COLUMN_GAP
    y -= step * 0.75
    for place, line in enumerate(table.lines):
        pen.line([(x + PAD, y), (x + table.wide - PAD, y)], edge="line", line=0.6)
        _draw_line(pen, table, line, (x, y), asked is None or place < asked)
        y -= line.height
    if table.note:
        pen.line([(x + PAD, y), (x + table.wide - PAD, y)], edge="line", line=0.6)
        pen.text((x + PAD + SIGN, y - step * 0.75), table.note, size, ink="soft")


def _draw_line(pen: Pen, table: Table, line: Line, corner: Point, asked: bool) -> None:
    """One row: its sign and number, its cells, and below them the reason once it is known."""
    (x, y), size, step = corner, table.size, table.step
    won = line.state in ("won", "tied") and asked
    on, ink = ("lit", "ink") if won else ("paper", "soft")
    if won:
        row = Box(x + table.wide / 2, y - line.height / 2, table.wide - PAD, line.height)
        pen.box(row, fill="lit", corner=3, z=BOXES - 0.1)
    y -= ROW_PAD + step / 2
    if asked:
        sign = SIGNS[line.state]
        pen.text(
            (x + PAD + 5, y), sign, size + 1, ink=INKS[line.state], on=on, bold=won, ha="center"
        )
    pen.text((x + PAD + 12, y), str(line.number), size, ink=ink, on=on, mono=True)
    left = x + PAD + SIGN
    for cell, column in zip(line.cells, table.columns, strict=True):
        for down, words in enumerate(cell):
            pen.text((left, y - down * step), words, size, ink=ink, on=on, mono=True)
        left += column + COLUMN_GAP
    y -= step * max(len(cell) for cell in line.cells)
    for down, words in enumerate(line.reason if asked else ()):
        spot = (x + PAD + SIGN, y - down * step)
        pen.text(spot, words, size, ink=INKS[line.state], on=on)
