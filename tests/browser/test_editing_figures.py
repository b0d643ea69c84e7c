"""The tables of a figure's own network: asked for, changed, sent, undone, and brought by a link."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Opens, violations
from vpnedu import play, scenario
from vpnedu.widgets.figure import figure_of
from vpnedu.widgets.player import Player

pytestmark = pytest.mark.browser


def live(opens_live: Opens, *names: str, **chosen: Any) -> Page:
    """A figure whose tables are open."""
    tab = opens_live(play(*names, anchor="fig-own", caption="Notice.", **chosen))
    tab.add_style_tag(url="_static/vpnedu/editing.css")
    tab.get_by_role("button", name="Edit its tables").click()
    tab.locator("details.part").first.wait_for()
    return tab


def opened(tab: Page, name: str) -> Locator:
    found = tab.locator("details.part").filter(has=tab.locator("summary", has_text=name))
    found.locator("summary").click()
    return found


def fate(tab: Page) -> Locator:
    """What is said at the end of the run."""
    tab.locator("#fig-own .frame").focus()
    tab.keyboard.press("End")
    return tab.locator(".said")


def test_a_packet_goes_through_the_network_as_its_tables_were_changed(opens_live: Opens) -> None:
    tab = live(opens_live, "two-sites-policy-based")
    expect(tab.locator("summary", has_text="Networks and devices")).to_be_focused()
    expect(tab.get_by_role("button", name="Edit its tables")).to_be_hidden()
    opened(tab, "office gateway").get_by_label("then, policy 1").select_option("discard")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".choose select")).to_have_value("yours: Ana to 10.2.9.7, tcp 80")
    expect(fate(tab)).to_contain_text("discard")
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_label("then, policy 1 of office gateway")).to_have_value(
        "in tunnel to branch"
    )
    tab.get_by_role("button", name="Send").click()
    expect(fate(tab)).to_contain_text("Ben")
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator("details.part")).to_have_count(0)
    expect(tab.get_by_role("button", name="Edit its tables")).to_be_visible()


def test_what_is_wrong_in_a_table_is_told_at_its_field(opens_live: Opens) -> None:
    tab = live(opens_live, "two-sites-policy-based")
    remote = opened(tab, "branch gateway").get_by_label("remote, policy 1 of branch gateway")
    remote.fill("10.1.0.0/99")
    tab.locator("summary", has_text="branch gateway").click()
    tab.get_by_role("button", name="Send").click()
    expect(remote).to_be_focused()
    expect(remote).to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_role("alert")).to_have_text("'10.1.0.0/99' is not an IPv4 or IPv6 prefix")
    assert violations(tab) == []
    remote.fill("10.1.0.0/16")
    remote.press("Enter")
    expect(tab.get_by_role("alert")).to_have_count(0)
    expect(tab.locator(".choose select")).to_have_value("yours: Ana to 10.2.9.7, tcp 80")


def test_a_new_device_can_send_at_once(opens_live: Opens) -> None:
    tab = live(opens_live, "two-sites-policy-based")
    opened(tab, "Networks").get_by_role("button", name="Add a device to Branch").click()
    tab.keyboard.type("Zoe")
    tab.keyboard.press("Tab")
    tab.keyboard.type("10.2.0.99")
    tab.keyboard.press("Tab")
    tab.get_by_role("combobox", name="from").select_option("Zoe")
    tab.get_by_label("to", exact=True).fill("10.1.0.4")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".choose select")).to_have_value("yours: Zoe to 10.1.0.4, tcp 80")
    expect(fate(tab)).to_contain_text("Ana")


def test_the_keys_of_the_figure_are_keys_of_writing_in_its_tables(opens_live: Opens) -> None:
    tab = live(opens_live, "two-sites-policy-based", ask="fate")
    tab.keyboard.press("Space")
    expect(tab.locator("details.part").first).to_have_attribute("open", "")
    expect(tab.get_by_role("button", name="Play")).to_be_visible()
    tab.get_by_role("button", name="Add a device to Branch").focus()
    for key in ("1", "ArrowRight", "End"):
        tab.keyboard.press(key)
    expect(tab.locator(".controls a")).to_have_text("0 of 8")
    expect(tab.locator(".choices [aria-pressed=true]")).to_have_count(0)


def test_two_networks_side_by_side_have_tables_each_under_its_name(opens_live: Opens) -> None:
    names = "new-subnet-policy-based", "new-subnet-route-based"
    tab = live(opens_live, *names, presets=(0,))
    titles = tab.locator("fieldset.side > legend")
    expect(titles).to_have_text(["A new subnet, policy-based hub", "A new subnet, route-based hub"])
    second = tab.locator("fieldset.side").nth(1)
    second.locator("summary", has_text="gateway 3").click()
    prefix = second.get_by_label("prefix, route 1 of gateway 3")
    prefix.fill("nonsense")
    tab.get_by_role("button", name="Send").click()
    expect(prefix).to_be_focused()
    expect(second.get_by_role("alert")).to_contain_text("'nonsense'")
    prefix.fill("10.77.0.0/24")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".stages.two .stage")).to_have_count(2)
    expect(tab.locator(".choose select")).to_have_value("yours: Ana to 10.33.0.7, tcp 80")


def test_the_fields_begin_with_the_packet_on_stage(opens_live: Opens) -> None:
    tab = opens_live(play("three-sites-overlapping", anchor="fig-own", caption="Notice."))
    begun = tab.locator("form :is(input, select)").evaluate_all(
        "(all) => all.map((it) => it.value)"
    )
    tab.locator(".choose select").select_option(index=3)
    now = tab.locator("form :is(input, select)").evaluate_all("(all) => all.map((it) => it.value)")
    assert begun[0] == "Ana"
    assert now != begun


def test_what_is_wrong_with_a_packet_is_told_beside_its_field(opens_live: Opens) -> None:
    tab = opens_live(play("two-sites-policy-based", anchor="fig-own", caption="Notice."))
    tab.get_by_label("port", exact=True).fill("99999")
    tab.get_by_role("button", name="Send").click()
    field = tab.locator(".field").filter(has=tab.get_by_label("port", exact=True))
    expect(field.get_by_role("alert")).to_contain_text("ports run from 0 to 65535")
    expect(tab.get_by_label("port", exact=True)).to_be_focused()
    expect(tab.get_by_label("port", exact=True)).to_have_accessible_name("port")


def test_a_field_that_is_folded_away_opens_when_it_is_wrong(opens_live: Opens) -> None:
    tab = opens_live(play("two-sites-policy-based", anchor="fig-own", caption="Notice."))
    tab.get_by_text("More about the packet").click()
    tab.get_by_label("from port").fill("x")
    tab.get_by_text("More about the packet").click()
    expect(tab.get_by_label("from port")).to_be_hidden()
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_label("from port")).to_be_focused()
    expect(tab.get_by_role("alert")).to_contain_text("'x'")


def test_a_forged_packet_stands_in_the_form_and_can_be_forged_otherwise(opens_live: Opens) -> None:
    tab = opens_live(play("ipv6-forged-source", anchor="fig-own", caption="Notice."))
    expect(tab.get_by_label("really sent by")).to_have_value("Mal")
    tab.get_by_label("send the answer, too").check()
    tab.get_by_label("really sent by").select_option(label="the same")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".choose option:checked")).to_have_text(
        "yours: Ana to 2001:db8:b::7, tcp 80, answered"
    )
    expect(fate(tab)).to_contain_text("Ana receives")
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_label("really sent by")).to_have_value("Mal")
    assert violations(tab) == []


def test_an_authors_own_scenario_can_be_changed_and_linked_to(opens_live: Opens) -> None:
    book = scenario("two-sites-policy-based")
    mine = replace(book, name="mill-and-shop", title="Mill and shop")
    tab = opens_live(Player(figure_of((mine,), anchor="fig-own", caption="Notice.")))
    tab.get_by_label("port", exact=True).fill("443")
    tab.get_by_role("button", name="Send").click()
    label = "yours: Ana to 10.2.9.7, tcp 443"
    expect(tab.locator(".choose option:checked")).to_have_text(label)
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_role("button", name="Edit its tables")).to_be_visible()
    tab.get_by_role("button", name="Edit its tables").click()
    opened(tab, "office gateway").get_by_label("then, policy 1").select_option("discard")
    tab.get_by_role("button", name="Send").click()
    expect(fate(tab)).to_contain_text("discard")


def test_buttons_look_alike_and_one_that_does_nothing_now_looks_unlike_them(
    opens_live: Opens,
) -> None:
    tab = opens_live(play("three-sites-overlapping", anchor="fig-x", caption="Notice."))
    look = (
        "(one) => [getComputedStyle(one).color, one.offsetHeight, getComputedStyle(one).fontSize]"
    )
    undo, *others = (
        tab.get_by_role("button", name=name, exact=True).evaluate(look)
        for name in ("Undo", "Reset", "Copy a link", "Send", "Edit its tables")
    )
    assert [other == others[0] for other in others] == [True] * 4
    assert undo[0] != others[0][0]
    assert undo[1:] == others[0][1:]


def test_two_panels_open_on_one_page_are_two_places(context: BrowserContext, site: str) -> None:
    tab = context.new_page()
    tab.goto(f"{site}chapters/route-based.html")
    for name in ("fig-route-hub", "fig-route-static"):
        tab.locator(f"#{name} details.change > summary").click()
        title = tab.locator(f"#{name} .figure-title").inner_text()
        own = tab.get_by_role("form", name=f"Send a packet of your own: {title}", exact=True)
        expect(own).to_have_count(1)
    assert violations(tab) == []


def test_a_section_that_keys_reach_is_not_behind_the_controls(opens_live: Opens) -> None:
    tab = live(opens_live, "three-sites-overlapping")
    tab.set_viewport_size({"width": 700, "height": 500})
    section = tab.locator("details.part > summary").nth(1)
    section.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 2)")
    section.focus()
    below = tab.locator(".controls").bounding_box()
    reached = section.bounding_box()
    assert below is not None
    assert reached is not None
    assert reached["y"] + reached["height"] <= below["y"]
