"""Who asks for less motion gets it from the theme's own parts, too."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("motion", "scrolls"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_a_link_glides_over_the_page_only_where_motion_is_welcome(
    browser: Browser, site: str, motion: str, scrolls: str
) -> None:
    with browser.new_context(reduced_motion=motion) as context:  # type: ignore[arg-type]
        tab = context.new_page()
        tab.goto(f"{site}chapters/route-based.html")
        found = tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert found == scrolls
