"""The figure in which a reader plans a network, and the page's twin of the check."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.network.planning import Entry, check
from vpnedu.network.planning_rules import KINDS
from vpnedu.simulation.chance import Chance
from vpnedu.widgets.planner import azure, gateways, page_data, plan_of
from vpnedu.widgets.planner_examples import EXAMPLES
from vpnedu.widgets.planner_still import scales

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests/network/planning_vectors.json"
NODE = shutil.which("node")
PLANS = 4000
SIZES = [each.longest for each in gateways()]
# Read once: the facts are files.
LIMITS = [azure(place) for place in range(len(SIZES))]

TWIN = """
import { readFileSync } from "node:fs";
import { check, scales, told, words } from "./vpnedu/widgets/static/planning.js";
const { data, cases } = JSON.parse(readFileSync(0, "utf8"));
const told_of = ({ rows, longest }) => {
  const read = rows.map(([kind, name, prefix]) => ({ kind, name, prefix }));
  const { nets, findings } = check(read, data, { ...data.limits, longest });
  return {
    findings: findings.map((each) => [each.rule, each.at, ...words(each, data.rules)]),
    scales: scales(read, nets).map(({ axis, bars }) => [told(axis), bars]),
  };
};
process.stdout.write(JSON.stringify(cases.map(told_of)));
"""


def told(case: dict[str, Any]) -> dict[str, Any]:
    """What Python finds in a plan, and on which scales it would draw it."""
    entries = [Entry(*row) for row in case["rows"]]
    found = check(entries, LIMITS[SIZES.index(case["longest"])])
    words = [(each.rule, list(each.at), each.words) for each in found]
    return {
        "findings": [[rule, at, it.says, it.why, it.mend] for rule, at, it in words],
        "scales": [[str(axis), list(bars)] for axis, bars in scales(entries)],
    }


def a_prefix(chance: Chance) -> str:
    """A prefix out of few networks, so that many overlap; sometimes spoilt."""
    firsts = ("10.1", "10.1", "10.2", "172.16", "192.168", "169.254", "100.64", "168.63", "9.9")
    length = chance.pick((0, 6, 8, 12, 15, 16, 20, 22, 24, 25, 27, 28, 29, 30, 32))
    number = [chance.pick(firsts), chance.pick((0, 1, 129)), chance.pick((0, 16, 128, 255))]
    octets = [int(octet) for part in number for octet in str(part).split(".")]
    bits = int.from_bytes(bytes(octets))
    if chance.below(4):
        bits &= ~((1 << (32 - length)) - 1)
    text = f"{'.'.join(map(str, bits.to_bytes(4)))}/{length}"
    if chance.below(8) == 0:
        at = chance.below(len(text) + 1)
        text = text[:at] + chance.pick(tuple(" ./0129:xX\t\u00a0\u2003-é")) + text[at + 1 :]
    return text


def a_plan(chance: Chance) -> dict[str, Any]:
    names = (
        "",
        "Office",
        " Office ",
        "GatewaySubnet",
        "GatewaySubnet ",
        "gateway-subnet",
        "{a} $&",
    )
    rows = [
        [chance.pick(tuple(KINDS)), chance.pick(names), a_prefix(chance)]
        for _ in range(chance.below(8))
    ]
    return {"rows": rows, "longest": chance.pick(SIZES)}


def examples() -> list[dict[str, Any]]:
    return [
        {"rows": [[e.kind, e.name, e.prefix] for e in it.entries], "longest": SIZES[it.gateway]}
        for it in EXAMPLES.values()
    ]


def test_the_vectors_say_what_python_finds() -> None:
    chance = Chance(7, "vectors")
    cases = [*examples(), *(a_plan(chance) for _ in range(20))]
    data = {key: value for key, value in page_data({}).items() if key != "examples"}
    vectors = {"data": data, "cases": [case | told(case) for case in cases]}
    text = json.dumps(vectors, ensure_ascii=False, separators=(",", ":")) + "\n"
    text = text.replace('{"rows"', '\n{"rows"')  # a case a line
    if os.environ.get("RECORD"):
        VECTORS.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(VECTORS.read_text("utf-8")), "record with RECORD=1"


@pytest.mark.skipif(not NODE, reason="Node.js is not installed")
def test_the_page_and_python_find_the_same_in_thousands_of_plans() -> None:
    chance = Chance(42, "plans")
    cases = [a_plan(chance) for _ in range(PLANS)]
    given = json.dumps({"data": page_data({}), "cases": cases})
    command = [str(NODE), "--input-type=module", "-e", TWIN]
    run = subprocess.run(command, input=given.encode(), capture_output=True, cwd=ROOT, check=True)
    answers = json.loads(run.stdout)
    found = {finding[0] for answer in answers for finding in answer["findings"]}
    assert len(found) > 20, "the plans don't reach the rules"
    for case, answer in zip(cases, answers, strict=True):
        assert answer == told(case), case


def test_the_sizes_are_those_that_the_facts_state() -> None:
    limits = azure()
    assert SIZES == [27, 29, 27]
    assert (limits.gateway_name, limits.subnet_longest, limits.kept) == ("GatewaySubnet", 29, 5)
    told_of = {str(block): what for block, what in limits.refused}
    assert "169.254.21.0 to 169.254.22.255" in told_of["169.254.0.0/16"]
    assert "name service" in told_of["168.63.129.16/32"]


def test_each_example_shows_what_its_name_says() -> None:
    rules = {
        name: [each.rule for each in check(it.entries, azure(it.gateway))]
        for name, it in EXAMPLES.items()
    }
    assert rules == {
        "A first draft": [
            "host-bits",
            "gateway-name",
            "site-hidden",
            "subnets-overlap",
            "pool-nested",
        ],
        "A clean plan": [],
        "Two offices with the same prefix": ["sites-same"],
        "A gateway subnet that is too small": ["gateway-small"],
        "The same for a Basic gateway": [],
        "A pool inside a site": ["pool-nested"],
        "A site that holds everything private": [
            "pool-nested",
            "site-around",
            "sites-nested",
        ],
        "Somebody else's addresses": ["public"],
        "Two virtual networks made alike": ["networks-overlap"],
    }


def test_without_scripts_the_first_plan_is_drawn_and_what_is_found_is_read() -> None:
    made = plan_of(anchor="fig-x", caption="Look.", title="Plan")
    drawn = made.still.split("</template>")[1]
    assert drawn.count('<rect class="axis"') == len(EXAMPLES["A first draft"].entries)
    for finding in check(EXAMPLES["A first draft"].entries, azure()):
        assert finding.words.mend in str(made)
    assert 'class="site" x="50%" width="25%"' in drawn, "10.1.8.0/22 on the scale of a /20"


def test_names_that_look_like_html_stay_text(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = Entry("site", "<img src=x onerror=alert(1)>", "10.1.0.0/16")
    example = type(EXAMPLES["A clean plan"])((*EXAMPLES["A clean plan"].entries, evil))
    monkeypatch.setitem(EXAMPLES, "A clean plan", example)
    html = plan_of(anchor="fig-x", caption="", title="", examples=["A clean plan"]).html()
    assert "<img" not in html


def test_an_example_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(InputError, match="there is no 'Clean'; there are A first draft"):
        plan_of(anchor="fig-x", caption="", title="", examples=["Clean"])
