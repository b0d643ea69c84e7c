"""The scene of a trace as SVG: what stands still. The page's player adds what moves.

Every thing carries its name in `data-thing` and its centre in `data-at`, every tunnel its curve
in `data-curve`, so that the player can find them in either arrangement.
"""

from html import escape

from vpnedu.simulation.trace import Node, Trace
from vpnedu.widgets.design_scene import design_scenes
from vpnedu.widgets.ink import fitted, number, rect, text
from vpnedu.widgets.letters import cut, width
from vpnedu.widgets.places import Box, Places, detail_lines, upright, wide

# Sizes of letters in vpnedu.css; of those with a "long" in their class as they come out, narrowed.
SIZE, NAME_SIZE = 12.0, 13.5
DOWN = ": down ✕"
EYE = "M-22 0C-12-13 12-13 22 0C12 13-12 13-22 0Z"


def scenes(trace: Trace) -> dict[str, str]:
    """Both arrangements of the scene, as SVG text."""
    if trace.until is not None:
        return design_scenes(trace)
    return {
        "wide": _svg(trace, wide(trace), "wide"),
        "upright": _svg(trace, upright(trace), "upright"),
    }


def _svg(trace: Trace, places: Places, arrangement: str) -> str:
    parts = [
        _between(trace, places, arrangement),
        *(_wire(node, places) for node in trace.nodes if node.kind in ("gateway", "server")),
        *(_tunnel(tunnel.name, tunnel.up, places) for tunnel in trace.tunnels),
        *(_tunnel_name(tunnel.name, tunnel.up, places) for tunnel in trace.tunnels),
        *(_network(node, places.boxes[node.name]) for node in trace.nodes if node.place),
        '<g class="packets"></g>',
        *(_chip(node, places.boxes[node.name]) for node in trace.nodes if node.kind == "host"),
        *(
            _gateway(node, places.boxes[node.name])
            for node in trace.nodes
            if node.kind == "gateway"
        ),
        '<g class="marks"></g>',
    ]
    label = escape(f"{trace.title}: {_summary(trace)}")
    size = f'viewBox="0 0 {number(places.width)} {number(places.height)}"'
    return (
        f'<svg class="{arrangement}" {size} role="img" aria-label="{label}">{"".join(parts)}</svg>'
    )


def _summary(trace: Trace) -> str:
    """The scene in a sentence, for who does not see it."""
    things = [f"{n.name} ({n.detail})" for n in trace.nodes if n.place]
    joined = [
        f"{t.name} between {t.ends[0]} and {t.ends[1]}{'' if t.up else ', down'}"
        for t in trace.tunnels
    ]
    return "; ".join([", ".join(things), *joined])


def _thing(name: str, kind: str, box: Box, inside: str) -> str:
    at = " ".join(map(number, box.centre))
    return f'<g class="{kind}" data-thing="{escape(name)}" data-at="{at}">{inside}</g>'


def _between(trace: Trace, places: Places, arrangement: str) -> str:
    """The internet (or a backbone) as a band, with the eavesdropper's eye at its foot."""
    band, (x, y) = places.band, places.between
    label = (
        fitted(band.centre[0], 20, trace.between, band.width - 8, SIZE, "soft", "middle", mono=True)
        if arrangement == "wide"
        else fitted(6, 20, trace.between, places.width - 12, SIZE, "soft", mono=True)
    )
    foot = f"{number(band.centre[0])} {number(places.height - 20)}"
    eye = f'<g class="eye" transform="translate({foot})"><path d="{EYE}"/><circle r="5"/></g>'
    drawn = rect(band, 0, "band") + label + eye
    return f'<g class="between" data-thing="internet" data-at="{number(x)} {number(y)}">{drawn}</g>'


def _wire(node: Node, places: Places) -> str:
    """The line from a network to its gateway, or from a server to the internet."""
    if node.kind == "server":
        box, band = places.boxes[node.name], places.band
        edge = band.x + band.width if box.x > band.centre[0] else band.x
        start = (box.x if box.x > band.centre[0] else box.x + box.width, box.centre[1])
        end = (edge, box.centre[1])
    else:
        start, end = places.centre(node.inside or ""), places.centre(node.name)
    line = "L".join(f"{number(x)} {number(y)}" for x, y in (start, end))
    return f'<path class="wire" d="M{line}"/>'


def _tunnel(name: str, up: bool, places: Places) -> str:
    curve = places.curves[name]
    a, b, c, d = ((number(x), number(y)) for x, y in curve.points)
    path = f"M{a[0]} {a[1]}C{b[0]} {b[1]} {c[0]} {c[1]} {d[0]} {d[1]}"
    numbers = " ".join(n for point in (a, b, c, d) for n in point)
    kind = "tunnel" if up else "tunnel down"
    return (
        f'<g class="{kind}" data-tunnel="{escape(name)}" data-curve="{numbers}">'
        f'<path class="tube" d="{path}"/><path class="core" d="{path}"/></g>'
    )


def _tunnel_name(name: str, up: bool, places: Places) -> str:
    curve = places.curves[name]
    if up:
        return fitted(*curve.label, name, curve.room, SIZE, "tunnel-name", curve.anchor)
    down = f"{cut(name, curve.room - width(DOWN, SIZE), SIZE)}{DOWN}"
    return fitted(*curve.label, down, curve.room, SIZE, "tunnel-name lost", curve.anchor)


def _network(node: Node, box: Box) -> str:
    room = box.width - 14
    lines = "".join(
        _mono(box, box.x + 10, box.y + 34 + 15 * index, line, "soft mono")
        for index, line in enumerate(detail_lines(node))
    )
    name = fitted(box.x + 10, box.y + 18, node.name, room, NAME_SIZE, "name")
    inside = rect(box, 8) + name + lines
    return _thing(node.name, f"network {node.kind.replace(' ', '-')}", box, inside)


def _gateway(node: Node, box: Box) -> str:
    x, y = box.centre
    inside = (
        rect(box, 7)
        + fitted(x, y - 4, node.name, box.width - 2, SIZE, "name small", "middle")
        + _mono(box, x, y + 13, node.detail, "soft mono", "middle")
    )
    return _thing(node.name, "gateway", box, inside)


ROOM = 13  # characters of a host's name and address together, before they are set smaller


def _chip(node: Node, box: Box) -> str:
    short = len(node.detail) + len(node.name) <= ROOM
    kind, size = ("mono", SIZE) if short else ("mono long", _long(box))
    room = box.width - 13
    # An address is told whole where it leaves the name some room; else the name has two fifths.
    need = width(node.detail, size, mono=True)
    name_room = room - need if need <= room * 0.78 else room * 0.4
    left = room - min(name_room, width(node.name, SIZE))
    inside = (
        rect(box, 5)
        + fitted(box.x + 7, box.y + 16, node.name, name_room, SIZE, "name small")
        + fitted(box.x + box.width - 6, box.y + 16, node.detail, left, size, kind, "end", mono=True)
    )
    return _thing(node.name, "host", box, inside)


def _long(box: Box) -> float:
    """The size of letters of the class "long", which is smaller where boxes are narrow."""
    return 9.4 if box.width < 130 else 10.7


def _mono(box: Box, x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    """An address or prefix, set smaller where it is long."""
    room = box.width - 2 * (x - box.x if anchor == "start" else 1)
    if width(words, SIZE, mono=True) <= room + 5:
        return text(x, y, words, kind, anchor)
    return fitted(x, y, words, room, _long(box), f"{kind} long", anchor, mono=True)
