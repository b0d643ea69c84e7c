"""The events of a trace: small frozen records, each with its time and its reason in words."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

RowState = Literal["won", "lost", "tied", "not asked"]
Table = Literal["policies", "inbound policies", "routes", "traffic selectors"]
Cause = Literal[
    "no policy",
    "policy says discard",
    "no route",
    "blackhole route",
    "no tunnel up",
    "no security association",
    "too big",
    "inbound check failed",
    "not routable on the internet",
    "no such host",
    "time to live ran out",
    "filtered",
]


@dataclass(frozen=True, slots=True)
class Flight:
    """A packet on its way from one thing to another. `arrives` is None if it was lost there.

    `link` is "inside" (within a network), "internet" in the clear, or a tunnel's name;
    `fragments` is the number of pieces that `datagram` travels in.
    """

    kind: ClassVar = "flight"
    at: float
    arrives: float | None
    source: str
    target: str
    link: str
    datagram: int
    reason: str
    fragments: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table in a lookup: its cells, how it fared, and why."""

    cells: tuple[str, ...]
    state: RowState
    reason: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """A gateway asks one of its tables. `rows` are in the table's order; `chose` is
    what came of it in a few words."""

    kind: ClassVar = "lookup"
    at: float
    node: str
    table: Table
    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chose: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A gateway puts one datagram inside another."""

    kind: ClassVar = "sealed"
    at: float
    node: str
    tunnel: str
    inner: int
    datagram: int
    reason: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A gateway takes the inner datagram out."""

    kind: ClassVar = "opened"
    at: float
    node: str
    tunnel: str
    datagram: int
    inner: int
    reason: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The state of a thing changes: what it was, what it is, and the cause in `reason`."""

    kind: ClassVar = "changed"
    at: float
    node: str
    aspect: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """The packet reached the host it was for."""

    kind: ClassVar = "delivered"
    at: float
    node: str
    datagram: int
    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The packet went no further, and why."""

    kind: ClassVar = "dropped"
    at: float
    node: str
    datagram: int
    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of a flow's packets that leave at `since` or later, until the flow's next one.

    They pass the things in `path`, in order of travel. Either the last of them is where they
    arrive, `delay` seconds after they left; or they are lost at `lost_at`, after `delay` seconds,
    because of `cause`. `since` may lie before `at`: what happens to a thing meets the packets
    that were on their way to it.
    """

    kind: ClassVar = "carried"
    at: float
    flow: str
    since: float
    path: tuple[str, ...]
    delay: float
    lost_at: str | None
    cause: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Missed:
    """One packet of a flow, counted from 0, is lost by chance at `where`."""

    kind: ClassVar = "missed"
    at: float
    flow: str
    packet: int
    where: str
    reason: str


Event = Flight | Lookup | Sealed | Opened | Changed | Delivered | Dropped | Carried | Missed


def to_dict(event: Event) -> dict[str, Any]:
    """The event as JSON-ready data; times are rounded to the microsecond."""
    data: dict[str, Any] = {"event": event.kind}
    for name in (field.name for field in fields(event)):
        value = getattr(event, name)
        if name == "rows":
            value = [{"cells": list(r.cells), "state": r.state, "reason": r.reason} for r in value]
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, float):
            value = round(value, 6)
        data[name] = value
    return data
