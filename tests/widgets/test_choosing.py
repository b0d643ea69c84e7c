"""The chooser: what each need rules out and who says so, and one answer for page and library."""

import json
import os
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pytest

from vpnedu.book.choosing import Chooser
from vpnedu.book.choosing_rules import chooser
from vpnedu.book.facts import facts
from vpnedu.network.addresses import InputError
from vpnedu.widgets.choosing import choose_type, data_of

PAGE = Path(__file__).parents[2] / "vpnedu" / "widgets" / "static" / "choosing.js"
NEEDS = tuple(need.id for need in chooser().needs)
SUBSETS = [
    [need for place, need in enumerate(NEEDS) if number >> place & 1]
    for number in range(2 ** len(NEEDS))
]


def named(*needs: str) -> str | None:
    """The gateway for the needs, its type first; None where there is none."""
    sku = chooser().chosen(needs).sku
    return f"{sku.kind}: {sku.name}" if sku else None


@pytest.mark.parametrize(
    ("needs", "gateway"),
    [
        ((), "route-based: Basic"),
        (("networks",), "route-based: Basic"),
        (("sites",), "route-based: Basic"),
        (("users",), "route-based: VpnGw1AZ"),
        (("express",), "route-based: VpnGw1AZ"),
        (("over-10",), "route-based: VpnGw1AZ"),
        (("over-30",), "route-based: VpnGw4AZ"),
        (("over-30", "many"), "route-based: VpnGw4AZ"),
        (("many",), "route-based: VpnGw2AZ, gen. 1"),
        (("ikev1",), "route-based: VpnGw1AZ"),
        (("pairs",), "route-based: VpnGw1AZ"),
        (("ikev1", "pairs"), "policy-based: Basic"),
        (("ikev1", "pairs", "sites"), None),
        (("pairs", "sites"), "route-based: VpnGw1AZ"),
        (("pairs", "transit"), None),
        (("over-100",), None),
    ],
)
def test_the_smallest_gateway_that_serves_is_chosen(needs, gateway) -> None:
    assert named(*needs) == gateway


@pytest.mark.parametrize("need", ["networks", "users", "sites", "express"])
def test_each_of_the_four_needs_of_the_course_rules_out_policy_based(need) -> None:
    [rule] = chooser().chosen([need]).rules
    out = {place for reason in rule.reasons for place in reason.out}
    assert {sku.kind for place, sku in enumerate(chooser().skus) if place in out} >= {
        "policy-based"
    }


def test_no_subset_is_given_a_gateway_that_one_of_its_needs_rules_out() -> None:
    choosing = chooser()
    for wanted in SUBSETS[:: 2**5 - 1]:
        choice = choosing.chosen(wanted)
        if choice.sku:
            place = choosing.skus.index(choice.sku)
            reasons = [reason for rule in choice.rules for reason in rule.reasons]
            assert not any(place in reason.out for reason in reasons), wanted


def test_one_more_need_never_gives_a_gateway_that_was_passed_over_before() -> None:
    choosing = chooser()
    place = {sku: number for number, sku in enumerate(choosing.skus)} | {None: len(choosing.skus)}
    for pair in combinations(NEEDS, 2):
        both = place[choosing.chosen(pair).sku]
        assert all(place[choosing.chosen([need]).sku] <= both for need in pair)


def test_a_policy_based_gateway_is_left_to_the_old_device_alone() -> None:
    choosing = chooser()
    [last] = [place for place, sku in enumerate(choosing.skus) if sku.kind == "policy-based"]
    for need in {*NEEDS} - {"ikev1", "pairs"}:
        reasons = [reason for rule in choosing.chosen([need]).rules for reason in rule.reasons]
        assert any(last in reason.out for reason in reasons), need
    assert [named(*wanted) for wanted in ([], ["ikev1"], ["pairs"])].count(
        "policy-based: Basic"
    ) == 0


def test_every_reason_has_a_source_with_its_date_and_rules_something_out() -> None:
    for rule in chooser().rules:
        assert rule.reasons
        for reason in rule.reasons:
            assert reason.out
            assert any(source[-1].isdigit() and "20" in source for source in reason.sources)


def test_what_can_be_ticked_follows_the_table_of_skus() -> None:
    table = facts("azure", "gateway SKUs")
    for name, limit in (("Basic, route-based", 10), ("VpnGw1AZ", 30), ("VpnGw4AZ", 100)):
        assert table[name, "Site-to-site tunnels"] == limit
        assert f"over-{limit}" in NEEDS


def test_where_nothing_serves_there_is_a_way_out_or_a_need_to_give_up() -> None:
    for wanted in SUBSETS[:: 2**4 - 1]:
        choice = chooser().chosen(wanted)
        if choice.sku is None:
            assert choice.without or any(rule.way for rule in choice.rules)


def test_an_unknown_need_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="no 'bpg'"):
        chooser().chosen(["bpg"])


def test_without_scripts_every_rule_can_be_read() -> None:
    live = choose_type(anchor="fig-x", caption="Tick.")
    for rule in chooser().rules:
        for reason in rule.reasons:
            assert reason.why in live.text
    assert live.html.count("<tr>") == 1 + sum(len(rule.reasons) for rule in chooser().rules)
    assert 'scope="row"></th>' not in live.html


# Both sides answer for every subset, as numbers: the SKU's place, and what giving a need up leaves.
ASK = """
import { chosen } from "%s";
const { data, needs } = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
const answers = Array.from({ length: 2 ** needs.length }, (_, number) => {
  const { sku, rules, without } = chosen(data, needs.filter((_, place) => number >> place & 1));
  return [sku, rules.length, ...without.flatMap(([id, at]) => [needs.indexOf(id), at])].join(" ");
});
process.stdout.write(answers.join("\\n"));
"""


def answers(choosing: Chooser) -> list[str]:
    """What the library says of every subset, in the form of the page's answers."""
    place = {sku: number for number, sku in enumerate(choosing.skus)} | {None: -1}
    told = []
    for wanted in SUBSETS:
        choice = choosing.chosen(wanted)
        left = [n for need, sku in choice.without for n in (NEEDS.index(need.id), place[sku])]
        told.append(" ".join(map(str, [place[choice.sku], len(choice.rules), *left])))
    return told


@pytest.mark.skipif(
    shutil.which("node") is None and os.environ.get("CI") != "true", reason="needs Node.js"
)
def test_the_page_chooses_as_the_library_does_for_every_subset_of_needs() -> None:
    given = json.dumps({"data": data_of(chooser()), "needs": NEEDS})
    asked = subprocess.run(
        ["node", "--input-type=module", "-e", ASK % PAGE.as_uri()],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    page, library = asked.stdout.split("\n"), answers(chooser())
    assert len(page) == len(library) == 2 ** len(NEEDS)
    wrong = [SUBSETS[n] for n, (a, b) in enumerate(zip(page, library, strict=True)) if a != b]
    assert wrong == []
