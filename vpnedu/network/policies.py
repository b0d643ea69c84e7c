"""The security policy database: an ordered list, first match decides (RFC 4301, 4.4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import Packet
from vpnedu.network.selectors import Direction, Selector

Action = Literal["protect", "bypass", "discard"]
ACTIONS: tuple[Action, ...] = ("protect", "bypass", "discard")


@dataclass(frozen=True)
class Policy:
    """What to do with the packets of one selector: protect (in `tunnel`), bypass or discard."""

    selector: Selector
    action: Action
    tunnel: str | None = None

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise InputError("action", f"{self.action!r} is not one of {', '.join(ACTIONS)}")
        if self.action == "protect" and not self.tunnel:
            raise InputError("tunnel", "protect needs the name of a tunnel")
        if self.action != "protect" and self.tunnel:
            raise InputError("tunnel", f"{self.action} uses no tunnel; remove {self.tunnel!r}")

    def __str__(self) -> str:
        return f"{self.selector}: {self.then}"

    @property
    def then(self) -> str:
        """What follows from a match, in words: a tunnel's name, "bypass" or "discard"."""
        return self.tunnel or self.action


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy in one lookup: its place in the table, whether it holds the packet, and why it
    won or lost. `asked` is False for rows after the winner, which the gateway never looked at."""

    index: int
    policy: Policy
    matched: bool
    asked: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyLookup:
    """The answer to one lookup: every row in the table's order, and what is done.

    `winner` is the index of the deciding policy, or None if the table's default decided.
    """

    packet: Packet
    rows: tuple[PolicyRow, ...]
    winner: int | None
    action: Action
    tunnel: str | None


@dataclass(frozen=True)
class PolicyTable:
    """An ordered security policy database. Order is the administrator's; the first match wins.

    `default` is what happens to a packet that no policy holds: "discard" as RFC 4301 (5) asks,
    or "bypass" as Linux does unless told otherwise (`ip xfrm policy setdefault`).
    """

    policies: tuple[Policy, ...] = field(default=())
    default: Literal["discard", "bypass"] = "discard"

    def __post_init__(self) -> None:
        if self.default not in ("discard", "bypass"):
            raise InputError("default", f"{self.default!r} is not one of discard, bypass")

    def __len__(self) -> int:
        return len(self.policies)

    def winner(self, packet: Packet, direction: Direction = "out") -> int | None:
        """The index of the first policy that holds `packet`, or None. No reasons: it is quick."""
        for index, policy in enumerate(self.policies):
            if policy.selector.holds(packet, direction):
                return index
        return None

    def lookup(self, packet: Packet, direction: Direction = "out") -> PolicyLookup:
        """What is done with `packet`, and for every policy why it did or did not decide."""
        winner = self.winner(packet, direction)
        rows = tuple(self._rows(packet, direction, winner))
        if winner is None:
            return PolicyLookup(packet, rows, None, self.default, None)
        decided = self.policies[winner]
        return PolicyLookup(packet, rows, winner, decided.action, decided.tunnel)

    def _rows(
        self, packet: Packet, direction: Direction, winner: int | None
    ) -> Iterator[PolicyRow]:
        for index, policy in enumerate(self.policies):
            mismatch = policy.selector.mismatch(packet, direction)
            asked = winner is None or index <= winner
            if index == winner:
                reason = "holds the packet: the first match decides"
            elif asked:
                reason = str(mismatch)
            elif mismatch is None:
                reason = f"would hold it too, but row {_place(winner)} decided before it was asked"
            else:
                reason = f"not asked: row {_place(winner)} had decided"
            yield PolicyRow(index, policy, mismatch is None, asked, reason)


def _place(index: int | None) -> int:
    """A row's place as people count, from 1."""
    assert index is not None
    return index + 1
