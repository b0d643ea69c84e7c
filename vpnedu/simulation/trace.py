"""The trace: the record of one run. Everything that is shown of a run is a function of it.

`Trace.to_dict()` is described by `trace.schema.json` beside this file; `VERSION` grows when a
reader of old traces would misread a new one.
"""

from dataclasses import dataclass
from typing import Any

from vpnedu.network.headers import Field
from vpnedu.simulation.events import Delivered, Dropped, Event, Sealed, to_dict

VERSION = 1


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
    """A tunnel in the picture: its ends are gateways' names."""

    name: str
    ends: tuple[str, str]
    up: bool

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "ends": list(self.ends), "up": self.up}


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


@dataclass(frozen=True)
class Trace:
    """One run: its title, the things in it, and events ordered in time (seconds)."""

    title: str
    between: str
    nodes: tuple[Node, ...]
    tunnels: tuple[TunnelLine, ...]
    datagrams: tuple[Datagram, ...]
    events: tuple[Event, ...]

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
        return {
            "version": VERSION,
            "title": self.title,
            "between": self.between,
            "nodes": [node.to_dict() for node in self.nodes],
            "tunnels": [tunnel.to_dict() for tunnel in self.tunnels],
            "datagrams": [datagram.to_dict() for datagram in self.datagrams],
            "events": [to_dict(event) for event in self.events],
        }

    def __str__(self) -> str:
        """The transcript: the title, then one event a line."""
        lines = [f"{event.at * 1000:7.1f} ms  {event.reason}" for event in self.events]
        return "\n".join([self.title, *lines]) + "\n"


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
