"""One end of a BGP session (RFC 4271): its states as a table, and a pure `react`.

Two simplifications. The RFC's state Active, in which a speaker waits to be dialled or to dial
again, is told as Idle: there is no session in either. And timers are exact, so that a run can be
checked by hand; section 10 of the RFC would have each of them shortened at random, by up to a
quarter.
"""

from vpnedu.simulation.bgp.belief import TABLE, Belief, begin, kind
from vpnedu.simulation.bgp.machine import react
from vpnedu.simulation.bgp.messages import (
    Accept,
    Announce,
    Connect,
    Event,
    Keepalive,
    LinkDown,
    Message,
    Notification,
    Open,
    PathDead,
    Received,
    Reconfigure,
    Reset,
    Start,
    Stop,
    TimerDue,
    Update,
    Withdraw,
)
from vpnedu.simulation.bgp.settings import Announcement, Settings

__all__ = [
    "TABLE",
    "Accept",
    "Announce",
    "Announcement",
    "Belief",
    "Connect",
    "Event",
    "Keepalive",
    "LinkDown",
    "Message",
    "Notification",
    "Open",
    "PathDead",
    "Received",
    "Reconfigure",
    "Reset",
    "Settings",
    "Start",
    "Stop",
    "TimerDue",
    "Update",
    "Withdraw",
    "begin",
    "kind",
    "react",
]
