"""A question that the page's Python writes is the one that any Python writes, byte for byte."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.python.questions import differing, here, written

pytestmark = pytest.mark.browser


def test_every_generator_and_networks_with_faults_come_out_the_same_in_the_page(
    hashes: Callable[[list[dict[str, Any]]], list[str]],
) -> None:
    assert differing(hashes, written(seed=20261124, each=3, networks=20)) == []


def test_an_engine_that_writes_one_byte_differently_is_found() -> None:
    asked = written(seed=1, each=0, networks=3)
    wrong = asked[1]

    def other(requests: list[dict[str, Any]]) -> list[str]:
        return ["0" * 64 if request == wrong else here(request) for request in requests]

    assert differing(other, asked, at_once=2) == [wrong]
