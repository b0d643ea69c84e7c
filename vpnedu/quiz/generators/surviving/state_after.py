"""What becomes of a packet that leaves at a given second of a run: who knows what by then?"""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving import sides, situations
from vpnedu.quiz.generators.surviving.shared import decimal, hints
from vpnedu.quiz.generators.surviving.situations import Situation
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

MAKERS = (
    situations.standby,
    situations.planned,
    sides.instance,
    sides.instance,
    sides.instance,
    sides.device,
    sides.device,
    sides.circuit,
    sides.circuit,
)
# So far from a change, in seconds, that nobody has to count hundredths.
MARGIN = 1.0
ASKS = (
    "A packet leaves {direction} at second {at}{flow}. What becomes of it?",
    "Stop the clock at second {at}. A packet is sent {direction} just then{flow}. What happens to "
    "it?",
    "Somebody sends a packet {direction} at second {at}{flow}. Where does it get to?",
)


def make(chance: Chance) -> Question:
    it = chance.pick(MAKERS)(chance)
    stages = _stages(it)
    stage = chance.pick([name for name, (begin, end) in stages.items() if end - begin > 3])
    begin, end = stages[stage]
    at = round(chance.uniform(begin + MARGIN, min(end, begin + 30) - MARGIN), 1)
    before, after = it.ways
    flow = f", in a flow that took {_named(before)} until the fault" if before != after else ""
    asked = chance.pick(ASKS).format(direction=it.case.direction, at=decimal(at, 1), flow=flow)
    return Question(
        "",
        "predict",
        f"{it.story}\n\n{asked}",
        One(tuple(_choices(it, stages, at, before, after)), ordered=True),
        _explained(it, at, after),
        "Active/active: Each side notices by itself",
        "tell from the timers what becomes of a packet at a given second",
        3,
        hints(
            f"Who sends packets {it.case.direction}, and how does that one learn of the fault?",
            "Add the waits up, and write the second beside each. Between which two does the packet "
            "leave?",
        ),
        it.table(chance),
        it.trace,
        True,
    )


def _stages(it: Situation) -> dict[str, tuple[float, float]]:
    """From when to when each state of affairs lasts, in seconds of the run."""
    outage = it.outage
    found = outage.start + outage.detect
    settled = found + outage.decide
    assert outage.end is not None, "every situation recovers"
    return {
        "unknown": (outage.start, found),
        "unsettled": (found, settled),
        "moving": (settled, outage.end),
        "arrives": (outage.end, outage.end + 30),
    }


def _choices(
    it: Situation, stages: dict[str, tuple[float, float]], at: float, before: str, after: str
) -> list[Choice]:
    texts = {
        "unknown": "it is lost: nobody who could send it another way knows of the fault yet",
        "unsettled": "it is lost: the fault is known, and nobody is ready to serve instead yet",
        "moving": "it is lost: all is settled, but packets do not go the new way yet",
        "arrives": f"it arrives, over {_named(after)}"
        + (" and instance 2" if before == after else ""),
    }
    # What is over in a moment is nothing to choose, but for the idea that nobody knows.
    spans = {name: end - begin for name, (begin, end) in stages.items()}
    texts = {name: t for name, t in texts.items() if spans[name] > 0.5 or name == "unknown"}
    now = next(name for name, (begin, end) in stages.items() if begin <= at < end)
    choices = [
        Choice(name, text, name == now, _says(name, stages[name], at))
        for name, text in texts.items()
    ]
    if before != after:
        says = f"Whatever the tables still say, {_named(before)} leads to what is gone: since "
        says += f"second {decimal(it.case.at, 1)} nothing gets through."
        choices.insert(0, Choice("old-way", f"it arrives, over {_named(before)}", False, says))
    return choices


def _named(way: str) -> str:
    return "the circuit" if way == "circuit" else way


def _says(name: str, span: tuple[float, float], at: float) -> str:
    begin, end = (decimal(second, 1) for second in span)
    if name == "arrives":
        right = "this one too" if at >= span[0] else "this one leaves too early"
        return f"Packets arrive again from second {begin} on; {right}."
    if name == "unknown" and span[1] - span[0] < 0.5:
        return "Nobody has to notice anything: whoever takes the instance away says so."
    told = {
        "unknown": f"Nobody who could send it another way knows of the fault before second {end}",
        "unsettled": f"The fault is known from second {begin}, and who serves is settled at {end}",
        "moving": f"Who serves is settled at second {begin}, and packets arrive from {end}",
    }[name]
    if at < span[0]:
        return f"{told}; this one leaves before."
    return f"{told}; this one leaves later." if at >= span[1] else f"{told}."


def _explained(it: Situation, at: float, after: str) -> str:
    way, cause = it.way(at)
    end = f"It is lost: {cause}." if cause else f"It arrives, over {_named(way)}."
    over, seen = it.outage.end or 0.0, it.outage.start + it.outage.detect
    return (
        f"As to packets {it.case.direction}: the fault is noticed at second {decimal(seen, 1)}, "
        f"and from second {decimal(over, 1)} on they arrive over {_named(after)}. This one leaves "
        f"at {decimal(at, 1)}. {end} {it.misled}"
    )


STATE_AFTER = Generator(
    "state-after",
    "Tell what becomes of a packet at a given second",
    "failover",
    "active-active",
    "each-side-notices-by-itself",
    make,
)
