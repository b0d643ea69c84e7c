"""Facts that a provider can change: tables read from `chapters/facts`, with source and date."""

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import Any

from vpnedu.network.addresses import InputError

# Beside the chapter, which is where its kernel starts; from anywhere else, in the checkout.
FOLDERS = (Path("facts"), Path(__file__).parents[2] / "chapters" / "facts")
# The timers of runs, in a form of their own: `vpnedu.site.profiles` reads them.
TIMERS = "profiles"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, repr=False)
class Facts:
    """One table: a row's first cell is its head, its last one gives the places of its `sources`.

    `dates` are those of the sources, each a day or words such as "date not recorded".

    >>> facts("azure", "gateway SKUs")["Basic, route-based", "Site-to-site tunnels"]
    10
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    read: date
    dates: tuple[date | str, ...] = ()

    def __getitem__(self, place: tuple[str, str]) -> str | int:
        heads = [str(row[0]) for row in self.rows]
        row = self.rows[heads.index(_known(place[0], heads, "row"))]
        return row[self.columns.index(_known(place[1], self.columns, "column"))]

    def dated(self) -> "Facts":
        """The same table, with the dates of each row's sources in a column of their own."""
        rows = tuple((*row, self._dates_of(row)) for row in self.rows)
        return replace(self, columns=(*self.columns, "Dated"), rows=rows)

    def _dates_of(self, row: tuple[str | int, ...]) -> str:
        days = dict.fromkeys(str(self.dates[place]) for place in self.places(row))
        return "; ".join(days) or "no date"

    def places(self, row: tuple[str | int, ...]) -> list[int]:
        """The places of a row's sources in `sources`, from 0."""
        cell = str(row[self.columns.index("Source")])
        return [int(text) - 1 for text in cell.split(", ") if text.isdigit()]

    def __str__(self) -> str:
        lines = [self.caption]
        for row in self.rows:
            named = zip(self.columns[1:], map(_words, row[1:]), strict=True)
            lines.append(f"{row[0]}. " + "; ".join(f"{name}: {cell}" for name, cell in named))
        listed = (f"{place}. {source}" for place, source in enumerate(self.sources, start=1))
        return "\n".join([*lines, *self.notes, f"Sources, as read on {self.read}:", *listed])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join(_row_html(*map(escape, map(_words, row))) for row in self.rows)
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        listed = "".join(f"<li>{escape(source)}</li>" for source in self.sources)
        caption = escape(self.caption)
        return (
            f'<div class="facts"><div role="region" aria-label="{caption}" tabindex="0">'
            f"<table><caption><span>{caption}</span></caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
            f"{notes}<p>Sources, as read on {self.read}:</p><ol>{listed}</ol></div>"
        )


def facts(name: str, table: str) -> Facts:
    """The table called `table` in `chapters/facts/<name>.toml`; errors name file, table, field."""
    file, named = _file(name), f"{name}.toml"
    tables = _field(file, "tables", dict, named)
    where = f"{named}: {_known(table, tables, f'{named}: tables')}"
    columns = (*_field(tables[table], "columns", list, where), "Source")
    rows, cited = _rows(tables[table], len(columns), where)
    listed = _field(file, "sources", dict, named)
    sources = tuple(_source(listed, key, where) for key in cited)
    dates = tuple(listed[key]["date"] for key in cited)
    caption, read = _field(tables[table], "caption", str, where), _field(file, "read", date, where)
    notes = tuple(tables[table].get("notes", ()))
    return Facts(caption, columns, rows, notes, sources, read, dates)


def all_tables() -> list[tuple[str, str]]:
    """File and name of every table there is, as `facts` takes them."""
    names = sorted(name for name in _paths() if name != TIMERS)
    return [(name, table) for name in names for table in _field(_file(name), "tables", dict, name)]


def oldest(before: int) -> Facts:
    """The rows, oldest first, whose newest source is from before that year or has no date.

    What a standard says as well is left out: it does not change with a product.
    """
    found = [aged for name, table in all_tables() for aged in _aged(facts(name, table))]
    aged = sorted((row for row in found if row[0] < before), key=lambda row: row[0])
    sources = tuple(dict.fromkeys(source for *_, source in aged))
    rows = tuple(
        (head, caption, str(year) if year else "no date", str(sources.index(source) + 1))
        for year, head, caption, source in aged
    )
    caption = f"Facts whose newest source is from before {before}, or bears no date"
    columns = ("Fact", "Table", "Year", "Source")
    return Facts(caption, columns, rows, (), sources, min(map(_read_on, all_tables())))


def _aged(table: Facts) -> Iterator[tuple[int, str, str, str]]:
    """For each row the year of its newest source, 0 if none has one; head, caption, source."""
    for row in table.rows:
        places = table.places(row)
        if not any(table.sources[place].startswith("RFC ") for place in places):
            year, place = max((year_of(table.dates[place]), -place) for place in places)
            yield year, str(row[0]), table.caption, table.sources[-place]


def year_of(day: date | str) -> int:
    """The last year that a date names, 0 if it is that of no page: "undated, read 2026-11-23"."""
    words = str(day)
    return 0 if "undated" in words else max(map(int, _YEAR.findall(words)), default=0)


def _read_on(place: tuple[str, str]) -> date:
    return facts(*place).read


def _paths() -> dict[str, Path]:
    return {path.stem: path for folder in FOLDERS for path in folder.glob("*.toml")}


def _file(name: str) -> dict[str, Any]:
    paths = _paths()
    path = paths[_known(name, paths, "chapters/facts")]
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise InputError(path.name, str(wrong)) from None


def _rows(record: dict[str, Any], width: int, where: str) -> tuple[tuple[Any, ...], list[str]]:
    """The rows, each closed by the places of its sources, and the sources' keys in order."""
    rows: list[tuple[Any, ...]] = []
    cited = list(_field(record, "sources", list, where))
    for line in _field(record, "rows", list, where):
        at = f"{where}: row {len(rows) + 1}"
        row = line if isinstance(line, dict) else {"cells": line}
        own = row.get("sources", record["sources"])
        cited += [key for key in own if key not in cited]
        places = ", ".join(str(place) for place, key in enumerate(cited, start=1) if key in own)
        rows.append((*_field(row, "cells", list, at), places))
        if len(rows[-1]) != width:
            raise InputError(f"{at}: cells", f"{len(rows[-1]) - 1} cells for {width - 1} columns")
    return tuple(rows), cited


def _source(listed: dict[str, Any], key: str, where: str) -> str:
    at = f"{where}: source {_known(key, listed, f'{where}: sources')}"
    return f"{_field(listed[key], 'title', str, at)}, {_field(listed[key], 'date', date | str, at)}"


def _field(record: dict[str, Any], name: str, kind: Any, where: str) -> Any:
    if not isinstance(record.get(name), kind):
        rule = f"{record[name]!r} is of the wrong kind" if name in record else "it is missing"
        raise InputError(f"{where}: {name}", rule)
    return record[name]


def _known(name: str, names: Collection[str], what: str) -> str:
    if name not in names:
        near = get_close_matches(name, names, n=3, cutoff=0.3) or [*names]
        raise InputError(what, f"there is no {name!r}; nearest: {', '.join(near)}")
    return name


def _words(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _row_html(head: str, *cells: str) -> str:
    return f'<tr><th scope="row">{head}</th>' + "".join(f"<td>{c}</td>" for c in cells) + "</tr>"
