"""The anti-replay window: which sequence numbers a receiver still accepts (RFC 4303, 3.4.3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplayWindow:
    """What a receiver remembers: the highest sequence number it authenticated, and which of the
    `size` numbers up to it have been seen (bit 0 of `seen` is the highest itself).

    `check` before the integrity check, `commit` only after it passed: a forged packet must not
    move the window.
    """

    size: int = 64
    highest: int = 0
    seen: int = 0

    def check(self, sequence: int) -> str | None:
        """Why `sequence` is refused, in words; None if it may pass."""
        if sequence == 0:
            return "sequence number 0 is never sent"
        behind = self.highest - sequence
        if behind < 0:
            return None
        if behind >= self.size:
            return f"{sequence} is too old: the window holds {self.highest - self.size + 1} and up"
        if self.seen >> behind & 1:
            return f"{sequence} was received before"
        return None

    def commit(self, sequence: int) -> "ReplayWindow":
        """The window after the packet with `sequence` proved genuine."""
        ahead = sequence - self.highest
        if ahead <= 0:
            return ReplayWindow(self.size, self.highest, self.seen | 1 << -ahead)
        # A jump of a whole window or more forgets everything; no need to shift by millions.
        kept = self.seen << ahead if ahead < self.size else 0
        return ReplayWindow(self.size, sequence, kept & (1 << self.size) - 1 | 1)
