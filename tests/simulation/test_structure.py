"""A design's structure for availability says the same as brute force, and as the simulation."""

from itertools import chain, combinations

import pytest

from vpnedu.simulation.availability import availability, by_enumeration, unavailability, works
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.designs.structure import RATES, structure_of
from vpnedu.simulation.events import Carried
from vpnedu.simulation.failover import simulate
from vpnedu.studies.years import FAULT_OF

EVERY = pytest.mark.parametrize("made", DESIGNS.values(), ids=list(DESIGNS))


def parts(made: Design) -> list[str]:
    """All that fails by chance in a design."""
    return [name for kind, names in made.things.items() if kind in RATES for name in names]


def dead(made: Design, name: str) -> str:
    """The fault that kills the thing called `name` at once and for good."""
    kind = made.kind_of(name)
    return f"{FAULT_OF[kind]}#{made.things[kind].index(name) + 1}@0"


@EVERY
def test_the_exact_availability_is_what_counting_every_state_gives(made: Design) -> None:
    structure = structure_of(made)
    assert unavailability(structure) == pytest.approx(1 - by_enumeration(structure), abs=1e-12)
    assert 0.99 < availability(structure) < 1


@EVERY
def test_packets_arrive_in_the_end_exactly_where_the_structure_says_so(made: Design) -> None:
    structure, names = structure_of(made), parts(made)
    for gone in chain([()], combinations(names, 1), combinations(names, 2)):
        if any(made.rests_on.get(one) == other for one in gone for other in gone):
            continue
        if any(made.rests_on.get(made.rests_on.get(one, "")) in gone for one in gone):
            continue
        trace = simulate(made, [dead(made, name) for name in gone], until=700)
        last = {e.flow: e.lost_at for e in trace.events if isinstance(e, Carried)}
        arrives = all(lost_at is None for lost_at in last.values())
        assert arrives == works(structure, gone), gone
