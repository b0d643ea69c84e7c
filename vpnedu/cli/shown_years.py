"""Availability for a person's eyes: time a year instead of nines."""

from collections.abc import Sequence

from vpnedu.cli import shown
from vpnedu.cli.reckoning import Found
from vpnedu.simulation.availability import in_words

EXACT = ("name", "availability", "down a year", "single points of failure", "mend first")
BY_CHANCE = ("name", "down a year", "between", "median year", "worst in 100", "without outage")
SAVED = ("part", "saved a year, if it never failed again")
MOST_SHOWN = 10  # of what to mend


def availability(found: Sequence[Found]) -> None:
    """Exact first; then, if asked, years by chance; of a single service, all that helps it."""
    rows = [
        (
            one.service.name,
            percent(one.availability, one.downtime > 0),
            in_words(one.downtime),
            ", ".join(one.single_points) or "none",
            one.savings[0].name if one.savings and one.savings[0].seconds else "nothing",
        )
        for one in found
    ]
    shown.show(shown.grid("exactly, from its parts", EXACT, rows))
    _by_chance(found)
    if len(found) == 1:
        savings = [(s.name, in_words(s.seconds)) for s in found[0].savings if s.seconds]
        if savings:
            shown.show(shown.grid("", SAVED, savings[:MOST_SHOWN]))


def percent(share: float, ever_down: bool = True) -> str:
    """An availability with four digits of what is missing: never 100 % where it is not."""
    if not ever_down:
        return "100 %"
    first = int(f"{100 * (1 - share):.3e}".partition("e")[2])
    decimals = min(max(3 - first, 2), 12)
    return f"{100 * share:.{decimals}f} %"


def _by_chance(found: Sequence[Found]) -> None:
    rows, title = [], ""
    for one in found:
        if one.years is None:
            continue
        low, high = one.years.interval
        title = f"by chance, {one.years.years:,} years"
        if one.service.design is not None:
            title += ", with the time that each failover takes"
        rows.append(
            (
                one.service.name,
                in_words(one.years.downtime),
                f"{in_words(low)} and {in_words(high)}, {100 * one.years.confidence:.0f} % sure",
                in_words(one.years.median_year),
                in_words(one.years.worst_year),
                f"{100 * one.years.share_without_outage:.1f} % of years",
            )
        )
    if rows:
        shown.show(shown.grid(title, BY_CHANCE, rows))
