"""The answer sheet: boxes to fill in for each question, and room for its points."""

from vpnedu.quiz.exports.printed.asking import headed
from vpnedu.quiz.exports.printed.place import Place
from vpnedu.quiz.exports.printed.typeset import (
    MM,
    SOFT,
    WIDTH,
    Flow,
    boxes,
    listed,
    pdf,
    words,
)
from vpnedu.quiz.exports.sheets import options_of
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.numbers import Number, written
from vpnedu.quiz.paper import Paper

NUMBER, POINTS = 12 * MM, 26 * MM
LETTER_BOX, SHORT_BOX, LONG_BOX = 20.0, 90.0, 230.0
# What fits beside each other in the middle column.
IN_A_ROW = 8


def answer_sheet(paper: Paper, places: tuple[Place, ...], seed: int) -> bytes:
    """The answer sheet as a PDF."""
    title = f"{paper.title}: answer sheet"
    widths = (NUMBER, WIDTH - NUMBER - POINTS, POINTS)

    def story() -> list[Flow]:
        return [*headed(paper, "Answer sheet. "), listed(list(map(_row, places)), widths)]

    return pdf(title, f"{title} · version {seed}", story)


def _row(place: Place) -> list[Flow]:
    points = f"____ / {written(place.slot.points)}"
    number = words(f"{place.number}", bold=True, after=0)
    return [number, [*_room(place.sheet)], words(points, size=9, ink=SOFT, after=0)]


def _room(sheet: Sheet) -> list[Flow]:
    """Where the answer goes: a circle a letter, a box a letter to be written, or one for words."""
    answer = sheet.question.answer
    letters = [letter for letter, _ in options_of(sheet)]
    if isinstance(answer, One):
        return _rows(letters, 0, round_=True)
    if isinstance(answer, Many):
        return _rows(letters, 15)
    if isinstance(answer, Pairs):
        return _rows([str(at) for at in range(1, len(answer.items) + 1)], LETTER_BOX)
    if isinstance(answer, Order):
        return _rows([f"{at}." for at in range(1, len(answer.steps) + 1)], LETTER_BOX)
    if isinstance(answer, Byte):
        return [boxes(["byte"], SHORT_BOX)]
    if isinstance(answer, Number):
        unit = f"in {answer.unit}" if answer.unit else ""
        return [boxes([unit], SHORT_BOX)]
    return [boxes([""], LONG_BOX)]


def _rows(labels: list[str], wide: float, *, round_: bool = False) -> list[Flow]:
    starts = range(0, len(labels), IN_A_ROW)
    return [boxes(labels[at : at + IN_A_ROW], wide or 12, round_=round_) for at in starts]
