"""Where things stand in a scene: boxes and curves, in wide and in upright arrangement.

Wide, the sides of a topology stand left and right of what lies between; upright, for phones and
half-width figures, all networks stand in one column beside it.
"""

from dataclasses import dataclass
from math import fsum

from vpnedu.simulation.trace import Node, Trace, TunnelLine
from vpnedu.widgets.curve_names import Point, along, in_order, upright_names, wide_names

__all__ = ["Box", "Curve", "Places", "Point", "along", "detail_lines", "upright", "wide"]

GATEWAY_HEIGHT = 44
CHIP_HEIGHT = 24
GAP = 14
TOP, BOTTOM = 34, 62


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve from one gateway to another, and where its name is written."""

    points: tuple[Point, Point, Point, Point]
    label: Point
    anchor: str
    room: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of one arrangement: canvas, band between, gateways and networks."""

    canvas: float
    band: tuple[float, float]
    gateway: float
    network: float
    gap: float


WIDE = Columns(760, (266, 494), 118, 150, 8)
UPRIGHT = Columns(306, (0, 76), 104, 128, 5)


@dataclass(frozen=True)
class Places:
    """All boxes and curves of one scene, by name, and its size."""

    width: float
    height: float
    band: Box
    boxes: dict[str, Box]
    curves: dict[str, Curve]
    between: Point

    def centre(self, name: str) -> Point:
        """Where a packet is when it is at `name`."""
        return self.boxes[name].centre if name in self.boxes else self.between


def detail_lines(node: Node) -> list[str]:
    """A network's prefixes, one a line; a single address without its /32 or /128."""
    return [p.removesuffix("/32").removesuffix("/128") for p in node.detail.split(", ")]


def _height(network: Node, hosts: int) -> float:
    return 34 + 15 * len(detail_lines(network)) + (CHIP_HEIGHT + 4) * hosts


def wide(trace: Trace) -> Places:
    """The scene for a wide page."""
    return _places(trace, WIDE, stacked=False)


def upright(trace: Trace) -> Places:
    """The scene for a narrow page: one column, everything large enough to read."""
    return _places(trace, UPRIGHT, stacked=True)


def _places(trace: Trace, columns: Columns, *, stacked: bool) -> Places:
    networks = [n for n in trace.nodes if n.place is not None]
    networks.sort(key=lambda n: n.place or ("", 0))
    sides = {"left": [n for n in networks if n.place and n.place[0] == "left"]}
    sides["right"] = [n for n in networks if n not in sides["left"]]
    if stacked:
        sides = {"right": networks}
    hosts = {
        n.name: [h for h in trace.nodes if h.kind == "host" and h.inside == n.name]
        for n in networks
    }
    tall = {n.name: _height(n, len(hosts[n.name])) for n in networks}
    totals = {side: fsum(tall[n.name] + GAP for n in units) - GAP for side, units in sides.items()}
    height = TOP + max(totals.values()) + BOTTOM
    boxes: dict[str, Box] = {}
    for side, units in sides.items():
        y = TOP + (max(totals.values()) - totals[side]) / 2
        for network in units:
            box = Box(_network_x(side, columns), y, columns.network, tall[network.name])
            boxes |= _unit(trace, network, box, side, columns, hosts[network.name])
            y += tall[network.name] + GAP
    band = Box(columns.band[0], 0, columns.band[1] - columns.band[0], height)
    between = (band.centre[0], height - 58)
    curves = _curves(trace.tunnels, boxes, columns, stacked=stacked)
    return Places(columns.canvas, height, band, boxes, curves, between)


def _network_x(side: str, columns: Columns) -> float:
    return 4 if side == "left" else columns.canvas - 4 - columns.network


def _unit(
    trace: Trace, network: Node, box: Box, side: str, columns: Columns, hosts: list[Node]
) -> dict[str, Box]:
    """A network's box, its gateway's beside it, and its hosts' inside it."""
    boxes = {network.name: box}
    first = box.y + 26 + 15 * len(detail_lines(network))
    for index, host in enumerate(hosts):
        y = first + index * (CHIP_HEIGHT + 4)
        boxes[host.name] = Box(box.x + 6, y, box.width - 12, CHIP_HEIGHT)
    for gateway in (n for n in trace.nodes if n.kind == "gateway" and n.inside == network.name):
        inwards = columns.gateway + columns.gap
        x = box.x + box.width + columns.gap if side == "left" else box.x - inwards
        y = box.centre[1] - GATEWAY_HEIGHT / 2
        boxes[gateway.name] = Box(x, y, columns.gateway, GATEWAY_HEIGHT)
    return boxes


def _curves(
    tunnels: tuple[TunnelLine, ...], boxes: dict[str, Box], columns: Columns, *, stacked: bool
) -> dict[str, Curve]:
    """Each tunnel leaves its gateways on the side of the band, at a place of its own."""
    points = {t.name: _points(t, tunnels, boxes, columns, stacked=stacked) for t in tunnels}
    names = (
        upright_names(tunnels, boxes, _network_x("right", columns))
        if stacked
        else wide_names(tunnels, points, boxes)
    )
    curves = {}
    for tunnel in tunnels:
        a, b, c, d = points[tunnel.name]
        way = (a, b, c, d) if in_order(tunnel, boxes) == tunnel.ends else (d, c, b, a)
        curves[tunnel.name] = Curve(way, *names[tunnel.name])
    return curves


def _points(
    tunnel: TunnelLine,
    tunnels: tuple[TunnelLine, ...],
    boxes: dict[str, Box],
    columns: Columns,
    *,
    stacked: bool,
) -> tuple[Point, Point, Point, Point]:
    """A tunnel's curve, from the left or the top."""
    middle = (columns.band[0] + columns.band[1]) / 2
    near, far = in_order(tunnel, boxes)
    start = _port(near, tunnel, tunnels, boxes, middle)
    end = _port(far, tunnel, tunnels, boxes, middle)
    if stacked:
        # Longer spans bulge further, so that curves from one hub lie inside each other.
        longest = max(abs(boxes[t.ends[1]].y - boxes[t.ends[0]].y) for t in tunnels)
        out = start[0] - 26 - 44 * (abs(end[1] - start[1]) / (longest or 1))
    elif boxes[near].x == boxes[far].x:
        out = start[0] + (170 if start[0] < middle else -170)
    else:
        out = middle
    return start, (out, start[1]), (out, end[1]), end


def _port(
    gateway: str,
    tunnel: TunnelLine,
    tunnels: tuple[TunnelLine, ...],
    boxes: dict[str, Box],
    middle: float,
) -> Point:
    """Where `tunnel` meets `gateway`: tunnels share the edge in the order of their far ends."""

    def far_end(t: TunnelLine) -> float:
        peer = t.ends[1] if t.ends[0] == gateway else t.ends[0]
        return boxes[peer].y

    mine = sorted((t for t in tunnels if gateway in t.ends), key=far_end)
    box = boxes[gateway]
    step = min(16, (GATEWAY_HEIGHT - 12) / max(1, len(mine) - 1))
    y = box.centre[1] + step * (mine.index(tunnel) - (len(mine) - 1) / 2)
    return (box.x + box.width if box.centre[0] < middle else box.x), y
