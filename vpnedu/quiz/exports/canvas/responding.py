"""What of an item depends on how it is answered, and on how Canvas marks that.

Feedback to a choice comes before the condition that sets the score: of two conditions on one
choice, Canvas's importer takes the weight of the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.markup import element, in_line, in_paragraphs, markup_of
from vpnedu.quiz.exports.ranges import Range, decimal
from vpnedu.quiz.inputs import Choice, Many, One
from vpnedu.simulation.chance import Chance

RESPONSE = "response1"
# Canvas keeps answers by whole numbers. Words such as "wrong" or "correct" in an identifier would
# make its feedback the whole question's.
_FIRST_ID = 1001


@dataclass(frozen=True)
class Parts:
    """The type that Canvas knows, the answers' ids, what is shown, how it is marked and told."""

    type: str
    ids: tuple[str, ...]
    presented: tuple[Element, ...]
    conditions: tuple[Element, ...]
    feedback: tuple[tuple[str, str], ...] = ()


def html(parts: Sequence[Element | str]) -> str:
    """XHTML as text, for `mattext`, which holds it escaped."""
    return markup_of(element("div", None, *parts))


def material(text: str) -> Element:
    """HTML to be shown."""
    return element("material", None, element("mattext", {"texttype": "text/html"}, text))


def numbered(count: int, first: int = _FIRST_ID) -> list[str]:
    """As many identifiers as there are answers."""
    return [str(first + place) for place in range(count)]


def told(ident: str) -> str:
    """The identifier of the feedback to an answer."""
    return f"{ident}_fb"


def condition(
    test: Sequence[Element], score: str = "", feedback: str = "", action: str = "Set"
) -> Element:
    """What comes of an answer: a score from 0 to 100, or feedback, which ends nothing."""
    parts = [element("conditionvar", None, *test)]
    if score:
        parts.append(element("setvar", {"action": action, "varname": "SCORE"}, score))
    if feedback:
        shown = {"feedbacktype": "Response", "linkrefid": feedback}
        parts.append(element("displayfeedback", shown))
    ends = score and action == "Set"
    return element("respcondition", {"continue": "No" if ends else "Yes"}, *parts)


def equals(value: str, response: str = RESPONSE) -> Element:
    """The test for one value."""
    return element("varequal", {"respident": response}, value)


def negated(test: Element) -> Element:
    """The test for anything else."""
    return element("not", None, test)


def picking(kind: str, answer: One | Many, chance: Chance | None) -> Parts:
    """Choices to pick from; without `chance` they stand as they are."""
    choices = _arranged(answer, chance)
    ids = numbered(len(choices))
    said = [(ident, choice) for ident, choice in zip(ids, choices, strict=True) if choice.says]
    tests = [_ticked(ident, choice) for ident, choice in zip(ids, choices, strict=True)]
    if isinstance(answer, One):
        tests = [test for test, choice in zip(tests, choices, strict=True) if choice.right]
    else:
        tests = [element("and", None, *tests)]
    labels = [
        element("response_label", {"ident": ident}, material(markup_of(_line(choice))))
        for ident, choice in zip(ids, choices, strict=True)
    ]
    many = "Single" if isinstance(answer, One) else "Multiple"
    shown = element(
        "response_lid",
        {"ident": RESPONSE, "rcardinality": many},
        element("render_choice", None, *labels),
    )
    comments = [condition([equals(ident)], feedback=told(ident)) for ident, _ in said]
    texts = tuple((told(ident), html(in_paragraphs(choice.says))) for ident, choice in said)
    return Parts(kind, tuple(ids), (shown,), (*comments, condition(tests, "100")), texts)


def _arranged(answer: One | Many, chance: Chance | None) -> list[Choice]:
    """The choices by chance, those that belong at the end last, or in the order that they have."""
    if answer.ordered or chance is None:
        return list(answer.choices)
    return sorted(chance.shuffled(answer.choices), key=lambda choice: choice.last)


def _ticked(ident: str, choice: Choice) -> Element:
    return equals(ident) if choice.right else negated(equals(ident))


def _line(choice: Choice) -> Element:
    return element("p", None, *in_line(choice.text))


def typing(texts: Sequence[str]) -> Parts:
    """A line of text; any of `texts` is right, in upper or lower case."""
    label = element("response_label", {"ident": "answer1", "rshuffle": "No"})
    shown = element(
        "response_str",
        {"ident": RESPONSE, "rcardinality": "Single"},
        element("render_fib", None, label),
    )
    right = condition([equals(text) for text in texts], "100")
    return Parts("short_answer_question", tuple(numbered(len(texts))), (shown,), (right,))


def reckoning(right: Range) -> Parts:
    """A number. Its lower bound is `vargte`: `vargt` would make Canvas guess at a precision."""
    shown = element(
        "response_str",
        {"ident": RESPONSE, "rcardinality": "Single"},
        element(
            "render_fib",
            {"fibtype": "Decimal"},
            element("response_label", {"ident": "answer1"}),
        ),
    )
    bounds = [
        element("vargte", {"respident": RESPONSE}, decimal(right.low)),
        element("varlte", {"respident": RESPONSE}, decimal(right.high)),
    ]
    if right.exact is not None:
        exact = equals(decimal(right.exact))
        bounds = [element("or", None, exact, element("and", None, *bounds))]
    number = (condition(bounds, "100"),)
    return Parts("numerical_question", tuple(numbered(1)), (shown,), number)
