"""Find the fault, on a page of its own: solved, on a phone, on paper, without scripts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import violations
from vpnedu.widgets.fault_cases import CASES
from vpnedu.widgets.fault_finding import fault_finding
from vpnedu.widgets.fault_suspects import SUSPECTS
from vpnedu.widgets.modules import STATIC, script

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>fault</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ background: light-dark(#fff, #12181f) }}{style}</style></head><body><main><h1>Fault</h1>
{body}</main><script>{script}</script></body></html>"""
Shows = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page, with the player as on the site."""
    style = "".join((STATIC / f"{name}.css").read_text("utf-8") for name in ("vpnedu", "fault"))
    body = fault_finding(anchor="fig-x", caption="Look.").html()
    made: Path = tmp_path_factory.mktemp("fault") / "fault.html"
    scripts = script("player") + script("fault")
    made.write_text(PAGE.format(style=style, body=body, script=scripts), encoding="utf-8")
    return made.as_uri()


@pytest.fixture
def shows(browser: Browser, address: str) -> Iterator[Shows]:
    """Opens the page in a window with what is wished for."""
    opened = []

    def open_page(**wishes: object) -> Page:
        context = browser.new_context(**wishes)  # type: ignore[arg-type]
        opened.append(context)
        tab = context.new_page()
        tab.goto(address)
        if wishes.get("java_script_enabled", True):
            tab.locator("vpn-fault[ready]").wait_for()
        return tab

    yield open_page
    for context in opened:
        context.close()


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def done(tab: Page) -> str:
    return tab.locator(".case > .sum").last.inner_text()


def test_a_reader_looks_sends_errs_and_finds_the_fault(shows) -> None:
    tab = shows()
    press(tab, "policies of branch gateway")
    expect(tab.locator(".case .evidence")).to_contain_text("10.2.9.0/24")
    press(tab, "ping, Ana to Ben")
    press(tab, "ping, Ana to Eva")
    assert tab.locator(".case li").all_inner_texts() == [
        "ping, Ana to Ben: answered",
        "ping, Ana to Eva: no answer",
    ]
    expect(tab.locator(".case")).to_contain_text("office gateway sealed 1 and opened 1")
    press(tab, "the pre-shared keys differ")
    expect(tab.locator(".case > [role=status]")).to_contain_text("✕ Not that. IKE is up")
    assert tab.locator(".run vpn-figure").count() == 0, "a wrong name shows nothing"
    press(tab, SUSPECTS["narrowed"].words)
    expect(tab.locator(".case > [role=status]")).to_contain_text("✓ Found.")
    assert done(tab) == "Looks: 1, packets: 2, names tried: 2."
    press(tab, "Play")
    expect(tab.locator(".run .said")).to_contain_text("Ana sends 10.1.0.4 → 10.2.3.8")


def test_every_case_has_one_name_that_is_right_and_a_reason_against_every_other(shows) -> None:
    tab = shows()
    for place, case in enumerate(CASES):
        tab.locator("select").first.select_option(index=place)
        for suspect in SUSPECTS.values():
            press(tab, suspect.words)
        signs = {
            b.inner_text(): b.get_attribute("data-mark")
            for b in tab.locator("button[data-mark]").all()
        }
        found = [words for words, sign in signs.items() if sign == "✓"]
        assert found == [SUSPECTS[case.answer].words]
        assert len(signs) == len(SUSPECTS)
        expect(tab.locator(f"#fig-x-{place + 1}[ready]")).to_be_visible()


def test_what_was_found_out_about_a_case_is_there_when_the_reader_comes_back(shows) -> None:
    tab = shows()
    press(tab, "SAs of office gateway")
    tab.locator("select").first.select_option(index=3)
    assert done(tab) == "Looks: 0, packets: 0, names tried: 0."
    tab.locator("select").first.select_option(index=0)
    assert done(tab) == "Looks: 1, packets: 0, names tried: 0."
    expect(tab.locator(".case table")).to_have_count(1)


def test_a_table_goes_again_and_a_second_glance_is_no_second_look(shows) -> None:
    tab = shows()
    for count in (1, 0, 1):
        press(tab, "SAs of office gateway")
        expect(tab.locator(".case table")).to_have_count(count)
    assert done(tab).startswith("Looks: 1,")


def test_all_can_be_done_by_keys(shows) -> None:
    tab = shows()
    tab.locator("select").first.focus()
    for _ in range(2):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    expect(tab.locator(".case table")).to_have_count(2)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert tab.evaluate(outline) == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_the_fault_is_found(shows, scheme) -> None:
    tab = shows(color_scheme=scheme)
    assert violations(tab) == []
    press(tab, "IKE log of office gateway")
    press(tab, "TCP 443, Ana to Ben")
    press(tab, SUSPECTS["mtu"].words)
    press(tab, SUSPECTS["narrowed"].words)
    tab.locator(".run vpn-figure[ready]").wait_for()
    assert violations(tab) == []


def test_a_phone_shows_all_without_scrolling_sideways_and_targets_are_large_enough(shows) -> None:
    tab = shows(viewport={"width": 320, "height": 640})
    for button in tab.locator(".case button").all():
        button.click()
    tab.locator(".run vpn-figure[ready]").wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    for target in tab.locator("vpn-fault :is(button, select, summary)").all():
        box = target.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24, target.inner_text()


def test_paper_has_every_case_and_the_answers_last(shows) -> None:
    tab = shows()
    tab.emulate_media(media="print")
    for case in CASES:
        expect(tab.get_by_text(case.title, exact=True).last).to_be_visible()
    expect(tab.locator(".answers li")).to_have_count(len(CASES))
    expect(tab.locator(".answers")).to_be_visible()
    expect(tab.locator(".case")).to_be_hidden()


def test_without_scripts_the_answers_are_there_to_be_opened(shows) -> None:
    tab = shows(java_script_enabled=False)
    answers = tab.get_by_text("The answer", exact=True)
    expect(answers).to_have_count(len(CASES))
    shown = tab.get_by_text("Give both ends the same key").first
    expect(shown).to_be_hidden()
    answers.nth(1).click()
    expect(shown).to_be_visible()
