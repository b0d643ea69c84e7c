"""The site's Content-Security-Policy lets all of the book work, and nothing else."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import BUILT

pytestmark = pytest.mark.browser

# Before anything else of the page, so that nothing is missed.
LISTEN = """globalThis.refused = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
  refused.push(`${violatedDirective} ${blockedURI} ${sample}`));
"""


def header() -> str:
    """The policy that hosts are told to send."""
    told = re.search(r"Content-Security-Policy: (.*)", (BUILT / "_headers").read_text())
    assert told
    return told[1]


@pytest.fixture
def guarded(context: BrowserContext, site: str) -> Iterator[Callable[[str], Page]]:
    """Opens a page of the site, served with the policy in a header, as well as in the page."""
    rules = header()

    def serve(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": rules})

    def open_page(path: str) -> Page:
        tab = context.new_page()
        tab.add_init_script(LISTEN)
        context.route("**/*", serve)
        tab.goto(site + path)
        return tab

    yield open_page
    # What is still on its way when a test ends has nobody to answer to.
    context.unroute_all(behavior="ignoreErrors")


def test_no_page_asks_for_more_than_the_policy_gives(
    guarded: Callable[[str], Page], page: str
) -> None:
    tab = guarded(page)
    for figure in tab.locator("vpn-figure[ready] button.play").all()[:2]:
        figure.click()
        figure.press("End")
    for opener in tab.locator("vpn-figure .saves summary").all()[:1]:
        opener.click()
        tab.locator("vpn-figure .saving button").first.wait_for()
    assert tab.evaluate("refused") == []


def test_python_runs_under_the_policy(guarded: Callable[[str], Page]) -> None:
    tab = guarded("chapters/route-based.html")
    figure = tab.locator("vpn-figure[ready]").first
    figure.locator("summary", has_text="Change it").click()
    figure.get_by_role("button", name="Send").click()
    expect(figure.locator(".choose option:checked")).to_have_text(re.compile("^yours: "))
    assert tab.evaluate("refused") == []


def test_a_script_that_somebody_slips_in_does_not_run(guarded: Callable[[str], Page]) -> None:
    tab = guarded("chapters/route-based.html")
    tab.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.slipped = true";
      document.head.append(script);
      const image = "<img src=x: onerror='globalThis.slipped = true'>";
      document.body.insertAdjacentHTML("beforeend", image);
    }""")
    tab.wait_for_function("refused.length >= 2")
    assert tab.evaluate("globalThis.slipped") is None


def test_each_page_has_its_policy_before_anything_that_it_rules(page: str) -> None:
    html = (BUILT / page).read_text(encoding="utf-8")
    told = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert len(told) == 1
    first = min(html.find(tag) for tag in ("<script", "<style", "<link", "<body") if tag in html)
    assert html.index("Content-Security-Policy") < first
    for word in ("unsafe-inline", "unsafe-eval'", "http:", "https:", " *"):
        assert word not in told[0].replace("wasm-unsafe-eval", "")
