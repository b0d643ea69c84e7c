"""The exam: what is asked, with lines to answer on. Nothing of it knows what is right."""

from html import escape

from vpnedu.quiz.exports.markdown import in_points
from vpnedu.quiz.exports.markup import dump
from vpnedu.quiz.exports.printed.place import Place
from vpnedu.quiz.exports.printed.typeset import (
    SOFT,
    WIDTH,
    Flow,
    gap,
    grid,
    lines,
    marked,
    pdf,
    picture,
    together,
    words,
)
from vpnedu.quiz.exports.sheets import options_of
from vpnedu.quiz.inputs import Byte, Pairs
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.question import KINDS, Table

LETTERED = 24.0


def exam(paper: Paper, places: tuple[Place, ...], seed: int) -> bytes:
    """The exam as a PDF."""
    foot = f"{paper.title} · version {seed}"
    return pdf(paper.title, foot, lambda: [*headed(paper, ""), *map(_question, places)])


def headed(paper: Paper, what: str) -> list[Flow]:
    """The title, what it is worth, and lines for who writes."""
    count = len(paper.slots)
    about = f"{count} question{'' if count == 1 else 's'}, {in_points(paper.points)}"
    return [
        words(escape(paper.title), size=17, bold=True, after=6),
        words(f"{what}{about}.", ink=SOFT, after=12),
        words(f"Name {'_' * 38}    Date {'_' * 18}", after=14),
    ]


def _question(place: Place) -> Flow:
    question, answer = place.sheet.question, place.sheet.question.answer
    about = f"{KINDS[question.kind]}, {in_points(place.slot.points)}"
    head = f'{place.number}. <font face="vpnedu-Sans" size="8.5" color="{SOFT}">{about}</font>'
    parts = [words(head, size=11, bold=True, after=3, glued=True)]
    parts += [words(marked([block])) for block in blocks(question.text)]
    if question.table:
        parts += _table(question.table)
    if isinstance(answer, Byte):
        parts += [lines(dump(answer.data)), gap(6)]
    if place.image:
        image = place.image
        parts += [gap(2), picture(image.png, image.width, image.height), gap(5)]
        parts.append(words(escape(image.alt), size=7, ink=SOFT, after=6))
    if isinstance(answer, Pairs):
        items = enumerate(answer.items, start=1)
        parts += [
            words(marked(blocks(item.text)), indent=LETTERED, hang=f"{at}.", after=2)
            for at, item in items
        ]
        parts.append(gap(4))
    parts += [
        words(marked(what), indent=LETTERED, hang=f"{letter})", after=2)
        for letter, what in options_of(place.sheet)
    ]
    how = f'<font size="8" color="{SOFT}">({escape(place.sheet.how)})</font>'
    return together([*parts, gap(5), words(f"Answer: {'_' * 32} {how}", after=0), gap(16)])


def _table(table: Table) -> list[Flow]:
    """A table, its columns as wide as their longest cells want."""
    rows = [[blocks(cell) for cell in row] for row in (table.columns, *table.rows)]
    made = [
        [words(marked(cell), size=9, bold=not at, after=0) for cell in row]
        for at, row in enumerate(rows)
    ]
    caption = words(marked(blocks(table.caption)), size=8.5, ink=SOFT, after=1, glued=True)
    return [caption, grid(made, _widths(table))]


def _widths(table: Table) -> list[float]:
    """How wide columns are: as their longest cells want, or less, but seldom than their words."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    wanted = [_room(max(map(len, column))) for column in columns]
    least = [_room(max(len(word) for cell in column for word in cell.split() or [""]))
             for column in columns]  # fmt: skip
    share = (WIDTH - sum(least)) / max(sum(wanted) - sum(least), 1.0)
    if share < 0:
        return [width * WIDTH / sum(least) for width in least]
    return [low + (high - low) * min(share, 1.0) for low, high in zip(least, wanted, strict=True)]


def _room(letters: int) -> float:
    """About what so many letters of a cell take, with the room around them."""
    return 14 + 6.4 * letters
