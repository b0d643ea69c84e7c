"""A run as a storyboard: its key moments side by side, for print and slides."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import networkx as nx

from vpnedu.drawing.ink import GROUND, Box, Pen
from vpnedu.drawing.layout import Layout, arrange
from vpnedu.drawing.moments import (
    Moment,
    changes,
    concerned,
    key_events,
    lit,
    needs,
    said,
    title,
)
from vpnedu.drawing.packing import draw_packet
from vpnedu.drawing.places import graph
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.scene import draw_scene
from vpnedu.drawing.style import FRAME, house_style, wrap
from vpnedu.drawing.tables import Table, draw_table, set_table
from vpnedu.simulation.events import Delivered, Dropped, Lookup
from vpnedu.simulation.trace import Trace

GUTTER = 14.0
TITLE, HEAD, REASON = 11.0, 7.5, 7.0
HEAD_ROOM, STEP = 16.0, REASON * 1.32


@dataclass(frozen=True, slots=True)
class Frame:
    """One moment: its number, its picture (a scene, or the table of a lookup), and its reason."""

    number: int
    event: Moment
    table: Table | None
    tall: float
    reason: tuple[str, ...]

    @property
    def height(self) -> float:
        """All of it, with some air below."""
        return HEAD_ROOM + self.tall + len(self.reason) * STEP + 8


def storyboard(trace: Trace, *, columns: int = 2) -> Plate:
    """The run as numbered frames, read down each of `columns`; two of them fit on an A4 page."""
    if columns < 1:
        raise ValueError(f"columns must be at least 1, not {columns}")
    drawn = _graph_of_run(trace)
    layout = arrange(drawn, FRAME, needs(trace, drawn, FRAME, fold=True))
    wide = layout.extent.w
    frames = [_frame(n, e, layout) for n, e in enumerate(key_events(trace), 1)]
    stacks = _stacks(frames, columns)
    across = len(stacks) * wide + (len(stacks) - 1) * GUTTER
    before = [line for change in changes(trace) for line in wrap(change, REASON, across - 12)]
    header = TITLE * 2 + (len(before) + 1.4) * STEP * bool(before)
    tall = header + max(sum(frame.height for frame in stack) for stack in stacks)
    with house_style():
        plate = Plate(across, tall, str(trace))
        _header(plate, trace.title, before, tall)
        for place, stack in enumerate(stacks):
            top = tall - header
            for frame in stack:
                _draw_frame(plate, trace, layout, frame, (place * (wide + GUTTER), top))
                top -= frame.height
    return plate


def _stacks(frames: Sequence[Frame], columns: int) -> list[Sequence[Frame]]:
    """The frames in columns, to be read like a newspaper, so that the tallest is least tall."""

    def tallest(cuts: tuple[int, ...]) -> float:
        return max(sum(f.height for f in frames[a:b]) for a, b in pairwise((0, *cuts, len(frames))))

    columns = min(columns, len(frames))
    best = min(combinations(range(1, len(frames)), columns - 1), key=tallest)
    return [frames[a:b] for a, b in pairwise((0, *best, len(frames)))]


def _graph_of_run(trace: Trace) -> nx.MultiGraph:
    """The topology without the hosts that the packet has nothing to do with: a frame is small."""
    drawn, kept = graph(trace), concerned(trace)
    hosts = {name for name, data in drawn.nodes(data=True) if data["kind"] == "host"}
    drawn.remove_nodes_from(hosts - kept)
    return drawn


def _frame(number: int, event: Moment, layout: Layout) -> Frame:
    wide = layout.extent.w
    table = set_table(event, FRAME.text, wide) if isinstance(event, Lookup) else None
    tall = table.height if table else layout.extent.h
    return Frame(number, event, table, tall, tuple(wrap(said(event), REASON, wide - 4)))


def _header(plate: Plate, title: str, before: Sequence[str], tall: float) -> None:
    """The title, and what had changed before the run began."""
    plate.write((2, tall - TITLE), title, TITLE, bold=True)
    y = tall - TITLE * 2 - STEP * 0.5
    if before:
        plate.write((2, y), "Before the packet leaves:", REASON, bold=True)
    for line, words in enumerate(before, 1):
        plate.write((2, y - STEP * line), words, REASON, ink="soft")


def _draw_frame(
    plate: Plate, trace: Trace, layout: Layout, frame: Frame, corner: tuple[float, float]
) -> None:
    """One frame with its upper left corner at a place of the plate."""
    extent, (left, top) = layout.extent, corner
    ax = plate.blank(left, top - frame.height, extent.w, frame.height)
    # The unit of the axes is a point; the scene keeps its own coordinates.
    high = extent.bottom + frame.tall + HEAD_ROOM
    ax.set_xlim(extent.left, extent.right)
    ax.set_ylim(high - frame.height, high)
    pen = Pen(ax)
    picture = Box(extent.x, extent.bottom + frame.tall / 2, extent.w - 1, frame.tall)
    pen.box(picture, fill="paper", edge="line", line=0.8, corner=7, z=GROUND - 0.5)
    _draw_title(pen, frame, (extent.left, high - HEAD_ROOM / 2))
    if frame.table:
        draw_table(pen, frame.table, (extent.left, picture.top))
    else:
        draw_scene(pen, layout, lit(frame.event))
        draw_packet(pen, layout, trace, frame.event)
    for line, words in enumerate(frame.reason):
        pen.text((extent.left + 2, extent.bottom - 8 - line * STEP), words, REASON)


def _draw_title(pen: Pen, frame: Frame, at: tuple[float, float]) -> None:
    x, y = at
    ink = {Delivered: "good", Dropped: "bad"}.get(type(frame.event), "ink")
    pen.disc((x + 6, y), 5.6, fill="ink")
    number = str(frame.number)
    pen.text((x + 6, y), number, 6.5, ink="paper", on="ink", bold=True, ha="center")
    pen.text((x + 16, y), title(frame.event), HEAD, ink=ink, bold=True)
