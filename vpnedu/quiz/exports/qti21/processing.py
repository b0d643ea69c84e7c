"""The expressions and rules of QTI 2.1's response processing that items here are marked by."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.markup import element
from vpnedu.quiz.exports.ranges import Range, decimal

SCHEMA = "http://www.imsglobal.org/xsd/imsqti_v2p1"
RESPONSE = "RESPONSE"
FEEDBACK = "FEEDBACK"


def base_value(kind: str, value: str) -> Element:
    """A value of a base type."""
    return element("baseValue", {"baseType": kind}, value)


def response() -> Element:
    """What was answered."""
    return element("variable", {"identifier": RESPONSE})


def right() -> Element:
    """Whether the answer is the correct response."""
    return element("match", None, response(), _correct())


def _correct() -> Element:
    return element("correct", {"identifier": RESPONSE})


def mapped() -> Element:
    """What the parts of the answer are worth together."""
    return element("mapResponse", {"identifier": RESPONSE})


def within(numbers: Range, key: bool = False) -> Element:
    """Whether the answer, a number, lies in a range; in that of the correct response, if `key`."""
    if numbers.exact is not None:
        far = decimal(numbers.high - numbers.exact)
        attributes = {"toleranceMode": "absolute", "tolerance": f"{far} {far}"}
        value = _correct() if key else _float(decimal(numbers.exact))
        return element("equal", attributes, response(), value)
    low = element("gte", None, response(), _float(decimal(numbers.low)))
    high = element("lte", None, response(), _float(decimal(numbers.high)))
    return element("and", None, low, high)


def _float(value: str) -> Element:
    return base_value("float", value)


def spelled(texts: Iterable[str]) -> Element:
    """Whether the answer is one of `texts`, in upper or lower case."""
    matches = [
        element("stringMatch", {"caseSensitive": "false"}, response(), base_value("string", text))
        for text in texts
    ]
    return matches[0] if len(matches) == 1 else element("or", None, *matches)


def either(value: Element, otherwise: Element, test: Element) -> Element:
    """A rule: the score is `value` if `test` holds, else `otherwise`."""
    yes = element("responseIf", None, test, scored(value))
    return element("responseCondition", None, yes, element("responseElse", None, scored(otherwise)))


def scored(value: Element) -> Element:
    """The rule that sets the score."""
    return element("setOutcomeValue", {"identifier": "SCORE"}, value)


def tell(name: str) -> Element:
    """The rule that shows a feedback, beside what is shown already."""
    both = element(
        "multiple",
        None,
        element("variable", {"identifier": FEEDBACK}),
        base_value("identifier", name),
    )
    return element("setOutcomeValue", {"identifier": FEEDBACK}, both)


def tell_if(test: Element, name: str) -> Element:
    """The rule that shows a feedback where `test` holds."""
    return element("responseCondition", None, element("responseIf", None, test, tell(name)))


def tell_first(tests: Sequence[tuple[Element, str]]) -> list[Element]:
    """The rule that shows the feedback of the first test that holds; none for no test.

    An empty name shows nothing, and ends the search.
    """
    if not tests:
        return []
    branches = [
        element(
            "responseElseIf" if place else "responseIf", None, test, *([tell(name)] if name else [])
        )
        for place, (test, name) in enumerate(tests)
    ]
    return [element("responseCondition", None, *branches)]
