"""How long an outage lasts: to be added up from the moments and timers of the run."""

from math import fsum

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import sides, situations
from vpnedu.quiz.generators.surviving.shared import brief, decimal, hints, number
from vpnedu.quiz.generators.surviving.situations import Situation
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

MAKERS = (
    situations.standby,
    situations.standby,
    situations.planned,
    sides.instance,
    sides.instance,
    sides.device,
    sides.circuit,
)
ASKS = (
    "For how many seconds are {packets} lost?",
    "How many seconds does the outage of {packets} last?",
    "How many seconds pass from the fault until {packets} arrive again?",
)


def make(chance: Chance) -> Question:
    it = chance.pick(MAKERS)(chance)
    near = "0.5" if it.outage.seconds > 5 else "0.2"
    asked = chance.pick(ASKS).format(packets=it.packets)
    rule = f"The table has more than you need. Within {near} s is right."
    return Question(
        "",
        "numeric",
        f"{it.story}\n\n{asked} {rule}",
        _answer(it, near),
        _explained(it),
        "Active/standby: Detect, decide, redirect",
        "add up the seconds of an outage from its timers",
        3,
        hints(
            f"Who has to notice, so that packets {it.case.direction} are sent another way?",
            "Add the waits to the moment from which the first one counts; then take the moment of "
            "the fault away.",
        ),
        it.table(chance),
        it.trace,
        True,
    )


def _answer(it: Situation, near: str) -> Number:
    at, over = it.case.at, it.over
    noticing = [wait for wait in it.others if wait.part == "detect"]
    others = fsum(wait.seconds for wait in noticing or it.others)
    values = {
        "from-the-first-wait": over - it.began,
        "until-noticed": it.takes("detect"),
        "from-notice-on": fsum(wait.seconds for wait in it.waits if wait.part != "detect"),
        "other-timers": others,
        "all-timers": over - at + others,
        "the-moment": over,
    }
    # Nobody would take a part that is next to nothing for the whole.
    wrong = [
        (name, value, SAYS[name].format(misled=it.misled))
        for name, value in values.items()
        if value > 1
    ]
    return number(it.outage.seconds, 1, near, "s", wrong)


SAYS = {
    "from-the-first-wait": "All waits added up. But the first begins at another moment than the "
    "fault, and packets are lost from the fault on.",
    "until-noticed": "By then it is known. Until packets arrive again, they must be sent another "
    "way.",
    "from-notice-on": "Packets are lost from the fault on, and not only when somebody has noticed.",
    "other-timers": "{misled}",
    "all-timers": "Not all timers count here. {misled}",
    "the-moment": "That is the second at which packets arrive again; take off the fault's.",
}


def _explained(it: Situation) -> str:
    waits = " + ".join(
        decimal(wait.seconds, 2) if wait.times == 1 else f"{wait.times} × {decimal(wait.each, 2)}"
        for wait in it.waits
    )
    took = ", ".join(f"{part} {brief(it.takes(part))} s" for part in PARTS)
    at, over = decimal(it.case.at, 1), decimal(it.over, 1)
    return (
        f"{decimal(it.began, 1)} + {waits} = {over}: from that second on packets arrive again. "
        f"{over} − {at} = {decimal(it.over - it.case.at, 1)} s. In the run: {took}; in all "
        f"{brief(it.outage.seconds)} s. {it.misled}"
    )


PARTS: tuple[situations.Part, ...] = ("detect", "decide", "redirect")

OUTAGE_SECONDS = Generator(
    "outage-seconds",
    "Add up the seconds of an outage",
    "failover",
    "active-standby",
    "a-worked-example",
    make,
)
