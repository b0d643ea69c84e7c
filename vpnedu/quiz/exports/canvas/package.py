"""What is around the questions in a Canvas package: its manifest, and the quiz's settings.

One identifier names the assessment, the quiz in its settings, the folder and the resource, and the
assignment refers to it. Where they differ Canvas drops title and settings without a word.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.markup import element
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.paper import Paper

_CARTRIDGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_METADATA = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_SETTINGS = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def manifest(paper: Paper, name: str, images: Iterable[str]) -> Element:
    """`imsmanifest.xml`, which lists every file by its path in the zip."""
    meta = f"{name}-meta"
    quiz = element(
        "resource",
        {"identifier": name, "type": "imsqti_xmlv1p2"},
        element("file", {"href": f"{name}/{name}.xml"}),
        element("dependency", {"identifierref": meta}),
    )
    settings = _resource(meta, _SETTINGS, f"{name}/assessment_meta.xml")
    pictures = [
        _resource(f"{name}-image-{place}", "webcontent", path) for place, path in enumerate(images)
    ]
    return element(
        "manifest",
        {"identifier": f"{name}-manifest", "xmlns": _CARTRIDGE, "xmlns:imsmd": _METADATA},
        element(
            "metadata",
            None,
            element("schema", None, "IMS Content"),
            element("schemaversion", None, "1.1.3"),
            _titled(paper.title),
        ),
        element("organizations"),
        element("resources", None, quiz, settings, *pictures),
    )


def _resource(name: str, kind: str, path: str) -> Element:
    attributes = {"identifier": name, "type": kind, "href": path}
    return element("resource", attributes, element("file", {"href": path}))


def _titled(title: str) -> Element:
    string = element("imsmd:string", None, title)
    general = element("imsmd:general", None, element("imsmd:title", None, string))
    return element("imsmd:lom", None, general)


def meta(paper: Paper, name: str, shuffled: bool) -> Element:
    """`assessment_meta.xml`: an unpublished quiz of one attempt that doesn't tell the answers."""
    points = decimal(paper.points)
    settings = {
        "title": paper.title,
        "description": "",
        "shuffle_answers": "true" if shuffled else "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": points,
        "show_correct_answers": "false",
        "allowed_attempts": "1",
        "available": "false",
    }
    assignment = {
        "title": paper.title,
        "workflow_state": "unpublished",
        "quiz_identifierref": name,
        "points_possible": points,
        "grading_type": "points",
        "submission_types": "online_quiz",
    }
    return element(
        "quiz",
        {"identifier": name, "xmlns": _CANVAS},
        *_fields(settings),
        element("assignment", {"identifier": f"{name}-assignment"}, *_fields(assignment)),
    )


def _fields(values: dict[str, str]) -> list[Element]:
    return [element(field, None, value) for field, value in values.items()]
