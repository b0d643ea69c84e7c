"""What a table of facts shows, that every committed one is whole, and what a wrong one is told."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vpnedu.book import facts as reader
from vpnedu.book.facts import all_tables, facts, oldest, year_of
from vpnedu.network.addresses import InputError

CHAPTERS = Path(__file__).parents[2] / "chapters"
FILES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((CHAPTERS / "facts").glob("*.toml"))
    if path.stem != "profiles"  # those are timers: see test_profiles.py
}
TABLES = [(name, table) for name, file in FILES.items() for table in file["tables"]]

WHOLE = """
read = 2026-11-23
[sources]
S1 = { title = "A page", date = 2026-06-04 }
S2 = { title = "Another <page>", date = "date not recorded" }
[tables.speeds]
caption = "Speeds & limits"
columns = ["SKU", "Tunnels"]
sources = ["S1"]
notes = ["As of June."]
rows = [["Small", 10], { cells = ["Large", 10000], sources = ["S2", "S1"] }]
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """Makes a text the only file of facts, called `made.toml`."""
    monkeypatch.setattr(reader, "FOLDERS", (tmp_path,))
    return (tmp_path / "made.toml").write_text


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_committed_table_reads_and_its_row_heads_are_its_own(name: str, table: str) -> None:
    read = facts(name, table)
    heads = [row[0] for row in read.rows]
    assert len(heads) == len(set(heads))
    assert all(row[-1] for row in read.rows), "a row without a source"
    assert set(FILES[name]["tables"][table]) <= {"caption", "columns", "sources", "notes", "rows"}


@pytest.mark.parametrize("name", FILES)
def test_every_source_is_used(name: str) -> None:
    tables = FILES[name]["tables"].values()
    rows = [row for table in tables for row in table["rows"] if isinstance(row, dict)]
    assert {key for part in (*tables, *rows) for key in part.get("sources", ())} == set(
        FILES[name]["sources"]
    )


def test_a_cell_is_found_by_its_row_and_column() -> None:
    skus = facts("azure", "gateway SKUs")
    names = "Basic, policy-based", "Basic, route-based", "VpnGw1AZ", "VpnGw5AZ"
    assert [skus[name, "Site-to-site tunnels"] for name in names] == [1, 10, 30, 100]


def test_a_wrong_row_or_column_is_told_the_nearest() -> None:
    with pytest.raises(InputError, match=r"^row: there is no 'VpnGw1'; nearest: VpnGw1AZ"):
        facts("azure", "gateway SKUs")["VpnGw1", "BGP"]
    with pytest.raises(InputError, match=r"^column: there is no 'BGB'; nearest: BGP"):
        facts("azure", "gateway SKUs")["VpnGw1AZ", "BGB"]


def test_the_page_shows_a_table_that_is_read_aloud_well(written: Callable[[str], int]) -> None:
    written(WHOLE)
    html = facts("made", "speeds")._repr_html_()
    assert "<caption><span>Speeds &amp; limits</span></caption>" in html
    assert re.findall(r'<th scope="(\w+)">(.*?)</th>', html) == [
        ("col", "SKU"), ("col", "Tunnels"), ("col", "Source"), ("row", "Small"), ("row", "Large"),
    ]  # fmt: skip
    assert "<td>10,000</td><td>1, 2</td>" in html
    assert "<li>A page, 2026-06-04</li><li>Another &lt;page&gt;, date not recorded</li>" in html
    assert 'role="region" aria-label="Speeds &amp; limits" tabindex="0"' in html
    assert "style=" not in html


def test_a_terminal_shows_plain_text(written: Callable[[str], int]) -> None:
    written(WHOLE)
    read = facts("made", "speeds")
    assert str(read) == repr(read)
    assert str(read).splitlines() == [
        "Speeds & limits",
        "Small. Tunnels: 10; Source: 1",
        "Large. Tunnels: 10,000; Source: 1, 2",
        "As of June.",
        "Sources, as read on 2026-11-23:",
        "1. A page, 2026-06-04",
        "2. Another <page>, date not recorded",
    ]
    assert read.read == date(2026, 11, 23)


def test_every_row_bears_the_dates_of_its_sources(written: Callable[[str], int]) -> None:
    written(WHOLE)
    dated = facts("made", "speeds").dated()
    assert dated["Small", "Dated"] == "2026-06-04"
    assert dated["Large", "Dated"] == "2026-06-04; date not recorded"
    assert dated["Large", "Tunnels"] == 10000


def test_old_facts_are_found_by_their_newest_source(written: Callable[[str], int]) -> None:
    rows = """
OLD = { title = "An old page", date = 2018-06-05 }
RFC = { title = "RFC 1, Host Software", date = "April 1969" }
[tables.ages]
caption = "Ages"
columns = ["What", "Value"]
sources = ["OLD"]
rows = [
  ["Old", 1],
  { cells = ["Confirmed since", 2], sources = ["OLD", "S1"] },
  { cells = ["By no date", 3], sources = ["S2"] },
  { cells = ["Old, and by a standard", 4], sources = ["OLD", "RFC"] },
]
[tables.speeds]"""
    written(WHOLE.replace("\n[tables.speeds]", rows))
    assert [(row[0], row[2]) for row in oldest(before=2022).rows] == [
        ("By no date", "no date"),
        ("Old", "2018"),
    ]
    assert [row[0] for row in oldest(before=2018).rows] == ["By no date"]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2018, 6, 5), 2018),
        ("about 2025 to 2026", 2026),
        ("date not recorded", 0),
        ("undated, read 2026-11-23", 0),
    ],
)
def test_a_date_in_words_has_a_year_only_if_the_page_bears_one(day: date | str, year: int) -> None:
    assert year_of(day) == year


def test_all_tables_are_listed() -> None:
    assert sorted(all_tables()) == sorted(TABLES)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("read = 2026-11-23", "", "made.toml: speeds: read: it is missing"),
        ("2026-11-23", '"yesterday"', "made.toml: speeds: read: 'yesterday' is of the wrong kind"),
        ("caption", "titel", "made.toml: speeds: caption: it is missing"),
        (", date = 2026-06-04", "", "made.toml: speeds: source S1: date: it is missing"),
        ('["S1"]', '["S3"]', "made.toml: speeds: sources: there is no 'S3'; nearest: S2, S1"),
        ('"Small", 10', '"Small"', "made.toml: speeds: row 1: cells: 1 cells for 2 columns"),
        ("cells =", "cell =", "made.toml: speeds: row 2: cells: it is missing"),
        (
            "tables.speeds",
            "tables.speed",
            "made.toml: tables: there is no 'speeds'; nearest: speed",
        ),
        ("[sources]", "[sources", "made.toml: Expected ']' at the end of a table declaration"),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong_where(
    written: Callable[[str], int], old: str, new: str, message: str
) -> None:
    written(WHOLE.replace(old, new, 1))
    with pytest.raises(InputError) as wrong:
        facts("made", "speeds")
    assert str(wrong.value).startswith(message)


def test_an_unknown_file_is_told_which_there_are() -> None:
    with pytest.raises(InputError, match="chapters/facts: there is no 'azur'; nearest: azure"):
        facts("azur", "limits")


def test_a_chapter_reads_them_from_its_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHAPTERS)
    monkeypatch.setattr(reader, "FOLDERS", reader.FOLDERS[:1])
    assert facts("azure", "limits").rows


def test_a_notebook_needs_no_sphinx_for_them() -> None:
    code = "import sys; sys.modules['sphinx'] = None; from vpnedu import facts; print(facts)"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
