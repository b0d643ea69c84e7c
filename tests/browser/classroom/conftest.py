"""Forms as files on a disk, opened in windows that may ask nobody for anything."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.classroom.sample_class import sample_form
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.forms import Form

Opens = Callable[..., Page]
Windows = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def form() -> Form:
    """Ada's form of the sample class."""
    return sample_form()


@pytest.fixture
def windows(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens windows; at the end nothing may have been asked for, nor any script have failed."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def window(**settings: Any) -> BrowserContext:
        context = browser.new_context(**{"timezone_id": "Europe/Berlin"} | settings)
        opened.append(context)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on(
            "console", lambda said: wrong.append(said.text) if said.type == "error" else None
        )

        def refuse(route: Any) -> None:
            wrong.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith("file:"), refuse)
        return context

    yield window
    for context in opened:
        context.close()
    assert wrong == []


@pytest.fixture
def opens(windows: Callable[..., BrowserContext], form: Form, tmp_path: Path) -> Opens:
    """Opens a form from a file, in a window of its own or in the one that is given."""

    def open_form(
        shown: Form = form, window: BrowserContext | None = None, **settings: Any
    ) -> Page:
        path = tmp_path / f"{shown.learner.id}.{shown.tag}.html"
        path.write_text(form_html(shown), encoding="utf-8", newline="\n")
        tab = (window or windows(**settings)).new_page()
        tab.goto(path.as_uri())
        if settings.get("java_script_enabled", True):
            tab.locator("vpn-quiz[ready]").wait_for()
        return tab

    return open_form
