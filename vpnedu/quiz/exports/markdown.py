"""Papers as Markdown: the questions in one file, the answers in another, pictures beside them.

It is CommonMark (0.31) with pipe tables. No sign of a text can turn into markup: what could is
escaped, and stress that CommonMark would not see becomes its HTML element.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from vpnedu.quiz.exports.export import Export, Image, Images, Loss
from vpnedu.quiz.exports.markup import dump
from vpnedu.quiz.exports.sheets import lines_of, options_of, sheet_of, to_write, told
from vpnedu.quiz.inputs import Byte, Pairs
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.numbers import written
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.prose import Block, blocks
from vpnedu.quiz.question import KINDS, Question, Table

# A backslash is named, since "\(" begins a formula for Jupyter; a dollar sign does so too.
_SIGNS = str.maketrans({"\\": "&#92;"} | {sign: f"\\{sign}" for sign in "`*_[]<>&|~$"})
# What makes a list, a heading, a rule or a fence of a paragraph that begins with it.
_FIRST = tuple("-+=#:")
_NUMBERED = re.compile(r"\d{1,9}[.)](?=\s|$)")


def markdown(paper: Paper, images: Images) -> Export:
    """`<name>.md`, `<name>.key.md`, and the pictures in `images/`."""
    asked: list[str] = []
    keys: list[str] = []
    files: dict[str, bytes] = {}
    for number, slot in enumerate(paper.slots, start=1):
        worth = in_points(slot.points)
        asked.append(f"## {number} ({worth})")
        # Only the key names the slot: a name can hint at the answer.
        keys.append(f"## {number}. {escaped(slot.name)} ({worth})")
        for place, question in enumerate(slot.pool):
            sheet = sheet_of(paper, slot, place)
            image, source = images.get((slot.name, place)), ""
            if question.picture and image:
                source = f"images/{number}-{place + 1}.png"
                files[source] = image.png
            variant = [f"### Variant {place + 1}"] if len(slot.pool) > 1 else []
            asked += [*variant, *asked_of(sheet, image if source else None, source), _line(sheet)]
            keys += [*variant, *key_of(sheet)]
    title = one_line(paper.title)
    about = f"{len(paper.slots)} questions, {in_points(paper.points)}."
    files[f"{paper.name}.md"] = _file(title, about, asked)
    files[f"{paper.name}.key.md"] = _file(f"{title}: the key", "Not for students.", keys)
    return Export(files, tuple(_lost(paper, images)))


def _file(title: str, about: str, parts: list[str]) -> bytes:
    return ("\n\n".join([f"# {title}", about, *parts]) + "\n").encode()


def in_points(points: Fraction) -> str:
    """How many points, in words."""
    return f"{written(points)} point{'' if points == 1 else 's'}"


def asked_of(sheet: Sheet, image: Image | None, source: str) -> list[str]:
    """What is asked, and what can be picked, as blocks of Markdown."""
    question = sheet.question
    parts = [f"*{KINDS[question.kind]}*", *paragraphs(question.text)]
    if question.table:
        parts += [one_line(question.table.caption), _table(question.table)]
    if isinstance(question.answer, Byte):
        parts.append(f"```text\n{dump(question.answer.data)}\n```")
    if image:
        parts.append(f"![{text_of([[image.alt]])}]({source})")
    if isinstance(question.answer, Pairs):
        items = enumerate(question.answer.items, start=1)
        parts.append("\n".join(f"- **{at}:** {one_line(item.text)}" for at, item in items))
        parts.append("Their partners:")
    options = [f"- **{letter}:** {text_of(what)}" for letter, what in options_of(sheet)]
    return [*parts, *(["\n".join(options)] if options else [])]


def _line(sheet: Sheet) -> str:
    return f"Answer ({escaped(sheet.how)}): {escaped('_' * 12)}"


def key_of(sheet: Sheet) -> list[str]:
    """What is right and why, as blocks of Markdown."""
    right = text_of(told(sheet)) or escaped(to_write(sheet))
    lines = [
        f"- {'✓' if line.right else '✕'} {f'**{line.mark}:** ' if line.mark else ''}"
        f"{text_of(line.about)}{' — ' if line.says else ''}{one_line(line.says)}"
        for line in lines_of(sheet)
    ]
    explain = paragraphs(sheet.question.explain)
    reference = f"Reference: {escaped(' '.join(sheet.question.reference.split()))}"
    return [f"**Right:** {right}", *(["\n".join(lines)] if lines else []), *explain, reference]


def paragraphs(text: str) -> list[str]:
    """Prose as paragraphs of Markdown."""
    return [_begun(_inline(block)) for block in blocks(text)]


def one_line(text: str) -> str:
    """Prose as Markdown in one line."""
    return text_of(blocks(text))


def text_of(parts: list[Block]) -> str:
    """Blocks of prose as Markdown in one line."""
    return _begun(" ".join(map(_inline, parts)))


def escaped(text: str) -> str:
    """Plain text as Markdown in which no sign means anything."""
    return text.translate(_SIGNS)


def _begun(line: str) -> str:
    """A line of Markdown that begins no list, heading or rule."""
    match = _NUMBERED.match(line)
    if match:
        return f"{line[: match.end() - 1]}\\{line[match.end() - 1 :]}"
    return f"\\{line}" if line.startswith(_FIRST) else line


def _inline(block: Block) -> str:
    """One paragraph; whether signs of stress stand free depends on what is beside them."""
    parts = []
    for at, piece in enumerate(block):
        if isinstance(piece, str):
            parts.append(escaped(piece))
            continue
        tag, inner = piece
        before = _end(block[at - 1], -1) if at else " "
        after = _end(block[at + 1], 0) if at + 1 < len(block) else " "
        parts.append(_code(inner) if tag == "code" else _stressed(tag, inner, before, after))
    return "".join(parts)


def _end(piece: str | tuple[str, str], at: int) -> str:
    return piece[at] if isinstance(piece, str) and piece else "*"


def _stressed(tag: str, inner: str, before: str, after: str) -> str:
    """Stress by signs where CommonMark (6.2) sees them for sure, by its element elsewhere."""
    if before in " (" and inner[0].isalnum() and inner[-1].isalnum() and not after.isalnum():
        sign = "**" if tag == "strong" else "*"
        if after != "*":
            return f"{sign}{escaped(inner)}{sign}"
    return f"<{tag}>{escaped(inner)}</{tag}>"


def _code(inner: str) -> str:
    """A span of code, its fence longer than any in it; in a table its bars would part cells."""
    if "|" in inner or inner != inner.strip() or "\\" in inner:
        return f"<code>{escaped(inner)}</code>"
    fence = "`" * (1 + max(map(len, re.findall("`+", inner)), default=0))
    room = " " if inner[0] == "`" or inner[-1] == "`" else ""
    return f"{fence}{room}{inner}{room}{fence}"


def _table(table: Table) -> str:
    head, *rows = [list(map(one_line, row)) for row in (table.columns, *table.rows)]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _lost(paper: Paper, images: Images) -> Iterator[Loss]:
    yield Loss("", "nothing is marked by itself: who has the key marks, and gives partial credit")
    for slot in paper.slots:
        found = (
            what
            for place, question in enumerate(slot.pool)
            for what in lost_in_reading(question, images.get((slot.name, place)))
        )
        yield from (Loss(slot.name, what) for what in dict.fromkeys(found))


def lost_in_reading(question: Question, image: Image | None) -> Iterator[str]:
    """What any export leaves out that is only read."""
    if question.hints:
        yield "its hints are left out"
    if question.picture and image is None:
        yield "its picture is left out: no image of it was given"
    if question.trace is not None:
        yield "the run that shows the answer is left out: it can't be played"
