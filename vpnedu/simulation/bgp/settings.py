"""What one end of a BGP session is set to, and what it announces."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpnedu.network.addresses import InputError, IPAddress, IPNetwork
from vpnedu.simulation.best_path import AsPath, Origin

LONGEST_HOLD = 65535


@dataclass(frozen=True, slots=True)
class Announcement:
    """A prefix as it is told to a peer. `as_path` begins with the speaker's own AS."""

    prefix: IPNetwork
    as_path: AsPath
    origin: Origin = Origin.IGP
    med: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """One end of a session as its owner sets it. Times are in seconds.

    `name` and `peer` are what reasons call the two ends, `session` what routes learned over it
    go by. An `active` end dials, and dials again `connect_retry` after a failure. An end that
    doesn't negotiate keeps its own `hold_time` and `keepalive`, whatever the peer offers. What is
    learned gets `local_preference`. `announces` is what a speaker tells when it is new.
    """

    name: str
    peer: str
    session: str
    asn: int
    router_id: IPv4Address
    peer_address: IPAddress
    hold_time: float = 90.0
    keepalive: float = 30.0
    negotiates: bool = True
    active: bool = False
    connect_retry: float = 5.0
    local_preference: int = 100
    announces: tuple[Announcement, ...] = ()

    def __post_init__(self) -> None:
        if self.hold_time != 0 and not 3 <= self.hold_time <= LONGEST_HOLD:
            allowed = f"0, or 3 s to {LONGEST_HOLD} s (RFC 4271, 4.2)"
            rule = f"{self.hold_time:g} s is not allowed: {allowed}"
            raise InputError("hold time", rule)
        if self.hold_time and not self.keepalive >= 1:
            rule = f"{self.keepalive:g} s is not allowed: 1 s or more (RFC 4271, 4.4)"
            raise InputError("keepalive", rule)
        if not self.connect_retry > 0:
            raise InputError("connect retry", f"{self.connect_retry:g} s is no time to wait")
