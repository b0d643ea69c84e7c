"""Plan a network: what a reader types is checked and drawn at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import violations
from vpnedu.widgets.planner import plan_of

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>plan</title>
<meta name="viewport" content="width=device-width">
<style>:root {{ color-scheme: light dark }} body {{ background: light-dark(#fff, #12181f) }}</style>
<link rel="stylesheet" href="_static/vpnedu/vpnedu.css">
<link rel="stylesheet" href="_static/vpnedu/plan.css"></head><body><main><h1>Plan</h1>{body}</main>
<script src="_static/vpnedu/plan.js"></script></body></html>"""

Opens = Callable[..., Page]


@pytest.fixture
def opens_plan(context: BrowserContext, site: str) -> Opens:
    """Opens a page with a plan on it that begins with the example of that name."""

    def open_page(example: str = "A clean plan", within: BrowserContext = context) -> Page:
        names = [example, "A first draft", "The same for a Basic gateway"]
        made = plan_of(
            anchor="fig-plan", caption="Look.", title="Plan", examples=[*dict.fromkeys(names)]
        )
        html = PAGE.format(body=made.html())
        tab = within.new_page()
        tab.route("**/plan.html", lambda it: it.fulfill(body=html, content_type="text/html"))
        tab.goto(f"{site}plan.html")
        return tab

    return open_page


def row(tab: Page, place: int) -> Locator:
    return tab.locator(".rows > li").nth(place)


def prefix(tab: Page, place: int) -> Locator:
    return row(tab, place).get_by_label("prefix")


def test_a_prefix_that_overlaps_is_named_drawn_and_marked_at_both_rows(opens_plan: Opens) -> None:
    tab = opens_plan()
    expect(tab.get_by_role("status")).to_have_text("✓ Nothing to mend")
    prefix(tab, 5).fill("10.1.5.0/24")
    expect(tab.get_by_role("status")).to_have_text("0 errors, 1 warning")
    expect(tab.locator(".found")).to_contain_text("Office (10.1.4.0/22) holds Workshop")
    expect(tab.locator(".sign.warning")).to_have_count(2)
    expect(tab.locator("rect.both")).to_have_count(2)
    expect(tab.locator(".bars")).to_contain_text("✕ overlaps 10.1.5.0/24")
    prefix(tab, 5).fill("10.1.8.0/22")
    expect(tab.locator("rect.both")).to_have_count(0)


def test_what_is_no_prefix_is_told_beside_its_field_and_to_who_cannot_see_it(
    opens_plan: Opens,
) -> None:
    tab = opens_plan()
    prefix(tab, 4).fill("10.1.4.7/22")
    expect(row(tab, 4).locator(".wrong")).to_contain_text("Write 10.1.4.0/22")
    expect(prefix(tab, 4)).to_have_attribute("aria-invalid", "true")
    expect(prefix(tab, 4)).to_have_accessible_description(
        "10.1.4.7/22 has bits set behind its length. Write 10.1.4.0/22, or change the length."
    )
    expect(prefix(tab, 4)).to_be_focused()
    prefix(tab, 4).fill("10.1.4.0/22")
    expect(row(tab, 4).locator(".wrong")).to_be_empty()
    expect(prefix(tab, 4)).to_have_attribute("aria-invalid", "false")


def test_the_gateway_subnet_is_measured_for_the_gateway_that_is_chosen(opens_plan: Opens) -> None:
    tab = opens_plan()
    prefix(tab, 3).fill("10.1.1.128/28")
    expect(tab.locator(".found")).to_contain_text("/27 or larger is asked for here")
    tab.get_by_role("combobox", name="Gateway").select_option("Basic")
    expect(tab.get_by_role("status")).to_have_text("✓ Nothing to mend")
    tab.get_by_role("combobox", name="Start from").select_option("A first draft")
    expect(tab.get_by_role("status")).to_have_text("5 errors, 0 warnings")
    expect(tab.get_by_role("combobox", name="Gateway")).to_have_value("27")


def test_rows_come_and_go_by_keyboard_and_the_focus_is_never_lost(opens_plan: Opens) -> None:
    tab = opens_plan()
    tab.get_by_role("button", name="Add a row").press("Enter")
    expect(row(tab, 7).get_by_label("name")).to_be_focused()
    tab.keyboard.type("<img src=x onerror=alert(1)>")
    tab.keyboard.press("Tab")
    tab.keyboard.type("10.1.2.0/24")
    expect(tab.locator(".bars b").last).to_have_text("<img src=x onerror=alert(1)>")
    expect(tab.locator("vpn-plan img")).to_have_count(0)
    for left in range(7, -1, -1):
        row(tab, 0).get_by_role("button").press("Enter")
        expect(tab.locator(".rows > li")).to_have_count(left)
        expect(tab.locator("button:focus")).to_have_count(1)
    expect(tab.get_by_role("button", name="Add a row")).to_be_focused()
    expect(tab.locator(".found")).to_contain_text("no address space")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_plan_fits_and_breaks_no_rule_of_accessibility(
    browser: Browser, opens_plan: Opens, scheme: str
) -> None:
    size = {"width": 320, "height": 700}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:  # type: ignore[arg-type]
        tab = opens_plan("A first draft", context)
        tab.locator("vpn-plan[ready]").wait_for()
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        assert violations(tab) == []
        boxes = tab.locator("vpn-plan :is(button, input, select)")
        sizes = [boxes.nth(place).bounding_box() for place in range(boxes.count())]
        assert all(box and box["height"] >= 24 and box["width"] >= 24 for box in sizes)


def test_without_scripts_the_plan_is_drawn_and_what_was_found_is_read(
    browser: Browser, opens_plan: Opens
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        tab = opens_plan("A first draft", context)
        expect(tab.locator("vpn-plan rect.axis")).to_have_count(7)
        expect(tab.locator("vpn-plan .found > li")).to_have_count(5)
        expect(tab.locator("vpn-plan input")).to_have_count(0)
