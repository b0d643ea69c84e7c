"""A reader of its own for exported packages, which marks answers as the target documents it.

It knows nothing of how the packages are made. Choices, rows and options are spoken of by the plain
text that a student would see.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.export import Export
from vpnedu.quiz.paper import Paper

Answer = Any
Case = tuple[Paper, Export, dict[str, bytes]]


def opened(export: Export) -> dict[str, bytes]:
    """The files in the one zip of an export."""
    (data,) = export.files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def tree(data: bytes) -> Element:
    """The root of an XML file, its names without their namespaces."""
    root = ElementTree.fromstring(data)
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root


def seen(node: Element) -> str:
    """What a student reads in an element, spaces collapsed."""
    return " ".join("".join(node.itertext()).split())


def one(node: Element, path: str) -> Element:
    (found,) = node.findall(path)
    return found


def identifiers(nodes: Iterable[Element], key: str = "identifier") -> list[str]:
    return [node.get(key, "") for node in nodes]


def name_of(files: dict[str, bytes]) -> str:
    return one(tree(files["imsmanifest.xml"]), "resources/resource[@type='imsqti_xmlv1p2']").get(
        "identifier", ""
    )


def assessment(files: dict[str, bytes]) -> Element:
    name = name_of(files)
    return one(tree(files[f"{name}/{name}.xml"]), "assessment")


def items(files: dict[str, bytes]) -> list[Element]:
    return list(assessment(files).iter("item"))


def html(material: Element) -> Element:
    """The HTML that a `material` holds as text."""
    text = one(material, "mattext")
    assert not len(text), "HTML must be escaped, not be elements of its own"
    if text.get("texttype") != "text/html":
        return ElementTree.fromstring("<p/>") if not text.text else _paragraph(text.text)
    return ElementTree.fromstring(text.text or "")


def _paragraph(text: str) -> Element:
    made = Element("p")
    made.text = text
    return made


class CanvasItem:
    """An item of a Canvas package, marked as Canvas's classic quizzes mark what they import."""

    def __init__(self, node: Element):
        self.node = node
        fields = node.findall("itemmetadata/qtimetadata/qtimetadatafield")
        self.fields = {one(f, "fieldlabel").text: one(f, "fieldentry").text or "" for f in fields}
        self.type = self.fields["question_type"]
        self.conditions = node.findall("resprocessing/respcondition")

    def labels(self, lid: Element) -> dict[str, str]:
        """Identifiers by the text that stands for them."""
        found = lid.findall("render_choice/response_label")
        by_text = {seen(html(one(label, "material"))): label.get("ident", "") for label in found}
        assert len(by_text) == len(found), "two choices read alike"
        return by_text

    def score(self, answer: Answer) -> Fraction:
        """A text for a choice or a line, a list of texts for ticks, a dict for rows."""
        marks = {
            "multiple_choice_question": self._choice,
            "true_false_question": self._choice,
            "multiple_answers_question": self._ticks,
            "short_answer_question": self._text,
            "numerical_question": self._number,
            "matching_question": self._rows,
        }
        return marks[self.type](answer) if answer else Fraction(0)

    def _choice(self, answer: str) -> Fraction:
        ident = self.labels(one(self.node, "presentation/response_lid"))[answer]
        weights: dict[str | None, Fraction] = {}
        for rule in self.conditions:
            for test in rule.findall("conditionvar/varequal"):
                # The last condition on a choice is the one that counts.
                weights[test.text] = Fraction(rule.findtext("setvar") or 0)
        return weights.get(ident, Fraction(0)) / 100

    def _ticks(self, answer: list[str]) -> Fraction:
        labels = self.labels(one(self.node, "presentation/response_lid"))
        (rule,) = [r for r in self.conditions if r.find("setvar") is not None]
        right = {test.text for test in rule.findall("conditionvar/and/varequal")}
        wrong = {test.text for test in rule.findall("conditionvar/and/not/varequal")}
        assert right | wrong == set(labels.values())
        assert not right & wrong
        ticked = {labels[text] for text in answer}
        # A share of the points for each right tick, the same off for each wrong one, never below 0.
        return max(Fraction(len(ticked & right) - len(ticked & wrong), len(right)), Fraction(0))

    def _text(self, answer: str) -> Fraction:
        (rule,) = [r for r in self.conditions if r.find("setvar") is not None]
        right = {(v.text or "").strip().lower() for v in rule.findall("conditionvar/varequal")}
        return Fraction(answer.strip().lower() in right)

    def _number(self, answer: str) -> Fraction:
        (rule,) = [r for r in self.conditions if r.find("setvar") is not None]
        given = Decimal(answer)
        both = rule.find("conditionvar/or")
        if both is None:
            low = Decimal(rule.findtext("conditionvar/vargte") or "")
            high = Decimal(rule.findtext("conditionvar/varlte") or "")
            return Fraction(low <= given <= high)
        # Of the bounds only the upper one is read: what it is above the number is the margin.
        exact = Decimal(both.findtext("varequal") or "")
        margin = Decimal(both.findtext("and/varlte") or "") - exact
        return Fraction(abs(given - exact) <= margin)

    def _rows(self, answer: dict[str, str]) -> Fraction:
        lids = self.node.findall("presentation/response_lid")
        # Choices are read from the first row; of an identifier the first run of digits.
        numbers = {text: digits(ident) for text, ident in self.labels(lids[0]).items()}
        assert len(set(numbers.values())) == len(numbers)
        right = 0
        for lid in lids:
            (key,) = [
                digits(test.text or "")
                for rule in self.conditions
                if rule.findtext("setvar")
                for test in rule.findall("conditionvar/varequal")
                if test.get("respident") == lid.get("ident")
            ]
            text = seen(html(one(lid, "material")))
            right += text in answer and numbers[answer[text]] == key
        return Fraction(right, len(lids))


def digits(ident: str) -> int:
    found = re.search(r"\d+", ident)
    assert found, f"{ident} has no digits"
    return int(found[0])
