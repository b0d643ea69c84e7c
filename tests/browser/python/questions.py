"""Questions and networks that are written by number: what to ask an engine, and how to compare."""

import hashlib
import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from vpnedu.quiz.generators import GENERATORS
from vpnedu.widgets.engine import answer

Request = dict[str, Any]
# An engine that answers: the hash of its answer to each request.
Answers = Callable[[list[Request]], list[str]]


def written(seed: int, each: int, networks: int) -> list[Request]:
    """`each` questions of every generator, and networks with a fault, of any numbers."""
    chance = Random(seed)
    numbers = iter(lambda: str(chance.randrange(1_000_000)), "")
    drills = [{"drill": name, "seed": next(numbers)} for name in GENERATORS for _ in range(each)]
    return [*drills, *({"fault_case": next(numbers)} for _ in range(networks))]


def differing(answers: Answers, requests: Sequence[Request], at_once: int = 40) -> list[Request]:
    """The requests that the engine answers with other bytes than this Python."""
    found: list[Request] = []
    for start in range(0, len(requests), at_once):
        several = [*requests[start : start + at_once]]
        pairs = zip(several, answers(several), strict=True)
        found += [request for request, told in pairs if told != here(request)]
    return found


def here(request: Request) -> str:
    """The hash of this Python's answer."""
    return hashlib.sha256(json.dumps(answer(request)).encode()).hexdigest()
