"""Canvas packages beside those of text2qti, which is used to make them for Canvas."""

import io
import zipfile
from functools import cache
from xml.etree.ElementTree import Element

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from tests.quiz.exports.qti_reader import (
    CanvasItem,
    Case,
    assessment,
    items,
    name_of,
    one,
    tree,
)

TEXT2QTI = """
Quiz title: A quiz
Quiz description: Of all the types it knows.

1.  Which one?
... Why.
*a) this
... Yes.
b) that
... No.
c) neither
... No.

2.  Which ones?
... Why.
[*] this
... Yes.
[*] that
... Yes.
[ ] neither
... No.

3.  How much?
... Why.
=   1.5 +- 0.5

4.  What is it called?
... Why.
*   this
*   that

GROUP
pick: 1
points per question: 2

1.  Is it so?
... Why.
*a) True
... Yes.
b) False
... No.

2.  Is it not so?
... Why.
*a) True
... Yes.
b) False
... No.

END_GROUP
"""

Shape = tuple[str, tuple[str, ...], tuple[object, ...]]


@cache
def theirs() -> dict[str, bytes]:
    """A package that text2qti makes of a quiz with every type it knows."""
    data = QTI(Quiz(TEXT2QTI, config=Config(), source_name="a quiz")).zip_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def shape(node: Element) -> Shape:
    """Names of elements and attributes, and what they hold; of alike neighbours only the first."""
    parts: list[object] = []
    for child in node:
        if shape(child) not in parts[-1:]:
            parts.append(shape(child))
    return node.tag, tuple(sorted(node.attrib)), tuple(parts)


def shapes(files: dict[str, bytes]) -> dict[str, set[Shape]]:
    """The shapes of items by type."""
    found: dict[str, set[Shape]] = {}
    for node in items(files):
        found.setdefault(CanvasItem(node).type, set()).add(shape(node))
    return found


def test_items_have_the_shape_of_those_that_text2qti_makes(canvas_cases: list[Case]) -> None:
    known = shapes(theirs())
    ours: dict[str, set[Shape]] = {}
    for _, _, files in canvas_cases:
        for kind, found in shapes(files).items():
            ours.setdefault(kind, set()).update(found)
    assert set(ours) - set(known) == {"matching_question"}
    assert set(known) <= set(ours)
    for kind in known:
        assert known[kind] <= ours[kind], kind
    # Which ticks are right, and ranges beside margins, make further shapes of the others.
    for kind in ("multiple_choice_question", "true_false_question", "short_answer_question"):
        assert ours[kind] == known[kind], kind


def test_groups_and_quiz_have_the_shape_of_those_of_text2qti(
    canvas_cases: list[Case],
) -> None:
    def around(files: dict[str, bytes]) -> list[Shape]:
        root = assessment(files)
        for section in root.iter("section"):
            for node in [*section.findall("item"), *section.findall("section/item")]:
                node.clear()
                node.tag = "item"
        return [shape(node) for node in (root, *root.findall("section/section"))]

    of_all = {part for _, _, files in canvas_cases for part in around(files)}
    (whole, group) = around(theirs())[:2]
    assert group in of_all
    assert whole[:2] in {part[:2] for part in of_all}


def test_manifest_and_settings_use_only_what_text2qti_writes_too(canvas_cases: list[Case]) -> None:
    other = theirs()
    known = tree(other["imsmanifest.xml"])
    settings = tree(other[f"{name_of(other)}/assessment_meta.xml"])
    for _, _, files in canvas_cases:
        manifest = tree(files["imsmanifest.xml"])
        for path in ("metadata/schema", "metadata/schemaversion"):
            assert manifest.findtext(path) == known.findtext(path)
        # A picture is one more resource; the first two are the quiz and its settings.
        assert [shape(r) for r in manifest.find("resources") or ()][:2] == [
            shape(r) for r in known.find("resources") or ()
        ]
        quiz = tree(files[f"{name_of(files)}/assessment_meta.xml"])
        for path in (".", "assignment"):
            ours = [node.tag for node in one(quiz, path)]
            order = [node.tag for node in one(settings, path) if node.tag in ours]
            assert ours == order
