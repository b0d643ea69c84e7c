"""Code cells of the built pages, edited and run by the Python in the page."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import BUILT, violations
from vpnedu.site.cells import is_marked

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (BUILT / "_static" / "vpnedu" / "code_editor.js").exists(),
        reason="the book was built without npm",
    ),
]

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGE = "chapters/route-based.html"
# What a strict host allows: no style in an attribute or of a script's making.
POLICY = (
    "style-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'"
)
WATCH = """globalThis.refused = [];
addEventListener("securitypolicyviolation", (each) => refused.push(
  [each.violatedDirective, each.sourceFile, each.lineNumber, each.columnNumber, each.sample]));"""
ENDLESS = "print('begun')\nwhile True:\n    pass\n"
FIGURE = (
    "from vpnedu import play\n"
    "play('fails-open', anchor='fig-mine', caption='Notice where it goes.')\n"
)


def cell(tab: Page, place: int) -> Locator:
    return tab.locator("div.cell.tag_try-it").nth(place)


def edit(tab: Page, place: int, code: str | None = None) -> Locator:
    """The cell at `place` with its editor open, and `code` in it if told."""
    opened = cell(tab, place)
    opened.get_by_role("button", name="Edit and run").click()
    box = opened.get_by_role("textbox")
    expect(box).to_be_focused()
    if code is not None:
        box.fill(code)
    return opened


def lines(opened: Locator) -> list[str]:
    return [line.rstrip("\n") for line in opened.locator(".cm-line").all_inner_texts()]


def run(opened: Locator, says: str = "Done") -> None:
    opened.get_by_role("button", name="Run", exact=True).click()
    expect(opened.get_by_role("status")).to_contain_text(says)


@pytest.fixture
def tab(context: BrowserContext, site: str) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(site + PAGE)
    yield page
    assert wrong == []


def test_nothing_is_loaded_before_the_press_and_no_other_host_after(
    context: BrowserContext, site: str
) -> None:
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site + PAGE, wait_until="networkidle")
    late = ("code_editor", "cell_desk", "python.js", "worker", "pyodide", "vpnedu.whl")
    assert not [url for url in asked if any(name in url for name in late)]
    run(edit(tab, 0))
    assert all(any(name in url for url in asked) for name in late)
    assert not [url for url in asked if not url.startswith((site, "blob:", "data:"))]


@pytest.mark.parametrize("name", ["policy-based", "inside-the-tunnel"])
def test_each_marked_cell_prints_in_the_page_what_is_committed(
    context: BrowserContext, site: str, name: str
) -> None:
    tab = context.new_page()
    tab.goto(f"{site}chapters/{name}.html")
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    notebook = nbformat.read(CHAPTERS / f"{name}.ipynb", as_version=4)
    marked = [one for one in notebook.cells if is_marked(one)]
    assert tab.locator("div.cell.tag_try-it").count() == len(marked)
    for place in reversed(range(len(marked))):
        opened = edit(tab, place)
        assert lines(opened) == marked[place].source.splitlines()
        before = opened.locator(".cell_output").all_inner_texts()
        run(opened)
        assert opened.locator(".cell_output").all_inner_texts() == before


def test_it_works_without_a_network_once_it_has_run(tab: Page, context: BrowserContext) -> None:
    opened = edit(tab, 0, "6 * 7")
    run(opened)
    context.set_offline(True)
    opened.get_by_role("textbox").fill("6 * 8")
    run(opened)
    expect(opened.locator(".cell_output")).to_have_text("48")


def test_an_error_tells_its_line_and_the_editor_marks_it(tab: Page) -> None:
    opened = edit(tab, 1, "table\nparse_address('nonsense')\n")
    run(opened, "Line 2: InputError")
    box = opened.get_by_role("textbox")
    expect(opened.locator(".cm-line.wrong")).to_have_text("parse_address('nonsense')")
    expect(box).to_have_attribute("aria-invalid", "true")
    ids = box.get_attribute("aria-describedby") or ""
    told = opened.locator(f"#{ids.split()[0]}")
    expect(told).to_contain_text("is not an IPv4 or IPv6 address")
    trace = opened.locator(".vpn-printed.traceback").inner_text()
    assert 'File "cell 2", line 2' in trace
    assert "site-packages" not in trace
    # What is typed next takes the mark away.
    box.press("End")
    box.type("#")
    expect(opened.locator(".cm-line.wrong")).to_have_count(0)
    box.fill("for x in 1\n    pass")
    run(opened, "Line 1: SyntaxError")
    expect(opened.locator(".cm-line.wrong")).to_have_text("for x in 1")


def test_a_fault_in_a_cell_above_is_told_as_that_cells(tab: Page) -> None:
    edit(tab, 0, "1 / 0")
    opened = edit(tab, 1)
    run(opened, "The code above in cell 1 ran first, and failed. Line 1: ZeroDivisionError")
    expect(opened.locator(".cm-line.wrong")).to_have_count(0)


def test_an_endless_loop_is_stopped_and_the_next_run_begins_anew(tab: Page) -> None:
    opened = edit(tab, 1, "mine = 1")
    run(opened)
    opened.get_by_role("textbox").fill(ENDLESS)
    run(opened, "Running")
    # The page itself is not held up.
    assert tab.evaluate("1 + 1") == 2
    opened.get_by_role("button", name="Stop").click()
    expect(opened.get_by_role("status")).to_contain_text("Names that cells had made are gone")
    opened.get_by_role("textbox").fill("mine")
    run(opened, "NameError: name 'mine' is not defined")
    # The cell above has run again by itself.
    opened.get_by_role("textbox").fill("len(table.routes)")
    run(opened)
    expect(opened.locator(".cell_output")).to_have_text("4")


def test_after_ten_seconds_without_an_answer_stop_is_offered(tab: Page) -> None:
    tab.clock.install()
    opened = edit(tab, 0, ENDLESS)
    run(opened, "Running")
    tab.clock.fast_forward(10_500)
    expect(opened.get_by_role("status")).to_contain_text("“Stop” ends it")
    opened.get_by_role("button", name="Stop").click()
    expect(opened.get_by_role("status")).to_contain_text("Stopped")


def test_the_keyboard_alone_opens_edits_runs_and_leaves(tab: Page) -> None:
    first = cell(tab, 0)
    first.get_by_role("button", name="Edit and run").focus()
    tab.keyboard.press("Enter")
    box = first.get_by_role("textbox")
    expect(box).to_be_focused()
    tab.keyboard.press("ControlOrMeta+a")
    # "/" goes to the search, but for who writes.
    tab.keyboard.type("for n in range(2):\nprint(n // 1)")
    assert lines(first) == ["for n in range(2):", "    print(n // 1)"]
    tab.keyboard.press("Tab")
    expect(box).to_be_focused()
    tab.keyboard.press("ControlOrMeta+Enter")
    expect(first.get_by_role("status")).to_contain_text("Done")
    expect(first.locator(".cell_output")).to_have_text("0\n1")
    expect(box).to_be_focused()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Run", exact=True)).to_be_focused()
    tab.keyboard.press("Enter")
    expect(first.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_reset_brings_back_what_is_printed(tab: Page) -> None:
    opened = edit(tab, 1)
    code, output = opened.get_by_role("textbox").inner_text(), opened.locator(".cell_output")
    printed = output.inner_text()
    opened.get_by_role("textbox").fill("'other'")
    run(opened)
    expect(output).to_have_text("'other'")
    opened.get_by_role("button", name="Reset").click()
    assert opened.get_by_role("textbox").inner_text() == code
    assert output.inner_text() == printed


def test_a_figure_that_a_cell_makes_plays(tab: Page) -> None:
    opened = edit(tab, 1, FIGURE)
    run(opened)
    figure = opened.locator("vpn-figure[ready]")
    figure.get_by_role("button", name="Step", exact=True).click()
    expect(figure.locator(".said")).to_contain_text("sends")


def test_a_page_without_figures_plays_one_all_the_same(context: BrowserContext, site: str) -> None:
    tab = context.new_page()
    tab.goto(f"{site}chapters/build-it.html")
    opened = edit(tab, 0, FIGURE)
    run(opened)
    opened.locator("vpn-figure[ready]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_an_editor_open_breaks_no_rule_of_axe(
    context: BrowserContext, site: str, scheme: str
) -> None:
    tab = context.new_page()
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(site + PAGE)
    run(edit(tab, 1, "very_long_name = 'a' * 200\n1 / 0\n"), "Line 2")
    edit(tab, 2)
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_a_strict_policy_stops_nothing_of_it(context: BrowserContext, site: str) -> None:
    tab = context.new_page()

    def strict(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": POLICY}
        route.fulfill(response=answer, headers=headers)

    tab.route("**/*.html", strict)
    tab.goto(site + PAGE, wait_until="networkidle")
    # What the page does before is not asked here.
    tab.evaluate(WATCH)
    opened = edit(tab, 1)
    run(opened)
    opened.get_by_role("textbox").press("ControlOrMeta+Home")
    tab.keyboard.type("1 / 0\n")
    run(opened, "Line 1")
    assert tab.evaluate("refused") == []
    shown = opened.locator(".cm-editor").evaluate("(each) => getComputedStyle(each).borderTopWidth")
    assert shown == "1px"
    assert tab.evaluate("[...document.querySelectorAll('.vpn-try-editor style')].length") == 0
