"""Is what is published made as it should be? Forms hold only what forms may hold, and a search
index tells of no page that is gone.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vpnedu.classroom.issuing.forms import SCHEMA as FORM
from vpnedu.classroom.issuing.keys import SCHEMA as KEY

_SCRIPT = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)

# The only list of Sphinx's index that is wanted here; the rest may hold brackets of any kind.
_DOCUMENTS = re.compile(r'"?docnames"?:\s*(\[[^\]]*\])')

_NAMES = re.compile(r'"([^"]*)"')

_FORM = {
    "schema", "quiz", "title", "issue", "form", "tag", "learner", "name", "attempt", "due", "told",
    "slots",
}  # fmt: skip
_SLOT = {
    "slot", "points", "kind", "input", "text", "table", "picture",
    "choices", "items", "options", "steps", "unit", "units", "form", "hex",
}  # fmt: skip
_THING = {"id", "text"}
_TABLE = {"caption", "columns", "rows"}


def problems(text: str) -> Iterator[tuple[str, str]]:
    """What should not be in a published text, each with the words that stand there."""
    if f'"{KEY}"' in text.replace(" ", ""):
        yield "a key's file", KEY
    if FORM in text:
        for match in _SCRIPT.finditer(text):
            yield from _form(match[1])


def orphans(folder: Path) -> Iterator[tuple[str, str]]:
    """Pages that a search index below `folder` knows and that are not there: by index and page.

    Such an index still finds the words of a page that was taken away.
    """
    for index in sorted(folder.rglob("searchindex.js")):
        found = _DOCUMENTS.search(index.read_text(encoding="utf-8", errors="replace"))
        for name in _NAMES.findall(found[1]) if found else ():
            if not (index.parent / f"{name}.html").exists():
                yield index.relative_to(folder).as_posix(), name


def _form(text: str) -> Iterator[tuple[str, str]]:
    try:
        data = json.loads(text)
    except ValueError:
        yield "a form's data that can't be read", text[:40]
        return
    if not isinstance(data, dict) or data.get("schema") != FORM:
        return
    yield from _beyond(data, _FORM)
    for slot in data.get("slots", ()):
        yield from _beyond(slot, _SLOT)
        yield from _beyond(slot.get("table", {}), _TABLE)
        for name in ("choices", "items", "options", "steps"):
            for thing in slot.get(name, ()):
                yield from _beyond(thing, _THING)


def _beyond(data: dict[str, Any], known: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(data.keys() - known):
        yield "a form that tells more than a form may", name
