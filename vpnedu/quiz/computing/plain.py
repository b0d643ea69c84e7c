"""Numbers as a text shows them."""

from decimal import Decimal
from fractions import Fraction


def exact(number: object) -> Fraction:
    """A number of the bank, as it is written there: text, a whole number or a decimal one."""
    if isinstance(number, bool) or not isinstance(number, str | int | Decimal):
        raise ValueError(f'{number!r} is not a number; write it as text, such as "99.95"')
    return Fraction(str(number))


def to_digits(number: Fraction, digits: int) -> str:
    """`number` with `digits` decimals, rounded half to even; all of them are shown.

    >>> to_digits(Fraction(1, 3), 2), to_digits(Fraction(2), 1)
    ('0.33', '2.0')
    """
    scaled = round(number * 10**digits)
    sign, text = "-" * (scaled < 0), str(abs(scaled)).zfill(digits + 1)
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"
