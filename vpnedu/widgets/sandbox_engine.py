"""What the sandbox asks its engine beside runs: see `vpnedu.widgets.document_engine` for those.

| request | answer |
|---|---|
| `{"strikes": document}` | `{"faults": [[name, words, things]]}`: what can strike the design |
| `{"file": document}` | `{"name", "text"}`: the file that `vpnedu` writes of it |
| `{"years": count, "seed": n, "of": document}` | the years' luck in words, in slices |
"""

import json
import re
from collections.abc import Generator, Mapping
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import HOURS_A_YEAR, availability, in_words, weakest
from vpnedu.simulation.availability.sampling import Sampled, sampled_years
from vpnedu.simulation.designs.structure import structure_of
from vpnedu.simulation.documents import (
    DesignDocument,
    NetworkDocument,
    design_written,
    read,
    written,
)
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.widgets.failover import struck

Answer = dict[str, Any]
MOST_BLAMED = 3
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def strikes(request: Mapping[str, Any]) -> Answer:
    """What can strike the design of a document, each fault with its things."""
    plan = _design(request["strikes"], "document").design
    known = [name for name in FAULTS if applies(name, plan)]
    return {"faults": [[name, FAULTS[name].brief, struck(name, [plan])] for name in known]}


def file(request: Mapping[str, Any]) -> Answer:
    """The file of a document: its name, and its text as `vpnedu document` writes it."""
    found = read(request["file"], "document")
    if isinstance(found, NetworkDocument):
        data = written(found.topology, found.title, found.send)
    else:
        data = design_written(found.design, found.run)
    name = _NOT_IN_NAMES.sub("-", data["title"].lower()).strip("-")[:40] or "network"
    return {"name": f"vpnedu-{name}.json", "text": text_of(data)}


def text_of(data: Mapping[str, Any]) -> str:
    """A document as a file holds it."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def years(request: Mapping[str, Any]) -> Generator[tuple[int, int], None, Answer]:
    """How much of its years the design of a document is down."""
    structure = structure_of(_design(request.get("of"), "document").design)
    count, seed = (_whole(request, name) for name in ("years", "seed"))
    found = yield from sampled_years(structure, count, seed)
    saved = [each for each in weakest(structure) if each.seconds >= 1][:MOST_BLAMED]
    exact = (1 - availability(structure)) * HOURS_A_YEAR
    return {
        "words": _words(found, exact),
        "blame": [f"{each.name}: {in_words(each.seconds)} a year" for each in saved],
    }


def _words(found: Sampled, exact: float) -> list[str]:
    low, mean, high = (_span(hours) for hours in (found.interval[0], found.mean, found.interval[1]))
    return [
        f"Down for {mean} a year on the average of {found.years:,} years (between {low} and "
        f"{high}, 19 times out of 20); reckoned exactly, {_span(exact)}.",
        f"{found.untouched:.0%} of the years lose nothing, {found.over_an_hour:.0%} more than an "
        f"hour. The worst one loses {_span(found.worst)}.",
    ]


def _span(hours: float) -> str:
    return in_words(hours * 3600)


def _design(data: object, at: str) -> DesignDocument:
    found = read(data, at)
    if isinstance(found, NetworkDocument):
        raise InputError(f"{at}.kind", "is a network, and faults strike a design")
    return found


def _whole(request: Mapping[str, Any], name: str) -> int:
    value = request.get(name)
    if type(value) is not int or not 0 <= value < 10**6:
        raise InputError(name, "must be a whole number below a million")
    return value
