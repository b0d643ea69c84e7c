"""Python in the page is the same engine as everywhere: byte for byte, with no network."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.python.chances import all_of_them
from vpnedu.network.addresses import InputError
from vpnedu.widgets.engine import answer

pytestmark = pytest.mark.browser

AT_ONCE = 4


def here(request: dict[str, Any]) -> str:
    """The hash of this Python's answer."""
    try:
        told = json.dumps(answer(request))
    except InputError as wrong:
        told = f"{wrong.field}: {wrong.rule}"
    return hashlib.sha256(told.encode()).hexdigest()


def test_every_scenario_and_fault_gives_the_same_bytes_as_cpython(
    hashes: Callable[[list[dict[str, Any]]], list[str]],
) -> None:
    asked = all_of_them(seed=20261124)
    for start in range(0, len(asked), AT_ONCE):
        several = asked[start : start + AT_ONCE]
        found = dict(zip(map(json.dumps, several), hashes(several), strict=True))
        assert found == {json.dumps(request): here(request) for request in several}
