"""The schema of a trace: it is met by every run, and it describes every field."""

import copy
import json
from collections.abc import Iterator
from dataclasses import fields
from importlib.resources import files
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

from vpnedu.network.topology import NetworkKind, Side
from vpnedu.simulation import events, trace
from vpnedu.simulation.designs import DESIGNS, design
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS
from vpnedu.simulation.scenarios import SCENARIOS
from vpnedu.simulation.world.picture import nodes

SCHEMA = json.loads((files("vpnedu.simulation") / "trace.schema.json").read_text("utf-8"))
PARTS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)
EVENTS = {kind.kind: kind for kind in get_args(events.Event)}


def run(name: str = "two-sites-policy-based") -> dict:
    return json.loads(json.dumps(SCENARIOS[name].run().to_dict()))


def over_time(name: str = "active-standby", *faults: str, until: float = 60.0) -> dict:
    return json.loads(json.dumps(simulate(name, faults, until=until).to_dict()))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_run_of_every_scenario_meets_the_schema(name) -> None:
    for preset in SCENARIOS[name].presets:
        data = json.loads(json.dumps(SCENARIOS[name].run(preset).to_dict()))
        assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize("name", DESIGNS)
def test_every_design_under_every_fault_meets_the_schema(name) -> None:
    struck = [fault for fault in FAULTS if FAULTS[fault].targets(design(name))]
    for fault in struck:
        end = 21.5 if fault == "packet-loss" else 60.0
        data = over_time(name, f"{fault}@20:30", until=end)
        assert [error.message for error in VALIDATOR.iter_errors(data)] == [], fault
    assert VALIDATOR.is_valid(over_time(name))


def objects(part: object) -> Iterator[dict]:
    """Every description of an object in the schema."""
    if isinstance(part, dict):
        if "properties" in part and part.get("type") == "object":
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


def test_no_object_may_have_a_field_that_is_not_described() -> None:
    for part in objects(SCHEMA):
        assert part["additionalProperties"] is False
        assert set(part["required"]) <= set(part["properties"])
        assert part["description"].endswith(".")
        for name, field in part["properties"].items():
            assert field["description"].endswith("."), name


def test_times_and_lengths_are_described_with_their_units() -> None:
    told = {
        (part.get("description", ""), name): field["description"]
        for part in objects(SCHEMA)
        for name, field in part["properties"].items()
    }
    for (_, name), words in told.items():
        if name in ("at", "arrives", "since", "delay", "start", "end", "seconds", "interval"):
            assert "seconds" in words
        if name == "length":
            assert "bytes" in words


@pytest.mark.parametrize("kind", EVENTS)
def test_the_schema_has_every_field_of_an_event(kind) -> None:
    assert set(PARTS[kind]["properties"]) == {"event", *(f.name for f in fields(EVENTS[kind]))}
    assert PARTS[kind]["properties"]["event"]["const"] == kind
    assert set(PARTS[kind]["required"]) == set(PARTS[kind]["properties"])


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("lane", trace.Lane),
        ("flow", trace.FlowLine),
        ("fault", trace.Strike),
        ("outage", trace.Outage),
        ("node", trace.Node),
        ("tunnel", trace.TunnelLine),
    ],
)
def test_the_schema_has_every_field_of_what_a_trace_is_made_of(part, kind) -> None:
    assert set(PARTS[part]["properties"]) == {f.name for f in fields(kind)}


def test_the_schema_has_every_field_of_a_trace() -> None:
    described = set(SCHEMA["properties"]) - {"version"}
    assert described == {field.name for field in fields(trace.Trace)}


def test_the_schema_has_every_word_that_the_engine_chooses_from() -> None:
    def words(part: str, name: str) -> set[str]:
        return set(PARTS[part]["properties"][name]["enum"])

    assert words("dropped", "cause") == set(get_args(events.Cause))
    assert words("lookup", "table") == set(get_args(events.Table))
    assert words("row", "state") == set(get_args(events.RowState))
    pictures = [node for name in DESIGNS for node in nodes(design(name))]
    kinds = {*get_args(NetworkKind), "gateway", "host", "internet"}
    assert words("node", "kind") == kinds | {node.kind for node in pictures}
    columns = {node.place[0] for node in pictures if node.place}
    place = PARTS["node"]["properties"]["place"]["prefixItems"][0]["enum"]
    assert set(place) == {*get_args(Side)} | columns
    things = design("expressroute-failover").things
    assert words("lane", "kind") == {*things, "session", "route"}
    tones = PARTS["lane"]["properties"]["tones"]["additionalProperties"]["enum"]
    assert set(tones) == {*get_args(trace.Tone)}
    assert SCHEMA["properties"]["version"]["const"] == trace.VERSION
    assert PARTS["datagram"]["properties"]["hex"]["maxLength"] == 2 * trace.SHOWN


CARRIED = {
    "event": "carried",
    "at": 1.0,
    "flow": "a → b",
    "since": 1.0,
    "path": ["a", "b"],
    "delay": 0.1,
    "lost_at": None,
    "cause": None,
    "reason": "Packets arrive.",
}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(extra=1),
        lambda data: data.pop("title"),
        lambda data: data.update(version=1),
        lambda data: data.update(events=[]),
        lambda data: data["events"][0].update(at=-1),
        lambda data: data["events"][0].update(event="jumps"),
        lambda data: data["events"][0].update(reason="two\nlines"),
        lambda data: data["events"][-1].update(extra=1),
        lambda data: data["nodes"][0].update(kind="moon"),
        lambda data: data["nodes"][0].update(place=["left", 0, 0]),
        lambda data: data["datagrams"][0].update(hex="4"),
        lambda data: data["datagrams"][0]["fields"][0].append("open"),
        lambda data: data["tunnels"][0].update(ends=["one"]),
        lambda data: data["tunnels"][0].update(kind="tunnel"),
        lambda data: data.update(until=3.0),
        lambda data: data.update(outages=[]),
        lambda data: data["events"].append(CARRIED),
    ],
)
def test_a_trace_that_is_not_one_is_refused(spoil) -> None:
    data = run()
    assert VALIDATOR.is_valid(data)
    spoiled = copy.deepcopy(data)
    spoil(spoiled)
    assert not VALIDATOR.is_valid(spoiled)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("until"),
        lambda data: data.pop("outages"),
        lambda data: data.update(until=0),
        lambda data: data["datagrams"].append({}),
        lambda data: data["events"].append(CARRIED | {"event": "delivered"}),
        lambda data: data["events"].append(CARRIED | {"since": -1}),
        lambda data: data["events"].append(CARRIED | {"path": []}),
        lambda data: data["events"].append(CARRIED | {"lost_at": ""}),
        lambda data: data["lanes"][0].update(kind="moon"),
        lambda data: data["lanes"][0]["tones"].update(active="grey"),
        lambda data: data["flows"][0].update(interval=0),
        lambda data: data["faults"][0].update(until=-1),
        lambda data: data["outages"][0].update(lost=0.5),
        lambda data: data["outages"][0].update(causes=[]),
        lambda data: data["outages"][0].update(seconds=0),
        lambda data: data["outages"][0].pop("decide"),
    ],
)
def test_a_trace_over_time_that_is_not_one_is_refused(spoil) -> None:
    data = over_time("active-standby", "instance-crash@30")
    data["events"].append(CARRIED)
    assert VALIDATOR.is_valid(data)
    spoil(data)
    assert not VALIDATOR.is_valid(data)
