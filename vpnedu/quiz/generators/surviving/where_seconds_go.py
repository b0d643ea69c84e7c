"""Which part of an outage is the longest: finding out, deciding, or redirecting."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import sides, situations
from vpnedu.quiz.generators.surviving.shared import brief, hints
from vpnedu.quiz.generators.surviving.situations import Part, Situation
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

MAKERS = (
    situations.standby,
    situations.standby,
    situations.standby,
    situations.planned,
    sides.instance,
    sides.circuit,
)
# The longest part must be clear at a glance, once the table is understood.
MARGIN = 1.3
PARTS: dict[Part, str] = {
    "detect": "detect: nobody who could act knows of it yet",
    "decide": "decide: it is known, but not settled who serves instead",
    "redirect": "redirect: it is settled, but packets do not go there yet",
}
ASKS = (
    "Which part of the outage of {packets} takes most of its seconds?",
    "For a while {packets} are lost. Where do most of these seconds go?",
    "Somebody wants to shorten the outage of {packets}. Which part of it is longest?",
)


def make(chance: Chance) -> Question:
    it = _clear(chance)
    longest = max(PARTS, key=it.takes)
    asked = chance.pick(ASKS).format(packets=it.packets)
    return Question(
        "",
        "single",
        f"{it.story}\n\n{asked}",
        One(tuple(_choice(it, part, longest) for part in PARTS), ordered=True),
        _explained(it, longest),
        "Active/standby: Detect, decide, redirect",
        "split an outage into detect, decide and redirect",
        2,
        hints(
            f"Who has to notice, so that packets {it.case.direction} are sent another way? Only "
            "these waits count.",
            "Sort these waits: before somebody knows, until it is settled who serves, until "
            "packets go there.",
        ),
        it.table(chance),
        it.trace,
        True,
    )


def _clear(chance: Chance) -> Situation:
    """A situation of which one part is clearly longest."""
    while True:
        it = chance.pick(MAKERS)(chance)
        third, second, first = sorted(it.takes(part) for part in PARTS)
        if first >= MARGIN * second + third:
            return it


def _choice(it: Situation, part: Part, longest: Part) -> Choice:
    took = brief(it.takes(part))
    waits = ", and ".join(wait.words for wait in it.waits if wait.part == part)
    says = f"This part takes {took} s: {waits}." if waits else NOTHING[part]
    if part == "detect" and waits:
        says = f"It takes {took} s from the fault until somebody who acts on it has noticed."
    if part == "detect" and part != longest and waits:
        says = f"{says} {it.misled}"
    return Choice(part, PARTS[part], part == longest, says)


NOTHING: dict[Part, str] = {
    "detect": "Nothing has to be found out here: whoever takes the instance away says so.",
    "decide": "Nothing has to be decided here: whoever carries the packets next is up already, or "
    "has been told to.",
    "redirect": "Hardly a moment goes here: whoever notices is the one who sends, and has another "
    "way ready.",
}


def _explained(it: Situation, longest: Part) -> str:
    took = ", ".join(f"{part} {brief(it.takes(part))} s" for part in PARTS)
    return (
        f"The outage of {brief(it.outage.seconds)} s is made of {took}, each of them rounded. Most "
        f"of it goes to *{longest}*: shorten anything else, and little is won. {it.misled}"
    )


WHERE_SECONDS_GO = Generator(
    "where-seconds-go",
    "Split an outage into detect, decide and redirect",
    "failover",
    "active-standby",
    "detect-decide-redirect",
    make,
)
