"""What the generators of this package share: hints, numbers as people write them, mistakes."""

from collections.abc import Sequence
from fractions import Fraction

from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Hint

# A named mistake: its id, the value that it leads to, and its feedback.
Wrong = tuple[str, float, str]
# Who has the networks that questions are about.
OWNERS = (
    "a bakery",
    "a law firm",
    "a hospital",
    "a shipping company",
    "a school",
    "a newspaper",
    "a museum",
    "a farm cooperative",
)


def hints(*texts: str) -> tuple[Hint, ...]:
    """Hints that take a quarter of the score each."""
    return tuple(Hint(text, Fraction(1, 4)) for text in texts)


def decimal(value: float | Fraction, digits: int) -> str:
    """`value` with at most `digits` decimals, without zeros that say nothing.

    >>> decimal(180.0, 1), decimal(Fraction(1, 3), 2)
    ('180', '0.33')
    """
    text = f"{float(value):.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def brief(seconds: float) -> str:
    """A length of time with one decimal, or two below a second.

    >>> brief(0.05), brief(24.231)
    ('0.05', '24.2')
    """
    return decimal(seconds, 2 if seconds < 1 else 1)


def grouped(value: float, digits: int) -> str:
    """The same with thousands parted, for reading.

    >>> grouped(10512.0, 1)
    '10,512'
    """
    whole, _, part = decimal(value, digits).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def exact(value: float, digits: int) -> Fraction:
    """The decimal fraction that `value` shows with `digits` decimals."""
    return Fraction(decimal(value, digits))


def number(
    value: float,
    digits: int,
    tolerance: str,
    unit: str,
    wrong: Sequence[Wrong],
) -> Number:
    """A number to be typed: the key has `digits` decimals.

    `wrong` are named mistakes: id, value, feedback. One that can't be told from the answer, or
    from a mistake before it, is left out.
    """
    near = Fraction(tolerance)
    taken, kept = [exact(value, digits)], []
    for name, miss, says in wrong:
        at = exact(miss, digits)
        if at >= 0 and all(abs(at - other) > 2 * near for other in taken):
            taken.append(at)
            kept.append(Mistake(name, decimal(at, digits), says))
    return Number(taken[0], near, unit, tuple(kept), decimal(value, digits))


def within(value: float, share: float = 0.015) -> str:
    """A tolerance of about `share` of `value`, in one digit that people can read.

    >>> within(8.78), within(212.0)
    ('0.1', '3')
    """
    about = value * share
    digits = 0
    while about < 1:
        about, digits = about * 10, digits + 1
    return decimal(int(about) / 10**digits, digits)
