"""Designs against faults: a table of outages, tinted by length and readable without colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from vpnedu.drawing.ink import BOXES, Box, Pen
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.style import house_style, palette, width, wrap
from vpnedu.network.addresses import InputError
from vpnedu.simulation.matrix import Cell, Matrix

TITLE, NAME, HEAD, SMALL = 11.0, 7.0, 6.5, 6.0
NAMES, ROW, AIR = 84.0, 23.0, 4.6
STEP = SMALL * 1.35


@dataclass(frozen=True, slots=True)
class Grade:
    """How long an outage is, roughly: up to `most` seconds; its sign and its share of colour."""

    most: float
    sign: str
    share: float
    words: str


GRADES = (
    Grade(0.0, "✓", 0.0, "no outage"),
    Grade(10.0, "▪", 0.1, "up to 10 s"),
    Grade(60.0, "▪▪", 0.2, "up to a minute"),
    Grade(float("inf"), "▪▪▪", 0.32, "over a minute"),
)
NEVER = Grade(float("inf"), "✕", 0.46, "not over when the run ended")


def tint(share: float, *, dark: bool = False) -> str:
    """Paper with a share of the colour for what is bad."""
    colours = palette(dark=dark)
    pairs = zip(to_rgb(colours["paper"]), to_rgb(colours["bad"]), strict=True)
    red, green, blue = (paper + (bad - paper) * share for paper, bad in pairs)
    return to_hex((red, green, blue))


def matrix(results: Matrix) -> Plate:
    """A table picture of designs (across) and faults (down): the median outage and the worst.

    Each cell has a sign and a tint for how long the median is. InputError if there are no cells.
    """
    if not results.designs or not results.faults:
        raise InputError("results", "a matrix needs at least one design and one fault")
    heads = [_broken(name) for name in results.designs]
    column = _column(results, heads)
    wide = max(NAMES + column * len(heads), _legend_width()) + 4
    foot = wrap(_explained(results), SMALL, wide - 8)
    head = TITLE * 2 + max(map(len, heads)) * HEAD * 1.2 + 4
    tall = head + ROW * len(results.faults) + 16 + (len(foot) + 0.8) * STEP
    with house_style():
        plate = Plate(wide, tall, _told(results))
        pen = fitted(plate.blank(0, 0, wide, tall), Box(wide / 2, tall / 2, wide, tall))
        pen.text((4, tall - TITLE * 0.9), _title(results), TITLE, bold=True)
        _draw_heads(pen, heads, column, tall - head)
        _draw_rows(pen, results, column, tall - head)
        low = tall - head - ROW * len(results.faults)
        _draw_legend(pen, low - 10)
        for line, words in enumerate(foot):
            pen.text((4, low - 20 - line * STEP), words, SMALL, ink="soft")
    return plate


def _broken(name: str) -> list[str]:
    """A design's name in lines, broken at hyphens."""
    return [part for part in name.replace("-", "-\n").split("\n") if part]


def _column(results: Matrix, heads: Sequence[Sequence[str]]) -> float:
    """How wide a column must be for every name and every cell."""
    wishes = [width(words, HEAD) for lines in heads for words in lines]
    for cell in (cell for row in results.cells for cell in row if cell):
        first, second = _lines(cell)
        wishes += [width(first, NAME, bold=True), width(second, SMALL)]
    return max(wishes) + AIR


def grade(cell: Cell) -> Grade:
    """Which grade a cell's median has."""
    if cell.median is None:
        return NEVER
    return next(g for g in GRADES if cell.median <= g.most)


def _title(results: Matrix) -> str:
    return f"Seconds of outage, profile {results.profile}"


def _explained(results: Matrix) -> str:
    """What the numbers are, for the foot."""
    runs = "one run" if results.seeds == 1 else f"{results.seeds:,} runs with a seed each"
    return (
        f"Of {runs}: the median of the longest outage of any flow, and the worst. "
        "— : the fault has nothing to strike in this design."
    )


def _seconds(long: float) -> str:
    return f"{long:,.1f} s" if long >= 0.1 else f"{round(long, 3):g} s"


def _lines(cell: Cell) -> tuple[str, str]:
    """What a cell says: the median, and the worst."""
    runs = len(cell.seconds)
    if cell.median is None:
        often = "" if cell.unrecovered == runs else f" {cell.unrecovered} of {runs}"
        return f"{NEVER.sign}{often}", "no recovery"
    first = f"{grade(cell).sign} {_seconds(cell.median)}"
    if cell.worst is None:
        return first, f"{NEVER.sign} {cell.unrecovered} of {runs}"
    return first, f"worst {_seconds(cell.worst)}"


def _draw_heads(pen: Pen, heads: Sequence[Sequence[str]], column: float, bottom: float) -> None:
    """The names of the designs, each ending just above its column."""
    for place, lines in enumerate(heads):
        x = NAMES + (place + 0.5) * column
        for up, words in enumerate(reversed(lines)):
            pen.text((x, bottom + 6 + up * HEAD * 1.2), words, HEAD, ha="center")


def _draw_rows(pen: Pen, results: Matrix, column: float, top: float) -> None:
    """A fault's name and its cells on each line."""
    for down, (name, row) in enumerate(zip(results.faults, results.cells, strict=True)):
        y = top - (down + 0.5) * ROW
        lines = wrap(name, NAME, NAMES - 6)
        for line, words in enumerate(lines):
            middle = (len(lines) - 1) / 2 - line
            pen.text((4, y + middle * NAME * 1.2), words, NAME)
        for place, cell in enumerate(row):
            _draw_cell(pen, cell, Box(NAMES + (place + 0.5) * column, y, column, ROW))


def _draw_cell(pen: Pen, cell: Cell | None, box: Box) -> None:
    """One design under one fault."""
    inner = Box(box.x, box.y, box.w - 1.5, box.h - 1.5)
    if cell is None:
        pen.text((box.x, box.y), "—", NAME, ink="soft", ha="center")
        return
    _fill(pen, inner, grade(cell))
    first, second = _lines(cell)
    pen.text((box.x, box.y + 4.6), first, NAME, bold=True, ha="center")
    pen.text((box.x, box.y - 4.6), second, SMALL, ha="center")


def _fill(pen: Pen, box: Box, its: Grade) -> None:
    """The ground of a cell, with a thin edge."""
    place = (box.left, box.bottom)
    pen.ax.add_patch(
        Rectangle(place, box.w, box.h, facecolor=tint(its.share), edgecolor="none", zorder=BOXES)
    )
    pen.box(box, edge="line", line=0.6, z=BOXES + 0.1)


def _legend_width() -> float:
    return sum(_entry_width(its) for its in (*GRADES, NEVER)) + 8


def _entry_width(its: Grade) -> float:
    return 20 + width(its.words, SMALL) + 14


def _draw_legend(pen: Pen, y: float) -> None:
    """Every sign on its tint, with what it means."""
    x = 4.0
    for its in (*GRADES, NEVER):
        _fill(pen, Box(x + 9, y, 18, 9), its)
        pen.text((x + 9, y), its.sign, SMALL, ha="center")
        pen.text((x + 22, y), its.words, SMALL, ink="soft")
        x += _entry_width(its)


def _told(results: Matrix) -> str:
    """The table in words, a design and a fault a line: for a terminal or a screen reader."""
    lines = [_title(results), _explained(results)]
    for fault, row in zip(results.faults, results.cells, strict=True):
        lines.append(f"{fault}:")
        for design, cell in zip(results.designs, row, strict=True):
            lines.append(f"  {design}: {_in_words(cell)}")
    return "\n".join(lines) + "\n"


def _in_words(cell: Cell | None) -> str:
    if cell is None:
        return "does not apply"
    failed = f"no recovery in {cell.unrecovered} of {len(cell.seconds)} runs"
    if cell.median is None:
        return failed
    worst = failed if cell.worst is None else f"worst {_seconds(cell.worst)}"
    return f"median {_seconds(cell.median)}, {worst}"
