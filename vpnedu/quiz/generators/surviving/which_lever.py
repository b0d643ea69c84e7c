"""Which one change shortens an outage most? Every change is tried in a run of its own."""

from math import inf

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import remedies, troubles
from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal, hints
from vpnedu.quiz.generators.surviving.troubles import Lever
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital
from vpnedu.simulation.trace import Trace

MAKERS = (
    troubles.crash,
    troubles.silent_device,
    troubles.own_machines,
    remedies.circuit,
    remedies.standby,
    remedies.standby,
    remedies.single,
    remedies.single,
)
# With the best change the outage is at most this part of what the next best leaves.
MARGIN = 0.65
ASKS = (
    "Which one of these changes shortens the longest outage of any flow most?",
    "Only one thing may be changed. Which one makes the longest outage of any flow the shortest?",
    "{Owner} was cut off for too long, and wants to change one thing. Which one helps the flow "
    "that is hit worst?",
)


def make(chance: Chance) -> Question:
    trouble = chance.pick(MAKERS)(chance)
    at, seed = 8 + chance.below(16), 1 + chance.below(10_000)
    trace = trouble.run(at, seed)
    levers = chance.shuffled([trouble.levers[0], *chance.shuffled(trouble.levers[1:])[:3]])
    after = {lever.id: longest(trouble.run(at, seed, lever)) for lever in levers}
    best, second = sorted(after.values())[:2]
    if best > MARGIN * second:
        return make(chance)
    now = longest(trace)
    choices = tuple(_choice(lever, after[lever.id], now, best) for lever in levers)
    asked = chance.pick(ASKS).format(Owner=capital(chance.pick(OWNERS)))
    table = Table("How it is now", ("what", "set to"), trouble.rows) if trouble.rows else None
    return Question(
        "",
        "single",
        f"{trouble.story} {_now(now)}\n\n{asked}",
        One(choices),
        _explained(levers, after, now, best),
        "Active/active: Hold time, liveness check, BFD; Active/standby: Detect, decide, redirect",
        "find the change that shortens an outage",
        3,
        hints(
            "Which flow is out for longest, and in which direction does it go?",
            "Who has to notice for that flow, by which timer? And is there anything to turn to?",
        ),
        table,
        trace,
        True,
    )


def longest(trace: Trace) -> float:
    """The seconds of the longest outage; infinite where packets do not arrive again by the end."""
    return max((inf if out.end is None else out.seconds for out in trace.outages), default=0.0)


def _now(seconds: float) -> str:
    if seconds == inf:
        return "Packets are lost until somebody mends it."
    return f"The worst-hit flow is out for {decimal(seconds, 1)} s."


def _lasts(seconds: float) -> str:
    return "until somebody mends it" if seconds == inf else f"for {decimal(seconds, 1)} s"


def _choice(lever: Lever, seconds: float, now: float, best: float) -> Choice:
    same = "still " if abs(seconds - now) < 0.05 or seconds == now else ""
    says = f"With it packets are {same}lost {_lasts(seconds)}, at worst. {lever.why}"
    text = lever.text
    return Choice(lever.id, text, seconds == best, says)


def _explained(levers: list[Lever], after: dict[str, float], now: float, best: float) -> str:
    tried = "; ".join(f"{lever.text}: {_lasts(after[lever.id])}" for lever in levers)
    right = next(lever for lever in levers if after[lever.id] == best)
    return (
        f"As it is, packets are lost {_lasts(now)}. Each change was tried in a run of its own. "
        f"{capital(tried)}. {right.why}"
    )


WHICH_LEVER = Generator(
    "which-lever",
    "Find the change that shortens an outage",
    "failover",
    "active-active",
    "hold-time-liveness-check-bfd",
    make,
)
