"""The byte figure in the page: pointed at, walked through by keys, turned, printed."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import violations
from vpnedu.network.specimens import specimen
from vpnedu.widgets.packet_bytes import grid

pytestmark = pytest.mark.browser

ANA = specimen("tcp")
FIGURE = grid(anchor="fig-bytes", caption="Point at a byte.")
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bytes</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet"
href="_static/vpnedu/vpnedu.css"><link rel="stylesheet" href="_static/vpnedu/bytes.css"></head>
<body><main><h1>Bytes</h1>{FIGURE.html()}</main><script src="_static/vpnedu/bytes.js"></script>
</body></html>"""


@pytest.fixture
def tab(context: BrowserContext, site: str) -> Page:
    tab = context.new_page()
    tab.set_viewport_size({"width": 800, "height": 900})
    tab.route("**/bytes.html", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    tab.goto(f"{site}bytes.html")
    tab.locator("vpn-bytes[ready]").wait_for()
    return tab


def cells(tab: Page) -> Locator:
    return tab.locator("vpn-bytes [role=gridcell]")


def lit(tab: Page) -> list[int]:
    """The places of the bytes that are lit."""
    return cells(tab).evaluate_all(
        "all => all.flatMap((cell, at) => cell.matches('.lit') ? [at] : [])"
    )


def turn(tab: Page, face: str) -> None:
    tab.locator("vpn-bytes").get_by_role("button", name=face, exact=True).click()


def test_every_byte_lights_its_field_and_tells_of_it(tab: Page) -> None:
    turn(tab, "Opened")
    assert "".join(cells(tab).all_inner_texts()) == ANA.opened.data.hex()
    panel = tab.locator("vpn-bytes .byte-panel")
    for field in ANA.opened.fields:
        cells(tab).nth(field.end - 1).focus()
        assert lit(tab) == list(range(field.start, field.end))
        told = str(panel.text_content())
        for words in (field.part, field.meaning, field.chosen, field.reference):
            assert words in told


def test_keys_walk_byte_by_byte_row_by_row_and_field_by_field(tab: Page) -> None:
    turn(tab, "On the wire")
    cells(tab).first.focus()
    for key, place in (
        ("ArrowRight", 1), ("ArrowDown", 17), ("ArrowLeft", 16), ("PageDown", 20),
        ("PageUp", 16), ("End", 31), ("Home", 16), ("Control+End", 155), ("ArrowDown", 155),
        ("Control+Home", 0), ("ArrowUp", 0),
    ):  # fmt: skip
        tab.keyboard.press(key)
        expect(cells(tab).nth(place)).to_be_focused()
    # Tab leaves the grid: of 156 bytes one is in the order of the keys.
    assert tab.locator("vpn-bytes [role=gridcell][tabindex='0']").count() == 1
    tab.keyboard.press("Tab")
    expect(tab.locator("vpn-bytes .byte-walk button").first).to_be_focused()


def test_a_byte_keeps_its_place_from_face_to_face(tab: Page) -> None:
    panel = tab.locator("vpn-bytes .byte-panel")
    inside = next(f for f in ANA.before.fields if f.name == "destination address")
    cells(tab).nth(inside.start).focus()
    turn(tab, "Opened")
    assert lit(tab) == [36 + place for place in range(inside.start, inside.end)]
    turn(tab, "On the wire")
    expect(panel).to_contain_text("sealed part")
    assert lit(tab) == list(range(36, 140))
    turn(tab, "Before")
    assert lit(tab) == list(range(inside.start, inside.end))


def test_pointing_shows_and_leaving_returns_to_the_chosen_byte(tab: Page) -> None:
    panel = tab.locator("vpn-bytes .byte-panel")
    cells(tab).nth(12).click()
    expect(panel).to_contain_text("10.1.0.4")
    cells(tab).nth(40).hover()
    expect(panel).to_contain_text("salary list")
    tab.locator("vpn-bytes .byte-sum").hover()
    expect(panel).to_contain_text("10.1.0.4")


def test_another_packet_is_chosen_by_its_name(tab: Page) -> None:
    tab.locator("vpn-bytes select").select_option(index=2)
    turn(tab, "On the wire")
    assert "".join(cells(tab).all_inner_texts()) == specimen("nat-t").wire.data.hex()
    expect(tab.locator("vpn-bytes .byte-sum")).to_contain_text("203.0.113.21")


def test_on_a_phone_eight_bytes_stand_in_a_row_large_enough_for_a_finger(tab: Page) -> None:
    rows = tab.locator("vpn-bytes [role=grid] tr")
    expect(rows).to_have_count(7)  # 100 bytes, 16 in each
    tab.set_viewport_size({"width": 320, "height": 640})
    expect(rows).to_have_count(13)
    for box in (cells(tab).nth(place).bounding_box() for place in (0, 7, 99)):
        assert box
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= 320
    turn(tab, "Opened")
    assert violations(tab) == []


def test_sealed_is_told_by_more_than_a_colour(tab: Page) -> None:
    turn(tab, "Opened")
    style = (
        "cell => [getComputedStyle(cell).textDecorationLine, getComputedStyle(cell).borderTopColor]"
    )
    sealed, outside = (cells(tab).nth(place).evaluate(style) for place in (60, 2))
    assert sealed[0] == "underline"
    assert outside[0] == "none"
    assert sealed[1] != outside[1]
    assert "sealed" in str(cells(tab).nth(60).get_attribute("aria-label"))


def test_paper_has_the_table_of_all_fields(tab: Page) -> None:
    expect(tab.locator("vpn-bytes .byte-table")).to_be_hidden()
    tab.emulate_media(media="print")
    expect(tab.locator("vpn-bytes .byte-table")).to_be_visible()
    expect(tab.locator("vpn-bytes [role=grid]")).to_be_hidden()
    for field in ANA.opened.fields:
        expect(tab.locator("vpn-bytes .byte-table")).to_contain_text(field.meaning)
