"""The scene of a high-availability design as SVG: what stands still.

Every thing carries its name in `data-thing`, every tunnel its curves in `data-curve`, every plain
way in `data-way` and `data-points`; the player adds states and what moves. `states` are the words
and tones that a picture without scripts shows.
"""

from dataclasses import replace
from html import escape

from vpnedu.simulation.trace import Node, Tone, Trace
from vpnedu.widgets.design_places import Parts, Plan, Tube, Written
from vpnedu.widgets.design_upright import upright
from vpnedu.widgets.design_wide import wide
from vpnedu.widgets.ink import fitted, number, rect, text
from vpnedu.widgets.letters import cut, width
from vpnedu.widgets.places import Box, Point

States = dict[str, tuple[str, Tone]]
# The size of letters in a design, and the room that the word for a state takes.
SIZE, STATE = 12.5, 46.0
CHIPS = ("device", "provider", "location", "instance")


def design_scenes(trace: Trace, states: States | None = None) -> dict[str, str]:
    """Both arrangements of a design's scene, as SVG text."""
    return {
        "wide": _svg(trace, wide(trace), "wide", states or {}),
        "upright": _svg(trace, upright(trace), "upright", states or {}),
    }


def _svg(trace: Trace, plan: Plan, arrangement: str, states: States) -> str:
    parts = Parts(trace)
    enclosures = [*parts.kind("region"), *parts.kind("gateway"), *parts.kind("zone")]
    fixed = [*parts.kind("site"), *parts.kind("virtual network")]
    drawn = [
        _band(trace, plan),
        *(_enclosure(node, plan, states) for node in enclosures),
        *(_way(ends, points) for ends, points in plan.ways.items()),
        *(_tube(t.name, t.kind, plan.tubes[t.name], states) for t in trace.tunnels),
        '<g class="flows"></g>',
        *(_pill(t.name, t.kind, plan.tubes[t.name].pill, states) for t in trace.tunnels),
        *(_network(node, plan.boxes[node.name], states) for node in fixed),
        *(_chip(node, plan.boxes[node.name], states) for node in trace.nodes if node.kind in CHIPS),
        '<g class="marks"></g>',
    ]
    label = escape(f"{trace.title}: {_summary(trace)}")
    size = f'viewBox="0 0 {number(plan.width)} {number(plan.height)}"'
    return (
        f'<svg class="{arrangement} design" {size} role="img" aria-label="{label}">'
        f"{''.join(drawn)}</svg>"
    )


def _summary(trace: Trace) -> str:
    joined = [f"{t.name} between {t.ends[0]} and {t.ends[1]}" for t in trace.tunnels]
    return "; ".join([", ".join(node.name for node in trace.nodes), *joined])


def _band(trace: Trace, plan: Plan) -> str:
    if plan.band is None:
        return ""
    band = plan.band
    drawn = rect(band, 0, "band")
    if plan.upright:
        drawn += text(band.x + 6, band.y + 15, trace.between, "soft")
    else:
        drawn += text(band.x + 8, band.y + 17, trace.between, "soft")
    return f'<g class="between" data-thing="internet">{drawn}</g>'


def _state(name: str, states: States) -> tuple[str, str]:
    """The class and the words of a thing's state; nothing where none is told."""
    if name not in states:
        return "", ""
    word, tone = states[name]
    return f" {tone}", f"✕ {word}" if tone == "bad" else word


def _thing(node: Node, box: Box, states: States, kind: str, inside: str) -> str:
    tone, _ = _state(node.name, states)
    x, y = box.centre
    return (
        f'<g class="{kind}{tone}" data-thing="{escape(node.name)}" '
        f'data-at="{number(x)} {number(y)}">{inside}</g>'
    )


def _enclosure(node: Node, plan: Plan, states: States) -> str:
    box = plan.boxes[node.name]
    labels = [_cut(word, box) for word in plan.labels[node.name]]
    _, state = _state(node.name, states)
    if state and node.kind == "zone" and plan.upright:
        left = box.width - 10 - width(state, SIZE)
        labels = [replace(word, room=min(word.room, left)) for word in labels]
    words = "".join(fitted(w.x, w.y, w.words, w.room, SIZE, w.kind, w.anchor) for w in labels)
    label = labels[0]
    told = cut(label.words, label.room, SIZE)
    if plan.upright and node.kind == "zone":
        # The way to the network runs down the middle of a zone.
        words += text(box.x + box.width - 6, label.y, state, "state", "end")
    elif node.kind != "gateway":
        words += text(label.x + 7 * len(told) + 8, label.y, state, "state")
    inside = rect(box, 9) + words
    return _thing(node, box, states, f"enclosure {node.kind}", inside)


def _cut(words: Written, box: Box) -> Written:
    """The words with the room that they have in their enclosure, beside a state where one is told.

    Upright, a gateway's name stands in a strip of its own; what is beside it are its instances.
    """
    room = box.x + box.width - words.x - 6
    if words.kind == "soft":
        room -= STATE
    return replace(words, room=min(room, words.room))


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{number(x)} {number(y)}" for x, y in points)


def _way(ends: tuple[str, str], points: tuple[Point, ...]) -> str:
    line = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    name = escape("|".join(ends))
    return f'<path class="wire" data-way="{name}" data-points="{_points(points)}" d="M{line}"/>'


def _tube(name: str, kind: str | None, tube: Tube, states: States) -> str:
    first, *rest = tube.points
    path = f"M{_points((first,))}C{_points(tuple(rest))}"
    tone, _ = _state(name, states)
    return (
        f'<g class="tunnel {kind or ""}{tone}" data-tunnel="{escape(name)}" '
        f'data-curve="{_points(tube.points)}">'
        f'<path class="tube" d="{path}"/><path class="core" d="{path}"/></g>'
    )


def _pill(name: str, kind: str | None, box: Box, states: States) -> str:
    tone, _ = _state(name, states)
    sign = " ✕" if tone == " bad" else ""
    room = box.width - 6 - width(sign, SIZE)
    drawn = rect(box, 8) + fitted(
        box.centre[0], box.y + 12, f"{cut(name, room, SIZE)}{sign}", box.width, SIZE, "", "middle"
    )
    return f'<g class="pill {kind or ""}{tone}" data-pill="{escape(name)}">{drawn}</g>'


def _network(node: Node, box: Box, states: States) -> str:
    x, y = box.centre
    inside = (
        rect(box, 8)
        + fitted(
            x, y - 12 if box.height > 50 else y - 6, node.name, box.width, SIZE, "name", "middle"
        )
        + text(x, y + 5 if box.height > 50 else y + 12, node.detail, "soft mono", "middle")
    )
    kind = f"network {node.kind.replace(' ', '-')}"
    return _thing(node, box, states, kind, inside)


def _chip(node: Node, box: Box, states: States) -> str:
    x, y = box.centre
    _, word = _state(node.name, states)
    inside = (
        rect(box, 7)
        + fitted(x, y - 5, node.name, box.width, SIZE, "name small", "middle")
        + text(x, y + 11, word, "state", "middle")
    )
    return _thing(node, box, states, f"chip {node.kind}", inside)
