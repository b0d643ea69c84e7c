"""Every structure brought down to components and `k` of n, which is all that reckoning needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability.structures import (
    CommonCause,
    Component,
    Failover,
    KofN,
    Parallel,
    Series,
    Structure,
    structure_in,
)


@dataclass(frozen=True, slots=True)
class Gate:
    """`k` of `parts`, both components and gates."""

    k: int
    parts: tuple["Plain", ...]


Plain = Component | Gate


def plain(structure: Structure) -> Plain:
    """The same structure in components and gates alone."""
    split: dict[str, tuple[Component, Gate]] = {}
    for cause in _causes(structure_in(structure, "structure")):
        for part in cause.parts:
            halves = (part, _halves(cause, part))
            if split.setdefault(part.name, halves) != halves:
                _differs(part.name)
    whole = _plain(structure, split)
    components(whole)
    return whole


def components(structure: Plain) -> dict[str, Component]:
    """The components of a plain structure by name, in reading order."""
    if isinstance(structure, Component):
        return {structure.name: structure}
    found: dict[str, Component] = {}
    for part in structure.parts:
        for name, component in components(part).items():
            if found.setdefault(name, component) != component:
                _differs(name)
    return found


def _halves(cause: CommonCause, part: Component) -> Gate:
    """A component's own failures, in series with those common to its like."""
    rate, hours = part.failures_per_year, part.hours_to_repair
    own = Component(part.name, rate * (1 - cause.beta), hours)
    return Gate(2, (own, Component(cause.name, rate * cause.beta, hours)))


def _causes(structure: Structure) -> Iterator[CommonCause]:
    if isinstance(structure, CommonCause):
        yield structure
    elif isinstance(structure, Series | Parallel | KofN):
        for part in structure.parts:
            yield from _causes(part)


def _plain(structure: Structure, split: Mapping[str, tuple[Component, Gate]]) -> Plain:
    match structure:
        case Component(name=name):
            if name not in split:
                return structure
            whole, halves = split[name]
            return halves if whole == structure else _differs(name)
        case Failover():
            gaps = structure.parts()
            return Gate(len(gaps), gaps)
        case Series(parts=parts):
            needed = len(parts)
        case Parallel(parts=parts):
            needed = 1
        case KofN(k=needed, parts=parts) | CommonCause(k=needed, parts=parts):
            pass
    return Gate(needed, tuple(_plain(part, split) for part in parts))


def _differs(name: str) -> NoReturn:
    raise InputError("name", f"{name!r} stands for two parts that fail differently")
