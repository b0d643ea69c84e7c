"""The book as one PDF, from the built site: `python -m vpnedu.site.printing [chapter …]`.

Chromium prints each page with storyboards in the place of players; then the pages are put
together, with a cover, a table of contents, page numbers, and links that lead within the book.
"""

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path

import yaml
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, Fit, IndirectObject, NameObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from vpnedu.site.browsing import printed_pages

SITE = Path("_build/html")
TARGET = Path("_build/vpn-book.pdf")
LEFT, RIGHT = 57.0, A4[0] - 57.0
LINE, TOP = 19.0, A4[1] - 110
_HEADING = re.compile(r"<h1>(.*?)<a ", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One chapter as it was printed: the part of the book it stands in, its name, and its PDF."""

    caption: str
    name: str
    title: str
    pdf: PdfReader


def listed(toc: Path = Path("_toc.yml")) -> list[tuple[str, str]]:
    """The caption of its part and the name of every page, in the order of the book."""
    book = yaml.safe_load(toc.read_text(encoding="utf-8"))
    parts = [
        (part["caption"], entry["file"]) for part in book["parts"] for entry in part["chapters"]
    ]
    return [("", book["root"]), *parts]


def parts(wanted: list[str]) -> Iterator[Part]:
    """The chapters named, or all, as Chromium prints them."""
    chosen = [(cap, name) for cap, name in listed() if not wanted or Path(name).name in wanted]
    pages = [SITE / f"{name}.html" for _, name in chosen]
    for page in pages:
        if not page.exists():
            sys.exit(f"{page} is missing: run `make book` first")
    for (caption, name), page, pdf in zip(chosen, pages, printed_pages(pages), strict=True):
        heading = _HEADING.search(page.read_text(encoding="utf-8"))
        title = unescape(re.sub("<[^>]+>", "", heading[1])) if heading else Path(name).name
        yield Part(caption, name, title, PdfReader(BytesIO(pdf)))


def bound(chapters: list[Part], title: str) -> PdfWriter:
    """One PDF of all chapters, with cover, contents, outline, page numbers and inner links."""
    writer = PdfWriter()
    before = len(PdfReader(front(chapters, title, {})).pages)
    starts, page = {}, before
    for chapter in chapters:
        starts[chapter.name], page = page, page + len(chapter.pdf.pages)
    writer.append(front(chapters, title, starts), import_outline=False)
    captions: dict[str, IndirectObject] = {}
    for chapter in chapters:
        writer.append(chapter.pdf, import_outline=False)
        above = captions.get(chapter.caption)
        if chapter.caption and above is None:
            above = writer.add_outline_item(title=chapter.caption, page_number=starts[chapter.name])
            captions[chapter.caption] = above
        writer.add_outline_item(title=chapter.title, page_number=starts[chapter.name], parent=above)
    _number(writer, before)
    _link_contents(writer, chapters, starts)
    _link_chapters(writer, starts)
    writer.add_metadata({"/Title": title, "/Author": "The vpnedu authors"})
    return writer


def _rows(chapters: list[Part]) -> Iterator[tuple[int, float, Part | str]]:
    """Where each line of the contents stands: page after the cover, height, and what it names."""
    page, height, caption = 0, TOP, ""
    for chapter in chapters:
        for row in ([chapter.caption] if chapter.caption != caption else []) + [chapter]:
            if height < 80:
                page, height = page + 1, TOP
            yield page, height - 10 * isinstance(row, str), row
            height -= LINE + 10 * isinstance(row, str)
        caption = chapter.caption


def front(chapters: list[Part], title: str, starts: dict[str, int]) -> BytesIO:
    """The cover and the table of contents, with the pages on which chapters start."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica-Bold", 34)
    canvas.drawString(LEFT, A4[1] - 240, title)
    canvas.setFont("Helvetica", 13)
    canvas.drawString(
        LEFT,
        A4[1] - 268,
        "The interactive textbook, on paper: each figure is a storyboard of its run.",
    )
    canvas.drawString(LEFT, 80, "The vpnedu authors · text and figures CC BY 4.0, code MIT")
    canvas.showPage()
    _heading(canvas)
    at = 0
    for page, height, row in _rows(chapters):
        if page != at:
            canvas.showPage()
            at = page
        canvas.setFont("Helvetica-Bold" if isinstance(row, str) else "Helvetica", 11)
        canvas.drawString(
            LEFT if isinstance(row, str) else LEFT + 14,
            height,
            row if isinstance(row, str) else row.title,
        )
        if isinstance(row, Part) and row.name in starts:
            canvas.drawRightString(RIGHT, height, str(starts[row.name] + 1))
    canvas.save()
    made.seek(0)
    return made


def _heading(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(LEFT, A4[1] - 80, "Contents")


def _number(writer: PdfWriter, first: int) -> None:
    """Write its number at the foot of every page from `first` on."""
    for number, page in enumerate(writer.pages[first:], start=first + 1):
        made = BytesIO()
        canvas = Canvas(made, pagesize=A4, invariant=True)
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(A4[0] / 2, 28, str(number))
        canvas.save()
        page.merge_page(PdfReader(made).pages[0])


def _link_contents(writer: PdfWriter, chapters: list[Part], starts: dict[str, int]) -> None:
    for page, height, row in _rows(chapters):
        if isinstance(row, Part):
            box = (LEFT, height - 5, RIGHT, height + 12)
            link = Link(rect=box, target_page_index=starts[row.name], fit=Fit.fit_horizontally())
            writer.add_annotation(1 + page, link)


def _link_chapters(writer: PdfWriter, starts: dict[str, int]) -> None:
    """Turn links to other chapters' pages into links within the book; others to files go."""
    known = {Path(name).name: start for name, start in starts.items()}
    for page in writer.pages:
        for note in page.get("/Annots", []):
            link = note.get_object()
            target = str(link.get("/A", {}).get("/URI", ""))
            if not target.startswith("file:"):
                continue
            del link["/A"]
            start = known.get(Path(target.partition("#")[0]).stem)
            if start is not None:
                place = [writer.pages[start].indirect_reference, NameObject("/Fit")]
                link[NameObject("/Dest")] = ArrayObject(place)


def main(words: list[str]) -> None:
    """Print the book, or the chapters named, into one file, and say where it lies."""
    command = ArgumentParser(prog="vpnedu.site.printing", description=__doc__)
    # None at all is a choice, too: argparse asks for it as an empty list.
    command.add_argument("chapters", nargs="*", choices=[*(Path(n).name for _, n in listed()), []])
    command.add_argument("--to", type=Path, default=TARGET)
    asked = command.parse_args(words)
    title = yaml.safe_load(Path("_config.yml").read_text(encoding="utf-8"))["title"]
    book = bound(list(parts(asked.chapters)), title)
    # Every chapter brought its own copies of fonts and marks.
    book.compress_identical_objects()
    for page in book.pages:
        page.compress_content_streams()
    book.write(asked.to)
    print(f"{asked.to}: {len(book.pages)} pages, {asked.to.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
