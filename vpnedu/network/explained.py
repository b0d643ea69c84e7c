"""A packet before, on and after the wire, every byte of it explained (RFC 4303; RFC 4106)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from vpnedu.network import esp, esp_meanings, field_meanings
from vpnedu.network.addresses import InputError, IPAddress
from vpnedu.network.encapsulation import AES_GCM, ESP_HEADER, UDP_HEADER, sealed_length
from vpnedu.network.field_meanings import Meanings
from vpnedu.network.headers import Field, ip_fields, ip_header, packet_bytes, transport_fields
from vpnedu.network.packets import ESP, HEADER_LENGTH, TCP, TRANSPORT_LENGTH, UDP, Packet

NAT_T_PORT = 4500
# How the integrity check covers a byte (RFC 4106, 4 and 5); headers before ESP are not covered.
NOT_COVERED, ASSOCIATED, IN_NONCE, CIPHERTEXT = "", "associated data", "nonce", "ciphertext"
_HEADERS = {
    TCP: ("TCP header", field_meanings.TCP_HEADER),
    UDP: ("UDP header", field_meanings.UDP_HEADER),
}
_ECHO = ("ICMP header", field_meanings.ICMP_HEADER)


@dataclass(frozen=True, slots=True)
class Explained:
    """A field of a packet: its bytes, what they mean, and who chose them.

    `sealed`: encrypted on the wire. `covered`: how the integrity check covers it, "" if it
    doesn't. `reference` names the sections that define it.
    """

    part: str
    name: str
    start: int
    length: int
    value: str
    meaning: str
    chosen: str
    reference: str
    sealed: bool = False
    covered: str = NOT_COVERED

    @property
    def end(self) -> int:
        """Where the next field begins."""
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Face:
    """One look at a packet: its bytes, and the fields that cover them without a gap."""

    data: bytes
    fields: tuple[Explained, ...]

    def at(self, place: int) -> Explained:
        """The field that the byte at `place` belongs to."""
        for field in self.fields:
            if field.start <= place < field.end:
                return field
        raise InputError("place", f"{place} is not a byte of this packet of {len(self.data)}")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One packet with three faces: `before` it was sealed, on the `wire`, and `opened`: the packet
    on the wire again, with its sealed part decrypted."""

    before: Face
    wire: Face
    opened: Face
    key: esp.SealingKey
    sequence: int


def explained(
    packet: Packet,
    key: esp.SealingKey,
    sequence: int = 1,
    *,
    ends: tuple[IPAddress, IPAddress],
    nat_t: bool = False,
) -> Specimen:
    """`packet` as the gateway at the first of `ends` seals it for the second, byte for byte."""
    inner, _ = packet_bytes(packet)
    sealed = esp.seal(key, sequence, inner, esp.NEXT_HEADER[packet.source.version])
    head, outer = _outer(packet, ends, len(inner), len(sealed), nat_t)
    wire, trailer = head + sealed, _trailer(inner, packet.source.version)
    front = [*outer, *_esp_header(sealed, key, len(head))]
    body = len(head) + ESP_HEADER + AES_GCM.iv
    hidden = _of("sealed part", esp_meanings.SEALED, [_sealed_part(len(inner) + len(trailer))])
    check = esp.fields(sealed, len(inner))[-1:]
    icv = _shifted(_of("integrity check", esp_meanings.ICV, check), len(head))
    plain = _inner(packet, inner)
    shown = [*plain, *_shifted(_trailer_fields(trailer), len(inner))]
    opened = wire[:body] + inner + trailer + wire[-AES_GCM.icv :]
    return Specimen(
        Face(inner, tuple(plain)),
        Face(wire, (*front, *_sealed(_shifted(hidden, body)), *icv)),
        Face(opened, (*front, *_sealed(_shifted(shown, body)), *icv)),
        key,
        sequence,
    )


def _of(part: str, meanings: Meanings, fields: Iterable[Field]) -> list[Explained]:
    """The fields of one part of a packet, in words."""
    made = []
    for field in fields:
        told = meanings[field.name]
        words = (told.meaning, told.chosen, told.reference)
        made.append(Explained(part, field.name, field.start, field.length, field.value, *words))
    return made


def _shifted(fields: Iterable[Explained], by: int) -> list[Explained]:
    return [replace(field, start=field.start + by) for field in fields]


def _sealed(fields: Iterable[Explained]) -> list[Explained]:
    return [replace(field, sealed=True, covered=CIPHERTEXT) for field in fields]


def _inner(packet: Packet, data: bytes) -> list[Explained]:
    """The fields of the inner packet, each header field by itself."""
    version, header = packet.source.version, HEADER_LENGTH[packet.source.version]
    made = _of(f"inner IPv{version} header", field_meanings.INNER[version], ip_fields(data, packet))
    part, meanings = _HEADERS.get(packet.protocol, _ECHO)
    head = data[header : header + TRANSPORT_LENGTH.get(packet.protocol, 0)]
    if not head:
        raise InputError("protocol", "only TCP, UDP and ICMP echo are explained byte for byte")
    made += _shifted(_of(part, meanings, transport_fields(packet.protocol, head)), header)
    start = header + len(head)
    if start < len(data):
        text = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in data[start:])
        field = Field("data", start, len(data) - start, f"“{text}”")
        made += _of("data", meanings, [field])
    return made


def _outer(
    packet: Packet, ends: tuple[IPAddress, IPAddress], inner: int, sealed: int, nat_t: bool
) -> tuple[bytes, list[Explained]]:
    """The headers before ESP, and their fields: IP, and UDP for NAT traversal (RFC 3948, 2.1)."""
    version = ends[0].version
    length = sealed_length(inner, nat_t=nat_t, outer_version=version)
    outer = Packet(
        *ends,
        protocol=UDP if nat_t else ESP,
        length=length,
        dont_fragment=packet.dont_fragment,
    )
    head = ip_header(outer, length)
    fields = _of(
        f"outer IPv{version} header", field_meanings.OUTER[version], ip_fields(head, outer)
    )
    if not nat_t:
        return head, fields
    udp = NAT_T_PORT.to_bytes(2, "big") * 2 + (UDP_HEADER + sealed).to_bytes(2, "big") + b"\0\0"
    rest = _of("UDP header", esp_meanings.NAT_T, transport_fields(UDP, udp))
    return head + udp, fields + _shifted(rest, len(head))


def _esp_header(sealed: bytes, key: esp.SealingKey, start: int) -> list[Explained]:
    """SPI, sequence number and IV: in the clear, but covered by the check."""
    meanings = esp_meanings.ESP_HEADER | ({"sequence number": esp_meanings.ESN} if key.esn else {})
    fields = _shifted(_of("ESP header", meanings, esp.fields(sealed, 0)[:3]), start)
    return [
        *(replace(field, covered=ASSOCIATED) for field in fields[:2]),
        replace(fields[2], part="initialisation vector", covered=IN_NONCE),
    ]


def _sealed_part(length: int) -> Field:
    return Field("sealed part", 0, length, f"{length} bytes of noise")


def _trailer(inner: bytes, version: int) -> bytes:
    return esp.trailer(len(inner), esp.NEXT_HEADER[version])


def _trailer_fields(trailer: bytes) -> list[Explained]:
    pad, following = trailer[-2], trailer[-1]
    fields = [
        Field("padding", 0, pad, " ".join(str(byte) for byte in trailer[:pad])),
        Field("pad length", pad, 1, str(pad)),
        Field("next header", pad + 1, 1, f"{following}, IPv{4 if following == 4 else 6}"),
    ]
    return _of("ESP trailer", esp_meanings.ESP_TRAILER, [f for f in fields if f.length])
