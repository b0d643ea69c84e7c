"""Numbers as people write them, read and compared exactly.

A number is decimal, its digits grouped by threes or not, with a power of ten or as a fraction, and
with or without its unit. A comma is never guessed at: 1,420 is 1420 to some and 1.42 to others.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any, ClassVar
from unicodedata import category

from vpnedu.network.addresses import InputError
from vpnedu.quiz.marking import Mark, invalid, marked
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.texts import SPACE, collapsed, entered
from vpnedu.quiz.units import Scales, scale_of, scales_of

LONGEST = 40
HIGHEST_POWER = 99

_PARTING = "[ \u00a0\u2009\u202f_'\u2019]"
_SIGN = "[+\u2212-]"
# Groups behind the point may end short: 0.000 1.
_WHOLE = rf"(?:\d{{1,3}}(?:{_PARTING}\d{{3}})+|\d+)"
_PART = rf"(?:(?:\d{{3}}{_PARTING})+\d{{1,3}}|\d+)"
_DECIMAL = rf"(?:{_WHOLE}(?:\.{_PART}?)?|\.{_PART})"
_NUMBER = re.compile(
    rf"({_SIGN}?){SPACE}*({_DECIMAL})"
    rf"(?:{SPACE}*/{SPACE}*({_DECIMAL})"
    rf"|(?:{SPACE}*[x×*]{SPACE}*10\^|[eE])({_SIGN}?\d+))?{SPACE}*",
    re.ASCII,
)
_HEX = re.compile(rf"{_SIGN}?0[xX]")
_NO_POWER = re.compile(rf"[eE]{_SIGN}?\Z|[x×*]{SPACE}*10")
_UNIT = re.compile(r"[A-Za-z%]")

_COMMA = "a comma can part thousands or stand for the point: write 1420 or 1.42, not 1,420"
_POWER = "a power of ten is written 1.42e3 or 1.42×10^3"
_EXAMPLES = "write one number, as in 1420, 1 420, 1.42e3 or 3/4"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that is expected: its `value`, and what one must have thought to give it."""

    id: str
    value: str
    says: str

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "value": self.value, "says": blocks(self.says)}


@dataclass(frozen=True, slots=True)
class Number:
    """Give a number: right if it is no further than `tolerance` from `value`, both in `unit`.

    A number without a unit is taken to be in `unit`; others of the same family are converted.
    `shown` is the number, without its unit, that people are told; by itself it is the key.
    """

    value: Fraction
    tolerance: Fraction = Fraction(0)
    unit: str = ""
    mistakes: tuple[Mistake, ...] = ()
    shown: str = ""
    name: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        scales_of(self.unit)
        if self.tolerance < 0:
            raise InputError("tolerance", f"{self.tolerance} is below 0")
        for mistake in self.mistakes:
            try:
                Fraction(mistake.value)
            except (ValueError, ZeroDivisionError):
                rule = f"{mistake.value!r} is not a number; write 1420, 14.2 or 3/4"
                raise InputError("mistakes", rule) from None
        if len(self.key) > LONGEST:
            raise InputError("value", f"nobody can write it in {LONGEST} characters: set tolerance")

    @property
    def key(self) -> str:
        """The number as text: exact, or with as few decimals as the tolerance allows."""
        exact = written(self.value)
        if len(exact) <= LONGEST:
            return exact
        rounded = (round(self.value, digits) for digits in range(LONGEST))
        return next((written(near) for near in rounded if self._hits(near)), exact)

    def mark(self, answer: object) -> Mark:
        text = entered(answer, LONGEST)
        if isinstance(text, Mark):
            return text
        try:
            given = parse_number(text, scales_of(self.unit))
        except InputError as wrong:
            return invalid(wrong.rule)
        read = f"{written(given)} {self.unit}".rstrip()
        if self._hits(given):
            return marked(Fraction(1), (), read)
        near = (m.id for m in self.mistakes if abs(given - Fraction(m.value)) <= self.tolerance)
        return marked(Fraction(0), tuple(near)[:1], read)

    def to_dict(self) -> dict[str, Any]:
        return {
            "answer": str(self.value),
            "tolerance": str(self.tolerance),
            "unit": self.unit,
            "units": [[word, str(scale)] for word, scale in scales_of(self.unit)],
            "mistakes": [m.to_dict() | {"value": str(Fraction(m.value))} for m in self.mistakes],
            "shown": self.shown or self.key,
        }

    def _hits(self, given: Fraction) -> bool:
        return abs(given - self.value) <= self.tolerance


def parse_number(text: str, scales: Scales) -> Fraction:
    """The number that `text` writes, its unit being one of `scales` or none.

    An InputError tells people what to write instead.

    >>> parse_number("1.42 kB", scales_of("B"))
    Fraction(1420, 1)
    """
    _refuse(text)
    match = _NUMBER.match(text)
    unit = collapsed(text[match.end() :]) if match else ""
    if match is None or _NO_POWER.match(unit) or not _UNIT.match(unit or "%"):
        raise InputError("answer", _POWER if _NO_POWER.match(unit) else _EXAMPLES)
    sign, above, below, power = match.groups()
    value = _decimal(above)
    if below:
        if not _decimal(below):
            raise InputError("answer", "nothing can be divided by 0")
        value /= _decimal(below)
    if power:
        value *= _power(power)
    value *= scale_of(unit, scales) if unit else 1
    return value if sign in ("", "+") else -value


def written(value: Fraction) -> str:
    """`value` as a decimal where that is exact, as a fraction otherwise.

    >>> written(Fraction(7, 4)), written(Fraction(-1, 3))
    ('1.75', '-1/3')
    """
    rest, digits = value.denominator, 0
    while gcd(rest, 10) > 1:
        rest //= gcd(rest, 10)
        digits += 1
    if rest > 1:
        return str(value)
    whole = str(abs(value.numerator) * 10**digits // value.denominator).zfill(digits + 1)
    parts = [whole[: len(whole) - digits], whole[len(whole) - digits :]]
    return "-" * (value < 0) + ".".join(part for part in parts if part)


def _refuse(text: str) -> None:
    """Tell people of what is often written, but can't be read without guessing."""
    if "," in text:
        raise InputError("answer", _COMMA)
    if any(category(sign)[0] == "N" and not sign.isascii() for sign in text):
        raise InputError("answer", "write the digits 0 to 9 only")
    if _HEX.match(text):
        raise InputError("answer", "write the number in decimal, not in hex")


def _decimal(text: str) -> Fraction:
    return Fraction(re.sub(_PARTING, "", text))


def _power(text: str) -> Fraction:
    power = int(text.replace("\u2212", "-"))
    if abs(power) > HIGHEST_POWER:
        raise InputError("answer", f"powers of ten are read up to {HIGHEST_POWER}")
    return Fraction(10) ** power
