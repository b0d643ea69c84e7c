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
from vpnedu.simulation.scenarios import SCENARIOS

SCHEMA = json.loads((files("vpnedu.simulation") / "trace.schema.json").read_text("utf-8"))
PARTS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)
EVENTS = {kind.kind: kind for kind in get_args(events.Event)}


def run(name: str = "two-sites-policy-based") -> dict:
    return json.loads(json.dumps(SCENARIOS[name].run().to_dict()))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_run_of_every_scenario_meets_the_schema(name) -> None:
    for preset in SCENARIOS[name].presets:
        data = json.loads(json.dumps(SCENARIOS[name].run(preset).to_dict()))
        assert [error.message for error in VALIDATOR.iter_errors(data)] == []


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
        if name in ("at", "arrives"):
            assert "seconds" in words
        if name == "length":
            assert "bytes" in words


@pytest.mark.parametrize("kind", EVENTS)
def test_the_schema_has_every_field_of_an_event(kind) -> None:
    assert set(PARTS[kind]["properties"]) == {"event", *(f.name for f in fields(EVENTS[kind]))}
    assert PARTS[kind]["properties"]["event"]["const"] == kind
    assert set(PARTS[kind]["required"]) == set(PARTS[kind]["properties"])


def test_the_schema_has_every_word_that_the_engine_chooses_from() -> None:
    def words(part: str, name: str) -> set[str]:
        return set(PARTS[part]["properties"][name]["enum"])

    assert words("dropped", "cause") == set(get_args(events.Cause))
    assert words("lookup", "table") == set(get_args(events.Table))
    assert words("row", "state") == set(get_args(events.RowState))
    assert words("node", "kind") == {*get_args(NetworkKind), "gateway", "host", "internet"}
    assert set(PARTS["node"]["properties"]["place"]["prefixItems"][0]["enum"]) == {*get_args(Side)}
    assert SCHEMA["properties"]["version"]["const"] == trace.VERSION
    assert PARTS["datagram"]["properties"]["hex"]["maxLength"] == 2 * trace.SHOWN


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(extra=1),
        lambda data: data.pop("title"),
        lambda data: data.update(version=2),
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
    ],
)
def test_a_trace_that_is_not_one_is_refused(spoil) -> None:
    data = run()
    assert VALIDATOR.is_valid(data)
    spoiled = copy.deepcopy(data)
    spoil(spoiled)
    assert not VALIDATOR.is_valid(spoiled)
