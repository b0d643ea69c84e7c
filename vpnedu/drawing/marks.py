"""Marks of faults: a dashed line down through the lanes, and above them what happened."""

from dataclasses import dataclass

from matplotlib.path import Path

from vpnedu.drawing.ink import BOXES, NAMES, Pen
from vpnedu.drawing.spans import Axis
from vpnedu.drawing.style import width
from vpnedu.simulation.trace import Trace

SMALL, AIR = 7.0, 3.5
STEP = SMALL * 1.3


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault, or its end, at `x`. Its words begin at `left`, in line `row` from below."""

    x: float
    words: str
    ink: str
    left: float
    row: int

    @property
    def room(self) -> tuple[float, float]:
        """From where to where the words and their line reach."""
        return min(self.x, self.left), max(self.x, self.left + width(self.words, SMALL, bold=True))


def set_marks(trace: Trace, axis: Axis) -> list[Mark]:
    """Place the words of every fault that is shown, so that no other's line crosses them."""
    struck = [(fault.at, f"✕ {fault.words}, at {fault.at:g} s", "bad") for fault in trace.faults]
    mended = [
        (fault.until, f"✓ {fault.over}, at {fault.until:g} s", "good")
        for fault in trace.faults
        if fault.until is not None
    ]
    made: list[Mark] = []
    # From the right to the left: a line ends below the words of those further to the left.
    for at, words, ink in sorted([*struck, *mended], reverse=True):
        if axis.start <= at <= axis.end:
            made.append(_mark(made, axis, axis.x(at), words, ink))
    return made


def _mark(made: list[Mark], axis: Axis, x: float, words: str, ink: str) -> Mark:
    left = x + AIR
    if left + width(words, SMALL, bold=True) > axis.right + 6:
        left = x - AIR - width(words, SMALL, bold=True)
    row = 0
    while True:
        mark = Mark(x, words, ink, left, row)
        start, end = mark.room
        meets = (m for m in made if m.row >= row and m.room[0] < end + 6 and start < m.room[1] + 6)
        highest = max((m.row for m in meets), default=None)
        if highest is None:
            return mark
        row = highest + 1


def draw_marks(pen: Pen, marks: list[Mark], top: float, bottom: float) -> None:
    """Ink for the marks of faults above and below `top`."""
    for mark in marks:
        y = top + 2 + (mark.row + 0.5) * STEP
        pen.path(
            Path([(mark.x, y + SMALL / 2), (mark.x, bottom)]),
            edge=mark.ink,
            line=0.9,
            dash=(3, 2),
            z=BOXES + 0.3,
        )
        pen.text((mark.left, y), mark.words, SMALL, ink=mark.ink, bold=True, halo=True, z=NAMES)
