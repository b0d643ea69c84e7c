"""What one end of a tunnel was told, and when it sends a request again."""

from dataclasses import dataclass
from itertools import accumulate
from math import isfinite

from vpnedu.network.addresses import InputError, quoted
from vpnedu.network.selectors import Selector


@dataclass(frozen=True, slots=True)
class Settings:
    """One end's settings; times in seconds. The defaults are strongSwan's.

    `name` is this end; `peer` is the other one in sentences. `selectors` are what this end wants
    to carry, local side first. `liveness_delay`: silence after which the peer is asked for a sign
    of life, 0 for never. `retransmit_*`: see `schedule`. `redial`: wait before dialling again,
    None where this end waits for the peer. `child_rekey` and `ike_rekey`: age at which an SA is
    replaced, 0 for never; the two ends' need not be equal (RFC 7296, 2.8). `groups` are the
    Diffie-Hellman groups that this end agrees to, the one that it guesses first (1.2).
    """

    name: str
    peer: str
    key: str
    selectors: tuple[Selector, ...]
    liveness_delay: float = 0.0
    retransmit_timeout: float = 4.0
    retransmit_base: float = 1.8
    retransmit_tries: int = 5
    redial: float | None = None
    child_rekey: float = 3600.0
    ike_rekey: float = 14400.0
    groups: tuple[int, ...] = (19,)

    def __post_init__(self) -> None:
        if not self.selectors:
            raise InputError("selectors", "a tunnel needs one at least")
        if not self.groups:
            raise InputError("groups", "an IKE SA needs one at least")
        for name in ("liveness_delay", "redial", "child_rekey", "ike_rekey"):
            seconds = getattr(self, name)
            if seconds is not None and not (isfinite(seconds) and seconds >= 0):
                raise InputError(name, f"{quoted(seconds)} is not a time of 0 s or more")
        _check_schedule(self.retransmit_timeout, self.retransmit_base, self.retransmit_tries)

    @property
    def patience(self) -> float:
        """Seconds after which a request without an answer is given up."""
        return schedule(self.retransmit_timeout, self.retransmit_base, self.retransmit_tries)[-1]


def schedule(timeout: float, base: float, tries: int) -> tuple[float, ...]:
    """When a request is sent again and, last, when it is given up; seconds after it was first sent.

    Each wait is `base` times as long as the one before (RFC 7296, 2.1: "exponentially").

    >>> [round(second, 2) for second in schedule(4.0, 1.8, 5)]
    [4.0, 11.2, 24.16, 47.49, 89.48, 165.06]
    """
    _check_schedule(timeout, base, tries)
    return tuple(accumulate(timeout * base**resent for resent in range(tries + 1)))


def _check_schedule(timeout: float, base: float, tries: int) -> None:
    if not (isfinite(timeout) and timeout > 0):
        raise InputError("retransmit_timeout", f"{quoted(timeout)} is not a time above 0 s")
    if not 1 <= base <= 10:
        rule = f"{quoted(base)} is not from 1 to 10: waits never get shorter (RFC 7296, 2.1)"
        raise InputError("retransmit_base", rule)
    if not isinstance(tries, int) or isinstance(tries, bool) or not 0 <= tries <= 100:
        rule = f"{quoted(tries)} is not a whole number from 0 to 100"
        raise InputError("retransmit_tries", rule)
