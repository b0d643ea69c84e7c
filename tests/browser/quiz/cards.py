"""What the tests of a quiz do with its cards."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

RIGHT = "✓Right."
KINDS = ("route", "truths", "saying", "size", "address", "partners", "steps", "fate", "field")

Opens = Callable[..., Page]


def card(tab: Page, name: str) -> Locator:
    return tab.locator(f"#quiz-sample-{name}")


def check(tab: Page, name: str) -> None:
    card(tab, name).get_by_role("button", name="Check", exact=True).click()


def verdict(tab: Page, name: str) -> Locator:
    return card(tab, name).locator(".q-verdict")


def press(tab: Page, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)
