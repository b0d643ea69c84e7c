"""Availability and time, in exact fractions."""

from fractions import Fraction
from itertools import combinations
from math import prod

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing.plain import exact, to_digits
from vpnedu.simulation.availability import HOURS_A_YEAR, in_words

SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
PERIODS = {"year": HOURS_A_YEAR * 3600, "month": HOURS_A_YEAR * 300, "week": 604800, "day": 86400}


def chained(
    parts: list[object], needed: int | None = None, shared: object = "100", digits: int = 4
) -> dict[str, str]:
    """The availability, in percent, of independent `parts` of which `needed` must work (all,
    unless told), behind a part called `shared` that all of them need. A part may be a list: a
    chain of its own, of which all must work."""
    shares = [_chain(part) for part in parts]
    least = len(shares) if needed is None else needed
    if not 1 <= least <= len(shares):
        raise InputError("needed", f"{least} is not a number from 1 to {len(shares)}, the parts")
    together = _share(shared) * sum(
        (
            prod((s if place in up else 1 - s for place, s in enumerate(shares)), start=Fraction(1))
            for count in range(least, len(shares) + 1)
            for up in combinations(range(len(shares)), count)
        ),
        start=Fraction(0),
    )
    down = in_words(float((1 - together) * PERIODS["year"]))
    return {"answer": to_digits(together * 100, digits), "downtime": down}


def common_cause(part: object, percent: object, of: int = 2, digits: int = 4) -> dict[str, str]:
    """The availability, in percent, of `of` like parts of which one must work; `percent` of each
    one's downtime has a common cause, which takes all of them. `common` and `own` tell in words
    what a year loses by it, and by the parts' own failures at the same time."""
    if of < 1:
        raise InputError("of", f"{of} is not a number of parts; use 1 or more")
    down, beta = 1 - _share(part), _share(percent)
    common, own = beta * down, ((1 - beta) * down) ** of
    together = (1 - common) * (1 - own)
    told = {"downtime": 1 - together, "common": common, "own": own}
    year = {name: in_words(float(share * PERIODS["year"])) for name, share in told.items()}
    return {"answer": to_digits(together * 100, digits)} | year


def lost_time(
    availability: object, unit: str = "hours", per: str = "year", digits: int = 2
) -> dict[str, str]:
    """The downtime that an availability in percent leaves: a year has 365 days, a month a
    twelfth of it."""
    for name, value, known in (("unit", unit, SECONDS), ("per", per, PERIODS)):
        if value not in known:
            raise InputError(name, f"there is no {value!r}; there are {', '.join(known)}")
    seconds = (1 - _share(availability)) * PERIODS[per]
    answer = to_digits(seconds / SECONDS[unit], digits)
    return {"answer": answer, "downtime": in_words(float(seconds))}


def total(terms: list[object], digits: int = 0) -> dict[str, str]:
    """The sum of `terms`; a term may be a product, such as "4 * 90" or "10 * 1.5"."""
    summed = sum((_product(term) for term in terms), Fraction(0))
    words = " + ".join(str(term).replace(" * ", " × ") for term in terms)
    return {"answer": to_digits(summed, digits), "terms": words}


def _product(term: object) -> Fraction:
    return prod(map(exact, str(term).split(" * ")), start=Fraction(1))


def _chain(part: object) -> Fraction:
    """The share of time that a part works, or a chain of parts if it is a list."""
    if not isinstance(part, list):
        return _share(part)
    if not part:
        raise InputError("parts", "a chain needs at least one part")
    return prod(map(_share, part), start=Fraction(1))


def _share(percent: object) -> Fraction:
    share = exact(percent) / 100
    if not 0 <= share <= 1:
        raise InputError("percent", f"{percent} % is not a share; use 0 to 100")
    return share
