"""Designs against faults: how long the worst-hit flow is out, over many seeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.failover import UNTIL, simulate
from vpnedu.simulation.faults import applies

# The cases of the book: a name, and the faults that it combines.
CASES: Mapping[str, tuple[str, ...]] = {
    "planned maintenance": ("planned-maintenance@30",),
    "an instance crashes": ("instance-crash@30",),
    "an instance hangs": ("instance-hang@30",),
    "a tunnel is cut": ("tunnel-cut@30",),
    "a device dies": ("device-loss@30",),
    "an internet provider fails": ("provider-loss@30",),
    "the circuit is cut": ("circuit-cut@30",),
    "the circuit's location is lost": ("location-loss@30",),
    "a zone is lost": ("zone-loss@30",),
    "the region is lost": ("region-loss@30",),
    "a route is withdrawn": ("route-withdrawn@30",),
    "stateful firewalls, two ways": ("asymmetric-return@30",),
    "a longer prefix by VPN": ("more-specific@30",),
    "timers that don't match": ("timer-mismatch@30",),
    "crash, standby dead": ("dead-standby@10", "instance-crash@30"),
    "circuit cut, VPN dead": ("dead-standby@10", "circuit-cut@30"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One design under one case of faults. For each seed, the longest outage of any flow counts.

    `median` and `worst` are in seconds; None where at least half of the runs, or any, had not
    recovered when they ended. `unrecovered` counts those; `seconds` are all lengths, by seed,
    those of unrecovered runs up to the run's end; `worst_seed` is the seed of the longest.
    """

    median: float | None
    worst: float | None
    unrecovered: int
    seconds: tuple[float, ...]
    worst_seed: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells in rows by case of faults, columns by design; None where a fault does not apply."""

    designs: tuple[str, ...]
    faults: tuple[str, ...]
    cells: tuple[tuple[Cell | None, ...], ...]
    profile: str
    seeds: int


@dataclass(frozen=True, slots=True)
class Job:
    """The runs of one cell: one for each seed."""

    design: str
    faults: tuple[str, ...]
    profile: str
    seeds: tuple[int, ...]
    until: float
    settings: Mapping[str, object]

    def run(self, seed: int) -> tuple[float, bool]:
        """The longest outage, and whether all flows recovered."""
        trace = simulate(
            self.design,
            self.faults,
            profile=self.profile,
            until=self.until,
            seed=seed,
            settings=self.settings,
        )
        longest = max((outage.seconds for outage in trace.outages), default=0.0)
        return longest, all(outage.end is not None for outage in trace.outages)


def cell(job: Job) -> Cell:
    """Make the runs of `job`, and sum them up."""
    runs = [job.run(seed) for seed in job.seeds]
    seconds = tuple(longest for longest, _ in runs)
    unrecovered = sum(not recovered for _, recovered in runs)
    longest_at = max(range(len(runs)), key=lambda place: seconds[place])
    return Cell(
        None if 2 * unrecovered >= len(runs) else round(median(seconds), 6),
        None if unrecovered else max(seconds),
        unrecovered,
        seconds,
        job.seeds[longest_at],
    )


def matrix(
    designs: Sequence[str] = tuple(DESIGNS),
    cases: Mapping[str, tuple[str, ...]] = CASES,
    *,
    profile: str = "azure",
    seeds: int = 100,
    until: float = UNTIL,
    settings: Mapping[str, object] | None = None,
    each: Callable[[Callable[[Job], Cell], Sequence[Job]], Iterable[Cell]] = map,
) -> Matrix:
    """Every design under every case that applies to it, with the seeds 1 to `seeds`.

    `each` makes the cells, in order: `map` one after the other; `vpnedu.studies.at_once` on all
    processors.
    """
    if not 1 <= seeds <= 100_000:
        raise InputError("seeds", f"{seeds} is not from 1 to 100,000")
    numbers = tuple(range(1, seeds + 1))
    jobs = [
        Job(name, faults, profile, numbers, until, dict(settings or {}))
        for faults in cases.values()
        for name in designs
        if case_applies(faults, name)
    ]
    made = dict(zip([(job.faults, job.design) for job in jobs], each(cell, jobs), strict=True))
    rows = tuple(tuple(made.get((f, name)) for name in designs) for f in cases.values())
    return Matrix(tuple(designs), tuple(cases), rows, profile, seeds)


def case_applies(faults: Iterable[str], name: str) -> bool:
    """Whether every fault of a case has something to strike in the design called `name`."""
    return all(applies(text, design(name)) for text in faults)
