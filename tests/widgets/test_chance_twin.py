"""Chance gives the numbers of `data/chance.json`, as its JavaScript twin must."""

import json
from pathlib import Path

import pytest

from vpnedu.simulation.chance import VECTOR, Chance

VECTORS = json.loads((Path(__file__).parent / "data/chance.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["streams"], ids=lambda v: f"{v['seed']}/{v['name']!a}")
def test_a_seed_and_a_name_give_the_stream_that_the_page_is_tested_with(vector) -> None:
    chance = Chance(vector["seed"], vector["name"])
    assert [chance.bits() for _ in vector["bits"]] == vector["bits"]
    assert [chance.random() for _ in vector["random"]] == vector["random"]
    assert [[count, chance.below(count)] for count, _ in vector["below"]] == vector["below"]
    assert chance.pick(["red", "green", "blue"]) == vector["picked"]
    assert chance.shuffled(range(12)) == vector["shuffled"]


def test_the_page_is_tested_with_the_published_numbers() -> None:
    assert tuple(VECTORS["published"]) == VECTOR
