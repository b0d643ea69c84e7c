"""What one end of a tunnel believes, and the table of what may happen to it."""

from dataclasses import dataclass, replace
from typing import Literal

from vpnedu.network.selectors import Selector
from vpnedu.simulation.ike.messages import Message
from vpnedu.simulation.protocol import Table

State = Literal["down", "setting up", "up", "up, no child"]
# An IKE SA in use; one that was in use before it; our dial; and the peer's dial, half open.
Role = Literal["used", "past", "dialled", "offered"]

# state -> what happens -> the states that may follow. Anything not listed is an error.
# A message that is no news (an unknown SA, a repetition) changes nothing in any state.
# A half-open SA of the peer's is no state: nothing can be relied on before IKE_AUTH is done.
TABLE: Table = {
    "down": {
        "dial": ("setting up",),
        "redial": ("setting up",),
        "IKE_SA_INIT request": ("down",),
        "IKE_AUTH request": ("down", "up", "up, no child"),
        "close": ("down",),
        "forget": ("down",),
    },
    "setting up": {
        "IKE_SA_INIT request": ("setting up",),
        "IKE_SA_INIT response": ("setting up", "down"),
        "IKE_AUTH request": ("setting up", "up", "up, no child"),
        "IKE_AUTH response": ("up", "up, no child", "down"),
        "retransmit": ("setting up", "down"),
        "close": ("down",),
        "forget": ("down",),
    },
    "up": {
        "IKE_SA_INIT request": ("up",),
        "IKE_AUTH request": ("up", "up, no child"),
        "CREATE_CHILD_SA request": ("up",),
        "CREATE_CHILD_SA response": ("up",),
        "INFORMATIONAL request": ("up", "down"),
        "INFORMATIONAL response": ("up",),
        "retransmit": ("up", "down"),
        "liveness": ("up",),
        "child rekey": ("up",),
        "ike rekey": ("up",),
        "close": ("down",),
        "forget": ("down",),
    },
    # RFC 7296, 1.2: where only the child fails, the IKE SA is there all the same.
    "up, no child": {
        "IKE_SA_INIT request": ("up, no child",),
        "IKE_AUTH request": ("up", "up, no child"),
        "CREATE_CHILD_SA request": ("up, no child",),
        "CREATE_CHILD_SA response": ("up, no child",),
        "INFORMATIONAL request": ("up, no child", "down"),
        "INFORMATIONAL response": ("up, no child",),
        "retransmit": ("up, no child", "down"),
        "liveness": ("up, no child",),
        "ike rekey": ("up, no child",),
        "close": ("down",),
        "forget": ("down",),
    },
}


@dataclass(frozen=True, slots=True)
class Child:
    """A child SA, in life one for each direction; `selectors` local side first."""

    id: str
    selectors: tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class Sa:
    """An IKE SA: whether it is `ours` (this end made it), the number of our next request, and
    what we `answered` last: a request that comes again gets the same answer (RFC 7296, 2.1).
    """

    id: str
    role: Role
    ours: bool
    next_request: int = 0
    answered: Message | None = None

    @property
    def expects(self) -> int:
        """The number of the peer's next request."""
        return 0 if self.answered is None else self.answered.number + 1


@dataclass(frozen=True, slots=True)
class Belief:
    """What one end knows: its IKE SAs (one in each role), the one request that it has `asked` and
    how often it was `resent`, the child that it sends with, all children that it receives with
    (newest last), and when the peer was last `heard`.

    `made` counts the SAs made here. It outlives a crash, so that an SA's name never comes again:
    in life names are random numbers.
    """

    sas: tuple[Sa, ...] = ()
    asked: Message | None = None
    resent: int = 0
    child: Child | None = None
    inbound: tuple[Child, ...] = ()
    heard: float = 0.0
    made: int = 0

    @property
    def state(self) -> State:
        """The state that a reader sees."""
        if self.up:
            return "up" if self.child else "up, no child"
        return "setting up" if self.sa("dialled") else "down"

    @property
    def up(self) -> bool:
        """Whether an IKE SA is up, with or without a child."""
        return self.sa("used") is not None

    def accepts(self, child: str) -> bool:
        """Whether a packet that comes with this child's id is let in."""
        return any(c.id == child for c in self.inbound)

    def sa(self, role: Role) -> Sa | None:
        """The IKE SA in `role`."""
        return next((sa for sa in self.sas if sa.role == role), None)

    def find(self, name: str) -> Sa | None:
        """The IKE SA called `name`."""
        return next((sa for sa in self.sas if sa.id == name), None)

    def having(self, sa: Sa) -> "Belief":
        """The same with `sa`, which takes the place of its older self and of any in its role."""
        others = (other for other in self.sas if other.id != sa.id and other.role != sa.role)
        return replace(self, sas=(*others, sa))
