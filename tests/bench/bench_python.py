"""Python in the page: its first answer, later ones beside CPython's, and its memory.

Needs the built site with Python (`make book` with npm) and Chromium. Budgets stand beside what is
measured; nothing fails here, as machines are noisy.
"""

import json
import shutil
import sys
import time
from functools import partial
from http.server import ThreadingHTTPServer
from statistics import median
from threading import Thread
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.bench_pages import BUILT, Quiet
from vpnedu.widgets.engine import answer

STARTS, TIMES = 3, 20
PACKET = {
    "scenarios": ["two-sites-policy-based"],
    "preset": 0,
    "source": "Ana",
    "destination": "10.2.0.9",
    "protocol": "tcp",
    "port": "80",
    "length": "100",
}
RUN = {
    "design": ["dual-redundancy"],
    "faults": ["instance-crash@30"],
    "profile": "azure",
    "seed": "1",
    "until": "300",
}
# What a reader asks, and the longest that it may take, in milliseconds.
ASKED = {
    "a packet": (PACKET, 100),
    "a failover": (RUN, 1000),
    "a drill's question": ({"drill": "tcp-mss", "seed": "77"}, 1000),
    "a broken network": ({"fault_case": "77"}, 1000),
}
LOAD = """async (version) => {
  const script = document.createElement("script");
  script.src = `../_static/vpnedu/python.js?v=${version}`;
  document.head.append(script);
  await new Promise((done) => { script.onload = done; });
}"""
TIMED = """async ([request, times]) => {
  const taken = [];
  for (let at = 0; at < times; at += 1) {
    const from = performance.now();
    await vpneduPython.ask(request);
    taken.push(performance.now() - from);
  }
  return taken;
}"""


def timed_here(request: dict[str, Any]) -> float:
    """The median milliseconds of this Python for the same answer, as text."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        json.dumps(answer(request))
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def started(tab: Page, site: str) -> float:
    """Milliseconds from the first question of a page to its answer."""
    tab.goto(f"{site}chapters/route-based.html")
    version = tab.locator('meta[name="vpnedu-python"]').get_attribute("content")
    tab.evaluate(LOAD, version)
    return float(tab.evaluate(TIMED, [PACKET, 1])[0])


def measure(tab: Page, site: str) -> None:
    """One line for the start, one for each kind of question."""
    colds = [started(tab, site) for _ in range(STARTS)]
    memory = tab.evaluate("vpneduPython.memory()") / 1e6
    print(f"first answer  {median(colds):6.0f} ms, worst {max(colds):.0f} (budget 6000)")
    print(f"memory        {memory:6.1f} MB of WebAssembly after the start")
    for name, (request, budget) in ASKED.items():
        here = timed_here(request)
        first, *later = tab.evaluate(TIMED, [request, TIMES])
        there = median(later)
        over = "   OVER" if max(first, there) > budget else ""
        print(
            f"{name:<20} first {first:6.0f} ms, later {there:6.1f} ms (budget {budget}), "
            f"{there / here:4.1f} times CPython's{over}"
        )
    print(f"memory        {tab.evaluate('vpneduPython.memory()') / 1e6:6.1f} MB in the end")


def main() -> None:
    """Serve the built site on this machine and ask its Python."""
    if not (BUILT / "_static" / "vpnedu" / "python").exists():
        sys.exit(f"{BUILT} has no Python: run `make book` with npm first")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(BUILT)))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        measure(browser.new_page(), f"http://127.0.0.1:{server.server_port}/")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
