"""Every claim of a course text leads to a section that is there, and the page shows the table."""

import re
from pathlib import Path

import nbformat
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from vpnedu.book.claims import END, PAGE, Claim, claims, link, written
from vpnedu.book.prose import headings, prose
from vpnedu.network.addresses import InputError

CHAPTERS = Path(__file__).parents[2] / "chapters"
# Counted by hand, sentence by sentence, with the course text beside claims.toml; it isn't ours
# to print. A list's items count each for itself, and the line that only announces them not. A
# sentence that makes two claims counts as two: that connections are interrupted, and how soon they
# are back; what zones separate, and what survives.
COUNTED = {
    "VPNs": 4,
    "VPN gateways": 21,
    "High availability": 2,
    "Active/standby": 4,
    "Active/active": 4,
    "ExpressRoute failover": 5,
    "Zone-redundant gateways": 5,
}
ALL = [claim for listed in claims().values() for claim in listed]


def test_no_claim_of_the_course_text_is_left_out() -> None:
    assert {title: len(listed) for title, listed in claims().items()} == COUNTED
    # As many are dated or simplified; what has changed since is told at each.
    assert sum(bool(claim.dated) for claim in ALL) == 10


@pytest.mark.parametrize("claim", ALL, ids=lambda claim: claim.says[:40])
def test_the_section_that_teaches_a_claim_is_there(claim: Claim) -> None:
    assert link(claim.section)
    assert not claim.dated or link(claim.dated_at)


@pytest.mark.parametrize("claim", [one for one in ALL if one.dated], ids=lambda one: one.says[:40])
def test_a_dated_claim_leads_to_a_chapter_that_gives_a_date(claim: Claim) -> None:
    chapter = claim.dated_at.partition("#")[0]
    assert re.search(r"\b20(?:1|2)\d\b", prose(CHAPTERS / f"{chapter}.ipynb"))


def test_the_page_shows_the_claims_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written(page) == page, "run `python -m vpnedu.book.claims`"


def test_a_section_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(InputError, match="two-kinds"):
        link("what-is-a-vpn#two-kinds-of-connection")
    with pytest.raises(InputError, match="none"):
        link("what-is-a-cat#at-home")
    with pytest.raises(InputError, match="references"):
        written(PAGE.read_text(encoding="utf-8").replace(END, ""))


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_headings_have_the_anchors_that_the_build_gives_them(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    tokens = MarkdownIt().use(anchors_plugin, max_level=3).parse(text)
    built = [token.attrs["id"] for token in tokens if token.type == "heading_open"]
    assert list(headings(path)) == [slug for slug in built if slug]
