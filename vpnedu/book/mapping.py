"""The map of the book: its parts and pages, what each needs beforehand, and four ways to read it.

`chapters/map.toml` says it, `_toc.yml` gives parts and order. What contradicts itself or the book
is an InputError that names page, field and rule.
"""

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from vpnedu.book.prose import headings, prose
from vpnedu.network.addresses import InputError

# Beside the chapter, which is where its kernel starts; from anywhere else, in the checkout.
FOLDERS = (Path(), Path(__file__).parents[2] / "chapters")
FILE = "map.toml"
ROUNDED = 5  # minutes: a chapter's time stays the same while its words are polished
_LINE = re.compile(r"^\s*- (?:caption: *(.+?)|file: chapters/([\w-]+))\s*$", re.MULTILINE)
_WORD = re.compile(r"\w[\w'’./:-]*")
_TAG = re.compile(r"<[^>]*>")
# A figure that plays has an anchor; the pictures beside a quiz's questions have none.
_FIGURE = re.compile(r'<vpn-figure id=|<vpn-[a-z]+ class="instrument"')


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `needs` are read before it; `minutes` is 0 where `time` says it in words."""

    name: str
    title: str
    question: str
    needs: tuple[str, ...]
    minutes: int
    time: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book with its pages, in order."""

    name: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """A way through the book: pages in order, each with one clause that says why."""

    id: str
    name: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BookMap:
    """All parts of the book, and the ways to read them."""

    parts: tuple[Part, ...]
    paths: tuple[ReadingPath, ...]

    @property
    def pages(self) -> dict[str, Page]:
        """Every page by its name, in the order of the book."""
        return {page.name: page for part in self.parts for page in part.pages}

    def needing(self, name: str) -> tuple[str, ...]:
        """The pages that need the page `name`."""
        return tuple(page.name for page in self.pages.values() if name in page.needs)

    def minutes(self, path: ReadingPath) -> int:
        """How long the pages of a path take together, as far as they are read through."""
        return sum(self.pages[page].minutes for page, _ in path.steps)


def book_map(folder: Path | None = None) -> BookMap:
    """The map of the book whose chapters lie in `folder`; InputError tells what is wrong."""
    folder = folder or next((one for one in FOLDERS if (one / FILE).exists()), FOLDERS[-1])
    record = _read(folder / FILE)
    _only(record, ("pace", "page", "path"), FILE)
    listed = _listed(folder.resolve().parent / "_toc.yml")
    pages = _field(record, "page", dict, FILE)
    _match(pages, [name for _, names in listed for name in names])
    pace = _pace(_field(record, "pace", dict, FILE))
    made = {name: _page(name, pages, folder, pace) for name in pages}
    for name in made:
        _acyclic((name,), made)
    parts = tuple(Part(part, tuple(made[name] for name in names)) for part, names in listed)
    paths = tuple(_path(path, made) for path in _field(record, "path", list, FILE))
    ids = [path.id for path in paths]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise InputError(f"{FILE}: path {twice[0]}", "it stands there twice")
    return BookMap(parts, paths)


def figures_in(path: Path) -> int:
    """How many figures a chapter has that can be played with."""
    return sum(len(_FIGURE.findall(output)) for output in _outputs(path))


def words_in(path: Path) -> int:
    """How many words a chapter has to be read: its prose, and tables and text that cells give."""
    given = (_TAG.sub(" ", output) for output in _outputs(path) if "<vpn-" not in output)
    return sum(len(_WORD.findall(text)) for text in (prose(path), *given))


def _outputs(path: Path) -> list[str]:
    """What the cells of a chapter give, as HTML or as printed text."""
    if path.suffix != ".ipynb":
        return []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return ["".join(one.get("text") or one["data"].get("text/html", "")) for one in outputs]


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise InputError(FILE, str(wrong)) from None


def _listed(toc: Path) -> list[tuple[str, list[str]]]:
    """The parts of `_toc.yml` with the names of their pages."""
    parts: list[tuple[str, list[str]]] = []
    for caption, page in _LINE.findall(toc.read_text(encoding="utf-8")):
        if caption:
            parts.append((caption, []))
        elif not parts:
            raise InputError("_toc.yml", f"{page!r} belongs to no part")
        else:
            parts[-1][1].append(page)
    return parts


def _match(pages: Collection[str], listed: list[str]) -> None:
    """Map and table of contents have the same pages, or else one is told that hasn't a twin."""
    for name in listed:
        if name not in pages:
            raise InputError(f"{FILE}: page {name}", "it is missing, and stands in _toc.yml")
    for name in pages:
        _known(name, listed, f"{FILE}: page {name}", "_toc.yml")


def _pace(record: dict[str, Any]) -> tuple[int, int]:
    """Words a minute, and minutes a figure."""
    where = f"{FILE}: pace"
    names = ("words_a_minute", "minutes_a_figure")
    _only(record, names, where)
    pace = [_field(record, name, int, where) for name in names]
    for name, value in zip(names, pace, strict=True):
        if value < 1:
            raise InputError(f"{where}: {name}", f"{value} is not above 0")
    return pace[0], pace[1]


def _page(name: str, pages: dict[str, Any], folder: Path, pace: tuple[int, int]) -> Page:
    where = f"{FILE}: page {name}"
    record = _field(pages, name, dict, FILE)
    _only(record, ("question", "needs", "time"), where)
    question = _field(record, "question", str, where)
    if not question.endswith("?"):
        raise InputError(f"{where}: question", f"{question!r} asks nothing")
    needs = tuple(_field(record, "needs", list, where)) if "needs" in record else ()
    for need in needs:
        _known(need, pages, f"{where}: needs", "the map")
    time = _field(record, "time", str, where) if "time" in record else ""
    path = _chapter(folder, name, where)
    title = next(iter(headings(path).values()), "")
    if not title:
        raise InputError(where, f"{path.name} has no title")
    return Page(name, title, question, needs, 0 if time else _minutes(path, pace), time)


def _chapter(folder: Path, name: str, where: str) -> Path:
    for path in (folder / f"{name}.ipynb", folder / f"{name}.md"):
        if path.exists():
            return path
    raise InputError(where, f"there is no chapters/{name}.ipynb")


def _minutes(path: Path, pace: tuple[int, int]) -> int:
    minutes = words_in(path) / pace[0] + figures_in(path) * pace[1]
    return ROUNDED * max(1, round(minutes / ROUNDED))


def _acyclic(way: tuple[str, ...], pages: Mapping[str, Page]) -> None:
    """Nothing that the last of `way` needs, or that needs in turn, stands in `way` already."""
    for need in pages[way[-1]].needs:
        if need in way:
            circle = " needs ".join((*way[way.index(need) :], need))
            raise InputError(f"{FILE}: page {need}: needs", f"{circle}: nobody could begin")
        _acyclic((*way, need), pages)


def _path(record: Any, pages: Mapping[str, Page]) -> ReadingPath:
    if not isinstance(record, dict):
        raise InputError(f"{FILE}: path", f"{record!r} is no table")
    id_ = _field(record, "id", str, f"{FILE}: path")
    where = f"{FILE}: path {id_}"
    _only(record, ("id", "name", "steps"), where)
    steps = tuple(_step(step, pages, where) for step in _field(record, "steps", list, where))
    order = [page for page, _ in steps]
    for place, page in enumerate(order):
        if page in order[:place]:
            raise InputError(f"{where}: steps", f"{page!r} stands there twice")
        for need in pages[page].needs:
            if need in order[place:]:
                raise InputError(f"{where}: steps", f"{page!r} needs {need!r}, which comes later")
    return ReadingPath(id_, _field(record, "name", str, where), steps)


def _step(record: Any, pages: Collection[str], where: str) -> tuple[str, str]:
    where = f"{where}: steps"
    if not isinstance(record, dict):
        raise InputError(where, f"{record!r} is no table with page and why")
    _only(record, ("page", "why"), where)
    page = _field(record, "page", str, where)
    return _known(page, pages, where, "the map"), _field(record, "why", str, where)


def _field(record: Mapping[str, Any], name: str, kind: Any, where: str) -> Any:
    if not isinstance(record.get(name), kind) or record[name] in ("", []):
        rule = f"{record[name]!r} won't do" if name in record else "it is missing"
        raise InputError(f"{where}: {name}", rule)
    return record[name]


def _only(record: Collection[str], names: Collection[str], where: str) -> None:
    for name in record:
        if name not in names:
            raise InputError(f"{where}: {name}", f"no such field; there are {', '.join(names)}")


def _known(name: Any, names: Collection[str], where: str, what: str) -> str:
    if not isinstance(name, str) or name not in names:
        near = get_close_matches(str(name), names, n=3, cutoff=0.3) or [*names][:3]
        raise InputError(where, f"there is no {name!r} in {what}; nearest: {', '.join(near)}")
    return name
