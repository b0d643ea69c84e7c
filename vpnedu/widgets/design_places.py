"""Where things stand in the scene of a high-availability design, wide and upright.

Wide, the columns run from the office at the left to the network at the right; upright, the same
from top to bottom. A private circuit has a line of its own beside the internet's band.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from vpnedu.simulation.trace import Node, Trace, TunnelLine
from vpnedu.widgets.places import Box, Point

PORT_STEP = 17
CHIP = 40
PILL = (72.0, 17.0)


@dataclass(frozen=True, slots=True)
class Written:
    """A few words at a place of their own, with some room; `kind` is the class of their look."""

    x: float
    y: float
    words: str
    kind: str
    anchor: Literal["start", "middle", "end"] = "start"
    room: float = 1000.0


@dataclass(frozen=True, slots=True)
class Tube:
    """A tunnel or circuit as joined cubic Bézier curves, and the box that its name stands in."""

    points: tuple[Point, ...]
    pill: Box


@dataclass
class Plan:
    """All of one scene: boxes by name, ways from thing to thing, tubes by name, and the band.

    `labels` are the words of an enclosure (region, gateway, zone), which has room around things.
    """

    width: float
    height: float = 0.0
    upright: bool = False
    band: Box | None = None
    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[tuple[str, str], tuple[Point, ...]] = field(default_factory=dict)
    tubes: dict[str, Tube] = field(default_factory=dict)
    labels: dict[str, list[Written]] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """The things of a trace by kind, in their order."""

    trace: Trace

    def kind(self, kind: str) -> list[Node]:
        return [node for node in self.trace.nodes if node.kind == kind]

    def inside(self, name: str, kind: str) -> list[Node]:
        return [node for node in self.kind(kind) if node.inside == name]

    @property
    def tunnels(self) -> list[TunnelLine]:
        return [t for t in self.trace.tunnels if t.kind != "circuit"]

    @property
    def circuits(self) -> list[TunnelLine]:
        return [t for t in self.trace.tunnels if t.kind == "circuit"]

    @property
    def routers(self) -> set[str]:
        """The devices on which circuits end."""
        return {circuit.ends[0] for circuit in self.circuits}

    def provider_of(self, device: str) -> str | None:
        """The provider that stands in line with `device`."""
        rows = {node.name: node.place[1] for node in self.trace.nodes if node.place}
        return next((p.name for p in self.kind("provider") if rows[p.name] == rows[device]), None)

    def gateway_of(self, end: str) -> str:
        """The gateway that `end`, one of its instances or itself, belongs to."""
        return next((n.inside or end for n in self.kind("instance") if n.name == end), end)

    def shared(self, gateway: str) -> bool:
        """Whether tunnels end at the gateway's one address, not at its instances' own."""
        return any(tunnel.ends[1] == gateway for tunnel in self.tunnels)

    def networks(self, gateway: str) -> list[str]:
        """The networks in the gateway's region."""
        region = next(n.inside for n in self.trace.nodes if n.name == gateway)
        return [n.name for n in self.kind("virtual network") if n.inside == region]

    def zones(self, gateway: str) -> list[tuple[str, list[Node]]]:
        """A gateway's instances zone by zone; those in none stand alone under an empty name."""
        instances = self.inside(gateway, "instance")
        names = list(dict.fromkeys(node.detail for node in instances))
        return [(name, [node for node in instances if node.detail == name]) for name in names]


def port(number: int, count: int, step: float = PORT_STEP) -> float:
    """How far from the middle the `number`-th of `count` ports on an edge is."""
    return step * (number - (count - 1) / 2)


def order_at(end: str, tunnels: list[TunnelLine]) -> list[str]:
    """The names of the tunnels that meet at `end`, in their order."""
    return [tunnel.name for tunnel in tunnels if end in tunnel.ends]


def arrival(plan: Plan, parts: Parts, end: str) -> Point:
    """Where a tunnel meets `end`: the port of a gateway's address, or an instance's own edge."""
    for node in parts.inside(end, "instance"):
        return plan.ways[end, node.name][0]
    box = plan.boxes[end]
    return (box.centre[0], box.y) if plan.upright else (box.x, box.centre[1])


def middle(boxes: list[Box], *, across: bool) -> float:
    """The middle of several boxes, from left to right (`across`) or from top to bottom."""
    if across:
        return (min(b.x for b in boxes) + max(b.x + b.width for b in boxes)) / 2
    return (min(b.y for b in boxes) + max(b.y + b.height for b in boxes)) / 2


def tube(start: Point, via: Box, end: Point, *, upright: bool, pill: Box) -> Tube:
    """A tube from `start` through `via` to `end`, smooth, leaving and arriving at right angles.

    Three curves: to the edge of `via`, through it, and from its far edge on.
    """
    if upright:
        stops = (start, (start[0], via.y), (start[0], via.y + via.height), end)
    else:
        stops = (start, (via.x, start[1]), (via.x + via.width, start[1]), end)
    points = [start]
    for a, b in pairwise(stops):
        if upright:
            half = (a[1] + b[1]) / 2
            points += [(a[0], half), (b[0], half), b]
        else:
            half = (a[0] + b[0]) / 2
            points += [(half, a[1]), (half, b[1]), b]
    return Tube(tuple(points), pill)
