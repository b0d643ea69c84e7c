"""Which designs get over a fault by themselves?"""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.endings import PLANS, ending, quick_run
from vpnedu.quiz.generators.surviving.shared import OWNERS, hints
from vpnedu.quiz.generators.surviving.telling import (
    MEANS,
    clause,
    headline,
    possible,
    verdict,
)
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

# Cases that some designs get over and others don't.
FAULTS: tuple[tuple[str, ...], ...] = (
    ("tunnel-cut",),
    ("tunnel-cut", "tunnel-cut#2"),
    ("device-loss",),
    ("provider-loss",),
    ("provider-loss",),
    ("zone-loss",),
    ("zone-loss",),
    ("region-loss",),
    ("route-withdrawn",),
    ("instance-hang",),
    ("instance-crash", "instance-crash#2"),
    ("instance-crash", "device-loss"),
    ("instance-crash", "provider-loss"),
    ("tunnel-cut", "device-loss#2"),
    ("dead-standby", "instance-crash"),
)
SCENES = (
    "For {owner} you may choose among these designs. It must get over this: {fault}. Which of them "
    "do?",
    "It may happen to {owner}: {fault}. Which of these designs would get over it?",
    "Before {owner} signs, one question is put to every offer: what if {fault}? Tick the designs "
    "that get over it.",
)


def make(chance: Chance) -> Question:
    faults, owner = chance.pick(FAULTS), chance.pick(OWNERS)
    plans = _mixed(chance, faults)
    told = clause(faults, PLANS[plans[0]][1])
    choices = tuple(_choice(plan, faults) for plan in plans)
    shown = chance.pick(plans)
    text = chance.pick(SCENES).format(owner=owner, fault=told)
    if "tunnel 2" in told:
        text += " Tunnels are numbered device by device."
    return Question(
        "",
        "multiple",
        f"{text}\n\n{MEANS}",
        Many(choices),
        _explained(choices) + f" The run shows this one: {PLANS[shown][0]}, with short timers.",
        "Designing for availability: From a need to a design",
        "choose the designs that get over a fault",
        2,
        hints(
            "In each design cross out what the fault takes, and all that rests on it. Is a whole "
            "way left?",
            "And does anybody notice, so that packets are sent the way that is left?",
        ),
        trace=quick_run(shown, faults),
    )


def _choice(plan: str, faults: tuple[str, ...]) -> Choice:
    told = verdict(plan, faults)
    says = f"{headline(plan)}: {told[0].lower()}{told[1:]}"
    return Choice(plan, PLANS[plan][0], ending(plan, faults).survives, says)


def _mixed(chance: Chance, faults: tuple[str, ...]) -> list[str]:
    """Four plans in which the same things are struck, some of which get over it and some not."""
    struck: dict[str, list[str]] = {}
    for plan in chance.shuffled(tuple(PLANS)):
        if possible(faults, PLANS[plan][1]):
            struck.setdefault(clause(faults, PLANS[plan][1]), []).append(plan)
    plans = max(struck.values(), key=len)
    taken, rest = plans[:4], plans[4:]
    survived = {ending(plan, faults).survives for plan in taken}
    if len(survived) == 1:
        other = next(plan for plan in rest if ending(plan, faults).survives not in survived)
        taken[chance.below(4)] = other
    return taken


def _explained(choices: tuple[Choice, ...]) -> str:
    kept = "; ".join(choice.text for choice in choices if choice.right)
    lost = "; ".join(choice.text for choice in choices if not choice.right)
    return f"Packets arrive in the end with this: {kept}. They don't with this: {lost}."


WHICH_DESIGN_SURVIVES = Generator(
    "which-design-survives",
    "Choose the designs that get over a fault",
    "failover",
    "designing-for-availability",
    "from-a-need-to-a-design",
    make,
)
