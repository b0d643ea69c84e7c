"""The key: what is right on the paper with these letters, what it is worth, and why."""

from html import escape

from vpnedu.quiz.exports.markdown import in_points
from vpnedu.quiz.exports.printed.place import Place
from vpnedu.quiz.exports.printed.typeset import SOFT, Flow, gap, marked, pdf, together, words
from vpnedu.quiz.exports.sheets import Line, lines_of, to_write, told
from vpnedu.quiz.inputs import Many, Order, Pairs
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.question import Question

CREDITS = {
    "net": "right ticks less wrong ones, of the right choices; never below 0",
    "each": "each choice that is judged rightly",
    "longest": "the longest run of steps in rising order, less one, of all steps less one",
    "position": "each step in its place",
    "adjacent": "each step that follows the right one",
}
TOLD = 20.0


def key(paper: Paper, places: tuple[Place, ...], seed: int) -> bytes:
    """The key as a PDF."""
    title = f"{paper.title}: key"

    def story() -> list[Flow]:
        about = f"Of version {seed}, {in_points(paper.points)}. Not for students."
        head = [words(escape(title), size=17, bold=True), words(about, ink=SOFT, after=12)]
        return [*head, *map(_question, places)]

    return pdf(title, f"{title} · version {seed}", story)


def _question(place: Place) -> Flow:
    question, sheet = place.sheet.question, place.sheet
    about = f"{escape(place.slot.name)}, {in_points(place.slot.points)}"
    right = marked(told(sheet)) or f"<b>{escape(to_write(sheet))}</b>"
    head = f'<b>{place.number}.</b> {right} <font size="8.5" color="{SOFT}">{about}</font>'
    parts = [words(head, size=11, after=3, glued=True)]
    parts += [*map(_line, lines_of(sheet)), gap(3)]
    parts += [words(marked([block]), size=9, after=2) for block in blocks(question.explain)]
    if credit := _credit(question):
        parts.append(words(credit, size=9, after=2))
    return together([*parts, words(escape(question.reference), size=8, ink=SOFT, after=0), gap(12)])


def _line(line: Line) -> Flow:
    sign, mark = "✓" if line.right else "✕", f"<b>{escape(line.mark)})</b> " if line.mark else ""
    says = f" — {marked(blocks(line.says))}" if line.says else ""
    return words(f"{mark}{marked(line.about)}{says}", size=9, indent=TOLD, hang=sign, after=1)


def _credit(question: Question) -> str:
    """How a mark is given that can be partial."""
    answer = question.answer
    if isinstance(answer, Pairs) and answer.credit == "each":
        return "Partial credit: each right pair."
    rule = CREDITS.get(answer.credit) if isinstance(answer, Many | Order) else None
    return f"Partial credit: {rule}." if rule else ""
