"""The scene of a high-availability design in ink, laid out as the page lays it out."""

from dataclasses import dataclass

from vpnedu.drawing.ink import BOXES, GROUND, NAMES, TUBES, Box, Pen, curve
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.style import PLATE, house_style
from vpnedu.simulation.trace import Node, Trace, TunnelLine
from vpnedu.widgets.design_places import Parts, Plan, Written
from vpnedu.widgets.design_scene import CHIPS
from vpnedu.widgets.design_wide import wide
from vpnedu.widgets.places import Box as Spot
from vpnedu.widgets.places import Point

# The page's size of type. A plan's y grows downwards, that of ink upwards.
TEXT = 12.5
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


def design_plate(trace: Trace, dots: float) -> Plate:
    """The design of a run over time before anything happens, no thing with a state yet."""
    plan = wide(trace)
    extent = Box(plan.width / 2, -plan.height / 2, plan.width, plan.height)
    with house_style():
        plate = Plate(PLATE.width, PLATE.width * plan.height / plan.width, dots=dots)
        across, up = plate.get_size_inches() * 72
        _Scene(trace, plan, fitted(plate.blank(0, 0, across, up), extent)).draw()
    return plate


@dataclass(frozen=True, slots=True)
class _Scene:
    """A plan, and the pen that draws it from the ground up."""

    trace: Trace
    plan: Plan
    pen: Pen

    def draw(self) -> None:
        parts = Parts(self.trace)
        self._band()
        for points in self.plan.ways.values():
            line = [(x, -y) for x, y in points]
            self.pen.line(line, edge="soft", line=1.1, z=BOXES + 0.2)
        for tunnel in self.trace.tunnels:
            self._tube(tunnel)
        for node in (*parts.kind("region"), *parts.kind("gateway"), *parts.kind("zone")):
            self._enclosure(node)
        for node in (*parts.kind("site"), *parts.kind("virtual network")):
            self._network(node)
        for node in self.trace.nodes:
            if node.kind in CHIPS:
                box = _box(self.plan.boxes[node.name])
                self.pen.box(box, fill="paper", edge="ink", line=1.6, corner=7, z=NAMES - 0.1)
                self._words((box.x, box.y), node.name, bold=True)

    def _band(self) -> None:
        if self.plan.band is None:
            return
        box = _box(self.plan.band)
        self.pen.box(box, fill="panel", z=GROUND)
        at = (box.left + 8, box.top - 12)
        self._words(at, self.trace.between, ink="soft", on="panel", ha="left")

    def _tube(self, tunnel: TunnelLine) -> None:
        """A tunnel as a tube with a fine line in it, and its name in a pill."""
        circuit = tunnel.kind == "circuit"
        edge = "clear" if circuit else "tunnel"
        tube = self.plan.tubes[tunnel.name]
        points = [(x, -y) for x, y in tube.points]
        # Curves that are joined share a point: each has four, of which one is the next one's.
        for start in range(0, len(points) - 1, 3):
            lying = curve(points[start : start + 4])
            self.pen.path(lying, edge="lit" if circuit else "tunnel-soft", line=14, z=TUBES)
            dash = None if circuit else (2, 5)
            self.pen.path(lying, edge=edge, line=1.4, dash=dash, z=TUBES + 0.1)
        pill = _box(tube.pill)
        self.pen.box(pill, fill="paper", edge=edge, corner=8, z=NAMES)
        self._words((pill.x, pill.y), tunnel.name, ink=edge)

    def _enclosure(self, node: Node) -> None:
        """A region, gateway or zone: a frame around others, its words in a corner."""
        edge, dash, line = {
            "region": ("soft", (2, 4), 1.0),
            "gateway": ("ink", None, 1.4),
            "zone": ("vnet", (5, 4), 1.0),
        }[node.kind]
        fill = "paper" if node.kind == "gateway" else None
        z = BOXES + {"region": -0.1, "gateway": 0.0, "zone": 0.1}[node.kind]
        box = _box(self.plan.boxes[node.name])
        self.pen.box(box, fill=fill, edge=edge, line=line, corner=9, dash=dash, z=z)
        for written in self.plan.labels[node.name]:
            self._written(written)

    def _written(self, written: Written) -> None:
        name = "name" in written.kind
        at = (written.x, -(written.y - TEXT * 0.36))
        ink = "ink" if name else "soft"
        self._words(at, written.words, bold=name, ink=ink, ha=ANCHORS[written.anchor])

    def _network(self, node: Node) -> None:
        box = _box(self.plan.boxes[node.name])
        edge = "site" if node.kind == "site" else "vnet"
        self.pen.box(box, fill="paper", edge=edge, line=1.8, corner=8, z=NAMES - 0.1)
        self._words((box.x, box.y + 9), node.name, bold=True)
        self._words((box.x, box.y - 9), node.detail, ink="soft")

    def _words(
        self,
        at: Point,
        words: str,
        *,
        bold: bool = False,
        ink: str = "ink",
        on: str = "paper",
        ha: str = "center",
    ) -> None:
        self.pen.text(at, words, TEXT, bold=bold, ink=ink, on=on, ha=ha, z=NAMES + 0.1)


def _box(spot: Spot) -> Box:
    """A box of the page, which is known by its upper left corner, as one of ours."""
    x, y = spot.centre
    return Box(x, -y, spot.width, spot.height)
