"""Chromium at work on the built site: its pages on paper."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, PdfMargins, sync_playwright

from vpnedu.widgets.modules import script

# The system's own, by the names that distributions give it; else Playwright's.
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCALE = 0.82  # of the screen's sizes: 16 pixels become 10 points
WIDTH = 800  # pixels: what the text of an A4 page has room for at that scale
PATIENCE = 60_000  # milliseconds


def printed_pages(pages: list[Path]) -> Iterator[bytes]:
    """Each page as a PDF of its own, with storyboards in the place of players."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    # Chromium's own sandbox does not start as root.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    boards = script("storyboard")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        tab = browser.new_page(
            bypass_csp=True, viewport={"width": WIDTH, "height": 1000}, color_scheme="light"
        )
        tab.set_default_timeout(PATIENCE)
        for page in pages:
            yield _printed(tab, page.resolve().as_uri(), boards)
        browser.close()


def _printed(tab: Page, address: str, boards: str) -> bytes:
    tab.goto(address)
    tab.wait_for_function("!document.querySelector('vpn-figure[id]:not([ready])')")
    tab.evaluate(boards)
    tab.evaluate("vpneduStoryboards()")
    tab.wait_for_function("[...document.images].every((image) => image.complete)")
    # The site's foot says under each chapter what the book's cover says once.
    tab.add_style_tag(content="footer { display: none !important; }")
    margin = PdfMargins(top="18mm", bottom="20mm", left="17mm", right="17mm")
    return tab.pdf(format="A4", margin=margin, scale=SCALE, print_background=True)
