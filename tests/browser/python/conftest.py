"""Pages of the built site whose readers have started Python."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

START = """async () => {
  const script = document.createElement("script");
  const version = document.querySelector('meta[name="vpnedu-python"]').content;
  script.src = new URL(`_static/vpnedu/python.js?v=${version}`, BOOK);
  document.head.append(script);
  await new Promise((done, fail) => { script.onload = done; script.onerror = fail; });
  await vpneduPython.ask({ document_of: { scenario: "two-sites-policy-based" } });
}"""
# Every answer as its hash: what is compared is each byte that the engine has written.
HASHES = """
import hashlib, json
from vpnedu.network.addresses import InputError
from vpnedu.widgets.engine import answer

def told(request):
    try:
        return json.dumps(answer(request))
    except InputError as wrong:
        return f"{wrong.field}: {wrong.rule}"

for request in json.loads(REQUESTS):
    print(hashlib.sha256(told(request).encode()).hexdigest())
"""

Asks = Callable[[dict[str, Any]], Any]


@pytest.fixture
def page_with_python(context: BrowserContext, site: str) -> Page:
    """A chapter whose Python has answered once; from here on there is no network."""
    tab = context.new_page()
    tab.goto(f"{site}chapters/route-based.html")
    tab.evaluate(START.replace("BOOK", json.dumps(site)))
    context.set_offline(True)
    return tab


@pytest.fixture
def asks(page_with_python: Page) -> Asks:
    """Asks the page's Python, and gives its answer, or its error as {"field", "message"}."""
    ask = """async (request) => {
      try { return await vpneduPython.ask(request); }
      catch ({ field, message }) { return { field, message }; }
    }"""
    return lambda request: page_with_python.evaluate(ask, request)


@pytest.fixture
def hashes(asks: Asks) -> Callable[[list[dict[str, Any]]], list[str]]:
    """The hash of the page's answer to each request."""

    def ask(requests: list[dict[str, Any]]) -> list[str]:
        code = HASHES.replace("REQUESTS", repr(json.dumps(requests)))
        ran = asks({"code": code, "name": "hashes", "page": "tests"})
        assert "outputs" in ran, ran
        assert ran["error"] is None
        return "".join(one["text"] for one in ran["outputs"]).split()

    return ask
