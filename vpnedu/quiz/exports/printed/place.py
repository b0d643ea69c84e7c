"""What stands at each place of a printed paper."""

from dataclasses import dataclass

from vpnedu.quiz.exports.export import Image, Images
from vpnedu.quiz.exports.sheets import drawn, sheet_of
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.paper import Paper, Slot


@dataclass(frozen=True, slots=True)
class Place:
    """A question with its number on the paper, its letters, and its picture if it has one."""

    number: int
    slot: Slot
    sheet: Sheet
    image: Image | None


def places_of(paper: Paper, images: Images, seed: int) -> tuple[Place, ...]:
    """The questions of a paper as they are printed for `seed`, one of each pool."""
    found = []
    for number, slot in enumerate(paper.slots, start=1):
        place = drawn(paper, slot, seed)
        image = images.get((slot.name, place)) if slot.pool[place].picture else None
        found.append(Place(number, slot, sheet_of(paper, slot, place, seed), image))
    return tuple(found)
