"""One packet's way through a running design, thing by thing, at the present moment."""

from dataclasses import dataclass, replace

from vpnedu.network.addresses import IPAddress
from vpnedu.network.flows import Flow
from vpnedu.simulation.designs.plan import (
    NETWORK_HOST,
    NETWORK_PREFIX,
    OFFICE,
    OFFICE_HOST,
    OFFICE_PREFIX,
)
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.routing import Routing
from vpnedu.simulation.world.wires import Obstacle, Wire

# From one machine to its neighbour inside a site or a virtual network, in seconds.
INSIDE_DELAY = 0.001
TCP, PORT = 6, 443


@dataclass(frozen=True, slots=True)
class Walk:
    """The things that a packet passes and when it reaches each, in seconds after it left; and
    what stops it, if something does. `risk` is a thing where packets are lost by chance, and
    which part of them.
    """

    steps: tuple[tuple[str, float], ...]
    stopped: Obstacle | None
    risk: tuple[str, float] | None = None

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(thing for thing, _ in self.steps)

    @property
    def delay(self) -> float:
        return self.steps[-1][1]

    def parting(self, other: "Walk") -> float:
        """When, after it left, a packet comes to where the two walks differ.

        Where they lead to different things, that is at the last thing they share, which chooses.
        Where one ends and the other goes on, it is at the first thing that only the other passes.
        """
        shared = 0
        for ours, theirs in zip(self.steps, other.steps, strict=False):
            if ours[0] != theirs[0]:
                return self.steps[shared - 1][1]
            shared += 1
        longer = max(self.steps, other.steps, key=len)
        return longer[min(shared, len(longer) - 1)][1]


@dataclass(frozen=True)
class Conversation:
    """Packets from the office to the network and their answers, told apart by a source port."""

    port: int

    def flow(self, *, answers: bool) -> Flow:
        """What routers hash."""
        there = Flow(OFFICE_HOST, NETWORK_HOST, TCP, self.port, PORT)
        back = Flow(NETWORK_HOST, OFFICE_HOST, TCP, PORT, self.port)
        return back if answers else there


class Forwarding:
    """Where packets go now. `stateful`: the site's devices let an answer in only where the
    request went out."""

    def __init__(self, ground: Ground, routing: Routing, wires: dict[str, Wire]):
        self.ground, self.routing, self.wires = ground, routing, wires
        self.stateful = False
        self._salted: dict[tuple[Flow, str], Flow] = {}

    def there(self, conversation: Conversation) -> Walk:
        """The way of a packet from the office to the network."""
        flow = conversation.flow(answers=False)
        steps = [(OFFICE, 0.0)]
        device = self._via(OFFICE, NETWORK_HOST, flow)
        if device is None:
            return self._lost(steps, OFFICE, f"{OFFICE} has no route to {NETWORK_PREFIX}")
        steps.append((device, INSIDE_DELAY))
        return self._across(steps, device, NETWORK_HOST, flow)

    def back(self, conversation: Conversation, network: str) -> Walk:
        """The way of an answer from `network` to the office."""
        flow = conversation.flow(answers=True)
        steps = [(network, 0.0)]
        if why := self.ground.dead(network):
            return self._lost(steps, network, why)
        machine = self._via(network, OFFICE_HOST, flow)
        if machine is None:
            return self._lost(steps, network, f"{network} has no route to {OFFICE_PREFIX}")
        steps.append((machine, INSIDE_DELAY))
        return self._across(steps, machine, OFFICE_HOST, flow)

    def _across(
        self, steps: list[tuple[str, float]], near: str, target: IPAddress, flow: Flow
    ) -> Walk:
        """Through the machine at hand, over a tunnel or circuit, and through the one behind it."""
        if stopped := self._machine(near):
            return Walk(tuple(steps), stopped)
        name = self._via(near, target, flow)
        if name is None:
            return self._lost(steps, near, f"{near} has no route to the other side")
        wire = self.wires[name]
        at = steps[-1][1]
        stopped = wire.obstacle(near)
        if stopped and stopped.where == near:
            return Walk(tuple(steps), stopped)
        steps.append((name, at + wire.delay / 2))
        if stopped:
            return Walk(tuple(steps), stopped)
        far = wire.far(near)
        assert far is not None, "an obstacle would have stopped it"
        steps.append((far, at + wire.delay))
        if stopped := self._machine(far):
            return Walk(tuple(steps), stopped)
        end = OFFICE if target == OFFICE_HOST else self._network_of(far)
        if why := self.ground.dead(end):
            return self._lost(steps, end, why)
        steps.append((end, at + wire.delay + INSIDE_DELAY))
        part = self.ground.lossy.get(wire.carrier or "")
        return Walk(tuple(steps), None, (wire.carrier or "", part) if part else None)

    def _machine(self, machine: str) -> Obstacle | None:
        if why := self.ground.dead(machine):
            return Obstacle(machine, why)
        if machine in self.ground.hung:
            return Obstacle(machine, f"{machine} hangs: it takes packets and forwards none")
        return None

    def _network_of(self, machine: str) -> str:
        return next(
            side
            for side, machines in self.routing.edges.items()
            if side != OFFICE and machine in machines
        )

    def _via(self, place: str, target: IPAddress, flow: Flow) -> str | None:
        """What the route table at `place` says, by the router's own hash where routes are equal."""
        key = flow, place
        if key not in self._salted:
            self._salted[key] = replace(flow, salt=place)
        won = self.routing.tables[place].winner(target, self._salted[key])
        return won.via if won else None

    def _lost(self, steps: list[tuple[str, float]], where: str, cause: str) -> Walk:
        return Walk(tuple(steps), Obstacle(where, cause))
