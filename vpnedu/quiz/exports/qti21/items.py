"""A question as an assessment item of QTI 2.1."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.export import Image
from vpnedu.quiz.exports.leaving import how_to, left_out
from vpnedu.quiz.exports.markup import asked, element, why
from vpnedu.quiz.exports.qti21.interacting import Parts, ordering, pairing, picking, ticking
from vpnedu.quiz.exports.qti21.processing import FEEDBACK, SCHEMA, tell
from vpnedu.quiz.exports.qti21.writing import locating, reckoning, typing
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

_WHY = "explanation"


def item(name: str, title: str, question: Question, image: Image | None, source: str) -> Element:
    """The `assessmentItem` called `name`; `source` is the image's path from the item's file."""
    parts = _parts(question, name)
    feedback = [*parts.feedback, (_WHY, why(question))]
    identity = {"identifier": name, "title": title}
    return element(
        "assessmentItem",
        {"xmlns": SCHEMA} | identity | {"adaptive": "false", "timeDependent": "false"},
        parts.declaration,
        _outcome("SCORE", "single", "float", "0"),
        _outcome("MAXSCORE", "single", "float", "1"),
        _outcome(FEEDBACK, "multiple", "identifier"),
        element(
            "itemBody", None, asked(question, image, source, how_to(question)), parts.interaction
        ),
        element("responseProcessing", None, *parts.processing, tell(_WHY)),
        *(_modal(told, inside) for told, inside in feedback),
    )


def _outcome(name: str, cardinality: str, kind: str, value: str = "") -> Element:
    attributes = {"identifier": name, "cardinality": cardinality, "baseType": kind}
    default = element("defaultValue", None, element("value", None, value)) if value else None
    return element("outcomeDeclaration", attributes, default)


def _modal(name: str, inside: Sequence[Element | str]) -> Element:
    attributes = {"outcomeIdentifier": FEEDBACK, "identifier": name, "showHide": "show"}
    return element("modalFeedback", attributes, *inside)


def _parts(question: Question, name: str) -> Parts:
    chance = Chance(0, name)
    match question.answer:
        case One() as answer:
            return picking(answer, chance)
        case Many() as answer:
            return ticking(answer, chance)
        case Pairs() as answer:
            return pairing(answer, chance)
        case Order() as answer:
            return ordering(answer, question)
        case Number() as answer:
            return reckoning(answer)
        case Typed() as answer:
            return typing(answer)
        case Byte() as answer:
            return locating(answer)
        case other:
            raise TypeError(f"QTI 2.1 has nothing for {other.name!r}")


def lost(question: Question, image: Image | None) -> Iterator[str]:
    """What QTI 2.1 can't express of a question, in words."""
    yield from left_out(question, image)
    answer = question.answer
    if isinstance(answer, Order) and answer.credit != "all":
        yield f"only the whole order counts: the partial credit {answer.credit!r} is lost"
