"""`vpnedu availability`: designs by name, or groups of parts in words, and what comes of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vpnedu.cli import groups
from vpnedu.cli.options import as_typed, decimal, whole
from vpnedu.cli.plain import clipped, nearest
from vpnedu.cli.simulating import chosen
from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import (
    SECONDS_A_YEAR,
    Saving,
    Structure,
    availability,
    cut_sets,
    unavailability,
    weakest,
)
from vpnedu.simulation.availability.plain import components, plain
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.designs.structure import RATES, Rates, structure_of
from vpnedu.simulation.profiles import profile
from vpnedu.studies.at_once import Progress, at_once
from vpnedu.studies.montecarlo import FEWEST_YEARS, MOST_YEARS, Years, simulate_years
from vpnedu.studies.years import design_years


@dataclass(frozen=True, slots=True)
class Service:
    """Something whose availability is asked: a design, or a group of parts without one."""

    name: str
    structure: Structure
    design: Design | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The exact availability of a service, and what years by chance came to, if asked."""

    service: Service
    availability: float
    downtime: float
    single_points: tuple[str, ...]
    savings: tuple[Saving, ...]
    years: Years | None

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON-ready data; times are seconds a year."""
        data: dict[str, Any] = {
            "name": self.service.name,
            "availability": self.availability,
            "downtime": self.downtime,
            "single_points": list(self.single_points),
            "mend_first": [asdict(saving) for saving in self.savings],
            "parts": [asdict(part) for part in components(plain(self.service.structure)).values()],
        }
        if self.years is not None:
            chance = asdict(self.years)
            del chance["by_year"]
            data["by_chance"] = chance | {"availability": self.years.availability}
        return data


@dataclass(frozen=True, slots=True)
class Chance:
    """How years by chance are made: how many, with which luck, and how failovers go."""

    years: int
    seed: int
    profile: str
    coverage: float
    rates: Rates

    @classmethod
    def of(
        cls, years: str, seed: str, profile_name: str, coverage: str, rates: Sequence[str] | None
    ) -> "Chance":
        """The options as texts; without years there is no chance in it."""
        with as_typed():
            profile(profile_name)
            share = decimal(coverage, "--coverage")
            if not 0 <= share <= 1:
                raise InputError("--coverage", f"{share:g} is not a share from 0 to 1")
            number = whole(years, "--years", FEWEST_YEARS, MOST_YEARS) if years else 0
            return cls(number, whole(seed, "--seed"), profile_name, share, _rates(rates or ()))

    def of_service(self, service: Service) -> Years | None:
        """The years of one service. A failover takes the seconds that the simulation takes."""
        if service.design is None:
            return simulate_years(service.structure, years=self.years, seed=self.seed)
        return design_years(
            service.design,
            years=self.years,
            seed=self.seed,
            profile=self.profile,
            coverage=self.coverage,
            rates=self.rates,
        )


def services(
    words: Sequence[str], chance: Chance, repair: str, beta: str | None
) -> tuple[Service, ...]:
    """What is asked for: one group of parts if the first word says so, or else designs."""
    if words and groups.begins(words[0]):
        hours = groups.hours(repair, "--repair")
        share = None if beta is None else decimal(beta, "--beta")
        if chance.rates != RATES:
            raise InputError("--rate", "is for designs; in a group write the rate as a part: 4,2h")
        return (Service(" ".join(words), groups.read(words, hours, share)),)
    if beta is not None:
        raise InputError("--beta", "is for a group: vpnedu availability parallel 0.999 0.999")
    designs = [chosen(name) for name in dict.fromkeys(words or DESIGNS)]
    return tuple(Service(one.name, structure_of(one, chance.rates), one) for one in designs)


def found(asked: Sequence[Service], chance: Chance, progress: Progress) -> list[Found]:
    """The exact availability of each, and beside it the years by chance, if there are any."""
    years: Sequence[Years | None] = [None] * len(asked)
    if chance.years:
        with as_typed():
            years = at_once(chance.of_service, asked, progress)
    return [_exact(one, by_chance) for one, by_chance in zip(asked, years, strict=True)]


def _exact(service: Service, years: Years | None) -> Found:
    structure = service.structure
    return Found(
        service,
        availability(structure),
        unavailability(structure) * SECONDS_A_YEAR,
        tuple(part for cut in cut_sets(structure, 1) for part in cut),
        weakest(structure),
        years,
    )


def _rates(given: Sequence[str]) -> Rates:
    """The usual rates, some of them replaced: "provider=2,4h" is twice a year for 4 hours."""
    rates = dict(RATES)
    for text in given:
        kind, _, value = (part.strip() for part in text.partition("="))
        if kind not in RATES:
            rule = f"there is no kind {clipped(kind, 40)!r}; nearest: {nearest(kind, tuple(RATES))}"
            raise InputError("--rate", rule)
        rates[kind] = groups.rate(value, "--rate")
    return rates
