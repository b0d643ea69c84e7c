"""The built site, served as a project page is, and a Chromium to read it with."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

BUILT = Path(__file__).parents[2] / "_build" / "html"
# The names that .ci/setup looks for, too.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these a browser asks its maker's hosts for updates at every start.
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")


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
            opened = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
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
    with browser.new_context() as fresh:
        yield fresh
