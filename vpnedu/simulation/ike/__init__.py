"""IKEv2 as one end of one tunnel runs it (RFC 7296): a table of states, and a pure `react`.

What the book leaves out: the Diffie-Hellman exchange but for its group, identities other than the
key, several children beside each other, and requests beside each other (the window is one, 2.3).
"""

from vpnedu.simulation.ike.belief import TABLE, Belief, Child, Sa
from vpnedu.simulation.ike.machine import react
from vpnedu.simulation.ike.messages import (
    Close,
    Dial,
    Event,
    Forget,
    Message,
    Received,
    TimerDue,
)
from vpnedu.simulation.ike.settings import Settings, schedule

__all__ = [
    "TABLE",
    "Belief",
    "Child",
    "Close",
    "Dial",
    "Event",
    "Forget",
    "Message",
    "Received",
    "Sa",
    "Settings",
    "TimerDue",
    "react",
    "schedule",
]
