"""What a page costs its reader: bytes over the wire, long tasks while a figure plays, first answer.

Needs the built site (`make book`) and Chromium. Budgets stand beside what is measured; nothing
fails here, as machines are noisy.
"""

import gzip
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, Response, sync_playwright

BUILT = Path(__file__).parents[2] / "_build" / "html"
PAGE_BUDGET, SCRIPT_BUDGET = 200_000, 40_000  # bytes, compressed
TASK_BUDGET, STEP_BUDGET = 50, 100  # milliseconds

LONG_TASKS = """() => { window.longest = 0;
new PerformanceObserver((list) => { for (const task of list.getEntries())
  window.longest = Math.max(window.longest, task.duration);
}).observe({ entryTypes: ["longtask"] }); }"""
STEP = """async (frame) => { const start = performance.now();
frame.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
return performance.now() - start; }"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves the built site and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing: the table is the output."""


def weigh(tab: Page, address: str) -> tuple[int, int]:
    """The bytes of a page, all and its figures' scripts only, each file compressed by itself."""
    answers: list[Response] = []
    tab.on("response", lambda answer: answers.append(answer))
    tab.goto(address, wait_until="networkidle")
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers if answer.ok}
    scripts = sum(n for url, n in sizes.items() if "/vpnedu/" in url and ".js" in url)
    return sum(sizes.values()), scripts


def play(tab: Page) -> tuple[float, float, int]:
    """The longest task while every figure plays to its end, the slowest first step, the figures."""
    tab.evaluate(LONG_TASKS)
    slowest, frames = 0.0, tab.locator("vpn-figure[ready] .frame").all()
    for frame in frames:
        slowest = max(slowest, frame.evaluate(STEP))
        frame.get_by_label("Speed").select_option("2")
        frame.focus()
        tab.keyboard.press("Home")
        tab.keyboard.press("Space")
        frame.get_by_role("button", name="Pause").wait_for()
        frame.get_by_role("button", name="Play", exact=True).wait_for(timeout=60_000)
    return tab.evaluate("window.longest"), slowest, len(frames)


def measure(browser: Browser, site: str) -> None:
    """One line a page."""
    print(
        "page                             kB   (budget 200)  scripts kB (40)  figures  "
        "longest task ms (50)  first step ms (100)"
    )
    for page in sorted((BUILT / "chapters").glob("*.html")):
        tab = browser.new_page()
        total, scripts = weigh(tab, f"{site}chapters/{page.name}")
        longest, slowest, figures = play(tab)
        over = total > PAGE_BUDGET or scripts > SCRIPT_BUDGET
        over |= longest > TASK_BUDGET or slowest > STEP_BUDGET
        print(
            f"{page.stem:<28} {total / 1000:7.1f} {scripts / 1000:23.1f} {figures:13} "
            f"{longest:15.0f} {slowest:20.0f}{'   OVER' if over else ''}",
            flush=True,
        )
        tab.close()


def main() -> None:
    """Serve the built site on this machine and measure every chapter."""
    if not BUILT.exists():
        sys.exit(f"{BUILT} is missing: run `make book` first")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(BUILT)))
    Thread(target=server.serve_forever, daemon=True).start()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        measure(browser, f"http://127.0.0.1:{server.server_port}/")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
