"""What almost every target leaves out of a question, in words."""

from collections.abc import Iterator

from vpnedu.quiz.exports.export import Image, Loss
from vpnedu.quiz.exports.ranges import decimal, has_end, range_of
from vpnedu.quiz.inputs import Byte
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Slot
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed


def left_out(question: Question, image: Image | None) -> Iterator[str]:
    """What any system leaves out that knows neither hints nor runs, and reads plain numbers."""
    if question.hints:
        cost = any(hint.cost for hint in question.hints)
        yield "its hints are left out" + (", and with them what they cost" if cost else "")
    if question.picture and image is None:
        yield "its picture is left out: no image of it was given"
    if question.trace is not None:
        yield "the run that shows the answer is left out: nothing can be played there"
    match question.answer:
        case Number() as answer:
            unit = f" in {answer.unit}" if answer.unit else ""
            yield f"only a plain decimal number{unit} is read: no other unit, no fraction"
            if lost := range_of(answer).lost:
                yield lost
        case Typed():
            yield "answers are compared as text: a spelling that is not foreseen is wrong"
        case Byte():
            yield "its bytes can't be clicked: the number of the byte is asked for"


def losses_of(slot: Slot, found: Iterator[str]) -> Iterator[Loss]:
    """Each thing once, of all that was found in the questions of a slot."""
    for what in dict.fromkeys(found):
        yield Loss(slot.name, what)
    if not has_end(slot.points):
        near = decimal(slot.points)
        yield Loss(slot.name, f"its {slot.points} points become {near}: only decimals are known")


def how_to(question: Question) -> str:
    """How to answer where only a plain number can be given; nothing for other questions."""
    answer = question.answer
    if isinstance(answer, Byte):
        return f"Give the number of a byte of it, from 0 to {len(answer.data) - 1}."
    if isinstance(answer, Number) and answer.unit:
        return f"Give the number alone, in {answer.unit}."
    return ""
