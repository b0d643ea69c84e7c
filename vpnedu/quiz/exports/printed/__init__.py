"""Papers to be printed: an exam, a sheet for its answers, and the key, each a PDF.

All three of one seed belong together: the letters, and of a pool the variant, come from it.
"""

from collections.abc import Iterator

from vpnedu.quiz.exports.export import Export, Images, Loss
from vpnedu.quiz.exports.markdown import lost_in_reading
from vpnedu.quiz.exports.printed.answering import answer_sheet
from vpnedu.quiz.exports.printed.asking import exam
from vpnedu.quiz.exports.printed.keying import key
from vpnedu.quiz.exports.printed.place import Place, places_of
from vpnedu.quiz.paper import Paper

__all__ = ["printed"]


def printed(paper: Paper, images: Images, *, seed: int = 1) -> Export:
    """`<name>.exam.pdf`, `<name>.answer-sheet.pdf` and `<name>.key.pdf`."""
    places = places_of(paper, images, seed)
    files = {
        f"{paper.name}.exam.pdf": exam(paper, places, seed),
        f"{paper.name}.answer-sheet.pdf": answer_sheet(paper, places, seed),
        f"{paper.name}.key.pdf": key(paper, places, seed),
    }
    return Export(files, tuple(_lost(places, seed)))


def _lost(places: tuple[Place, ...], seed: int) -> Iterator[Loss]:
    yield Loss("", "nothing is marked by itself: who has the key marks, and gives partial credit")
    for place in places:
        slot = place.slot
        if len(slot.pool) > 1:
            yield Loss(slot.name, f"one of its {len(slot.pool)} variants is asked, by seed {seed}")
        for what in lost_in_reading(place.sheet.question, place.image):
            yield Loss(slot.name, what)
