"""A subnet that one site adds: the plan of it, and the world once it is there."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.packets import Packet
from vpnedu.network.topology import Topology
from vpnedu.quiz.generators.choosing.sites import (
    Site,
    carrying,
)
from vpnedu.simulation.events import Changed
from vpnedu.simulation.scenarios.building import (
    grown,
)

NEWCOMER = "Rex"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who adds what: `other` writes to the newcomer in `subnet` at `growing`, or is written to."""

    other: Site
    growing: Site
    hub: Site
    subnet: IPv4Network
    newcomer: IPv4Address
    service: tuple[str, int | None]
    back: bool

    @property
    def sent(self) -> Packet:
        ends = (self.other.address, self.newcomer)
        return carrying(*(ends[::-1] if self.back else ends), self.service)

    @property
    def sender(self) -> str:
        return NEWCOMER if self.back else self.other.person

    def way(self, *gateways: str) -> tuple[str, ...]:
        """The gateways from the sender's on; they are given from `other` to `growing`."""
        return gateways[::-1] if self.back else gateways

    def grows(self, before: Topology) -> Topology:
        return grown(before, self.growing.name, str(self.subnet), **{NEWCOMER: str(self.newcomer)})


@dataclass(frozen=True)
class World:
    """What is there once the subnet is added, in words as well, and the plan that made it so.

    `way` are the gateways from the sender's to the receiver's. `kind` is "policies", "static" or
    "learned"; `because` says in a sentence what the answer turns on.
    """

    kind: str
    told: str
    because: str
    topology: Topology
    changes: tuple[Changed, ...]
    plan: Plan
    way: tuple[str, ...]
