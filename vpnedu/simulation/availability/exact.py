"""The availability of a structure, exactly; and what in it to mend first.

All sums are of positive terms, so a small unavailability keeps its digits.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, product
from math import fsum, prod

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability.plain import Gate, Plain, components, plain
from vpnedu.simulation.availability.structures import (
    SECONDS_A_YEAR,
    Component,
    Structure,
    checked,
)

MOST_ENUMERATED = 20
MOST_CASES = 100_000

State = Plain | bool  # a part as it stands, or as it is known to be: True works, False is down
Cases = dict[tuple[State, ...], list[float]]


@dataclass(frozen=True, slots=True)
class Saving:
    """The seconds a year that are saved if the component `name` never failed again."""

    name: str
    seconds: float


def availability(structure: Structure, given: Mapping[str, bool] | None = None) -> float:
    """The share of time that the structure works.

    `given`: components that are known to work (True) or to be down (False), by name.

    >>> from vpnedu.simulation.availability import Component, Parallel, Series
    >>> device, gateway = Component.of("device", 0.999), Component.of("gateway", 0.9995)
    >>> round(availability(Series(device, gateway)), 7)
    0.9985005
    >>> round(availability(Series(device, Parallel(device, gateway))), 7)  # one device, twice
    0.999
    """
    return _solved(structure, given)[1]


def unavailability(structure: Structure, given: Mapping[str, bool] | None = None) -> float:
    """The share of time that the structure is down, to full precision however small."""
    return _solved(structure, given)[0]


def by_enumeration(structure: Structure) -> float:
    """The availability as the sum over all states of all components: slow, and plainly right."""
    whole = plain(structure)
    parts = list(components(whole).values())
    if len(parts) > MOST_ENUMERATED:
        raise InputError(
            "structure", f"{len(parts)} components have too many states: {MOST_ENUMERATED} at most"
        )
    chances = []
    for states in product((True, False), repeat=len(parts)):
        if stands(whole, {p.name for p, up in zip(parts, states, strict=True) if not up}):
            each = zip(parts, states, strict=True)
            chances.append(prod(p.availability if up else p.unavailability for p, up in each))
    return fsum(chances)


def works(structure: Structure, down: Collection[str]) -> bool:
    """Whether the structure works while the components named in `down` do not."""
    whole = plain(structure)
    return stands(whole, known(whole, down, "down"))


def weakest(structure: Structure) -> tuple[Saving, ...]:
    """What it would save, a year, if a component never failed again; the most first.

    Savings of parts that stand in for each other do not add up.
    """
    whole = plain(structure)
    now, _ = _chances(whole, {})
    savings = (
        Saving(name, max(0.0, now - _chances(_given(whole, {name: True}), {})[0]) * SECONDS_A_YEAR)
        for name in components(whole)
    )
    return tuple(sorted(savings, key=lambda saving: -saving.seconds))


def cut_sets(structure: Structure, largest: int = 2) -> tuple[frozenset[str], ...]:
    """The smallest sets of components that stop the structure together, of at most `largest`.

    A set of one is a single point of failure.
    """
    checked("largest", largest, lowest=1)
    whole = plain(structure)
    found: list[frozenset[str]] = []
    names = [name for name, part in components(whole).items() if part.unavailability]
    for size in range(1, largest + 1):
        for chosen in map(frozenset, combinations(names, size)):
            if not any(cut <= chosen for cut in found) and not stands(whole, chosen):
                found.append(chosen)
    return tuple(found)


def known(structure: Plain, names: Collection[str], field: str) -> Collection[str]:
    """`names` if they are all components of the plain `structure`."""
    there = components(structure)
    for name in names:
        if name not in there:
            near = get_close_matches(str(name), there, cutoff=0.0)
            raise InputError(field, f"there is no {name!r}; the nearest are {', '.join(near)}")
    return names


def stands(structure: Plain, down: Collection[str]) -> bool:
    """`works` for a plain structure and names that are known to be its components'."""
    if isinstance(structure, Component):
        return structure.name not in down
    return sum(stands(part, down) for part in structure.parts) >= structure.k


def _solved(structure: Structure, given: Mapping[str, bool] | None) -> tuple[float, float]:
    """The chances that the structure is down and that it works."""
    whole = plain(structure)
    known(whole, given or (), "given")
    return _chances(_given(whole, given or {}), {})


def _given(structure: State, states: Mapping[str, bool]) -> State:
    """What is left to know of a structure once some components' states are known."""
    match structure:
        case bool():
            return structure
        case Component(name=name):
            return states.get(name, structure)
    parts = [_given(part, states) for part in structure.parts]
    needed = structure.k - sum(part is True for part in parts)
    rest = [part for part in parts if not isinstance(part, bool)]
    if needed <= 0 or needed > len(rest):
        return needed <= 0
    return rest[0] if len(rest) == 1 else Gate(needed, tuple(rest))


def _chances(structure: State, cases: Cases) -> tuple[float, float]:
    match structure:
        case bool():
            return (0.0, 1.0) if structure else (1.0, 0.0)
        case Component():
            return structure.unavailability, structure.availability
    counts = _counts(structure.parts, cases)
    return fsum(counts[: structure.k]), fsum(counts[structure.k :])


def _counts(parts: tuple[State, ...], cases: Cases) -> list[float]:
    """The chances that 0, 1, 2 … of `parts` work: groups that share nothing are independent."""
    whole = [1.0]
    for group in _groups(parts):
        one = _group_counts(group, cases)
        longer = [0.0] * (len(whole) + len(one) - 1)
        for i, chance in enumerate(whole):
            for j, other in enumerate(one):
                longer[i + j] += chance * other
        whole = longer
    return whole


def _group_counts(group: tuple[State, ...], cases: Cases) -> list[float]:
    """The same for parts that share components.

    Factoring: the most shared component once as working, once as down, each with its chance.
    """
    if len(group) == 1:
        return list(_chances(group[0], cases))
    if group not in cases:
        if len(cases) >= MOST_CASES:
            raise InputError("structure", f"its shared parts make more than {MOST_CASES:,} cases")
        names = [part for each in group for part in _names(each).values()]
        shared = max(names, key=names.count)
        working, down = (
            _counts(tuple(_given(part, {shared.name: state}) for part in group), cases)
            for state in (True, False)
        )
        up, out = shared.availability, shared.unavailability
        cases[group] = [up * a + out * b for a, b in zip(working, down, strict=True)]
    return cases[group]


def _names(part: State) -> dict[str, Component]:
    return {} if isinstance(part, bool) else components(part)


def _groups(parts: tuple[State, ...]) -> Iterator[tuple[State, ...]]:
    """`parts` in groups, as many as can be, so that no component stands in two of them."""
    groups: list[tuple[set[str], list[State]]] = []
    for part in parts:
        names, members = set(_names(part)), [part]
        apart = []
        for group in groups:
            if names.isdisjoint(group[0]):
                apart.append(group)
            else:
                names |= group[0]
                members = group[1] + members
        groups = [*apart, (names, members)]
    return (tuple(members) for _, members in groups)
