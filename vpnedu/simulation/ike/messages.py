"""What an end of a tunnel hears: the peer's messages, its own timers, and orders."""

from dataclasses import dataclass
from typing import Literal

from vpnedu.network.selectors import Selector

Exchange = Literal["IKE_SA_INIT", "IKE_AUTH", "CREATE_CHILD_SA", "INFORMATIONAL"]
# Refusals and remarks (RFC 7296, 3.10.1); and DELETE, in life a payload of its own (3.11).
Notify = Literal[
    "INITIAL_CONTACT",
    "NO_PROPOSAL_CHOSEN",
    "INVALID_KE_PAYLOAD",
    "AUTHENTICATION_FAILED",
    "TS_UNACCEPTABLE",
    "REKEY_SA",
    "TEMPORARY_FAILURE",
    "DELETE",
]
Timer = Literal["retransmit", "liveness", "redial", "child rekey", "ike rekey"]


@dataclass(frozen=True, slots=True)
class Message:
    """An IKE message of the SA called `sa`, and the payloads of it that matter here.

    `key` stands for the proof of the pre-shared key (RFC 7296, 2.15). `offer` and `answer` are
    traffic selectors as the sender of the request sees them. `child` is the child SA to be made
    or deleted; `ike` is the IKE SA to be made; `old` is the SA that a new one replaces. `groups`
    are the Diffie-Hellman groups that a first message offers, `group` the one that its public
    value is of, or that INVALID_KE_PAYLOAD asks for (1.2).
    """

    exchange: Exchange
    sa: str
    number: int = 0
    request: bool = True
    key: str | None = None
    offer: tuple[Selector, ...] = ()
    answer: tuple[Selector, ...] = ()
    child: str | None = None
    ike: str | None = None
    old: str | None = None
    notify: Notify | None = None
    groups: tuple[int, ...] = ()
    group: int | None = None

    def reply(self, notify: Notify | None = None, answer: tuple[Selector, ...] = ()) -> "Message":
        """The response to this request: it has the same number (RFC 7296, 2.2)."""
        return Message(
            self.exchange, self.sa, self.number, request=False, answer=answer, notify=notify
        )

    def __str__(self) -> str:
        kind = f"{self.exchange} {'request' if self.request else 'response'}"
        return f"{kind} ({self.notify})" if self.notify else kind


@dataclass(frozen=True, slots=True)
class Dial:
    """Set the tunnel up."""

    now: float


@dataclass(frozen=True, slots=True)
class Received:
    """A message has come."""

    message: Message
    now: float


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer has run out. `heard`: when a protected packet last came, for "liveness"."""

    name: Timer
    now: float
    heard: float | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Delete the tunnel on purpose; `words` is the sentence that says why."""

    words: str
    now: float


@dataclass(frozen=True, slots=True)
class Forget:
    """This end has crashed or begun anew: it knows no SA any more."""

    now: float


Event = Dial | Received | TimerDue | Close | Forget
