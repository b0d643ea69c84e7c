"""Words that fit: how wide a text is, about, and as much of it as there is room for.

Names may come from anybody. What is cut ends in "…", and is told in full to who points at it.
"""

from math import fsum
from unicodedata import category, east_asian_width

# Parts of the letter size, rather too wide than too narrow: fonts differ from machine to machine.
NARROW, USUAL, CAPITAL, BROAD = 0.36, 0.59, 0.74, 1.0
NARROW_LETTERS = frozenset("iljtfrI.,:;'|!()[]/ ")
BROAD_LETTERS = frozenset("mwMW@%&…—")
MONO = 0.602


def width(content: str, size: float, *, mono: bool = False) -> float:
    """How wide `content` is, about, in letters of `size`."""
    return size * fsum(_part(letter, mono) for letter in content)


def _part(letter: str, mono: bool) -> float:
    if category(letter).startswith("M"):
        return 0.0
    if ord(letter) > 0x17F:
        return BROAD if east_asian_width(letter) in "WF" else max(CAPITAL, MONO)
    if mono:
        return MONO
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in BROAD_LETTERS:
        return BROAD
    return CAPITAL if letter.isupper() else USUAL


def cut(content: str, room: float, size: float, *, mono: bool = False) -> str:
    """As much of `content` as has `room`, with "…" where something is left out."""
    if width(content, size, mono=mono) <= room:
        return content
    kept = content
    while kept and width(kept + "…", size, mono=mono) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
