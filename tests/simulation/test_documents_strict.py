"""A document that breaks a rule: the very place is named, whatever the document is."""

import json
import pickle
import re
import time
from typing import Any

import pytest

from tests.simulation.sample_documents import (
    design,
    having,
    network,
)
from vpnedu.network.addresses import InputError
from vpnedu.simulation.documents import limits, read, written

LONG = "a" * 41
# Where a rule is told of another place than the one that was changed: the second of two, or a part.
ELSEWHERE = {
    ("networks.0.name", "called 'Branch' already"): "networks.1.name",
    ("gateways.0.policies.0.action", "uses no tunnel"): "gateways.0.policies.0.tunnel",
    ("tunnels.0.keys", "no end of this tunnel"): "tunnels.0.keys.moon gateway",
    ("tunnels.0.offers", "at least 2"): "tunnels.0.offers.office gateway.0",
    ("gateways.0.filters", "already"): "gateways.0.filters.1",
    ("devices.0.name", "called 'device 2' already"): "devices.1.name",
    ("ports", "already"): "ports.1",
    ("ports", "from 1"): "ports.0",
    ("run.settings", "not a number"): "run.settings.hold-time",
    ("run.settings", "no timer"): "run.settings.no-timer",
    ("gateways.0.instances.0.zone", "every instance"): "gateways.0.instances",
}
# Seconds of this process's own time that reading may take.
QUICK = 0.2


def refused(document: object) -> InputError:
    with pytest.raises(InputError) as wrong:
        read(document)
    assert wrong.value.rule.isprintable()
    assert len(wrong.value.rule) < 300
    return wrong.value


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("vpnedu", 2, "another vpnedu"),
        ("vpnedu", True, "not a whole number"),
        ("kind", "net", "not one of network, design"),
        ("title", "", "is empty"),
        ("title", "two\nlines", "U\\+000A"),
        ("colour", "red", "no such key"),
        ("mtu", 1500.0, "not a whole number"),
        ("mtu", True, "not a whole number"),
        ("icmp", 1, "neither true nor false"),
        ("networks", {}, "a list of networks"),
        ("networks.0", None, "null stands where an object"),
        ("networks.0.name", "Branch", "called 'Branch' already"),
        ("networks.0.name", "branch", "called 'Branch' already"),
        ("networks.0.name", " x", "begins or ends with a blank"),
        ("networks.0.name", "internet", "the engine's own"),
        ("networks.0.name", "10.9.0.4", "is an address"),
        ("networks.0.name", "a\u202eb", "U\\+202E"),
        ("networks.0.name", "a\ud800", "U\\+D800"),
        ("networks.0.name", "a\u200b", "U\\+200B"),
        ("networks.0.name", "e" + "\u0301" * 3, "accents"),
        ("networks.0.kind", "moon", "not one of site"),
        ("networks.0.prefixes", [], "at least 1"),
        ("networks.0.prefixes.0", "10.1.0.4/16", "host bits"),
        ("networks.0.prefixes.0", 10, "is not text"),
        ("networks.0.hosts.0.address", "10.1", "not an IPv4 or IPv6 address"),
        ("networks.1.hosts.0.address", "10.1.0.4", "another device's"),
        ("networks.0.place.0", "top", "left, right"),
        ("networks.0.place.1", float("nan"), "not allowed"),
        ("networks.0.place", ["left"], "at least 2"),
        ("gateways.0.inside", "Moon", "no network 'Moon'"),
        ("gateways.1.inside", "Head office", "has a gateway already: office gateway"),
        ("gateways.0.address", "::1%eth0", "not an IPv4 or IPv6 address"),
        ("gateways.0.kind", "policy", "policy-based, route-based"),
        ("gateways.0.otherwise", "protect", "discard, bypass"),
        ("gateways.0.filters", ["esp", "esp"], "already"),
        ("gateways.0.policies.0.tunnel", "tunnel x", "no tunnel 'tunnel x'"),
        ("gateways.0.policies.0.tunnel", None, "needs the name of a tunnel"),
        ("gateways.0.policies.0.action", "bypass", "uses no tunnel"),
        ("gateways.0.policies.0.local", "10.1.0.0/16,", "not an IPv4 or IPv6 prefix"),
        ("gateways.0.policies.0.remote", "2001:db8::/32", "different families"),
        ("gateways.0.policies.0.protocol", "tcpx", "is not a protocol"),
        ("gateways.0.policies.0.local_ports", "70000", "is not a port"),
        ("gateways.0.routes.0.prefix", "x", "not an IPv4 or IPv6 prefix"),
        ("gateways.0.routes.0.via", "tunnel x", "no interface"),
        ("gateways.0.routes.0.via", "", "somewhere to send packets"),
        ("gateways.0.routes.0.metric", -1, "from 0"),
        ("gateways.0.routes.0.origin", "rumour", "static, connected, learned"),
        ("tunnels.0.ends.1", "moon gateway", "no gateway"),
        ("tunnels.0.ends.1", "office gateway", "two different ends"),
        ("tunnels.0.suite", "3DES + SHA1-96", "not one of AES-GCM-16"),
        ("tunnels.0.keys", {"moon gateway": "x"}, "no end of this tunnel"),
        ("tunnels.0.offers", {"office gateway": [["10.1.0.0/16"]]}, "at least 2"),
        ("send.port", 70000, "from 0 to 65535"),
        ("send.protocol", "any", "one protocol"),
        ("send.length", 65535, "from 20"),
    ],
)
def test_a_network_that_breaks_a_rule_names_the_place(path: str, value: Any, rule: str) -> None:
    wrong = refused(having(network(), path, value))
    assert wrong.field == ELSEWHERE.get((path, rule), path)
    assert re.search(rule, wrong.rule)


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("devices.0.name", "device 2", "called 'device 2' already"),
        ("devices.1.provider", "provider 1", "already"),
        ("devices.0.name", "tunnel 9", "how the engine calls"),
        ("devices.0.name", "a|b", "joins names"),
        ("devices.0.name", "office", "already"),
        ("devices", [], "needs a device"),
        ("gateways", [], "need a gateway|no way to a network"),
        ("gateways.0.mode", "active", "active/standby, active/active"),
        ("gateways.0.instances", [], "at least 1"),
        ("gateways.0.instances.0.zone", "zone 1", "every instance"),
        ("gateways.0.region", "device 1", "already"),
        ("gateways.0.network", "region 1", "is a region here"),
        ("gateways.0.prepend", 11, "from 0 to 10"),
        ("ports", [40000, 40000], "already"),
        ("ports", [0], "from 1"),
        ("run.profile", "acme", "not one of"),
        ("run.settings", {"hold-time": "soon"}, "not a number"),
        ("run.settings", {"no-timer": 1}, "no timer"),
        ("run.until", 0, "from 1"),
        ("run.until", 1.00001, "decimals"),
        ("run.seed", 1.0, "not a whole number"),
        ("run.faults", ["x"] * 7, "at most 6"),
    ],
)
def test_a_design_that_breaks_a_rule_names_the_place(path: str, value: Any, rule: str) -> None:
    wrong = refused(having(design(), path, value))
    assert wrong.field == ELSEWHERE.get((path, rule), path)
    assert re.search(rule, wrong.rule)


@pytest.mark.parametrize(
    "document", [None, 7, "x", [], {}, {"vpnedu": 1}, {"kind": "network"}, {1: 2}, [[[]]], object()]
)
def test_what_is_no_document_is_refused(document: object) -> None:
    assert refused(document).field in ("document", "vpnedu", "kind")


def test_a_number_without_end_is_not_told_in_full() -> None:
    wrong = refused(having(network(), "gateways.0.routes.0.metric", 10**5000))
    assert "more than 60 digits" in wrong.rule


@pytest.mark.parametrize("key", ["title", "networks", "gateways", "tunnels"])
def test_a_key_that_is_missing_is_named(key: str) -> None:
    data = network()
    del data[key]
    wrong = refused(data)
    assert (wrong.field, wrong.rule) == (key, "is missing")


def test_a_place_can_be_told_from_where_the_document_stands() -> None:
    with pytest.raises(InputError) as wrong:
        read(having(network(), "tunnels.0.name", ""), "documents.1")
    assert wrong.value.field == "documents.1.tunnels.0.name"
    assert pickle.loads(pickle.dumps(wrong.value)).field == wrong.value.field


def grown(networks: int, hosts: int, tunnels: int = 0) -> dict[str, Any]:
    """A network of so many networks, each with so many hosts and a gateway."""
    return {
        "vpnedu": 1,
        "kind": "network",
        "title": "Grown",
        "networks": [
            {
                "name": f"network {n}",
                "kind": "site",
                "prefixes": [f"10.{n}.0.0/16"],
                "hosts": [
                    {"name": f"host {n}-{h}", "address": f"10.{n}.0.{h + 1}"} for h in range(hosts)
                ],
                "place": ["left", n],
            }
            for n in range(networks)
        ],
        "gateways": [
            {
                "name": f"gateway {n}",
                "address": f"198.51.100.{n + 1}",
                "inside": f"network {n}",
                "kind": "route-based",
            }
            for n in range(networks)
        ],
        "tunnels": [
            {"name": f"tunnel {t}", "ends": ["gateway 0", f"gateway {1 + t % (networks - 1)}"]}
            for t in range(tunnels)
        ],
    }


def repeated(path: str, value: Any, document: dict[str, Any] | None = None) -> Any:
    """A maker of documents in which the list at `path` has a number of `value`s."""

    def made(count: int) -> dict[str, Any]:
        data = json.loads(json.dumps(document or grown(3, 1, 3)))
        return having(data, path, [value(n) if callable(value) else value for n in range(count)])

    return made


POLICY = {"local": "10.0.0.0/16", "remote": "10.1.0.0/16", "action": "discard"}
RANGES = ", ".join(f"10.0.{n}.1-10.0.{n}.9" for n in range(limits.RANGES))


@pytest.mark.parametrize(
    ("made", "most", "field"),
    [
        (lambda count: grown(count, 1), limits.NETWORKS, "networks"),
        (lambda count: grown(1, count), limits.HOSTS, "networks.0.hosts"),
        (lambda count: grown(6, count), limits.HOSTS // 6, "networks.4.hosts"),
        (lambda count: grown(4, 0, count), limits.TUNNELS, "tunnels"),
        (repeated("networks.0.prefixes", lambda n: f"10.{n}.0.0/16"), limits.PREFIXES,
         "networks.0.prefixes"),
        (repeated("gateways.0.policies", POLICY), limits.POLICIES, "gateways.0.policies"),
        (repeated("gateways.0.policies", POLICY | {"local": RANGES}),
         limits.ALL_RANGES // limits.RANGES, "gateways.0.policies"),
        (repeated("gateways.0.routes", {"prefix": "10.9.0.0/16", "via": "internet"}),
         limits.ROUTES, "gateways.0.routes"),
        (lambda count: having(having(grown(2, 1, 1), "tunnels.0.offers", {"gateway 0": []}),
                              "tunnels.0.offers.gateway 0", [["10.0.0.0/16"] * 2] * count),
         limits.OFFERS, "tunnels.0.offers.gateway 0"),
        (lambda count: having(network(), "networks.0.hosts.0.name", "n" * count),
         limits.NAME, "networks.0.hosts.0.name"),
        (lambda count: having(network(), "title", "n" * count), limits.TITLE, "title"),
        (lambda count: having(network(), "tunnels.0.keys", {"office gateway": "k" * count}),
         limits.KEY, "tunnels.0.keys.office gateway"),
        (lambda count: having(network(), "mtu", count), limits.MTU[1], "mtu"),
        (lambda count: having(network(), "send.length", count), limits.LENGTH[1], "send.length"),
        (lambda count: having(design(), "ports", list(range(1, count + 1))), limits.PORTS, "ports"),
        (lambda count: having(design(), "devices.0.name", "n" * count), limits.PART,
         "devices.0.name"),
        (repeated("devices", lambda n: {"name": f"d {n}", "provider": f"p {n}"}, design()),
         limits.DEVICES, "devices"),
        (repeated("gateways.0.instances", lambda n: {"name": f"i {n}"}, design()),
         limits.INSTANCES, "gateways.0.instances"),
        (repeated("gateways", lambda n: {"name": f"g {n}", "mode": "active/standby",
                                         "instances": [{"name": f"i {n}"}],
                                         "region": f"r {n}", "network": f"n {n}"}, design()),
         limits.CLOUD_GATEWAYS, "gateways"),
        (repeated("circuits", lambda n: {"name": f"c {n}", "router": f"r {n}",
                                         "location": f"l {n}"}, design()),
         limits.CIRCUITS, "circuits"),
        (repeated("run.faults", "instance-crash@30", design()), limits.FAULTS, "run.faults"),
        (lambda count: having(design(), "run.until", count), int(limits.LONGEST), "run.until"),
        (lambda count: having(design(), "run.seed", count), limits.SEED, "run.seed"),
    ],
)  # fmt: skip
def test_a_limit_is_allowed_and_one_more_is_not(made: Any, most: int, field: str) -> None:
    read(made(most))
    assert refused(made(most + 1)).field == field


def test_routes_that_would_be_learned_without_end_are_refused() -> None:
    data = grown(12, 0, 24)
    for place, tunnel in enumerate(data["tunnels"]):
        tunnel["announces"] = True
        tunnel["ends"][1] = f"gateway {max(place - 12, 1)}"
    for place, one in enumerate(data["networks"]):
        one["prefixes"] = [f"10.{place}.{n}.0/24" for n in range(6)]
    wrong = refused(data)
    assert wrong.field == "tunnels"
    assert "with those it learns" in wrong.rule


def test_the_largest_document_is_read_quickly() -> None:
    data = grown(12, 2, 24)
    for gateway in data["gateways"]:
        gateway["policies"] = [POLICY | {"local": "10.1.0.1-10.1.0.9, 10.2.0.0/16"}] * 32
        gateway["routes"] = [{"prefix": "10.9.0.0/16", "via": "internet"}] * 64
    began = time.process_time()
    read(data)
    assert time.process_time() - began < QUICK
    assert len(json.dumps(written(read(data).topology, "x"))) < 256_000  # type: ignore[union-attr]
