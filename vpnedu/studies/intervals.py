"""Confidence intervals for sums of few and very unequal terms, such as outages."""

from math import exp, lgamma, log, sqrt


def total_interval(
    total: float, variance: float, largest: float, confidence: float
) -> tuple[float, float]:
    """Where the expected total lies, with the stated confidence or a little more.

    `total` is a sum of terms that come by chance; `variance` is estimated for the total, and
    `largest` is the largest term that must be reckoned with. Fay and Feuer (1997): the total is
    taken as gamma distributed with its own mean and variance, and for the upper bound as if one
    more of the largest terms had come. With equal terms these are the exact bounds for a count.
    With none they are 0 and 3.7 terms at 95 %, the two-sided "rule of three".
    """
    if not largest:
        return 0.0, 0.0
    beyond = (1 - confidence) / 2
    variance = max(variance, 1e-9 * total**2)  # all terms alike still come by chance
    more, spread = total + largest, variance + largest**2
    low = gamma_quantile(beyond, total**2 / variance) * variance / total if total else 0.0
    return low, gamma_quantile(1 - beyond, more**2 / spread) * spread / more


def gamma_quantile(chance: float, shape: float) -> float:
    """The value that a gamma variable of this shape and scale 1 stays below with `chance`.

    >>> round(gamma_quantile(0.95, 1), 3)  # the rule of three
    2.996
    """
    low, high = 0.0, shape + 12 * sqrt(shape) + 40
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        if _below(middle, shape) < chance:
            low = middle
        else:
            high = middle
    return high


def _below(value: float, shape: float) -> float:
    """The regularised lower incomplete gamma function, by its series (DLMF 8.7.1)."""
    term = exp(shape * log(value) - value - lgamma(shape + 1))
    total, more = 0.0, 1
    while term > 1e-14 * total or value > shape + more:
        total += term
        term *= value / (shape + more)
        more += 1
    return total
