"""A form opened from a disk: every kind answered, saved, and marked to the known truth."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.classroom.answering import (
    by_keys,
    by_pointer,
    handed_in,
    place_of,
    press,
    question,
    saved,
    statuses,
    tab_to,
)
from tests.browser.classroom.conftest import Opens
from tests.classroom.sample_class import right_answers
from vpnedu.classroom.collecting.submissions import read
from vpnedu.classroom.issuing.forms import Form

pytestmark = pytest.mark.browser

RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}")


def key(form: Form, name: str) -> object:
    return form.question(place_of(form, name)).answer.key


def test_all_answered_by_keyboard_is_all_right(opens: Opens, form: Form) -> None:
    tab = opens()
    for place in form.order():
        name = form.key.paper.slots[place].name
        by_keys(tab, form, name, key(form, name))
    expect(tab.locator(".g-bar")).to_contain_text("10 of 10 answered")
    tab_to(tab, tab.get_by_role("button", name="Save my answers"))
    with tab.expect_download() as waiting:
        press(tab, "Enter")
    submission = read(Path(waiting.value.path()).read_bytes())
    assert submission.answers.keys() == right_answers(form).keys()
    assert set(statuses(form, submission).values()) == {"correct"}
    expect(tab.get_by_role("group", name="What you saved")).to_be_focused()


def test_right_wrong_blank_and_unreadable_are_marked_as_they_are(opens: Opens, form: Form) -> None:
    tab = opens(has_touch=True, viewport={"width": 360, "height": 740})
    for name in ("fate", "steps", "field", "truths"):
        by_pointer(tab, form, name, key(form, name))
    by_pointer(tab, form, "saying", "false")
    by_pointer(tab, form, "address", "10.2.8.0/24")
    by_pointer(tab, form, "partners", {"ike": "agree", "bgp": "seal"})
    by_pointer(tab, form, "size", "1,456")
    expect(tab.locator(".g-bar")).to_contain_text("8 of 10 answered")
    tab.get_by_role("button", name="Save my answers").click()
    submission = read(saved(tab, "Save as it is")[1])
    assert statuses(form, submission) == {
        "route": "blank",
        "truths": "correct",
        "saying": "incorrect",
        "size": "invalid",
        "address": "incorrect",
        "partners": "partial",
        "steps": "correct",
        "fate": "correct",
        "field": "correct",
        "sealed": "blank",
    }
    assert len(submission.answers) == 8


def answer_all(tab: Page, form: Form) -> None:
    for slot in form.key.paper.slots:
        by_pointer(tab, form, slot.name, key(form, slot.name))


def test_the_receipt_on_the_page_is_the_teachers(opens: Opens, form: Form) -> None:
    tab = opens()
    answer_all(tab, form)
    submission, marks = handed_in(tab, form)
    assert set(marks.values()) == {"correct"}
    expect(tab.locator(".g-receipt")).to_have_text(submission.receipt)
    assert RECEIPT.fullmatch(submission.receipt)
    client = submission.client
    assert client["zone"] == "Europe/Berlin"
    assert client["app"].startswith("vpnedu ")
    assert client["started"] <= client["saved"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", client["saved"])


def test_saving_again_gives_the_same_file_until_an_answer_changes(opens: Opens, form: Form) -> None:
    tab = opens()
    answer_all(tab, form)
    _, first = saved(tab)
    tab.clock.set_fixed_time("2040-01-01T00:00:00Z")
    tab.reload()
    assert saved(tab) == ("week-3.ada.1.vpnq.json", first)
    by_pointer(tab, form, "saying", "false")
    stale = tab.locator(".g-stale")
    expect(stale).to_contain_text("no longer the newest")
    expect(tab.locator(".g-receipt")).to_have_count(0)
    _, second = saved(tab)
    expect(stale).to_be_hidden()
    assert read(second).receipt != read(first).receipt
    expect(tab.locator(".g-receipt")).to_have_text(read(second).receipt)


def test_what_is_blank_or_unreadable_is_told_before_saving(opens: Opens, form: Form) -> None:
    tab = opens()
    answer_all(tab, form)
    question(tab, form, "saying").get_by_role("button", name="Clear this answer").click()
    by_pointer(tab, form, "size", "1,456")
    tab.get_by_role("button", name="Save my answers").click()
    sure = tab.get_by_role("group", name="Before you save")
    expect(sure).to_be_focused()
    blank, wrong = (question(tab, form, name) for name in ("saying", "size"))
    links = sure.get_by_role("link")
    numbers = [f"Question {card.get_attribute('id')[1:]}" for card in (blank, wrong)]  # type: ignore[index]
    expect(links).to_have_text(numbers)
    expect(sure).to_contain_text("a comma can part thousands")
    links.first.click()
    expect(blank.get_by_role("radio").first).to_be_focused()
    by_pointer(tab, form, "saying", "true")
    expect(links).to_have_text(numbers[1:])
    sure.get_by_role("button", name="Go on answering").click()
    expect(wrong.get_by_role("textbox")).to_be_focused()
    expect(sure).to_have_count(0)
    assert tab.locator(".g-receipt").count() == 0


def test_an_unreadable_answer_is_told_on_leaving_it_and_is_never_judged(
    opens: Opens, form: Form
) -> None:
    tab = opens()
    card = question(tab, form, "address")
    field, wrong = card.get_by_role("textbox"), card.locator(".q-invalid")
    field.fill("10.2.8.0")
    expect(wrong).to_be_empty()
    press(tab, "Tab")
    expect(wrong).to_have_text("A prefix needs its length, as in 10.1.0.0/16.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(card.locator(".g-state")).to_have_text("Answered, but it can’t be read as it stands.")
    for text in ("10.2.8.0/23", "10.2.8.0/24"):
        field.fill(text)
        press(tab, "Enter")
        expect(wrong).to_be_empty()
        expect(card.locator(".g-state")).to_have_text("Answered.")
        assert card.locator(".q-good, .q-bad, .q-right, .q-wrong").count() == 0


def test_the_file_can_be_copied_as_text_where_no_file_comes(opens: Opens, form: Form) -> None:
    tab = opens()
    answer_all(tab, form)
    tab.get_by_role("button", name="Show the file as text").click()
    text = tab.get_by_label("The file as text").input_value()
    assert set(statuses(form, read(text.encode())).values()) == {"correct"}
    expect(tab.locator(".g-receipt")).to_have_text(read(text.encode()).receipt)
    tab.get_by_role("button", name="Copy", exact=True).click()
    expect(tab.get_by_text("Copied.")).to_be_visible()
    by_pointer(tab, form, "saying", "false")
    expect(tab.get_by_label("The file as text")).to_be_hidden()


def test_a_copy_to_read_holds_questions_and_answers_in_words(opens: Opens, form: Form) -> None:
    tab = opens()
    answer_all(tab, form)
    submission, _ = handed_in(tab, form)
    name, data = saved(tab, "Save a copy to read")
    text = data.decode("utf-8-sig")
    assert name == "week-3.ada.1.copy.txt"
    for words in (
        "Ada Lovelace (ada)",
        submission.receipt,
        "Due: Tuesday 1 December 2026, 23:59 (UTC+01:00, Europe/Berlin)",
        "  10.2.8.0/23",
        "IKE: agrees on keys",
        "  1. IKE_SA_INIT request\n  2. IKE_SA_INIT response",
    ):
        assert words in text
    assert re.search(r"\[x\] [A-D] The one to 10\.2\.9\.0/24", text)
    assert text.count("[x]") == 5


def test_a_form_holds_no_more_than_a_file_may(opens: Opens, form: Form) -> None:
    tab = opens()
    card = question(tab, form, "address")
    card.get_by_role("textbox").fill("9" * 300_000)
    press(tab, "Tab")
    expect(card.locator(".q-invalid")).to_contain_text("too long")
    tab.get_by_role("button", name="Show the file as text").click()
    tab.get_by_role("button", name="Save as it is").click()
    text = tab.get_by_label("The file as text").input_value()
    assert len(json.loads(text)["answers"]) == 1
    assert statuses(form, read(text.encode()))["address"] == "invalid"
