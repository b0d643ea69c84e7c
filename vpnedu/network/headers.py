"""The bytes of plain packets: IPv4, IPv6, TCP, UDP and ICMP echo, with the field of each byte."""

from dataclasses import dataclass

from vpnedu.network.packets import (
    HEADER_LENGTH,
    PROTOCOLS,
    TCP,
    UDP,
    Packet,
    protocol_name,
)

# What the packets of the book say, so that an eavesdropper has something to read.
MESSAGE = b"salary list, page 1: A. Ito 4100, B. Okafor 4350, C. Lind 3980; "
PSH_ACK = 0x18
WINDOW = 64240
TCP_FLAGS = ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR")
ECHO_REQUEST = {PROTOCOLS["icmp"]: 8, PROTOCOLS["icmpv6"]: 128}


@dataclass(frozen=True, slots=True)
class Field:
    """A run of bytes in a packet: its name, where it stands, and its value in words."""

    name: str
    start: int
    length: int
    value: str
    sealed: bool = False


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071)."""
    data += bytes(len(data) % 2)
    total = sum(int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def ip_header(packet: Packet, length: int) -> bytes:
    """The IP header of `packet` with a total of `length` bytes, no options (RFC 791, RFC 8200).

    The identification is 0, as RFC 6864 allows for packets that may not be fragmented.
    """
    ends = packet.source.packed + packet.destination.packed
    if packet.source.version == 6:
        payload = (length - 40).to_bytes(2, "big")
        return b"\x60\0\0\0" + payload + bytes([packet.protocol, packet.ttl]) + ends
    flags = b"\x40\0" if packet.dont_fragment else b"\0\0"
    head = b"\x45\0" + length.to_bytes(2, "big") + b"\0\0" + flags
    head += bytes([packet.ttl, packet.protocol])
    return head + checksum(head + b"\0\0" + ends).to_bytes(2, "big") + ends


def ip_fields(header: bytes, packet: Packet) -> tuple[Field, ...]:
    """The fields of an IP header."""
    total = int.from_bytes(header[4:6] if packet.source.version == 6 else header[2:4], "big")
    if packet.source.version == 6:
        return (
            Field("version, class, flow label", 0, 4, "IPv6"),
            Field("payload length", 4, 2, f"{total} bytes"),
            Field("next header", 6, 1, protocol_name(packet.protocol)),
            Field("hop limit", 7, 1, str(packet.ttl)),
            Field("source address", 8, 16, str(packet.source)),
            Field("destination address", 24, 16, str(packet.destination)),
        )
    return (
        Field("version and header length", 0, 1, "IPv4, 20 bytes"),
        Field("DSCP and ECN", 1, 1, "0"),
        Field("total length", 2, 2, f"{total} bytes"),
        Field("identification", 4, 2, "0"),
        Field("flags and fragment offset", 6, 2, "don't fragment" if header[6] else "may fragment"),
        Field("time to live", 8, 1, str(packet.ttl)),
        Field("protocol", 9, 1, protocol_name(packet.protocol)),
        Field("header checksum", 10, 2, header[10:12].hex()),
        Field("source address", 12, 4, str(packet.source)),
        Field("destination address", 16, 4, str(packet.destination)),
    )


def _filled(length: int) -> bytes:
    return (MESSAGE * (length // len(MESSAGE) + 1))[:length]


def _transport(packet: Packet) -> tuple[bytes, tuple[Field, ...], int]:
    """The transport header with a zero checksum, its fields, and where its checksum stands."""
    ports = (packet.source_port or 0).to_bytes(2, "big")
    ports += (packet.destination_port or 0).to_bytes(2, "big")
    port_fields = (
        Field("source port", 0, 2, str(packet.source_port)),
        Field("destination port", 2, 2, str(packet.destination_port)),
    )
    if packet.protocol == TCP:
        head = ports + bytes([0, 0, 0, 1, 0, 0, 0, 1, 0x50, PSH_ACK])
        head += WINDOW.to_bytes(2, "big") + b"\0\0\0\0"
        rest = Field("sequence, flags, window, checksum", 4, 16, "TCP")
        return head, (*port_fields, rest), 16
    if packet.protocol == UDP:
        length = packet.length - HEADER_LENGTH[packet.source.version]
        head = ports + length.to_bytes(2, "big") + b"\0\0"
        return head, (*port_fields, Field("length and checksum", 4, 4, f"{length} bytes")), 6
    if packet.protocol in ECHO_REQUEST:
        head = bytes([ECHO_REQUEST[packet.protocol], 0, 0, 0, 0, 1, 0, 1])
        return head, (Field("ICMP echo request", 0, 8, "ping"),), 2
    return b"", (), 0


def transport_fields(protocol: int, head: bytes) -> tuple[Field, ...]:
    """Every field of a transport header by itself (RFC 9293, 3.1; RFC 768; RFC 792; RFC 4443, 4.1).

    The fields that `packet_bytes` gives are coarser: a trace keeps those for good.
    """

    def number(start: int) -> str:
        return str(int.from_bytes(head[start : start + 2], "big"))

    ports = (Field("source port", 0, 2, number(0)), Field("destination port", 2, 2, number(2)))
    if protocol == TCP:
        flags = [name for bit, name in enumerate(TCP_FLAGS) if head[13] >> bit & 1]
        return (
            *ports,
            Field("TCP sequence number", 4, 4, str(int.from_bytes(head[4:8], "big"))),
            Field("acknowledgement number", 8, 4, str(int.from_bytes(head[8:12], "big"))),
            Field("data offset", 12, 1, f"{(head[12] >> 4) * 4} bytes"),
            Field("flags", 13, 1, ", ".join(flags)),
            Field("window", 14, 2, f"{number(14)} bytes"),
            Field("checksum", 16, 2, head[16:18].hex()),
            Field("urgent pointer", 18, 2, number(18)),
        )
    if protocol == UDP:
        length = Field("length", 4, 2, f"{number(4)} bytes")
        return (*ports, length, Field("checksum", 6, 2, head[6:8].hex()))
    if protocol in ECHO_REQUEST:
        return (
            Field("type", 0, 1, f"{head[0]}, echo request"),
            Field("code", 1, 1, str(head[1])),
            Field("checksum", 2, 2, head[2:4].hex()),
            Field("identifier", 4, 2, number(4)),
            Field("echo sequence number", 6, 2, number(6)),
        )
    return ()


def packet_bytes(packet: Packet) -> tuple[bytes, tuple[Field, ...]]:
    """The bytes of `packet` and their fields. Its data is `MESSAGE`, repeated to the length."""
    header = ip_header(packet, packet.length)
    transport, fields, at = _transport(packet)
    data = _filled(packet.length - len(header) - len(transport))
    if at:
        # The pseudo-header of TCP, UDP and ICMPv6; ICMP for IPv4 has none (RFC 792).
        ends = packet.source.packed + packet.destination.packed
        pseudo = ends + (len(transport) + len(data)).to_bytes(4, "big") + bytes(3)
        pseudo += bytes([packet.protocol])
        covered = b"" if packet.protocol == PROTOCOLS["icmp"] else pseudo
        total = checksum(covered + transport + data)
        if packet.protocol == UDP and total == 0:
            total = 0xFFFF  # in UDP, 0 would say that there is no checksum (RFC 768)
        transport = transport[:at] + total.to_bytes(2, "big") + transport[at + 2 :]
    after = len(header) + len(transport)
    shifted = tuple(Field(f.name, f.start + len(header), f.length, f.value) for f in fields)
    payload = (Field("data", after, len(data), "the message"),) if data else ()
    return header + transport + data, (*ip_fields(header, packet), *shifted, *payload)
