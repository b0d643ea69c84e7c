"""Pages of A4 as PDF: paragraphs, tables, pictures and boxes to write in, set by ReportLab.

ReportLab is imported where it is called, so that a Python without it can import everything else.
Its fonts are those that come with matplotlib, embedded: arrows, signs and Greek are all in them.
"""

from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from importlib.util import find_spec
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.prose import Block

# ReportLab's things that flow over pages; it has no types.
Flow = Any

# In points: A4 less its margins is 170 mm wide.
MM = 72 / 25.4
WIDTH = 170 * MM
HIGHEST_PICTURE = 95 * MM
INK, SOFT, LINE, PANEL = "#1d2733", "#566370", "#9aa7b4", "#f0f3f6"

_FONTS = {"Sans": "", "Sans-Bold": "-Bold", "Sans-Oblique": "-Oblique", "Mono": "Mono"}
_MARKS = {
    "code": ('<font face="vpnedu-Mono" size="-0.6">', "</font>"),
    "strong": ("<b>", "</b>"),
    "em": ("<i>", "</i>"),
}


@cache
def _fonts() -> None:
    """Make the faces known, once: ReportLab keeps them for the process."""
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise InputError("fonts", "matplotlib, which brings the fonts, is not installed")
    folder = f"{found.submodule_search_locations[0]}/mpl-data/fonts/ttf"
    for name, ending in _FONTS.items():
        registerFont(TTFont(f"vpnedu-{name}", f"{folder}/DejaVuSans{ending}.ttf"))
    sans, bold, italic = "vpnedu-Sans", "vpnedu-Sans-Bold", "vpnedu-Sans-Oblique"
    registerFontFamily(sans, normal=sans, bold=bold, italic=italic, boldItalic=bold)


def pdf(title: str, foot: str, story: Callable[[], list[Flow]]) -> bytes:
    """The pages of a story, each with `foot` and its number of how many there are."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    def built(pages: int) -> tuple[bytes, int]:
        def footed(canvas: Any, made: Any) -> None:
            canvas.setFont("vpnedu-Sans", 8)
            canvas.setFillColor(SOFT)
            canvas.drawString(20 * MM, 12 * MM, foot)
            canvas.drawRightString(20 * MM + WIDTH, 12 * MM, f"{made.page} of {pages}")

        file = _Written()
        margins = {f"{side}Margin": 20 * MM for side in ("left", "right", "top", "bottom")}
        about = {"title": title, "author": "", "subject": "", "creator": "vpnedu", "lang": "en"}
        made = SimpleDocTemplate(file, pagesize=A4, invariant=1, **margins, **about)
        # The frame that holds the pages' text has a padding of six points of its own.
        made.leftMargin -= 6
        made.rightMargin -= 6
        made.build(story(), onFirstPage=footed, onLaterPages=footed)
        return bytes(file.data), made.page

    _fonts()
    _, pages = built(0)
    return built(pages)[0]


class _Written:
    """What is written, as a file that is nowhere."""

    name = "paper.pdf"

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes) -> None:
        self.data += data


def marked(parts: list[Block]) -> str:
    """Blocks of prose in ReportLab's markup, in one line."""
    return " ".join("".join(map(_piece, block)) for block in parts)


def _piece(piece: str | tuple[str, str]) -> str:
    if isinstance(piece, str):
        return escape(piece)
    before, after = _MARKS[piece[0]]
    return f"{before}{escape(piece[1])}{after}"


def words(
    markup: str,
    *,
    size: float = 10,
    ink: str = INK,
    bold: bool = False,
    indent: float = 0,
    hang: str = "",
    after: float = 4,
    glued: bool = False,
) -> Flow:
    """A paragraph; `hang` stands in front of it, left of `indent`. A glued one keeps the next."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    _fonts()
    style = ParagraphStyle(
        "words",
        fontName="vpnedu-Sans-Bold" if bold else "vpnedu-Sans",
        fontSize=size,
        leading=size * 1.36,
        textColor=ink,
        leftIndent=indent,
        bulletFontName="vpnedu-Sans-Bold",
        bulletFontSize=size,
        bulletIndent=max(indent - 16, 0),
        spaceAfter=after,
        keepWithNext=int(glued),
        # A word or number too long for a line goes on in the next.
        splitLongWords=1,
    )
    return Paragraph(markup, style, bulletText=hang or None)


def lines(text: str) -> Flow:
    """Text in a face of one width, its lines as they are."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Preformatted

    _fonts()
    style = ParagraphStyle("lines", fontName="vpnedu-Mono", fontSize=8.5, leading=12)
    return Preformatted(text, style, dedent=0)


def gap(height: float) -> Flow:
    """Room of a height, left out at the top of a page."""
    from reportlab.platypus import Spacer

    return Spacer(1, height)


def grid(rows: Sequence[Sequence[Flow]], widths: Sequence[float], *, head: bool = True) -> Flow:
    """A table with thin lines, its head again on each page."""
    style = [("BACKGROUND", (0, 0), (-1, 0), PANEL)] if head else []
    return _table(rows, widths, [("GRID", (0, 0), (-1, -1), 0.5, LINE), *style], int(head))


def listed(rows: Sequence[Sequence[Flow]], widths: Sequence[float]) -> Flow:
    """A table with a line below each row."""
    return _table(rows, widths, [("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE)], 0)


def _table(
    rows: Sequence[Sequence[Flow]], widths: Sequence[float], style: list[Any], head: int
) -> Flow:
    from reportlab.platypus import Table

    padding = [("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    middle = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        style=[*padding, *middle, *style],
        repeatRows=head,
        hAlign="LEFT",
        spaceBefore=2,
        spaceAfter=6,
    )


def boxes(labels: Sequence[str], wide: float, *, round_: bool = False) -> Flow:
    """Empty boxes in a row, each with its label in front; round ones are to be ticked."""
    from reportlab.graphics.shapes import Circle, Drawing, Rect, String

    _fonts()
    step = wide + 12 + 6 * max((len(label) for label in labels), default=0)
    drawing = Drawing(step * len(labels), 20)
    for place, label in enumerate(labels):
        x = step * place
        drawing.add(String(x, 6, label, fontName="vpnedu-Sans", fontSize=9, fillColor=_ink(INK)))
        start = x + 3 + 6 * len(label)
        look = {"strokeColor": _ink(INK), "strokeWidth": 0.8, "fillColor": None}
        if round_:
            drawing.add(Circle(start + 6, 9.5, 6, **look))
        else:
            drawing.add(Rect(start, 2, wide, 15, **look))
    return drawing


def _ink(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)


def picture(png: bytes, width: float, height: float) -> Flow:
    """A picture, as large as fits."""
    from PIL.ImageFile import Parser
    from reportlab.graphics.shapes import Drawing, Image

    parser = Parser()
    parser.feed(png)
    scale = min(WIDTH / width, HIGHEST_PICTURE / height)
    wide, high = width * scale, height * scale
    return Drawing(wide, high, Image(0, 0, wide, high, parser.close().convert("RGB")))


def together(parts: list[Flow]) -> Flow:
    """Parts that stand on one page, if one has room for all of them."""
    from reportlab.platypus import KeepTogether

    return KeepTogether(parts)
