"""The ways between two machines: a tunnel over the internet, and a private circuit."""

from dataclasses import dataclass, field
from typing import Protocol

from vpnedu.simulation.designs.plan import Circuit, TunnelPlan
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.hosting import Host

# One way, in seconds.
INTERNET_DELAY, CIRCUIT_DELAY = 0.02, 0.005


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Where something that travels is stopped, and why (a clause: "zone 1 is lost")."""

    where: str
    cause: str


class Wire(Protocol):
    """What packets and sessions need to know of a way between two machines."""

    @property
    def ground(self) -> Ground:
        """What it stands on."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def delay(self) -> float:
        """How long a packet takes from one end to the other, in seconds."""

    @property
    def machines(self) -> tuple[str, ...]:
        """Every machine that may have an end of it; the site's one first."""

    @property
    def carrier(self) -> str | None:
        """Whose losses by chance meet what travels here."""

    def far(self, machine: str) -> str | None:
        """The machine that is at the other end now."""

    def obstacle(self, machine: str) -> Obstacle | None:
        """What stops a packet that `machine` sends into it now, before the far end has it."""


@dataclass
class Tunnel:
    """A tunnel in a run. `owners` says which instance has a gateway's address now; `ends` are the
    IKE hosts of every machine that may have an end of it; `refusal` is the sentence with which a
    peer was last refused, until the tunnel is up again.
    """

    ground: Ground
    plan: TunnelPlan
    provider: str
    owners: dict[str, str | None]
    ends: dict[str, Host] = field(default_factory=dict)
    delay: float = INTERNET_DELAY
    refusal: str = ""

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def machines(self) -> tuple[str, ...]:
        return tuple(self.ends)

    @property
    def carrier(self) -> str | None:
        return self.provider

    def far(self, machine: str) -> str | None:
        if machine != self.plan.device:
            return self.plan.device
        return self.plan.instance or self.owners[self.plan.gateway]

    def underlay(self, machine: str) -> Obstacle | None:
        """What stops a datagram on its way over the internet to the other gateway."""
        ground, far = self.ground, self.far(machine)
        if machine != self.plan.device and self.far(self.plan.device) != machine:
            return Obstacle(machine, f"{machine} has not the gateway's address")
        if why := ground.dead(machine):
            return Obstacle(machine, why)
        for part in (self.provider, self.name):
            if part in ground.broken:
                return Obstacle(part, ground.broken[part])
        if far is None:
            return Obstacle(self.plan.gateway, f"no instance answers for {self.plan.gateway}")
        why = ground.dead(far)
        return Obstacle(far, why) if why else None

    def obstacle(self, machine: str) -> Obstacle | None:
        child = self.ends[machine].belief.child
        if child is None:
            return Obstacle(machine, f"{machine} has no security association for {self.name}")
        if stopped := self.underlay(machine):
            return stopped
        far = self.far(machine)
        assert far is not None, "underlay() would have said so"
        if not self.ends[far].belief.accepts(child.id):
            return Obstacle(far, f"{far} does not know the security association of {self.name}")
        return None


@dataclass
class PrivateCircuit:
    """A private circuit in a run, from a router of the site to a provider's edge."""

    ground: Ground
    plan: Circuit
    delay: float = CIRCUIT_DELAY

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def machines(self) -> tuple[str, ...]:
        return self.plan.router, self.plan.location

    @property
    def carrier(self) -> str | None:
        return self.plan.name

    def far(self, machine: str) -> str | None:
        return self.plan.location if machine == self.plan.router else self.plan.router

    def obstacle(self, machine: str) -> Obstacle | None:
        far = self.far(machine)
        for part in (machine, self.name, far):
            if part and (why := self.ground.dead(part)):
                return Obstacle(part, why)
        return None
