"""Random documents, legal and spoiled: read or refused, run, and told as the schema tells them."""

import json
import time
from contextlib import suppress
from importlib.resources import files
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.simulation.sample_documents import (
    PRESETS,
    all_designs,
    design,
    having,
    network,
    random_network,
    random_send,
    random_tables,
    spoiled,
)
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import DesignDocument, NetworkDocument, read, written
from vpnedu.simulation.documents.schema import schema

SCHEMA = json.loads((files("vpnedu.simulation.documents") / "document.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
# Seconds of this process's own time that reading may take.
QUICK = 0.2


@pytest.mark.parametrize("seed", range(300))
def test_a_spoiled_document_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = Random(seed)
    name = chance.choice(PRESETS)
    data: Any = network(*name) if seed % 3 else design(chance.choice(list(DESIGNS)))
    for _ in range(chance.randint(1, 3)):
        data = spoiled(data, chance)
    began = time.process_time()
    told = ""
    try:
        found = read(data)
    except InputError as wrong:
        found, told = None, wrong.rule + wrong.field
    assert told.isprintable()
    assert time.process_time() - began < QUICK
    if found is not None:
        assert VALIDATOR.is_valid(data)
        # What is accepted can be run; a packet's or a fault's own mistake may be told.
        with suppress(InputError):
            found.trace()


@pytest.mark.parametrize("seed", range(40))
def test_a_random_network_is_legal_and_written_as_it_was_read(seed: int) -> None:
    data = random_network(Random(seed), strange=seed % 2 == 0)
    found = read(data)
    again = written(found.topology, found.title)  # type: ignore[union-attr]
    assert VALIDATOR.is_valid(data)
    assert VALIDATOR.is_valid(again)
    assert read(json.loads(json.dumps(again))) == found
    assert written(read(again).topology, found.title) == again  # type: ignore[union-attr]


# What may be wrong with a packet that a legal network is asked to carry.
OWN_FAULT = {"destination", "length", "source"}


@pytest.mark.parametrize("seed", range(60))
def test_a_legal_network_carries_any_packet_or_says_what_is_wrong_with_it(seed: int) -> None:
    chance = Random(f"tables {seed}")
    data = random_tables(chance)
    if not any(one["hosts"] for one in data["networks"]):
        return
    for _ in range(4):
        found = read(data | {"send": random_send(chance, data)})
        assert isinstance(found, NetworkDocument)
        try:
            fate = found.trace().verdict.kind
        except InputError as wrong:
            fate = wrong.field
        assert fate in {"delivered", "dropped", *OWN_FAULT}


def test_a_gateway_without_a_policy_for_a_tunnel_fails_as_a_gateway_not_as_a_form() -> None:
    data = having(network(), "tunnels.0.keys", {"office gateway": "another key"})
    having(data, "gateways.1.policies", [])
    found = read(data)
    assert "does not accept the key of office gateway" in str(found.trace())


def test_every_shape_of_a_design_is_legal() -> None:
    shapes = list(all_designs())
    assert len(shapes) > 200
    for data in shapes:
        assert isinstance(read(data), DesignDocument)
        assert VALIDATOR.is_valid(data)


def test_the_schema_for_editors_is_the_one_that_the_reader_goes_by() -> None:
    assert schema() == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("name", "place"), PRESETS)
def test_every_document_of_the_book_meets_the_schema(name: str, place: int) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(network(name, place))] == []
    assert all(VALIDATOR.is_valid(design(one)) for one in DESIGNS)


@pytest.mark.parametrize("seed", range(200))
def test_what_the_schema_refuses_the_reader_refuses(seed: int) -> None:
    chance = Random(f"schema {seed}")
    data = spoiled(network(*chance.choice(PRESETS)) if seed % 2 else design(), chance)
    if not VALIDATOR.is_valid(data):
        with pytest.raises(InputError):
            read(data)
