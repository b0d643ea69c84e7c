"""What a quiz tells: verdicts, feedback, hints, and the score at the end."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.quiz.cards import KINDS, RIGHT, Opens, card, check, press, verdict

pytestmark = pytest.mark.browser

KEY = "vpnedu:1:quiz:sample:"


def test_feedback_stands_beside_its_choice_and_then_the_explanation(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    east = card(tab, "route").get_by_role("radio", name="The one to 10.2.0.0/16")
    east.check()
    check(tab, "route")
    expect(verdict(tab, "route")).to_have_text("✕Not right.")
    expect(east).to_have_accessible_description("not this Order is nothing.")
    expect(card(tab, "route").locator(".q-says:visible")).to_have_count(2)
    after = card(tab, "route").locator(".q-after")
    expect(after).to_contain_text("The longest prefix that holds the address wins")
    expect(after).to_contain_text("RFC 4632, section 5.1")
    link = after.get_by_role("link", name="Reread “Which route wins”")
    expect(link).to_have_attribute("href", "#which-route-wins")


def test_a_verdict_is_said_politely_and_the_focus_stays(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    button = card(tab, "saying").get_by_role("button", name="Check")
    card(tab, "saying").get_by_label("False").check()
    expect(card(tab, "saying").get_by_role("status").first).to_have_text("")
    button.click()
    expect(card(tab, "saying").locator(".q-verdict[role=status]")).to_have_text("✕Not right.")
    expect(card(tab, "saying").locator(".q-check")).to_be_focused()


def test_an_answer_that_cant_be_read_costs_no_attempt(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    field = card(tab, "size").get_by_role("textbox")
    field.fill("1,456")
    check(tab, "size")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^A comma can part thousands"))
    expect(field).to_be_focused()
    expect(verdict(tab, "size")).to_contain_text("It costs no attempt.")
    assert kept(tab, "size")["tries"] == 0
    field.fill("1456")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(verdict(tab, "size")).to_have_text("")
    check(tab, "size")
    expect(verdict(tab, "size")).to_have_text(RIGHT)
    assert kept(tab, "size")["tries"] == 1


def kept(tab: Page, name: str) -> Any:
    return tab.evaluate("key => JSON.parse(localStorage.getItem(key))", f"{KEY}{name}")


def test_nothing_answered_is_said_and_costs_nothing(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    for name in KINDS:
        check(tab, name)
        expect(verdict(tab, name)).to_have_text("–Nothing is answered yet.")
    expect(tab.locator(".q-progress")).to_have_text("0 of 9 answered")


def test_a_named_mistake_is_told_and_so_is_the_answer(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    card(tab, "size").get_by_role("textbox").fill("1.453 kB")
    check(tab, "size")
    says = card(tab, "size").locator(".q-says")
    expect(says).to_have_text("Read as 1453 B.Padding is missing.The answer: 1456 B")


def test_part_of_the_credit_is_shown(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    for name in ("It asks its route table.", "Its tunnels may carry any addresses.", "It must"):
        card(tab, "truths").get_by_label(name).check()
    check(tab, "truths")
    expect(verdict(tab, "truths")).to_have_text("◐Partly right: 0.5 of 1 point.")
    expect(tab.locator(".q-score")).to_have_text("So far: 0.5 of 1 point, with 8 still to answer.")


def test_a_hint_tells_its_cost_before_it_is_taken(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    hint = card(tab, "route").locator(".q-take")
    expect(hint).to_have_text("Hint 1 of 2: costs a quarter of the score")
    expect(card(tab, "route").locator(".q-hint")).to_have_count(0)
    hint.focus()
    press(tab, "Enter")
    expect(hint).to_be_focused()
    expect(hint).to_have_text("Hint 2 of 2: costs half the score")
    press(tab, "Enter")
    expect(hint).to_be_hidden()
    expect(card(tab, "route").locator(".q-hint").last).to_be_focused()
    card(tab, "route").get_by_role("radio", name="The one to 10.2.9.0/24").check()
    check(tab, "route")
    expect(verdict(tab, "route")).to_have_text("✓Right: 0.25 of 1 point after 2 hints.")


def test_try_again_clears_the_verdict_and_keeps_the_answer(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    wrong = card(tab, "saying").get_by_label("False")
    wrong.check()
    check(tab, "saying")
    card(tab, "saying").get_by_role("button", name="Try again").click()
    expect(verdict(tab, "saying")).to_have_text("")
    expect(card(tab, "saying").locator(".q-after")).to_have_text("")
    expect(wrong).to_be_checked()
    expect(wrong).to_be_focused()
    press(tab, "ArrowUp", "Enter")
    expect(verdict(tab, "saying")).to_have_text(RIGHT)
    assert kept(tab, "saying")["first"]["status"] == "incorrect"
    assert kept(tab, "saying")["tries"] == 2


def test_the_end_shows_the_score_by_objective_and_the_ways_on(opens_quiz: Opens) -> None:
    tab = opens_quiz()
    card(tab, "saying").get_by_label("False").check()
    check(tab, "saying")
    card(tab, "size").get_by_role("textbox").fill("1456")
    check(tab, "size")
    rows = tab.locator(".q-objectives li")
    expect(rows.nth(0)).to_contain_text("0 of 1 point")
    expect(rows.nth(0).get_by_role("link")).to_have_attribute("href", "#which-route-wins")
    expect(rows.nth(1)).to_contain_text("1 of 1 point")
    tab.get_by_role("button", name="Try the wrong ones again").click()
    expect(verdict(tab, "saying")).to_have_text("")
    expect(card(tab, "saying").get_by_label("False")).to_be_focused()
    expect(verdict(tab, "size")).to_have_text(RIGHT)
    tab.get_by_role("button", name="Start over").click()
    expect(tab.get_by_role("button", name="No, keep them")).to_be_focused()
    press(tab, "Enter")
    expect(tab.get_by_role("button", name="Start over")).to_be_focused()
    expect(verdict(tab, "size")).to_have_text(RIGHT)
    press(tab, "Enter")
    tab.get_by_role("button", name="Yes, forget my answers").click()
    expect(card(tab, "size").get_by_role("textbox")).to_have_value("")
    expect(tab.locator("vpn-quiz input:checked")).to_have_count(0)
    assert tab.evaluate("Object.keys(localStorage)") == []


def test_a_link_leads_to_its_question(opens_quiz: Opens) -> None:
    tab = opens_quiz(link="#quiz-sample-field")
    expect(card(tab, "field")).to_be_in_viewport()
    expect(card(tab, "route")).not_to_be_in_viewport()
