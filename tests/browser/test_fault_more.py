"""More networks to find the fault in: by number, by link, and where no engine draws them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import violations
from vpnedu.widgets.engine import answer
from vpnedu.widgets.fault_cases import CASES
from vpnedu.widgets.fault_finding import fault_finding
from vpnedu.widgets.fault_generated import fault_case
from vpnedu.widgets.fault_suspects import SUSPECTS
from vpnedu.widgets.modules import STATIC, script

pytestmark = pytest.mark.browser

HOST = "http://fault.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>fault</title>{meta}
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ background: light-dark(#fff, #12181f) }}{style}</style></head><body><main><h1>Fault</h1>
{body}</main><script>{engine}{script}</script></body></html>"""
META = '<meta name="vpnedu-python" content="1">'
# Python in the page, as its scripts see it: it tells how far it is, and answers later.
ENGINE = """
const told = new Set();
globalThis.saidByPython = (words) => told.forEach((tell) => tell(words));
globalThis.vpneduPython = {
  starts: () => 0,
  listen: (tell) => { told.add(tell); tell(""); return () => told.delete(tell); },
  ask: async (request) => {
    const { answer, error } = await window.askPython(request);
    if (error) throw new Error(error);
    return answer;
  },
};
"""

Shows = Callable[..., Page]


def made(meta: str = META, engine: str = ENGINE) -> str:
    style = "".join((STATIC / f"{name}.css").read_text("utf-8") for name in ("vpnedu", "fault"))
    body = fault_finding(anchor="fig-x", caption="Look.").html()
    scripts = script("player") + script("fault")
    return PAGE.format(meta=meta, style=style, body=body, engine=engine, script=scripts)


@pytest.fixture
def asked() -> list[Any]:
    """What the page has asked Python for; an error that is put there is what Python answers."""
    return []


@pytest.fixture
def shows(context: BrowserContext, asked: list[Any]) -> Iterator[Shows]:
    """Opens the page with an engine that is Python, and fails on any error in its scripts."""
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        failing = bool(asked) and isinstance(asked[-1], str)
        asked.append(request)
        return {"error": asked[-2]} if failing else {"answer": answer(request)}

    context.expose_function("askPython", ask)

    def open_page(link: str = "", **parts: str) -> Page:
        html = made(**parts)
        tab = context.new_page()
        tab.route(f"{HOST}**", lambda route: route.fulfill(body=html, content_type="text/html"))
        tab.goto(f"{HOST}page.html{link}")
        tab.locator("vpn-fault[ready]").wait_for()
        return tab

    yield open_page
    assert wrong == []


def draw(tab: Page, number: str) -> None:
    tab.get_by_label("network number").fill(number)
    tab.get_by_role("button", name="Another network").click()


def said(tab: Page) -> Any:
    return tab.locator(".more [role=status]")


def test_a_network_that_is_drawn_is_solved_like_the_others(shows: Shows) -> None:
    tab, case = shows(), fault_case(7)
    expect(tab.get_by_text("Found: 0 of 8.")).to_be_visible()
    draw(tab, "7")
    expect(said(tab)).to_have_text(f"{case.title}. It is case 9 of 9.")
    expect(tab.locator(".symptom")).to_have_text(case.symptom)
    expect(tab.locator(".net svg:visible")).to_contain_text(case.topology.networks[0].name)
    first = case.cast.probes[0].label
    tab.get_by_role("button", name=first, exact=True).click()
    expect(tab.locator(".case ol li")).to_contain_text(f"{first}: ")
    expect(tab.locator(".case")).to_contain_text(
        f"ESP in {case.cast.tunnel} so far: {case.cast.ends[0]} sealed"
    )
    tab.get_by_role("button", name=SUSPECTS[case.answer].words, exact=True).click()
    expect(tab.locator(".case > [role=status]")).to_contain_text(f"✓ Found. {case.cure}")
    expect(tab.get_by_text("Found: 1 of 9.")).to_be_visible()
    expect(tab.locator(".choose").first.locator("option").last).to_have_text(f"✓ {case.title}")
    tab.locator("#fig-x-n7[ready]").wait_for()


def test_each_network_keeps_what_was_found_out_and_its_own_picture(shows: Shows) -> None:
    tab = shows()
    for number in ("7", "8"):
        draw(tab, number)
        expect(said(tab)).to_contain_text(f"Network {number}:")
    tab.locator(".case fieldset button").first.click()
    menu = tab.locator("select").first
    menu.select_option(index=0)
    expect(tab.locator(".net svg:visible")).to_contain_text("Head office")
    menu.select_option(index=9)
    expect(tab.locator(".case table")).to_have_count(1)
    expect(tab.locator(".net svg:visible")).to_contain_text(fault_case(8).topology.networks[0].name)


def test_the_same_number_is_the_same_case_and_none_is_any(shows: Shows, asked: list[Any]) -> None:
    tab = shows()
    for number in ("7", " 007 ", ""):
        draw(tab, number)
        expect(said(tab)).to_contain_text("case")
    expect(tab.locator("option")).to_have_count(len(CASES) + 2)
    assert [one["fault_case"] for one in asked[:2]] == ["7", "7"]
    assert 0 <= int(asked[2]["fault_case"]) <= 999_999


def test_what_is_no_number_is_told_and_nothing_is_asked(shows: Shows, asked: list[Any]) -> None:
    tab = shows()
    draw(tab, "1e3")
    expect(said(tab)).to_contain_text("whole number from 0 to 999999")
    expect(tab.get_by_label("network number")).to_be_focused()
    expect(tab.get_by_label("network number")).to_have_attribute("aria-invalid", "true")
    assert asked == []


def test_a_class_can_work_on_one_network_by_its_link(shows: Shows) -> None:
    tab = shows()
    draw(tab, "4711")
    link = tab.get_by_role("link", name="Link to it")
    expect(link).to_have_attribute("href", "#fig-x/4711")
    other = shows("#fig-x/4711")
    expect(said(other)).to_contain_text(fault_case(4711).title)
    other.evaluate("location.hash = '#fig-x/8'")
    expect(said(other)).to_contain_text("Network 8:")


@pytest.mark.parametrize("link", ["#fig-x/", "#fig-x/1000000", "#fig-y/7", "#fig-x/<img src=x>"])
def test_other_links_draw_nothing(shows: Shows, asked: list[Any], link: str) -> None:
    tab = shows(link)
    tab.wait_for_timeout(200)
    assert asked == []
    expect(tab.locator("option")).to_have_count(len(CASES))


def test_while_python_starts_it_is_said_and_the_page_goes_on(shows: Shows) -> None:
    tab = shows()
    tab.evaluate("""() => {
      const ask = vpneduPython.ask;
      vpneduPython.ask = async (request) => {
        await new Promise((done) => { window.go = done; });
        return ask(request);
      };
    }""")
    draw(tab, "7")
    tab.evaluate("saidByPython('Starting Python …')")
    expect(said(tab)).to_have_text("Starting Python …")
    expect(tab.get_by_role("button", name="Another network")).to_have_attribute(
        "aria-disabled", "true"
    )
    tab.get_by_role("button", name="ping, Ana to Ben", exact=True).click()
    expect(tab.locator(".case ol li")).to_have_count(1)
    tab.evaluate("go()")
    expect(said(tab)).to_contain_text("case 9 of 9")


def test_where_python_fails_it_is_told_and_the_cases_are_there(
    shows: Shows, asked: list[Any]
) -> None:
    asked.append("Python could not be started: no room.")
    tab = shows()
    draw(tab, "7")
    expect(said(tab)).to_have_text("Python could not be started: no room.")
    expect(tab.locator("option")).to_have_count(len(CASES))
    draw(tab, "7")
    expect(said(tab)).to_contain_text("case 9 of 9")


def test_a_page_from_a_disk_says_that_it_cannot_start_python(
    context: BrowserContext, tmp_path: Path
) -> None:
    page = tmp_path / "fault.html"
    page.write_text(made(engine=""), encoding="utf-8")
    tab = context.new_page()
    tab.goto(page.as_uri())
    draw(tab, "7")
    expect(said(tab)).to_contain_text("opened from a disk cannot start Python")


def test_a_book_without_python_offers_no_more_than_it_carries(shows: Shows) -> None:
    tab = shows(meta="", engine="")
    expect(tab.locator(".more")).to_have_count(0)
    expect(tab.locator("option")).to_have_count(len(CASES))


def test_all_goes_by_keyboard(shows: Shows) -> None:
    tab = shows()
    tab.locator("select").first.focus()
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Another network")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.type("7")
    tab.keyboard.press("Enter")
    expect(said(tab)).to_contain_text("case 9 of 9")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_network_that_is_drawn(shows: Shows, scheme: Any) -> None:
    tab = shows()
    tab.emulate_media(color_scheme=scheme)
    draw(tab, "7")
    expect(said(tab)).to_contain_text("case 9 of 9")
    for button in tab.locator(".case button").all():
        button.click()
    tab.locator(".run vpn-figure[ready]").wait_for()
    assert violations(tab) == []


@pytest.mark.parametrize("number", ["3", "7", "9"])
def test_a_phone_shows_all_without_scrolling_sideways(shows: Shows, number: str) -> None:
    tab = shows()
    tab.set_viewport_size({"width": 320, "height": 640})
    draw(tab, number)
    expect(said(tab)).to_contain_text("case 9 of 9")
    for button in tab.locator(".case button").all():
        button.click()
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    for target in tab.locator("vpn-fault :is(button, select, .more input, .more a)").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24


def test_on_paper_nothing_of_it_is_printed(shows: Shows) -> None:
    tab = shows()
    draw(tab, "7")
    expect(said(tab)).to_contain_text("case 9 of 9")
    tab.emulate_media(media="print")
    expect(tab.locator(".more")).to_be_hidden()
    expect(tab.locator(".told").get_by_text(CASES[0].title, exact=True)).to_be_visible()
