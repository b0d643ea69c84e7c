"""What a student answered is kept, in this browser and in all of its tabs, and never mixed up."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.classroom.answering import by_pointer, question, saved
from tests.browser.classroom.conftest import Opens
from tests.classroom.sample_class import sample_form
from vpnedu.classroom.collecting.submissions import read
from vpnedu.classroom.issuing.forms import Form

pytestmark = pytest.mark.browser

# As in a browser that forbids storage to a page.
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = (
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
)
MORE: dict[str, Any] = {
    "fate": "west",
    "truths": ["any", "bgp"],
    "partners": {"bgp": "tell"},
    "steps": ["done", "hello", "answer", "auth"],
    "size": "1,4",
    "address": "10.0.0.0/8",
    "field": "9",
}


def answers(tab: Page) -> Any:
    """What the file would hold now."""
    tab.get_by_role("button", name="Show the file as text").click()
    sure = tab.get_by_role("button", name="Save as it is")
    if sure.is_visible():
        sure.click()
    return read(tab.get_by_label("The file as text").input_value().encode()).answers


def test_answers_are_there_again_after_a_reload(opens: Opens, form: Form) -> None:
    tab = opens()
    for name, answer in MORE.items():
        by_pointer(tab, form, name, answer)
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.reload()
    expect(tab.locator(".q-notice")).to_have_text("Your 7 answers from before are here.")
    expect(tab.locator(".g-bar")).to_contain_text("7 of 10 answered")
    expect(question(tab, form, "size").locator(".q-invalid")).to_contain_text("comma")
    expect(question(tab, form, "field").locator("[aria-selected=true]")).to_have_text("06")
    expect(question(tab, form, "truths").get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(question(tab, form, "steps").locator(".q-name").first).to_have_text("IKE_AUTH response")
    expect(question(tab, form, "partners").get_by_label("BGP")).to_contain_text("tells of routes")
    assert len(answers(tab)) == 7


def leaves(tab: Page) -> bool:
    """Whether the page lets itself be reloaded without a word."""
    asked: list[Dialog] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog)
        dialog.accept()

    tab.on("dialog", answer)
    tab.reload()
    tab.locator("vpn-quiz[ready]").wait_for()
    tab.remove_listener("dialog", answer)
    assert all(dialog.type == "beforeunload" for dialog in asked)
    return not asked


def test_a_page_warns_before_it_is_left_while_something_is_not_saved(
    opens: Opens, form: Form
) -> None:
    tab = opens()
    tab.locator("h1").click()
    assert leaves(tab)
    by_pointer(tab, form, "saying", "true")
    assert not leaves(tab)
    answers(tab)
    assert leaves(tab)
    by_pointer(tab, form, "saying", "false")
    by_pointer(tab, form, "saying", "true")
    assert leaves(tab)
    by_pointer(tab, form, "saying", "false")
    assert not leaves(tab)


@pytest.mark.parametrize("harm", [FORBIDDEN, FULL])
def test_a_browser_that_keeps_nothing_says_so_and_still_saves(
    windows: Callable[..., BrowserContext], opens: Opens, form: Form, harm: str
) -> None:
    window = windows()
    window.add_init_script(harm)
    tab = opens(window=window)
    expect(tab.locator(".q-notice")).to_contain_text("Your browser keeps nothing for this page")
    by_pointer(tab, form, "saying", "true")
    by_pointer(tab, form, "size", "1456")
    assert len(answers(tab)) == 2


def test_two_tabs_of_one_form_lose_nothing_of_each_other(
    windows: Callable[..., BrowserContext], opens: Opens, form: Form
) -> None:
    window = windows()
    one, other = opens(window=window), opens(window=window)
    by_pointer(one, form, "saying", "true")
    expect(question(other, form, "saying").get_by_role("radio", checked=True)).to_have_count(1)
    number = question(one, form, "saying").get_attribute("id")
    assert number
    expect(other.locator(".q-notice")).to_contain_text(
        f"another tab, too. What was answered there stands here now: question {number[1:]}."
    )
    by_pointer(other, form, "size", "1456")
    expect(one.locator(".g-bar")).to_contain_text("2 of 10 answered")
    assert answers(one) == answers(other)


def test_forms_of_two_students_and_two_issues_never_mix(
    windows: Callable[..., BrowserContext], opens: Opens, form: Form
) -> None:
    window = windows()
    tab = opens(window=window)
    by_pointer(tab, form, "saying", "true")
    for other in (sample_form(1), sample_form(attempt=2), sample_form(due="2027-01-01T00:00:00Z")):
        expect(opens(other, window).locator(".g-bar")).to_contain_text("0 of 10 answered")
    expect(opens(window=window).locator(".g-bar")).to_contain_text("1 of 10 answered")


def test_an_answer_can_be_taken_back(opens: Opens, form: Form) -> None:
    tab = opens()
    for name, answer in MORE.items():
        by_pointer(tab, form, name, answer)
    for button in tab.get_by_role("button", name="Clear this answer").all()[::-1]:
        button.click()
    expect(tab.locator(".g-bar")).to_contain_text("0 of 10 answered")
    assert tab.locator(":checked:not(option)").count() == 0
    assert tab.evaluate(
        "[...document.querySelectorAll('input[type=text], select')].every((each) => !each.value)"
    )
    assert answers(tab) == {}


def test_a_file_that_was_saved_is_remembered(opens: Opens, form: Form) -> None:
    tab = opens()
    by_pointer(tab, form, "saying", "true")
    tab.get_by_role("button", name="Save my answers").click()
    _, data = saved(tab, "Save as it is")
    tab.reload()
    expect(tab.locator(".g-receipt")).to_have_text(read(data).receipt)
