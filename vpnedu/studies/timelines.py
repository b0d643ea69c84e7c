"""Years of a structure on one line of time, whole arrays at once: when each part is down."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vpnedu.simulation.availability.plain import Plain
from vpnedu.simulation.availability.structures import SECONDS_A_YEAR, Component

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """`rows` years one after another, each after a lead-in that does not count, in seconds."""

    rows: int
    lead: float

    @property
    def span(self) -> float:
        """From one row's start to the next."""
        return self.lead + SECONDS_A_YEAR

    def row(self, times: Floats) -> NDArray[np.intp]:
        """The row that each time is in."""
        return np.searchsorted(self.edges, times, side="right") - 1

    @property
    def edges(self) -> Floats:
        """Where rows start, and where the last one ends."""
        return np.arange(self.rows + 1, dtype=np.float64) * self.span


@dataclass(frozen=True, slots=True)
class Downs:
    """When a component is down, in order. `fails`: it failed then, rather than began down."""

    starts: Floats
    ends: Floats
    fails: Bools

    def down(self, times: Floats) -> Bools:
        """Whether it is down at each time; from its start on, and no longer at its end."""
        begun = np.searchsorted(self.starts, times, side="right")
        return begun > np.searchsorted(self.ends, times, side="right")


@dataclass(frozen=True, slots=True)
class Segments:
    """Time cut where anything changes: `starts`, `lengths`, and whether the service is up."""

    starts: Floats
    lengths: Floats
    up: Bools

    def at(self, times: Floats) -> NDArray[np.intp]:
        """The segment that each time is in."""
        return np.searchsorted(self.starts, times, side="right") - 1


def downs(part: Component, line: Line, rng: np.random.Generator) -> Downs:
    """An alternating renewal process a row, up and down for exponential times.

    It starts as it is at any moment: down with the chance of its unavailability. What is left of
    an exponential time is exponential again.
    """
    up, down = part.hours_up * 3_600, part.hours_to_repair * 3_600
    columns = expected_columns(part, line)
    begins_down = rng.random(line.rows) < part.unavailability
    blocks: list[tuple[Floats, Floats]] = []
    reached = np.zeros(line.rows)
    while reached.min() < line.span:
        ups = rng.exponential(up, (line.rows, columns))
        repairs = rng.exponential(down, (line.rows, columns))
        if not blocks:
            ups[begins_down, 0] = 0.0
        ends = reached[:, None] + np.cumsum(ups + repairs, axis=1)
        blocks.append((ends - repairs, ends))
        reached = ends[:, -1]
    starts, ends = (np.concatenate(side, axis=1) for side in zip(*blocks, strict=True))
    fails = np.ones(starts.shape, dtype=np.bool_)
    fails[begins_down, 0] = False
    kept = np.nonzero(starts < line.span)
    offset = line.edges[kept[0]]
    return Downs(starts[kept] + offset, np.minimum(ends[kept], line.span) + offset, fails[kept])


def expected_columns(part: Component, line: Line) -> int:
    """Failures to draw for a row so that they nearly always reach its end."""
    expected = part.failures_per_year * line.span / SECONDS_A_YEAR
    return int(expected + 5 * expected**0.5) + 2


def segments(whole: Plain, parts: Mapping[str, Downs], line: Line) -> Segments:
    """The line cut at every failure and repair, with the state of the structure in between."""
    cuts = [line.edges, line.edges[:-1] + line.lead]
    cuts += [side for part in parts.values() for side in (part.starts, part.ends)]
    times = np.unique(np.concatenate(cuts))
    starts = times[:-1]
    states = {name: ~part.down(starts) for name, part in parts.items()}
    up = np.broadcast_to(_up(whole, states), starts.shape)
    return Segments(starts, np.diff(times), up)


def stopped(known: Segments, starts: Floats, ends: Floats) -> Segments:
    """The same time with the service down from each start to its end as well."""
    last = known.starts[-1] + known.lengths[-1]
    times = np.unique(np.concatenate([known.starts, starts, ends, [last]]))
    gaps = Downs(np.sort(starts), np.sort(ends), np.ones(starts.shape, dtype=np.bool_))
    begins = times[:-1]
    return Segments(begins, np.diff(times), known.up[known.at(begins)] & ~gaps.down(begins))


def _up(structure: Plain, states: Mapping[str, Bools]) -> Bools:
    """Whether the structure works, for all segments at once. A part without failures is up."""
    if isinstance(structure, Component):
        return states.get(structure.name, np.ones(1, dtype=np.bool_))
    working = np.zeros(1, dtype=np.int32)
    for part in structure.parts:
        working = working + _up(part, states)
    return working >= structure.k
