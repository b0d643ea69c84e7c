"""The live widget, and the engine behind its form."""

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from vpnedu import play
from vpnedu.network.addresses import InputError
from vpnedu.simulation.scenarios import scenario
from vpnedu.widgets.engine import answer
from vpnedu.widgets.instrument import KINDS
from vpnedu.widgets.modules import STATIC, javascript

REQUEST = {
    "scenarios": ["two-sites-policy-based"],
    "preset": 0,
    "source": "Ana",
    "destination": "10.2.9.7",
    "protocol": "udp",
    "port": "53",
    "length": "120",
}


def asked(**changes: object) -> dict[str, Any]:
    return answer({**REQUEST, **changes})


def test_a_packet_of_ones_own_becomes_a_run() -> None:
    preset = asked()["preset"]
    assert preset["label"] == "yours: Ana to 10.2.9.7, udp 53"
    [run] = preset["runs"]
    assert run["trace"]["events"][-1]["event"] == "delivered"
    assert run["trace"]["datagrams"][0]["length"] == 120


def test_any_address_may_be_asked_for() -> None:
    events = asked(destination="8.8.8.8")["preset"]["runs"][0]["trace"]["events"]
    assert events[-1]["cause"] == "no policy"


def test_a_port_is_passed_over_where_the_protocol_has_none() -> None:
    assert asked(protocol="icmp", port="443")["preset"]["label"] == "yours: Ana to 10.2.9.7, icmp"


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("destination", "10.2.9", "not an IPv4 or IPv6 address"),
        ("destination", "2001:db8::1", "different families"),
        ("protocol", "tpc", "is not a protocol"),
        ("protocol", "any", "a packet has one protocol"),
        ("port", "70000", "ports run from 0 to 65535"),
        ("length", "many", "not a number of bytes"),
        ("length", "12", "can have 28 to 65535"),
        ("source", "Anna", "nearest: Ana"),
        ("scenario", ["two-sites"], "nearest: two-sites-policy-based"),
        ("scenarios", [], "names no scenario"),
        ("scenarios", "two-sites-policy-based", "at most 2 texts"),
        ("preset", 99, "has no preset 99"),
        ("preset", True, "has no preset True"),
        ("destination", "1" * 200, "at most 100 characters"),
    ],
)
def test_a_wrong_field_is_named_with_the_rule_it_breaks(
    field: str, value: object, rule: str
) -> None:
    with pytest.raises(InputError, match=rule) as wrong:
        asked(**{"scenarios" if field == "scenario" else field: value})
    assert wrong.value.field == field


def test_a_packet_of_ones_own_meets_the_network_of_the_preset() -> None:
    told = {**REQUEST, "scenarios": ["new-subnet-route-based"], "destination": "10.33.0.7"}
    known, unknown = (answer({**told, "preset": place})["preset"] for place in (0, 2))
    assert known["runs"][0]["trace"]["events"][-1]["event"] == "delivered"
    assert unknown["runs"][0]["trace"]["events"][-1]["event"] == "dropped"


def test_one_packet_goes_through_two_networks_on_one_clock() -> None:
    names = ["fails-open", "fails-closed"]
    told = {"destination": "10.2.0.9", "protocol": "tcp", "port": "80"}
    runs = asked(scenarios=names, **told)["preset"]["runs"]
    assert [run["name"] for run in runs] == [scenario(name).title for name in names]


def test_the_kernel_answers_or_says_which_field_is_wrong() -> None:
    widget = play("fails-open", anchor="fig-x", caption="Notice.")
    replies: list[dict[str, Any]] = []
    widget.send = replies.append
    widget._asked(widget, {"v": 1, "id": 1, "request": REQUEST}, [])
    widget._asked(widget, {"v": 1, "id": 2, "request": {**REQUEST, "port": "x"}}, [])
    assert replies[0]["answer"] == answer(REQUEST)
    assert replies[1] == {
        "v": 1,
        "id": 2,
        "error": {"field": "port", "message": "'x' is not a port; ports run from 0 to 65535"},
    }


def test_a_cell_carries_the_live_view_the_page_and_the_text() -> None:
    widget = play("fails-open", "fails-closed", anchor="fig-x", caption="Notice.")
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == widget.html
    assert data["text/plain"] == str(widget.figure)


def test_live_widgets_run_the_same_modules_as_the_page() -> None:
    bundle = "".join(map(javascript, ("live", "quiz_live", "graded", "python_page")))
    bundle += "".join(
        javascript(kind) for kind in (*KINDS, "instrument", "storyboard", "fault_live")
    )
    # A page's entry only defines the elements that a notebook's defines. Python in a page, the book
    # without a network and the sandbox have no place in a notebook.
    only = ("*_page", "cell*", "*worker", "offline", "*_editor", "growing", "sandbox*")
    alone = {path for name in only for path in STATIC.glob(f"{name}.js")}
    for module in set(STATIC.glob("*.js")) - alone:
        for line in module.read_text(encoding="utf-8").splitlines():
            kept = line.removeprefix("export ")
            assert kept.startswith("import ") or kept in bundle, f"{module.name}: {line}"
    assert not re.search(r"^import ", bundle, re.M)


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")
def test_the_live_widgets_module_is_valid_and_exports_render(tmp_path: Path) -> None:
    code = (
        "globalThis.HTMLElement = class {}; globalThis.customElements = {get: () => 1};"
        "import(process.argv[1]).then((m) => console.log(typeof m.default.render));"
    )
    source = tmp_path / "live.mjs"
    source.write_text(javascript("live"), encoding="utf-8")
    done = subprocess.run(
        ["node", "--input-type=commonjs", "-e", code, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "function", done.stderr


def test_no_element_bears_a_class_to_which_the_books_theme_gives_a_look() -> None:
    theme = files("furo") / "theme" / "furo" / "static" / "styles" / "furo.css"
    # A selector that is one class alone, as `.main`, reaches into every figure.
    lone = set(re.findall(r"[},]\.([\w-]+)(?=[,{])", theme.read_text(encoding="utf-8")))
    assert {"main", "content", "page"} <= lone
    for module in STATIC.glob("*.js"):
        text = module.read_text(encoding="utf-8")
        ours = {name for names in re.findall(r'class: "([^"]+)"', text) for name in names.split()}
        assert not ours & lone, module.name
