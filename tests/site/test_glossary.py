"""The glossary is whole: in order, every entry with its source, every link with its entry."""

import re
from functools import cache
from pathlib import Path

import nbformat

CHAPTERS = Path(__file__).parents[2] / "chapters"
GLOSSARY = CHAPTERS / "glossary.md"
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\((?P<page>[\w-]*(?:\.ipynb|\.md)?)(?:#(?P<anchor>[\w-]+))?\)")


def slug(heading: str) -> str:
    """The anchor that MyST gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def entries() -> dict[str, str]:
    _, *parts = HEADING.split(GLOSSARY.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


@cache
def linked() -> dict[str, set[str]]:
    """The chapters that link to each entry, by its anchor."""
    found: dict[str, set[str]] = {}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for anchor in re.findall(r"\]\(glossary\.md#([^)]*)\)", text):
            found.setdefault(anchor, set()).add(path.stem)
    return found


def test_entries_stand_in_the_order_of_the_alphabet() -> None:
    names = list(entries())
    assert names == sorted(names, key=lambda name: name.casefold().replace("-", " "))
    assert len({slug(name) for name in names}) == len(names)


def test_an_entry_says_where_its_meaning_is_from_and_which_chapter_teaches_it() -> None:
    for name, text in entries().items():
        *meaning, last = text.strip().split("\n\n")
        assert meaning, f"{name} has no meaning"
        assert re.match(r"Source: .+\bChapters?: \[", last, re.DOTALL), name


def test_what_an_entry_links_to_is_there() -> None:
    known = {slug(name) for name in entries()}
    lost = [
        (name, link[0])
        for name, text in entries().items()
        for link in LINK.finditer(text)
        if not (CHAPTERS / (link["page"] or GLOSSARY)).exists()
        or (not link["page"] and link["anchor"] not in known - {slug(name)})
    ]
    assert lost == []


def test_every_word_that_a_chapter_links_has_its_entry() -> None:
    known = {slug(name) for name in entries()}
    assert {word: chapters for word, chapters in linked().items() if word not in known} == {}


def test_every_entry_is_linked_from_some_chapter() -> None:
    # A word that no chapter needs has no business here.
    assert [name for name in entries() if slug(name) not in linked()] == []
