"""What a tunnel adds: headers of ESP in tunnel mode, to the byte (RFC 4303, 2; RFC 3948)."""

from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.network.packets import HEADER_LENGTH

ESP_HEADER = 8  # security parameters index and sequence number
ESP_TRAILER = 2  # pad length and next header
UDP_HEADER = 8
FRAGMENT_HEADER = {4: 0, 6: 8}  # IPv4 has the fields in its own header
TCP_HEADER = 20


@dataclass(frozen=True, slots=True)
class Suite:
    """A cipher suite by the lengths it brings: IV, block to pad to, and ICV, in bytes."""

    name: str
    iv: int
    block: int
    icv: int


AES_GCM = Suite("AES-GCM-16", iv=8, block=4, icv=16)
SUITES = {
    suite.name: suite
    for suite in (
        AES_GCM,
        Suite("AES-CBC + SHA1-96", iv=16, block=16, icv=12),
        Suite("AES-CBC + SHA256-128", iv=16, block=16, icv=16),
        Suite("AES-CBC + SHA384-192", iv=16, block=16, icv=24),
        Suite("3DES + SHA1-96", iv=8, block=8, icv=12),
    )
}


@dataclass(frozen=True, slots=True)
class Part:
    """One run of bytes in the packet on the wire, outermost first. `sealed`: encrypted."""

    name: str
    length: int
    sealed: bool = False


def padding(payload: int, suite: Suite) -> int:
    """Bytes of padding after `payload` bytes: the trailer must end on a whole block."""
    return -(payload + ESP_TRAILER) % suite.block


def parts(
    inner: int, suite: Suite = AES_GCM, *, nat_t: bool = False, outer_version: int = 4
) -> tuple[Part, ...]:
    """The packet on the wire around `inner` bytes, part by part.

    With NAT traversal (`nat_t`) a UDP header stands before ESP (RFC 3948).
    """
    return (
        Part(f"outer IPv{outer_version} header", HEADER_LENGTH[outer_version]),
        *((Part("UDP header", UDP_HEADER),) if nat_t else ()),
        Part("ESP header", ESP_HEADER),
        Part("IV", suite.iv),
        Part("inner packet", inner, sealed=True),
        Part("padding", padding(inner, suite), sealed=True),
        Part("ESP trailer", ESP_TRAILER, sealed=True),
        Part("ICV", suite.icv),
    )


def sealed_length(
    inner: int, suite: Suite = AES_GCM, *, nat_t: bool = False, outer_version: int = 4
) -> int:
    """The length on the wire, in bytes, of a packet of `inner` bytes.

    >>> sealed_length(40), sealed_length(1400), sealed_length(1400, nat_t=True)
    (96, 1456, 1464)
    """
    return sum(p.length for p in parts(inner, suite, nat_t=nat_t, outer_version=outer_version))


def largest_inner(
    mtu: int, suite: Suite = AES_GCM, *, nat_t: bool = False, outer_version: int = 4
) -> int:
    """The largest inner packet, in bytes, that fits a path of `mtu` bytes without fragments.

    >>> largest_inner(1500)
    1446
    """
    around = sum(
        p.length for p in parts(0, suite, nat_t=nat_t, outer_version=outer_version) if not p.sealed
    )
    largest = (mtu - around) // suite.block * suite.block - ESP_TRAILER
    if largest < 0:
        raise InputError("mtu", f"{mtu} bytes have no room for a packet in this tunnel")
    return largest


def fragments(length: int, mtu: int, version: int = 4) -> int:
    """In how many pieces a packet of `length` bytes crosses a path of `mtu` bytes.

    Every piece but the last carries a multiple of 8 bytes (RFC 791, 3.1; RFC 8200, 4.5).

    >>> fragments(1500, 1500), fragments(1556, 1500)
    (1, 2)
    """
    if length <= mtu:
        return 1
    room = mtu - HEADER_LENGTH[version] - FRAGMENT_HEADER[version]
    rest = length - HEADER_LENGTH[version] - room
    return 1 + -(-rest // (room // 8 * 8))


def tcp_mss(inner: int, version: int = 4) -> int:
    """The TCP segment, in bytes, that fills an inner packet of `inner` bytes, without options."""
    return inner - HEADER_LENGTH[version] - TCP_HEADER
