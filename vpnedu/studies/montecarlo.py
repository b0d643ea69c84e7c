"""Years of faults, by chance: what the exact availability can't tell, a year's luck among it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import SECONDS_A_YEAR, Structure, in_words
from vpnedu.simulation.availability.exact import known
from vpnedu.simulation.availability.plain import Plain, components, plain
from vpnedu.simulation.availability.structures import Component, checked
from vpnedu.studies.intervals import total_interval
from vpnedu.studies.timelines import (
    Downs,
    Floats,
    Line,
    Segments,
    downs,
    expected_columns,
    segments,
    stopped,
)

FEWEST_YEARS = 100  # below that a year's variance says little, and with it the interval
MOST_YEARS = 10_000_000
MOST_FAILURES = 100_000_000  # a minute or two
FAILURES_AT_ONCE = 200_000
YEARS_AT_ONCE = 1_000  # a line of so many years still tells microseconds apart
LEAD_IN = 20  # mean repairs: an outage that began earlier is over, but for a chance of e^-20


@dataclass(frozen=True, slots=True)
class Switch:
    """How long traffic stands still when a part fails and others take over.

    `gaps` are seconds, of which each switch takes one, all as likely: one number, or what runs of
    a failover measured. `even`: any time from the first to the second of two. With the chance
    1 - `coverage` nobody takes over, and the outage lasts until the part is repaired.
    """

    gaps: tuple[float, ...]
    coverage: float = 1.0
    even: bool = False

    def __init__(self, gaps: float | Iterable[float], coverage: float = 1.0, *, even: bool = False):
        all_gaps = tuple(gaps) if isinstance(gaps, Iterable) else (gaps,)
        object.__setattr__(self, "gaps", tuple(checked("gaps", gap) for gap in all_gaps))
        object.__setattr__(self, "coverage", checked("coverage", coverage, highest=1.0))
        object.__setattr__(self, "even", even)
        if not self.gaps or (even and (len(self.gaps) != 2 or self.gaps[0] > self.gaps[1])):
            raise InputError("gaps", "give one time or more; for an even spread the two bounds")

    @property
    def mean(self) -> float:
        """The mean gap, in seconds."""
        return sum(self.gaps) / len(self.gaps)

    def draw(self, rng: np.random.Generator, count: int) -> Floats:
        """That many gaps."""
        if self.even:
            return rng.uniform(self.gaps[0], self.gaps[1], count)
        return rng.choice(np.array(self.gaps), count)


@dataclass(frozen=True, slots=True)
class Years:
    """What many years, independent of each other, came to. Times are seconds a year.

    The mean `downtime` is an estimate, and `interval` holds the true one with the chance
    `confidence`. Half of the years are down no longer than `median_year`, one in a hundred longer
    than `worst_year`. With few outages the interval rests on the slowest repair, and is wide; with
    none it begins at 0 and is that of the "rule of three".
    """

    years: int
    seed: int
    confidence: float
    downtime: float
    interval: tuple[float, float]
    outages: int
    longest_outage: float
    median_year: float
    worst_year: float
    share_without_outage: float
    by_year: tuple[float, ...] = field(repr=False)

    @property
    def availability(self) -> float:
        """The share of all the years that the service worked."""
        return 1 - self.downtime / SECONDS_A_YEAR

    def __str__(self) -> str:
        low, high = map(in_words, self.interval)
        return (
            f"{self.years:,} years, {self.outages:,} outages: {in_words(self.downtime)} a year "
            f"({self.confidence:.0%} sure: {low} to {high})"
        )


def simulate_years(
    structure: Structure,
    *,
    years: int,
    seed: int,
    switching: Mapping[str, Switch] | None = None,
    confidence: float = 0.95,
) -> Years:
    """The downtime of `years` years of the structure, each with its own faults.

    `switching`: what it costs, by component, when that fails and the structure survives it. The
    same seed gives the same years.
    """
    whole, switching = plain(structure), switching or {}
    parts = [part for part in components(whole).values() if part.failures_per_year]
    known(whole, switching, "switching")
    _check(years, seed, confidence, parts)
    rng = np.random.Generator(np.random.PCG64(seed))
    lead = LEAD_IN * max([0.0, *(_longest(p, switching) for p in parts if p.name in switching)])
    lines = _lines(parts, years, float(np.ceil(lead)))
    counted = [_counted(_line(whole, parts, line, switching, rng), line) for line in lines]
    by_year, outages = (np.concatenate(side) for side in zip(*counted, strict=True))
    slowest = max([0.0, *(_longest(part, switching) for part in parts)])
    return _years(by_year, outages, slowest, seed, confidence)


def _check(years: int, seed: int, confidence: float, parts: list[Component]) -> None:
    if not isinstance(years, int) or not isinstance(seed, int) or seed < 0:
        raise InputError("years", "years and seed are whole numbers, the seed 0 or more")
    checked("years", years, FEWEST_YEARS, MOST_YEARS)
    checked("confidence", confidence, 0.5, 0.9999)
    failures = years * sum(part.failures_per_year for part in parts)
    if failures > MOST_FAILURES:
        raise InputError(
            "years", f"{failures:,.0f} failures are too many to run: {MOST_FAILURES:,} at most"
        )


def _longest(part: Component, switching: Mapping[str, Switch]) -> float:
    """The mean repair, or the longest gap if that is longer, in seconds."""
    gaps = switching[part.name].gaps if part.name in switching else ()
    return max(part.hours_to_repair * 3_600, *gaps, 0.0)


def _lines(parts: list[Component], years: int, lead: float) -> list[Line]:
    """All the years, cut into lines that fit in memory."""
    each = sum(expected_columns(part, Line(1, lead)) for part in parts)
    rows = max(1, min(YEARS_AT_ONCE, FAILURES_AT_ONCE // max(each, 1)))
    return [Line(min(rows, years - done), lead) for done in range(0, years, rows)]


def _line(
    whole: Plain,
    parts: list[Component],
    line: Line,
    switching: Mapping[str, Switch],
    rng: np.random.Generator,
) -> Segments:
    """One line of years: the structure's own outages, then those of switching."""
    happened = {part.name: downs(part, line, rng) for part in parts}
    before = segments(whole, happened, line)
    gaps = [
        _gaps(before, happened[name], switch, line, rng)
        for name, switch in switching.items()
        if name in happened
    ]
    if not gaps:
        return before
    starts, ends = (np.concatenate(side) for side in zip(*gaps, strict=True))
    return stopped(before, starts, ends)


def _gaps(
    before: Segments, part: Downs, switch: Switch, line: Line, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """From when to when switching away from `part` stops the service that survives its failure."""
    starts, ends = part.starts[part.fails], part.ends[part.fails]
    here = before.at(starts)
    survived = before.up[here] & before.up[np.maximum(here - 1, 0)]
    starts, ends = starts[survived], ends[survived]
    switched = rng.random(len(starts)) < switch.coverage
    stops = np.where(switched, starts + switch.draw(rng, len(starts)), ends)
    return starts, np.minimum(stops, line.edges[line.row(starts) + 1])


def _counted(found: Segments, line: Line) -> tuple[Floats, Floats]:
    """The seconds down in each year of the line, and the length of each outage."""
    row = line.row(found.starts)
    down = ~found.up & (found.starts >= line.edges[row] + line.lead)
    goes_on = np.zeros(down.shape, dtype=np.bool_)
    goes_on[1:] = down[:-1] & (row[1:] == row[:-1])
    outage = np.cumsum(down & ~goes_on)[down] - 1
    lengths = found.lengths[down]
    by_year = np.bincount(row[down], lengths, line.rows).astype(np.float64)
    return by_year, np.bincount(outage, lengths).astype(np.float64)


def _years(by_year: Floats, outages: Floats, slowest: float, seed: int, confidence: float) -> Years:
    count, total = len(by_year), float(by_year.sum())
    # Of exponential repairs, the one that a moment of downtime falls in has twice the mean. So
    # long an outage must be reckoned with even if none was seen.
    largest = max(2 * slowest, float(outages.max(initial=0.0)))
    low, high = total_interval(total, count * float(by_year.var(ddof=1)), largest, confidence)
    return Years(
        years=count,
        seed=seed,
        confidence=confidence,
        downtime=total / count,
        interval=(low / count, min(high / count, float(SECONDS_A_YEAR))),
        outages=len(outages),
        longest_outage=float(outages.max(initial=0.0)),
        median_year=float(np.median(by_year)),
        worst_year=float(np.quantile(by_year, 0.99)),
        share_without_outage=float(np.mean(by_year == 0)),
        by_year=tuple(by_year.tolist()),
    )
