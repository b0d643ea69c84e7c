"""A reader of its own for QTI 2.1 items, which runs their response processing step by step."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from tests.quiz.exports.qti_reader import Answer, Case, one, seen, tree


def items21(files: dict[str, bytes]) -> list[Element]:
    """All items in the order in which the test refers to them."""
    refs = tree(files["test.xml"]).iter("assessmentItemRef")
    return [tree(files[ref.get("href", "")]) for ref in refs]


def every_item(cases: list[Case]) -> list[Element]:
    return [node for _, _, files in cases for node in items21(files)]


class Qti21Item:
    """An item of a QTI 2.1 package; its response processing is run step by step."""

    def __init__(self, node: Element):
        self.node = node
        self.declared = one(node, "responseDeclaration")

    def score(self, answer: Answer) -> tuple[Fraction, set[str]]:
        """The score, and the feedback that is shown, by its text."""
        outcomes: dict[str, Any] = {"SCORE": Fraction(0), "FEEDBACK": []}
        state = {"RESPONSE": self._response(answer), **outcomes}
        for rule in one(self.node, "responseProcessing"):
            self._rule(rule, state)
        shown = [m for m in self.node.findall("modalFeedback") if m.get("showHide") == "show"]
        return state["SCORE"], {
            seen(m) for m in shown if m.get("identifier") in state[m.get("outcomeIdentifier", "")]
        }

    def _response(self, answer: Answer) -> Any:
        """The answer in the item's identifiers."""
        if not answer:
            return None
        kind = self.declared.get("baseType")
        if kind == "float":
            return Fraction(answer)
        if kind == "string":
            return answer
        if kind == "directedPair":
            left, right = (self._names(part) for part in self.node.iter("simpleMatchSet"))
            return [f"{left[row]} {right[option]}" for row, option in answer.items()]
        names = self._names(self.node)
        return names[answer] if isinstance(answer, str) else [names[text] for text in answer]

    def _names(self, node: Element) -> dict[str, str]:
        found = [n for n in node.iter() if n.tag in ("simpleChoice", "simpleAssociableChoice")]
        names = {seen(choice): choice.get("identifier", "") for choice in found}
        assert len(names) == len(found), "two choices read alike"
        return names

    def _rule(self, rule: Element, state: dict[str, Any]) -> None:
        if rule.tag == "setOutcomeValue":
            state[rule.get("identifier", "")] = self._value(rule[0], state)
            return
        assert rule.tag == "responseCondition"
        for branch in rule:
            holds = branch.tag == "responseElse" or self._value(branch[0], state) is True
            if holds:
                for inner in branch if branch.tag == "responseElse" else branch[1:]:
                    self._rule(inner, state)
                return

    def _value(self, node: Element, state: dict[str, Any]) -> Any:
        if node.tag == "variable":
            return state[node.get("identifier", "")]
        if node.tag == "baseValue":
            text = node.text or ""
            return Fraction(text) if node.get("baseType") == "float" else text
        if node.tag == "correct":
            values = [v.text or "" for v in self.declared.findall("correctResponse/value")]
            single = self.declared.get("cardinality") == "single"
            number = self.declared.get("baseType") == "float"
            return (Fraction(values[0]) if number else values[0]) if single else values
        if node.tag == "mapResponse":
            return self._mapped(state["RESPONSE"])
        if node.tag == "isNull":
            return self._value(node[0], state) is None
        return self._operator(node, [self._value(inner, state) for inner in node])

    def _operator(self, node: Element, values: list[Any]) -> Any:
        """The value of an operator; null where an operand is, but for `multiple` and the logic."""
        if node.tag == "multiple":
            parts = (v if isinstance(v, list) else [v] for v in values if v is not None)
            return [one for part in parts for one in part]
        if node.tag in ("and", "or"):
            return (all if node.tag == "and" else any)(value is True for value in values)
        if None in values:
            return None
        if node.tag == "match" and self.declared.get("cardinality") == "multiple":
            return sorted(values[0]) == sorted(values[1])
        return OPERATORS[node.tag](node, *values)

    def _mapped(self, response: Any) -> Fraction:
        table = one(self.declared, "mapping")
        entries = {}
        for entry in table:
            key = entry.get("mapKey", "")
            key = key.lower() if entry.get("caseSensitive") == "false" else key
            entries[key] = Fraction(entry.get("mappedValue") or "")
        default = Fraction(table.get("defaultValue") or 0)
        loose = any(entry.get("caseSensitive") == "false" for entry in table)
        given = response if isinstance(response, list) else [response]
        total = Fraction(0)
        for value in set(given) - {None}:
            total += entries.get(value.lower() if loose else value, default)
        if (least := table.get("lowerBound")) is not None:
            total = max(total, Fraction(least))
        if (most := table.get("upperBound")) is not None:
            total = min(total, Fraction(most))
        return total


def _index(node: Element, values: list[str]) -> str | None:
    place = int(node.get("n", ""))
    return values[place - 1] if place <= len(values) else None


def _alike(node: Element, first: str, second: str) -> bool:
    assert node.get("caseSensitive") == "false"
    return first.lower() == second.lower()


def _equal(node: Element, first: Fraction, second: Fraction) -> bool:
    assert node.get("toleranceMode") == "absolute"
    below, above = map(Fraction, (node.get("tolerance") or "").split())
    return second - below <= first <= second + above


OPERATORS: dict[str, Callable[..., Any]] = {
    "not": lambda _, value: value is False,
    "sum": lambda _, *values: sum(values),
    "gte": lambda _, first, second: first >= second,
    "lte": lambda _, first, second: first <= second,
    "member": lambda _, first, second: first in second,
    "match": lambda _, first, second: first == second,
    "index": _index,
    "stringMatch": _alike,
    "equal": _equal,
}
