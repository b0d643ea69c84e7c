"""The scene: networks, gateways, hosts and tunnels around the internet or a provider's backbone."""

from dataclasses import dataclass

from matplotlib.path import Path

from vpnedu.drawing.ink import BOXES, GROUND, TUBES, Pen, along, curve
from vpnedu.drawing.layout import Layout
from vpnedu.drawing.places import members, networks, tunnels
from vpnedu.drawing.sizes import label_lines, prefixes
from vpnedu.drawing.style import KIND_COLOUR, width
from vpnedu.drawing.tubes import Curve, curves, name_box
from vpnedu.network.topology import INTERNET

DOWN = "✕ down"
EYE = 14.0


@dataclass(frozen=True, slots=True)
class Lit:
    """What a moment points at: things, a tunnel, and whether an eavesdropper sees something."""

    things: frozenset[str] = frozenset()
    tunnel: str | None = None
    seen: bool = False


NOTHING = Lit()


def draw_scene(pen: Pen, layout: Layout, lit: Lit = NOTHING) -> None:
    """Ink for everything that stands still, with what is `lit` brought out."""
    _band(pen, layout, lit)
    for name, _, up in tunnels(layout.graph):
        _tunnel(pen, layout, name, up, lit)
    for network in networks(layout.graph):
        _wire(pen, layout, network)
        _network(pen, layout, network, lit)
        for gateway in members(layout.graph, network, "gateway"):
            _gateway(pen, layout, gateway, lit)


def _band(pen: Pen, layout: Layout, lit: Lit) -> None:
    """What lies between: the internet with its listener, or the provider's own backbone."""
    band, sheet = layout.band, layout.sheet
    between = layout.graph.graph["between"]
    pen.box(band, fill="panel", edge="line", line=0.8, z=GROUND)
    y, size = band.top - sheet.label * 0.9, sheet.label
    if between != INTERNET:
        pen.text((band.x, y), between, size, ink="soft", on="panel", ha="center")
        return
    ink, wide = "clear" if lit.seen else "soft", width(between, size)
    listener = "eavesdropper" if sheet.addresses else ""
    left = band.x - (wide + EYE + 15 + width(listener, size)) / 2
    pen.text((left, y), between, size, ink="soft", on="panel")
    _eye(pen, (left + wide + 12 + EYE / 2, y), ink)
    if listener:
        pen.text((left + wide + EYE + 15, y), listener, size, ink=ink, on="panel")


def _eye(pen: Pen, at: tuple[float, float], ink: str) -> None:
    """The eye of whoever listens on the way."""
    x, y = at
    w, h = EYE / 2, EYE * 0.36
    lids = [(x - w, y), (x - w / 2, y + h), (x + w / 2, y + h), (x + w, y)]
    lids += [(x + w / 2, y - h), (x - w / 2, y - h), (x - w, y)]
    codes = [Path.MOVETO, *[Path.CURVE4] * 6]
    pen.path(Path(lids, codes), edge=ink, fill="paper", line=0.9, z=GROUND + 0.1)
    pen.disc(at, EYE * 0.14, fill=ink, z=GROUND + 0.2)


def _wire(pen: Pen, layout: Layout, network: str) -> None:
    """The line from a network to its gateway, or to the internet where it has none."""
    drawn, box, inward = layout.graph, layout.boxes[network], layout.inward(network)
    doors = members(drawn, network, "gateway")
    edge = box.right if inward > 0 else box.left
    far = layout.band.left if inward > 0 else layout.band.right
    for x in [layout.boxes[g].x for g in doors] or [far]:
        pen.line(
            [(edge, box.y), (x, box.y)],
            edge="soft" if layout.folded(network) else "ink",
            line=layout.sheet.line,
        )


def _network(pen: Pen, layout: Layout, network: str, lit: Lit) -> None:
    """A network's box with its name and prefixes, and its hosts."""
    drawn, sheet, box = layout.graph, layout.sheet, layout.boxes[network]
    kind = drawn.nodes[network]["kind"]
    edge, corner = KIND_COLOUR[kind], 16.0 if kind == "user" else 6.0
    dash = (4, 2.5) if kind == "server" else None
    fill = "lit" if network in lit.things else "paper"
    pen.box(box, fill=fill, edge=edge, line=sheet.line * 1.2, corner=corner, dash=dash)
    x = box.left + sheet.pad
    if layout.folded(network):
        pen.text((x, box.y), network, sheet.text - 0.5, ink="soft", on=fill)
        return
    y = box.top - sheet.pad - sheet.name / 2
    pen.text((x, y), network, sheet.name, bold=True, on=fill)
    y -= (sheet.name + sheet.text) * 0.62
    for line in prefixes(drawn, network):
        pen.text((x, y), line, sheet.text, ink="soft", mono=True, on=fill)
        y -= sheet.text * 1.25
    for host in members(drawn, network, "host"):
        _host(pen, layout, host, lit)


def _host(pen: Pen, layout: Layout, host: str, lit: Lit) -> None:
    sheet, box = layout.sheet, layout.boxes[host]
    on = host in lit.things
    fill = "lit" if on else "paper"
    edge, line = ("ink", sheet.line * 1.2) if on else ("line", sheet.line)
    pen.box(box, fill=fill, edge=edge, line=line, corner=4, z=BOXES + 0.1)
    pen.text((box.left + 5, box.y), host, sheet.text, on=fill)
    if sheet.addresses:
        address = layout.graph.nodes[host]["detail"]
        pen.text((box.right - 5, box.y), address, sheet.text, mono=True, ha="right", on=fill)


def _gateway(pen: Pen, layout: Layout, gateway: str, lit: Lit) -> None:
    """A gateway; on a small sheet its name stands above it, and a mark of two ways inside."""
    sheet, box = layout.sheet, layout.boxes[gateway]
    fill, line = ("lit", sheet.line * 1.7) if gateway in lit.things else ("paper", sheet.line * 1.2)
    if layout.folded(gateway):
        pen.box(box, fill=fill, edge="soft", line=sheet.line, corner=2)
        return
    pen.box(box, fill=fill, edge="ink", line=line, corner=5)
    at, size = (box.x, box.y), sheet.label
    if sheet.addresses:
        words = "\n".join(label_lines(layout.graph, sheet, gateway))
        pen.text(at, words, size, bold=True, ha="center", va="center", on=fill)
    else:
        pen.text(at, "⇄", size + 3, ink="soft", on=fill, ha="center")
    _caption(pen, layout, gateway)


def _caption(pen: Pen, layout: Layout, gateway: str) -> None:
    """What stands above a gateway: its address, or its name where its box is too small."""
    sheet, box = layout.sheet, layout.boxes[gateway]
    mono = sheet.addresses
    size, ink = (sheet.label - 0.5, "soft") if mono else (sheet.label, "ink")
    lines = label_lines(layout.graph, sheet, gateway)
    if mono:
        lines = [str(layout.graph.nodes[gateway]["detail"])]
    # A name that is wider than its column is kept clear of the network beside it.
    room = box.w / 2 + sheet.gap - 3
    aside = max(0.0, max(width(line, size, mono=mono) for line in lines) / 2 - room)
    at, words = (box.x + layout.inward(gateway) * aside, box.top + 2.5), "\n".join(lines)
    pen.text(at, words, size, ink=ink, mono=mono, ha="center", va="bottom", halo=True)


def _tunnel(pen: Pen, layout: Layout, name: str, up: bool, lit: Lit) -> None:
    """A tunnel as a tube with a fine dashed line in it; one that is down is a dashed ghost."""
    sheet, points = layout.sheet, curves(layout)[name]
    ends = next(ends for other, ends, _ in tunnels(layout.graph) if other == name)
    folded = any(layout.folded(end) for end in ends)
    tube = sheet.tube * (0.4 if folded else 1)
    lying = curve(points)
    if not up:
        pen.path(lying, edge="soft", line=tube + 1.6, dash=(4, 3), z=TUBES)
        pen.path(lying, edge="panel", line=tube, z=TUBES + 0.1)
    else:
        if name == lit.tunnel:
            pen.path(lying, edge="tunnel", line=tube + 2.4, z=TUBES + 0.2)
        pen.path(lying, edge="tunnel-soft", line=tube, z=TUBES + 0.3)
        pen.path(lying, edge="tunnel", line=sheet.line * 0.9, dash=(1.6, 3.4), z=TUBES + 0.4)
    _tunnel_name(pen, layout, name, points, up)


def _tunnel_name(pen: Pen, layout: Layout, name: str, points: Curve, up: bool) -> None:
    """A tunnel's name, and in a word that it is down.

    A small sheet has no room for the name, so there the frame's title tells it.
    """
    size = layout.sheet.label
    if not up:
        middle = along(points, 0.5)
        pen.text(middle, DOWN, size, ink="bad", on="panel", bold=True, ha="center", halo=True)
    if not layout.sheet.addresses:
        return
    spot = name_box(layout, name, points)
    ink = "tunnel" if up else "soft"
    pen.text((spot.x, spot.y), name, size, ink=ink, on="panel", ha="center", halo=True)
