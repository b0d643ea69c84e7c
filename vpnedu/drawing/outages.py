"""Outages in a flow's lane: a hatched band with its length, split into whose seconds they were."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vpnedu.drawing.bars import BAR, WORD, Room, draw_span, hatch
from vpnedu.drawing.ink import BOXES, Box, Pen
from vpnedu.drawing.spans import Axis, Span, flow_spans
from vpnedu.drawing.style import width
from vpnedu.simulation.events import Missed
from vpnedu.simulation.trace import FlowLine, Outage, Trace

BAND, LABEL, SMALL = 18.0, 12.0, 6.5
BRACKET, LINE = 5.0, 9.0
AIR, APART, MOST_SHIFT = 2.0, 7.0, 16.0
PARTS = ("detect", "decide", "redirect")


@dataclass(frozen=True, slots=True)
class Split:
    """Words below the bracket of an outage: `x` is their middle, `row` counts down."""

    x: float
    row: int
    words: str


@dataclass(slots=True)
class FlowRow:
    """A flow's lane, set: where the lengths and splits of its outages stand. `notes` are those
    for which there is no room."""

    name: str
    spans: list[Span]
    outages: list[Outage]
    labels: list[tuple[Box, str]] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """How far below its top the lane's bars are."""
        return AIR + (BAND if self.outages else BAR) / 2

    @property
    def height(self) -> float:
        """How tall the lane is; without an outage no taller than any other."""
        if not self.outages:
            return BAR + 2 * AIR
        rows = 1 + max((split.row for split in self.splits), default=-1)
        return BAND + 2 * AIR + BRACKET + rows * LINE


def length(outage: Outage) -> str:
    """How long an outage is, in words."""
    return _seconds(outage.seconds) + (", to the end" if outage.end is None else "")


def _seconds(long: float) -> str:
    return f"{long:.{1 if long >= 0.1 else 3}f} s"


def set_flow(trace: Trace, flow: FlowLine, axis: Axis) -> FlowRow:
    """Find a place for every outage's length and split."""
    shown = [
        outage
        for outage in trace.outages
        if outage.flow == flow.name and axis.shows(*_stretch(trace, outage))
    ]
    row = FlowRow(f"packets, {flow.name}", flow_spans(trace, flow), shown)
    unsaid: list[str] = []
    unsplit: list[str] = []
    ends = [tuple(map(axis.x, _stretch(trace, outage))) for outage in shown]
    for place, outage in enumerate(shown):
        before = ends[place - 1][1] if place else axis.left
        after = ends[place + 1][0] if place + 1 < len(shown) else axis.right
        label = _label(row, length(outage), (ends[place][0], ends[place][1]), (before, after))
        if label:
            row.labels.append(label)
        else:
            unsaid.append(f"{length(outage)} from {outage.start:.1f} s")
        if not _split(row, axis, trace, outage):
            unsplit.append(f"{_together(outage)} from {outage.start:.1f} s")
    if unsaid:
        row.notes.append(f"{row.name}: lost for {', '.join(unsaid)}")
    if unsplit:
        row.notes.append(f"{row.name}: {', '.join(unsplit)}")
    missed = sum(isinstance(e, Missed) and e.flow == flow.name for e in trace.events)
    if missed:
        row.notes.append(f"{row.name}: {missed} more lost by chance")
    return row


def _stretch(trace: Trace, outage: Outage) -> tuple[float, float]:
    assert trace.until is not None
    return outage.start, trace.until if outage.end is None else outage.end


def _label(row: FlowRow, words: str, band: Room, between: Room) -> tuple[Box, str] | None:
    """Room for an outage's length: on its band, else after it, else before it."""
    taken = [(box.left, box.right) for box, _ in row.labels]
    for side, (low, high) in ((0, band), (1, (band[1], between[1])), (-1, (between[0], band[0]))):
        for said in (f"lost for {words}", words):
            wide = width(said, WORD, bold=True) + 8
            middle = (low + high - side * (high - low - wide - 4)) / 2
            left, right = middle - wide / 2, middle + wide / 2
            if left >= low and right <= high and all(right <= a or left >= b for a, b in taken):
                return Box(middle, 0, wide, LABEL), said
    return None


def _parts(outage: Outage) -> list[tuple[float, float, str]]:
    """Who took which seconds: from when, to when, and in words; what took none is left out."""
    made, start = [], outage.start
    for name in PARTS:
        seconds = getattr(outage, name)
        if seconds >= 0.0005:
            made.append((start, start + seconds, f"{name} {_seconds(seconds)}"))
        start += seconds
    return made


def _together(outage: Outage) -> str:
    """The parts of an outage in one line."""
    return " · ".join(words for _, _, words in _parts(outage))


def _split(row: FlowRow, axis: Axis, trace: Trace, outage: Outage) -> bool:
    """Set the parts each below its own stretch, or, where one is too short, in one line; False
    where there is no room for either."""
    start, end = _stretch(trace, outage)
    own = [(axis.x(a), axis.x(b), words) for a, b, words in _parts(outage)]
    together = [(axis.x(start), axis.x(end), _together(outage))]
    whole = axis.start <= start and end <= axis.end
    for number in (0, 1):
        for wishes in (own, together) if whole else (together,):
            rooms = _spread(axis, wishes)
            if _clear(row.splits, number, rooms):
                row.splits += [
                    Split(sum(room) / 2, number, words)
                    for room, (_, _, words) in zip(rooms, wishes, strict=True)
                ]
                return True
    return False


def _spread(axis: Axis, wishes: Sequence[tuple[float, float, str]]) -> list[Room]:
    """Rooms for words, each in the middle of its stretch or, if need be, a little to the right."""
    rooms: list[Room] = []
    for start, end, words in wishes:
        middle, half = (start + end) / 2, width(words, SMALL) / 2
        if rooms:
            shift = rooms[-1][1] + APART + half - middle
            middle += shift if 0 < shift < MOST_SHIFT else 0
        box = Box(middle, 0, 2 * half, 1).within(axis.left, axis.right + 4)
        rooms.append((box.left, box.right))
    return rooms


def _clear(splits: Sequence[Split], number: int, rooms: Sequence[Room]) -> bool:
    """Whether words with these rooms stand apart from each other and from those of their row."""
    others = [
        (s.x - width(s.words, SMALL) / 2, s.x + width(s.words, SMALL) / 2)
        for s in splits
        if s.row == number
    ]
    return all(a[1] + APART - 0.01 <= b[0] for a, b in pairwise(sorted([*others, *rooms])))


def draw_flow(
    pen: Pen, axis: Axis, trace: Trace, row: FlowRow, top: float, struck: Sequence[Room]
) -> None:
    """Ink for a flow's lane from `top` down; words keep clear of the lines where faults struck."""
    y = top - row.middle
    taken = [*struck, *((box.left - 1, box.right + 1) for box, _ in row.labels)]
    for span in row.spans:
        if span.tone == "good":
            draw_span(pen, axis, span, y, taken)
    for outage in row.outages:
        left, right = map(axis.x, _stretch(trace, outage))
        hatch(pen, Box((left + right) / 2, y, max(right - left, 0.8), BAND))
        _bracket(pen, axis, outage, y - BAND / 2 - 2)
    for box, words in row.labels:
        pen.box(
            Box(box.x, y, box.w, box.h), fill="paper", edge="bad", line=0.8, corner=3, z=BOXES + 0.4
        )
        pen.text((box.x, y), words, WORD, ink="bad", bold=True, ha="center")
    low = y - BAND / 2 - 2 - BRACKET - LINE / 2 + 1
    for split in row.splits:
        spot = (split.x, low - split.row * LINE)
        pen.text(spot, split.words, SMALL, ha="center", halo=True)


def _bracket(pen: Pen, axis: Axis, outage: Outage, top: float) -> None:
    """One clasp below each part; open where the part goes on outside the picture."""
    for start, end, _ in _parts(outage):
        if not axis.shows(start, end):
            continue
        left, right = axis.x(start) + 0.4, axis.x(end) - 0.4
        points = [(left, top - 3), (max(right, left), top - 3)]
        if start >= axis.start:
            points.insert(0, (left, top))
        if end <= axis.end:
            points.append((max(right, left), top))
        pen.line(points, edge="ink", line=0.8)
