"""The sandbox: a network of one's own, built, run, broken, saved and read again."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from typer.testing import CliRunner

from tests.browser.conftest import violations
from tests.browser.python.chances import linked
from vpnedu.cli.commands import app
from vpnedu.widgets.sandbox import starts

pytestmark = pytest.mark.browser

Opens = Callable[..., Page]


@pytest.fixture
def sandbox(context: BrowserContext, site: str) -> Opens:
    """The sandbox's page, at a start of the book's or another link."""

    def open_page(link: str = "") -> Page:
        tab = context.new_page()
        tab.goto(f"{site}chapters/sandbox.html{link}")
        tab.locator("vpn-sandbox[ready]").wait_for()
        return tab

    return open_page


def chosen(tab: Page) -> Locator:
    return tab.locator("#sandbox-run .choose option:checked")


def end(tab: Page, runs: int) -> Locator:
    """What is said when the last of so many runs is over; the first entry is no run."""
    expect(tab.locator("#sandbox-run .choose option")).to_have_count(runs + 1)
    tab.locator("#sandbox-run .frame").first.press("End")
    return tab.locator("#sandbox-run .said").first


def save(tab: Page, to: Path) -> Path:
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Save as a file").click()
    path = to / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def test_two_sites_are_joined_by_keys_alone_and_the_file_is_the_command_lines(
    sandbox: Opens, tmp_path: Path
) -> None:
    asked: list[str] = []
    tab = sandbox()
    tab.on("request", lambda request: asked.append(request.url))
    assert not [url for url in asked if "python" in url]
    tab.get_by_role("button", name="Start").press("Enter")
    tab.get_by_role("button", name="Send").press("Enter")
    expect(chosen(tab)).to_have_text(re.compile("^yours: Nora to Sol"))
    expect(end(tab, 1)).to_contain_text("no route")
    tab.locator("summary", has_text=re.compile("^Tunnels$")).press("Enter")
    tab.get_by_role("button", name="Add a tunnel").press("Enter")
    tab.get_by_label("length in bytes").fill("300")
    tab.get_by_label("length in bytes").press("Control+Enter")
    expect(end(tab, 2)).to_contain_text("Sol")
    file = save(tab, tmp_path)
    traced = tab.evaluate(
        "document.querySelector('#sandbox-run .saves').film.traces()[0].events.map((e) => e.reason)"
    )
    ran = CliRunner().invoke(app, ["send", str(file), "--json"])
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert [event["reason"] for event in told.get("trace", told)["events"]] == traced


def test_undo_and_redo_go_through_what_was_built(sandbox: Opens) -> None:
    tab = sandbox("#sandbox/bare")
    tab.locator("summary", has_text="Networks and devices").click()
    tab.get_by_role("button", name="Add a site").click()
    gateways = tab.locator("vpn-sandbox summary", has_text="gateway 1")
    expect(gateways).to_have_count(1)
    tab.get_by_role("button", name="Undo").click()
    expect(gateways).to_have_count(0)
    tab.get_by_role("button", name="Redo").click()
    expect(gateways).to_have_count(1)


def test_a_design_is_broken_by_a_click_and_its_years_are_lived_through(sandbox: Opens) -> None:
    tab = sandbox("#sandbox/zonal")
    tab.get_by_role("button", name="break zone 1", exact=True).first.press("Enter")
    tab.get_by_role("dialog").get_by_role("button", name="zone 1 lost").click()
    expect(chosen(tab)).to_have_text(re.compile("zone 1 lost, 0 s"))
    tab.get_by_text("How much downtime in a year?").click()
    tab.get_by_role("button", name="Live through").click()
    expect(tab.get_by_text("reckoned exactly")).to_be_visible()
    tab.get_by_role("button", name="Live through").click()
    tab.get_by_role("button", name="Stop").click()
    expect(tab.get_by_text("Stopped.")).to_be_visible()
    tab.locator("summary", has_text="As a real configuration").click()
    tab.get_by_role("button", name="Write it").click()
    expect(tab.locator("vpn-sandbox pre").first).to_contain_text("connections")
    box = tab.get_by_label("say why").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (24, 24)
    assert violations(tab) == []


def test_a_saved_state_comes_back_from_its_file_and_from_its_link(
    sandbox: Opens, tmp_path: Path
) -> None:
    tab = sandbox("#sandbox/one-sided-policy")
    tab.get_by_label("port", exact=True).fill("443")
    tab.get_by_label("port", exact=True).blur()
    file = save(tab, tmp_path)
    document = json.loads(file.read_text())
    for bring in ("file", "link"):
        tab.get_by_label("port", exact=True).fill("1")
        if bring == "file":
            tab.get_by_label("or open a file").set_input_files(file)
        else:
            link = f"#sandbox{linked({'document': document})}"
            tab.evaluate("(link) => { location.hash = link; }", link)
        expect(tab.get_by_label("port", exact=True)).to_have_value("443")


HOSTILE: dict[str, Any] = {
    "no JSON": "{",
    "a list": "[1, 2]",
    "another kind": {"vpnedu": 1, "kind": "<img src=x onerror=alert(1)>"},
    "no version": {"kind": "network"},
    "names that are code": {
        **starts()[0].of["own"],
        "title": "<script>globalThis.slipped = 1</script>",
        "tunnels": [{"name": "<b onclick=alert(1)>", "ends": ["north gateway", "south gateway"]}],
    },
    "too much": {"vpnedu": 1, "kind": "network", "title": "x" * 300_000},
    "too deep": '{"title": ' + "[" * 100_000 + "]" * 100_000 + "}",
}


def test_a_hostile_file_runs_nothing_and_breaks_no_page(sandbox: Opens, tmp_path: Path) -> None:
    tab = sandbox()
    tab.set_viewport_size({"width": 320, "height": 700})
    for name, content in HOSTILE.items():
        file = tmp_path / "x.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        tab.get_by_label("or open a file").set_input_files(file)
        if name == "names that are code":
            tab.locator("#sandbox-run[ready]").wait_for()
        else:
            expect(tab.locator("vpn-sandbox > p[role=status]")).to_have_text(
                re.compile("document|JSON|kB|no network")
            )
        assert tab.evaluate("globalThis.slipped") is None
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, name
        tab.evaluate("document.querySelector('vpn-sandbox > p').textContent = ''")


def test_the_four_things_to_try_begin_with_what_they_say(sandbox: Opens) -> None:
    tab = sandbox()
    links = tab.locator("a[href^='#sandbox/']").all()
    known = {start.name for start in starts()}
    assert len(links) == 4
    for link in links:
        assert (link.get_attribute("href") or "").removeprefix("#sandbox/") in known
    links[0].click()
    expect(tab.locator("#sandbox-run .figure-title")).to_have_text(
        "A hub and five branches, route-based"
    )
