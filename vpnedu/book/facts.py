"""Facts that a provider can change: tables read from `chapters/facts`, with source and date."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import Any

from vpnedu.network.addresses import InputError

# Beside the chapter, which is where its kernel starts; from anywhere else, in the checkout.
FOLDERS = (Path("facts"), Path(__file__).parents[2] / "chapters" / "facts")


@dataclass(frozen=True, repr=False)
class Facts:
    """One table: a row's first cell is its head, its last one gives the places of its `sources`.

    >>> facts("azure", "gateway SKUs")["Basic, route-based", "Site-to-site tunnels"]
    10
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    read: date

    def __getitem__(self, place: tuple[str, str]) -> str | int:
        heads = [str(row[0]) for row in self.rows]
        row = self.rows[heads.index(_known(place[0], heads, "row"))]
        return row[self.columns.index(_known(place[1], self.columns, "column"))]

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
    files = {path.stem: path for folder in FOLDERS for path in folder.glob("*.toml")}
    path = files[_known(name, files, "chapters/facts")]
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise InputError(path.name, str(wrong)) from None
    tables = _field(file, "tables", dict, path.name)
    where = f"{path.name}: {_known(table, tables, f'{path.name}: tables')}"
    columns = (*_field(tables[table], "columns", list, where), "Source")
    rows, cited = _rows(tables[table], len(columns), where)
    listed = _field(file, "sources", dict, path.name)
    sources = tuple(_source(listed, key, where) for key in cited)
    caption, read = _field(tables[table], "caption", str, where), _field(file, "read", date, where)
    return Facts(caption, columns, rows, tuple(tables[table].get("notes", ())), sources, read)


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
