"""Questions about addresses and gateway types, answered again by other libraries and tables."""

import re
import tomllib
from collections import Counter
from ipaddress import ip_address, ip_network
from itertools import combinations
from pathlib import Path

import pytest

from tests.quiz.generators.laws import check
from vpnedu.quiz.generators.reckoning.gateway_capabilities import ROWS, TUNNELS_ON_BASIC
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

AZURE = Path(__file__).parents[3] / "chapters" / "facts" / "azure.toml"


@pytest.fixture(scope="module")
def azure():
    return tomllib.loads(AZURE.read_text())["tables"]


def cells(table):
    rows = (row if isinstance(row, list) else row["cells"] for row in table["rows"])
    return {row[0]: tuple(map(str, row[1:])) for row in rows}


def gateway_subnet(question: Question) -> str:
    text = plain(question.text)
    name, prefix, group = re.search(r"name (\S+), prefix (\S+), .* group: (\S+)\.", text).groups()
    space, new = map(ip_network, re.findall(r"[\d.]+/\d+", text))
    assert new == ip_network(prefix)
    faults = {
        "name": name != "GatewaySubnet",
        "size": new.num_addresses < 32,
        "space": not new.subnet_of(space),
        "overlap": any(new.overlaps(ip_network(row[1])) for row in question.table.rows),
        "group": group != "none",
    }
    broken = [fault for fault, there in faults.items() if there]
    assert len(broken) <= 1, f"{broken}: only one thing is wrong at a time"
    return broken[0] if broken else "nothing"


def test_a_gateway_subnet_breaks_the_rule_that_another_library_finds_broken():
    made = check("gateway-subnet", second_way=gateway_subnet)
    faults = Counter(question.answer.key for question in made)
    assert len(faults) == 6
    assert min(faults.values()) > len(made) / 12
    for question in made:
        for one, other in combinations(question.table.rows, 2):
            assert not ip_network(one[1]).overlaps(ip_network(other[1])), "the plan so far is sound"


def test_the_rules_for_gateway_subnets_are_those_of_the_facts(azure):
    reserved = {what: words for what, (words,) in cells(azure["reserved"]).items()}
    assert reserved["Name of the gateway subnet"].startswith("GatewaySubnet,")
    assert reserved["Size of the gateway subnet"] == "/27 or larger; /29 only for Basic"
    assert "network security group" in reserved["Not on the gateway subnet"]


def overlapping(question: Question) -> object:
    rows = [(name, ip_network(prefix)) for name, prefix in question.table.rows]
    if question.kind == "multiple":
        (_, office), *others = rows
        return [name.lower() for name, network in others if network.overlaps(office)]
    pairs = [
        f"{one}-{other}".lower() for (one, a), (other, b) in combinations(rows, 2) if a.overlaps(b)
    ]
    assert len(pairs) <= 1
    return pairs[0] if pairs else "none-of-them"


def test_networks_overlap_where_another_library_says_so():
    made = check("overlapping-networks", second_way=overlapping)
    assert {question.kind for question in made} == {"single", "multiple"}
    assert any(question.answer.key == "none-of-them" for question in made)


NEEDS = {
    "second virtual network": "Network to network",
    "laptops": "Point-to-site",
    "ExpressRoute": "Beside an ExpressRoute gateway",
    "BGP": "BGP",
    "Both instances": "Active-active",
}


def possible(need: str, table: dict[str, tuple[str, str]]) -> set[str]:
    """Which of policy-based, Basic and larger can meet a need, by the table of facts."""
    if "fixed pairs" in need:
        return {"policy-based"} if "IKEv1" in need else {"larger"}
    sites = re.search(r"There are (\d+) offices", need)
    if sites:
        limit = {"policy-based": 1, "Basic": TUNNELS_ON_BASIC, "larger": 30}
        return {gateway for gateway, most in limit.items() if int(sites.group(1)) <= most}
    if "modern device" in need:
        return {"policy-based", "Basic", "larger"}
    policy, route = table[next(row for words, row in NEEDS.items() if words in need)]
    basic = {"Basic"} if route == "yes" else set()
    return ({"policy-based"} if policy == "yes" else set()) | {"larger"} | basic


def gateway_type(question: Question, table: dict[str, tuple[str, str]]) -> str:
    left = {"policy-based", "Basic", "larger"}
    for need in re.findall(r"^\d\. (.+)$", plain(question.text), re.MULTILINE):
        left &= possible(need, table)
    offered = [choice.id for choice in question.answer.choices]
    if not left:
        return "no-single-gateway"
    if "policy-based" in left:
        return "policy-based-only" if len(left) == 1 else "either-type"
    if "route-based-only" in offered:
        return "route-based-only"
    return "route-based-on-basic" if "Basic" in left else "route-based-not-basic"


def test_the_type_is_the_one_that_the_table_of_facts_leaves(azure):
    table = cells(azure["gateway types"])
    made = check("gateway-type", second_way=lambda q: gateway_type(q, table), distinct=0.3)
    right = Counter(question.answer.key for question in made)
    assert len(right) == 6
    assert min(right.values()) > len(made) / 50
    for question in made:
        asked = "laptops" in question.text and question.answer.key == "route-based-on-basic"
        assert not asked, f"{question.id}: pages disagree on users of a Basic gateway"


def test_the_rows_of_the_quiz_are_those_of_the_facts(azure):
    table = cells(azure["gateway types"])
    assert {row: table[row] for row in ROWS} == ROWS
    skus = cells(azure["gateway SKUs"])
    assert skus["Basic, route-based"][1] == str(TUNNELS_ON_BASIC)
    assert skus["VpnGw1AZ"][1] == "30"


def subnet_count(question: Question) -> str:
    text = plain(question.text)
    prefix = re.search(r"\d+\.\d+\.\d+\.\d+/\d+", text)
    if "equal pieces" in text:
        length = int(re.search(r"of /(\d+)", text).group(1))
        return str(len(list(ip_network(prefix.group()).subnets(new_prefix=length))))
    if "Addresses are needed" in text:
        wanted = int(re.search(r"needed for (\d+)", text).group(1))
        lengths = range(33)
        fit = [n for n in lengths if ip_network(f"0.0.0.0/{n}").num_addresses >= wanted]
        return str(max(fit))
    return str(ip_network(prefix.group()).num_addresses)


def test_addresses_and_subnets_are_as_many_as_another_library_counts():
    check("subnet-count", second_way=subnet_count)


def prefix_ends(question: Question) -> str:
    text = plain(question.text)
    if "last address" in text:
        return str(ip_network(re.search(r"[\d.]+/\d+", text).group())[-1])
    address = re.search(r"address (\d+(?:\.\d+){3})", text).group(1)
    length = re.search(r"of length (\d+)", text).group(1)
    found = ip_network(f"{address}/{length}", strict=False)
    assert ip_address(address) in found
    return str(found)


def test_a_prefix_ends_where_another_library_says():
    made = check("prefix-ends", second_way=prefix_ends)
    assert {question.answer.form for question in made} == {"address", "prefix"}
