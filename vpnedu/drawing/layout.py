"""The arrangement of a picture: a box for everything, from sides, rows and sizes, in points."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

import networkx as nx
import numpy as np

from vpnedu.drawing.ink import Box, Point
from vpnedu.drawing.places import Spot, graph, home, members, networks, spots, tunnels
from vpnedu.drawing.sizes import NO_RUN, SHELF_GAP, Needs, Reach, Size, reaches, sizes
from vpnedu.drawing.style import MARGIN, PLATE, Sheet, width
from vpnedu.network.topology import INTERNET, Topology


@dataclass(frozen=True)
class Layout:
    """A finished arrangement. `shelves` are the heights at which packets rest below networks."""

    graph: nx.MultiGraph
    sheet: Sheet
    needs: Needs
    boxes: Mapping[str, Box]
    band: Box
    shelves: Mapping[str, float]

    def inward(self, name: str) -> int:
        """+1 where the band lies to the right of a thing, -1 where it lies to the left."""
        return 1 if self.boxes[home(self.graph, name)].x < self.band.x else -1

    def folded(self, name: str) -> bool:
        """Whether a thing is drawn as a mere mark, since the run never meets it."""
        return home(self.graph, name) in self.needs.folded

    @property
    def extent(self) -> Box:
        """What the whole picture covers."""
        boxes = [*self.boxes.values(), self.band]
        left, right = min(b.left for b in boxes), max(b.right for b in boxes)
        bottom, top = min(b.bottom for b in boxes), max(b.top for b in boxes)
        wide, tall = right - left + 2 * MARGIN, top - bottom + 2 * MARGIN
        return Box((left + right) / 2, (bottom + top) / 2, wide, tall)


def places(topology: Topology) -> dict[str, Point]:
    """The middle of each network, gateway and host, and of the internet, in points, y upwards."""
    boxes = arrange(graph(topology), PLATE).boxes
    return {name: (box.x, box.y) for name, box in boxes.items()}


def arrange(drawn: nx.MultiGraph, sheet: Sheet, needs: Needs = NO_RUN) -> Layout:
    """Everything of `drawn` in its place on a sheet, with the room that a run needs."""
    size = sizes(drawn, sheet, needs)
    reach = reaches(drawn, sheet, needs, size)
    sides = spots(drawn)
    levels = _levels(sides, reach, sheet.row_gap)
    columns = _columns(drawn, sheet, needs, size, sides)
    boxes: dict[str, Box] = {}
    for n in networks(drawn):
        boxes |= _block(drawn, sheet, size, n, columns[sides[n][0]], levels[n])
    top = max(levels[n] + reach[n][0] for n in levels) + sheet.label * 1.7
    low = min(levels[n] - reach[n][1] for n in levels)
    lane, bottom = _foot(drawn, sheet, needs, boxes, low)
    left, right = columns["left"].door, columns["right"].door
    band = Box((left + right) / 2, (top + bottom) / 2, right - left, top - bottom)
    boxes[INTERNET] = Box(band.x, lane if needs.clear else band.y, 0, 0)
    shelves = {n: levels[n] - reach[n][1] + needs.capsule[1] / 2 for n in needs.active}
    return Layout(drawn, sheet, needs, boxes, band, shelves)


def _levels(sides: Mapping[str, Spot], reach: Mapping[str, Reach], gap: float) -> dict[str, float]:
    """The height of each network's middle, from 0 for the first row downwards.

    A whole row is as far below another as its networks need that stand on one side; halves lie
    between. Where two of them would still touch, everything is drawn apart.
    """
    on = [row for _, row in sides.values()]
    rows = range(floor(min(on)), ceil(max(on)) + 1)
    least = min(above + below for above, below in reach.values()) / 2
    spine = [0.0]
    for row in rows[1:]:
        needs = [
            spine[int(sides[upper][1]) - rows[0]] - reach[upper][1] - gap - reach[lower][0]
            for upper, lower in _neighbours(sides)
            if sides[lower][1] == row and sides[upper][1].is_integer()
        ]
        spine.append(min([*needs, spine[-1] - least - gap]))
    levels = {n: float(np.interp(row, rows, spine)) for n, (_, row) in sides.items()}
    stretch = 1.0
    for upper, lower in _neighbours(sides):
        need = reach[upper][1] + gap + reach[lower][0]
        stretch = max(stretch, need / max(levels[upper] - levels[lower], 1e-6))
    return {n: y * stretch for n, y in levels.items()}


def _neighbours(sides: Mapping[str, Spot]) -> list[tuple[str, str]]:
    """Each network with the next one below it on its side."""
    return [
        pair
        for side in ("left", "right")
        for pair in pairwise(
            sorted((n for n in sides if sides[n][0] == side), key=lambda n: sides[n][1])
        )
    ]


@dataclass(frozen=True, slots=True)
class _Column:
    """One side of the picture: the left edge of its networks, the middle of its gateways.

    Gateways stand with one foot in the band, which therefore begins at `door`.
    """

    left: float
    door: float


def _columns(
    drawn: nx.MultiGraph,
    sheet: Sheet,
    needs: Needs,
    size: Mapping[str, Size],
    sides: Mapping[str, Spot],
) -> dict[str, _Column]:
    """Both sides, with room between them for the largest packet and the longest tunnel's name."""
    stand = max(size[n][0] for n in sides)
    doors = {"left": 0.0, "right": 0.0}
    for network, (side, _) in sides.items():
        for gateway in members(drawn, network, "gateway"):
            doors[side] = max(doors[side], size[gateway][0])
    names = [width(name, sheet.label) + 16 for name, *_ in tunnels(drawn) if sheet.addresses]
    middle = max([needs.capsule[0] + 6, *names])
    outer = 2 * (stand + sheet.gap)
    wide = max(sheet.width - 2 * MARGIN, outer + sum(doors.values()) + middle)
    return {
        "left": _Column(0, stand + sheet.gap + doors["left"] / 2),
        "right": _Column(wide - stand, wide - stand - sheet.gap - doors["right"] / 2),
    }


def _block(
    drawn: nx.MultiGraph,
    sheet: Sheet,
    size: Mapping[str, Size],
    network: str,
    column: _Column,
    y: float,
) -> dict[str, Box]:
    """A network with its hosts, one below the other in its lower part, and its gateway."""
    wide, tall = size[network]
    boxes = {network: Box(column.left + wide / 2, y, wide, tall)}
    for gateway in members(drawn, network, "gateway"):
        boxes[gateway] = Box(column.door, y, *size[gateway])
    bottom = y - tall / 2 + sheet.pad
    for host in reversed([h for h in members(drawn, network, "host") if h in size]):
        across, high = size[host]
        boxes[host] = Box(column.left + sheet.pad + across / 2, bottom + high / 2, across, high)
        bottom += high + 3
    return boxes


def _foot(
    drawn: nx.MultiGraph, sheet: Sheet, needs: Needs, boxes: Mapping[str, Box], low: float
) -> tuple[float, float]:
    """The height of the lane for packets in the clear, and the lower end of the band.

    `low` is where networks and shelves end. The lane is below every box and tunnel, level with the
    lowest shelf where that is low enough.
    """
    tall = needs.capsule[1]
    under = min(box.bottom for box in boxes.values()) - SHELF_GAP / 2
    for _, ends, _ in tunnels(drawn):
        lower, upper = sorted(boxes[end].y for end in ends)
        # About as low as the curve comes within a packet's width in the middle of the band.
        under = min(under, (upper + lower) / 2 - 0.3 * (upper - lower) - sheet.tube / 2 - 3)
    lane = min(low + tall / 2, under - tall / 2)
    return lane, min(low, lane - tall / 2 - 3) if needs.clear else low
