"""Years of a design: parts fail by chance, and a failover takes what the simulation takes."""

from collections.abc import Mapping

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import Design
from vpnedu.simulation.designs.structure import RATES, Rates, structure_of
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.profiles import Profile
from vpnedu.studies.montecarlo import Switch, Years, simulate_years

# The fault that a failing thing of each kind stands for.
FAULT_OF = {
    "device": "device-loss",
    "provider": "provider-loss",
    "circuit": "circuit-cut",
    "location": "location-loss",
    "instance": "instance-crash",
    "zone": "zone-loss",
    "region": "region-loss",
}


def gaps(
    design: Design,
    thing: str,
    *,
    profile: str | Profile = "azure",
    settings: Mapping[str, object] | None = None,
    runs: int = 10,
) -> tuple[float, ...]:
    """The seconds for which the worst-hit flow stands still when `thing` fails, run by run.

    Of a run that does not recover the seconds count up to its end: there the structure itself is
    down, and the gap adds nothing.
    """
    kind = design.kind_of(thing)
    number = design.things[kind].index(thing) + 1
    fault = f"{FAULT_OF[kind]}#{number}@30"
    return tuple(
        max((outage.seconds for outage in trace.outages), default=0.0)
        for trace in (
            simulate(design, (fault,), profile=profile, seed=seed, settings=settings)
            for seed in range(1, runs + 1)
        )
    )


def design_years(
    design: Design,
    *,
    years: int,
    seed: int,
    profile: str | Profile = "azure",
    settings: Mapping[str, object] | None = None,
    coverage: float = 1.0,
    rates: Rates = RATES,
    confidence: float = 0.95,
) -> Years:
    """Years of faults over `design`. `coverage` is the part of failovers that do happen."""
    if not 0 <= coverage <= 1:
        raise InputError("coverage", f"{coverage:g} is not a share from 0 to 1")
    switching = {
        thing: Switch(gaps(design, thing, profile=profile, settings=settings), coverage)
        for kind, things in design.things.items()
        if kind in FAULT_OF
        for thing in things
    }
    return simulate_years(
        structure_of(design, rates),
        years=years,
        seed=seed,
        switching=switching,
        confidence=confidence,
    )
