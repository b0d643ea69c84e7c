"""Put the messages and acts of an IKE run in their order."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.ike_run import Moment, Run
from vpnedu.quiz.generators.reckoning.ike_situations import KEY, OURS, SITUATIONS, Situation
from vpnedu.quiz.generators.reckoning.ike_words import (
    Names,
    Pace,
    anew,
    any_pace,
    says,
    settings_of,
    step_id,
    told,
    transcript,
    two_ends,
    waits,
)
from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.inputs import Order, Step
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.ike import Dial

NAME = "ike-order"
LONG = 150.0  # seconds: enough for every situation


def make(chance: Chance) -> Question:
    """A run of the machine is told; its moments are to be put in order."""
    situation, names, pace = chance.pick(SITUATIONS), two_ends(chance), any_pace(chance)
    happened = run(situation, names, pace).after(situation.since)
    moments = [moment for moment in happened if situation.kept(moment)][: situation.most]
    return Question(
        id=NAME,
        kind="ordering",
        text=(f"{_story(situation, names, pace)}\n\nPut what happens in order."),
        answer=Order(tuple(_steps(moments, names))),
        explain=f"{situation.rule}\n\n{transcript(moments, moments, names)}",
        reference=situation.reference,
        objective=NAME,
        difficulty=3 if len(moments) > 5 else 2,
        hints=hints(
            "Each exchange is a request and its answer, and the next one begins when it is over.",
            situation.rule,
        ),
    )


def _story(situation: Situation, names: Names, pace: Pace) -> str:
    return situation.text.format(first=names.first, second=names.second, redial=pace.redial)


def run(situation: Situation, names: Names, pace: Pace) -> Run:
    """The situation, run by the engine's machine at both ends."""
    ours: dict[str, object] = {"key": KEY, "selectors": OURS} | situation.first
    theirs: dict[str, object] = {"key": situation.their_key, "selectors": situation.theirs}
    ends = (settings_of(names, 0, pace, ours), settings_of(names, 1, pace, theirs))
    made = Run(ends, situation.lost)
    made.order(0.0, 0, Dial(0.0))
    return made.until(LONG)


def _steps(moments: list[Moment], names: Names) -> list[Step]:
    return [
        Step(step_id(moment), told(moment, names, waited), _why(moment, waited))
        for moment, waited in zip(moments, waits(moments), strict=True)
    ]


def _why(moment: Moment, waited: float) -> str:
    if moment.message is None:
        return _WHY[moment.what]
    if anew(moment.message):
        return "Only after the old attempt is over does a new one begin, from the first message on."
    if not moment.again:
        return says(moment.message)[1]
    if not moment.message.request:
        return "A request that comes again gets the same answer again, and no new one."
    if moment.again == 1:
        return f"Nobody answered for {waited:.1f} s, so the one who asks sends its request again."
    return f"Each wait is longer than the one before; this one took {waited:.1f} s."


_WHY = {
    "lets in": "It receives under the new child SA before its answer leaves: the first packet may "
    "follow that answer at once.",
    "sends with": "With the answer it knows that the other end can receive under the new child SA.",
    "became": "It is a consequence of what came just before: the last answer, or its lack.",
}


GENERATOR = Generator(
    NAME,
    "Put the messages of IKE in order, and say why",
    "key exchange",
    "inside-the-tunnel",
    "four-messages-before-the-first-packet",
    make,
)
