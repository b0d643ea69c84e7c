"""Drills, exam and progress for all who read: axe, a phone, no scripts, paper, few colours."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import violations

pytestmark = pytest.mark.browser

Opens = Callable[..., Page]


def to_drill(tab: Page) -> None:
    tab.get_by_role("button", name="Start").click()
    tab.locator(".q-card").wait_for()


def to_marked_drill(tab: Page) -> None:
    tab.get_by_role("checkbox", name="bytes on the wire").uncheck()
    to_drill(tab)
    tab.get_by_role("radio").first.check()
    tab.get_by_role("button", name="Check", exact=True).click()
    tab.get_by_text("How you stand").click()


def to_lost_drill(tab: Page) -> None:
    tab.route("**/pools/*.js", lambda route: route.abort())
    tab.get_by_role("button", name="Start").click()
    tab.get_by_role("alert").wait_for()


def to_exam(tab: Page) -> None:
    tab.get_by_label("Exam number").fill("42")
    tab.get_by_label("Questions").select_option("10")
    tab.get_by_role("button", name="Start").click()
    tab.locator(".q-card").first.wait_for()


def to_asked_exam(tab: Page) -> None:
    to_exam(tab)
    tab.get_by_role("radio").first.check()
    tab.get_by_role("button", name="Hand in", exact=True).click()


def to_marked_exam(tab: Page) -> None:
    to_asked_exam(tab)
    tab.get_by_role("button", name="Hand in as it is").click()


def to_bad_number(tab: Page) -> None:
    tab.get_by_label("Exam number").fill("x")
    tab.get_by_role("button", name="Start").click()


def to_open_progress(tab: Page) -> None:
    for summary in tab.locator("summary").all():
        summary.click()
    tab.get_by_role("button", name="Forget everything").click()


def to_refused_file(tab: Page) -> None:
    file = {"name": "a.json", "mimeType": "application/json", "buffer": b"{}"}
    tab.get_by_label("Import a file").set_input_files(files=file)
    tab.get_by_text("was not taken").wait_for()


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "drills, not begun": ("drills", lambda _: None),
    "a drill": ("drills", to_drill),
    "a marked drill": ("drills", to_marked_drill),
    "a lost drill": ("drills", to_lost_drill),
    "no exam": ("exam", lambda _: None),
    "a bad number": ("exam", to_bad_number),
    "an exam": ("exam", to_exam),
    "an exam to hand in": ("exam", to_asked_exam),
    "a marked exam": ("exam", to_marked_exam),
    "progress": ("progress", lambda _: None),
    "open progress": ("progress", to_open_progress),
    "a refused file": ("progress", to_refused_file),
}
every_state = pytest.mark.parametrize("state", STATES)


def opened(opens: Opens, state: str) -> Page:
    name, reach = STATES[state]
    tab = opens(name)
    reach(tab)
    return tab


@every_state
def test_axe_finds_nothing_in_any_state_light_or_dark_on_a_desk_or_a_phone(
    opens: Opens, state: str
) -> None:
    tab = opened(opens, state)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(tab) == [], scheme
    tab.set_viewport_size({"width": 320, "height": 640})
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert violations(tab) == []


@every_state
def test_what_a_finger_presses_is_large_enough(opens: Opens, state: str) -> None:
    tab = opened(opens, state)
    tab.set_viewport_size({"width": 320, "height": 640})
    for button in tab.locator("main :is(button, select, summary):visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, button.inner_text()


def test_with_few_colours_a_bar_still_tells_its_share(opens: Opens) -> None:
    tab = opens("progress")
    tab.emulate_media(forced_colors="active")
    bar = tab.locator(".p-bar").first
    assert bar.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"


def test_a_printed_exam_has_its_questions_and_no_buttons(opens: Opens) -> None:
    tab = opened(opens, "a marked exam")
    tab.emulate_media(media="print")
    expect(tab.locator(".q-card")).to_have_count(10)
    expect(tab.locator(".p-score").first).to_be_visible()
    assert [one.inner_text() for one in tab.locator("main button:visible").all()] == []


@pytest.mark.parametrize("name", ["exam", "progress"])
def test_without_scripts_every_objective_can_be_read(
    browser: Browser, files: dict[str, str], name: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.set_content(files[f"{name}.html"])
        expect(tab.locator("main li")).to_have_count(4)
        expect(tab.get_by_role("link", name="count the bytes").first).to_be_visible()


def test_a_page_asks_for_nothing_before_it_is_wanted(opens: Opens, book: Any) -> None:
    for name in ("drills", "exam", "progress"):
        opens(name)
    assert not [path for path in book.asked if "/pools/" in path or "player" in path]
