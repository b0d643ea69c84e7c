"""The questions about one outage, each answered a second time from the table of its timers."""

import re

import pytest

from tests.quiz.generators.cells import asked, numbers
from tests.quiz.generators.laws import check
from vpnedu.quiz.question import Question
from vpnedu.simulation.counting import counts
from vpnedu.simulation.events import Carried


def seconds(cell: str) -> float:
    """What a cell says: "at 29.8 s", "3 × 10 s", "45 s"."""
    first, *more = map(float, numbers(cell))
    return first * more[0] if more else first


# What the row that names the first wait's beginning calls for besides.
NOTICING = {
    "leaves a health probe unanswered": ("further unanswered probes",),
    "does not send a greeting": ("further greetings",),
    "hears BFD": ("missing BFD packets",),
    "hears BGP": ("the hold time on the circuit",),
    "hears from": ("silence after which", "questions in a row"),
}
MOVING = {
    "from the network": ("address moves", "tunnel is set up", "the virtual network uses"),
    "from the office": ("the office's routers use",),
}


def moments(question: Question) -> tuple[float, float, float, float]:
    """The seconds of the fault, of its discovery, of the decision, and of the first packet."""
    rows = question.table.rows
    fault = seconds(rows[0][1])

    def waits(words):
        return sum(seconds(cell) for what, cell in rows if any(w in what for w in words))

    found = fault
    for first, then in NOTICING.items():
        for what, cell in rows[1:]:
            if first in what and cell.startswith("at "):
                found = seconds(cell) + waits(then)
    settled = found + waits(("instance 2 gets ready",))
    # A gateway that has given up a device's tunnel has the other one at once.
    by_itself = question.trace.title.startswith(("Dual", "Active/standby gateway, two"))
    way = next(direction for direction in MOVING if direction in asked(question))
    return fault, found, settled, settled + (0 if by_itself else waits(MOVING[way]))


def outage_by_reading(question: Question) -> str:
    fault, _, _, back = moments(question)
    return f"{back - fault:.3f}"


def part_by_reading(question: Question) -> str:
    fault, found, settled, back = moments(question)
    parts = {"detect": found - fault, "decide": settled - found, "redirect": back - settled}
    return max(parts, key=parts.get)


def state_by_reading(question: Question) -> str:
    _, found, settled, back = moments(question)
    at = float(re.search(r"at second (\d+(?:\.\d+)?)", asked(question)).group(1))
    late = sum(at >= moment for moment in (found, settled, back))
    return ("unknown", "unsettled", "moving", "arrives")[late]


def flow_of(question: Question) -> str:
    way = "office → network" if "from the office" in asked(question) else "network → office"
    return next(outage.flow for outage in question.trace.outages if outage.flow.startswith(way))


def test_the_seconds_of_an_outage_add_up():
    for question in check("outage-seconds", range(1000), outage_by_reading):
        # Four packets a second: those that were lost are counted one by one.
        lost = counts(question.trace, flow=flow_of(question)).lost
        assert lost / 4 == pytest.approx(float(question.answer.value), abs=0.26)


def test_the_longest_part_is_seen_from_the_timers():
    check("where-seconds-go", range(1000), part_by_reading)


def test_a_packets_fate_follows_from_the_timers():
    for question in check("state-after", range(1000), state_by_reading):
        at = float(re.search(r"at second (\d+(?:\.\d+)?)", asked(question)).group(1))
        carried = [
            event
            for event in question.trace.events
            if isinstance(event, Carried) and event.flow == flow_of(question) and event.since <= at
        ]
        arrives = carried[-1].lost_at is None
        assert arrives == (question.answer.key == "arrives")
