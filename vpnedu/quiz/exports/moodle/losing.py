"""What Moodle can't express of a question, in words."""

from collections.abc import Iterator
from fractions import Fraction

from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.exports.moodle.kinds import units_of
from vpnedu.quiz.exports.moodle.wording import ordinal
from vpnedu.quiz.exports.ranges import around, range_of
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.quiz.units import scales_of

# Moodle asks for as many partners when somebody edits such a question.
_FEWEST_PARTNERS = 3


def lost(question: Question, image: Image | None, orders: bool) -> Iterator[str]:
    """Each thing that is lost; where `orders` is false, orders become pairs."""
    if question.hints:
        yield (
            "hints are given after a wrong try, in quizzes of the kind “Interactive with multiple "
            "tries” only; all wrong tries cost the same"
        )
    if question.picture and image is None:
        yield "its picture is missing: no image of it was given"
    if isinstance(question.answer, Number):
        yield from _units(question.answer)
    yield from lost_in_both(question, orders)


def lost_in_both(question: Question, orders: bool) -> Iterator[str]:
    """What neither of Moodle's formats can express."""
    if question.trace is not None:
        yield "the run behind it can't be played there"
    yield from credit(question, orders)
    match question.answer:
        case One(choices) | Many(choices) if any(choice.last for choice in choices):
            yield "the choice that stands last here is shuffled with the others"
        case Number() as number:
            yield from _number(number)
        case Typed():
            yield "only the spellings in the file are right; others are wrong, none is unreadable"
        case Byte():
            yield "its bytes can't be clicked: the number of one is typed"
        case Pairs() as pairs:
            yield from _pairs(pairs)
        case Order(steps) if any(step.says for step in steps):
            yield "what is said of each step is told together, after the answer"
    if isinstance(question.answer, Many):
        yield "what is said of a right choice is told only to who ticks it"


def credit(question: Question, orders: bool) -> Iterator[str]:
    """What becomes of partial marks that Moodle counts in another way."""
    match question.answer:
        case Many(choices, "all" | "each"):
            count = sum(choice.right for choice in choices)
            yield f"partial marks: each right tick counts 1/{count}, each wrong one as much less"
        case Pairs(items, _, "all"):
            yield f"partial marks: each pair counts 1/{len(items)}, not all or nothing"
        case Order(steps, "longest") if orders and len(steps) > 2:
            most = len(steps)
            yield (
                f"partial marks: of {most} steps, k in order are worth k/{most} there, "
                f"(k - 1)/{most - 1} here"
            )
        case Order(steps, policy) if not orders:
            became = "" if policy == "position" else "; partial marks: each place counts by itself"
            yield f"steps are paired with their places, 1st to {ordinal(len(steps))}{became}"


def _units(number: Number) -> Iterator[str]:
    known = {word for word, _ in units_of(number)}
    gone = [word for word, _ in scales_of(number.unit) if word not in known]
    if gone:
        yield f"these units are not read there: {', '.join(gone)}"


def _number(number: Number) -> Iterator[str]:
    yield "a fraction such as 3/4 is not read as a number there"
    wrong = (around(Fraction(one.value), number.tolerance) for one in number.mistakes)
    yield from (cut.lost for cut in (range_of(number), *wrong) if cut.lost)


def _pairs(pairs: Pairs) -> Iterator[str]:
    if len(pairs.options) < _FEWEST_PARTNERS or len(pairs.items) < 2:
        yield "whoever edits it there is asked for a second pair and a third partner"
    if any(item.says for item in pairs.items):
        yield "what is said of each pair is told together, after the answer"
