"""The built site, served as a project page is, and a Chromium to read it with."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from vpnedu.network.addresses import InputError
from vpnedu.widgets.engine import answer
from vpnedu.widgets.modules import script

BUILT = Path(__file__).parents[2] / "_build" / "html"
# The names that .ci/setup looks for, too.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these a browser asks its maker's hosts for updates at every start.
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
# A window's address bar, which nobody sees here, is two pages and a process of its own, and another
# process is kept in reserve: half of the work of opening a tab.
UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
# What Playwright turns off itself: a browser heeds only the last list that it is given.
OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
FLAGS = (*QUIET, f"--disable-features={','.join((*OFF, *UNSEEN))}")
# A machine with much to do is slow, not wrong: what is expected has this long to come true.
PATIENCE = 60_000  # milliseconds

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>figures</title>
<meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }} body {{ background: light-dark(#fff, #12181f) }}</style>
<link rel="stylesheet" href="_static/vpnedu/vpnedu.css">
<link rel="stylesheet" href="_static/vpnedu/editing.css"></head><body><main><h1>Figures</h1>{body}
</main><script src="_static/vpnedu/player.js"></script><script>{script}</script></body></html>"""

# The page's engine asks Python, as a notebook's asks its kernel.
WITH_ENGINE = """
const figure = new DOMParser().parseFromString(FIGURE, "text/html").querySelector("vpn-figure");
figure.engine = { makePanel: vpneduPanel, ask: async (request) => {
  const { answer, error } = await window.askPython(request);
  if (error) throw Object.assign(new Error(error.message), { field: error.field });
  return answer;
} };
document.querySelector("main").append(figure);
"""

expect.set_options(timeout=PATIENCE)

Opens = Callable[..., Page]


def violations(tab: Page) -> list[str]:
    """Each rule that axe finds broken, with the elements that break it."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    rules = tab.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in rules]


def stop_clock(tab: Page) -> None:
    """From here on time passes in `tab` only as `tab.clock.run_for` lets it, and at once."""
    tab.clock.install(time=0)
    tab.clock.pause_at(1000)


def watch(tab: Page, shown: Locator, until: str) -> None:
    """Let the run in `tab`, whose clock stands, play on until `shown` says so."""
    for _ in range(100):
        if until in shown.inner_text():
            return
        tab.clock.run_for(500)
    pytest.fail(f"{shown.inner_text()!r} never says {until!r}")


class Folder(SimpleHTTPRequestHandler):
    """Serves the built site below /book/, and nothing else."""

    def do_GET(self) -> None:
        if not self.path.startswith("/book/"):
            return self.send_error(404)
        self.path = self.path.removeprefix("/book")
        return super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests look at the requests in the browser."""


def pages() -> list[str]:
    """Every built page, as its address below the site; index.html only leads to the first."""
    found = {str(path.relative_to(BUILT)) for path in BUILT.rglob("*.html")}
    return sorted(found - {"index.html"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `page` on every page; without any, `site` says what is wrong."""
    if "page" in metafunc.fixturenames:
        metafunc.parametrize("page", pages() or ["none"])


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the site, one folder deep."""
    if not pages():
        pytest.fail(f"{BUILT} has no pages: run `make book` first", pytrace=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=str(BUILT)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/book/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own. Having none is a failure in CI, else a skip."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        try:
            # Chromium's own sandbox does not start as root.
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            opened = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        except Error as problem:
            missing = f"Chromium does not start: {problem.message.splitlines()[0]}"
            if os.environ.get("CI") == "true":
                pytest.fail(missing, pytrace=False)
            pytest.skip(missing)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window for one test: no storage, no cache, nothing remembered."""
    with browser.new_context(service_workers="block") as fresh:
        yield fresh


@pytest.fixture
def opens(context: BrowserContext, site: str) -> Opens:
    """Opens a page with the given figures on it, on the built site's own files."""

    def open_page(*figures: Any, link: str = "", script: str = "") -> Page:
        body = "".join(figure.html for figure in figures)
        html = PAGE.format(body=body, script=script)
        tab = context.new_page()
        tab.route(
            "**/figures.html*", lambda route: route.fulfill(body=html, content_type="text/html")
        )
        tab.goto(f"{site}figures.html{link}")
        tab.locator("vpn-figure[ready]").first.wait_for()
        return tab

    return open_page


@pytest.fixture
def opens_live(opens: Opens, context: BrowserContext) -> Opens:
    """Opens a page with one figure on it whose engine is Python."""

    def open_page(figure: Any, link: str = "") -> Page:
        context.expose_function("askPython", _kernel)
        # As a JavaScript string that is safe inside a script element.
        text = json.dumps(figure.html).replace("<", "\\u003c")
        return opens(link=link, script=script("changing") + WITH_ENGINE.replace("FIGURE", text))

    return open_page


def _kernel(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answer(request)}
    except InputError as wrong:
        return {"error": {"field": wrong.field, "message": wrong.rule}}
