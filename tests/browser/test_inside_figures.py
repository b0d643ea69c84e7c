"""The ladder, the window and what fits, on a page of their own: keys, phone, paper, no scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import violations
from vpnedu.widgets.fitting import fitting
from vpnedu.widgets.instrument import Instrument
from vpnedu.widgets.ladders import ladder
from vpnedu.widgets.modules import STATIC, script
from vpnedu.widgets.windows import window

pytestmark = pytest.mark.browser

MAKE: dict[str, Callable[..., Instrument]] = {"ladder": ladder, "window": window, "fits": fitting}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{kind}</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ background: light-dark(#fff, #12181f) }}{style}</style></head><body><main><h1>Figure</h1>
{body}</main><script>{script}</script></body></html>"""
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page for each kind, which need nothing beside them."""
    made = tmp_path_factory.mktemp("figures")
    for kind, make in MAKE.items():
        style = "".join((STATIC / f"{name}.css").read_text("utf-8") for name in ("vpnedu", kind))
        body = make(anchor="fig-x", caption="Notice.").html()
        html = PAGE.format(kind=kind, style=style, body=body, script=script(kind))
        (made / f"{kind}.html").write_text(html, encoding="utf-8")
    return made


@pytest.fixture
def shows(browser: Browser, folder: Path):  # type: ignore[no-untyped-def]
    """Opens one of the pages; what is told beside the kind is of the window it opens in."""
    opened = []

    def open_page(kind: str, **wishes: object) -> Page:
        context = browser.new_context(**wishes)  # type: ignore[arg-type]
        opened.append(context)
        tab = context.new_page()
        tab.goto((folder / f"{kind}.html").as_uri())
        if wishes.get("java_script_enabled", True):
            tab.locator(f"vpn-{kind}[ready]").wait_for()
        return tab

    yield open_page
    for context in opened:
        context.close()


every = pytest.mark.parametrize("kind", MAKE)


@every
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(shows: Opens, kind: str, scheme: str) -> None:
    tab = shows(kind, color_scheme=scheme)
    assert violations(tab) == []
    if kind == "ladder":
        tab.get_by_label("Story").select_option(label="Liveness: an answer, then silence")
        tab.get_by_role("button", name="All").click()
        assert violations(tab) == []


@every
def test_a_phone_does_not_scroll_sideways_and_fingers_hit(shows: Opens, kind: str) -> None:
    tab = shows(kind, viewport={"width": 320, "height": 640})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    for control in tab.locator(".live :is(button, select, input:not([type=range]))").all():
        box = control.bounding_box()
        if box:
            assert min(box["width"], box["height"]) >= 24, control


@every
def test_without_scripts_and_on_paper_the_same_is_told(shows: Opens, kind: str) -> None:
    bare = shows(kind, java_script_enabled=False)
    expect(bare.locator(".frame")).to_be_visible()
    told = bare.locator(".frame").inner_text()
    tab = shows(kind)
    expect(tab.locator(".told")).to_be_hidden()
    tab.emulate_media(media="print")
    expect(tab.locator(".live")).to_be_hidden()
    assert tab.locator(".told").inner_text() == told


def test_the_ladder_is_stepped_by_keys_alone(shows: Opens) -> None:
    tab = shows("ladder")
    said = tab.locator(".said")
    expect(said).to_contain_text("1 of 4, 0.00 s: IKE_SA_INIT request")
    tab.keyboard.press("Tab")
    expect(tab.locator(".live")).to_be_focused()
    tab.keyboard.press("ArrowRight")
    expect(said).to_contain_text("2 of 4")
    tab.keyboard.press("End")
    expect(said).to_contain_text(
        "4 of 4, 0.06 s: IKE_AUTH response, responder to initiator, sealed"
    )
    expect(tab.locator(".payloads.sealed li")).to_have_count(5)
    expect(tab.locator(".payloads.clear li")).to_have_count(1)
    tab.keyboard.press("Home")
    expect(said).to_contain_text("1 of 4")
    expect(tab.locator(".payloads.sealed")).to_have_count(0)


def test_rungs_come_one_by_one_and_lead_back(shows: Opens) -> None:
    tab = shows("ladder")
    expect(tab.locator(".rung:visible")).to_have_count(1)
    tab.get_by_role("button", name="All").click()
    expect(tab.locator(".rung:visible")).to_have_count(4)
    tab.locator(".rung").nth(1).click()
    expect(tab.locator(".rung:visible")).to_have_count(2)
    expect(tab.locator(".rung[aria-current=step]")).to_contain_text("IKE_SA_INIT response")


def test_another_story_begins_at_its_first_message(shows: Opens) -> None:
    tab = shows("ladder")
    tab.get_by_role("button", name="All").click()
    tab.get_by_label("Story").select_option(label="The pre-shared keys differ")
    expect(tab.locator(".said")).to_contain_text("1 of 4")
    tab.get_by_role("button", name="All").click()
    expect(tab.locator(".payloads.sealed")).to_contain_text("N(AUTHENTICATION_FAILED)")


def test_the_window_answers_what_is_sent(shows: Opens) -> None:
    tab = shows("window")
    answer = tab.locator(".answer")
    expect(tab.locator(".cells span")).to_have_count(64)
    number = tab.get_by_label("Number", exact=True)
    for value, button, says in (
        ("97", "Send it", "✓ 97: accepted: 97 is late, but in time"),
        ("97", "Send it", "✕ 97: refused: 97 was received before"),
        ("36", "Send it", "✕ 36: refused: 36 is too old: the window holds 37 and up"),
        ("5000", "Forge it (wrong ICV)", "✕ 5000, forged: dropped: 5000 has a wrong ICV"),
        ("", "Send it", "✕ Numbers go from 0 to 4294967295"),
    ):
        number.fill(value)
        tab.get_by_role("button", name=button).click()
        expect(answer).to_contain_text(says)
    tab.get_by_role("button", name="Next in order").click()
    expect(answer).to_contain_text("101: accepted: the window now ends at 101")
    tab.get_by_text("What was sent").click()
    expect(tab.locator("ol[reversed] li")).to_have_count(5)
    tab.get_by_role("button", name="Undo").click()
    expect(answer).to_contain_text("5000, forged")
    tab.get_by_role("button", name="Start again").click()
    expect(tab.locator("ol[reversed] li")).to_have_count(0)


def test_a_packet_overtaken_by_40_is_lost_in_a_window_of_32_only(shows: Opens) -> None:
    tab = shows("window")
    for size, says in (("32", "is too old"), ("64", "is late, but in time")):
        tab.locator("select").nth(1).select_option(size)
        tab.get_by_role("button", name="Send these").click()
        expect(tab.locator(".answer")).to_contain_text(says)


def test_a_story_of_the_window_is_told_by_the_keyboard(shows: Opens) -> None:
    tab = shows("window")
    tab.get_by_label("Try").select_option(label="A jump of 200 forgets everything")
    tab.locator(".onward").focus()
    for says in ("100 of 100", "forgotten", "290 is late", "100 is too old"):
        tab.keyboard.press("Enter")
        expect(tab.locator(".answer")).to_contain_text(says)
    expect(tab.locator(".onward")).to_have_text("The story is told")
    tab.keyboard.press("Enter")
    expect(tab.locator(".answer")).to_contain_text("100 is too old")


def test_what_fits_follows_every_choice(shows: Opens) -> None:
    tab = shows("fits")
    verdict = tab.locator(".verdict")
    expect(verdict).to_contain_text("fragmentation needed, mtu = 1446.")
    tab.get_by_role("button", name="The largest that fits").click()
    expect(verdict).to_contain_text("✓ It fits: sealed it has 1500 bytes")
    tab.get_by_label("NAT traversal").check()
    expect(verdict).to_contain_text("mtu = 1438.")
    tab.get_by_label("Inside").select_option(label="IPv4, may be fragmented")
    expect(verdict).to_contain_text("it leaves in 2 fragments")
    tab.get_by_role("button", name="Azure's MTU, 1400").click()
    expect(verdict).to_contain_text("✓ It fits: sealed it has 1464 bytes")
    tab.get_by_label("Path's MTU").select_option("1280")
    expect(tab.locator(".sums")).to_contain_text("1218 bytes")
    tab.get_by_label("Suite").select_option(label="AES-CBC + SHA384-192")
    tab.get_by_label("Outer header").select_option(label="IPv6")
    expect(tab.locator(".live .parts")).to_contain_text("outer IPv6 header 40")


def test_the_length_is_set_by_keys(shows: Opens) -> None:
    tab = shows("fits")
    slider = tab.get_by_label("Length of the inner packet")
    slider.focus()
    tab.keyboard.press("Home")
    expect(tab.get_by_label("Inner packet, bytes")).to_have_value("40")
    expect(tab.locator(".verdict")).to_contain_text("sealed it has 96 bytes")
    tab.get_by_label("Inner packet, bytes").fill("1446")
    expect(slider).to_have_value("1446")
    tab.get_by_label("Inner packet, bytes").fill("99999")
    expect(slider).to_have_value("1446")
