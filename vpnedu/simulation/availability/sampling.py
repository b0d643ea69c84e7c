"""Years by chance, a few at a time: how lucky and unlucky years differ, in a browser's Python too.

The means are known exactly (`availability`); what years show beside them is their spread. The big
Monte Carlo, with what a failover itself costs, is `vpnedu.studies.years`, which needs numpy.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import fsum, log, sqrt

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability.exact import stands
from vpnedu.simulation.availability.plain import components, plain
from vpnedu.simulation.availability.structures import HOURS_A_YEAR, Component, Structure
from vpnedu.simulation.chance import Chance

FEWEST, MOST = 100, 100_000
AT_ONCE = 25  # years in a slice: some hundredths of a second
SURE = 1.96  # standard errors on each side hold the mean with the chance 0.95


@dataclass(frozen=True, slots=True)
class Sampled:
    """What the years came to, in hours a year.

    `interval` holds the true mean with the chance 0.95, as far as the years are many enough to be
    normal; `worst` is the worst year, `over_an_hour` the share of years that lost more than one,
    `untouched` the share that lost nothing.
    """

    years: int
    seed: int
    mean: float
    interval: tuple[float, float]
    worst: float
    over_an_hour: float
    untouched: float


def sampled_years(
    structure: Structure, years: int, seed: int
) -> Generator[tuple[int, int], None, Sampled]:
    """Lives through `years` years of `structure`; yields (done, of) as it goes.

    Each part works and is repaired for exponential times with its own means. A year begins where
    the last one ended. The same seed gives the same years.
    """
    if not FEWEST <= years <= MOST:
        rule = f"{years:,} years; from {FEWEST:,} to {MOST:,} can be lived through"
        raise InputError("years", rule)
    lost: list[float] = []
    life = _life(structure, seed)
    while len(lost) < years:
        lost += [next(life) for _ in range(min(AT_ONCE, years - len(lost)))]
        yield len(lost), years
    return _told(lost, seed)


def _life(structure: Structure, seed: int) -> Generator[float, None, None]:
    """The hours lost in one year after the other, for ever."""
    whole = plain(structure)
    parts = {name: part for name, part in components(whole).items() if part.failures_per_year}
    streams = {name: Chance(seed, f"years/{name}") for name in parts}
    following = {name: _wait(parts[name], False, streams[name]) for name in parts}
    down: set[str] = set()
    now, standing, lost = 0.0, True, 0.0
    year = 1
    while True:
        name = min(following, key=following.__getitem__, default="")
        until = following[name] if name else float("inf")
        while until >= year * HOURS_A_YEAR:
            lost += 0.0 if standing else year * HOURS_A_YEAR - now
            now, year = year * HOURS_A_YEAR, year + 1
            yield lost
            lost = 0.0
        lost += 0.0 if standing else until - now
        now = until
        down ^= {name}
        following[name] = now + _wait(parts[name], name in down, streams[name])
        standing = stands(whole, down)


def _wait(part: Component, repair: bool, chance: Chance) -> float:
    """Hours until a part that works fails, or one in repair works again."""
    mean = part.hours_to_repair if repair else part.hours_up
    return -mean * log(1 - chance.random())


def _told(lost: list[float], seed: int) -> Sampled:
    count = len(lost)
    mean = fsum(lost) / count
    spread = sqrt(fsum((hours - mean) ** 2 for hours in lost) / (count - 1) / count)
    return Sampled(
        years=count,
        seed=seed,
        mean=mean,
        interval=(max(0.0, mean - SURE * spread), mean + SURE * spread),
        worst=max(lost),
        over_an_hour=len([hours for hours in lost if hours > 1]) / count,
        untouched=lost.count(0.0) / count,
    )
