"""The map of the book on a page of its own: paths, progress, needs; keys, phone, paper."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import violations
from vpnedu.book.banks import banks
from vpnedu.book.mapping import book_map
from vpnedu.widgets.book_map import instrument_of
from vpnedu.widgets.instrument import Instrument
from vpnedu.widgets.modules import STATIC, script

pytestmark = pytest.mark.browser

# The script stands in a file of its own: without one the map takes the page for a notebook.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>map</title>
<meta name="viewport" content="width=device-width"><style>:root {{ color-scheme: light dark }}
body {{ background: light-dark(#fff, #12181f) }}{style}</style></head><body><main><h1>Map</h1>
{body}</main><script src="map.js"></script></body></html>"""
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def made() -> Instrument:
    return instrument_of(book_map(), banks(), anchor="fig-x", caption="Point at a page.")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, made: Instrument) -> str:
    folder: Path = tmp_path_factory.mktemp("map")
    style = "".join((STATIC / f"{name}.css").read_text("utf-8") for name in ("vpnedu", "map"))
    page = folder / "map.html"
    page.write_text(PAGE.format(style=style, body=made.html()), encoding="utf-8")
    (folder / "map.js").write_text(script("map"), encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def shows(browser: Browser, address: str) -> Iterator[Opens]:
    """Opens the map in a fresh window; `kept` is what the browser keeps already."""
    opened: list[BrowserContext] = []

    def open_map(kept: dict[str, object] | None = None, **wishes: object) -> Page:
        context = browser.new_context(**wishes)  # type: ignore[arg-type]
        opened.append(context)
        keep = "".join(
            f"localStorage.setItem({json.dumps(key)}, {json.dumps(json.dumps(value))});"
            for key, value in (kept or {}).items()
        )
        context.add_init_script(keep)
        tab = context.new_page()
        tab.goto(address)
        if wishes.get("java_script_enabled", True):
            tab.locator("vpn-map[ready]").wait_for()
        return tab

    yield open_map
    for context in opened:
        context.close()


def answers(name: str, count: int | None = None, **more: object) -> dict[str, object]:
    """What a browser keeps of the first `count` questions of a chapter, all of them by default."""
    mark = {"status": "incorrect", "score": "0"}
    record = {"answer": "x", "checked": True, "tries": 1, "hints": 0, "first": mark, "last": mark}
    return {
        f"vpnedu:1:quiz:{name}:{one.id}": {**record, "rev": one.revision, "seed": 1, **more}
        for one in banks()[name].questions[:count]
    }


def card(tab: Page, name: str) -> str:
    return tab.locator(f'.card[data-page="{name}"]').inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_and_without_a_path(shows: Opens, scheme: str) -> None:
    tab = shows(answers("what-is-a-vpn", 2), color_scheme=scheme)
    assert violations(tab) == []
    tab.get_by_role("button", name="I teach").click()
    tab.locator('.card[data-page="route-based"]').hover()
    assert violations(tab) == []


def test_a_path_numbers_its_pages_in_order_and_is_told(shows: Opens) -> None:
    tab = shows()
    tab.get_by_role("button", name="I build and run these").click()
    numbered = tab.locator(".card:not(.off) .number").all_inner_texts()
    path = book_map().paths[2]
    assert sorted(map(int, numbered)) == list(range(1, len(path.steps) + 1))
    for place, (page, _) in enumerate(path.steps, start=1):
        assert card(tab, page).startswith(f"{place}\n"), page
    expect(tab.get_by_role("status")).to_contain_text("12 pages, about")
    expect(tab.locator(".path:visible li")).to_have_count(len(path.steps))
    tab.get_by_role("button", name="I build and run these").click()
    expect(tab.locator(".card.off")).to_have_count(0)
    expect(tab.locator(".path:visible")).to_have_count(0)


def test_answers_that_count_are_counted_and_the_rest_is_not(shows: Opens) -> None:
    kept = answers("what-is-a-vpn") | answers("route-based", 3)
    kept |= answers("policy-based", 2, checked=False) | answers("active-active", 2, rev="0" * 12)
    tab = shows(kept)
    count = {name: len(bank.questions) for name, bank in banks().items()}
    assert f"✓ all {count['what-is-a-vpn']} answered" in card(tab, "what-is-a-vpn")
    assert f"3 of {count['route-based']} answered" in card(tab, "route-based")
    assert f"0 of {count['policy-based']} answered" in card(tab, "policy-based")
    assert f"0 of {count['active-active']} answered" in card(tab, "active-active")
    told = f"{count['what-is-a-vpn'] + 3} of {sum(count.values())} questions answered"
    expect(tab.get_by_role("status")).to_contain_text(told)


def test_next_is_the_first_chapter_that_still_asks_something(shows: Opens) -> None:
    tab = shows(answers("what-is-a-vpn"))
    tab.get_by_role("button", name="I am new to this").click()
    following = tab.get_by_role("status").get_by_role("link")
    expect(following).to_have_text("Connection types")
    assert (following.get_attribute("href") or "").endswith("/connection-types.html")
    tab.get_by_role("button", name="I have an exam soon").click()
    expect(following).to_have_text("Exam")


def test_a_path_that_is_done_says_so(shows: Opens) -> None:
    names = [page for page, _ in book_map().paths[0].steps if page in banks()]
    tab = shows({key: value for name in names for key, value in answers(name).items()})
    tab.get_by_role("button", name="I am new to this").click()
    expect(tab.get_by_role("status")).to_contain_text("✓ Every question on this path is answered.")


def test_an_answer_in_another_tab_is_counted_at_once(shows: Opens, address: str) -> None:
    tab = shows()
    other = tab.context.new_page()
    other.goto(address)
    other.evaluate(
        "all => Object.entries(all).forEach(([key, value]) => localStorage.setItem(key, value))",
        {key: json.dumps(value) for key, value in answers("route-based", 1).items()},
    )
    expect(tab.locator('.card[data-page="route-based"] .asked')).to_contain_text("1 of")


def test_the_map_keeps_nothing(shows: Opens) -> None:
    tab = shows()
    tab.get_by_role("button", name="I teach").click()
    assert tab.evaluate("localStorage.length") == 0


def test_keys_reach_everything_and_mark_what_needs_what(shows: Opens) -> None:
    tab = shows()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("button[aria-pressed=true]")).to_have_text("I am new to this")
    tab.locator('.card[data-page="active-active"] a').focus()
    needed = tab.locator('.card[data-page="active-standby"] .mark')
    expect(needed).to_have_text("▲ needed first")
    expect(tab.locator('.card[data-page="zone-redundant"] .mark')).to_have_text("▼ needs this")
    expect(tab.locator(".mark:visible")).to_have_count(2)
    tab.get_by_role("button", name="I teach").focus()
    expect(tab.locator(".mark:visible")).to_have_count(0)


def test_a_finger_that_taps_a_card_sees_what_needs_what(shows: Opens) -> None:
    tab = shows(viewport={"width": 320, "height": 640}, has_touch=True)
    tab.locator('.card[data-page="active-active"] .question').tap()
    expect(tab.locator(".mark:visible")).to_have_count(2)


def test_a_phone_does_not_scroll_sideways_and_fingers_hit(shows: Opens) -> None:
    tab = shows(viewport={"width": 320, "height": 640})
    tab.get_by_role("button", name="I have an exam soon").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    for control in tab.locator("vpn-map :is(button, .name a)").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 24, control


def test_without_scripts_and_on_paper_the_book_is_a_list_and_four_paths(shows: Opens) -> None:
    book = book_map()
    bare = shows(java_script_enabled=False)
    expect(bare.locator(".card:visible")).to_have_count(len(book.pages))
    expect(bare.locator(".path:visible")).to_have_count(len(book.paths))
    tab = shows()
    tab.get_by_role("button", name="I teach").click()
    tab.emulate_media(media="print")
    expect(tab.locator(".card:visible")).to_have_count(len(book.pages))
    expect(tab.locator(".path:visible")).to_have_count(len(book.paths))
    expect(tab.locator(".number:visible, .told:visible, button:visible")).to_have_count(0)
