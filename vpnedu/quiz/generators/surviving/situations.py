"""Runs of a design under one fault, with all the waits that one flow's outage is made of.

Each maker draws timers, runs the design, and tells what a reader needs to add the seconds up:
when the first wait begins, the waits in order, and timers that matter to somebody else only.
"""

from dataclasses import dataclass
from math import fsum
from typing import Literal, NamedTuple

from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal
from vpnedu.quiz.question import Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital
from vpnedu.simulation.events import Carried
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Outage, Trace

Part = Literal["detect", "decide", "redirect"]
THERE, BACK = "from the office to the network", "from the network to the office"
FLOWS = {THERE: "office → network", BACK: "network → office"}


class Wait(NamedTuple):
    """Something that takes `times` × `each` seconds."""

    part: Part
    words: str
    each: float
    times: int = 1

    @property
    def seconds(self) -> float:
        return self.times * self.each

    @property
    def shown(self) -> str:
        count = f"{self.times} × " if self.times > 1 else ""
        return f"{count}{decimal(self.each, 2)} s"


class Case(NamedTuple):
    """What is simulated: a design, a fault at `at`, and settings; and which direction counts."""

    design: str
    fault: str
    at: float
    settings: dict[str, object]
    direction: str


@dataclass(frozen=True)
class Situation:
    """A run and what is told of it. `first` is what the waits are counted from, at `began`.

    `others` are timers that this flow does not wait for, and `misled` says why not. `outage` is
    that of the flow.
    """

    story: str
    struck: str
    case: Case
    first: str
    waits: tuple[Wait, ...]
    others: tuple[Wait, ...]
    misled: str
    trace: Trace
    outage: Outage
    began: float

    @property
    def over(self) -> float:
        """When packets arrive again, by adding up."""
        return self.began + fsum(wait.seconds for wait in self.waits)

    def takes(self, part: Part) -> float:
        """The seconds that the run's outage spends on a part."""
        outage = self.outage
        return {"detect": outage.detect, "decide": outage.decide, "redirect": outage.redirect}[part]

    def way(self, at: float) -> tuple[str, str]:
        """What carries the flow's packets that leave at `at`, and the cause if they are lost."""
        line = [
            event
            for event in self.trace.events
            if isinstance(event, Carried) and event.flow == self.outage.flow and event.since <= at
        ][-1]
        ways = [thing for thing in line.path if thing.startswith(("tunnel", "circuit"))]
        return "".join(ways[:1]), line.cause or ""

    @property
    def ways(self) -> tuple[str, str]:
        """What the flow took before the fault, and what it takes afterwards."""
        return self.way(self.case.at - 1)[0], self.way(self.over + 1)[0]

    @property
    def packets(self) -> str:
        """Whose outage is asked for: where flows are shared out, those of one way only."""
        before, after = self.ways
        shared = before.startswith("tunnel") and before != after
        return f"packets {self.case.direction}" + (f" that had taken {before}" if shared else "")

    def table(self, chance: Chance) -> Table:
        """The moments and waits, those that don't matter strewn in."""
        rows = [(self.struck, f"at {decimal(self.case.at, 1)} s")]
        if self.first:
            rows.append((self.first, f"at {decimal(self.began, 1)} s"))
        rows += [(wait.words, wait.shown) for wait in self.waits]
        for wait in self.others:
            rows.insert(1 + chance.below(len(rows)), (wait.words, wait.shown))
        return Table("Moments and timers of this run", ("what", "when, or how long"), tuple(rows))


def situation(
    story: str,
    struck: str,
    case: Case,
    first: str,
    waits: list[Wait],
    others: list[Wait],
    misled: str,
    seed: int,
) -> Situation:
    """Run the case; the outage of the first flow of its direction that has one is told of."""
    long = fsum(wait.seconds for wait in waits) + 40
    trace = simulate(
        case.design,
        (f"{case.fault}@{case.at:g}",),
        until=case.at + long,
        seed=seed,
        settings=case.settings,
    )
    flow = FLOWS[case.direction]
    outage = next(
        outage
        for outage in trace.outages
        if outage.flow.startswith(flow) and outage.start > case.at - 1
    )
    found = fsum(wait.seconds for wait in waits if wait.part == "detect")
    began = outage.start + outage.detect - found if found else case.at
    return Situation(
        story, struck, case, first, tuple(waits), tuple(others), misled, trace, outage, began
    )


def probes(chance: Chance) -> tuple[dict[str, object], Wait, Wait]:
    """Health probes: the settings, the waits after the first miss, and all of them."""
    pause, misses = chance.pick((2, 5, 8, 10, 15, 20)), 2 + chance.below(3)
    settings: dict[str, object] = {"probe-interval": pause, "probe-misses": misses}
    after = Wait("detect", "further unanswered probes, until the platform believes it", pause)
    every = Wait("detect", "unanswered health probes that make an instance dead", pause, misses)
    return settings, after._replace(times=misses - 1), every


def liveness(chance: Chance, who: str, peer: str) -> tuple[dict[str, object], list[Wait]]:
    """IKE's liveness check of `peer` by `who`: the settings, and its waits."""
    delay, tries = chance.pick((8, 10, 15, 20, 25, 30, 45)), 1 + chance.below(4)
    timeout = chance.pick((2, 3, 4, 5, 6))
    settings: dict[str, object] = {
        "liveness-delay": delay,
        "retransmit-timeout": timeout,
        "retransmit-base": 1,
        "retransmit-tries": tries,
    }
    return settings, [
        Wait("detect", f"silence after which {who} asks whether {peer} lives", delay),
        Wait(
            "detect",
            f"{who}'s questions in a row, and its wait for each answer",
            timeout,
            tries + 1,
        ),
    ]


def moment(chance: Chance) -> float:
    return 20 + chance.below(400) / 10


def standby(chance: Chance) -> Situation:
    """The serving instance of an active/standby gateway crashes."""
    probing, after, _ = probes(chance)
    asking, asked = liveness(chance, "device 1", "the gateway")
    ready, move = chance.pick((4, 12, 35, 60, 90, 120)), chance.pick((3, 5, 8, 12, 14, 40, 75))
    quick = {"standby-start": (ready, ready), "address-move": (move, move)}
    at = moment(chance)
    stories = (
        f"The active/standby gateway of {chance.pick(OWNERS)} loses the instance that serves: "
        "instance 1 crashes, and instance 2 has been waiting.",
        f"{capital(chance.pick(OWNERS))} has one tunnel, to the one address of an active/standby "
        "gateway. Instance 1 has the address when it crashes.",
        "In an active/standby gateway instance 1 crashes. The platform gets instance 2 ready, "
        "moves the public address to it, and instance 2 dials device 1.",
    )
    return situation(
        chance.pick(stories),
        "instance 1 crashes",
        Case("active-standby", "instance-crash", at, {**probing, **asking, **quick}, BACK),
        "instance 1 leaves a health probe unanswered for the first time",
        [
            after,
            Wait("decide", "instance 2 gets ready", ready),
            Wait("redirect", "the public address moves to instance 2", move),
            Wait("redirect", "the tunnel is set up anew", 0.08),
        ],
        asked[: 1 + chance.below(2)],
        "What device 1 thinks of the silence does not matter here: the new instance dials it.",
        1 + chance.below(10_000),
    )


def planned(chance: Chance) -> Situation:
    """Planned maintenance of the instance that serves: nobody has to find anything out."""
    probing, _, every = probes(chance)
    asking, asked = liveness(chance, "device 1", "the gateway")
    move = chance.pick((3, 5, 8, 12, 14, 20))
    settings = {**probing, **asking, "address-move": (move, move)}
    stories = (
        f"Planned maintenance for the active/standby gateway of {chance.pick(OWNERS)}: instance 1 "
        "hands over to instance 2.",
        f"At night the platform updates the active/standby gateway of {chance.pick(OWNERS)}. It "
        "takes the serving instance 1 out of service on purpose.",
        "Instance 1 of an active/standby gateway serves, until the platform takes it into planned "
        "maintenance.",
    )
    return situation(
        chance.pick(stories),
        "instance 1 is taken into maintenance",
        Case("active-standby", "planned-maintenance", moment(chance), settings, BACK),
        "",
        [
            Wait("redirect", "the public address moves to instance 2", move),
            Wait("redirect", "the tunnel is set up anew", 0.08),
        ],
        [every, *asked[:1]],
        "Nobody waits for probes or questions: the platform knows beforehand, and says so.",
        1 + chance.below(10_000),
    )
