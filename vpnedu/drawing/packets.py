"""Packets: a capsule with its addresses, open or sealed in another, and the way that it goes."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

import numpy as np
from matplotlib.path import Path

from vpnedu.drawing.ink import PACKETS, Box, Pen, Point, along
from vpnedu.drawing.layout import Layout
from vpnedu.drawing.places import home, tunnels
from vpnedu.drawing.style import Sheet, width
from vpnedu.drawing.tubes import Curve, curves
from vpnedu.network.topology import INTERNET
from vpnedu.simulation.events import Flight
from vpnedu.simulation.trace import Datagram

PAD, LOCK = 5.0, 13.0
# The share of a flight through a tunnel that each step between shelf and tunnel takes.
STEP_IN = 0.15
# As many pieces of a fragmented packet are drawn as can be told apart.
MOST_PIECES = 3


def capsule_size(sheet: Sheet, datagram: Datagram) -> tuple[float, float]:
    """The size of a packet's capsule: two lines of address, and the lock where it is sealed."""
    text = max(width(line, sheet.text, mono=True) for line in _lines(datagram))
    lock = LOCK if datagram.inner is not None else 0
    return text + 2 * PAD + lock, sheet.text * 2.35 + 5


def _lines(datagram: Datagram) -> tuple[str, str]:
    source, _, target = datagram.label.partition(" → ")
    return source, f"→ {target}"


def draw_capsule(pen: Pen, sheet: Sheet, at: Point, datagram: Datagram, pieces: int = 1) -> Box:
    """A packet at a place: open with its own addresses, or sealed with only the gateways'."""
    sealed = datagram.inner is not None
    box = Box(*at, *capsule_size(sheet, datagram))
    fill, rim, ink = ("tunnel", "paper", "paper") if sealed else ("lit", "clear", "ink")
    # The pieces of a fragmented packet lie behind each other.
    for behind in range(min(pieces, MOST_PIECES) - 1, -1, -1):
        piece = box.moved(2.5 * behind, 2.5 * behind)
        pen.box(piece, fill=fill, edge=rim, line=1.2, corner=6, z=PACKETS + 0.1)
    for line, words in enumerate(_lines(datagram)):
        spot = (box.left + PAD, box.y + (0.5 - line) * sheet.text * 1.2)
        pen.text(spot, words, sheet.text, ink=ink, on=fill, mono=True, z=PACKETS + 0.2)
    if sealed:
        _lock(pen, (box.right - PAD - LOCK / 2 + 2, box.y))
    return box


def _lock(pen: Pen, at: Point) -> None:
    """Something is in here, and locked: a dashed capsule inside, with a padlock."""
    x, y = at
    z = PACKETS + 0.2
    pen.box(Box(x, y, 11, 14), edge="paper", line=0.7, corner=3, dash=(1.6, 1.4), z=z)
    pen.box(Box(x, y - 1.6, 6, 4.6), fill="paper", corner=0.8, z=z)
    shackle = [(x - 1.9, y + 0.7), (x - 1.9, y + 4.6), (x + 1.9, y + 4.6), (x + 1.9, y + 0.7)]
    codes = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    pen.path(Path(shackle, codes), edge="paper", line=1.0, z=z)


def dock(layout: Layout, name: str) -> Point:
    """Where a packet rests that is at `name`: on the shelf below it, so that it hides nothing."""
    box = layout.boxes[name]
    if name == INTERNET:
        return box.x, box.y
    network = home(layout.graph, name)
    x = box.x if layout.graph.nodes[name]["kind"] == "gateway" else layout.boxes[network].x
    return x, layout.shelves[network]


def stem(layout: Layout, name: str, *, outer: bool = False) -> list[Point]:
    """The line from a thing down to its shelf. A host's runs beside the hosts below it."""
    box, (_, shelf) = layout.boxes[name], dock(layout, name)
    if name == INTERNET:
        return [dock(layout, name)]
    if layout.graph.nodes[name]["kind"] == "gateway":
        return [(box.x, box.bottom), (box.x, shelf)]
    network = layout.boxes[home(layout.graph, name)]
    right = (layout.inward(name) > 0) != outer
    beside = layout.sheet.gap / 2 if not outer else -layout.sheet.pad / 2
    channel = network.right + beside if right else network.left - beside
    return [(box.right if right else box.left, box.y), (channel, box.y), (channel, shelf)]


def track(layout: Layout, flight: Flight) -> list[Point]:
    """The line from source to target of a flight outside a tunnel."""
    kinds = {layout.graph.nodes[name]["kind"] for name in (flight.source, flight.target)}
    # From one host to its neighbour: down on one side, up on the other.
    arriving = stem(layout, flight.target, outer=kinds == {"host"})
    leaving = stem(layout, flight.source)
    return [*leaving[:-1], *_across(leaving[-1], arriving[-1], flight), *reversed(arriving[:-1])]


def _across(start: Point, end: Point, flight: Flight) -> list[Point]:
    """From shelf to shelf; into and out of the internet's lane straight up or down."""
    if flight.target == INTERNET:
        return [start, (end[0], start[1]), end]
    if flight.source == INTERNET:
        return [start, (start[0], end[1]), end]
    return [start, end]


def place_of(layout: Layout, flight: Flight, share: float) -> Point:
    """Where a packet's middle is when a share, 0 to 1, of its flight is behind it.

    A tunnel takes most of the time: in between are the steps from the shelf and back to one.
    """
    start, end = dock(layout, flight.source), dock(layout, flight.target)
    tube = tube_of(layout, flight)
    if tube is None:
        return point_on(_across(start, end, flight), share)
    if share < STEP_IN:
        return point_on([start, tube[0]], share / STEP_IN)
    if share > 1 - STEP_IN:
        return point_on([tube[-1], end], 1 - (1 - share) / STEP_IN)
    return along(tube, (share - STEP_IN) / (1 - 2 * STEP_IN))


def tube_of(layout: Layout, flight: Flight) -> Curve | None:
    """The curve of the tunnel that a flight goes through, in its direction; None outside."""
    points = curves(layout).get(flight.link)
    ends = {name: both for name, both, _ in tunnels(layout.graph)}
    if points is None or ends[flight.link][0] == flight.source:
        return points
    return points[3], points[2], points[1], points[0]


def point_on(line: Sequence[Point], share: float) -> Point:
    """The point after a share, 0 to 1, of the length of a line."""
    lengths = [0.0]
    for a, b in pairwise(line):
        lengths.append(lengths[-1] + dist(a, b))
    at = share * lengths[-1]
    xs, ys = zip(*line, strict=True)
    return float(np.interp(at, lengths, xs)), float(np.interp(at, lengths, ys))


def until(line: Sequence[Point], box: Box) -> list[Point]:
    """The part of a line of level and upright pieces before it enters a box."""
    result = [line[0]]
    for (x1, y1), (x2, y2) in pairwise(line):
        if box.left < x2 < box.right and box.bottom < y2 < box.top:
            x = min(max(x1, box.left - 1), box.right + 1) if x1 != x2 else x2
            y = min(max(y1, box.bottom - 1), box.top + 1) if y1 != y2 else y2
            return [*result, (x, y)]
        result.append((x2, y2))
    return result
