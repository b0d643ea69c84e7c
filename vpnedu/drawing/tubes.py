"""Where tunnels run: from a gateway's edge over the band to the edge of another."""

from vpnedu.drawing.ink import Box, Point, along
from vpnedu.drawing.layout import Layout
from vpnedu.drawing.places import tunnels
from vpnedu.drawing.style import width

Curve = tuple[Point, Point, Point, Point]


def curves(layout: Layout) -> dict[str, Curve]:
    """The four points of each tunnel's Bézier curve, from its first end to its second."""
    ends = {name: both for name, both, _ in tunnels(layout.graph)}
    ports = {
        (gateway, name): point
        for gateway in {end for both in ends.values() for end in both}
        for name, point in _ports(layout, gateway, ends).items()
    }
    return {
        name: _curve(layout, ports[near, name], ports[far, name], near, far)
        for name, (near, far) in ends.items()
    }


def _ports(layout: Layout, gateway: str, ends: dict[str, tuple[str, str]]) -> dict[str, Point]:
    """Where each tunnel of a gateway leaves it, in the order of the far ends: none cross."""
    box, boxes = layout.boxes[gateway], layout.boxes

    def far_height(name: str) -> float:
        near, far = ends[name]
        return boxes[far if gateway == near else near].y

    mine = sorted((n for n in ends if gateway in ends[n]), key=lambda n: (-far_height(n), n))
    x = box.right if layout.inward(gateway) > 0 else box.left
    first = box.y + (len(mine) - 1) / 2 * layout.sheet.port
    return {name: (x, first - place * layout.sheet.port) for place, name in enumerate(mine)}


def _curve(layout: Layout, start: Point, end: Point, near: str, far: str) -> Curve:
    """A curve that leaves and arrives level; between two gateways of one side it makes a bow."""
    (x1, y1), (x2, y2) = start, end
    if layout.inward(near) == layout.inward(far):
        bow = layout.inward(near) * layout.band.w * 0.55
        return start, (x1 + bow, y1), (x2 + bow, y2), end
    middle = (x1 + x2) / 2
    return start, (middle, y1), (middle, y2), end


def name_box(layout: Layout, name: str, points: Curve) -> Box:
    """Room for a tunnel's name: above its middle, beside its bow, or outside its lonelier end."""
    size, tube = layout.sheet.label, layout.sheet.tube
    wide, away = width(name, size), tube / 2 + size * 0.8
    (x1, y1), (x2, y2) = points[0], points[-1]
    near, far = next(ends for other, ends, _ in tunnels(layout.graph) if other == name)
    x, y = along(points, 0.5)
    if layout.inward(near) == layout.inward(far):
        return Box(x + layout.inward(near) * (tube / 2 + 5 + wide / 2), y, wide, size)
    lonely = min((near, far), key=lambda gateway: _degree(layout, gateway))
    if y1 == y2 and _degree(layout, near) == _degree(layout, far):
        return Box(x, y + away, wide, size)
    (x, y), other = ((x1, y1), y2) if lonely == near else ((x2, y2), y1)
    outward = 1 if y >= other else -1
    return Box(x + layout.inward(lonely) * (7 + wide / 2), y + outward * away, wide, size)


def _degree(layout: Layout, gateway: str) -> int:
    return sum(gateway in ends for _, ends, _ in tunnels(layout.graph))
