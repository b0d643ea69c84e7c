"""The packets that the book takes apart, each from a tunnel whose key anyone can recompute."""

from dataclasses import dataclass
from functools import cache

from vpnedu.network.addresses import InputError, parse_address
from vpnedu.network.esp import teaching_key
from vpnedu.network.explained import Specimen, explained
from vpnedu.network.packets import Packet, packet


@dataclass(frozen=True, slots=True)
class Kind:
    """A packet to take apart: what it is, who sends it, and through which tunnel.

    `key` is the name of the tunnel's key in this direction; `packet` is as the gateway got it.
    """

    label: str
    packet: Packet
    key: str
    ends: tuple[str, str]
    sequence: int = 1
    nat_t: bool = False


_OFFICE = "tunnel to branch, office gateway to branch gateway"
_OFFICES = ("198.51.100.1", "203.0.113.5")
KINDS = {
    "tcp": Kind("Ana to Ben: TCP, 100 bytes", packet("10.1.0.4", "10.2.9.7"), _OFFICE, _OFFICES),
    "ping": Kind(
        "Ana to Ben: a ping of 84 bytes",
        packet("10.1.0.4", "10.2.9.7", "icmp", length=84),
        _OFFICE,
        _OFFICES,
        sequence=2,
    ),
    "nat-t": Kind(
        "Ida's client: TCP, 100 bytes, NAT traversal",
        packet("172.16.0.2", "10.10.0.4"),
        "tunnel Ida, Ida's client to cloud gateway",
        ("203.0.113.21", "198.51.100.1"),
        nat_t=True,
    ),
    "ipv6": Kind(
        "Ana to Ben over IPv6: TCP, 100 bytes",
        packet("2001:db8:a::4", "2001:db8:b::7"),
        # Not the key of the offices' IPv4 tunnel: both packets have number 1, hence one IV.
        "tunnel to branch over IPv6, office gateway to branch gateway",
        ("2001:db8:1::1", "2001:db8:2::1"),
    ),
}


@cache
def specimen(name: str) -> Specimen:
    """The packet of that name, sealed, with every byte explained; InputError if there is none."""
    if name not in KINDS:
        raise InputError("name", f"there is no {name!r}; there are {', '.join(KINDS)}")
    kind = KINDS[name]
    first, second = (parse_address(end, "ends") for end in kind.ends)
    return explained(
        # A gateway lowers the time to live before it seals, as for any packet that it sends on.
        kind.packet.after_hop(),
        teaching_key(kind.key),
        kind.sequence,
        ends=(first, second),
        nat_t=kind.nat_t,
    )
