"""A paper as a QTI 2.1 package: the manifest, the test, an item for each question, the images."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.export import Export, Image, Images
from vpnedu.quiz.exports.leaving import losses_of
from vpnedu.quiz.exports.markup import element, named, pictured, titled, xml_file
from vpnedu.quiz.exports.qti21.items import item, lost
from vpnedu.quiz.exports.qti21.processing import SCHEMA, base_value
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.exports.zips import zipped
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question

_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEST = "test.xml"
_WEIGHT = "WEIGHT"


@dataclass(frozen=True)
class _Member:
    """A question in the package, under its identifier."""

    name: str
    slot: Slot
    question: Question
    image: Image | None

    @property
    def path(self) -> str:
        return f"items/{self.name}.xml"

    @property
    def picture(self) -> str:
        """The image's path in the package."""
        return f"images/{self.name}.png"


def qti21(paper: Paper, images: Images) -> Export:
    """A zip with a test of one section; of a slot with variants the test draws one."""
    members = list(_members(paper, images))
    files = {member.path: _item(member) for member in members}
    files |= {member.picture: member.image.png for member in members if member.image}
    files[_TEST] = xml_file(_test(paper, members), paper.name)
    files["imsmanifest.xml"] = xml_file(_manifest(paper, members), paper.name)
    found = (loss for slot in paper.slots for loss in losses_of(slot, _lost(slot, images)))
    return Export({f"{paper.name}.qti21.zip": zipped(files)}, tuple(found))


def _members(paper: Paper, images: Images) -> Iterator[_Member]:
    for slot in paper.slots:
        for place, image in enumerate(pictured(slot, images)):
            name = named(paper.name, slot.name, place)
            yield _Member(name, slot, slot.pool[place], image)


def _lost(slot: Slot, images: Images) -> Iterator[str]:
    for question, image in zip(slot.pool, pictured(slot, images), strict=True):
        yield from lost(question, image)


def _item(member: _Member) -> bytes:
    name, question, image = member.name, member.question, member.image
    root = item(name, member.slot.name, question, image, f"../{member.picture}")
    return xml_file(root, member.slot.name)


def _manifest(paper: Paper, members: list[_Member]) -> Element:
    """`imsmanifest.xml`: each file of the package is one resource's."""
    pictures = [f"{member.name}-img" for member in members if member.image]
    test = _resource(
        f"{titled(paper.name)}-res",
        "imsqti_test_xmlv2p1",
        _TEST,
        [*(f"{member.name}-res" for member in members), *pictures],
    )
    items = [
        _resource(
            f"{member.name}-res",
            "imsqti_item_xmlv2p1",
            member.path,
            [f"{member.name}-img"] if member.image else [],
        )
        for member in members
    ]
    shown = [
        _resource(f"{member.name}-img", "webcontent", member.picture, [])
        for member in members
        if member.image
    ]
    return element(
        "manifest",
        {"xmlns": _PACKAGE, "identifier": f"{titled(paper.name)}-man"},
        element(
            "metadata",
            None,
            element("schema", None, "QTIv2.1 Package"),
            element("schemaversion", None, "1.0.0"),
        ),
        element("organizations"),
        element("resources", None, test, *items, *shown),
    )


def _resource(name: str, kind: str, path: str, needs: list[str]) -> Element:
    return element(
        "resource",
        {"identifier": name, "type": kind, "href": path},
        element("file", {"href": path}),
        *(element("dependency", {"identifierref": need}) for need in needs),
    )


def _test(paper: Paper, members: list[_Member]) -> Element:
    parts = [_part(slot, [m for m in members if m.slot is slot]) for slot in paper.slots]
    section = {"identifier": "section", "title": paper.title, "visible": "true"}
    return element(
        "assessmentTest",
        {"xmlns": SCHEMA, "identifier": titled(paper.name), "title": paper.title},
        _outcome("SCORE", "0"),
        _outcome("MAXSCORE", decimal(paper.points)),
        element(
            "testPart",
            {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual"},
            element("itemSessionControl", {"maxAttempts": "1", "showSolution": "false"}),
            element("assessmentSection", section, *parts),
        ),
        element("outcomeProcessing", None, _total()),
    )


def _outcome(name: str, value: str) -> Element:
    attributes = {"identifier": name, "cardinality": "single", "baseType": "float"}
    default = element("defaultValue", None, element("value", None, value))
    return element("outcomeDeclaration", attributes, default)


def _part(slot: Slot, members: list[_Member]) -> Element:
    """The item of a slot, or of its variants the section from which one is selected."""
    weight = {"identifier": _WEIGHT, "value": decimal(slot.points)}
    refs = [
        element(
            "assessmentItemRef",
            {"identifier": member.name, "href": member.path},
            element("weight", weight),
        )
        for member in members
    ]
    if len(refs) == 1:
        return refs[0]
    name = members[0].name.removesuffix("-v0")
    return element(
        "assessmentSection",
        {"identifier": name, "title": slot.name, "visible": "false"},
        element("selection", {"select": "1"}),
        *refs,
    )


def _total() -> Element:
    """The sum of what the items that were drawn are worth."""
    scores = element(
        "testVariables",
        {"variableIdentifier": "SCORE", "weightIdentifier": _WEIGHT},
    )
    total = element("sum", None, base_value("float", "0"), scores)
    return element("setOutcomeValue", {"identifier": "SCORE"}, total)
