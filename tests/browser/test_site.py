"""What holds on every page of the built site, read in Chromium."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import pages, violations
from vpnedu.site.assets import NEEDS

pytestmark = pytest.mark.browser


def opened(context: BrowserContext, address: str) -> Page:
    """Give back a tab that has loaded `address`, its scripts and its pictures."""
    tab = context.new_page()
    tab.goto(address)
    return tab


def test_a_page_asks_no_other_host_and_misses_nothing(
    context: BrowserContext, site: str, page: str
) -> None:
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    context.on(
        "response",
        lambda answer: (
            wrong.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        ),
    )
    context.on(
        "console",
        lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None,
    )
    context.on("weberror", lambda error: wrong.append(f"script: {error.error}"))
    opened(context, site + page).wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
    assert wrong == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, page: str, theme: str) -> None:
    # Every page in both themes, once as on a desk and once as on a phone. Which goes with which,
    # and whether the theme comes from the system or from its button, takes turns by page.
    place, light = pages().index(page), theme == "light"
    by_button, phone = (place % 2 == 0) == light, (place // 2 % 2 == 0) == light
    other = {"light": "dark", "dark": "light"}[theme]
    with browser.new_context(color_scheme=other if by_button else theme) as context:
        if by_button:  # the reader's own choice, kept by the theme's button
            context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
        tab = opened(context, site + page)
        if phone:
            tab.set_viewport_size({"width": 320, "height": 640})
        assert violations(tab) == []


def test_a_page_does_not_scroll_sideways_on_a_phone(
    context: BrowserContext, site: str, page: str
) -> None:
    tab = opened(context, site + page)
    tab.set_viewport_size({"width": 320, "height": 640})
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_page_reads_without_javascript(browser: Browser, site: str, page: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        tab = opened(context, site + page)
        assert tab.locator("h1").first.is_visible()
        assert tab.title()
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            for stage in tab.locator("vpn-figure .stage").all():
                # In one of their two arrangements: the scene, and of a run over time its lanes.
                for picture in stage.locator(".scene, .lanes-view").all():
                    assert picture.locator("svg:visible").count() == 1
                assert stage.locator(".scene").count() == 1
                assert stage.locator("ol li").last.is_visible(), "a figure needs its transcript"


def test_a_page_says_what_it_is(context: BrowserContext, site: str, page: str) -> None:
    tab = opened(context, site + page)
    assert tab.locator("html").get_attribute("lang") == "en"
    if page.startswith("chapters/"):
        description = tab.locator("meta[name=description]").get_attribute("content")
        assert description
        assert len(description) > 40


def test_the_first_tab_stop_skips_to_the_text(context: BrowserContext, site: str) -> None:
    tab = opened(context, f"{site}chapters/intro.html")
    tab.keyboard.press("Tab")
    focused = tab.locator(":focus")
    assert focused.inner_text() == "Skip to content"
    assert focused.is_visible()
    assert tab.locator(focused.get_attribute("href") or "").get_attribute("role") == "main"


def test_the_site_opens_on_the_first_chapter(context: BrowserContext, site: str) -> None:
    opened(context, site).wait_for_url(f"{site}chapters/intro.html")
    html = context.request.get(site).text()
    assert '<html lang="en">' in html
    assert '<a href="chapters/intro.html">' in html


def test_search_finds_a_chapter_offline(context: BrowserContext, site: str) -> None:
    tab = opened(context, f"{site}search.html?q=policy")
    tab.locator("#search-results li a").first.wait_for()
    assert tab.locator("#search-results li a").count() >= 1


def test_scripts_and_styles_are_loaded_once_and_only_where_something_needs_them(
    context: BrowserContext, site: str, page: str
) -> None:
    html = context.request.get(site + page).text()
    needed = {name for tag, names in NEEDS.items() if tag in html for name in names}
    for asset in {name for names in NEEDS.values() for name in names}:
        assert html.count(f"vpnedu/{asset}?") == (asset in needed), asset


def test_a_printed_page_has_no_navigation(context: BrowserContext, site: str) -> None:
    tab = opened(context, f"{site}chapters/intro.html")
    tab.emulate_media(media="print")
    for part in (
        ".skip-to-content",
        ".sidebar-drawer",
        ".mobile-header",
        ".related-pages",
        ".toc-drawer",
    ):
        assert not tab.locator(part).first.is_visible(), part


def test_a_figures_controls_stick_to_the_foot_of_a_phone(browser: Browser, site: str) -> None:
    with browser.new_context(viewport={"width": 375, "height": 667}) as context:
        tab = opened(context, f"{site}chapters/intro.html")
        tab.locator("vpn-figure svg.upright").first.scroll_into_view_if_needed()
        foot = tab.locator("vpn-figure .controls").first.bounding_box()
        assert foot is not None
        assert foot["y"] + foot["height"] <= 667
