"""Whatever the book cites stands on its page of references, with the date that is cited."""

import re
import tomllib
from pathlib import Path

import pytest

from vpnedu.book.prose import sources
from vpnedu.site.references import Reference, references, unknown

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGES = sorted(path for end in ("ipynb", "md") for path in CHAPTERS.glob(f"*.{end}"))
FACTS = sorted((CHAPTERS / "facts").glob("*.toml"))
BANKS = sorted((CHAPTERS / "quizzes").glob("*.toml"))
KNOWN = references()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_sources_of_a_chapter_are_in_the_references(path: Path) -> None:
    assert [wrong for item in sources(path).split("\n- ") for wrong in unknown(item, KNOWN)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_rfc_that_a_chapter_speaks_of_is_in_the_references(path: Path) -> None:
    named = set(re.findall(r"RFC[ \u00a0](\d{3,4})\b", path.read_text(encoding="utf-8")))
    assert {f"rfc{number}" for number in named} <= {one.key for one in KNOWN}


def test_the_sources_of_the_glossary_are_in_the_references() -> None:
    text = (CHAPTERS / "glossary.md").read_text(encoding="utf-8")
    lines = re.findall(r"^Source: (.*)$", text, re.MULTILINE)
    assert lines
    assert [wrong for line in lines for wrong in unknown(line, KNOWN)] == []


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_the_sources_of_the_facts_are_in_the_references(path: Path) -> None:
    told = tomllib.loads(path.read_text(encoding="utf-8")).get("sources", {})
    dated = (f"{one['title']}, {one['date']}" for one in told.values())
    lines = [line.replace("date not recorded", "undated") for line in dated]
    assert [wrong for line in lines for wrong in unknown(line, KNOWN)] == []


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_what_a_question_refers_to_is_in_the_references(path: Path) -> None:
    questions = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    wrong = [wrong for one in questions for wrong in unknown(one["reference"], KNOWN)]
    assert wrong == []


def test_nothing_stands_in_the_references_that_nobody_cites() -> None:
    files = [*PAGES, *FACTS, *BANKS]
    text = " ".join(path.read_text(encoding="utf-8") for path in files if path.stem != "references")
    cited = " ".join(re.sub(r'\\n["\s,]*', " ", text.replace("*", "")).split()).casefold()
    assert [one.key for one in KNOWN if not any(name in cited for name in one.names)] == []


def test_keys_are_anchors_and_no_two_entries_are_alike() -> None:
    keys = [one.key for one in KNOWN]
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []
    assert len(set(keys)) == len(keys)
    assert len({(one.names[-1], one.date) for one in KNOWN}) == len(keys)


def test_rfcs_stand_in_the_order_of_their_numbers() -> None:
    numbers = [int(one.key[3:]) for one in KNOWN if one.key.startswith("rfc")]
    assert numbers == sorted(numbers)


PAGE = Reference("page", ("a page",), "4 June 2026")
OLDER = Reference("page-older", ("a page",), "undated")
STANDARD = Reference("rfc4303", ("rfc 4303", "encapsulating"), "December 2005")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("*A page*, 4 June 2026", []),
        ("*A page*, 5 June 2026", ["A page, 5 June 2026"]),
        ("*A page*, 2026-06-04, and an undated copy", []),
        ("*A page*, read in May 2027", []),
        ("*Another side*, 4 June 2026", ["Another side, 4 June 2026"]),
        ("RFC 4303, *Encapsulating* (December 2005): 3.4. RFC 1918.", ["RFC 1918"]),
        ("[RFC 4303](references.md#rfc4303), 2005", []),
        ("RFC 4303, January 2005", ["RFC 4303, January 2005"]),
    ],
)
def test_a_wrong_name_or_date_is_found(text: str, wrong: list[str]) -> None:
    assert unknown(text, (PAGE, OLDER, STANDARD)) == wrong
