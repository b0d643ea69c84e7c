"""The security policy database: an ordered list, first match decides (RFC 4301, 4.4.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from vpnedu.network.addresses import AddressRange, InputError
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


# Policies whose selectors lie in prefixes of the same two lengths: the bits to drop from the local
# and the remote address, and {(leading bits, leading bits): the policies' places, in order}.
Group = tuple[int, int, dict[tuple[int, int], list[int]]]


def _around(addresses: AddressRange) -> tuple[int, int]:
    """The smallest prefix around a range: its leading bits, and how many bits it drops."""
    first, last = addresses.bounds
    drop = (first ^ last).bit_length()
    return first >> drop, drop


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

    @cached_property
    def _index(self) -> dict[int, list[Group]]:
        """IP version -> its groups. Tuple space search (Srinivasan and others, SIGCOMM 1999)."""
        spaces: dict[int, dict[tuple[int, int], dict[tuple[int, int], list[int]]]] = {4: {}, 6: {}}
        for place, policy in enumerate(self.policies):
            for local in policy.selector.local:
                for remote in policy.selector.remote:
                    (near, local_drop), (far, remote_drop) = _around(local), _around(remote)
                    groups = spaces[local.version].setdefault((local_drop, remote_drop), {})
                    groups.setdefault((near, far), []).append(place)
        return {v: [(*drops, at) for drops, at in space.items()] for v, space in spaces.items()}

    def winner(self, packet: Packet, direction: Direction = "out") -> int | None:
        """The index of the first policy that holds `packet`, or None. No reasons: it is quick."""
        ends = int(packet.source), int(packet.destination)
        local, remote = ends if direction == "out" else ends[::-1]
        first = len(self.policies)
        for local_drop, remote_drop, table in self._index[packet.source.version]:
            for place in table.get((local >> local_drop, remote >> remote_drop), ()):
                if place >= first:
                    break
                if self.policies[place].selector.holds(packet, direction):
                    first = place
        return None if first == len(self.policies) else first

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
                reason = "holds the packet, and the first match decides"
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
