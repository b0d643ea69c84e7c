"""Which questions of a quiz did their work: measures of each, and what to look at.

The measures are those of `measures`, over the responses of `columns`. The limits are PrairieLearn's
advice on assessment statistics: scores from 0.2 to 0.95, and a discrimination of 0.2 but for
questions that almost all get right. Moodle's notes ("Quiz report statistics") call the same ends of
facility difficult and extremely easy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

from vpnedu.classroom.analysing.columns import Column, Columns, Tally, Whole, taken
from vpnedu.classroom.analysing.distractors import WRONG_KEY, Pick, Wrong, picks, wrongs
from vpnedu.classroom.analysing.measures import (
    alpha,
    correlation,
    covariance,
    effective_weights,
    efficiency,
    product_sum,
    rounded,
    said,
    standard_error,
    variance,
)
from vpnedu.classroom.analysing.offered import guess
from vpnedu.classroom.analysing.variants import Variant, compared
from vpnedu.classroom.grading.results import Results
from vpnedu.classroom.telling.tables import Cell

HARD, EASY, WEAK = 0.2, 0.95, 0.2
# Below this many students a correlation says next to nothing: at 30 its 95 % interval is ±0.36.
FEW = 30

# What is wrong with a question, in plain words, by the code that stands in tables; worst first.
VERDICTS = {
    "key": "look at the key: a wrong choice drew stronger students than the right one",
    "negative": "look at the key: who did well elsewhere did worse here",
    "guessed": "no better than guessing",
    "hard": "hard",
    "weak": "does not tell strong from weak",
    "easy": "easy",
    "variants": "its variants are not equally hard",
}


@dataclass(frozen=True, slots=True)
class Item:
    """The measures of one slot; None where one can't be told.

    `facility` and all measures of shares are from 0 to 1, `sd` is in points. `discrimination` is
    the correlation with the marks in all other slots, `with_total` with all, its own included.
    `weight` is the share that a slot was meant to have in the total, `effective` the one that it
    had. `guess` is what picking at random gives, `upper_lower` how much better the upper 27 % of
    the class did than the lower, `alpha_without` the quiz's alpha without it. A `dropped` slot has
    no part in totals. `flags` are codes of `VERDICTS`.
    """

    slot: str
    points: Fraction
    variants: int
    dropped: bool
    facility: float | None
    sd: float | None
    discrimination: float | None
    with_total: float | None
    efficiency: float | None
    weight: float | None
    guess: float | None
    upper_lower: float | None
    alpha_without: float | None
    effective: float | None = None
    negative_weight: bool = False
    blank: float | None = None
    invalid: float | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """A class's answers, measured: over all slots that count, and of every slot.

    `mean`, `sd` and `sem`, the standard error of measurement, are in points.
    """

    n: int
    mean: float | None
    sd: float | None
    alpha: float | None
    sem: float | None
    items: tuple[Item, ...]
    picks: tuple[Pick, ...]
    wrongs: tuple[Wrong, ...]
    variants: tuple[Variant, ...]

    @property
    def few(self) -> bool:
        """Whether there are too few students for these numbers to say much."""
        return self.n < FEW


def analysed(results: Results) -> Analysis:
    """The analysis of one submission a student: see `columns` for which one."""
    taken_in = taken(results)
    counting = [column for column in taken_in.columns if column.counts]
    spread = variance(taken_in.totals)
    reliability = alpha([variance(column.marks) or Fraction(0) for column in counting], spread)
    chosen, variants = picks(taken_in), compared(taken_in)
    sem = standard_error(spread, reliability)
    mean = Fraction(int(taken_in.totals.sum()), taken_in.n) if taken_in.n else None
    return Analysis(
        n=taken_in.n,
        mean=None if mean is None else taken_in.points(mean),
        sd=None if spread is None else sqrt(spread) / taken_in.unit,
        alpha=_float(reliability),
        sem=None if sem is None else sem / taken_in.unit,
        items=_items(taken_in, chosen, variants),
        picks=chosen,
        wrongs=wrongs(taken_in),
        variants=variants,
    )


def _items(
    taken_in: Columns, chosen: Sequence[Pick], variants: Sequence[Variant]
) -> tuple[Item, ...]:
    shared = [covariance(one.marks, taken_in.totals) for one in taken_in.columns if one.counts]
    weights = iter(zip(shared, effective_weights(shared), strict=True))
    miskeyed = {pick.slot for pick in chosen if WRONG_KEY in pick.flags}
    uneven = {variant.slot for variant in variants if variant.differs}
    items: list[Item] = []
    for place, column in enumerate(taken_in.columns):
        name = column.slot.name
        with_total, effective = next(weights) if column.counts else (None, None)
        item = replace(
            _measured(column, taken_in),
            effective=effective,
            negative_weight=with_total is not None and with_total < 0,
            blank=_share("blank", taken_in.tallies[place]),
            invalid=_share("invalid", taken_in.tallies[place]),
        )
        flags = _signs(item) | {"key": name in miskeyed, "variants": name in uneven}
        items.append(replace(item, flags=tuple(code for code in VERDICTS if flags[code])))
    return tuple(items)


def _measured(column: Column, taken_in: Columns) -> Item:
    """The measures of one slot by itself and beside the others; its weight is still to come."""
    slot, marks, rest = column.slot, column.marks, taken_in.rest(column)
    spread, most = variance(marks), column.slot.points * taken_in.unit
    counting = [one.slot.points for one in taken_in.columns if one.counts]
    guesses = [guess(question.answer) for question in slot.pool]
    known = [one for one in guesses if one is not None]
    return Item(
        slot=slot.name,
        points=slot.points,
        variants=len(slot.pool),
        dropped=not column.counts,
        facility=float(Fraction(int(marks.sum()), taken_in.n) / most) if taken_in.n else None,
        sd=None if spread is None else sqrt(spread) / taken_in.unit,
        discrimination=correlation(marks, rest),
        with_total=correlation(marks, taken_in.totals),
        efficiency=efficiency(marks, rest),
        weight=float(slot.points / sum(counting)) if column.counts else None,
        guess=float(sum(known) / len(known)) if len(known) == len(guesses) else None,
        upper_lower=_upper_lower(marks, most, taken_in),
        alpha_without=_float(_alpha_without(column, taken_in)),
    )


def _upper_lower(marks: Whole, most: Fraction, taken_in: Columns) -> float | None:
    if taken_in.outer is None:
        return None
    low, high = (Fraction(product_sum(marks, w), int(w.sum())) for w in taken_in.outer)
    return float((high - low) / most)


def _alpha_without(column: Column, taken_in: Columns) -> Fraction | None:
    if not column.counts:
        return None
    others = [one for one in taken_in.columns if one.counts and one is not column]
    spreads = [variance(one.marks) or Fraction(0) for one in others]
    return alpha(spreads, variance(taken_in.rest(column)))


def _share(status: str, tallies: Sequence[Tally]) -> float | None:
    """The share of the answers with that status."""
    n = sum(tally.count for tally in tallies)
    hits = sum(tally.count for tally in tallies if tally.response.mark.status == status)
    return hits / n if n else None


def _signs(item: Item) -> dict[str, bool]:
    facility, tells = item.facility, item.discrimination
    if facility is None:
        return dict.fromkeys(VERDICTS, False)
    weak = tells is not None and 0 <= tells < WEAK and facility <= EASY
    return {
        "negative": tells is not None and tells < 0,
        "guessed": item.guess is not None and facility <= item.guess,
        "hard": facility < HARD,
        "weak": weak,
        "easy": facility > EASY,
    }


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


_ITEMS = (
    *("slot", "points", "variants", "dropped", "n", "facility", "sd", "discrimination_rest"),
    *("discrimination_total", "efficiency", "intended_weight", "effective_weight"),
    *("negative_weight", "random_guess", "upper_lower_27", "alpha_without", "blank", "invalid"),
    *("flags", "too_few"),
)


def items_rows(analysis: Analysis) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The columns and the rows of a table of all slots."""
    return _ITEMS, [_row(item, analysis) for item in analysis.items]


def _row(item: Item, analysis: Analysis) -> tuple[Cell, ...]:
    measured = (
        *(item.facility, item.sd, item.discrimination, item.with_total, item.efficiency),
        *(item.weight, item.effective),
    )
    more = (item.guess, item.upper_lower, item.alpha_without, item.blank, item.invalid)
    return (
        *(item.slot, item.points, item.variants, said(item.dropped), analysis.n),
        *map(rounded, measured),
        said(item.negative_weight),
        *map(rounded, more),
        *(" ".join(item.flags), said(analysis.few)),
    )
