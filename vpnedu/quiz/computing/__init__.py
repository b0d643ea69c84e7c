"""Answers that the bank has computed: `[question.computed]` names a calculation and its inputs.

Each calculation gives words by name: `answer`, and others that a text may show, as in
"leaves {unused} bytes". To add one: a function in a module here, and its name in `COMPUTED`.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing import designs, flows, lookups, plans, shares, sizes

Words = dict[str, str]
# What a fact's file, table, row and column lead to; whoever reads files gives it.
Fact = Callable[[str, str, str, str], str]

COMPUTED: dict[str, Callable[..., Words]] = {
    "sealed-length": sizes.sealed,
    "largest-inner": sizes.largest,
    "tcp-mss": sizes.mss,
    "fragments": sizes.pieces,
    "overhead-percent": sizes.overhead,
    "part-length": sizes.part,
    "addresses": sizes.addresses,
    "last-address": sizes.last,
    "address-number": sizes.numbered,
    "agreeing-bits": sizes.agreeing,
    "covering-prefix": sizes.covering,
    "route": lookups.routed,
    "route-prefix": lookups.winning_prefix,
    "rehashed": lookups.rehashed,
    "policy": lookups.decided,
    "narrowing": lookups.narrowed,
    "replay": lookups.accepted,
    "bgp-path": lookups.best_path,
    "availability": shares.chained,
    "common-cause": shares.common_cause,
    "downtime": shares.lost_time,
    "sum": shares.total,
    "free-block": plans.room,
    "smallest-block": plans.smallest,
    "plan-findings": plans.findings,
    "at-least": plans.enough,
    "timer": designs.timer,
    "give-up": designs.give_up,
    "count": designs.count,
    "outages": designs.outages,
    "flow-outage": flows.outage,
    "moment": flows.moment,
    "flow-carrier": flows.carrier,
    "flow-delay": flows.delay,
}


def computed(by: str, inputs: Mapping[str, Any], fact: Fact) -> Words:
    """The words that the calculation called `by` gives; InputError names the input at fault."""
    made = {**COMPUTED, "fact": fact_words(fact)}.get(by)
    if made is None:
        known = ", ".join([*COMPUTED, "fact"])
        raise InputError("by", f"there is no calculation {by!r}; there are {known}")
    try:
        inspect.signature(made).bind(**inputs)
    except TypeError as wrong:
        raise InputError("computed", f"{by}: {wrong}") from None
    try:
        return made(**inputs)
    except (AttributeError, TypeError, ValueError, KeyError) as wrong:
        if isinstance(wrong, InputError):
            raise
        raise InputError("computed", f"{by}: {wrong}") from None


def fact_words(fact: Fact) -> Callable[..., Words]:
    """The calculation that looks a provider's fact up."""

    def stated(file: str, table: str, row: str, column: str) -> Words:
        return {"answer": fact(file, table, row, column)}

    return stated
