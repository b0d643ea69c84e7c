"""Where the names of tunnels stand in a network's scene: beside their curves, not on each other."""

from collections.abc import Iterator, Mapping
from math import fsum
from typing import TYPE_CHECKING

from vpnedu.simulation.trace import TunnelLine
from vpnedu.widgets.letters import width

if TYPE_CHECKING:
    from vpnedu.widgets.places import Box

Point = tuple[float, float]
Points = tuple[Point, Point, Point, Point]
Tunnels = tuple[TunnelLine, ...]
# Where a name stands, which of its ends stands there, and how much room it has.
Label = tuple[Point, str, float]

SIZE = 12.0
LINE = 13.0
MARGIN = 10.0  # how far a name may reach over the edge of a gateway
SHORT = 50.0
DOWN = " ✕ down:"  # what a tunnel that is down has beside its name


def upright_names(tunnels: Tunnels, boxes: Mapping[str, "Box"], column: float) -> dict[str, Label]:
    """On a phone: above one of a tunnel's gateways; several there share the line.

    `column` is where the networks begin.
    """
    above: dict[str, list[str]] = {}
    for tunnel in tunnels:
        near, far = in_order(tunnel, boxes)
        end = less_shared(near, far, tunnels)
        other = far if end == near else near
        if end in above and len(above.get(other, ())) < len(above[end]):
            end = other
        above.setdefault(end, []).append(tunnel.name)
    found: dict[str, Label] = {}
    for end, names in above.items():
        room = (column - 8) / len(names)
        for place, name in enumerate(names):
            found[name] = ((4.0 + room * place, boxes[end].y - 6), "start", room - 2)
    return found


def wide_names(
    tunnels: Tunnels, curves: Mapping[str, Points], boxes: Mapping[str, "Box"]
) -> dict[str, Label]:
    """On a wide page: on the curve's own way, at the first place that no other name has."""
    found: dict[str, Label] = {}
    taken: list[tuple[float, float, float]] = []
    for tunnel in tunnels:
        near, far = in_order(tunnel, boxes)
        places = list(_places(curves[tunnel.name], near, far, tunnels))
        # Whole if it can be, else cut; where not even that has room, a sign that tells on pointing.
        places += [(spot, anchor, SHORT) for spot, anchor, _ in places]
        free = (label for label in places if not _meets(_span(tunnel, label), taken))
        found[tunnel.name] = chosen = next(free, (*places[0][:2], 0.0))
        taken.append(_span(tunnel, chosen))
    return found


def in_order(tunnel: TunnelLine, boxes: Mapping[str, "Box"]) -> tuple[str, str]:
    """A tunnel's ends from left to right, and from the top down."""
    near, far = sorted(tunnel.ends, key=lambda end: (boxes[end].x, boxes[end].y))
    return near, far


def less_shared(near: str, far: str, tunnels: Tunnels) -> str:
    """The end where fewer tunnels meet; the far one if that is no help."""
    at_near, at_far = (sum(end in t.ends for t in tunnels) for end in (near, far))
    return near if at_near < at_far else far


def _places(points: Points, near: str, far: str, tunnels: Tunnels) -> Iterator[Label]:
    """Where a name has room, best first."""
    (x, top), foot = points[0], points[3][1]
    if x == points[3][0]:
        side, anchor = (MARGIN, "start") if points[1][0] > x else (-MARGIN, "end")
        for line in (0, 1, -1, 2, -2, 3, -3):
            yield (x + side, (top + foot) / 2 + 4 + LINE * line), anchor, 180.0
        return
    first = 0.5 if len(tunnels) == 1 else 0.8
    if less_shared(near, far, tunnels) == near:
        first = 1 - first
    falls, rises = foot > top + 10, foot < top - 10
    for share in dict.fromkeys((first, 0.8, 0.2, 0.5, 0.35, 0.65)):
        below = falls if share > 0.5 else rises
        for under in (below, not below):
            spot = along(points, share)
            room = 2 * min(spot[0] - points[0][0], points[3][0] - spot[0]) + 2 * MARGIN
            yield (spot[0], spot[1] + 22 if under else spot[1] - 13), "middle", room


def _span(tunnel: TunnelLine, label: Label) -> tuple[float, float, float]:
    """A name's left, right and base line."""
    (x, y), anchor, room = label
    wide = min(width(tunnel.name + ("" if tunnel.up else DOWN), SIZE), room)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
    return left, left + wide, y


def _meets(span: tuple[float, float, float], taken: list[tuple[float, float, float]]) -> bool:
    left, right, y = span
    return any(
        left < other[1] and other[0] < right and abs(y - other[2]) < LINE - 1 for other in taken
    )


def along(points: Points, t: float) -> Point:
    """The point at `t`, from 0 to 1, of a cubic Bézier curve."""
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x = fsum(w * p[0] for w, p in zip(weights, points, strict=True))
    y = fsum(w * p[1] for w, p in zip(weights, points, strict=True))
    return x, y
