"""Two of something, and what both share: how long the whole is down in a year."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import pairs
from vpnedu.quiz.generators.surviving.shared import decimal, hints, number, within
from vpnedu.quiz.question import Question
from vpnedu.simulation.availability import HOURS_A_YEAR, unavailability
from vpnedu.simulation.chance import Chance

MAKERS = (pairs.lines, pairs.chains, pairs.two_of_three, pairs.overloaded)


def make(chance: Chance) -> Question:
    pair = chance.pick(MAKERS)(chance)
    down = unavailability(pair.structure) * HOURS_A_YEAR
    digits = 3 if down < 5 else 2
    near = within(down, 0.01)
    wrong: list[tuple[str, float, str]] = [
        (name, unavailability(structure) * HOURS_A_YEAR, says)
        for name, structure, says in pair.wrong
    ]
    return Question(
        "",
        "numeric",
        f"{pair.text}\n\nFor how many hours of a year (8,760 h) is the connection down, on "
        f"average? Everything fails independently. Within {near} h is right.",
        number(down, digits, near, "h", wrong),
        f"{pair.reckoning} That makes {decimal(down, digits)} h a year.",
        "Designing for availability: In series, in parallel; Shared fate",
        "compute the availability of a pair with a shared part",
        3,
        hints(
            "Draw it: what stands side by side, and what must every packet pass?",
            "Side by side the shares of *down* time multiply; one behind the other the shares of "
            "*up* time do.",
        ),
    )


AVAILABILITY_PAIR = Generator(
    "availability-pair",
    "Compute the availability of a pair with a shared part",
    "availability",
    "designing-for-availability",
    "shared-fate",
    make,
)
