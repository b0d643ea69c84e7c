"""Questions as items of QTI 1.2, each of a type that Canvas knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.canvas.matching import matching, ordering
from vpnedu.quiz.exports.canvas.responding import (
    Parts,
    condition,
    html,
    material,
    picking,
    reckoning,
    typing,
)
from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.exports.leaving import how_to, left_out
from vpnedu.quiz.exports.markup import asked, element, markup_of, why
from vpnedu.quiz.exports.ranges import range_of
from vpnedu.quiz.exports.spellings import spellings
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

_IMAGES = "%24IMS-CC-FILEBASE%24/images"
_PLACES = "Give each its place: 1 comes first."


@dataclass(frozen=True)
class Item:
    """A question under its identifier, with the title and the points it has in Canvas."""

    name: str
    title: str
    question: Question
    points: str
    image: Image | None


def item(one: Item) -> Element:
    """The `item` of a question."""
    parts = _parts(one)
    fields = {
        "question_type": parts.type,
        "points_possible": one.points,
        "original_answer_ids": ",".join(parts.ids),
        "assessment_question_identifierref": f"{one.name}-ref",
    }
    metadata = element("qtimetadata", None, *(_field(*pair) for pair in fields.items()))
    note = _PLACES if isinstance(one.question.answer, Order) else how_to(one.question)
    stem = asked(one.question, one.image, f"{_IMAGES}/{one.name}.png", note)
    general = condition([element("other")], feedback="general_fb")
    feedback = {"general_fb": html(why(one.question))} | dict(parts.feedback)
    return element(
        "item",
        {"ident": one.name, "title": one.title},
        element("itemmetadata", None, metadata),
        element("presentation", None, material(markup_of(stem)), *parts.presented),
        element("resprocessing", None, _outcomes(), general, *parts.conditions),
        *(_feedback(name, text) for name, text in feedback.items()),
    )


def _field(label: str, entry: str) -> Element:
    inside = element("fieldlabel", None, label), element("fieldentry", None, entry)
    return element("qtimetadatafield", None, *inside)


def _outcomes() -> Element:
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    return element("outcomes", None, element("decvar", score))


def _feedback(name: str, text: str) -> Element:
    inside = element("flow_mat", None, material(text))
    return element("itemfeedback", {"ident": name}, inside)


def _parts(one: Item) -> Parts:
    chance = Chance(0, one.name)
    answer = one.question.answer
    match answer:
        case One() if one.question.kind == "true-false":
            return picking("true_false_question", answer, None)
        case One():
            return picking("multiple_choice_question", answer, chance)
        case Many():
            return picking("multiple_answers_question", answer, chance)
        case Pairs():
            return matching(answer, chance)
        case Order():
            return ordering(answer, one.question)
        case Typed():
            return typing(spellings(answer))
        case Number() | Byte():
            return reckoning(range_of(answer))
        case _:
            raise TypeError(f"Canvas has nothing for {answer.name!r}")


def lost(question: Question, image: Image | None) -> Iterator[str]:
    """What Canvas can't express of a question, in words."""
    yield from left_out(question, image)
    match question.answer:
        case Many(credit=credit) if credit != "net":
            yield f"the credit {credit!r} becomes Canvas's own: right ticks less wrong ones"
        case Pairs(credit="all"):
            yield "each right pair counts by itself, where all had to be right"
        case Order(credit=credit):
            counts = "" if credit == "position" else f", and the credit {credit!r} is lost"
            yield f"it becomes matching: each step that gets its right place counts{counts}"
        case Number() | Typed() as answer if answer.mistakes:
            yield "what it says to wrong answers that are expected is left out"
        case Byte():
            yield "what it says to each field of the packet is left out"
