"""The chooser in the page: ticks give an answer, by mouse and by keys, on a phone and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from vpnedu.book.choosing_rules import chooser

pytestmark = pytest.mark.browser
CHAPTER = "chapters/choosing-a-gateway-type.html"
HEAD, REST = "vpn-chooser .head", "vpn-chooser .rest"


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Page]:
    """The chapter, opened once for all tests here, at the width of a phone."""
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        tab = context.new_page()
        tab.goto(f"{site}{CHAPTER}")
        tab.locator("vpn-chooser[ready]").wait_for()
        yield tab


@pytest.fixture
def tab(window: Page) -> Page:
    """The chapter with nothing ticked."""
    ticked = window.locator("vpn-chooser input:checked")
    while ticked.count():
        ticked.first.uncheck()
    return window


def tick(tab: Page, *needs: str) -> None:
    for need in needs:
        tab.check(f'vpn-chooser input[value="{need}"]')


def test_nothing_is_recommended_before_something_is_ticked(tab: Page) -> None:
    expect(tab.locator(HEAD)).to_have_text("Nothing is ticked yet.")
    assert tab.locator("vpn-chooser input").count() == len(chooser().needs)


def test_a_tick_gives_the_gateway_and_the_reason_with_its_source(tab: Page) -> None:
    tick(tab, "express")
    expect(tab.locator(HEAD)).to_have_text("✓ VpnGw1AZ, route-based")
    expect(tab.locator(REST)).to_contain_text(
        "Beside an ExpressRoute gateway: yes, except on Basic"
    )
    expect(tab.locator(REST)).to_contain_text("2018-06-05")


def test_keys_alone_will_do_and_the_answer_is_said_aloud(tab: Page) -> None:
    tab.focus('vpn-chooser input[value="over-10"]')
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(tab.locator(f'{HEAD}[role="status"]')).to_have_text("✓ VpnGw4AZ, route-based")


def test_needs_at_odds_are_told_with_a_way_out(tab: Page) -> None:
    tick(tab, "ikev1", "pairs")
    expect(tab.locator(HEAD)).to_have_text("✓ Basic, policy-based")
    tick(tab, "sites")
    expect(tab.locator(HEAD)).to_contain_text("No gateway")
    expect(tab.locator(REST)).to_contain_text("Replace the old device")
    expect(tab.locator(REST)).to_contain_text("Without “More than one site”: Basic, policy-based.")


def test_on_a_phone_the_answer_stays_in_sight_and_nothing_runs_off_sideways(tab: Page) -> None:
    tab.locator("vpn-chooser .needs label").first.evaluate("e => e.scrollIntoView()")
    tick(tab, "networks")
    expect(tab.locator(HEAD)).to_be_in_viewport()
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    heights = [label.bounding_box() for label in tab.locator("vpn-chooser label").all()]
    assert min(box["height"] for box in heights if box) >= 24


def test_on_paper_all_rules_stand_in_the_place_of_the_ticks(tab: Page) -> None:
    tab.emulate_media(media="print")
    expect(tab.locator("vpn-chooser .rules")).to_be_visible()
    expect(tab.locator("vpn-chooser .needs")).to_be_hidden()
    tab.emulate_media(media="screen")
    expect(tab.locator("vpn-chooser .rules")).to_be_hidden()


def test_without_scripts_the_rules_can_be_read(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{site}{CHAPTER}")
        expect(plain.locator("vpn-chooser .rules")).to_contain_text("Ruled out")
