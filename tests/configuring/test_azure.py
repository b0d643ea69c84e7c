"""Azure's configurations, held to what the real `az` takes and to ARM's names for properties.

`data/az.json` is a record of both (see `record_az.py`); tree-sitter's grammar reads the Bicep.
"""

import json
import os
import re
import shlex
from importlib import import_module
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from tests.configuring.conftest import of
from vpnedu.configuring import configure

RECORDED = json.loads((Path(__file__).parent / "data" / "az.json").read_text(encoding="utf-8"))


def commands(script: str) -> list[list[str]]:
    """The `az` commands of a script, as words."""
    whole = script.replace("\\\n", " ")
    return [shlex.split(line) for line in whole.splitlines() if line.startswith("az ")]


def check(words: list[str]) -> None:
    """Hold one command to the record: known options, allowed values, nothing missing."""
    command = " ".join(words[1 : next(i for i, w in enumerate(words) if w.startswith("-"))])
    known = {name: o for o in RECORDED["commands"][command] for name in o["names"]}
    given: dict[str, list[str]] = {}
    for word in words[1 + len(command.split()) :]:
        if word.startswith("--"):
            assert word in known, f"az {command} has no {word}"
            assert word not in given, f"{word} is given twice"
            given[word] = values = []
        else:
            values.append(word)
    for name, values in given.items():
        _check_values(f"{command} {name}", known[name], values)
    for option in RECORDED["commands"][command]:
        assert not option["required"] or set(option["names"]) & set(given), option["names"]


def _check_values(where: str, option: dict[str, Any], values: list[str]) -> None:
    counts = {"0": (0, 0), "1": (1, 1), "?": (0, 1), "+": (1, 99), "*": (0, 99)}
    least, most = counts[option["takes"]]
    assert least <= len(values) <= most, f"{where} takes {option['takes']}, has {values}"
    if option["choices"]:
        allowed = {choice.lower() for choice in option["choices"]}
        assert {value.lower() for value in values} <= allowed, f"{where}: {values}"


@pytest.mark.parametrize("made", of("azure-cli"), ids=lambda made: made.scenario)
def test_az_takes_every_command(made) -> None:
    found = commands(made["azure.sh"].text)
    assert len(found) >= 4
    for words in found:
        check(words)


def test_the_record_would_notice_mistakes() -> None:
    [first] = [c for c in commands(configure("office-to-cloud", "azure-cli")["azure.sh"].text)
               if "vnet-gateway" in c[2]]  # fmt: skip
    for spoilt in (
        [w.replace("RouteBased", "RouteBase") for w in first],
        [w.replace("--vnet", "--vnets") for w in first],
        [w for w in first if w not in ("--name", "cloud-gateway")],
    ):
        with pytest.raises(AssertionError):
            check(spoilt)


@pytest.mark.parametrize("made", of("azure-cli"), ids=lambda made: made.scenario)
def test_what_is_set_by_a_path_is_a_property(made) -> None:
    for words in commands(made["azure.sh"].text):
        kind = {"vnet-gateway": "virtualNetworkGateways", "vpn-connection": "connections"}
        for word in words[1:]:
            path, equals, value = word.partition("=")
            if equals and not word.startswith("--"):
                place: Any = RECORDED["resources"][kind[words[2]]]["properties"]
                for name in path.split("."):
                    place = place[name.split("[")[0]]
                for entry in json.loads(value):
                    assert not isinstance(entry, dict) or set(entry) <= set(place)


@pytest.mark.parametrize("made", of("azure-cli"), ids=lambda made: made.scenario)
def test_a_thing_is_made_before_it_is_named(made) -> None:
    naming = {"--vnet", "--vnet-name", "--public-ip-addresses", "--local-gateway2",
              "--vnet-gateway1", "--vnet-gateway2", "--connection-name"}  # fmt: skip
    made_so_far: set[str] = set()
    for words in commands(made["azure.sh"].text):
        option = ""
        for word in words:
            option = word if word.startswith("--") else option
            if option in naming and word != option:
                assert word in made_so_far, f"{word} is not there yet"
        if "create" in words:
            made_so_far.add(words[words.index("--name") + 1])


@pytest.mark.parametrize("made", of("bicep"), ids=lambda made: made.scenario)
def test_bicep_is_read_by_its_grammar(made) -> None:
    if os.environ.get("CI"):
        tree_sitter, grammar = import_module("tree_sitter"), import_module("tree_sitter_bicep")
    else:
        tree_sitter = pytest.importorskip("tree_sitter")
        grammar = pytest.importorskip("tree_sitter_bicep")
    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    for text in (made["main.bicep"].text, made["main.bicep"].explained):
        assert not parser.parse(text.encode()).root_node.has_error
    spoilt = made["main.bicep"].text.replace("location: location", "location location", 1)
    assert parser.parse(spoilt.encode()).root_node.has_error


def paths(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each property of each resource: the resource's kind, and the names that lead to it."""
    found, kind, stack = [], "", []
    for line in text.splitlines():
        if resource := re.match(r"resource \w+ 'Microsoft.Network/(\w+)@", line):
            kind, stack = resource[1], []
        elif named := re.match(r"( +)(\w+): ", line):
            depth = len(named[1])
            stack = [(d, n) for d, n in stack if d < depth] + [(depth, named[2])]
            found.append((kind, tuple(n for _, n in stack)))
    return found


@pytest.mark.parametrize("made", of("bicep"), ids=lambda made: made.scenario)
def test_every_property_is_one_that_azure_knows(made) -> None:
    found = paths(made["main.bicep"].text)
    assert len(found) > 20
    for kind, names in found:
        place: Any = RECORDED["resources"][kind]
        for name in names:
            if place is None:
                break
            assert name in place, f"{kind} has no {'.'.join(names)}"
            place = place[name]


@pytest.mark.parametrize("made", of("bicep"), ids=lambda made: made.scenario)
def test_every_symbol_is_declared_once(made) -> None:
    text = made["main.bicep"].text
    declared = re.findall(r"^(?:param|resource) (\w+)", text, re.MULTILINE)
    assert len(declared) == len(set(declared))
    used = set(re.findall(r"(?:: |\{)(\w+)\.id", text))
    assert used
    assert used <= set(declared)


@pytest.mark.parametrize("made", of("azure-cli"), ids=lambda made: made.scenario)
def test_both_ways_of_telling_azure_tell_it_the_same(made) -> None:
    script, bicep = made["azure.sh"].text, configure(made.scenario, "bicep")["main.bicep"].text

    def facts(text: str) -> set[str]:
        return set(re.findall(r"\d+\.\d+\.\d+\.\d+(?:/\d+)?", text)) | set(
            re.findall(r"\b(?:GCMAES256|ECP384|SHA384|VpnGw1AZ|27000|102400000|65\d\d\d)\b", text)
        )

    assert facts(script) == facts(bicep)
    names = set(re.findall(r"^  name: '([\w-]+)'", bicep, re.MULTILINE))
    assert names == set(re.findall(r"--name ([\w-]+)", script)) - {"GatewaySubnet"}


@pytest.mark.parametrize("made", of("azure-cli"), ids=lambda made: made.scenario)
def test_the_gateway_subnet_is_inside_and_apart(made) -> None:
    for words in commands(made["azure.sh"].text):
        if words[2:4] == ["vnet", "create"]:
            network = ip_network(words[words.index("--address-prefixes") + 1])
            workload = ip_network(words[words.index("--subnet-prefixes") + 1])
        if words[2:4] == ["vnet", "subnet"]:
            subnet = ip_network(words[words.index("--address-prefixes") + 1])
            assert subnet.prefixlen == 27
            assert subnet.subnet_of(network)
            assert not subnet.overlaps(workload)


def test_a_policy_based_firewall_gets_pairs_and_the_policy_that_they_need() -> None:
    script = configure("prefix-pairs", "azure-cli")["azure.sh"].text
    assert script.count("--use-policy-based-traffic-selectors true") == 2
    assert script.index("ipsec-policy add") < script.index("--use-policy-based-traffic-selectors")
    pairs = json.loads(re.findall(r"trafficSelectorPolicies=(.*)'", script)[0])
    assert [(p["localAddressRanges"], p["remoteAddressRanges"]) for p in pairs] == [
        (["10.8.0.0/16"], ["10.2.0.0/16"]),
        (["10.9.0.0/16"], ["10.2.0.0/16"]),
    ]


def test_two_serving_instances_have_two_addresses_and_one_connection_a_device() -> None:
    script = configure("dual-redundancy", "azure-cli")["azure.sh"].text
    assert "--public-ip-addresses gateway-ip-1 gateway-ip-2" in script
    assert script.count("vpn-connection create") == 2
    assert "bgpPeeringAddresses[1].customBgpIpAddresses" in script
    assert "activeActive: true" in configure("dual-redundancy", "bicep")["main.bicep"].text


def test_zones_are_named_where_the_design_names_them() -> None:
    assert "--zone 1 2 3" in configure("zone-redundant", "azure-cli")["azure.sh"].text
    assert "--zone 1 \\" not in configure("zone-redundant", "azure-cli")["azure.sh"].text
    assert re.search(r"--zone 1$", configure("zonal", "azure-cli")["azure.sh"].text, re.M)
    assert "--zone" not in configure("active-active", "azure-cli")["azure.sh"].text


def test_forced_tunnelling_names_the_site() -> None:
    made = configure("forced-tunnelling", "azure-cli", "branch gateway")
    assert "--gateway-default-site branch-gateway-office-gateway" in made["azure.sh"].text
    made = configure("forced-tunnelling", "bicep", "branch gateway")
    assert "gatewayDefaultSite: {" in made["main.bicep"].text
