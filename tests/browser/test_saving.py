"""What a reader saves of a figure for slides: as it stands, and as a film."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with browser.new_context(color_scheme="dark", reduced_motion="reduce") as context:
        yield context.new_page()


def opened(tab: Page, address: str, figure: str) -> Locator:
    """The figure with its buttons for saving in sight."""
    tab.goto(address)
    shown = tab.locator(figure).first
    shown.locator("details.saves summary").click()
    shown.locator(".saving button").first.wait_for()
    return shown


def saved(tab: Page, shown: Locator, words: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that the button with these words hands over."""
    with tab.expect_download() as download:
        shown.get_by_role("button", name=words).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_an_svg_holds_what_stands_on_the_page_and_leans_on_nothing_outside_it(
    tab: Page, site: str
) -> None:
    shown = opened(tab, f"{site}chapters/route-based.html", "#fig-route-hub")
    shown.locator(".frame").press("End")
    name, data = saved(tab, shown, "SVG")
    assert name == "fig-route-hub.svg"
    root = ElementTree.fromstring(data)
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for text in ("Routes choose the tunnel", "gateway 3", "198.51.100.1", "CC BY 4.0"):
        assert text in words
    assert shown.locator(".said").inner_text().split()[-1] in words
    for left in (
        b"foreignObject",
        b"var(",
        b"light-dark",
        b"class=",
        b"http://localhost",
        b"<script",
    ):
        assert left not in data
    paper = tab.locator("#fig-route-hub .frame").evaluate(
        "e => getComputedStyle(e).backgroundColor"
    )
    assert root[0].get("fill") == paper.replace(" ", "")


def test_a_png_is_twice_as_sharp_as_the_page(tab: Page, site: str) -> None:
    shown = opened(tab, f"{site}chapters/route-based.html", "#fig-route-hub")
    _, data = saved(tab, shown, "PNG")
    width = shown.locator(".stages").bounding_box()["width"]
    assert Image.open(BytesIO(data)).width == pytest.approx(2 * (width + 24), abs=2)


def test_a_gif_shows_the_whole_run_and_leaves_the_figure_where_it_was(tab: Page, site: str) -> None:
    shown = opened(tab, f"{site}chapters/what-is-a-vpn.html", "#fig-sealed")
    shown.locator(".frame").press("ArrowRight")
    before = shown.locator(".said").inner_text()
    _, data = saved(tab, shown, "GIF")
    assert shown.locator(".said").inner_text() == before
    film = Image.open(BytesIO(data))
    moments = int(shown.locator(".controls input[type=range]").get_attribute("max"))
    assert film.n_frames > moments
    assert film.info["loop"] == 0
    first = film.convert("RGB").tobytes()
    film.seek(film.n_frames - 1)
    assert film.convert("RGB").tobytes() != first


def test_a_film_can_be_stopped(tab: Page, site: str) -> None:
    shown = opened(tab, f"{site}chapters/active-standby.html", "vpn-figure[id]")
    words = "GIF of the whole run"
    shown.get_by_role("button", name=words).click()
    shown.get_by_role("button", name="Stop").click()
    shown.get_by_role("button", name=words).wait_for()


def test_what_saves_is_not_loaded_before_it_is_wanted(tab: Page, site: str) -> None:
    tab.goto(f"{site}chapters/route-based.html")
    assert "saving.js" not in "".join(tab.evaluate("[...document.scripts].map(s => s.src)"))
