"""QTI 2.1 packages: what the specification asks of them."""

import posixpath
import re
from fractions import Fraction
from xml.etree import ElementTree

from tests.quiz.exports.answering import text_of
from tests.quiz.exports.qti21_reader import every_item, items21
from tests.quiz.exports.qti_reader import Case, identifiers, one, seen, tree
from vpnedu.quiz.inputs import Many, One

QTI21 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
NAME = re.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}")
# The order in which the schema wants the parts of an item.
PARTS = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]
PARTS += ["modalFeedback"]


def test_the_manifest_lists_every_file_as_a_resource_of_its_kind(qti21_cases: list[Case]) -> None:
    kinds = {"items": "imsqti_item_xmlv2p1", "images": "webcontent", "": "imsqti_test_xmlv2p1"}
    for _, _, files in qti21_cases:
        manifest = tree(files["imsmanifest.xml"])
        assert [manifest.findtext(f"metadata/{tag}") for tag in ("schema", "schemaversion")] == [
            "QTIv2.1 Package",
            "1.0.0",
        ]
        resources = list(manifest.iter("resource"))
        for resource in resources:
            assert identifiers(resource.findall("file"), "href") == [resource.get("href")]
            assert resource.get("type") == kinds[posixpath.dirname(resource.get("href", ""))]
        assert sorted(identifiers(resources, "href")) == sorted(set(files) - {"imsmanifest.xml"})


def test_what_a_file_needs_is_named_as_its_dependency(qti21_cases: list[Case]) -> None:
    for _, _, files in qti21_cases:
        manifest = tree(files["imsmanifest.xml"])
        path_of = {r.get("identifier"): r.get("href", "") for r in manifest.iter("resource")}
        for resource in manifest.iter("resource"):
            path = resource.get("href", "")
            needs = {path_of[d.get("identifierref")] for d in resource.findall("dependency")}
            shown = set()
            if path.endswith(".xml"):
                sources = identifiers(tree(files[path]).iter("img"), "src")
                base = posixpath.dirname(path)
                shown = {posixpath.normpath(posixpath.join(base, source)) for source in sources}
            # The test stands for the whole package.
            expected = set(files) - {"imsmanifest.xml", path} if path == "test.xml" else shown
            assert needs == expected


def test_identifiers_are_short_names_and_unique(qti21_cases: list[Case]) -> None:
    for _, _, files in qti21_cases:
        roots = [tree(files["imsmanifest.xml"]), tree(files["test.xml"]), *items21(files)]
        for root in roots:
            for node in root.iter():
                for key in ("identifier", "identifierref"):
                    assert key not in node.attrib or NAME.fullmatch(node.attrib[key])
        for kind in ("resource", "assessmentItemRef"):
            known = [name for root in roots[:2] for name in identifiers(root.iter(kind))]
            assert len(set(known)) == len(known)
        refs = identifiers(roots[1].iter("assessmentItemRef"))
        assert refs == identifiers(roots[2:])


def test_all_elements_are_in_their_namespace(qti21_cases: list[Case]) -> None:
    for _, _, files in qti21_cases:
        for path, data in files.items():
            if path.endswith(".xml"):
                space = PACKAGE if path == "imsmanifest.xml" else QTI21
                tags = {node.tag for node in ElementTree.fromstring(data).iter()}
                assert {tag for tag in tags if not tag.startswith(space)} == set()


def test_parts_of_an_item_stand_in_the_order_of_the_schema(qti21_cases: list[Case]) -> None:
    for node in every_item(qti21_cases):
        tags = [part.tag for part in node]
        assert tags == sorted(tags, key=PARTS.index)
        assert (node.get("adaptive"), node.get("timeDependent")) == ("false", "false")
        assert node.get("title")


def test_of_a_pool_one_item_is_selected(qti21_cases: list[Case]) -> None:
    for paper, _, files in qti21_cases:
        main = one(tree(files["test.xml"]), "testPart/assessmentSection")
        assert len(main) == len(paper.slots)
        for slot, part in zip(paper.slots, main, strict=True):
            refs = list(part.iter("assessmentItemRef"))
            assert len(refs) == len(slot.pool)
            if len(slot.pool) > 1:
                # Selection comes before what is selected.
                assert [child.tag for child in part][:2] == ["selection", "assessmentItemRef"]
                assert part[0].attrib == {"select": "1"}
            else:
                assert part.tag == "assessmentItemRef"


def test_the_test_adds_up_the_items_by_their_points(qti21_cases: list[Case]) -> None:
    for paper, _, files in qti21_cases:
        root = tree(files["test.xml"])
        total = one(root, "outcomeProcessing/setOutcomeValue/sum/testVariables")
        assert total.attrib == {"variableIdentifier": "SCORE", "weightIdentifier": "WEIGHT"}
        refs = root.iter("assessmentItemRef")
        weights = [
            Fraction(one(ref, "weight[@identifier='WEIGHT']").get("value", "")) for ref in refs
        ]
        assert weights == [slot.points for slot in paper.slots for _ in slot.pool]
        most = one(root, "outcomeDeclaration[@identifier='MAXSCORE']/defaultValue/value")
        assert Fraction(most.text or "") == paper.points


def test_what_is_right_is_mapped_to_exactly_1(qti21_cases: list[Case]) -> None:
    seen = 0
    for node in every_item(qti21_cases):
        table = node.find("responseDeclaration/mapping")
        if table is not None and table.get("upperBound"):
            seen += 1
            assert (table.get("lowerBound"), table.get("upperBound")) == ("0", "1")
            right = {v.text for v in node.findall("responseDeclaration/correctResponse/value")}
            worth = {e.get("mapKey"): Fraction(e.get("mappedValue", "")) for e in table}
            assert sum(worth[key] for key in right) == 1
    assert seen > 20


def test_nothing_limits_how_many_pairs_or_ticks_are_made(qti21_cases: list[Case]) -> None:
    for node in every_item(qti21_cases):
        many = one(node, "responseDeclaration").get("cardinality") == "multiple"
        for choices in node.iter("choiceInteraction"):
            assert choices.get("maxChoices") == ("0" if many else "1")
        for pairs in node.iter("matchInteraction"):
            assert pairs.get("maxAssociations") == "0"
            left, right = pairs.findall("simpleMatchSet")
            assert set(identifiers(left, "matchMax")) == {"1"}
            assert set(identifiers(right, "matchMax")) == {"0"}


def test_feedback_hangs_on_an_outcome_that_processing_sets(qti21_cases: list[Case]) -> None:
    for node in every_item(qti21_cases):
        declared = identifiers(node.findall("outcomeDeclaration"))
        sets = [r for r in node.iter("setOutcomeValue") if r.get("identifier") == "FEEDBACK"]
        named = {v.text for r in sets for v in r.iter("baseValue")}
        shown = node.findall("modalFeedback")
        assert {m.get("outcomeIdentifier") for m in shown} == {"FEEDBACK"} <= set(declared)
        assert sorted(map(str, named)) == sorted(identifiers(shown))


def test_a_condition_is_an_if_then_any_else_ifs_then_perhaps_an_else(
    qti21_cases: list[Case],
) -> None:
    form = re.compile("responseIf( responseElseIf)*( responseElse)?")
    lengths = set()
    for node in every_item(qti21_cases):
        for rule in node.iter("responseCondition"):
            assert form.fullmatch(" ".join(branch.tag for branch in rule))
            lengths.add(len(rule))
    assert max(lengths) > 3


def test_a_choice_that_belongs_at_the_end_stays_there(qti21_cases: list[Case]) -> None:
    count = 0
    for paper, _, files in qti21_cases:
        questions = [question for slot in paper.slots for question in slot.pool]
        for question, node in zip(questions, items21(files), strict=True):
            if isinstance(question.answer, One | Many) and not question.answer.ordered:
                last = [text_of(choice.text) for choice in question.answer.choices if choice.last]
                shown = list(node.iter("simpleChoice"))
                fixed = [seen(choice) for choice in shown if choice.get("fixed") == "true"]
                assert fixed == last == [seen(c) for c in shown[len(shown) - len(last) :]]
                count += len(last)
    assert count > 3


def test_interactions_answer_the_response_that_is_declared(qti21_cases: list[Case]) -> None:
    for node in every_item(qti21_cases):
        (name,) = identifiers(node.findall("responseDeclaration"))
        asked = [
            n.get("responseIdentifier") for n in node.iter() if "responseIdentifier" in n.attrib
        ]
        assert asked == [name]
        choices = {
            n.get("identifier")
            for n in node.iter()
            if n.tag in ("simpleChoice", "simpleAssociableChoice")
        }
        for value in node.findall("responseDeclaration/correctResponse/value"):
            if choices:
                assert set((value.text or "").split()) <= choices


def test_pictures_have_words_and_are_there(qti21_cases: list[Case]) -> None:
    shown = 0
    for _, _, files in qti21_cases:
        for node in items21(files):
            for image in node.iter("img"):
                assert image.get("alt") == "two gateways & a <cloud>"
                assert files[image.get("src", "").removeprefix("../")].startswith(b"\x89PNG")
                shown += 1
    assert shown > 20
