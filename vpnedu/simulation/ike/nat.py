"""How two ends find a NAT between them: each hashes what it believes the addresses are.

The machine abstracts this (RFC 7296, 2.23): a NAT changes no decision of it, only the ports.
"""

from dataclasses import dataclass
from hashlib import sha1

from vpnedu.network.addresses import IPAddress

IKE_PORT = 500
NAT_PORT = 4500


@dataclass(frozen=True, slots=True)
class Socket:
    """An address and a UDP port."""

    address: IPAddress
    port: int

    def __str__(self) -> str:
        return f"{self.address}, port {self.port}"


def detection_hash(spi_i: str, spi_r: str, socket: Socket) -> str:
    """What NAT_DETECTION_SOURCE_IP or NAT_DETECTION_DESTINATION_IP holds for `socket`.

    SHA-1 over both SPIs (as hexadecimal text here), the address and the port (RFC 7296, 2.23).

    >>> from vpnedu.network.addresses import parse_address
    >>> socket = Socket(parse_address("192.0.2.1"), 500)
    >>> detection_hash("00" * 8, "00" * 8, socket)[:8] == sha1(
    ...     bytes(16) + bytes([192, 0, 2, 1, 0x01, 0xF4])).hexdigest()[:8]
    True
    """
    known = bytes.fromhex(spi_i + spi_r) + socket.address.packed
    return sha1(known + socket.port.to_bytes(2, "big"), usedforsecurity=False).hexdigest()


def translated(spi_i: str, spi_r: str, sent: Socket, seen: Socket) -> bool:
    """Whether the hash made over `sent` differs from the one over what the receiver has `seen`."""
    return detection_hash(spi_i, spi_r, sent) != detection_hash(spi_i, spi_r, seen)
