"""Zips written byte by byte, so that they can say what no honest program writes."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Raw:
    """A member: `name` and what it unpacks to. The rest is what its headers say of it.

    `size` and `crc` are the true ones if None; `time` is DOS's date, and the clock below it.
    """

    name: str | bytes
    data: bytes = b""
    deflated: bool = True
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    mode: int = 0o100644
    time: int = 0
    extra: bytes = b""


def raw_zip(members: Iterable[Raw], wide: bool = False) -> bytes:
    """The zip of `members`, in their order; a `wide` one ends as ZIP64 does."""
    file = BytesIO()
    write_zip(file, members, wide)
    return file.getvalue()


def write_zip(file: BinaryIO, members: Iterable[Raw], wide: bool = False) -> None:
    """Write the zip of `members` to `file`."""
    entries, count, at = [], 0, 0
    for member in members:
        head, body = _about(member)
        entry = b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + head[0]
        tail = struct.pack("<HHHLL", 0, 0, 0, member.mode << 16, at)
        entries.append(entry + tail + head[1] + member.extra)
        whole = b"PK\x03\x04" + head[0] + head[1] + member.extra + body
        file.write(whole)
        at += len(whole)
        count += 1
    directory = b"".join(entries)
    file.write(directory + _end(count, len(directory), at, wide))


def _about(member: Raw) -> tuple[tuple[bytes, bytes], bytes]:
    """What both headers say, the name, and the bytes as they are packed."""
    name = member.name if isinstance(member.name, bytes) else member.name.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(member.data) + packer.flush() if member.deflated else member.data
    flags = member.flags | (1 << 11 if isinstance(member.name, str) else 0)
    date, clock = divmod(member.time, 1 << 16)
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    size = len(member.data) if member.size is None else member.size
    head = struct.pack(
        "<HHHHHLLLHH",
        20, flags, 8 * member.deflated, clock, date, crc, len(body), size, len(name),
        len(member.extra),
    )  # fmt: skip
    return (head, name), body


def _end(count: int, size: int, at: int, wide: bool) -> bytes:
    if not wide:
        # As old programs do: of what is more than 65,535 the rest is told.
        few = count & 0xFFFF
        return struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, few, few, size, at, 0)
    whole = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, at)
    place = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + size, 1)
    many, far = 0xFFFF, 0xFFFFFFFF
    return whole + place + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, many, many, far, far, 0)


def dos_time(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    """A date and a time of day as DOS writes them."""
    return ((year - 1980) << 9 | month << 5 | day) << 16 | hour << 11 | minute << 5
