"""Pages with drills, exam and progress on them, over small banks of every kind of question."""

import json
import re
import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from vpnedu.quiz.bank import Bank
from vpnedu.site import pools
from vpnedu.widgets import practice_html
from vpnedu.widgets.modules import STATIC, script
from vpnedu.widgets.quizzes import as_script

SAMPLE = runpy.run_path(str(Path(__file__).parents[2] / "widgets" / "sample_bank.py"))
HOST = "http://practice.test/book/"
STYLES = ("vpnedu.css", "quiz.css", "practice.css")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>practice</title>
<meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }}
body {{ margin: 0 auto; max-width: 46rem; padding: 0 1rem; background: light-dark(#fff, #12181f);
color: light-dark(#000, #fff) }}</style>{styles}</head>
<body><main><h1>Practice</h1>{body}</main><script src="_static/{name}.js" defer></script></body>
</html>"""
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
# What is drilled here: a choice, a number, and a prediction with its network drawn.
DRILLED = {"which-route": "ROUTE", "how-long": "SIZE", "which-tunnel": "FATE"}
TOPICS = {"which-route": "routes", "how-long": "bytes on the wire", "which-tunnel": "routes"}


@dataclass
class Book:
    """A served book: its banks, its files by path, and which of them do not come."""

    banks: dict[str, Bank]
    files: dict[str, str]
    lost: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def answer(self, route: Any) -> None:
        name = route.request.url.removeprefix(HOST).split("#")[0].split("?")[0]
        self.asked.append(name)
        if name in self.lost or name not in self.files:
            route.abort() if name in self.lost else route.fulfill(status=404)
            return
        kind = TYPES[name.rpartition(".")[2]]
        route.fulfill(body=self.files[name], content_type=f"{kind}; charset=utf-8")


def two_banks() -> dict[str, Bank]:
    whole = SAMPLE["sample_bank"]
    return {
        "route-based": replace(whole(name="route-based"), title="Route-based gateways"),
        "policy-based": replace(whole(name="policy-based"), title="Policy-based gateways"),
    }


def drilled(name: str, variant: int) -> Any:
    return replace(SAMPLE[DRILLED[name]], id=f"{name}-{variant}")


def generators() -> list[dict[str, str]]:
    return [
        {"name": name, "title": f"Say {name}", "topic": topic, "chapter": "route-based",
         "section": "which-route-wins"}
        for name, topic in TOPICS.items()
    ]  # fmt: skip


def bodies(banks: dict[str, Bank]) -> dict[str, str]:
    """The page of each element, by the element's name."""
    data = {"quizzes": practice_html.catalogue(banks), "generators": generators()}
    return {
        "drills": f"<vpn-drills>{as_script({'generators': generators()})}</vpn-drills>",
        "exam": practice_html.exam_html(banks),
        "progress": re.sub(
            "<script.*?</script>", lambda _: as_script(data), practice_html.progress_html(banks)
        ),
    }


def scripts(banks: dict[str, Bank]) -> Iterator[tuple[str, str]]:
    for name in DRILLED:
        yield from pools.drill_scripts(name, drilled)
    yield from pools.scripts({}, banks)


def files_of(banks: dict[str, Bank]) -> dict[str, str]:
    found = {f"_static/pools/{name}.js": text for name, text in scripts(banks)}
    found |= {f"_static/{name}": (STATIC / name).read_text(encoding="utf-8") for name in STYLES}
    found["_static/player.js"] = script("player")
    styles = "".join(f'<link rel="stylesheet" href="_static/{name}">' for name in STYLES)
    for name, body in bodies(banks).items():
        found[f"{name}.html"] = PAGE.format(body=body, name=name, styles=styles)
        found[f"_static/{name}.js"] = script(f"{name}_page")
    return found


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """The files of the small book, made once."""
    return files_of(two_banks())


@pytest.fixture
def book(context: BrowserContext, files: dict[str, str]) -> Book:
    """The small book, served to all tabs of the test."""
    served = Book(two_banks(), dict(files))
    context.route(f"{HOST}**", served.answer)
    return served


@pytest.fixture
def opens(context: BrowserContext, book: Book) -> Iterator[Callable[[str], Page]]:
    """Opens the page of an element, and fails on any error in its scripts."""
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def open_page(name: str) -> Page:
        assert f"{name}.html" in book.files
        tab = context.new_page()
        tab.goto(f"{HOST}{name}.html")
        tab.locator(f"vpn-{name}[ready]").wait_for()
        return tab

    yield open_page
    assert wrong == []


@pytest.fixture
def on_disk(
    tmp_path: Path, files: dict[str, str], browser: Browser
) -> Iterator[Callable[..., Page]]:
    """Opens the page of an element from a folder, as a reader who unpacked the book does."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with browser.new_context() as context:

        def open_page(name: str) -> Page:
            tab = context.new_page()
            tab.goto((tmp_path / f"{name}.html").as_uri())
            tab.locator(f"vpn-{name}[ready]").wait_for()
            return tab

        yield open_page

    """Answers by their places, put where the browser keeps them, as drafts of an exam."""

    def fill(tab: Page, kept: dict[str, Any]) -> None:
        for key, value in kept.items():
            tab.evaluate(
                "([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(value)]
            )

    return fill
