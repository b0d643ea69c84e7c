"""Bars over time: a state as a bar with its word, told apart without colour."""

from collections.abc import Sequence

from matplotlib.path import Path

from vpnedu.drawing.ink import BOXES, Box, Pen
from vpnedu.drawing.spans import Axis, Span
from vpnedu.drawing.style import width

BAR, WORD, SMALL, PAD = 11.5, 7.0, 6.5, 4.0
CROSS = "✕"
# From one line of a hatching to the next, across.
HATCH = 4.6

Room = tuple[float, float]

# What each kind of bar means, for the legend; in this order.
MEANINGS = {
    "good": "works",
    "idle": "waits unused",
    "waiting": "getting ready",
    "bad": "does not work",
    "lost": "packets are lost",
}

# The colour of words, and what they stand on.
INKS = {
    "good": ("paper", "good"),
    "idle": ("soft", "paper"),
    "waiting": ("ink", "lit"),
    "bad": ("bad", "paper"),
}


def hatch(pen: Pen, box: Box) -> None:
    """An area in which nothing arrives: ruled aslant, on paper."""
    pen.box(box, fill="paper", z=BOXES + 0.1)
    points: list[tuple[float, float]] = []
    offset = -box.h
    while offset < box.w:
        low, high = max(offset, 0.0), min(offset + box.h, box.w)
        points += [
            (box.left + low, box.bottom + low - offset),
            (box.left + high, box.bottom + high - offset),
        ]
        offset += HATCH
    codes = [Path.MOVETO, Path.LINETO] * (len(points) // 2)
    pen.path(Path(points, codes), edge="bad", line=0.8, z=BOXES + 0.2)


def draw_bar(pen: Pen, box: Box, tone: str) -> None:
    """The bar alone. What does not work has none: only a mark where that begins."""
    if tone == "good":
        pen.box(box, fill="good", corner=3)
    elif tone == "idle":
        pen.box(_inked(box), edge="soft", line=0.8, corner=3, dash=(3, 2))
    elif tone == "waiting":
        pen.box(_inked(box), fill="lit", edge="soft", line=0.8, corner=3)
    elif tone == "bad":
        pen.line([(box.left + 0.6, box.bottom), (box.left + 0.6, box.top)], edge="bad", line=1.2)


def _inked(box: Box) -> Box:
    """The box in whose middle an outline must run so as not to reach beyond."""
    return Box(box.x, box.y, max(box.w - 0.8, 0.4), box.h - 0.8)


def place_words(axis: Axis, span: Span, taken: Sequence[Room] = ()) -> tuple[float, str] | None:
    """Where the words of a stretch begin: in its first room wide enough that is not taken.

    Where there is none, what does not work keeps at least its sign.
    """
    bad = span.tone == "bad"
    left, right = axis.x(span.start), axis.x(span.end)
    for words in (f"{CROSS} {span.words}", CROSS) if bad else (span.words,):
        wide = width(words, WORD) + PAD + (1 if bad else PAD)
        for start, end in _free(left, right, taken):
            if words and end - start >= wide:
                return start + PAD, words
    return None


def unsaid(axis: Axis, span: Span, taken: Sequence[Room] = ()) -> bool:
    """Whether a stretch is shown and its words are not."""
    if not span.words or not axis.shows(span.start, span.end):
        return False
    placed = place_words(axis, span, taken)
    return placed is None or placed[1] == CROSS


def draw_span(pen: Pen, axis: Axis, span: Span, y: float, taken: Sequence[Room] = ()) -> None:
    """A stretch of a lane at height `y`, its words clear of what is taken."""
    if not axis.shows(span.start, span.end):
        return
    left, right = axis.x(span.start), axis.x(span.end)
    draw_bar(pen, Box((left + right) / 2, y, right - left, BAR), span.tone)
    placed = place_words(axis, span, taken)
    if placed:
        ink, on = INKS[span.tone]
        pen.text((placed[0], y), placed[1], WORD, ink=ink, on=on)


def _free(left: float, right: float, taken: Sequence[Room]) -> list[Room]:
    """The rooms between `left` and `right` that are not taken."""
    rooms, start = [], left
    for begin, end in sorted(taken):
        if end > left and begin < right:
            rooms.append((start, begin))
            start = max(start, end)
    return [*rooms, (start, right)]


def draw_legend(pen: Pen, tones: Sequence[str], at: tuple[float, float]) -> None:
    """A small bar of each kind with what it means, in one line from `at` on."""
    x, y = at
    for tone in tones:
        swatch = Box(x + 8, y, 16, 8)
        if tone == "lost":
            hatch(pen, swatch)
        else:
            draw_bar(pen, swatch, tone)
        words = f"{CROSS} {MEANINGS[tone]}" if tone == "bad" else MEANINGS[tone]
        shift = 4 if tone == "bad" else 20
        pen.text((x + shift, y), words, SMALL, ink="bad" if tone == "bad" else "soft")
        x += shift + 14 + width(words, SMALL)
