"""Runs over time played in Chromium: scene and lanes on one clock, and the matrix."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import stop_clock, violations
from vpnedu import matrix, play_failover, play_matrix
from vpnedu.simulation.matrix import CASES

pytestmark = pytest.mark.browser

Opens = Callable[..., Page]
SOME = {name: CASES[name] for name in ("an instance crashes", "a zone is lost")}

# The size in pixels of the smallest text that is to be seen in a figure's pictures.
SMALLEST = """() => Math.min(...[...document.querySelectorAll("vpn-figure svg text")]
  .filter((text) => text.textContent && text.getClientRects().length)
  .map((text) => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1)))"""
# Pairs of words in the lanes that lie on each other.
COLLISIONS = """() => [...document.querySelectorAll("svg.lanes")].flatMap((picture) => {
  const words = [...picture.querySelectorAll("text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([words, box]) => words && box.width);
  return words.flatMap(([a, one], i) => words.slice(i + 1)
    .filter(([, two]) => one.left < two.right - 1 && two.left < one.right - 1
      && one.top < two.bottom - 4 && two.top < one.bottom - 4)
    .map(([b]) => `${a} / ${b}`));
})"""

# Stretches of bad states that are wide enough for a cross, and have no word of their own.
UNTOLD = """() => [...document.querySelectorAll("svg.lanes g:has(> path.bad)")]
  .filter((part) => part.querySelector(".reach").getBoundingClientRect().width > 9)
  .filter((part) => !part.querySelector("text")).map((part) => part.textContent)"""


def crash(*names: str, **wishes: Any) -> Any:
    cases = wishes.pop("faults", (("instance-crash@30",),))
    return play_failover(
        *(names or ("active-standby",)),
        anchor="fig-crash",
        caption="Notice.",
        faults=cases,
        profile="azure-older",
        **wishes,
    )


def frame(tab: Page) -> Locator:
    return tab.locator("#fig-crash .frame")


def counter(tab: Page) -> Locator:
    return tab.locator(".controls a")


def counted(tab: Page, name: str) -> int:
    row = tab.locator(".counters div").filter(has=tab.get_by_text(name, exact=True))
    return int(row.locator("dd").inner_text().replace(",", ""))


def test_arrows_step_from_one_happening_to_the_next(opens: Opens) -> None:
    tab = opens(crash())
    frame(tab).focus()
    tab.keyboard.press("ArrowRight")
    expect(counter(tab)).to_have_text("30.0 s of 300 s")
    expect(tab.locator(".said")).to_contain_text("Instance 1 crashes.")
    tab.keyboard.press("End")
    expect(counter(tab)).to_have_text("300.0 s of 300 s")
    tab.keyboard.press("Home")
    expect(counter(tab)).to_have_text("0.0 s of 300 s")


def test_on_the_rail_arrows_step_too(opens: Opens) -> None:
    tab = opens(crash())
    tab.get_by_label("Moment").focus()
    tab.keyboard.press("ArrowRight")
    expect(counter(tab)).to_have_text("30.0 s of 300 s")
    expect(tab.get_by_label("Moment")).to_have_attribute("aria-valuetext", "30.0 s of 300 s")


def test_time_runs_while_it_plays_and_stands_when_it_pauses(opens: Opens) -> None:
    tab = opens(crash())
    tab.get_by_role("button", name="Play").click()
    tab.wait_for_timeout(900)
    tab.get_by_role("button", name="Pause").click()
    shown = counter(tab).inner_text()
    assert 0 < float(shown.split()[0]) <= 30
    tab.wait_for_timeout(300)
    expect(counter(tab)).to_have_text(shown)


def test_scrubbing_in_the_lanes_moves_scene_rail_words_and_counters(opens: Opens) -> None:
    tab = opens(crash())
    lanes = tab.locator("svg.lanes")
    lanes.scroll_into_view_if_needed()
    box = lanes.bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + 186 + (box["width"] - 208) / 6, box["y"] + 60)
    at = float(counter(tab).inner_text().split()[0])
    assert at == pytest.approx(50, abs=0.6)
    assert float(tab.get_by_label("Moment").input_value()) == pytest.approx(at, abs=0.06)
    expect(tab.locator("svg.wide [data-thing='instance 1'] .state")).to_have_text("✕ crashed")
    assert counted(tab, "lost") > 100
    expect(tab.locator(".counters .out")).to_contain_text("✕ 20")


def test_what_is_still_to_come_is_not_drawn(opens: Opens) -> None:
    tab = opens(crash())
    lanes = tab.locator("svg.lanes")
    expect(lanes.locator(".lost, .bad, .fault, .waiting")).to_have_count(0)
    expect(lanes.get_by_text("300 s")).to_be_visible()
    frame(tab).focus()
    tab.keyboard.press("End")
    expect(lanes.locator("rect.lost")).to_have_count(2)
    expect(lanes.locator("rect.waiting")).to_have_count(1)


def test_the_outage_tells_its_length_and_where_its_seconds_went(opens: Opens) -> None:
    tab = opens(crash(), link="#fig-crash@300s")
    lanes = tab.locator("svg.lanes")
    expect(lanes.locator("text.bad", has_text="✕ lost for")).to_have_count(2)
    parts = lanes.locator(".split").first
    expect(parts).to_contain_text("detect")
    expect(parts).to_contain_text("redirect")


def test_packets_that_are_sent_are_delivered_lost_or_on_their_way(opens: Opens) -> None:
    tab = opens(crash())
    for time in ("0", "29.9", "30", "61.3", "300"):
        tab.get_by_label("Moment").fill(time)
        known = [counted(tab, name) for name in ("delivered", "lost", "on their way")]
        assert counted(tab, "sent") == sum(known)


def test_a_link_opens_a_second_and_the_counter_links_back_to_it(opens: Opens) -> None:
    tab = opens(crash(), link="#fig-crash@57.4s")
    expect(counter(tab)).to_have_text("57.4 s of 300 s")
    assert counter(tab).get_attribute("href") == "#fig-crash@57.4s"
    tab.evaluate("location.hash = '#fig-crash@1'")
    expect(counter(tab)).to_have_text("30.0 s of 300 s")


def test_the_lanes_say_their_present_states(opens: Opens) -> None:
    tab = opens(crash(), link="#fig-crash@40s")
    said = tab.locator("svg.lanes").get_attribute("aria-label") or ""
    assert said.startswith("Lanes at 40.0 s of 300 s. instance 1: crashed; instance 2: standby")


def test_lost_packets_end_in_a_cross_and_others_arrive(opens: Opens) -> None:
    tab = opens(crash(), link="#fig-crash@40s")
    expect(tab.locator("svg.wide .marks .stop")).to_have_count(2)
    tab.get_by_label("Moment").fill("300")
    expect(tab.locator("svg.wide .marks .stop")).to_have_count(0)
    assert tab.locator("svg.wide .flow .head").count() > 10


def test_two_designs_are_always_at_the_same_second(opens: Opens) -> None:
    tab = opens(crash("active-standby", "active-active"), link="#fig-crash@60s")
    expect(tab.locator(".stage .telling b")).to_have_text(["60.0 s", "60.0 s"])
    left, right = tab.locator(".stage").all()
    expect(left.locator("svg.upright [data-thing='instance 2'] .state")).to_have_text("starting")
    expect(right.locator("svg.upright [data-thing='instance 2'] .state")).to_have_text("active")


def test_lanes_of_sessions_and_routes_come_when_they_are_asked_for(opens: Opens) -> None:
    tab = opens(crash("active-active"), link="#fig-crash@300s")
    lanes = tab.locator("svg.lanes")
    expect(lanes.get_by_text("session 1 at device 1")).to_have_count(0)
    tab.get_by_role("button", name="more lanes").click()
    expect(lanes.get_by_text("session 1 at device 1")).to_be_visible()
    tab.get_by_role("button", name="Fewer lanes").click()
    expect(lanes.get_by_text("session 1 at device 1")).to_have_count(0)


def test_lanes_of_sessions_and_routes_are_told_where_nothing_else_changes(opens: Opens) -> None:
    tab = opens(crash("dual-redundancy", faults=(("timer-mismatch@30",),)), link="#fig-crash@300s")
    lanes = tab.locator("svg.lanes")
    expect(lanes.get_by_text("session 1 at device 1")).to_be_visible()
    expect(lanes.get_by_text("session 2 at device 1")).to_have_count(0)


def test_every_outage_has_its_length_and_every_bar_its_words(opens: Opens) -> None:
    tab = opens(crash("two-regions", faults=(("instance-crash@30:100",),)), link="#fig-crash@300s")
    lanes = tab.locator("svg.lanes")
    hatched = lanes.locator("rect.lost").count()
    lengths = lanes.locator("text:not(.axis)").filter(
        has_text=re.compile(r"^(✕ )?(lost for )?[\d.]+ s$")
    )
    assert hatched >= 3
    assert lengths.count() == hatched
    untold = "g > :is(rect.good, rect.idle, rect.waiting, rect.lost, path.bad)"
    assert lanes.locator(untold).count() == lanes.locator("g > title").count()


@pytest.mark.parametrize("width", [320, 760, 1280])
def test_bad_states_have_a_cross_at_least(opens: Opens, width: int) -> None:
    tab = opens(crash("active-active"))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.get_by_label("Moment").fill("300")
    assert tab.evaluate(UNTOLD) == []


def test_a_faults_end_is_told_in_its_own_words(opens: Opens) -> None:
    cases = (("more-specific@30:60",),)
    tab = opens(crash("expressroute-failover", faults=cases), link="#fig-crash@300s")
    expect(tab.locator("svg.lanes .mended").last).to_have_text(
        "✓ gateway takes the longer prefix back"
    )
    expect(tab.locator(".counters .clock")).to_have_text("never out")


def test_side_by_side_lanes_begin_at_one_height(opens: Opens) -> None:
    tab = opens(crash("zone-redundant", "two-regions"), link="#fig-crash@300s")
    tops = "[...document.querySelectorAll('.lanes-view')].map((l) => l.getBoundingClientRect().top)"
    left, right = tab.evaluate(tops)
    assert left == right


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 900)])
@pytest.mark.parametrize("names", [("active-active",), ("zonal", "zone-redundant")])
def test_what_is_said_is_seen_above_the_controls_while_it_plays(
    opens: Opens, names: tuple[str, ...], width: int, height: int
) -> None:
    tab = opens(crash(*names, ask="outage-seconds"))
    tab.set_viewport_size({"width": width, "height": height})
    tab.evaluate("document.querySelector('vpn-figure').scrollIntoView({behavior: 'instant'})")
    tab.emulate_media(reduced_motion="reduce")
    stop_clock(tab)
    tab.get_by_role("button", name="Play").click()
    tab.clock.run_for(100)
    expect(tab.locator(".telling:visible b").first).to_have_text("30.0 s")
    said = tab.locator(".telling:visible").first.bounding_box()
    bar = tab.locator(".controls").bounding_box()
    assert said is not None
    assert bar is not None
    assert said["y"] >= 0
    assert said["y"] + said["height"] <= bar["y"] + 1.5
    assert bar["y"] + bar["height"] <= height + 0.5
    assert bar["height"] <= 0.16 * height
    link = counter(tab).bounding_box()
    assert link is not None
    assert link["height"] < 30


def test_on_a_phone_an_answer_leaves_the_keys_where_they_were(opens: Opens) -> None:
    tab = opens(crash(ask="outage-seconds"))
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.get_by_role("button", name="1. no packet is lost").click()
    expect(tab.locator(".choices")).to_be_hidden()
    tab.keyboard.press("End")
    expect(tab.locator(".verdict")).to_contain_text("Not so.")
    tab.keyboard.press("Home")
    expect(tab.locator(".choices")).to_be_visible()


def test_a_prediction_of_the_outage_is_marked_at_the_end(opens: Opens) -> None:
    tab = opens(crash(ask="outage-seconds"))
    frame(tab).focus()
    tab.keyboard.press("1")
    expect(tab.locator(".verdict")).to_have_text("Now watch.")
    tab.keyboard.press("End")
    expect(tab.locator(".verdict")).to_contain_text("It was: for 60 s to 180 s.")


def test_with_reduced_motion_dots_stand_still(opens: Opens) -> None:
    tab = opens(crash(), link="#fig-crash@0")
    tab.emulate_media(reduced_motion="reduce")
    places = "[...document.querySelectorAll('.wide .head')].map((d) => d.outerHTML).join()"
    stop_clock(tab)
    tab.get_by_role("button", name="Play").click()
    tab.clock.run_for(200)
    expect(counter(tab)).to_have_text("30.0 s of 300 s")
    still = tab.evaluate(places)
    tab.clock.run_for(300)
    assert tab.evaluate(places) == still


@pytest.mark.parametrize("width", [320, 760, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_all_words_can_be_read(opens: Opens, width: int, scheme: str) -> None:
    cases = (("tunnel-cut@30:60",), ("zone-loss@30",))
    tab = opens(crash("zone-redundant", faults=cases, ask="longest-part"))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for time in ("0", "40", "300"):
        tab.get_by_label("Moment").fill(time)
        assert violations(tab) == []
        assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
        assert tab.evaluate(SMALLEST) >= 11
        assert tab.evaluate(COLLISIONS) == []


def test_on_paper_a_run_shows_its_end_with_lanes(opens: Opens) -> None:
    tab = opens(crash())
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(tab.locator("svg.lanes rect.lost")).to_have_count(2)
    expect(tab.locator(".counters")).to_be_visible()
    expect(tab.get_by_role("button")).to_have_count(0)


def test_without_scripts_scene_lanes_and_transcript_are_there(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        html = f'<link rel="stylesheet" href="{site}_static/vpnedu/vpnedu.css">{crash().html}'
        tab.set_content(html)
        tab.set_viewport_size({"width": 320, "height": 800})
        expect(tab.locator("svg.upright:visible")).to_have_count(2)
        expect(tab.locator("li").first).to_be_visible()


@pytest.fixture(scope="module")
def grid() -> Any:
    made = matrix(("active-standby", "zone-redundant"), SOME, seeds=2)
    return play_matrix(made, anchor="fig-grid", caption="Notice.", cases=SOME)


def test_a_cell_of_the_matrix_opens_the_run_behind_it(opens: Opens, grid: Any) -> None:
    tab = opens(grid)
    cell = tab.get_by_role("cell").filter(has_text="45 s").first.get_by_role("button")
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".matrix-run .figure-title")).to_have_text(
        "zone-redundant: an instance crashes"
    )
    tab.keyboard.press("Tab")
    tab.keyboard.press("End")
    expect(tab.locator(".matrix-run svg.lanes rect.lost").first).to_be_visible()


def test_a_link_opens_a_second_of_a_cells_run(opens: Opens, grid: Any) -> None:
    tab = opens(grid, link="#fig-grid-1-2@40s")
    expect(counter(tab)).to_have_text("40.0 s of 300 s")
    assert counter(tab).get_attribute("href") == "#fig-grid-1-2@40s"


def test_a_cell_where_a_fault_does_not_apply_opens_nothing(opens: Opens, grid: Any) -> None:
    tab = opens(grid)
    expect(tab.locator("td.none")).to_have_count(1)
    expect(tab.locator("td.none button")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 760])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_matrix(opens: Opens, grid: Any, width: int, scheme: str) -> None:
    tab = opens(grid, link="#fig-grid-1-1@40s")
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert violations(tab) == []
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width
    expect(tab.get_by_role("rowheader")).to_have_count(2)


def test_in_the_head_of_a_matrix_no_word_is_broken_or_cut(opens: Opens) -> None:
    wide = ("dual-redundancy", "expressroute", "expressroute-failover", "zone-redundant")
    names = ("active-standby", "active-active", "two-devices", *wide, "zonal", "two-regions")
    made = matrix(names, {"a zone is lost": CASES["a zone is lost"]}, seeds=1)
    tab = opens(play_matrix(made, anchor="fig-grid", caption="Notice.", cases=SOME))
    tab.evaluate("document.querySelector('vpn-figure').style.width = '736px'")
    assert tab.locator("table").evaluate("(table) => table.scrollWidth") <= 736
    heads = tab.locator("thead th").all()
    assert "ExpressRoute failover" in [head.inner_text().replace("\n", " ") for head in heads]
    assert all(head.evaluate("(head) => head.scrollWidth <= head.clientWidth") for head in heads)
