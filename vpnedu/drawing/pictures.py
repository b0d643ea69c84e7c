"""A topology by itself, as one picture."""

from collections.abc import Mapping
from dataclasses import replace

from matplotlib.axes import Axes

from vpnedu.drawing.ink import Box, Pen, Point
from vpnedu.drawing.layout import Layout, arrange
from vpnedu.drawing.places import graph, home, networks, tunnels
from vpnedu.drawing.plates import POINTS, Plate
from vpnedu.drawing.scene import draw_scene
from vpnedu.drawing.style import PLATE, house_style
from vpnedu.network.topology import Topology


def draw(
    topology: Topology, *, ax: Axes | None = None, at: Mapping[str, Point] | None = None
) -> Axes:
    """Draw `topology` on `ax`, or on a plate of its own, and give the axes back.

    `at` moves things from where `places(topology)` puts them; what stands in a network moves with
    it. Type grows and shrinks with the axes, so that everything keeps its proportions.
    """
    layout = moved(arrange(graph(topology), PLATE), at or {})
    extent = layout.extent
    with house_style():
        if ax is None:
            ax = Plate(extent.w, extent.h, described(topology)).blank(0, 0, extent.w, extent.h)
        draw_scene(fitted(ax, extent), layout)
    return ax


def fitted(ax: Axes, extent: Box) -> Pen:
    """A pen for `ax`, which comes to show `extent` with equal measures both ways."""
    ax.set_axis_off()
    ax.set_xlim(extent.left, extent.right)
    ax.set_ylim(extent.bottom, extent.top)
    ax.set_aspect("equal")
    figure = ax.get_figure(root=True)
    assert figure is not None
    room = ax.get_window_extent()
    dots = min(room.width / extent.w, room.height / extent.h)
    return Pen(ax, dots * POINTS / figure.dpi)


def moved(layout: Layout, at: Mapping[str, Point]) -> Layout:
    """The layout with things at the places `at`; hosts and gateways go where their network goes."""
    boxes = dict(layout.boxes)
    unknown = sorted(set(at) - set(boxes))
    if unknown:
        raise ValueError(f"nothing here is called {unknown[0]!r}")
    shifts = {n: (x - boxes[n].x, y - boxes[n].y) for n, (x, y) in at.items()}
    for name, box in layout.boxes.items():
        own, its_home = shifts.get(name), home(layout.graph, name)
        shift = own if own and own != (0, 0) else shifts.get(its_home)
        if shift:
            boxes[name] = box.moved(*shift)
    return replace(layout, boxes=boxes)


def described(topology: Topology) -> str:
    """The topology in words, a network or tunnel a line: for a terminal or a screen reader."""
    drawn, lines = graph(topology), []
    for network in networks(drawn):
        data = drawn.nodes[network]
        inside = [n for n, d in drawn.nodes(data=True) if d["inside"] == network]
        listed = ", ".join(f"{n} {drawn.nodes[n]['detail']}" for n in inside)
        lines.append(f"{network} ({data['kind']}, {data['detail']}): {listed}")
    for name, ends, up in tunnels(drawn):
        lines.append(f"{name}: {ends[0]} to {ends[1]}{'' if up else ', down'}")
    return "\n".join([*lines, f"between them: {topology.between}"])
