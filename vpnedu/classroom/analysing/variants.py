"""Whether the variants of a pool are equally hard: a student can't choose which one to get."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from vpnedu.classroom.analysing.columns import Columns, Tally
from vpnedu.classroom.analysing.measures import adjusted, fisher, rounded, said, wilson
from vpnedu.classroom.telling.tables import Cell

# Fewer students say too little of a variant for a test of it to be worth a false alarm.
FEWEST = 20
# Of the variants that are said to differ, so many may be alarms for nothing.
FALSE_ALARMS = 0.05


@dataclass(frozen=True, slots=True)
class Variant:
    """How one variant of a slot's pool fared among the `n` students who got it.

    `facility` lies between `low` and `high` with 95 % confidence (Wilson). `full` is how many got
    all its points. `chance` is that of so uneven a number of them if the variant were as hard as
    the rest of its pool (Fisher), adjusted over all variants of the quiz (Benjamini and Hochberg);
    None of fewer than `FEWEST` students.
    """

    slot: str
    variant: int
    n: int
    full: int
    facility: float
    low: float
    high: float
    chance: float | None = None

    @property
    def differs(self) -> bool:
        """Whether it is harder or easier than the rest of its pool, beyond chance."""
        return self.chance is not None and self.chance <= FALSE_ALARMS


def compared(taken_in: Columns) -> tuple[Variant, ...]:
    """Every variant that somebody got, of all pools with more than one."""
    found: list[Variant] = []
    for column, tallies in zip(taken_in.columns, taken_in.tallies, strict=True):
        if len(column.slot.pool) > 1:
            found += _variants(column.slot.name, tallies)
    tested = [at for at, one in enumerate(found) if one.chance is not None]
    chances = adjusted([found[at].chance or 0.0 for at in tested])
    for at, chance in zip(tested, chances, strict=True):
        found[at] = replace(found[at], chance=chance)
    return tuple(found)


def _variants(slot: str, tallies: Iterable[Tally]) -> list[Variant]:
    sizes: defaultdict[int, int] = defaultdict(int)
    full: defaultdict[int, int] = defaultdict(int)
    scores: defaultdict[int, Fraction] = defaultdict(Fraction)
    for tally in tallies:
        variant, score = tally.response.variant, tally.response.mark.score
        sizes[variant] += tally.count
        full[variant] += tally.count * (score == 1)
        scores[variant] += tally.count * score
    everyone, right = sum(sizes.values()), sum(full.values())
    found = []
    for variant, n in sorted(sizes.items()):
        hits, others = full[variant], everyone - n
        chance = fisher(hits, n, right - hits, others) if n >= FEWEST and others else None
        facility = float(scores[variant] / n)
        low, high = wilson(scores[variant], n)
        found.append(Variant(slot, variant, n, hits, facility, low, high, chance))
    return found


_VARIANTS = ("slot", "variant", "n", "full", "facility", "low", "high", "p_adjusted", "differs")


def variants_rows(found: Sequence[Variant]) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The columns and rows of a table of variants; they go by their places in the pool, from 0."""
    return _VARIANTS, [
        (
            *(one.slot, one.variant, one.n, one.full),
            *map(rounded, (one.facility, one.low, one.high, one.chance)),
            said(one.differs),
        )
        for one in found
    ]
