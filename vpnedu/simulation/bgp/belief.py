"""What one end of a BGP session believes, and the table of what may happen to it."""

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Literal

from vpnedu.simulation.best_path import Path
from vpnedu.simulation.bgp.messages import (
    Announce,
    Event,
    LinkDown,
    PathDead,
    Received,
    Reconfigure,
    Start,
    Stop,
    TimerDue,
    Withdraw,
)
from vpnedu.simulation.bgp.settings import Announcement, Settings
from vpnedu.simulation.protocol import Table

State = Literal["Idle", "Connect", "OpenSent", "OpenConfirm", "Established"]

NOBODY = IPv4Address(0)
# state -> what happens -> the states that may follow. What is not here is an error.
_ENDS = dict.fromkeys(("link down", "path dead", "stop", "reconfigure"), ("Idle",))
_CUT = dict.fromkeys(("notification received", "reset received"), ("Idle",))
TABLE: Table = {
    "Idle": {
        **_ENDS,
        "start": ("Idle", "Connect"),
        "announce": ("Idle",),
        "withdraw": ("Idle",),
        "connect retry due": ("Connect",),
        "connect received": ("Idle", "OpenSent"),
    },
    "Connect": {
        **_ENDS,
        **_CUT,
        "announce": ("Connect",),
        "withdraw": ("Connect",),
        "connect retry due": ("Connect",),
        "connect received": ("Connect", "OpenSent"),
        "accept received": ("OpenSent",),
    },
    "OpenSent": {
        **_ENDS,
        **_CUT,
        "announce": ("OpenSent",),
        "withdraw": ("OpenSent",),
        "connect received": ("OpenSent",),
        "open received": ("OpenConfirm",),
        "hold due": ("Idle",),
    },
    "OpenConfirm": {
        **_ENDS,
        **_CUT,
        "announce": ("OpenConfirm",),
        "withdraw": ("OpenConfirm",),
        "connect received": ("OpenConfirm", "OpenSent"),
        "keepalive received": ("Established",),
        "keepalive due": ("OpenConfirm",),
        "hold due": ("Idle",),
    },
    "Established": {
        **_ENDS,
        **_CUT,
        "announce": ("Established",),
        "withdraw": ("Established",),
        "connect received": ("Established",),
        "keepalive received": ("Established",),
        "update received": ("Established",),
        "keepalive due": ("Established",),
        "hold due": ("Idle",),
    },
}
_EVENTS = {
    Start: "start",
    LinkDown: "link down",
    PathDead: "path dead",
    Stop: "stop",
    Reconfigure: "reconfigure",
    Announce: "announce",
    Withdraw: "withdraw",
}


@dataclass(frozen=True, slots=True)
class Belief:
    """What this end believes; that of a new speaker is `begin(settings)`.

    `up` says that it may dial and be dialled, `dialled` that `connection` was its own call.
    `peer_asn` and `peer_id` are what the peer's OPEN said. `hold` and `keepalive` are the times in
    force, 0 for never. `announces` is what it tells the
    peer, `learned` what the peer has told (the RFC's Adj-RIB-Out and Adj-RIB-In).
    """

    state: State = "Idle"
    up: bool = False
    connection: str = ""
    dialled: bool = False
    peer_asn: int = 0
    peer_id: IPv4Address = NOBODY
    hold: float = 0.0
    keepalive: float = 0.0
    announces: tuple[Announcement, ...] = ()
    learned: tuple[Path, ...] = ()


def begin(settings: Settings) -> Belief:
    """What a new speaker believes."""
    return Belief(announces=settings.announces)


def kind(event: Event) -> str:
    """The event as `TABLE` names it: "start", "open received", "hold due"."""
    if isinstance(event, Received):
        return f"{type(event.message).__name__.lower()} received"
    return f"{event.name} due" if isinstance(event, TimerDue) else _EVENTS[type(event)]
