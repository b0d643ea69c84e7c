"""Which gateway serves a list of needs: rules, and how they are combined.

A rule says which SKUs its needs rule out when all of them are wanted. A choice is then the first
SKU that no rule rules out. `choosing_rules` reads the rules off the provider facts; the page's
chooser carries the same rules and combines them the same way.
"""

from collections.abc import Collection
from dataclasses import dataclass

from vpnedu.network.addresses import InputError

POLICY, ROUTE = "policy-based", "route-based"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a reader can tick."""

    id: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Sku:
    """A row of the table of SKUs: its name without the type, the type, and a remark or ""."""

    name: str
    kind: str
    remark: str

    @property
    def basic(self) -> bool:
        return self.name == "Basic"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the SKUs at the places `out` are ruled out; `sources` are pages with their dates."""

    out: tuple[int, ...]
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is ruled out when all of `needs` are wanted; `way`: what to do if nothing is left."""

    needs: tuple[str, ...]
    reasons: tuple[Reason, ...]
    way: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What serves the needs: `sku`, or None where they contradict each other.

    `rules` are those that had a say. `without` tells for each single need what would serve the
    rest, where nothing serves all.
    """

    sku: Sku | None
    rules: tuple[Rule, ...]
    without: tuple[tuple[Need, Sku], ...] = ()


@dataclass(frozen=True)
class Chooser:
    """All needs that can be ticked, the SKUs in the order of preference, and the rules."""

    needs: tuple[Need, ...]
    skus: tuple[Sku, ...]
    rules: tuple[Rule, ...]

    def chosen(self, wanted: Collection[str]) -> Choice:
        """The smallest gateway for the needs with these ids; policy-based only as the last way."""
        known = [need.id for need in self.needs]
        for name in wanted:
            if name not in known:
                raise InputError("needs", f"there is no {name!r}; there are {', '.join(known)}")
        rules = tuple(rule for rule in self.rules if set(rule.needs) <= set(wanted))
        sku = self._first(rules)
        if sku is not None:
            return Choice(sku, rules)
        left = ((need, self._first(self._but(rules, need))) for need in self.needs)
        without = tuple((need, sku) for need, sku in left if need.id in wanted and sku)
        return Choice(None, rules, without)

    def _first(self, rules: tuple[Rule, ...]) -> Sku | None:
        out = {place for rule in rules for reason in rule.reasons for place in reason.out}
        return next((sku for place, sku in enumerate(self.skus) if place not in out), None)

    def _but(self, rules: tuple[Rule, ...], need: Need) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if need.id not in rule.needs)
