"""How a form looks and reads: axe, a phone, paper, dark and light, without scripts, any clock."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.classroom.answering import by_pointer, question
from tests.browser.classroom.conftest import Opens
from tests.browser.conftest import violations
from vpnedu.classroom.issuing.forms import Form

pytestmark = pytest.mark.browser


def fill(tab: Page, form: Form, state: str) -> None:
    if state == "fresh":
        return
    by_pointer(tab, form, "size", "1,456")
    by_pointer(tab, form, "saying", "true")
    tab.get_by_role("button", name="Show the file as text").click()
    if state == "saved":
        tab.get_by_role("button", name="Save as it is").click()


@pytest.mark.parametrize(
    ("state", "first"), [("fresh", "light"), ("asked", "dark"), ("saved", "light")]
)
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    opens: Opens, form: Form, state: str, first: str
) -> None:
    tab = opens()
    fill(tab, form, state)
    # Both widths and both schemes for every state; colours don't hang on the width.
    for width, scheme in (1280, first), (320, "dark" if first == "light" else "light"):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(tab) == [], (width, scheme)
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    small = tab.evaluate(
        """() => [...document.querySelectorAll("button, select, .q-choice label, input[type=text],"
           + "[role=gridcell], .g-bar a, .g-sure a, textarea")]
          .map((each) => [each.textContent, each.getBoundingClientRect()])
          .filter(([, { width, height }]) => width && Math.min(width, height) < 24)
          .map(([name]) => name)"""
    )
    assert small == []


def test_what_has_the_focus_is_not_behind_the_bar(opens: Opens) -> None:
    tab = opens(viewport={"width": 320, "height": 480})
    hidden = tab.evaluate(
        """() => [...document.querySelectorAll(":is(button, select, input, a):not(.g-bar a)")]
          .filter((each) => {
            each.focus();
            if (document.activeElement !== each) return false;
            const bar = document.querySelector(".g-bar").getBoundingClientRect();
            return each.getBoundingClientRect().bottom > bar.top + 1 && bar.bottom <= innerHeight;
          }).map((each) => each.outerHTML)"""
    )
    assert hidden == []


def test_on_paper_there_are_all_questions_and_the_receipt_and_no_buttons(
    opens: Opens, form: Form
) -> None:
    tab = opens()
    fill(tab, form, "saved")
    tab.emulate_media(media="print", color_scheme="dark")
    expect(tab.locator("form:visible")).to_have_count(10)
    expect(tab.locator(".g-receipt")).to_be_visible()
    assert tab.locator("button:visible").count() == 0
    assert tab.locator(".g-bar:visible").count() == 0
    ink = tab.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert ink == "rgb(29, 39, 51)"


def test_without_scripts_all_can_be_read_and_it_says_what_to_do(opens: Opens, form: Form) -> None:
    tab = opens(java_script_enabled=False, viewport={"width": 320, "height": 640})
    expect(tab.get_by_text("runs no scripts")).to_be_visible()
    expect(tab.get_by_text("answer on paper")).to_be_visible()
    expect(tab.locator("form:visible")).to_have_count(10)
    expect(question(tab, form, "steps").get_by_role("listitem")).to_have_count(4)
    expect(question(tab, form, "route").get_by_role("table")).to_be_visible()
    assert tab.get_by_role("button").count() == 0
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 320
    for card in tab.locator("form").all():
        expect(card.get_by_role("group").first).to_have_accessible_name(re.compile("^Question"))


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "Due Tuesday 1 December 2026, 23:59 (UTC+01:00, Europe/Berlin)."),
        ("Pacific/Auckland", "Due Wednesday 2 December 2026, 11:59 (UTC+13:00, Pacific/Auckland)."),
    ],
)
def test_the_date_is_told_by_the_students_clock(opens: Opens, zone: str, words: str) -> None:
    tab = opens(timezone_id=zone)
    expect(tab.locator(".g-due")).to_have_text(words)


@pytest.mark.parametrize(
    ("now", "said"), [("2026-12-01T22:58:00Z", "g-due"), ("2026-12-01T23:00:00Z", "g-due g-past")]
)
def test_a_date_that_has_passed_is_told(
    windows: Callable[..., BrowserContext], opens: Opens, now: str, said: str
) -> None:
    window = windows()
    window.clock.set_fixed_time(now)
    expect(opens(window=window).locator(".g-due")).to_have_class(said)
