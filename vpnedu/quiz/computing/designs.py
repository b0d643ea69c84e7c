"""Timers of profiles, parts of designs, and how long their outages last over many seeds."""

from collections.abc import Callable
from fractions import Fraction

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing.plain import to_digits
from vpnedu.simulation import profiles
from vpnedu.simulation.designs import Design, design
from vpnedu.simulation.failover import UNTIL, simulate

COUNTS: dict[str, Callable[[Design], int]] = {
    "tunnels": lambda plan: len(plan.tunnels),
    "devices": lambda plan: len(plan.devices),
    "gateways": lambda plan: len(plan.gateways),
    "circuits": lambda plan: len(plan.circuits),
    "instances": lambda plan: sum(len(gateway.instances) for gateway in plan.gateways),
    "zones": lambda plan: len({i.zone for g in plan.gateways for i in g.instances if i.zone}),
    "regions": lambda plan: len({gateway.region for gateway in plan.gateways}),
}
# The silence before a question, the first wait for its answer, and how the waits go on.
LIVENESS = ("liveness-delay", "retransmit-timeout", "retransmit-base", "retransmit-tries")


def timer(profile: str, name: str) -> dict[str, str]:
    """The value of a profile's timer; of a span, `least` and `most` too."""
    values = profiles.profile(profile).values
    if name not in values:
        raise InputError("name", f"there is no timer {name!r}; there are {', '.join(values)}")
    value = values[name]
    if isinstance(value, tuple):
        least, most = (f"{end:g}" for end in value)
        return {"answer": most, "least": least, "most": most}
    return {"answer": ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}"}


def give_up(profile: str) -> dict[str, str]:
    """The seconds from the last packet heard until the liveness check gives a peer up: `silence`
    before it asks, `asking` from the first question on, `questions` in all."""
    values = profiles.profile(profile).values
    silence, wait, base, tries = (Fraction(str(values[name])) for name in LIVENESS)
    asking = sum((wait * base**place for place in range(int(tries) + 1)), Fraction(0))
    words = {"answer": silence + asking, "silence": silence, "asking": asking}
    return {name: f"{float(value):g}" for name, value in words.items()} | {
        "questions": str(int(tries) + 1)
    }


def count(name: str, of: str) -> dict[str, str]:
    """How many tunnels, instances, zones, … the design called `name` has."""
    if of not in COUNTS:
        raise InputError("of", f"there is no {of!r}; there are {', '.join(COUNTS)}")
    return {"answer": str(COUNTS[of](design(name)))}


def outages(
    name: str,
    faults: list[str],
    profile: str = "azure",
    seeds: int = 20,
    until: float = UNTIL,
    digits: int = 1,
) -> dict[str, str]:
    """The shortest and longest of the worst outages of `seeds` runs, in seconds."""
    worst = []
    for seed in range(1, seeds + 1):
        found = simulate(name, faults, profile=profile, until=float(until), seed=seed).outages
        worst.append(max((outage.seconds for outage in found), default=0.0))
    least, most = (to_digits(Fraction(end), digits) for end in (min(worst), max(worst)))
    return {"answer": most, "shortest": least, "longest": most}
