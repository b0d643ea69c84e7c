"""Every link of the built site leads somewhere: its files are read, no browser is needed."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.conftest import BUILT, pages

pytestmark = pytest.mark.browser

# As `vpnedu/widgets/static/clock.js` reads the end of an address: a figure, a preset, a moment.
MOMENT = re.compile(r"#(fig-[\w-]+)(?:/(\d+))?(?:@(?:(\d+(?:\.\d+)?)s|(\d+)))?(?![\w@/-])")
# Links that the browser follows on the page itself, or that a script answers.
NOT_PAGES = ("mailto", "data", "blob", "javascript")


@dataclass
class Read(HTMLParser):
    """What a page has: ids, links, data in scripts by the element around, and what it says."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    data: list[tuple[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.element, self.script = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        self.links += [str(told[name]) for name in ("href", "src") if told.get(name)]
        if tag.startswith("vpn-"):
            self.element = str(told.get("id") or "")
        self.script = str(told.get("type") or "code") if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.script = ""

    def handle_data(self, text: str) -> None:
        if self.script == "application/json":
            self.data.append((self.element, json.loads(text)))
        elif not self.script:
            self.said.append(text)


@cache
def read(page: str) -> Read:
    made = Read()
    made.feed((BUILT / page).read_text(encoding="utf-8"))
    made.close()
    return made


def inside(page: str) -> Iterator[tuple[str, str]]:
    """The file and the anchor of each link of `page` that stays on the site."""
    for link in read(page).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or parts.scheme in NOT_PAGES:
            continue
        # Only the page for what is not there has links from the top: it may be shown anywhere.
        folder = BUILT if parts.path.startswith("/") else (BUILT / page).parent
        file = folder / unquote(parts.path).lstrip("/") if parts.path else BUILT / page
        file = file / "index.html" if file.is_dir() else file
        yield str(file.resolve().relative_to(BUILT)), unquote(parts.fragment)


def tables(data: Any) -> Iterator[dict[str, Any]]:
    """Every table within `data`, itself included."""
    if isinstance(data, dict):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from tables(one)


def test_every_link_within_the_site_leads_to_a_file_and_an_anchor(page: str) -> None:
    missing = []
    for file, anchor in inside(page):
        if not (BUILT / file).exists():
            missing.append(file)
        elif anchor.startswith("sandbox/") and file == "chapters/sandbox.html":
            continue  # names a start of the sandbox: see test_sandbox.py
        elif file.endswith(".html") and anchor and anchor.partition("@")[0] not in read(file).ids:
            missing.append(f"{file}#{anchor}")
    assert missing == []


def test_an_anchor_stands_once_on_a_page(page: str) -> None:
    ids = read(page).ids
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_sections_that_quizzes_and_drills_name_are_there(page: str) -> None:
    missing = []
    for _, data in read(page).data:
        for table in tables(data):
            here = table.get("chapter") or table.get("quiz")
            listed = [*table.get("objectives", ()), table] if here else []
            sections = {one["section"] for one in listed if "section" in one}
            ids = read(f"chapters/{here}.html").ids if sections else []
            missing += [f"{here}#{section}" for section in sections if section not in ids]
    assert missing == []


def figures() -> dict[str, Any]:
    """The data of every figure of the site by its anchor."""
    return {element: data for page in pages() for element, data in read(page).data if element}


def fits(match: re.Match[str], figure: dict[str, Any]) -> bool:
    """Whether the figure has the preset and the moment that a link names."""
    _, preset, second, step = match.groups()
    presets = figure.get("presets", ())
    place = int(preset or 1)
    if not (second or step or preset):
        return True
    if not 1 <= place <= len(presets):
        return False
    traces = [run["trace"] for run in presets[place - 1]["runs"]]
    if second:
        return any(float(second) <= trace.get("until", 0) for trace in traces)
    return step is None or any(int(step) <= len(trace["events"]) for trace in traces)


def test_a_figure_or_moment_that_a_page_speaks_of_is_there(page: str) -> None:
    known = figures()
    anchors = {one for each in pages() for one in read(each).ids}
    said = [*read(page).said, *read(page).links]
    matches = [match for text in said for match in MOMENT.finditer(text)]
    missing = [
        match[0]
        for match in matches
        if match[1] not in anchors or (match[1] in known and not fits(match, known[match[1]]))
    ]
    assert missing == []


def test_links_to_other_sites_are_well_formed_and_written_in_one_way() -> None:
    written = defaultdict(set)
    for page in pages():
        for link in read(page).links:
            if urlsplit(link).scheme not in ("", *NOT_PAGES):
                written[link.rstrip("/").casefold().replace("//www.", "//")].add(link)
    outside = sorted(link for links in written.values() for link in links)
    good = r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w.~%!$&'()*+,;=:@-]*)*(\?[^\s#]*)?(#\S+)?"
    assert [link for link in outside if not re.fullmatch(good, link)] == []
    assert [sorted(links) for links in written.values() if len(links) > 1] == []
