"""Which faults does a design get over by itself?"""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.endings import PLANS, ending, quick_run
from vpnedu.quiz.generators.surviving.shared import OWNERS, hints
from vpnedu.quiz.generators.surviving.telling import MEANS, clause, possible, verdict
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

# A private circuit alone gets over nothing of this.
ASKED = tuple(name for name in PLANS if name != "circuit")
FAULTS: tuple[tuple[str, ...], ...] = (
    ("planned-maintenance",),
    ("instance-crash",),
    ("instance-crash#2",),
    ("instance-hang",),
    ("tunnel-cut",),
    ("tunnel-cut#2",),
    ("device-loss",),
    ("device-loss#2",),
    ("provider-loss",),
    ("provider-loss#2",),
    ("circuit-cut",),
    ("location-loss",),
    ("zone-loss",),
    ("zone-loss#2",),
    ("region-loss",),
    ("region-loss#2",),
    ("route-withdrawn",),
    ("asymmetric-return",),
    ("instance-crash", "instance-crash#2"),
    ("instance-crash", "device-loss"),
    ("instance-crash", "provider-loss"),
    ("device-loss", "provider-loss#2"),
    ("tunnel-cut", "tunnel-cut#2"),
    ("tunnel-cut", "tunnel-cut#4"),
    ("circuit-cut", "tunnel-cut"),
    ("dead-standby", "instance-crash"),
    ("dead-standby", "circuit-cut"),
)
SCENES = (
    "{Owner} has this: {plan}. Which of these does it get over by itself?",
    "The plan for {owner} says: {plan}. Tick what this design gets over.",
    "“Our design: {plan}. What may happen to us?” asks {owner}. Tick whatever the design gets over "
    "without anyone's help.",
)


def make(chance: Chance) -> Question:
    plan, owner = chance.pick(ASKED), chance.pick(OWNERS)
    words, design = PLANS[plan]
    cases = _mixed(chance, plan)
    choices = tuple(_choice(plan, case) for case in cases)
    lost = next(case for case in cases if not ending(plan, case).survives)
    text = chance.pick(SCENES).format(owner=owner, Owner=capital(owner), plan=words)
    if any("tunnel" in choice.text for choice in choices) and design.devices[1:]:
        text += " Tunnels are numbered device by device."
    return Question(
        "",
        "multiple",
        f"{text}\n\n{MEANS}",
        Many(choices),
        _explained(choices)
        + f" The run shows this one: {clause(lost, design)}, with short timers.",
        "Designing for availability: Designs against faults",
        "tell which faults a design gets over",
        2,
        hints(
            "Draw every way from the office to the network. Which things stand on all of them?",
            "A thing that answers all questions is taken for healthy.",
        ),
        trace=quick_run(plan, lost),
        picture=True,
    )


def _choice(plan: str, faults: tuple[str, ...]) -> Choice:
    told, name = clause(faults, PLANS[plan][1]), "-then-".join(faults).replace("#", "-")
    says = f"{capital(told)}. {verdict(plan, faults)}"
    return Choice(name, told, ending(plan, faults).survives, says)


def _mixed(chance: Chance, plan: str) -> list[tuple[str, ...]]:
    """Four or five cases of faults, some of which the plan gets over and some not."""
    design, wanted = PLANS[plan][1], 4 + chance.below(2)
    cases = [case for case in chance.shuffled(FAULTS) if possible(case, design)]
    taken, rest = cases[:wanted], cases[wanted:]
    survived = {ending(plan, case).survives for case in taken}
    if len(survived) == 1:
        other = next(case for case in rest if ending(plan, case).survives not in survived)
        taken[chance.below(wanted)] = other
    return taken


def _explained(choices: tuple[Choice, ...]) -> str:
    kept = "; ".join(choice.text for choice in choices if choice.right)
    lost = "; ".join(choice.text for choice in choices if not choice.right)
    return (
        "What stands on every way is a single point of failure; and what answers every question "
        f"is not missed. The design gets over this: {kept}. It does not get over this: {lost}."
    )


WHICH_FAULT_SURVIVES = Generator(
    "which-fault-survives",
    "Tell which faults a design gets over",
    "failover",
    "designing-for-availability",
    "designs-against-faults",
    make,
)
