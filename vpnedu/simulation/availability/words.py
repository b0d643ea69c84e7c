"""Downtime as time, which people can picture, instead of nines."""

from vpnedu.simulation.availability.structures import SECONDS_A_YEAR, checked


def downtime(availability: float) -> float:
    """The seconds a year (of 365 days) that an availability leaves to be down.

    >>> round(downtime(0.999) / 3600, 2)  # hours
    8.76
    """
    return (1 - checked("availability", availability, highest=1.0)) * SECONDS_A_YEAR


def in_words(seconds: float) -> str:
    """A length of time as people say it, to two or three digits.

    >>> in_words(31_536), in_words(315.36), in_words(31.536), in_words(360)
    ('8 h 46 min', '5.3 min', '31.5 s', '6 min')
    """
    checked("seconds", seconds)
    if 0 < seconds < 0.0005:
        return "less than 1 ms"
    if 0 < round(seconds, 3) < 1:
        return f"{seconds * 1000:.0f} ms"
    if round(seconds, 1) < 60:
        return f"{_short(seconds)} s"
    if round(seconds / 60, 1) < 60:
        return f"{_short(seconds / 60)} min"
    if round(seconds / 60) < 48 * 60:
        return _two(round(seconds / 60), 60, "h", "min")
    return _two(round(seconds / 3_600), 24, "d", "h")


def _short(number: float) -> str:
    """With one decimal, unless that is a zero."""
    return f"{number:.1f}".removesuffix(".0")


def _two(count: int, in_one: int, large: str, small: str) -> str:
    """`count` small units in large ones and the rest."""
    whole, rest = divmod(count, in_one)
    return f"{whole:,} {large}" + (f" {rest} {small}" if rest else "")
