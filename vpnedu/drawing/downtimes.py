"""How long a year things are down, as bars on a logarithmic axis that is labelled in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite, log10

from vpnedu.drawing.bars import hatch
from vpnedu.drawing.ink import BOXES, GROUND, NAMES, WAYS, Box, Pen
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.style import PLATE, house_style, width
from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.availability import downtime as seconds_a_year
from vpnedu.simulation.availability import in_words

TITLE, NAME, SMALL = 11.0, 8.0, 6.5
PITCH, BAR, HEAD, FOOT = 19.0, 11.0, 40.0, 6.0
MARKS = {
    0.001: "1 ms",
    0.01: "10 ms",
    0.1: "0.1 s",
    1: "1 s",
    10: "10 s",
    60: "1 min",
    600: "10 min",
    3_600: "1 h",
    86_400: "1 day",
    864_000: "10 days",
    8_640_000: "100 days",
    31_536_000: "a year",
}
INTERVAL = "The thin line is the interval that simulated years leave open."


@dataclass(frozen=True, slots=True)
class Line:
    """A thing with its seconds of downtime a year, and between which they may lie."""

    name: str
    seconds: float
    percent: str
    between: tuple[float, float] | None

    @property
    def words(self) -> str:
        """How long it is down a year."""
        return f"{in_words(self.seconds)} a year" if self.seconds else "never down"

    @property
    def told(self) -> str:
        """All of it, as a line of text."""
        low, high = self.between or (0.0, 0.0)
        open_ = f", between {in_words(low)} and {in_words(high)}" if self.between else ""
        return f"{self.name}: {self.percent}, {self.words}{open_}"


@dataclass(frozen=True, slots=True)
class Axis:
    """Seconds from `low` to `high` drawn from `left` to `right`, each power as long as the next."""

    low: float
    high: float
    left: float
    right: float

    def x(self, seconds: float) -> float:
        """Where a length of time is; what is too short is at the left end."""
        share = log10(max(seconds, self.low) / self.low) / log10(self.high / self.low)
        return self.left + share * (self.right - self.left)


def downtime(
    named: Mapping[str, float], intervals: Mapping[str, tuple[float, float]] | None = None
) -> Plate:
    """Bars for how long a year each of `named` is down; their values are availabilities, 0 to 1.

    `intervals` holds for some of the names the lowest and the highest availability that are
    believable, as simulated years tell them. InputError for what is no availability.
    """
    lines = _lines(named, intervals or {})
    percent = max(width(line.percent, NAME, mono=True) for line in lines)
    words = max(width(line.words, NAME) for line in lines)
    left = max(width(line.name, NAME) for line in lines) + 14
    right = PLATE.width - percent - words - 30
    axis = Axis(*_range(lines), left, max(right, left + 120))
    foot = FOOT + (SMALL * 1.8 if intervals else 0)
    wide, tall = axis.right + percent + words + 30, HEAD + PITCH * len(lines) + foot
    with house_style():
        plate = Plate(wide, tall, "\n".join(line.told for line in lines) + "\n")
        pen = fitted(plate.blank(0, 0, wide, tall), Box(wide / 2, tall / 2, wide, tall))
        pen.text((4, tall - TITLE * 0.9), "Downtime a year", TITLE, bold=True)
        _draw_axis(pen, axis, tall - TITLE * 1.9 - SMALL * 0.7, foot)
        for down, line in enumerate(lines):
            y = tall - HEAD - (down + 0.5) * PITCH
            _draw_line(pen, axis, line, y)
            pen.text((axis.right + 16, y), line.percent, NAME, mono=True)
            pen.text((axis.right + 26 + percent, y), line.words, NAME)
        if intervals:
            pen.text((4, SMALL), INTERVAL, SMALL, ink="soft")
    return plate


def _lines(
    named: Mapping[str, float], intervals: Mapping[str, tuple[float, float]]
) -> Sequence[Line]:
    """Each thing in seconds; what is no availability, and what is not named, is an error."""
    if not named:
        raise InputError("named", "names nothing to show")
    for name, (low, high) in intervals.items():
        if name not in named:
            raise InputError("intervals", f"{quoted(name)} is not among the names to show")
        if not 0 <= low <= high <= 1:
            raise InputError(name, f"from {low:g} to {high:g} is no interval between 0 and 1")
    for name, value in named.items():
        if not isfinite(value) or not 0 <= value <= 1:
            raise InputError(name, f"{value:g} is no availability: it must be from 0 to 1")
    made = []
    for name, value in named.items():
        low, high = intervals.get(name, (0.0, 0.0))
        between = (seconds_a_year(high), seconds_a_year(low)) if name in intervals else None
        made.append(Line(name, seconds_a_year(value), percentage(value), between))
    return made


def percentage(availability: float) -> str:
    """An availability in percent: two digits of what is missing, so that 1 alone is 100 %.

    >>> percentage(0.9995), percentage(0.99999987), percentage(1.0), percentage(0.5)
    ('99.95 %', '99.999987 %', '100 %', '50 %')
    """
    missing = 100 * (1 - availability)
    if missing <= 0:
        return "100 %"
    places = max(0, ceil(-log10(missing)) + 1)
    text = f"{100 - missing:.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + " %"


def _range(lines: Sequence[Line]) -> tuple[float, float]:
    """From a mark below everything that is shown to one above it."""
    shown = [line.seconds for line in lines]
    shown += [end for line in lines if line.between for end in line.between]
    least, most = min((s for s in shown if s > 0), default=1.0), max(*shown, 10.0)
    marks = list(MARKS)
    low = max((mark for mark in marks if mark < least * 0.7), default=marks[0])
    return low, min((mark for mark in marks if mark >= most * 0.999999), default=marks[-1])


def _draw_axis(pen: Pen, axis: Axis, y: float, bottom: float) -> None:
    """Lengths of time above the bars where they have room, and a line down from each."""
    clear = -1.0
    for seconds, words in MARKS.items():
        if axis.low <= seconds <= axis.high:
            x, half = axis.x(seconds), width(words, SMALL) / 2
            pen.line([(x, y - SMALL * 0.8), (x, bottom)], edge="line", line=0.6, z=GROUND)
            if x - half >= clear:
                pen.text((x, y), words, SMALL, ink="soft", ha="center")
                clear = x + half + 5


def _draw_line(pen: Pen, axis: Axis, line: Line, y: float) -> None:
    """A thing's name, its bar, and a whisker for the interval."""
    pen.text((4, y), line.name, NAME)
    if line.seconds:
        end = axis.x(line.seconds)
        box = Box((axis.left + end) / 2, y, end - axis.left, BAR)
        hatch(pen, box)
        pen.box(box, edge="bad", line=0.8, z=BOXES + 0.3)
    if line.between:
        low, high = map(axis.x, line.between)
        pen.line([(low, y), (high, y)], edge="paper", line=2.8, z=NAMES)
        pen.line([(low, y), (high, y)], edge="ink", line=1.4, z=WAYS)
        for seconds, x in zip(line.between, (low, high), strict=True):
            if seconds >= axis.low:
                pen.line([(x, y - 3.5), (x, y + 3.5)], edge="ink", line=1.4, z=WAYS)
