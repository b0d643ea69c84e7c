"""A paper as one quiz of a Canvas package."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from vpnedu.quiz.exports.canvas.items import Item, item, lost
from vpnedu.quiz.exports.canvas.package import manifest, meta
from vpnedu.quiz.exports.export import Export, Image, Images, Loss
from vpnedu.quiz.exports.leaving import losses_of
from vpnedu.quiz.exports.markup import element, named, pictured, titled, xml_file
from vpnedu.quiz.exports.ranges import decimal
from vpnedu.quiz.exports.zips import zipped
from vpnedu.quiz.inputs import Many, One
from vpnedu.quiz.paper import Paper, Slot

_SCHEMA = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_ONE_ORDER = (
    "Canvas shuffles the choices of a whole quiz or of none: some here must keep their places, so"
    " all are shuffled once, and every student sees the same order"
)


def canvas_qti(paper: Paper, images: Images) -> Export:
    """A zip that Canvas imports as a QTI package: an unpublished quiz, its variants as groups.

    Importing it again brings the same identifiers, so that Canvas can tell it is the same quiz.
    """
    name = titled(paper.name)
    shuffled = not any(map(_keeps_places, paper.slots))
    files = {"non_cc_assessments/": b""}
    files[f"{name}/{name}.xml"] = xml_file(_assessment(paper, images, name), paper.name)
    files[f"{name}/assessment_meta.xml"] = xml_file(meta(paper, name, shuffled), paper.name)
    pictures = dict(_pictures(paper, images))
    files |= {path: image.png for path, image in pictures.items()}
    files["imsmanifest.xml"] = xml_file(manifest(paper, name, pictures), paper.name)
    losses = [] if shuffled else [Loss("", _ONE_ORDER)]
    losses += [loss for slot in paper.slots for loss in losses_of(slot, _lost(slot, images))]
    return Export({f"{paper.name}.canvas.zip": zipped(files)}, tuple(losses))


def _keeps_places(slot: Slot) -> bool:
    """Whether choices of the slot have an order of their own, or one that stays last.

    True comes before false in Canvas in any case.
    """
    return any(
        question.kind != "true-false"
        and isinstance(question.answer, One | Many)
        and (question.answer.ordered or any(choice.last for choice in question.answer.choices))
        for question in slot.pool
    )


def _lost(slot: Slot, images: Images) -> Iterator[str]:
    for question, image in zip(slot.pool, pictured(slot, images), strict=True):
        yield from lost(question, image)


def _pictures(paper: Paper, images: Images) -> Iterator[tuple[str, Image]]:
    for slot in paper.slots:
        for place, image in enumerate(pictured(slot, images)):
            if image:
                yield f"images/{named(paper.name, slot.name, place)}.png", image


def _assessment(paper: Paper, images: Images, name: str) -> Element:
    slots = [_slot(paper, slot, images) for slot in paper.slots]
    attempts = element(
        "qtimetadatafield",
        None,
        element("fieldlabel", None, "cc_maxattempts"),
        element("fieldentry", None, "1"),
    )
    return element(
        "questestinterop",
        {"xmlns": _SCHEMA},
        element(
            "assessment",
            {"ident": name, "title": paper.title},
            element("qtimetadata", None, attempts),
            element("section", {"ident": "root_section"}, *slots),
        ),
    )


def _slot(paper: Paper, slot: Slot, images: Images) -> Element:
    """The item of a slot, or of its variants the group from which one is drawn."""
    items = []
    points = decimal(slot.points)
    for place, image in enumerate(pictured(slot, images)):
        name = named(paper.name, slot.name, place)
        items.append(item(Item(name, slot.name, slot.pool[place], points, image)))
    if len(items) == 1:
        return items[0]
    each = element("selection_extension", None, element("points_per_item", None, points))
    drawn = element("selection", None, element("selection_number", None, "1"), each)
    group = named(paper.name, slot.name, 0).removesuffix("-v0")
    order = element("selection_ordering", None, drawn)
    return element("section", {"ident": group, "title": slot.name}, order, *items)
