"""How a class did, as two pictures for a page: grades as bars, questions as points.

Both are SVG to be put into HTML: their colours are the page's variables, so that they follow its
theme, and their words stand in an `aria-label`.
"""

import re
from collections.abc import Sequence
from html import escape

from matplotlib.path import Path

from vpnedu.drawing.ink import Box, Pen, Point
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.plates import Plate, picture
from vpnedu.drawing.style import house_style, palette, width

WIDE, HIGH = 330.0, 216.0
LEFT, RIGHT, BOTTOM, TOP = 34.0, 10.0, 36.0, 14.0
WORD, TICK, LABEL = 9.0, 8.5, 8.5
DOT, BINS = 2.6, 10
# From a facility and a discrimination on, a question is in need of a look; lines show them.
HARD, EASY, WEAK = 0.2, 0.95, 0.2

# A question's label, its facility and its discrimination.
Dot = tuple[str, float, float]

_COLOUR = re.compile("#[0-9a-f]{6}")
_NAMES = re.compile(r'(\bid="|url\(#|href="#)')
# Nothing refers to a group, and many are called alike.
_GROUP = re.compile(r'<g id="[^"]*"')
_HEAD = re.compile(r".*?<svg ", re.DOTALL)
_SIZE = re.compile(r' (?:width|height|version|xmlns(?::xlink)?)="[^"]*"')
# What matplotlib says of every element would hold for the whole page: `_ENDS` says it of one.
_ABOUT = re.compile(r"\s*<metadata>.*?</metadata>|\s*<style.*?</style>", re.DOTALL)
_ENDS = 'stroke-linejoin="round" stroke-linecap="butt"'


def histogram(shares: Sequence[float], name: str = "grades") -> str:
    """Bars of how many reached which share of all points, ten percent a bar.

    What lies below 0 or above 1, set by hand, stands in the outer bars. `name` begins the ids in
    the picture: no two of a page may have the same.
    """
    counts = [0] * BINS
    for share in shares:
        counts[min(max(int(share * BINS), 0), BINS - 1)] += 1
    step = _step(max(counts, default=0))
    top = step * max(1, -(-max(counts, default=0) // step))
    plate, pen = _plate()
    with house_style():
        for count in range(0, top + 1, step):
            y = _y(count / top)
            pen.line([(LEFT, y), (WIDE - RIGHT, y)], edge="line", line=0.6)
            pen.text((LEFT - 5, y), str(count), TICK, ink="soft", ha="right")
        for place, count in enumerate(counts):
            if count:
                _bar(pen, place, count, top)
        _below(pen, "share of all points", [(at / 5, f"{20 * at} %") for at in range(6)])
        pen.text((LEFT, HIGH - 5), "students", WORD, ink="soft")
    return _inline(plate, name, _said(counts))


def facility_by_discrimination(dots: Sequence[Dot], name: str = "questions") -> str:
    """Points of how easy each question was and how well it told strong from weak students."""
    low = min([0.0, *(tells for _, _, tells in dots)])
    floor = -1.0 if low < -0.5 else -0.5 if low < 0 else 0.0
    plate, pen = _plate()
    with house_style():
        for at in range(round(floor * 4), 5):
            y = _y((at / 4 - floor) / (1 - floor))
            pen.line([(LEFT, y), (WIDE - RIGHT, y)], edge="line", line=0.6)
            pen.text((LEFT - 5, y), _decimal(at / 4), TICK, ink="soft", ha="right")
        weak = _y((WEAK - floor) / (1 - floor))
        for ends in (
            [(LEFT, weak), (WIDE - RIGHT, weak)],
            *([(_x(share), _y(0)), (_x(share), _y(1))] for share in (HARD, EASY)),
        ):
            pen.path(Path(ends), edge="soft", line=0.8, dash=(3, 2))
        places = [(_x(easy), _y((tells - floor) / (1 - floor))) for _, easy, tells in dots]
        for place in places:
            pen.disc(place, DOT, fill="vnet")
        names = [label for label, _, _ in dots]
        for label, place in zip(names, _labels(names, places), strict=True):
            pen.text(place, label, LABEL, ha="center", halo=True)
        _below(pen, "facility", [(at / 5, _decimal(at / 5)) for at in range(6)])
        pen.text((LEFT, HIGH - 5), "discrimination", WORD, ink="soft")
    return _inline(plate, name, _listed(dots))


def _plate() -> tuple[Plate, Pen]:
    plate = Plate(WIDE, HIGH)
    return plate, fitted(plate.blank(0, 0, WIDE, HIGH), Box(WIDE / 2, HIGH / 2, WIDE, HIGH))


def _x(share: float) -> float:
    return LEFT + share * (WIDE - LEFT - RIGHT)


def _y(share: float) -> float:
    return BOTTOM + share * (HIGH - BOTTOM - TOP - 6)


def _step(most: int) -> int:
    """A round number of which at most five reach the highest bar."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= most:
                return step
        size *= 10


def _bar(pen: Pen, place: int, count: int, top: int) -> None:
    left, right, high = _x(place / BINS) + 1, _x((place + 1) / BINS) - 1, _y(count / top)
    pen.box(
        Box((left + right) / 2, (high + BOTTOM) / 2, right - left, high - BOTTOM), fill="vnet", z=2
    )
    pen.text(((left + right) / 2, high + 6), str(count), TICK, ha="center", halo=True)


def _below(pen: Pen, name: str, ticks: Sequence[tuple[float, str]]) -> None:
    """The axis at the foot: its ticks, and below them what they are of."""
    pen.line([(LEFT, BOTTOM), (WIDE - RIGHT, BOTTOM)], edge="soft", line=0.8, z=4)
    for share, words in ticks:
        # The outer ones stay on the sheet.
        half = width(words, TICK) / 2
        middle = min(_x(share), WIDE - half - 1)
        pen.text((middle, BOTTOM - 9), words, TICK, ink="soft", ha="center")
    pen.text(((LEFT + WIDE - RIGHT) / 2, 7), name, WORD, ink="soft", ha="center")


def _labels(words: Sequence[str], dots: Sequence[Point]) -> list[Point]:
    """For each label the nearest place to its dot that is free, or the first where none is."""
    taken = [Box(*dot, 2 * DOT, 2 * DOT) for dot in dots]
    places = []
    for word, (x, y) in zip(words, dots, strict=True):
        wide, high = width(word, LABEL) + 2, LABEL + 1
        ways = [
            Box(x + right * (DOT + wide / 2 + far), y + up * (DOT + high / 2 + far), wide, high)
            for far in (0, 4, 9, 15, 22)
            for right, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
        ]
        inside = [w for w in ways if w.left > LEFT and w.right < WIDE and w.top < HIGH - TOP]
        free = [w for w in inside if not any(_meet(w, other) for other in taken)]
        box = (free or inside or ways)[0]
        taken.append(box)
        places.append((box.x, box.y))
    return places


def _meet(one: Box, other: Box) -> bool:
    apart_x = one.right <= other.left or other.right <= one.left
    return not (apart_x or one.top <= other.bottom or other.top <= one.bottom)


def _inline(plate: Plate, name: str, words: str) -> str:
    """The picture as an element of a page: ids of its own, the page's colours, and words."""
    text = _GROUP.sub("<g", _ABOUT.sub("", picture(plate).decode()))
    head, sign, rest = _HEAD.sub("<svg ", text, count=1).partition(">")
    inks = {value: ink for ink, value in reversed(palette().items())}
    rest = _COLOUR.sub(lambda hit: f"var(--{inks.get(hit[0], 'ink')})", rest)
    rest = _NAMES.sub(rf"\1{name}-", rest.replace("xlink:href", "href"))
    said = f'role="img" aria-label="{escape(words)}" {_ENDS}'
    return f"{_SIZE.sub('', head)} {said}{sign}{rest}"


def _said(counts: Sequence[int]) -> str:
    parts = [f"{10 * at} to {10 * at + 10} %: {count}" for at, count in enumerate(counts) if count]
    return f"Students by share of all points. {'; '.join(parts) or 'There are none'}."


def _listed(dots: Sequence[Dot]) -> str:
    parts = [f"question {label}: {_decimal(x)}, {_decimal(y)}" for label, x, y in dots]
    return f"Facility and discrimination. {'; '.join(parts) or 'There are none'}."


def _decimal(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−") if abs(value) > 0.004 else "0"
