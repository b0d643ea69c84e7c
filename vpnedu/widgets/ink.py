"""Pieces of SVG as text: numbers, words, boxes."""

from html import escape

from vpnedu.widgets.letters import cut
from vpnedu.widgets.places import Box


def number(value: float) -> str:
    """A coordinate, to a tenth, always written the same way."""
    return f"{value:.1f}".removesuffix(".0")


def text(x: float, y: float, content: str, kind: str = "", anchor: str = "start") -> str:
    classes = f' class="{kind}"' if kind else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{number(x)}" y="{number(y)}"{classes}{where}>{escape(content)}</text>'


def fitted(
    x: float,
    y: float,
    content: str,
    room: float,
    size: float,
    kind: str = "",
    anchor: str = "start",
    *,
    mono: bool = False,
) -> str:
    """`content` at a place with `room`, as SVG text; what is cut has the whole as its title."""
    shown = cut(content, room, size, mono=mono)
    whole = "" if shown == content else f"<title>{escape(content)}</title>"
    classes = f' class="{kind}"' if kind else ""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    at = f'x="{number(x)}" y="{number(y)}"'
    return f"<text {at}{classes}{where}>{whole}{escape(shown)}</text>"


def rect(box: Box, radius: int, kind: str = "") -> str:
    classes = f' class="{kind}"' if kind else ""
    x, y, width, height = map(number, (box.x, box.y, box.width, box.height))
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"{classes}/>'
