"""What a BGP speaker says and hears: values without behaviour.

A message names the TCP connection that it travels on. TCP itself is two messages and a refusal:
SYN, SYN with ACK, and RST; what it delivers late it delivers in order.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpnedu.network.addresses import IPNetwork
from vpnedu.simulation.bgp.settings import Announcement

# Error codes of a NOTIFICATION (RFC 4271, 4.5).
HOLD_TIMER_EXPIRED, CEASE = 4, 6


@dataclass(frozen=True, slots=True)
class Connect:
    """SYN: the peer dials, and names the connection.

    Its BGP identifier is told already here, where a real one comes with the OPEN: so two ends
    that dial each other at once know in time whose connection stays (RFC 4271, 6.8).
    """

    connection: str
    router_id: IPv4Address


@dataclass(frozen=True, slots=True)
class Accept:
    """SYN and ACK: the connection stands."""

    connection: str


@dataclass(frozen=True, slots=True)
class Reset:
    """RST: nobody here knows this connection."""

    connection: str


@dataclass(frozen=True, slots=True)
class Open:
    """OPEN: who speaks, and the hold time it offers (RFC 4271, 4.2)."""

    connection: str
    asn: int
    hold_time: float
    router_id: IPv4Address


@dataclass(frozen=True, slots=True)
class Keepalive:
    """KEEPALIVE: still here (RFC 4271, 4.4)."""

    connection: str


@dataclass(frozen=True, slots=True)
class Update:
    """UPDATE: prefixes that can be reached this way, and some that no longer can (4.3)."""

    connection: str
    announced: tuple[Announcement, ...] = ()
    withdrawn: tuple[IPNetwork, ...] = ()


@dataclass(frozen=True, slots=True)
class Notification:
    """NOTIFICATION: the session ends, and why (4.5)."""

    connection: str
    code: int
    words: str


Message = Connect | Accept | Reset | Open | Keepalive | Update | Notification


@dataclass(frozen=True, slots=True)
class Start:
    """The interface below came up, or the owner wants the session."""

    now: float


@dataclass(frozen=True, slots=True)
class LinkDown:
    """The interface below went down. `words` is a clause: "tunnel 1 is down"."""

    now: float
    words: str


@dataclass(frozen=True, slots=True)
class PathDead:
    """Somebody else, such as BFD, found that the peer can't be reached. `words` is a clause."""

    now: float
    words: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The owner ends the session. `words` is a clause."""

    now: float
    words: str


@dataclass(frozen=True, slots=True)
class Reconfigure:
    """The settings that come with this event differ from those before."""

    now: float


@dataclass(frozen=True, slots=True)
class Announce:
    """These are to be told to the peer; each replaces what was told of its prefix."""

    now: float
    announcements: tuple[Announcement, ...]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """These prefixes are no longer to be told."""

    now: float
    prefixes: tuple[IPNetwork, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A message came from the peer."""

    now: float
    message: Message


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer ran out: "connect retry", "hold" or "keepalive"."""

    now: float
    name: str


Event = Start | LinkDown | PathDead | Stop | Reconfigure | Announce | Withdraw | Received | TimerDue
