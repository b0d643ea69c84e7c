"""Flows, and the hash that keeps every packet of one flow on one of several equal routes."""

from dataclasses import dataclass
from itertools import accumulate

from vpnedu.network.addresses import IPAddress
from vpnedu.network.packets import Packet

MASK = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Flow:
    """The fields that equal-cost multipath hashes: the five-tuple, as Linux's hash policy 1.

    `salt` is the router's own: two routers in a row that hashed alike would send everything that
    the first one sends left to the left again.
    """

    source: IPAddress | None
    destination: IPAddress
    protocol: int = 0
    source_port: int = 0
    destination_port: int = 0
    salt: str = ""

    @classmethod
    def of(cls, packet: Packet) -> "Flow":
        """The flow that `packet` belongs to."""
        return cls(
            packet.source,
            packet.destination,
            packet.protocol,
            packet.source_port or 0,
            packet.destination_port or 0,
        )

    @classmethod
    def to(cls, address: IPAddress) -> "Flow":
        """A flow of which only the destination is known."""
        return cls(None, address)

    def hash(self) -> int:
        """A number from 0 to 2^32-1: FNV-1a over the fields, then MurmurHash3's final mix.

        FNV-1a alone leaves the high bits of similar flows alike; the mix spreads them.
        """
        source = self.source.packed if self.source else b""
        ports = self.source_port.to_bytes(2, "big") + self.destination_port.to_bytes(2, "big")
        value = 0x811C9DC5
        salt = self.salt.encode()
        for byte in source + self.destination.packed + bytes([self.protocol]) + ports + salt:
            value = (value ^ byte) * 0x01000193 & MASK
        value = (value ^ value >> 16) * 0x85EBCA6B & MASK
        value = (value ^ value >> 13) * 0xC2B2AE35 & MASK
        return value ^ value >> 16


def share(flow: Flow, weights: list[int]) -> int:
    """Which of several equal routes carries `flow`: 0 to len(weights)-1.

    Hash-threshold (RFC 2992): the hash's range is cut into one region a route, as wide as its
    weight, so a flow stays where it is as long as the routes stay.
    """
    point = flow.hash() * sum(weights) >> 32
    return next(i for i, upto in enumerate(accumulate(weights)) if point < upto)
