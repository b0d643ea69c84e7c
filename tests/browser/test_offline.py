"""The book without a network, once it was visited: `static/service_worker.js`."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BUILT, Folder
from vpnedu.site.offline import WORKER, book, hashes_of

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((done) => { port1.onmessage = ({ data }) => done(data); });
  registration.active.postMessage("tell", [port2]);
  return await told;
}"""
CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('vpnedu '))"


def until(tab: Page, true: str) -> None:
    """Wait until the page's asynchronous function `true` says so."""
    for _ in range(200):
        if tab.evaluate(true):
            return
        tab.wait_for_timeout(100)
    pytest.fail(f"never: {true}")


class Host:
    """A web server that can be switched off, and whose folder can be another."""

    def __init__(self) -> None:
        self.folder = BUILT
        self.missing: set[str] = set()
        host = self

        class Changing(Folder):
            def do_GET(self) -> None:  # noqa: N802
                self.directory = str(host.folder)
                if self.path.partition("?")[0].removeprefix("/book/") in host.missing:
                    return self.send_error(503)
                return super().do_GET()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Changing))
        self.address = f"http://127.0.0.1:{self.server.server_port}/book/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def off(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    yield made
    made.off()


@pytest.fixture
def keeping(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who wants the book kept: on one's own machine nothing is kept unasked."""
    with browser.new_context(service_workers="allow") as context:
        context.add_init_script("localStorage.setItem('vpnedu-offline', 'yes')")
        yield context


@pytest.fixture
def visited(keeping: BrowserContext, host: Host) -> Callable[[], Page]:
    """Visits one page, and waits until the whole book is kept."""

    def visit() -> Page:
        tab = keeping.new_page()
        tab.goto(f"{host.address}chapters/route-based.html")
        told = tab.evaluate(KEPT)
        assert told["kept"] == told["files"] > 50
        return tab

    return visit


@pytest.fixture
def rebuilt(tmp_path: Path) -> Path:
    """The site after an author has changed a page and the style."""
    made = tmp_path / "html"
    shutil.copytree(BUILT, made, ignore=shutil.ignore_patterns("notebooks"))
    for name in ("chapters/route-based.html", "chapters/glossary.html"):
        page = made / name
        page.write_text(page.read_text().replace("</h1>", "</h1><b>Second edition</b>", 1))
    text = (made / WORKER).read_text()
    start = text.index("\n")
    (made / WORKER).write_text(f"const BOOK = {book(hashes_of(made))};{text[start:]}")
    return made


def test_the_whole_book_is_there_without_a_network_after_one_visit(
    visited: Callable[[], Page], host: Host
) -> None:
    tab = visited()
    host.off()
    tab.goto(f"{host.address}chapters/active-active.html")
    figure = tab.locator("vpn-figure[ready]").first
    figure.locator("button.play").click()
    expect(figure.locator("button.play")).to_have_text("Pause")
    tab.locator("vpn-quiz[ready]").first.wait_for()
    tab.goto(f"{host.address}search.html?q=narrowing")
    expect(tab.locator("#search-results li").first).to_be_visible()
    tab.goto(f"{host.address}chapters/drills.html")
    tab.get_by_role("button", name="Start").click()
    tab.get_by_role("button", name="Check").wait_for()
    tab.goto(host.address)
    expect(tab).to_have_url(f"{host.address}chapters/intro.html")


def test_python_starts_without_a_network_once_it_was_used(
    visited: Callable[[], Page], host: Host
) -> None:
    tab = visited()
    ask = "figure => figure.querySelector('.change form').requestSubmit()"
    for network in (True, False):
        if not network:
            host.off()
            tab.reload()
        figure = tab.locator("vpn-figure[ready]").first
        figure.get_by_text("Change it").click()
        figure.get_by_role("button", name="Send").wait_for()
        figure.evaluate(ask)
        expect(figure.locator(".change > .about")).to_contain_text("Python started")


def test_what_was_not_used_is_not_kept_unless_it_is_asked_for(
    visited: Callable[[], Page], host: Host
) -> None:
    tab = visited()
    assert tab.evaluate(KEPT)["more"] == 0
    tab.goto(f"{host.address}chapters/how-this-book-works.html")
    offer = tab.locator("vpn-offline[ready]")
    offer.get_by_role("button", name="Keep the whole book").click()
    expect(offer.get_by_role("status")).to_contain_text("Python included")
    offer.get_by_role("button", name="Remove it").click()
    expect(offer.get_by_role("status")).to_contain_text("Nothing of the book is kept")
    assert tab.evaluate(CACHES) == []


def test_a_new_version_takes_over_whole_when_the_old_pages_are_closed(
    visited: Callable[[], Page], host: Host, rebuilt: Path, keeping: BrowserContext
) -> None:
    tab = visited()
    before = tab.evaluate(CACHES)
    host.folder = rebuilt
    tab.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    until(tab, "async () => Boolean((await navigator.serviceWorker.ready).waiting)")
    tab.goto(f"{host.address}chapters/glossary.html")
    expect(tab.get_by_text("Second edition")).to_have_count(0)
    elsewhere = keeping.new_page()
    elsewhere.goto(host.address.removesuffix("book/") + "another/")
    tab.close()
    until(elsewhere, f"async () => (await ({CACHES})()).length === 1")
    elsewhere.goto(f"{host.address}chapters/glossary.html")
    expect(elsewhere.get_by_text("Second edition")).to_be_visible()
    assert elsewhere.evaluate(CACHES) != before


def test_a_version_that_does_not_come_whole_is_not_taken(
    visited: Callable[[], Page], host: Host, rebuilt: Path
) -> None:
    tab = visited()
    before = tab.evaluate(CACHES)
    host.folder = rebuilt
    host.missing = {"chapters/glossary.html"}
    tab.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    until(tab, f"async () => (await ({CACHES})()).length === 2")
    until(tab, f"async () => (await ({CACHES})()).length === 1")
    assert tab.evaluate(CACHES) == before
    tab.reload()
    expect(tab.get_by_text("Second edition")).to_have_count(0)


def test_another_path_of_the_host_is_none_of_its_business(
    visited: Callable[[], Page], host: Host
) -> None:
    tab = visited()
    other = host.address.removesuffix("book/") + "another/"
    answer = tab.goto(other)
    assert answer
    assert not answer.from_service_worker
    tab.goto(f"{host.address}chapters/intro.html")
    scopes = (
        "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)"
    )
    assert tab.evaluate(scopes) == [host.address]


def test_on_ones_own_machine_nothing_is_kept_unasked(browser: Browser, host: Host) -> None:
    with browser.new_context(service_workers="allow") as context:
        tab = context.new_page()
        tab.goto(f"{host.address}chapters/route-based.html", wait_until="networkidle")
        registered = "async () => (await navigator.serviceWorker.getRegistrations()).length"
        assert tab.evaluate(registered) == 0


def test_a_browser_that_keeps_nothing_reads_the_book_all_the_same(
    browser: Browser, host: Host
) -> None:
    wrong: list[str] = []
    with browser.new_context(service_workers="allow") as context:
        context.add_init_script("""
          Object.defineProperty(window, "localStorage", { get() { throw new Error("closed"); } });
          Object.defineProperty(navigator, "serviceWorker", { value: undefined });""")
        tab = context.new_page()
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto(f"{host.address}chapters/how-this-book-works.html")
        tab.locator("vpn-offline[ready]").wait_for()
        expect(tab.locator("vpn-offline")).to_contain_text("keeps no pages from here")
    assert [one for one in wrong if "closed" not in one] == []


def test_its_buttons_look_as_those_of_figures_and_paper_has_none(
    visited: Callable[[], Page],
) -> None:
    tab = visited()
    tab.goto(tab.url.rpartition("/")[0] + "/how-this-book-works.html")
    keep = tab.get_by_role("button", name="Keep the whole book on this device")
    look = """(one) => ["color", "borderRadius", "fontSize", "minHeight", "backgroundColor"]
      .map((name) => getComputedStyle(one)[name])"""
    figures = tab.locator("vpn-figure[ready] .controls button").nth(2)
    assert keep.evaluate(look) == figures.evaluate(look)
    tab.emulate_media(media="print")
    expect(keep).to_be_hidden()
