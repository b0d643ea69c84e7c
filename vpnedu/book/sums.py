"""Sums that a text works out, as in "12 × 15 s + 2 × 90 s = 360 s", and whether they hold."""

import re
from dataclasses import dataclass
from fractions import Fraction

from vpnedu.book.prose import NUMBER

SCALES = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "seconds": Fraction(1),
    "min": Fraction(60),
    "minutes": Fraction(60),
    "h": Fraction(3600),
    "hours": Fraction(3600),
    "%": Fraction(1, 100),
}
_TERM = rf"{NUMBER}²?(?:\s?(?:{'|'.join(SCALES)})(?!\w))?"
# A term may say in brackets what it is: 20 (outer header) + 8 (ESP).
_SAID = r"(?:\s\([^()=]*\))?"
_SIDE = rf"{_TERM}{_SAID}(?:\s[+−×/·-]\s{_TERM}{_SAID})*"
_SUM = re.compile(
    rf"(?<![\w.,/²)]\s[+−×/·-]\s)(?<![\w.,/])"
    rf"{_TERM}{_SAID}(?:\s[+−×/·-]\s{_TERM}{_SAID})+(?:\s=\s{_SIDE})+(?![\w/])"
)
_PART = re.compile(rf"(?P<number>{NUMBER})(?P<square>²?)(?:\s?(?P<unit>{'|'.join(SCALES)})(?!\w))?")


@dataclass(frozen=True)
class Sum:
    """One chain of equal sides, and what is wrong with it, if anything is."""

    text: str
    start: int
    end: int
    wrong: str


def sums(text: str) -> list[Sum]:
    """The sums in `text`, each worked out again."""
    return [Sum(match[0], *match.span(), _wrong(match[0])) for match in _SUM.finditer(text)]


def _wrong(chain: str) -> str:
    first, *others = (re.sub(r"\s\([^()]*\)", "", side) for side in chain.split(" = "))
    has_units = _has_unit(first)
    worth = _worth(first, has_units)
    for side in others:
        stated, slack = _worth(side, has_units), _slack(side, has_units)
        if abs(stated - worth) > slack:
            return f"{first} is {float(worth):.10g}, not {float(stated):.10g}"
    return ""


def _has_unit(side: str) -> bool:
    return any(part["unit"] for part in _PART.finditer(side))


def _worth(side: str, scaled: bool) -> Fraction:
    """What one side comes to: × and / before + and −; in base units if the first side has units."""
    total, product, sign, by = Fraction(0), Fraction(0), 1, "+"
    for mark, part in zip(["+", *_marks(side)], _PART.finditer(side), strict=True):
        value = _value(part, scaled)
        if mark in "×·":
            product *= value
        elif mark == "/":
            product /= value
        else:
            total, product, by = total + sign * product, value, mark
            sign = 1 if by == "+" else -1
    return total + sign * product


def _marks(side: str) -> list[str]:
    return re.findall(r"\s([+−×/·-])\s", side)


def _value(part: re.Match[str], scaled: bool) -> Fraction:
    value = Fraction(part["number"].replace(",", ""))
    if part["square"]:
        value *= value
    return value * (SCALES[part["unit"]] if scaled and part["unit"] else 1)


def _slack(side: str, scaled: bool) -> Fraction:
    """Half a unit of the last digit shown, where a side is one number that may be rounded."""
    parts = list(_PART.finditer(side))
    if len(parts) > 1:
        return Fraction(0)
    [part] = parts
    digits = len(part["number"].partition(".")[2])
    return Fraction(1, 2 * 10**digits) * (SCALES[part["unit"]] if scaled and part["unit"] else 1)
