"""A link to a figure's state may come from anybody: it is values, and what cannot be is refused."""

import re
from base64 import urlsafe_b64encode
from typing import Any
from zlib import compressobj

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.python.chances import linked
from vpnedu.widgets.engine import answer

pytestmark = pytest.mark.browser

FIGURE = "fig-route-hub"
PACKET = {
    "scenarios": ["hub-route-based"],
    "preset": 0,
    "source": "Ana",
    "destination": "10.3.0.7",
    "protocol": "tcp",
    "port": "80",
    "length": "100",
}
CODE = "<img src=x onerror='globalThis.slipped = 1'>"


def document() -> dict[str, Any]:
    written = answer({"document_of": {"scenario": "hub-route-based", "preset": 0}})
    return dict(written["document"])


def bomb() -> str:
    """A link of some kilobytes that unpacks to fifty million spaces."""
    deflate = compressobj(9, wbits=-15)
    packed = deflate.compress(b" " * 50_000_000) + deflate.flush()
    assert len(packed) < 60_000
    return "~1" + urlsafe_b64encode(packed).decode().rstrip("=")


LINKS = {
    "of another version": "~9AAAA",
    "cut off": linked(PACKET)[:-20],
    "no state at all": linked([1, 2, 3]),
    "a bomb": bomb(),
    "another figure's": linked(PACKET | {"scenarios": ["fails-open"]}),
    "code as an address": linked(PACKET | {"destination": CODE}),
    "a request to run code": linked({"code": "import js", "name": "x", "page": "x"}),
    "a document that is none": linked({"document": {"vpnedu": 1}} | PACKET),
    "names that are code": linked(
        {"document": document() | {"title": CODE, "networks": [{"name": CODE}]}} | PACKET
    ),
    "a hundred thousand rows": linked(
        {"document": document() | {"gateways": [{"name": str(n)} for n in range(6000)]}} | PACKET
    ),
}


@pytest.mark.parametrize("width", [320, 1000])
def test_a_strangers_link_runs_nothing_and_breaks_no_page(
    context: BrowserContext, site: str, width: int
) -> None:
    wrong: list[str] = []
    tab = context.new_page()
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{site}chapters/route-based.html")
    figure = tab.locator(f"#{FIGURE}")
    options = figure.locator(".choose option")
    before = options.count()
    for link in LINKS.values():
        tab.evaluate("(hash) => { location.hash = hash; }", f"#{FIGURE}{link}")
        told = figure.locator(".change > .about, .change .wrong").filter(has_text=re.compile(r"\w"))
        expect(told.first).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    # A link that is whole still opens after all of them.
    tab.evaluate("(hash) => { location.hash = hash; }", f"#{FIGURE}{linked(PACKET)}")
    expect(options).to_have_count(before + 1)
    assert tab.evaluate("globalThis.slipped") is None
    assert wrong == []
