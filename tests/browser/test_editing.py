"""A network or a design changed in tables: by keyboard, with errors at fields, by an enemy."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import violations
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import read
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.widgets.document_engine import document_of
from vpnedu.widgets.modules import STATIC

pytestmark = pytest.mark.browser

ADDRESS = "http://editing.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>editing</title>
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light dark } body { background: light-dark(#fff, #12181f) }</style>
<link rel="stylesheet" href="vpnedu.css"><link rel="stylesheet" href="editing.css"></head>
<body><main><h1>Editing</h1><div class="instrument"></div></main><script type="module">
import { makeNetworkEditor } from "./network_editor.js";
import { makeDesignEditor } from "./design_editor.js";
globalThis.edit = (document_, whole) => {
  globalThis.steps = [];
  const make = document_.kind === "design" ? makeDesignEditor : makeNetworkEditor;
  globalThis.editor = make(document_, { whole, changed: () => steps.push(editor.read()) });
  document.querySelector(".instrument").replaceChildren(editor.element);
};
globalThis.openAll = () => document.querySelectorAll("details").forEach((section) => {
  section.open = true;
  section.dispatchEvent(new Event("toggle"));
});
</script></body></html>"""
# What is too small to be touched.
SMALL = """[...document.querySelectorAll("button, input, select, summary")].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  return width < 24 || height < 24;
}).map((one) => one.outerHTML)"""
# What has names in it that can't be read to their end.
CUT = """[...document.querySelectorAll("legend, summary, select")].filter((one) => {
  const text = document.createElement("canvas").getContext("2d");
  text.font = getComputedStyle(one).font;
  const words = one.tagName === "SELECT" ? one.selectedOptions[0].text : "";
  // A select's arrow and its edges are some 30 pixels.
  return one.scrollWidth > one.clientWidth || text.measureText(words).width > one.clientWidth - 30;
}).map((one) => one.outerHTML)"""
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u2066", "a" * 10_000, "a\u0301\u0301" * 50)

Edits = Callable[..., Page]


def serve(route: Route) -> None:
    """The page, and the modules beside it as they are in the project."""
    name = route.request.url.removeprefix(ADDRESS)
    if name == "":
        return route.fulfill(body=PAGE, content_type="text/html")
    kind = "text/javascript" if name.endswith(".js") else "text/css"
    if not (STATIC / name).is_file():
        return route.abort()
    return route.fulfill(body=(STATIC / name).read_text(encoding="utf-8"), content_type=kind)


@pytest.fixture
def edits(context: BrowserContext) -> Iterator[Edits]:
    """Opens a page with the editor of a document on it, in which nothing may go wrong."""
    wrong: list[str] = []

    def open_page(
        document: dict[str, Any], *, whole: bool = False, within: BrowserContext = context
    ) -> Page:
        tab = within.new_page()
        tab.on("pageerror", lambda problem: wrong.append(str(problem)))
        tab.on("dialog", lambda dialog: wrong.append(dialog.message) or dialog.dismiss())
        tab.route("**/*", serve)
        tab.goto(ADDRESS)
        tab.wait_for_function("'edit' in globalThis")
        tab.evaluate("([document, whole]) => edit(document, whole)", [document, whole])
        return tab

    yield open_page
    assert wrong == []


def network(name: str = "three-sites-overlapping", preset: int = 0) -> dict[str, Any]:
    """The document of one of the book's scenarios, as the page gets it."""
    made = document_of({"document_of": {"scenario": name, "preset": preset}})["document"]
    return dict(json.loads(json.dumps(made)))


def design(name: str) -> dict[str, Any]:
    """The document of one of the book's designs, as the page gets it."""
    return dict(json.loads(json.dumps(document_of({"document_of": {"design": name}})["document"])))


def section(tab: Page, name: str) -> Locator:
    return tab.locator("details").filter(has=tab.locator("summary", has_text=name))


def opened(tab: Page, name: str) -> Locator:
    section(tab, name).locator("summary").click()
    return section(tab, name)


def steps(tab: Page) -> list[dict[str, Any]]:
    return list(tab.evaluate("steps"))


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The path of every value in a document that is no list or object."""
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from leaves(part, f"{path}.{key}" if path else str(key))
    else:
        yield path


def test_a_document_that_nobody_changed_is_read_as_it_was_written(edits: Edits) -> None:
    tab = edits(network())
    documents = [
        network(name, preset) for name, it in SCENARIOS.items() for preset in range(len(it.presets))
    ]
    documents += [design(name) for name in DESIGNS]
    same = """(documents) => documents.filter((given) => {
      edit(given, true);
      openAll();
      return JSON.stringify(editor.read()) !== JSON.stringify(given);
    }).map((given) => given.title)"""
    assert tab.evaluate(same, documents) == []


def test_policies_are_moved_deleted_and_added_by_keyboard_alone(edits: Edits) -> None:
    tab = edits(network())
    office = section(tab, "office gateway")
    office.locator("summary").focus()
    tab.keyboard.press("Enter")
    table = office.locator("table").first
    first = table.get_by_label("remote, policy 1 of office gateway")
    expect(first).to_have_value("10.2.0.0/16")
    first.focus()
    tab.keyboard.press("Alt+ArrowDown")
    moved = table.get_by_label("remote, policy 2 of office gateway")
    expect(moved).to_have_value("10.2.0.0/16")
    expect(moved).to_be_focused()
    expect(office.locator("[aria-live]").first).to_have_text("policy moved to place 2")
    remotes = "all => all.map((input) => input.value)"
    shown = table.locator("td[data-label=remote] input")
    assert shown.evaluate_all(remotes) == ["10.2.9.0/24", "10.2.0.0/16"]
    tab.keyboard.press("Alt+ArrowDown")
    assert [len(one["gateways"][0]["policies"]) for one in steps(tab)] == [2]

    tab.keyboard.press("Alt+ArrowUp")
    expect(first).to_be_focused()
    assert shown.evaluate_all(remotes) == ["10.2.0.0/16", "10.2.9.0/24"]
    assert steps(tab)[-1] == network()

    table.get_by_role("button", name="Delete policy 1 of office gateway").press("Enter")
    expect(table.get_by_role("button", name="Delete policy 1 of office gateway")).to_be_focused()
    expect(office.locator("[aria-live]").first).to_have_text("policy 1 deleted")
    tab.keyboard.press("Enter")
    add = office.get_by_role("button", name="Add a policy to office gateway")
    expect(add).to_be_focused()
    tab.keyboard.press("Enter")
    expect(table.get_by_label("local, policy 1 of office gateway")).to_be_focused()
    tab.keyboard.type("10.9.0.0/16")
    tab.keyboard.press("Tab")
    policies = steps(tab)[-1]["gateways"][0]["policies"]
    assert [(one["local"], one["action"]) for one in policies] == [("10.9.0.0/16", "discard")]
    assert len(steps(tab)) == 6


def test_routes_are_not_ordered_and_one_change_of_a_field_is_one_step(edits: Edits) -> None:
    tab = edits(network("hub-route-based"))
    hub = opened(tab, "hub gateway")
    expect(hub.get_by_role("button", name="Move")).to_have_count(0)
    expect(hub.locator("caption")).to_contain_text("the longest prefix decides")
    metric = hub.get_by_label("metric, route 2 of hub gateway")
    metric.fill("70")
    assert steps(tab) == []
    metric.press("Tab")
    metric.fill("7")
    metric.fill("70")
    metric.press("Tab")
    metric.dispatch_event("change")
    assert [one["gateways"][0]["routes"][1]["metric"] for one in steps(tab)] == [70]
    hub.get_by_label("via, route 2 of hub gateway").select_option("nowhere: dropped (blackhole)")
    changed = steps(tab)[-1]
    assert changed["gateways"][0]["routes"][1]["blackhole"] is True
    assert read(changed, "document")


def test_a_policy_is_protected_in_a_tunnel_or_uses_none(edits: Edits) -> None:
    tab = edits(network())
    then = opened(tab, "office gateway").get_by_label("then, policy 1 of office gateway")
    expect(then.locator("option")).to_have_text(["tunnel east", "tunnel west", "bypass", "discard"])
    then.select_option("discard")
    then.select_option("tunnel west")
    made = [one["gateways"][0]["policies"][0] for one in steps(tab)]
    assert [(one["action"], one["tunnel"]) for one in made] == [
        ("discard", None),
        ("protect", "tunnel west"),
    ]


def test_an_error_opens_its_section_marks_its_field_and_takes_the_focus_there(edits: Edits) -> None:
    tab = edits(network())
    message = "'10.2.0.0/99' is not an IPv4 or IPv6 prefix"
    assert tab.evaluate("(it) => editor.complain('gateways.0.policies.1.remote', it)", message)
    field = tab.get_by_label("remote, policy 2 of office gateway")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(message)
    expect(field).to_have_accessible_name("remote, policy 2 of office gateway")
    assert violations(tab) == []
    field.fill("10.2.0.0/16")
    expect(tab.get_by_role("alert")).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_an_error_of_no_field_is_told_at_the_top(edits: Edits) -> None:
    tab = edits(network())
    assert not tab.evaluate("editor.complain('settled', 'is neither true nor false')")
    expect(tab.get_by_role("alert")).to_have_text("settled: is neither true nor false")
    tab.evaluate("editor.clear()")
    expect(tab.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("name", ["prefix-pairs", "nat-before-policies", "wrong-key"])
def test_whatever_python_complains_of_there_is_a_field_for_it(edits: Edits, name: str) -> None:
    document = network(name)
    tab = edits(document, whole=True)
    paths = [
        path
        for path in leaves(document)
        if not path.startswith(("vpnedu", "kind", "settled", "send"))
    ]
    # A suite is not to be chosen: the engine knows one.
    paths = [path for path in paths if not path.endswith(".suite")]
    paths += [
        "gateways.1",
        "gateways.0.policies",
        "gateways.0.routes.0",
        "tunnels.0.ends",
        "networks.1.hosts",
    ]
    lost = "(paths) => paths.filter((path) => !editor.complain(path, 'wrong'))"
    assert tab.evaluate(lost, paths) == []


def test_undo_brings_everything_back_and_leaves_the_reader_where_they_were(edits: Edits) -> None:
    document = network()
    tab = edits(document)
    opened(tab, "office gateway").get_by_role("button", name="Delete policy 1").click()
    field = tab.get_by_label("remote, policy 1 of office gateway")
    field.focus()
    tab.evaluate("(given) => editor.write(given)", document)
    expect(tab.get_by_label("remote, policy 2 of office gateway")).to_be_visible()
    expect(field).to_be_focused()
    assert tab.evaluate("editor.read()") == document


def test_a_new_name_is_taken_over_wherever_the_thing_is_named(edits: Edits) -> None:
    tab = edits(network("prefix-pairs"), whole=True)
    tab.evaluate("openAll()")
    for old, new in (("mill firewall", "edge"), ("tunnel mill", "tube"), ("Mill", "Old mill")):
        field = tab.get_by_label(f"name, {old}", exact=True)
        field.fill(new)
        field.press("Tab")
        expect(tab.get_by_label(f"name, {new}", exact=True)).to_be_visible()
    made = tab.evaluate("editor.read()")
    assert "mill firewall" not in json.dumps(made)
    assert "tunnel mill" not in json.dumps(made)
    assert read(made, "document")
    assert len(steps(tab)) == 3


def test_a_name_that_something_else_has_is_refused_beside_its_field(edits: Edits) -> None:
    tab = edits(network("prefix-pairs"), whole=True)
    tab.evaluate("openAll()")
    field = tab.get_by_label("name, mill firewall", exact=True)
    for taken in ("Max", "TUNNEL SHOP", "internet", ""):
        field.fill(taken)
        field.press("Tab")
        expect(tab.get_by_role("alert")).to_contain_text("tays “mill firewall”")
        expect(field).to_have_value("mill firewall")
    assert steps(tab) == []


def test_a_network_is_built_from_nothing_and_python_takes_it(edits: Edits) -> None:
    document = {**network(), "networks": [], "gateways": [], "tunnels": []}
    del document["send"]
    tab = edits(document, whole=True)
    networks = opened(tab, "Networks and devices")
    for kind in ("site", "virtual network", "server", "user"):
        networks.get_by_role("button", name=f"Add a {kind}", exact=True).click()
    opened(tab, "Tunnels").get_by_role("button", name="Add a tunnel").click()
    expect(tab.locator(".vpn-editing > [aria-live]")).to_have_text("tunnel 1 added")
    made = read(steps(tab)[-1], "document")
    opened(tab, "gateway 1").get_by_label("kind, gateway 1").select_option("policy-based")
    turned = steps(tab)[-1]["gateways"][0]["policies"]
    assert [(one["remote"], one["tunnel"]) for one in turned] == [("10.2.0.0/16", "tunnel 1")]
    assert read(steps(tab)[-1], "document")
    tab.get_by_role("button", name="Remove gateway 1").click()
    assert steps(tab)[-1]["tunnels"] == []
    assert [len(one) for one in (made.topology.networks, made.topology.gateways)] == [4, 3]  # type: ignore[union-attr]


@pytest.mark.parametrize("grown", ["gateway", "circuit"])
def test_a_design_grows_to_what_a_picture_can_show_and_python_takes_it(
    edits: Edits, grown: str
) -> None:
    tab = edits(design("active-standby"))
    tab.evaluate("openAll()")
    for noun in ("device", "device", grown, grown):
        tab.get_by_role("button", name=f"Add a {noun}", exact=True).press("Enter")
    tab.get_by_label("availability zone, instance 1 of gateway", exact=True).fill("zone 1")
    tab.get_by_label("availability zone, instance 2 of gateway", exact=True).fill("zone 2")
    tab.get_by_label("mode, gateway", exact=True).select_option("active/active")
    made = steps(tab)[-1]
    assert read(made, "document")
    assert len(made["devices"]) == 2
    assert len(made[f"{grown}s"]) == {"gateway": 2, "circuit": 1}[grown]
    paths = [path for path in leaves(made) if not path.startswith(("vpnedu", "kind", "run"))]
    lost = "(paths) => paths.filter((path) => !editor.complain(path, 'wrong'))"
    assert tab.evaluate(lost, paths) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 760])
def test_tables_fit_and_break_no_rule_of_accessibility(
    browser: Browser, edits: Edits, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 700}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:  # type: ignore[arg-type]
        for document in (network("prefix-pairs"), design("two-regions")):
            tab = edits(document, whole=True, within=context)
            tab.evaluate("openAll()")
            tab.evaluate("editor.complain('gateways.0.name', 'is empty')")
            assert tab.evaluate("document.documentElement.scrollWidth") == width
            assert violations(tab) == []
            assert tab.evaluate(SMALL) == []


@pytest.mark.parametrize("width", [320, 735])
def test_names_are_read_to_their_end(browser: Browser, edits: Edits, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 700}) as context:
        tab = edits(network("two-sites-policy-based"), within=context)
        tab.evaluate("openAll()")
        assert tab.evaluate(CUT) == []


def spoilt(value: Any, text: str) -> Any:
    """The document with `text` in place of every text but its kind's."""
    if isinstance(value, dict):
        return {key: part if key == "kind" else spoilt(part, text) for key, part in value.items()}
    if isinstance(value, list):
        return [spoilt(part, text) for part in value]
    return text if isinstance(value, str) else value


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing_else(
    browser: Browser, edits: Edits, text: str
) -> None:
    with browser.new_context(viewport={"width": 320, "height": 700}) as context:
        for document in (network("prefix-pairs"), design("two-regions")):
            evil = spoilt(document, text)
            tab = edits(evil, whole=True, within=context)
            tab.evaluate("openAll()")
            assert tab.evaluate("editor.read()") == evil
            assert tab.locator("img").count() == 0
            assert tab.evaluate("document.documentElement.scrollWidth") == 320
            tab.evaluate("(text) => editor.complain('gateways.0.name', text)", text)
            expect(tab.get_by_role("alert")).to_have_text(text)
            assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_the_largest_network_that_python_takes_is_shown_and_changed_without_a_wait(
    edits: Edits,
) -> None:
    document = network("hub-route-based")
    for gateway in document["gateways"]:
        row = gateway["routes"][0]
        policy = {"local": "10.0.0.0/8", "remote": "10.1.0.0/16", "action": "bypass"}
        gateway["routes"] = [dict(row) for _ in range(64)]
        gateway["policies"] = [dict(policy) for _ in range(64)]
        gateway["kind"] = "policy-based"
    document["gateways"] *= 2
    tab = edits(document)
    tab.evaluate("openAll()")
    spent = """() => {
      const start = performance.now();
      const field = document.querySelector("td input");
      field.value = "10.77.0.0/16";
      field.dispatchEvent(new Event("input"));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      editor.write(editor.read());
      return performance.now() - start;
    }"""
    assert tab.evaluate(spent) < 3000
