"""Each figure of the book takes any input, on a page that is served as plain files."""

import json
from random import Random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.python.chances import linked, packet, struck
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.widgets.engine import answer

pytestmark = pytest.mark.browser

# Before the figures take their data away.
FORMS = """document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return;
  const scripts = [...document.querySelectorAll("vpn-figure[id] > script")];
  globalThis.forms = Object.fromEntries(
    scripts.map((script) => [script.parentElement.id, JSON.parse(script.textContent).form]));
})"""
TRACES = "(id) => document.getElementById(id).querySelector('.saves').film.traces()"


def asked(form: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Something that the figure with this form can be asked, and that the engine can answer."""
    while True:
        if "designs" in form:
            plans = [DESIGNS[name] for name in form["designs"]]
            fitting = [name for name in FAULTS if all(applies(name, plan) for plan in plans)]
            request = struck(form["designs"][0], chance.choice(fitting), chance)
            request["design"] = form["designs"]
        elif "documents" in (preset := chance.choice(form["presets"])):
            ports = {"port": str(chance.randrange(70_000)), "fragment": chance.random() < 0.5}
            request = {**preset, **ports, "document": preset["documents"][0]}
        else:
            request = packet(form["scenarios"][0], chance)
            request |= {"scenarios": form["scenarios"], "preset": preset["preset"]}
        try:
            answer(request)
        except InputError:
            continue
        return request


def forms_of(tab: Page, address: str) -> dict[str, Any]:
    """What each figure of a page may be asked."""
    tab.add_init_script(FORMS)
    tab.goto(address)
    return {name: form for name, form in tab.evaluate("globalThis.forms").items() if form}


def test_a_figure_asked_anything_plays_what_cpython_computes(
    context: BrowserContext, site: str, page: str
) -> None:
    fetched: list[str] = []
    tab = context.new_page()
    tab.on("request", lambda request: fetched.append(request.url))
    forms = forms_of(tab, site + page)
    # Nothing of Python comes before somebody asks for it.
    assert fetched
    assert not [url for url in fetched if "python" in url or "code_editor" in url]
    for place, (name, form) in enumerate(forms.items()):
        request = asked(form, Random(f"{page} {name}"))
        expected = answer(request)["preset"]
        tab.evaluate("(hash) => { location.hash = hash; }", f"#{name}{linked(request)}")
        chosen = tab.locator(f"#{name} .choose option:checked")
        expect(chosen).to_have_text(expected["label"])
        traces = [run["trace"] for run in expected["runs"]]
        assert tab.evaluate(TRACES, name) == json.loads(json.dumps(traces))
        if place == 0:
            context.set_offline(True)
