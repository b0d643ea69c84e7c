"""How much of the time a service works: exactly, from the parts it is made of."""

from vpnedu.simulation.availability.exact import (
    Saving,
    availability,
    by_enumeration,
    cut_sets,
    unavailability,
    weakest,
    works,
)
from vpnedu.simulation.availability.structures import (
    HOURS_A_YEAR,
    SECONDS_A_YEAR,
    CommonCause,
    Component,
    Failover,
    KofN,
    Parallel,
    Series,
    Structure,
)
from vpnedu.simulation.availability.words import downtime, in_words

__all__ = [
    "HOURS_A_YEAR",
    "SECONDS_A_YEAR",
    "CommonCause",
    "Component",
    "Failover",
    "KofN",
    "Parallel",
    "Saving",
    "Series",
    "Structure",
    "availability",
    "by_enumeration",
    "cut_sets",
    "downtime",
    "in_words",
    "unavailability",
    "weakest",
    "works",
]
