"""Faults of the reader's own: in a table, and by clicking on what shall fail."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opens, violations
from vpnedu import matrix, play_failover, play_matrix

pytestmark = pytest.mark.browser


def crash(*names: str, **wishes: Any) -> Any:
    cases = wishes.pop("faults", (("instance-crash@30",),))
    return play_failover(
        *(names or ("active-standby",)), anchor="fig-x", caption="Notice.", faults=cases, **wishes
    )


def thing(tab: Page, name: str) -> Locator:
    return tab.get_by_role("button", name=f"break {name}", exact=True)


def faults(tab: Page) -> list[str]:
    """The faults that stand in the table, each with its time."""
    rows = tab.get_by_role("table", name="Faults").locator("tbody tr").all()
    return [
        f"{row.locator('option:checked').inner_text()} {row.get_by_label('at, s').input_value()}"
        for row in rows
    ]


def chosen(tab: Page) -> Locator:
    return tab.locator(".choose option:checked")


def test_faults_of_the_readers_own_are_run_by_python(opens_live: Opens) -> None:
    tab = opens_live(crash())
    tab.get_by_role("button", name="Add a fault").click()
    tab.get_by_label("what, fault 2").select_option(label="device 1 dies")
    tab.get_by_label("at, s, fault 2").fill("10")
    tab.get_by_label("seed").fill("3")
    tab.get_by_role("button", name="Run", exact=True).click()
    expect(chosen(tab)).to_have_text(
        "yours: device 1 dies, 10 s + instance 1 crashes, 30 s; azure, seed 3"
    )
    tab.locator("#fig-x .frame").focus()
    tab.keyboard.press("End")
    expect(tab.locator("svg.wide [data-thing='device 1'] .state")).to_have_text("✕ dead")


def test_the_figures_own_timers_stand_in_the_form_and_stay(opens_live: Opens) -> None:
    tab = opens_live(crash(profile="rfc", settings={"bfd": True, "keepalive": 20}))
    expect(tab.get_by_label("BFD", exact=True)).to_have_value("yes")
    tab.get_by_label("seed").fill("3")
    tab.get_by_role("button", name="Run", exact=True).click()
    expect(chosen(tab)).to_have_text(
        "yours: instance 1 crashes, 30 s; rfc, bfd yes, keepalive 20, seed 3"
    )


def test_a_cell_of_a_matrix_is_changed_as_any_figure(opens_live: Opens) -> None:
    made = matrix(("active-active",), {"an instance crashes": ("instance-crash@30",)}, seeds=2)
    tab = opens_live(play_matrix(made, anchor="fig-grid", caption="Notice."))
    tab.get_by_role("cell").get_by_role("button").click()
    expect(tab.get_by_label("seed")).to_have_value(str(made.cells[0][0].worst_seed))
    thing(tab, "tunnel 2").click()
    tab.get_by_role("button", name="tunnel 2 cut").click()
    expect(chosen(tab)).to_have_text(re.compile("tunnel 2 cut"))
    tab.get_by_role("button", name="Copy a link").click()
    link = tab.get_by_label("A link to this state")
    expect(link).to_have_value(re.compile("#fig-grid-1-1~"))
    address = link.input_value()
    tab.goto("about:blank")
    tab.goto(address)
    expect(chosen(tab)).to_have_text(re.compile("tunnel 2 cut"))


def test_a_fault_that_cannot_be_is_told_beside_its_row(opens_live: Opens) -> None:
    tab = opens_live(crash())
    tab.get_by_role("button", name="Add a fault").click()
    second = tab.get_by_label("what, fault 2")
    second.select_option(label="instance 1 crashes")
    tab.get_by_role("button", name="Run", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("lasts still")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("aria-invalid", "true")


def test_what_is_clicked_fails_at_the_time_of_the_cursor(opens_live: Opens) -> None:
    tab = opens_live(crash("dual-redundancy"))
    tab.evaluate("location.hash = '#fig-x@75s'")
    thing(tab, "tunnel 2").click()
    dialog = tab.get_by_role("dialog", name="tunnel 2, at 75 s")
    dialog.get_by_label("how long").select_option("60")
    dialog.get_by_role("button", name="tunnel 2 cut").click()
    expect(chosen(tab)).to_have_text(re.compile(r"tunnel 2 cut, 75 to 135 s; azure"))
    assert faults(tab) == ["instance 1 crashes 30", "tunnel 2 cut 75"]
    expect(dialog).to_have_count(0)


def test_a_thing_is_broken_and_mended_by_keys_alone(opens_live: Opens) -> None:
    tab = opens_live(crash(faults=((),)))
    gateway = thing(tab, "instance 1")
    gateway.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="instance 1 crashes")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(chosen(tab)).to_have_text(re.compile("yours: instance 1 crashes, 0 s"))
    # The stage is a new one; the focus is where it was.
    expect(thing(tab, "instance 1")).to_be_focused()
    tab.keyboard.press(" ")
    tab.get_by_role("button", name="take away: instance 1 crashes at 0 s").press("Enter")
    expect(chosen(tab)).to_have_text(re.compile("yours: no fault"))
    assert faults(tab) == []


def test_escape_and_never_mind_leave_everything_as_it_was(opens_live: Opens) -> None:
    tab = opens_live(crash())
    for leave in ("Escape", "Never mind"):
        thing(tab, "device 1").press("Enter")
        dialog = tab.get_by_role("dialog")
        if leave == "Escape":
            tab.keyboard.press("Escape")
        else:
            dialog.get_by_role("button", name=leave).click()
        expect(dialog).to_have_count(0)
        expect(thing(tab, "device 1")).to_be_focused()
    assert faults(tab) == ["instance 1 crashes 30"]


def test_keys_in_the_question_do_not_play_the_figure(opens_live: Opens) -> None:
    tab = opens_live(crash())
    thing(tab, "device 1").press("Enter")
    for key in ("ArrowRight", "End", "1"):
        tab.keyboard.press(key)
    expect(tab.locator(".controls a")).to_contain_text("0.0")


def test_what_was_struck_can_be_undone(opens_live: Opens) -> None:
    tab = opens_live(crash())
    thing(tab, "device 1").click()
    tab.get_by_role("dialog").get_by_role("button", name="device 1 dies").click()
    expect(chosen(tab)).to_have_text(re.compile("device 1 dies"))
    tab.get_by_role("button", name="Undo").click()
    assert faults(tab) == ["instance 1 crashes 30"]


def test_clicking_can_be_turned_off(opens_live: Opens) -> None:
    tab = opens_live(crash())
    expect(thing(tab, "device 1")).to_be_visible()
    tab.get_by_label("break things by clicking them").uncheck()
    expect(thing(tab, "device 1")).to_have_count(0)
    expect(tab.locator("svg.wide")).to_have_attribute("role", "img")


def test_all_timers_of_a_profile_can_be_set(opens_live: Opens) -> None:
    tab = opens_live(crash())
    tab.get_by_text("All timers").click()
    probe = tab.get_by_label("probe-interval: how often")
    expect(probe).to_have_attribute("placeholder", "10")
    probe.fill("0")
    tab.get_by_role("button", name="Run", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("0 is not allowed")
    expect(probe).to_be_focused()
    probe.fill("2")
    tab.get_by_role("button", name="Run", exact=True).click()
    expect(chosen(tab)).to_have_text(re.compile("probe-interval 2"))


def test_two_designs_are_struck_together(opens_live: Opens) -> None:
    tab = opens_live(crash("active-standby", "active-active"))
    thing(tab, "device 1").last.click()
    tab.get_by_role("dialog").get_by_role("button", name="device 1 dies").click()
    expect(chosen(tab)).to_have_text(re.compile("device 1 dies, 0 s"))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1000, "light")])
def test_the_question_stays_inside_and_axe_finds_nothing(
    opens_live: Opens, width: int, scheme: Any
) -> None:
    tab = opens_live(crash("dual-redundancy"))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    thing(tab, "provider 2").press("Enter")
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert violations(tab) == []
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_small_screen_the_whole_question_is_in_sight(opens_live: Opens) -> None:
    tab = opens_live(crash())
    tab.set_viewport_size({"width": 320, "height": 640})
    struck = tab.locator("svg.upright").get_by_role("button", name="break instance 1", exact=True)
    struck.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 20)")
    struck.press("Enter")
    expect(tab.get_by_role("dialog").get_by_role("button", name="Never mind")).to_be_in_viewport(
        ratio=1
    )
