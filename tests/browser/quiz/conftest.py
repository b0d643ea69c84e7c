"""A page with one quiz on it, and nothing else."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.quiz.cards import Opens
from vpnedu.widgets.modules import STATIC, script
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quizzes import compiled_bank

SAMPLE = runpy.run_path(str(Path(__file__).parents[2] / "widgets" / "sample_bank.py"))
HOST = "http://quiz.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>quiz</title>
<meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }}
body {{ margin: 0 auto; max-width: 46rem; padding: 0 1rem; background: light-dark(#fff, #12181f);
color: light-dark(#000, #fff) }} h1 a {{ color: inherit }}</style>
<link rel="stylesheet" href="vpnedu.css"><link rel="stylesheet" href="quiz.css"></head>
<body><main><h1>Quiz</h1><section id="which-route-wins"><h2>Which route wins</h2></section>{body}
</main><script src="player.js" defer></script><script src="quiz.js" defer></script></body></html>"""
FILES = {
    "player.js": script("player"),
    "quiz.js": script("quiz_page"),
    **{name: (STATIC / name).read_text(encoding="utf-8") for name in ("vpnedu.css", "quiz.css")},
}
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css"}


def served(context: BrowserContext, bank: Any, *, element: bool = True) -> None:
    """Serve the quiz of `bank`, alone on a page, to all tabs; without the element if so asked."""
    pages = FILES | ({} if element else {"quiz.js": ""})
    pages |= {"page.html": PAGE.format(body=quiz_html(compiled_bank(bank)))}

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(HOST).split("#")[0]
        kind = TYPES.get(name.rpartition(".")[2], "text/plain")
        route.fulfill(body=pages.get(name, ""), content_type=f"{kind}; charset=utf-8")

    context.unroute_all()
    context.route(f"{HOST}**", answer)


@pytest.fixture(scope="session")
def sample() -> dict[str, Any]:
    """The sample's questions and objectives, and the maker of a bank of them."""
    return SAMPLE


@pytest.fixture
def opens_quiz(context: BrowserContext) -> Iterator[Opens]:
    """Opens a page with the quiz of a bank on it, and fails on any error in its scripts."""
    whole = SAMPLE["sample_bank"]()

    def open_page(bank: Any = whole, link: str = "", *, element: bool = True) -> Page:
        served(context, bank, element=element)
        tab = context.new_page()
        tab.goto(f"{HOST}page.html{link}")
        tab.locator("vpn-quiz[ready]" if element else "vpn-quiz").wait_for()
        return tab

    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    yield open_page
    assert wrong == []


@pytest.fixture
def touched(browser: Browser) -> Iterator[Page]:
    """The quiz of all kinds on a phone."""
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        served(context, SAMPLE["sample_bank"]())
        tab = context.new_page()
        tab.goto(f"{HOST}page.html")
        tab.locator("vpn-quiz[ready]").wait_for()
        yield tab


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    """The same page in a browser without scripts."""
    with browser.new_context(java_script_enabled=False) as context:
        served(context, SAMPLE["sample_bank"]())
        tab = context.new_page()
        tab.goto(f"{HOST}page.html")
        yield tab
