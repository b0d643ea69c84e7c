"""No question depends on how a Python adds floats: 3.12 began to do it more exactly than 3.11."""

import builtins
import json
from collections.abc import Iterable
from math import fsum
from typing import Any

import pytest

from vpnedu.quiz.generators import GENERATORS, generate

plainly = builtins.sum


def exactly(values: Iterable[Any], start: Any = 0) -> Any:
    """The sum, of floats as newer Pythons give it."""
    listed = [start, *values]
    numbers = all(type(one) in (int, float) for one in listed)
    if numbers and any(type(one) is float for one in listed):
        return fsum(listed)
    return plainly(listed[1:], start)


def written(name: str) -> list[str]:
    topic = GENERATORS[name].topic
    seeds = range(100 if topic == "availability" else 8)
    return [json.dumps(generate(name, seed).to_dict()) for seed in seeds]


@pytest.mark.parametrize("name", GENERATORS)
def test_a_question_is_the_same_however_floats_are_added(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = written(name)
    monkeypatch.setattr(builtins, "sum", exactly)
    assert written(name) == here
