"""Every calculation that a bank may name: a value known from elsewhere, and what bad inputs say."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing import COMPUTED, computed
from vpnedu.quiz.predicting import OF_PACKETS, OVER_TIME, run, told
from vpnedu.quiz.reading.reader import no_facts
from vpnedu.simulation.availability import CommonCause, Component, availability

ROUTES = [
    {"prefix": "0.0.0.0/0", "via": "internet"},
    {"prefix": "10.0.0.0/8", "via": "tunnel a"},
    {"prefix": "10.1.0.0/16", "blackhole": True},
]
POLICIES = [
    {"local": "10.1.0.0/16", "remote": "10.2.9.0/24", "action": "discard"},
    {"local": "10.1.0.0/16", "remote": "10.2.0.0/16", "tunnel": "tunnel a"},
]
PACKET = {"source": "10.1.0.1", "destination": "10.2.0.1", "port": 443}
OFFER = {"local": "10.1.0.0/16", "remote": "10.2.0.0/16"}

# The calculation, its inputs, and its answer, worked out by hand or taken from FACTS §2.9 and §4.
KNOWN = [
    ("sealed-length", {"inner": 40}, "96"),
    ("sealed-length", {"inner": 1400, "nat_t": True}, "1464"),
    ("largest-inner", {"mtu": 1500}, "1446"),
    ("tcp-mss", {"mtu": 1500}, "1406"),
    ("tcp-mss", {"mtu": 1500, "version": 6}, "1386"),
    ("fragments", {"length": 1556, "mtu": 1500}, "2"),
    ("overhead-percent", {"inner": 40}, "140.0"),
    ("addresses", {"prefix": "10.0.0.0/27", "keeps": 5}, "27"),
    ("last-address", {"prefix": "10.33.0.0/20"}, "10.33.15.255"),
    ("covering-prefix", {"prefixes": ["10.2.0.0/16", "10.3.0.0/16"]}, "10.2.0.0/15"),
    ("covering-prefix", {"prefixes": ["10.3.0.0/16", "10.4.0.0/16"]}, "10.0.0.0/13"),
    ("route", {"routes": ROUTES, "destination": "10.2.3.4"}, "tunnel a"),
    ("route", {"routes": ROUTES, "destination": "10.1.3.4"}, "blackhole"),
    ("route", {"routes": ROUTES[1:], "destination": "192.0.2.1"}, "none"),
    ("policy", {"policies": POLICIES, "packet": PACKET}, "tunnel a"),
    ("policy", {"policies": POLICIES[:1], "packet": PACKET}, "discard"),
    ("policy", {"policies": POLICIES[:1], "packet": PACKET, "default": "bypass"}, "bypass"),
    (
        "narrowing",
        {"initiator": OFFER, "responder": {"local": "10.2.3.0/24", "remote": "10.1.0.0/16"}},
        "10.1.0.0/16 - 10.2.3.0/24",
    ),
    (
        "narrowing",
        {"initiator": OFFER, "responder": {"local": "10.3.0.0/16", "remote": "10.1.0.0/16"}},
        "none",
    ),
    ("replay", {"arrivals": [1, 2, 70, 3, 70, 7]}, "1, 2, 70, 7"),
    (
        "bgp-path",
        {"own_as": 65001, "paths": [{"as_path": [1, 2], "via": "x"}, {"as_path": [3], "via": "y"}]},
        "y",
    ),
    ("availability", {"parts": ["99.95", "99.9"], "digits": 5}, "99.85005"),
    ("availability", {"parts": ["99.9", "99.9"], "needed": 1}, "99.9999"),
    ("availability", {"parts": ["90", "90", "90"], "needed": 2, "digits": 1}, "97.2"),
    ("availability", {"parts": ["99.9", "99.9"], "needed": 1, "shared": "99"}, "98.9999"),
    ("availability", {"parts": [["99.9", "99.9"], ["99.9", "99.9"]], "needed": 1}, "99.9996"),
    ("common-cause", {"part": "99.9", "percent": "10", "digits": 5}, "99.98992"),
    ("common-cause", {"part": "99", "percent": "100", "digits": 1}, "99.0"),
    ("downtime", {"availability": "99.95"}, "4.38"),
    ("downtime", {"availability": "99.95", "unit": "minutes", "per": "month"}, "21.90"),
    ("sum", {"terms": ["12 * 15", "2 * 90"]}, "360"),
    ("timer", {"profile": "azure", "name": "hold-time"}, "180"),
    ("count", {"name": "dual-redundancy", "of": "tunnels"}, "4"),
    ("count", {"name": "zone-redundant", "of": "zones"}, "2"),
    ("part-length", {"name": "ESP header"}, "8"),
    ("part-length", {"name": "outer IPv6 header", "outer": 6}, "40"),
    ("address-number", {"address": "10.2.9.7"}, "167905543"),
    ("agreeing-bits", {"prefix": "10.32.0.0/16", "address": "10.33.0.7"}, "15"),
    ("agreeing-bits", {"prefix": "10.33.0.0/24", "address": "10.33.0.7"}, "24"),
    ("give-up", {"profile": "azure"}, "45"),
    ("give-up", {"profile": "strongswan"}, "195.061"),
    ("rehashed", {"flows": 400, "before": 2, "after": 2}, "0"),
]


@pytest.mark.parametrize(("by", "inputs", "answer"), KNOWN)
def test_a_calculation_gives_what_is_known(by: str, inputs: dict[str, object], answer: str) -> None:
    assert computed(by, inputs, no_facts)["answer"] == answer


def test_outages_span_the_runs_of_all_seeds() -> None:
    inputs = {"name": "active-active", "faults": ["instance-crash@30"], "seeds": 5, "until": 120}
    words = computed("outages", inputs, no_facts)
    singles = [
        float(computed("outages", inputs | {"seeds": seeds}, no_facts)["longest"])
        for seeds in range(1, 6)
    ]
    assert float(words["longest"]) == max(singles)
    assert float(words["shortest"]) <= singles[0] <= float(words["longest"])
    assert words["answer"] == words["longest"]


@pytest.mark.parametrize("beta", [0, 1, 4, 50, 100])
@pytest.mark.parametrize("of", [2, 3])
def test_a_common_cause_costs_what_the_library_says(beta: int, of: int) -> None:
    parts = [Component.of(f"part {number}", 0.99) for number in range(of)]
    inputs = {"part": "99", "percent": beta, "of": of, "digits": 9}
    answer = computed("common-cause", inputs, no_facts)["answer"]
    known = availability(CommonCause(beta / 100, *parts))
    assert float(answer) / 100 == pytest.approx(known, abs=1e-10)


def test_a_common_cause_is_told_apart_from_the_parts_own_failures() -> None:
    words = computed("common-cause", {"part": "99.9", "percent": "4"}, no_facts)
    assert (words["common"], words["own"]) == ("21 min", "29.1 s")


def test_every_calculation_is_tried_here() -> None:
    flows = {
        "flow-outage",
        "flow-carrier",
        "flow-delay",
        "moment",
        "route-prefix",
    }  # in test_computed_flows.py
    plans = {"free-block", "plan-findings", "smallest-block", "at-least"}  # …_plans.py
    assert {by for by, *_ in KNOWN} | {"outages"} | flows | plans == set(COMPUTED)


@pytest.mark.parametrize(
    ("by", "inputs", "told_"),
    [
        ("sealed-lenght", {}, "there is no calculation"),
        ("sealed-length", {}, "missing a required argument"),
        ("sealed-length", {"inner": 40, "outter": 4}, "unexpected keyword"),
        ("sealed-length", {"inner": 40, "suite": "ROT13"}, "there is no 'ROT13'"),
        ("sealed-length", {"inner": "forty"}, "sealed-length"),
        ("sealed-length", {"inner": 40, "outer": 5}, "sealed-length"),
        ("covering-prefix", {"prefixes": []}, "name at least one"),
        ("covering-prefix", {"prefixes": ["10.0.0.0/8", "2001:db8::/32"]}, "same version"),
        ("availability", {"parts": ["101"]}, "is not a share"),
        ("availability", {"parts": ["99"], "needed": 2}, "is not a number from 1 to 1"),
        ("availability", {"parts": [0.5]}, "write it as text"),
        ("availability", {"parts": [[], "99"]}, "at least one part"),
        ("common-cause", {"part": "99", "percent": "10", "of": 0}, "use 1 or more"),
        ("common-cause", {"part": "99", "percent": "101"}, "is not a share"),
        ("downtime", {"availability": "99", "per": "decade"}, "there is no 'decade'"),
        ("timer", {"profile": "azure", "name": "hold"}, "there is no timer"),
        ("count", {"name": "zonal", "of": "clouds"}, "there is no 'clouds'"),
        ("fact", {"file": "a", "table": "b", "row": "c", "column": "d"}, "there are no facts here"),
    ],
)
def test_bad_inputs_are_told(by: str, inputs: dict[str, object], told_: str) -> None:
    with pytest.raises(InputError, match=told_):
        computed(by, inputs, no_facts)


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("tunnel", "tunnel 3"),
        ("tunnels", "tunnel 3"),
        ("path", "Ana > hub gateway > gateway 3 > Dia"),
        ("fate", "sealed"),
        ("dropped-at", "none"),
        ("first-lookup", "tunnel 3"),
        ("wire-length", "156"),
    ],
)
def test_a_packets_run_is_asked(ask: str, answer: str) -> None:
    trace = run({"scenario": "hub-route-based", "preset": 0})
    assert told(trace, ask)["answer"] == answer


def test_a_run_over_time_is_asked() -> None:
    trace = run({"design": "active-standby", "faults": ["instance-crash@30"], "until": 240})
    worst = max(trace.outages, key=lambda outage: outage.seconds)
    assert told(trace, "outage-seconds")["answer"] == f"{worst.seconds:.1f}"
    parts = {"detect": worst.detect, "decide": worst.decide, "redirect": worst.redirect}
    assert told(trace, "longest-part")["answer"] == max(parts, key=parts.__getitem__)
    assert told(trace, "recovers")["answer"] == "again"
    assert told(trace, "outages")["answer"] == str(len(trace.outages))
    assert int(told(trace, "lost-packets")["answer"]) >= worst.lost


def test_a_calm_run_has_no_outage() -> None:
    trace = run({"design": "active-standby", "until": 60})
    assert {ask: told(trace, ask)["answer"] for ask in OVER_TIME} == {
        "outage-seconds": "0",
        "longest-part": "none",
        "recovers": "untouched",
        "lost-packets": "0",
        "outages": "0",
    }


def test_a_packets_run_is_not_asked_for_seconds() -> None:
    trace = run({"scenario": "hub-route-based", "preset": 0})
    with pytest.raises(InputError, match="there are tunnel, "):
        told(trace, "outage-seconds")
    assert set(OF_PACKETS).isdisjoint(OVER_TIME)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"scenario": "hub-route-based", "preset": 99},
        {"scenario": "hub-route-based", "preset": 0, "port": 80},
        {"scenario": "hub-route-based", "from": "Ana"},
        {"design": "active-standby", "colour": "red"},
        {"design": "active-standby", "faults": ["nothing@30"]},
    ],
)
def test_a_run_that_cannot_be_is_told(inputs: dict[str, object]) -> None:
    with pytest.raises(InputError):
        run(inputs)
