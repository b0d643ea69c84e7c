"""Canvas packages: their layout as Canvas's importer reads it."""

import re
from fractions import Fraction
from xml.etree import ElementTree

from tests.quiz.exports.qti_reader import (
    CanvasItem,
    Case,
    assessment,
    digits,
    html,
    items,
    name_of,
    one,
    tree,
)

CANVAS = "{http://canvas.instructure.com/xsd/cccv1p0}"
PACKAGE = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
QTI12 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
SETTINGS = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def test_one_identifier_names_assessment_quiz_folder_and_resource(canvas_cases: list[Case]) -> None:
    for _, _, files in canvas_cases:
        name = name_of(files)
        quiz = tree(files[f"{name}/assessment_meta.xml"])
        assert assessment(files).get("ident") == name
        assert quiz.get("identifier") == name
        assert quiz.findtext("assignment/quiz_identifierref") == name
        assert one(quiz, "assignment").get("identifier") not in ("", name, None)


def test_the_manifest_lists_every_file_and_nothing_else(canvas_cases: list[Case]) -> None:
    for _, _, files in canvas_cases:
        manifest = tree(files["imsmanifest.xml"])
        listed = [node.get("href") for node in manifest.iter("file")]
        inside = {path for path in files if not path.endswith("/")} - {"imsmanifest.xml"}
        assert sorted(map(str, listed)) == sorted(inside)
        assert "non_cc_assessments/" in files
        known = [node.get("identifier") for node in manifest.iter("resource")]
        assert len(set(known)) == len(known)
        assert {n.get("identifierref") for n in manifest.iter("dependency")} <= set(known)
        kinds = [node.get("type") for node in manifest.iter("resource")]
        assert kinds[:2] == ["imsqti_xmlv1p2", SETTINGS]
        assert set(kinds[2:]) <= {"webcontent"}


def test_files_are_in_the_namespaces_that_canvas_looks_for(canvas_cases: list[Case]) -> None:
    for _, _, files in canvas_cases:
        name = name_of(files)
        roots = {
            "imsmanifest.xml": f"{PACKAGE}manifest",
            f"{name}/{name}.xml": f"{QTI12}questestinterop",
            f"{name}/assessment_meta.xml": f"{CANVAS}quiz",
        }
        for path, tag in roots.items():
            assert ElementTree.fromstring(files[path]).tag == tag


def test_variants_are_a_group_of_which_one_is_drawn(canvas_cases: list[Case]) -> None:
    for paper, _, files in canvas_cases:
        parts = list(one(assessment(files), "section"))
        assert len(parts) == len(paper.slots)
        for slot, part in zip(paper.slots, parts, strict=True):
            assert part.tag == ("item" if len(slot.pool) == 1 else "section")
            if part.tag == "section":
                drawn = "selection_ordering/selection"
                assert part.findtext(f"{drawn}/selection_number") == "1"
                worth = part.findtext(f"{drawn}/selection_extension/points_per_item")
                assert Fraction(worth or "") == slot.points
                assert len(part.findall("item")) == len(slot.pool)


def test_points_and_titles_come_along(canvas_cases: list[Case]) -> None:
    for paper, _, files in canvas_cases:
        quiz = tree(files[f"{name_of(files)}/assessment_meta.xml"])
        assert quiz.findtext("title") == paper.title == assessment(files).get("title")
        assert Fraction(quiz.findtext("points_possible") or "") == paper.points
        worth = {slot.name: slot.points for slot in paper.slots}
        for node in items(files):
            points = CanvasItem(node).fields["points_possible"]
            assert Fraction(points) == worth[node.get("title", "")]


def test_scores_run_from_0_to_100(canvas_cases: list[Case]) -> None:
    for _, _, files in canvas_cases:
        for node in items(files):
            score = one(node, "resprocessing/outcomes/decvar").attrib
            assert (score["minvalue"], score["maxvalue"]) == ("0", "100")
            sets = list(node.iter("setvar"))
            assert sum(Fraction(s.text or "") for s in sets) == 100
            assert {s.get("action") for s in sets} in ({"Set"}, {"Add"})
            assert ({"Add"} == {s.get("action") for s in sets}) == (
                CanvasItem(node).type == "matching_question"
            )


def test_numbers_have_vargte_as_their_lower_bound_and_no_exponent(
    canvas_cases: list[Case],
) -> None:
    seen = 0
    for _, _, files in canvas_cases:
        for node in items(files):
            assert node.find(".//vargt") is None
            assert node.find(".//varlt") is None
            if CanvasItem(node).type == "numerical_question":
                seen += 1
                (low,), (high,) = list(node.iter("vargte")), list(node.iter("varlte"))
                for bound in (low, high, *node.findall(".//or/varequal")):
                    assert re.fullmatch(r"-?\d+(\.\d+)?", bound.text or "")
                assert Fraction(low.text or "") <= Fraction(high.text or "")
    assert seen > 30


def test_choices_of_a_matching_differ_in_their_first_digits(canvas_cases: list[Case]) -> None:
    seen = 0
    for _, _, files in canvas_cases:
        for node in items(files):
            rows = node.findall("presentation/response_lid")
            if CanvasItem(node).type == "matching_question":
                seen += 1
                full = [[c.get("ident") for c in row.iter("response_label")] for row in rows]
                assert full == [full[0]] * len(rows)
                numbers = [digits(str(ident)) for ident in full[0]]
                assert len(set(numbers)) == len(numbers)
                texts = [c.find("material/mattext") for c in rows[0].iter("response_label")]
                assert {t.get("texttype") for t in texts if t is not None} == {None}
    assert seen > 15


def test_html_is_escaped_and_well_formed(canvas_cases: list[Case]) -> None:
    for _, _, files in canvas_cases:
        for node in items(files):
            for material in node.iter("material"):
                html(material)


def test_pictures_are_in_the_package_under_the_course_files_and_have_words(
    canvas_cases: list[Case],
) -> None:
    shown = set()
    for _, _, files in canvas_cases:
        for node in items(files):
            for image in html(one(node, "presentation/material")).iter("img"):
                base, path = image.get("src", "").split("/", 1)
                assert base == "%24IMS-CC-FILEBASE%24"
                assert files[path].startswith(b"\x89PNG")
                assert image.get("alt") == "two gateways & a <cloud>"
                shown.add(path)
    assert shown


def test_feedback_is_there_where_it_is_named_and_before_the_score(
    canvas_cases: list[Case],
) -> None:
    for _, _, files in canvas_cases:
        for node in items(files):
            shown = [n.get("linkrefid", "") for n in node.iter("displayfeedback")]
            there = [n.get("ident", "") for n in node.findall("itemfeedback")]
            assert sorted(shown) == sorted(there)
            assert shown[0] == "general_fb"
            ids = CanvasItem(node).fields["original_answer_ids"].split(",")
            assert set(shown[1:]) <= {f"{ident}_fb" for ident in ids}
            # Words in them would decide whose feedback it is; to Canvas ids are numbers.
            assert all(re.fullmatch(r"\d+", ident) for ident in ids)
            rules = CanvasItem(node).conditions
            if CanvasItem(node).type != "matching_question":
                assert [r.find("setvar") is not None for r in rules].index(True) == len(rules) - 1


def test_no_two_items_share_an_identifier_not_even_of_two_papers(canvas_cases: list[Case]) -> None:
    known = [node.get("ident", "") for _, _, files in canvas_cases for node in items(files)]
    assert len(set(known)) == len(known)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9_-]{0,31}", ident) for ident in known)
