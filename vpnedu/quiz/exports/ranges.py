"""Numbers as a system marks them that knows decimals only: a value and how far off, or a range."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Byte
from vpnedu.quiz.numbers import Number, written

# Of a bound that no decimal writes; the range is made smaller by it, never larger.
PLACES = 9
# Of a number that is to be met exactly but has no end as a decimal: what rounds to it is taken.
PLACES_OF_EXACT = 6


@dataclass(frozen=True, slots=True)
class Range:
    """What is right: from `low` to `high`, both included. All of it has an end as a decimal.

    `exact` is the middle, where the question knows one; `lost` what rounding changed, in words.
    """

    low: Fraction
    high: Fraction
    exact: Fraction | None = None
    lost: str = ""

    @property
    def told(self) -> Fraction:
        """A number that is right, for people."""
        return self.low if self.exact is None else self.exact


def range_of(answer: Number | Byte) -> Range:
    """The numbers that are right: those near enough, or the bytes of the right field."""
    if isinstance(answer, Byte):
        field = next(field for field in answer.fields if field.right)
        return Range(Fraction(field.first), Fraction(field.last))
    return around(answer.value, answer.tolerance)


def around(value: Fraction, tolerance: Fraction) -> Range:
    """The numbers no further than `tolerance` from `value`.

    >>> around(Fraction(1, 3), Fraction(0)).lost
    '1/3 has no end as a decimal: what rounds to 0.333333 is taken'
    """
    if has_end(value) and has_end(tolerance):
        return Range(value - tolerance, value + tolerance, value)
    if not tolerance:
        near, half = round(value, PLACES_OF_EXACT), Fraction(1, 2 * 10**PLACES_OF_EXACT)
        lost = f"{value} has no end as a decimal: what rounds to {written(near)} is taken"
        return Range(near - half, near + half, near, lost)
    unit = 10**PLACES
    low = Fraction(ceil((value - tolerance) * unit), unit)
    high = Fraction(floor((value + tolerance) * unit), unit)
    if low > high:
        raise InputError("tolerance", f"no decimal of {PLACES} places is that near to {value}")
    return Range(low, high, None, f"the bounds of what is right are cut to {PLACES} decimals")


def has_end(value: Fraction) -> bool:
    """Whether a decimal writes the value exactly."""
    return "/" not in written(value)


def decimal(value: Fraction) -> str:
    """The value as a decimal without a power of ten, to six places if it has no end.

    >>> decimal(Fraction(7, 4)), decimal(Fraction(2, 3)), decimal(Fraction(1, 10**9))
    ('1.75', '0.666667', '0.000000001')
    """
    return written(value if has_end(value) else round(value, PLACES_OF_EXACT))


def shares(count: int) -> tuple[Fraction, ...]:
    """`count` parts of 1 that are alike to six places, and together exactly 1.

    >>> [str(decimal(part)) for part in shares(3)]
    ['0.333334', '0.333333', '0.333333']
    """
    part = Fraction(round(Fraction(10**PLACES_OF_EXACT, count)), 10**PLACES_OF_EXACT)
    return (1 - part * (count - 1), *([part] * (count - 1)))
