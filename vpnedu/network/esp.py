"""ESP packets with AES-GCM, byte for byte (RFC 4303; RFC 4106): built, opened, and explained."""

from dataclasses import dataclass
from hashlib import sha256

from vpnedu.network import aes_gcm
from vpnedu.network.encapsulation import AES_GCM, ESP_HEADER, padding
from vpnedu.network.headers import Field

IPV4_IN_ESP, IPV6_IN_ESP = 4, 41
NEXT_HEADER = {4: IPV4_IN_ESP, 6: IPV6_IN_ESP}
LOWEST_SPI = 256  # 1 to 255 are reserved (RFC 4303, 2.1)


@dataclass(frozen=True, slots=True)
class SealingKey:
    """What one security association seals with: its SPI, AES key and salt (RFC 4106, 4).

    `esn`: 64-bit sequence numbers, of which the wire carries the low half (RFC 4303, 2.2.1).
    """

    spi: int
    key: bytes
    salt: bytes
    esn: bool = False

    def associated(self, sequence: int) -> bytes:
        """What the integrity check covers besides the sealed part (RFC 4106, 5)."""
        return self.spi.to_bytes(4, "big") + sequence.to_bytes(8 if self.esn else 4, "big")


def teaching_key(name: str) -> SealingKey:
    """A key that anyone can recompute from `name`, so that every byte in the book can be checked.

    Real gateways agree on secret keys by IKE (RFC 7296, 2.17); these come from a hash.
    """
    digest = sha256(f"vpnedu {name}".encode()).digest()
    spi = int.from_bytes(digest[20:24], "big") | LOWEST_SPI
    return SealingKey(spi, digest[:16], digest[16:20])


def trailer(payload_length: int, next_header: int) -> bytes:
    """Padding 1, 2, 3 …, its length, and what was sealed (RFC 4303, 2.4 to 2.6)."""
    pad = padding(payload_length, AES_GCM)
    return bytes(range(1, pad + 1)) + bytes([pad, next_header])


def seal(
    key: SealingKey, sequence: int, payload: bytes, next_header: int, iv: bytes | None = None
) -> bytes:
    """The ESP packet from SPI to ICV. The IV is the sequence number unless given: it must only
    never repeat under one key (RFC 4106, 3.1)."""
    iv = sequence.to_bytes(8, "big") if iv is None else iv
    plain = payload + trailer(len(payload), next_header)
    sealed = aes_gcm.encrypt(key.key, key.salt + iv, plain, key.associated(sequence))
    low = (sequence & 0xFFFFFFFF).to_bytes(4, "big")
    return key.spi.to_bytes(4, "big") + low + iv + sealed


def unseal(key: SealingKey, packet: bytes, sequence: int | None = None) -> tuple[bytes, int]:
    """The payload and next header of an ESP packet; IntegrityError if it was altered.

    `sequence` is the receiver's guess of the full number where the association uses 64 bits; the
    packet brings the low half (RFC 4303, A2).
    """
    if len(packet) < ESP_HEADER + AES_GCM.iv + AES_GCM.icv:
        raise aes_gcm.IntegrityError(f"{len(packet)} bytes are too few for an ESP packet")
    high = b"" if not key.esn else ((sequence or 0) >> 32).to_bytes(4, "big")
    associated = packet[:4] + high + packet[4:ESP_HEADER]
    iv, sealed = packet[ESP_HEADER : ESP_HEADER + AES_GCM.iv], packet[ESP_HEADER + AES_GCM.iv :]
    plain = aes_gcm.decrypt(key.key, key.salt + iv, sealed, associated)
    pad, next_header = plain[-2], plain[-1]
    return plain[: len(plain) - 2 - pad], next_header


def fields(packet: bytes, payload_length: int) -> tuple[Field, ...]:
    """The fields of an ESP packet around `payload_length` bytes (RFC 4303, 2)."""
    pad = padding(payload_length, AES_GCM)
    sealed_from = ESP_HEADER + AES_GCM.iv
    trailer_from = sealed_from + payload_length
    rows = [
        Field("security parameters index", 0, 4, packet[:4].hex()),
        Field("sequence number", 4, 4, str(int.from_bytes(packet[4:8], "big"))),
        Field("IV", ESP_HEADER, AES_GCM.iv, packet[8:16].hex()),
        Field("inner packet", sealed_from, payload_length, "sealed", sealed=True),
        Field("padding", trailer_from, pad, "sealed", sealed=True),
        Field("pad length and next header", trailer_from + pad, 2, "sealed", sealed=True),
        Field("ICV", trailer_from + pad + 2, AES_GCM.icv, "integrity check value"),
    ]
    return tuple(row for row in rows if row.length)
