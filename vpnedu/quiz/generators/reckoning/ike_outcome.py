"""What comes next in IKE: which answer, which message, which state."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.ike_cases import Case
from vpnedu.quiz.generators.reckoning.ike_loss_cases import LIVENESS, LOSSES
from vpnedu.quiz.generators.reckoning.ike_rekey_cases import REKEYS
from vpnedu.quiz.generators.reckoning.ike_run import Run
from vpnedu.quiz.generators.reckoning.ike_set_up_cases import SETTING_UP
from vpnedu.quiz.generators.reckoning.ike_situations import KEY
from vpnedu.quiz.generators.reckoning.ike_words import (
    Names,
    Pace,
    any_pace,
    settings_of,
    transcript,
    two_ends,
)
from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.ike import Dial, schedule

NAME = "ike-outcome"
CASES = (*SETTING_UP, *LOSSES, *LIVENESS, *REKEYS)
# What the explanation tells of the run: seconds before the question, and moments after it.
BEFORE, AFTER = 0.2, 3


def make(chance: Chance) -> Question:
    """A run is stopped; the reader says how it goes on, and the machine is let go on."""
    case, names, pace = chance.pick(CASES), two_ends(chance), any_pace(chance)
    made, stop = play(case, names, pace)
    after = made.after(stop)
    right = case.code(made, after)
    choices = [
        Choice(
            option.code,
            option.text.format(first=names.first, second=names.second),
            option.code == right,
            option.says.format(first=names.first, second=names.second),
        )
        for option in case.options
    ]
    story = case.text.format(first=names.first, second=names.second)
    ask = case.ask.format(first=names.first, second=names.second)
    return Question(
        id=NAME,
        kind="single",
        text=f"{story}\n\n{ask}",
        answer=One(tuple(chance.shuffled(choices))),
        explain=f"{case.rule}\n\n{_told(made, stop, names)}",
        reference=case.reference,
        objective=NAME,
        difficulty=2,
        hints=hints(case.hint),
    )


def play(case: Case, names: Names, pace: Pace) -> tuple[Run, float]:
    """The case, run by the engine's machine at both ends, and when the question is asked."""
    ends = (
        settings_of(names, 0, pace, {"key": KEY, "selectors": case.ours} | case.first),
        settings_of(
            names, 1, pace, {"key": case.their_key, "selectors": case.theirs} | case.second
        ),
    )
    stop = case.stop
    if case.waits:
        stop += schedule(pace.timeout, pace.base, case.waits)[case.waits - 1]
    made = Run(ends, case.lost, case.hears)
    made.order(0.0, 0, Dial(0.0))
    for at, end, event in case.orders:
        made.order(at, end, event)
    made.until(stop + case.watch)
    return made, stop


def _told(made: Run, stop: float, names: Names) -> str:
    """The run as it went, from a little before the question on."""
    happened = [moment for moment in made.moments if moment.detail != "setting up"]
    before = [moment for moment in happened if stop - BEFORE < moment.at <= stop]
    after = [moment for moment in happened if moment.at > stop]
    if not after:
        return f"In the run neither end sends an IKE message after {stop:.0f} s."
    return f"In the run:\n\n{transcript([*before, *after[:AFTER]], happened, names)}"


GENERATOR = Generator(
    NAME,
    "Say how IKE goes on after a message, a loss or a silence",
    "key exchange",
    "inside-the-tunnel",
    "every-request-has-one-answer",
    make,
)
