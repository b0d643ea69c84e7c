"""Figures played in Chromium: by key, by click, by link, with the reader's own packet."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import stop_clock, violations, watch
from vpnedu import play

pytestmark = pytest.mark.browser

# What a screen reader would call the element in focus, roughly.
FOCUSED = "document.activeElement.ariaLabel ?? document.activeElement.textContent"

# Counts how often each live region changes.
COUNT_SAID = """() => { window.spoken = {};
for (const region of [".verdict", ".said"]) {
  window.spoken[region] = 0;
  const heard = new MutationObserver(() => { window.spoken[region] += 1; });
  heard.observe(document.querySelector(region), { childList: true, subtree: true });
} }"""

Opens = Callable[..., Page]


def order(**wishes: Any) -> Any:
    return play("three-sites-overlapping", anchor="fig-order", caption="Notice.", **wishes)


def frame(tab: Page, anchor: str = "fig-order") -> Locator:
    return tab.locator(f"#{anchor} .frame")


def counter(tab: Page) -> Locator:
    return tab.locator(".controls a")


def test_arrow_keys_step_and_home_and_end_jump(opens: Opens) -> None:
    tab = opens(order())
    frame(tab).focus()
    for key, moment in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", 7),
        ("Home", 0),
    ):
        tab.keyboard.press(key)
        expect(counter(tab)).to_have_text(f"{moment} of 7")


def test_space_plays_to_the_end_and_stops_there(opens: Opens) -> None:
    tab = opens(order())
    stop_clock(tab)
    tab.get_by_label("Speed").select_option("2")
    frame(tab).focus()
    tab.keyboard.press("Space")
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    watch(tab, counter(tab), "7 of 7")
    tab.clock.run_for(5000)
    expect(tab.get_by_role("button", name="Play")).to_be_visible()
    expect(counter(tab)).to_have_text("7 of 7")
    expect(frame(tab).locator("svg.wide .mark.dropped")).to_have_count(1)


def test_space_pauses_what_plays(opens: Opens) -> None:
    tab = opens(order())
    stop_clock(tab)
    frame(tab).focus()
    tab.keyboard.press("Space")
    watch(tab, counter(tab), "1 of 7")
    tab.keyboard.press("Space")
    tab.clock.run_for(20_000)
    expect(counter(tab)).to_have_text("1 of 7")


def test_every_control_is_reached_by_tab_and_space_presses_the_button_it_is_on(
    opens: Opens,
) -> None:
    tab = opens(order(ask="tunnel"))
    frame(tab).focus()
    reached = []
    for _ in range(10):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate(FOCUSED))
    assert [r for r in reached if r][1:4] == ["1. tunnel east", "2. tunnel west", "3. none"]
    assert {"Play", "Step", "Moment", "Speed"} <= set(reached)
    tab.get_by_role("button", name="Step", exact=True).focus()
    tab.keyboard.press("Space")
    expect(counter(tab)).to_have_text("1 of 7")
    expect(tab.get_by_role("button", name="Pause")).to_have_count(0)


def test_scrubbing_moves_scene_table_wire_and_words_together(opens: Opens) -> None:
    tab = opens(order())
    tab.get_by_label("Moment").fill("4")
    expect(counter(tab)).to_have_text("4 of 7")
    expect(tab.locator(".said")).to_contain_text("156 bytes cross the internet")
    expect(tab.locator(".panels tbody.won").first).to_contain_text("the first match decides")
    expect(tab.locator(".bytes:visible")).to_contain_text("198.51.100.1 → 203.0.113.5")
    expect(tab.locator("svg.wide .capsule.sealed")).to_have_count(1)
    expect(tab.locator("ol .now")).to_have_count(1)


def test_the_eavesdropper_reads_a_packet_in_the_clear_and_not_a_sealed_one(opens: Opens) -> None:
    clear = play("fails-open", anchor="fig-clear", caption="Notice.")
    tab = opens(clear, order())
    tab.goto(f"{tab.url}#fig-clear@3")
    expect(tab.locator("#fig-clear .wire-text:visible")).to_contain_text("salary list")
    tab.goto(f"{tab.url.split('#')[0]}#fig-order@4")
    expect(tab.locator("#fig-order .wire-text:visible")).not_to_contain_text("salary")


def test_a_link_opens_a_moment_of_a_preset(opens: Opens) -> None:
    tab = opens(order(), link="#fig-order/2@3")
    expect(counter(tab)).to_have_text("3 of 8")
    expect(tab.locator(".choose select")).to_have_value("to Wim, narrow policy first")
    assert counter(tab).get_attribute("href") == "#fig-order/2@3"


def test_a_link_brings_its_figure_into_view_when_the_page_opens(opens: Opens) -> None:
    above = [play("hub-route-based", anchor=f"fig-{n}", caption="Notice.") for n in range(3)]
    tab = opens(*above, order(), link="#fig-order@3")
    expect(frame(tab)).to_be_in_viewport()
    expect(tab.locator("#fig-order .controls a")).to_have_text("3 of 7")


def test_a_prediction_is_taken_by_key_then_played_then_marked(opens: Opens) -> None:
    tab = opens(order(ask="tunnel"))
    frame(tab).focus()
    tab.keyboard.press("2")
    expect(tab.get_by_role("button", name="2. tunnel west")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(tab.get_by_role("button", name="Pause")).to_be_visible()
    tab.keyboard.press("End")
    expect(tab.locator(".verdict")).to_have_text(
        "✕ Not so. You said: tunnel west. It was: tunnel east."
    )


def test_a_right_prediction_by_click_is_marked_right(opens: Opens) -> None:
    tab = opens(order(ask="tunnel"))
    tab.get_by_role("button", name="1. tunnel east").click()
    expect(tab.locator(".verdict")).to_have_text("Now watch.")
    tab.get_by_label("Moment").fill("7")
    expect(tab.locator(".verdict")).to_have_text("✓ Right: tunnel east.")


def test_nothing_gives_the_answer_away_before_the_run(opens: Opens) -> None:
    tab = opens(order(ask="tunnel"))
    expect(tab.locator(".verdict")).to_have_text("")
    expect(tab.locator("tbody.todo:visible")).to_have_count(3)
    expect(tab.locator("tbody:not(.todo):visible, td.why:visible")).to_have_count(0)
    expect(tab.locator(".capsule, .mark")).to_have_count(0)


def test_two_traces_share_one_clock(opens: Opens) -> None:
    both = play(
        "new-subnet-policy-based",
        "new-subnet-route-based",
        anchor="fig-both",
        caption="Notice.",
        presets=(0, 1, 3, 4),
    )
    tab = opens(both)
    left, right = tab.locator(".stage").all()
    tab.get_by_label("Moment").fill("2")
    expect(left.locator(".said")).to_contain_text("adds the subnet")
    expect(right.locator(".said")).to_contain_text("announces")
    tab.get_by_label("Moment").fill("3")
    expect(left.locator(".said")).to_contain_text("Ana sends")
    expect(right.locator(".said")).to_contain_text("Ana sends")
    frame(tab, "fig-both").focus()
    tab.keyboard.press("End")
    expect(left.locator(".said")).to_contain_text("no policy holds it")
    expect(right.locator(".said")).to_contain_text("Gil receives")


def test_with_reduced_motion_a_step_has_no_travel(opens: Opens) -> None:
    tab = opens(order())
    tab.emulate_media(reduced_motion="reduce")
    stop_clock(tab)
    tab.get_by_role("button", name="Play").click()
    tab.clock.run_for(100)
    assert tab.evaluate("document.querySelectorAll('svg.wide .packets .capsule').length") == 0
    expect(tab.locator("svg.wide .gateway.active")).to_have_count(1)


def test_focus_stays_on_the_control_that_is_used(opens: Opens) -> None:
    tab = opens(order())
    chooser = tab.locator(".choose select")
    chooser.focus()
    tab.keyboard.press("ArrowDown")
    expect(chooser).to_have_value("to Wim, narrow policy first")
    expect(chooser).to_be_focused()
    step = tab.get_by_role("button", name="Step", exact=True)
    step.focus()
    for _ in range(9):
        tab.keyboard.press("Space")
    expect(counter(tab)).to_have_text("8 of 8")
    expect(step).to_be_focused()
    expect(step).to_have_attribute("aria-disabled", "true")
    tab.keyboard.press("ArrowLeft")
    expect(counter(tab)).to_have_text("7 of 8")


def test_a_screen_reader_is_told_each_thing_once(opens: Opens) -> None:
    tab = opens(order(ask="tunnel"))
    stop_clock(tab)
    tab.evaluate(COUNT_SAID)
    tab.get_by_role("button", name="1. tunnel east").click()
    watch(tab, counter(tab), "2 of 7")
    tab.get_by_role("button", name="Pause").click()
    spoken = tab.evaluate("window.spoken")
    assert spoken[".verdict"] == 1
    assert spoken[".said"] == 2


def test_two_stages_are_announced_as_one_sentence(opens: Opens) -> None:
    both = play("fails-open", "fails-closed", anchor="fig-both", caption="Notice.")
    tab = opens(both)
    tab.get_by_label("Moment").fill("1")
    news = tab.locator(".frame > [aria-live=polite]")
    expect(news).to_contain_text("A route-based gateway that fails open: Ana sends")
    expect(news).to_contain_text("The cure: a blackhole route: Ana sends")


def test_on_a_phone_the_reader_turns_between_stages_and_the_turn_is_kept(opens: Opens) -> None:
    both = play("fails-open", "fails-closed", anchor="fig-both", caption="Notice.")
    tab = opens(both)
    tab.set_viewport_size({"width": 320, "height": 640})
    first, second = tab.locator(".stage").all()
    expect(second).to_be_hidden()
    tab.get_by_role("button", name="The cure: a blackhole route").click()
    expect(first).to_be_hidden()
    tab.locator(".choose select").select_option("the route is there")
    expect(tab.locator(".stage").nth(1)).to_be_visible()
    expect(tab.locator(".stage").nth(0)).to_be_hidden()


def test_a_moving_packet_lights_its_tunnel_and_the_eye_in_both_arrangements(opens: Opens) -> None:
    tab = opens(order(), link="#fig-order@3")
    stop_clock(tab)
    tab.get_by_role("button", name="Play").click()
    tab.clock.run_for(300)
    for arrangement in ("wide", "upright"):
        drawn = tab.locator(f"svg.{arrangement}")
        expect(drawn.locator(".tunnel.busy")).to_have_attribute("data-tunnel", "tunnel east")
        expect(drawn.locator(".eye.sees")).to_have_count(1)
    places = [tab.locator("svg.wide .packets .capsule").get_attribute("transform")]
    tab.clock.run_for(150)
    places.append(tab.locator("svg.wide .packets .capsule").get_attribute("transform"))
    assert places[0] != places[1]


@pytest.mark.parametrize(
    "link", ["#%E0%A4%A", "#fig-order@999", "#fig-order/99@2", "#fig-order@-1"]
)
def test_a_crooked_link_breaks_nothing(opens: Opens, link: str) -> None:
    tab = opens(order())
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.evaluate("link => { location.hash = link }", link)
    frame(tab).focus()
    tab.keyboard.press("End")
    expect(tab.locator("svg.wide .mark")).to_have_count(1)
    assert wrong == []


def test_a_link_to_another_moment_keeps_the_prediction(opens: Opens) -> None:
    tab = opens(order(ask="tunnel"))
    tab.get_by_role("button", name="2. tunnel west").click()
    tab.evaluate("location.hash = '#fig-order@7'")
    expect(tab.locator(".verdict")).to_contain_text("You said: tunnel west")
    expect(frame(tab)).to_be_focused()


def test_the_controls_stay_in_sight_while_a_tall_figure_is_read(opens: Opens) -> None:
    tab = opens(play("hub-route-based", anchor="fig-hub", caption="Notice."))
    tab.set_viewport_size({"width": 320, "height": 640})
    frame(tab, "fig-hub").locator("svg.upright").scroll_into_view_if_needed()
    expect(tab.get_by_role("button", name="Play")).to_be_in_viewport()


def test_on_paper_a_figure_shows_its_end_and_the_whole_run_in_words(opens: Opens) -> None:
    tab = opens(order())
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(tab.locator("svg.wide .mark.dropped")).to_be_visible()
    for line in tab.locator("ol li").all():
        expect(line).to_be_visible()
    expect(tab.get_by_role("button")).to_have_count(0)


def test_the_readers_own_packet_is_run_by_python(opens_live: Opens) -> None:
    tab = opens_live(play("two-sites-policy-based", anchor="fig-own", caption="Notice."))
    tab.get_by_label("to", exact=True).fill("10.3.0.9")
    tab.get_by_label("protocol").fill("udp")
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".choose select")).to_have_value("yours: Ana to 10.3.0.9, udp 80")
    frame(tab, "fig-own").focus()
    tab.keyboard.press("End")
    expect(tab.locator(".said")).to_contain_text("no policy holds it")


def test_a_wrong_address_is_named_beside_its_field_and_the_figure_stays(
    opens_live: Opens,
) -> None:
    widget = play("two-sites-policy-based", anchor="fig-own", caption="Notice.")
    tab = opens_live(widget, link="#fig-own@4")
    field = tab.get_by_label("to", exact=True)
    field.fill("10.3.0.999")
    field.press("Enter")
    expect(tab.get_by_role("alert")).to_have_text("'10.3.0.999' is not an IPv4 or IPv6 address")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(tab.get_by_role("alert").inner_text())
    expect(field).to_be_focused()
    expect(counter(tab)).to_have_text("4 of 8")
    assert violations(tab) == []


def test_a_page_without_an_engine_offers_no_form(opens: Opens) -> None:
    expect(opens(order()).locator("form")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 760])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_any_moment(opens: Opens, width: int, scheme: str) -> None:
    tab = opens(order(ask="tunnel"), play("ipv6-forged-source", anchor="fig-v6", caption="Notice."))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.locator("summary").first.click()
    for key in ("Home", "ArrowRight", "ArrowRight", "End"):
        frame(tab).focus()
        tab.keyboard.press(key)
        frame(tab, "fig-v6").focus()
        tab.keyboard.press(key)
        assert violations(tab) == []
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
