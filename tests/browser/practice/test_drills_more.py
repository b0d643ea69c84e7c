"""Drills when all forty of a kind were asked: Python writes more of them for who wants that."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import violations
from tests.browser.practice.conftest import drilled
from vpnedu.widgets.practice_engine import apart

pytestmark = pytest.mark.browser

Opens = Callable[..., Page]

META = '<meta name="vpnedu-python" content="1">'
# Python in the page, as its scripts see it: it tells that it starts, and can be held there.
ENGINE = """
const told = new Set();
globalThis.hold = Promise.resolve();
globalThis.vpneduPython = {
  starts: () => 0,
  listen: (tell) => { told.add(tell); tell(""); return () => told.delete(tell); },
  ask: async (request) => {
    told.forEach((tell) => tell("Starting Python …"));
    await globalThis.hold;
    const { answer, error } = await window.askPython(request);
    if (error) throw new Error(error);
    return answer;
  },
};
"""
# The same where a page does not say it yet: it is said before its scripts run.
LATE_META = f"""new MutationObserver((_, watch) => {{
  if (!document.head) return;
  watch.disconnect();
  document.head.insertAdjacentHTML("beforeend", '{META}');
}}).observe(document, {{ childList: true, subtree: true }})"""
# Whoever has this record has been asked forty questions of one kind, and gets the next now.
ALL_ASKED = {"box": 1, "right": 40, "wrong": 0, "last": 40}


class Python:
    """The engine behind the page: what it was asked, and with what it fails if it does."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.error = ""

    def answer(self, request: dict[str, str]) -> dict[str, Any]:
        self.asked.append(request)
        if self.error:
            return {"error": self.error}
        name, number = request["drill"], int(request["seed"])
        question, figure = apart(drilled(name, number), name)
        return {"answer": {"question": question, "figure": figure}}


@pytest.fixture
def python(context: BrowserContext, book: Any) -> Python:
    """A book that was built with Python, and the engine that its pages ask."""
    made = Python()
    book.files["drills.html"] = book.files["drills.html"].replace("<title>", f"{META}<title>")
    context.expose_function("askPython", made.answer)
    context.add_init_script(ENGINE)
    return made


def card(tab: Page) -> Locator:
    return tab.locator(".q-card")


def kept(tab: Page, key: str = "drills") -> Any:
    return json.loads(tab.evaluate("key => localStorage.getItem(`vpnedu:1:${key}`)", key) or "null")


def put(tab: Page, key: str, value: Any) -> None:
    script = "([key, text]) => localStorage.setItem(`vpnedu:1:${key}`, text)"
    tab.evaluate(script, [key, json.dumps(value)])


def opens_at_the_end(opens: Opens, more: bool | None, name: str = "which-tunnel") -> Page:
    """A page whose reader was asked all forty of one kind, and wants no other kind."""
    tab = opens("drills")
    off = ["routes"] if name == "how-long" else ["bytes on the wire"]
    head = {"seed": 7, "off": off, "now": None, "record": None}
    put(tab, "drills", head | ({} if more is None else {"more": more}))
    # The other kind of the topic was asked just now, so this one's turn is next.
    put(tab, "drills:which-route", {"box": 5, "right": 9, "wrong": 0, "last": 41})
    put(tab, f"drills:{name}", ALL_ASKED)
    tab.reload()
    tab.locator("vpn-drills[ready]").wait_for()
    return tab


def start(tab: Page) -> None:
    tab.get_by_role("button", name="Start").click()
    card(tab).wait_for()


def tick(tab: Page) -> Locator:
    return tab.get_by_role("checkbox", name="starts Python in this page")


def status(tab: Page) -> Locator:
    return tab.locator("vpn-drills > .p-told")


def test_without_the_wish_what_was_seen_comes_again_and_no_python_starts(
    opens: Opens, python: Python
) -> None:
    tab = opens_at_the_end(opens, None)
    expect(tick(tab)).not_to_be_checked()
    start(tab)
    assert 0 <= kept(tab)["now"]["number"] < 40
    expect(status(tab)).to_contain_text("all forty questions of its kind were asked")
    expect(status(tab)).to_contain_text("tick the box above")
    assert python.asked == []


def test_with_the_wish_python_writes_the_next_one_and_its_run(
    opens: Opens, python: Python, book: Any
) -> None:
    tab = opens_at_the_end(opens, True)
    start(tab)
    number = kept(tab)["now"]["number"]
    assert number >= 40
    assert python.asked == [{"drill": "which-tunnel", "seed": str(number)}]
    expect(card(tab).locator(".q-picture svg:visible")).to_have_count(1)
    expect(status(tab)).to_have_text("")
    card(tab).get_by_role("radio", name="tunnel west").check()
    card(tab).get_by_role("button", name="Check", exact=True).click()
    card(tab).get_by_role("button", name="Play this run").click()
    card(tab).locator("vpn-figure[ready]").wait_for()
    assert len(python.asked) == 1, "the figure came with its question"
    assert not [name for name in book.asked if name.startswith("_static/pools/which-tunnel.fig")]
    assert kept(tab, "drills:which-tunnel")["wrong"] == 1


def test_the_forty_come_first_even_for_who_wants_more(opens: Opens, python: Python) -> None:
    tab = opens("drills")
    tick(tab).check()
    start(tab)
    for _ in range(6):
        tab.get_by_role("button", name="Skip this question").click()
        expect(card(tab)).to_be_visible()
        assert kept(tab)["now"]["number"] < 40
    assert python.asked == []
    assert kept(tab)["more"] is True
    tab.reload()
    expect(tick(tab)).to_be_checked()


def test_a_reload_shows_the_same_question_that_python_wrote(opens: Opens, python: Python) -> None:
    tab = opens_at_the_end(opens, True, "how-long")
    start(tab)
    card(tab).get_by_role("textbox").fill("14")
    before = kept(tab)["now"]
    tab.reload()
    expect(card(tab).get_by_role("textbox")).to_have_value("14")
    assert kept(tab)["now"] == before
    assert python.asked[0] == python.asked[1]


@pytest.mark.usefixtures("python")
def test_while_python_starts_it_is_said_and_nobody_has_to_wait(opens: Opens) -> None:
    tab = opens_at_the_end(opens, True)
    tab.evaluate("() => { hold = new Promise((done) => { window.go = done; }); }")
    tab.get_by_role("button", name="Start").click()
    expect(status(tab)).to_have_text("Starting Python …")
    tick(tab).uncheck()
    card(tab).wait_for()
    assert kept(tab)["now"]["number"] < 40
    tab.evaluate("go()")
    tab.wait_for_timeout(200)
    expect(card(tab)).to_have_count(1)
    assert kept(tab)["now"]["number"] < 40


def test_where_python_fails_it_is_said_once_and_the_forty_go_on(
    opens: Opens, python: Python
) -> None:
    python.error = "Python could not be started: no room."
    tab = opens_at_the_end(opens, True, "how-long")
    start(tab)
    expect(status(tab)).to_contain_text("Python could not be started: no room. The drills go on")
    assert kept(tab)["now"]["number"] < 40
    assert len(python.asked) == 1
    tab.get_by_role("button", name="Skip this question").click()
    expect(card(tab)).to_be_visible()
    assert kept(tab)["now"]["number"] < 40
    assert len(python.asked) == 1, "who fails is not asked again"
    python.error = ""
    tick(tab).uncheck()
    tick(tab).check()
    tab.get_by_role("button", name="Skip this question").click()
    card(tab).wait_for()
    assert kept(tab)["now"]["number"] >= 40


def test_a_page_from_a_disk_goes_on_with_the_forty_and_says_why(
    on_disk: Opens,
) -> None:
    tab = on_disk("drills")
    tab.add_init_script(LATE_META)
    tab = opens_at_the_end(lambda _: tab, True, "how-long")
    start(tab)
    expect(status(tab)).to_contain_text("opened from a disk cannot start Python")
    assert kept(tab)["now"]["number"] < 40


def test_a_book_without_python_shows_what_another_had_python_write(opens: Opens) -> None:
    tab = opens("drills")
    now = {"generator": "how-long", "step": 3, "number": 4711}
    put(tab, "drills", {"seed": 7, "off": [], "now": now, "record": None, "more": True})
    tab.reload()
    card(tab).wait_for()
    expect(status(tab)).to_contain_text("Python wrote this question")
    expect(tick(tab)).to_have_count(0)
    assert kept(tab)["now"]["number"] < 40


@pytest.mark.usefixtures("python")
def test_what_an_older_book_has_kept_still_opens(opens: Opens) -> None:
    tab = opens("drills")
    now = {"generator": "how-long", "step": 3, "number": 17}
    put(tab, "drills", {"seed": 7, "off": ["routes"], "now": now, "record": None})
    tab.reload()
    card(tab).wait_for()
    assert kept(tab)["now"] == now
    expect(tab.get_by_role("checkbox", name="routes")).not_to_be_checked()
    expect(tick(tab)).not_to_be_checked()


@pytest.mark.usefixtures("python")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_shows_the_wish_in_full(opens: Opens, scheme: Any) -> None:
    tab = opens_at_the_end(opens, True, "how-long")
    tab.emulate_media(color_scheme=scheme)
    start(tab)
    assert violations(tab) == []
    tab.set_viewport_size({"width": 320, "height": 640})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    box = tick(tab).locator("xpath=..").bounding_box()
    assert box is not None
    assert box["height"] >= 24
