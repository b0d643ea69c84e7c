"""The measures of test theory, exact up to their roots, from sums of marks.

Facility, discrimination, efficiency and effective weight are reckoned as Moodle does
(docs.moodle.org, "Quiz statistics calculations"), alpha after Cronbach, Psychometrika 16 (1951).
Shares and correlations are from 0 and -1 to 1; Moodle shows the same numbers times 100. What can't
be told, such as the discrimination of a question that all got right, is None and never NaN.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

import numpy as np

from vpnedu.classroom.analysing.columns import Whole

DIGITS = 4


def product_sum(x: Whole, y: Whole) -> int:
    """The sum of all x times y."""
    return int(np.dot(x, y)) if len(x) else 0


def covariance(x: Whole, y: Whole) -> Fraction | None:
    """The sample covariance, over n - 1; None of fewer than two."""
    n = len(x)
    if n < 2:
        return None
    together = n * product_sum(x, y) - int(x.sum()) * int(y.sum())
    return Fraction(together, n * (n - 1))


def variance(x: Whole) -> Fraction | None:
    """The sample variance, over n - 1; None of fewer than two."""
    return covariance(x, x)


def correlation(x: Whole, y: Whole) -> float | None:
    """Pearson's correlation; None where x or y is the same for all."""
    shared, of_x, of_y = covariance(x, y), variance(x), variance(y)
    if shared is None or not of_x or not of_y:
        return None
    # One root of an exact number: what is ±1 comes out as ±1.
    size = sqrt(shared * shared / (of_x * of_y))
    return size if shared >= 0 else -size


def efficiency(x: Whole, y: Whole) -> float | None:
    """The covariance as a share of the greatest that the same marks allow; None where that is 0."""
    shared, most = covariance(x, y), covariance(np.sort(x), np.sort(y))
    return None if shared is None or not most else float(shared / most)


def effective_weights(covariances: Sequence[Fraction | None]) -> list[float | None]:
    """What each question adds to the spread of totals, as shares that come to 1.

    They go by the roots of the questions' covariances with the total. A question with a negative
    one has no weight, and takes no part in the sum.
    """
    roots = [sqrt(one) if one is not None and one >= 0 else None for one in covariances]
    total = sum(root for root in roots if root is not None)
    return [root / total if root is not None and total else None for root in roots]


def alpha(questions: Sequence[Fraction], total: Fraction | None) -> Fraction | None:
    """Cronbach's alpha from the variances of questions and of the total.

    None of fewer than two questions, and where all have the same total.
    """
    count = len(questions)
    if count < 2 or not total:
        return None
    return Fraction(count, count - 1) * (1 - sum(questions, Fraction(0)) / total)


def standard_error(total: Fraction | None, reliability: Fraction | None) -> float | None:
    """By how much a total would vary if the same student sat such a quiz again, in marks."""
    if total is None or reliability is None:
        return None
    return sqrt(total * (1 - reliability))


def wilson(right: Fraction, n: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The bounds of a share with 95 % confidence (Wilson, JASA 22, 1927).

    Where points are given in part, `right` is their sum: they vary less than all or nothing does,
    and the bounds are then wider than need be.

    >>> [round(bound, 3) for bound in wilson(Fraction(8), 10)]
    [0.49, 0.943]
    """
    share, square = float(right / n), z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def fisher(right: int, n: int, others_right: int, others: int) -> float:
    """The chance of a table at least as unlikely as this one if both groups are alike.

    Fisher's exact test, two-sided: all tables with the same sums that are no likelier than this
    one.

    >>> round(fisher(3, 4, 1, 4), 4)
    0.4857
    """
    hits, misses = right + others_right, n + others - right - others_right
    low, high = max(0, n - misses), min(n, hits)
    # From the likeliest table outwards, each from the one beside it.
    mode = min(max((n + 1) * (hits + 1) // (n + others + 2), low), high)
    weights = {mode: 1.0}
    for at in range(mode, high):
        step = (hits - at) * (n - at) / ((at + 1) * (misses - n + at + 1))
        weights[at + 1] = weights[at] * step
    for at in range(mode, low, -1):
        step = at * (misses - n + at) / ((hits - at + 1) * (n - at + 1))
        weights[at - 1] = weights[at] * step
    # As likely, but for what rounding did.
    limit = weights[right] * (1 + 1e-7)
    return min(1.0, sum(w for w in weights.values() if w <= limit) / sum(weights.values()))


def adjusted(chances: Sequence[float]) -> list[float]:
    """The chances of many tests, made comparable with the share of false alarms that one allows.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).

    >>> adjusted([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(chances)), key=lambda at: (-chances[at], at))
    result, least = [1.0] * len(chances), 1.0
    for below, at in enumerate(order):
        least = min(least, chances[at] * len(chances) / (len(chances) - below))
        result[at] = least
    return result


def rounded(value: float | None) -> float | None:
    """A measure as tables hold it. It is one of exact numbers, so the same on every machine."""
    # Adding nothing makes 0 of -0.
    return None if value is None else round(value, DIGITS) + 0.0


def said(truth: bool) -> str:
    """A truth as tables hold it: yes, or nothing."""
    return "yes" if truth else ""
