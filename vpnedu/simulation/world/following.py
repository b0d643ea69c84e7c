"""Flows followed over time: where their packets go, which are lost, and whose outage it is."""

from dataclasses import dataclass, field
from math import ceil

from vpnedu.simulation.clock import Story
from vpnedu.simulation.designs.plan import OFFICE
from vpnedu.simulation.trace import FlowLine
from vpnedu.simulation.world.forwarding import Conversation, Forwarding, Walk
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.wires import Obstacle

NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From departures at `since` on, packets take `walk`. `at` is when that came to be, and
    `story` what led to it."""

    at: float
    since: float
    walk: Walk
    story: Story


@dataclass
class Followed:
    """A flow in a run: one direction of a conversation."""

    line: FlowLine
    conversation: Conversation
    answers: bool
    stretches: list[Stretch] = field(default_factory=list)
    # For a tunnel and the machine at its end: how many stretches were read, and what they told.
    heard: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)

    @property
    def now(self) -> Walk:
        """The walk of a packet that leaves now."""
        return self.stretches[-1].walk


class Following:
    """All flows of a run. It looks whenever the world has changed."""

    def __init__(self, ground: Ground, forwarding: Forwarding):
        self.ground, self.forwarding = ground, forwarding
        self.flows: list[Followed] = []
        design = ground.design
        # Where requests arrive, answers come from: a copy of the service stands in each region.
        self.home = design.things["network"][0]
        pause = ground.profile.seconds("packet-interval")
        for place, port in enumerate(design.ports, start=1):
            number = f" {place}" if len(design.ports) > 1 else ""
            for answers in (False, True):
                ends = (self.home, OFFICE) if answers else (OFFICE, self.home)
                names = ("network", OFFICE) if answers else (OFFICE, "network")
                name = f"{names[0]} → {names[1]}{number}"
                line = FlowLine(name, *ends, pause, 0.0)
                self.flows.append(Followed(line, Conversation(port), answers))

    def start(self) -> None:
        """From now on packets leave: look for the first time."""
        for flow in self.flows:
            flow.stretches = [Stretch(0.0, 0.0, self._walk(flow), Story())]

    def look(self) -> None:
        """Work every flow's walk out anew."""
        now = self.ground.clock.now
        for flow in self.flows:
            if not flow.stretches:
                continue
            walk, last = self._walk(flow), flow.stretches[-1]
            if walk == last.walk:
                continue
            # What changed meets the packets that have not passed it yet.
            since = max(round(now - walk.parting(last.walk), 6), last.since)
            flow.stretches.append(Stretch(now, since, walk, self.ground.clock.story))

    def _walk(self, flow: Followed) -> Walk:
        if not flow.answers:
            walk = self.forwarding.there(flow.conversation)
            if walk.stopped is None:
                self.home = walk.path[-1]
            return walk
        walk = self.forwarding.back(flow.conversation, self.home)
        return self._checked(flow, walk) if self.forwarding.stateful else walk

    def _checked(self, flow: Followed, walk: Walk) -> Walk:
        """A firewall that keeps state lets an answer in only where the request went out."""
        asked = self.forwarding.there(flow.conversation)
        devices = self.ground.design.things["device"]
        out = next((thing for thing in asked.path if thing in devices), None)
        into = next((place for place, step in enumerate(walk.steps) if step[0] in devices), None)
        if into is None or walk.steps[into][0] == out:
            return walk
        device = walk.steps[into][0]
        cause = f"{device} never saw the request: it went out through {out}"
        return Walk(walk.steps[: into + 1], Obstacle(device, cause))

    def heard(self, tunnel: str, machine: str) -> float:
        """When a packet of a flow last came out of `tunnel` at `machine`."""
        return max((self._heard(flow, tunnel, machine) for flow in self.flows), default=NEVER)

    def _heard(self, flow: Followed, tunnel: str, machine: str) -> float:
        """The same of one flow. Stretches that were over when last asked are not read again."""
        if not flow.stretches:
            return NEVER
        over, latest = flow.heard.get((tunnel, machine), (0, NEVER))
        ends = [*(stretch.since for stretch in flow.stretches[over + 1 :]), float("inf")]
        for stretch, end in zip(flow.stretches[over:], ends, strict=True):
            took = _out_of(stretch.walk, tunnel, machine)
            if took is not None:
                gone = departures(flow.line, end, self.ground.clock.now - took)
                left = flow.line.starts + flow.line.interval * (gone - 1)
                if left >= stretch.since:
                    latest = left + took
        flow.heard[tunnel, machine] = len(flow.stretches) - 1, latest
        return latest


def _out_of(walk: Walk, tunnel: str, machine: str) -> float | None:
    """When a packet of this walk comes out of `tunnel` at `machine`, after it left."""
    for (name, _), (behind, at) in zip(walk.steps, walk.steps[1:], strict=False):
        if name == tunnel and behind == machine:
            return at
    return None


def departures(line: FlowLine, before: float, by: float = float("inf")) -> int:
    """How many packets of the flow leave before `before`, and not after `by`."""
    if before <= line.starts or by < line.starts:
        return 0
    early = ceil((before - line.starts) / line.interval) if before < float("inf") else None
    late = int((by - line.starts) // line.interval) + 1 if by < float("inf") else None
    return min(count for count in (early, late) if count is not None)
