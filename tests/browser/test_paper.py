"""The book as a PDF: a chapter and the glossary, printed by the command behind `make pdf`."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import Destination

from vpnedu.widgets.modules import script

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CHAPTERS = ("policy-based", "glossary")


@pytest.fixture(scope="module")
def book(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """Two chapters on paper. A missing browser is the fixture's to tell of."""
    assert browser.is_connected()
    target = tmp_path_factory.mktemp("paper") / "book.pdf"
    command = [sys.executable, "-m", "vpnedu.site.printing", *CHAPTERS, "--to", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return PdfReader(target)


def starts(book: PdfReader) -> dict[str, int]:
    """The page, counted from 0, on which the outline says that each chapter begins."""

    def found(items: list[object]) -> Iterator[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from found(item)
            elif isinstance(item, Destination):
                yield str(item.title), book.get_destination_page_number(item) or 0

    return dict(found(list(book.outline)))


def test_the_outline_and_the_contents_lead_to_the_page_where_a_chapter_begins(
    book: PdfReader,
) -> None:
    contents = book.pages[1].extract_text()
    for title in ("Policy-based gateways", "Glossary"):
        page = starts(book)[title]
        text = book.pages[page].extract_text()
        assert title in text
        assert text.split()[-1] == str(page + 1), "the number at its foot"
        assert f"{title}\n{page + 1}" in contents or f"{title} {page + 1}" in contents


def test_a_link_to_another_chapter_leads_to_it_and_none_leads_to_a_file(book: PdfReader) -> None:
    glossary = book.pages[starts(book)["Glossary"]].indirect_reference
    notes = [
        (place, note.get_object())
        for place, page in enumerate(book.pages)
        for note in page.get("/Annots", [])
    ]
    assert not [note for _, note in notes if "file:" in str(note.get("/A", ""))]
    inner = [place for place, note in notes if note.get("/Dest", [None])[0] == glossary]
    assert {place for place in inner if place > 1}, "a word in the chapter leads to the glossary"


@pytest.fixture
def drawn(browser: Browser, site: str) -> Iterator[Page]:
    """A page whose figures have become storyboards."""
    with browser.new_context(viewport={"width": 800, "height": 1000}) as context:
        tab = context.new_page()
        tab.goto(f"{site}chapters/active-active.html")
        tab.wait_for_function("!document.querySelector('vpn-figure[id]:not([ready])')")
        tab.evaluate(script("storyboard"))
        assert tab.evaluate("vpneduStoryboards()") == tab.locator(".board").count() > 0
        yield tab


def test_a_storyboard_of_two_designs_has_both_at_each_moment_and_their_lanes(drawn: Page) -> None:
    board = drawn.locator("vpn-figure:has(.board-lanes)").first
    frames = board.locator(".board-frame").count()
    assert frames % 2 == 0
    assert 4 <= frames <= 12
    assert board.locator(".board-lanes").count() == 2
    words = board.locator("figcaption").all_inner_texts()
    assert len(set(words)) == frames, "every picture says something of its own"
    assert words[0].startswith("1 · Active/standby · 0.0 s")
    assert drawn.locator("vpn-figure .controls").count() == 0
