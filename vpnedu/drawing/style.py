"""What every picture looks like: the page's colours, the type, and the measures of a sheet."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

# One file holds the colours of the page and of print; it is read as data, nothing is imported.
STYLESHEET = ("widgets", "static", "vpnedu.css")
_TOKEN = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-fA-F]{6}),\s*(#[0-9a-fA-F]{6})\)")

KIND_COLOUR = {"site": "site", "virtual network": "vnet", "user": "user", "server": "server"}

# What a reader's own settings must not change; text as outlines, so that any printer has the font.
RC: dict[Any, Any] = {
    "text.usetex": False,
    # Hinted letters are wider than measured where dots are few.
    "text.hinting": "none",
    "svg.fonttype": "path",
    "svg.hashsalt": "vpnedu",
    "pdf.fonttype": 42,
    "savefig.facecolor": "auto",
    "savefig.bbox": None,
    "savefig.dpi": "figure",
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "lines.antialiased": True,
    "lines.scale_dashes": True,
    "patch.antialiased": True,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures of one kind of picture, in points.

    `name`, `text` and `label` are type sizes; `gateway` is the least width and height of a
    gateway; `port` the distance of two tunnels at one gateway; `addresses` whether hosts and
    gateways show theirs.
    """

    width: float
    name: float
    text: float
    label: float
    pad: float
    gap: float
    row_gap: float
    gateway: tuple[float, float]
    port: float
    tube: float
    line: float
    addresses: bool


# Up to 540 points fit between the margins of an A4 page: one plate, or two frames.
PLATE = Sheet(540, 9.5, 8, 8, 9, 13, 15, (60, 42), 15, 12, 1.1, True)
FRAME = Sheet(264, 7, 6.5, 6.5, 5, 7.5, 6, (20, 20), 9, 9, 0.9, False)
MARGIN = 3.0


@cache
def palette(*, dark: bool = False) -> dict[str, str]:
    """Every colour of the page's stylesheet by its name."""
    text = files("vpnedu").joinpath(*STYLESHEET).read_text(encoding="utf-8")
    found = {name: pair[dark] for name, *pair in _TOKEN.findall(text)}
    if not found:
        raise ValueError(f"{'/'.join(STYLESHEET)} names no colour as light-dark(#rrggbb, #rrggbb)")
    return found


def colour(name: str) -> str:
    """The colour called `name`, as paper shows it."""
    return palette()[name]


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib with our settings, and the reader's own again after that."""
    with matplotlib.rc_context(RC):
        yield


@cache
def font(size: float, *, bold: bool = False, mono: bool = False) -> FontProperties:
    """The face that comes with matplotlib itself: the same outlines on every machine."""
    name = f"DejaVuSans{'Mono' if mono else ''}{'-Bold' if bold else ''}.ttf"
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
    return FontProperties(fname=str(path), size=size)


@cache
def width(words: str, size: float, *, bold: bool = False, mono: bool = False) -> float:
    """How wide `words` come out, in points."""
    face = font(size, bold=bold, mono=mono)
    return float(text_to_path.get_text_width_height_descent(words, face, ismath=False)[0])


def wrap(words: str, size: float, limit: float, **face: bool) -> list[str]:
    """`words` in lines of at most `limit` points; an address is never broken."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size, **face) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
