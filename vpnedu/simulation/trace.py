"""The trace: the record of one run. Everything that is shown of a run is a function of it.

`Trace.to_dict()` is described by `trace.schema.json` beside this file; `VERSION` grows when a
reader of old traces would misread a new one.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from vpnedu.network.headers import Field
from vpnedu.simulation.events import Delivered, Dropped, Event, Sealed, to_dict

VERSION = 2


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture. `detail` is its second line (prefixes or an address); `inside` names
    the network that a host or gateway belongs to; `place` is (side, row) of a network."""

    name: str
    kind: str
    detail: str = ""
    inside: str | None = None
    place: tuple[str, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        return _filled(
            name=self.name,
            kind=self.kind,
            detail=self.detail or None,
            inside=self.inside,
            place=list(self.place) if self.place else None,
        )


@dataclass(frozen=True, slots=True)
class TunnelLine:
    """A tunnel in the picture; its ends are names. `kind` is "circuit" where it is no tunnel."""

    name: str
    ends: tuple[str, str]
    up: bool
    kind: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return _filled(name=self.name, ends=list(self.ends), up=self.up, kind=self.kind)


@dataclass(frozen=True, slots=True)
class Datagram:
    """A packet as bytes on a wire. `inner` is the index of the datagram sealed in it.

    `label` is what anyone on the path reads: the outermost addresses.
    """

    label: str
    data: bytes
    fields: tuple[Field, ...]
    inner: int | None = None

    @property
    def length(self) -> int:
        return len(self.data)

    def to_dict(self) -> dict[str, Any]:
        return _filled(
            label=self.label,
            length=len(self.data),
            # A figure shows the first bytes; a full-size packet would fill the page with data.
            hex=self.data[:SHOWN].hex(),
            fields=[
                [f.name, f.start, f.length, f.value] + (["sealed"] if f.sealed else [])
                for f in self.fields
            ],
            inner=self.inner,
        )


SHOWN = 256

Tone = Literal["good", "idle", "waiting", "bad"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A state to be followed over time: `aspect` of `thing`, in words, at first `first`.

    What it becomes is told by the `Changed` events of that node and aspect; `tones` says of each
    state that occurs whether it is good, idle, waiting or bad.
    """

    thing: str
    aspect: str
    kind: str
    first: str
    tones: dict[str, Tone]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """Packets from `source` to `target`, one every `interval` seconds, the first at `starts`."""

    name: str
    source: str
    target: str
    interval: float
    starts: float

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault of the run: its name, when it begins and is mended (None: never), whom it strikes;
    what happens then (`words`) and when it is mended (`over`), as clauses."""

    name: str
    at: float
    until: float | None
    target: str
    words: str
    over: str

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch of time in which all packets of `flow` that leave are lost.

    `end` is None where it lasts to the end of the run. Its `seconds` are split: until somebody
    found out (`detect`), until it was clear what to do (`decide`), and until packets arrived
    again (`redirect`). `lost` counts packets.
    """

    flow: str
    start: float
    end: float | None
    seconds: float
    causes: tuple[str, ...]
    detect: float
    decide: float
    redirect: float
    lost: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"causes": list(self.causes)}


@dataclass(frozen=True)
class Trace:
    """One run: its title, the things in it, and events ordered in time (seconds).

    A run over time has besides: when it ends (`until`), the lanes and flows to follow, the
    faults that struck, and the outages that came of them. A packet's run has none of these.
    """

    title: str
    between: str
    nodes: tuple[Node, ...]
    tunnels: tuple[TunnelLine, ...]
    datagrams: tuple[Datagram, ...]
    events: tuple[Event, ...]
    until: float | None = None
    lanes: tuple[Lane, ...] = field(default=())
    flows: tuple[FlowLine, ...] = field(default=())
    faults: tuple[Strike, ...] = field(default=())
    outages: tuple[Outage, ...] = field(default=())

    @property
    def verdict(self) -> Delivered | Dropped:
        """How the run ended."""
        return next(e for e in reversed(self.events) if isinstance(e, Delivered | Dropped))

    @property
    def tunnels_taken(self) -> tuple[str, ...]:
        """The tunnels that carried the packet, in order."""
        return tuple(e.tunnel for e in self.events if isinstance(e, Sealed))

    def to_dict(self) -> dict[str, Any]:
        """The trace as JSON-ready data, described by `trace.schema.json`."""
        data = {
            "version": VERSION,
            "title": self.title,
            "between": self.between,
            "nodes": [node.to_dict() for node in self.nodes],
            "tunnels": [tunnel.to_dict() for tunnel in self.tunnels],
            "datagrams": [datagram.to_dict() for datagram in self.datagrams],
            "events": [to_dict(event) for event in self.events],
        }
        if self.until is None:
            return data
        return data | {
            "until": self.until,
            "lanes": [lane.to_dict() for lane in self.lanes],
            "flows": [flow.to_dict() for flow in self.flows],
            "faults": [fault.to_dict() for fault in self.faults],
            "outages": [outage.to_dict() for outage in self.outages],
        }

    def __str__(self) -> str:
        """The transcript: the title, then one event a line."""
        if self.until is None:
            lines = [f"{event.at * 1000:7.1f} ms  {event.reason}" for event in self.events]
        else:
            lines = [f"{event.at:9.3f} s  {event.reason}" for event in self.events]
        return "\n".join([self.title, *lines]) + "\n"


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
