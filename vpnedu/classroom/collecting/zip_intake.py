"""What a zip from strangers holds, read member by member and never unpacked to disk.

Only the directory at the end says what is inside (PKWARE's APPNOTE.TXT: 4.3.7 a member's own
header, 4.3.12 its entry in the directory, 4.3.14 to 4.3.16 the end of that). No size it claims is
believed: what is read is cut off and counted. Python's `zipfile` is not asked: what it answers to a
hostile zip differs by version, and it holds every member as an object.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import BinaryIO

from vpnedu.quiz.strict import Unreadable

# What a zip begins with: a member, or the end of a directory without any.
SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
# One of these is in every zip that an office program calls a document.
DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "Index/Document.iwa", "Index.zip"})

MOST_RATIO, RATIO_FROM = 100, 1_000_000  # what unpacks to fewer bytes does no harm

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_PLACE64 = struct.Struct("<4sLQL")
_FARTHEST = 1 << 48
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_LONGEST_ENTRY = 256  # on average
_UTF8_NAME, _ENCRYPTED = 1 << 11, 1 << 0 | 1 << 6 | 1 << 13
_STORED, _DEFLATED = 0, 8
_TIMESTAMP, _ZIP64 = 0x5455, 0x0001
# Written by what knows no time: 1 January 1980, 0:00.
_NO_TIME = (1 << 5 | 1) << 16
_LINK, _KIND = 0o120000, 0o170000
_ESCAPING = re.compile(r"/|[A-Za-z]:|.*\\|.*\0|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the directory. `time` is DOS's date and time, `stamp` seconds since 1970 UTC."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    at: int
    time: int
    stamp: int | None

    def received(self, zone: tzinfo) -> int | None:
        """When it was written, in seconds since 1970 UTC, if that can be told.

        DOS's time is a clock's in `zone`; an hour that comes twice is taken for the first.
        """
        if self.stamp is not None or self.time == _NO_TIME:
            return self.stamp
        date, clock = divmod(self.time, 1 << 16)
        day = (1980 + (date >> 9), date >> 5 & 15, date & 31)
        try:
            told = datetime(*day, clock >> 11, clock >> 5 & 63, 2 * (clock & 31), tzinfo=zone)
            return int(told.timestamp())
        except ValueError:
            return None


class Archive:
    """A zip in `file`, of at most `members` members, of which at most `total` bytes are read.

    `left` is how many of these bytes are left; below 0 the zip unpacks to too much.
    """

    def __init__(self, file: BinaryIO, members: int, total: int):
        self._file, self.left = file, total
        size, start, end = _directory(file)
        # What stands in front of the zip, such as a program that unpacks it, shifts all places.
        self._shift = end - size - start
        if self._shift < 0:
            raise _bad("is cut short")
        if size > members * _LONGEST_ENTRY:
            raise _crowded(members)
        self._entries = _read(file, end - size, size)
        self._most = members

    def members(self) -> Iterator[Member]:
        """What the directory names, in its order; a name may be there twice."""
        at = count = 0
        while at < len(self._entries):
            # How many there are is not asked of the end: it counts to 65,535 only.
            count += 1
            if count > self._most:
                raise _crowded(self._most)
            member, at = _member(self._entries, at)
            yield member

    def content(self, member: Member, most: int) -> bytes:
        """The bytes of `member`, at most `most`; Unreadable tells why it can't be read."""
        _check(member, most)
        data = self._unpacked(member, member.size + 1)
        if len(data) > member.size:
            raise Unreadable("zip-bomb", "holds more than it says")
        if len(data) < member.size or zlib.crc32(data) != member.crc:
            raise _bad("is damaged")
        return data

    def begins(self, member: Member) -> bytes:
        """The first four bytes of `member`."""
        _check(member, member.size)
        return self._unpacked(member, 4)

    def _unpacked(self, member: Member, most: int) -> bytes:
        """The first `most` bytes of `member`, or as many as there are."""
        start = self._start(member)
        if member.method == _STORED:
            data = _read(self._file, start, min(member.packed, most))
        else:
            # Deflate never makes twice as much of anything.
            packed = _read(self._file, start, min(member.packed, 2 * most + 1000))
            try:
                data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
            except zlib.error:
                raise _bad("is damaged") from None
        self.left -= len(data)
        return data

    def _start(self, member: Member) -> int:
        """Where the bytes of `member` begin: behind a header of its own."""
        at = member.at + self._shift
        head = _read(self._file, at, _LOCAL.size)
        sign, _version, flags, *_rest, name, extra = _LOCAL.unpack(head)
        if sign != SIGNS[0]:
            raise _bad("is damaged")
        if flags & _ENCRYPTED:
            raise Unreadable("encrypted-zip", "is encrypted")
        return int(at + _LOCAL.size + name + extra)


def _check(member: Member, most: int) -> None:
    """Unreadable where what the directory says of a member is enough to leave it alone."""
    if _ESCAPING.match(member.name):
        raise Unreadable("path-escape", "would be unpacked outside of its folder")
    if member.mode & _KIND == _LINK:
        raise Unreadable("path-escape", "is a link to another file")
    if member.flags & _ENCRYPTED:
        raise Unreadable("encrypted-zip", "is encrypted")
    if member.size > max(RATIO_FROM, MOST_RATIO * member.packed):
        raise Unreadable("zip-bomb", f"would unpack to {member.size:,} bytes")
    if member.size > most:
        raise Unreadable("too-big", f"has {member.size:,} bytes; {most:,} are read")
    if member.method not in (_STORED, _DEFLATED):
        raise _bad(f"is packed by method {member.method}; deflate is read")


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """Of the directory: its bytes, where it says that it begins, and where it truly ends."""
    length = file.seek(0, 2)
    tail = max(0, length - _END.size - _LONGEST_COMMENT)
    at, size, start = _end(_read(file, tail, length - tail))
    end = tail + at
    place = end - _PLACE64.size
    if 0xFFFFFFFF not in (size, start) or place < _END64.size:
        return size, start, end
    if not _read(file, place, _PLACE64.size).startswith(b"PK\x06\x07"):
        return size, start, end
    end = place - _END64.size
    sign, *_rest, size, start = _END64.unpack(_read(file, end, _END64.size))
    if sign != b"PK\x06\x06":
        raise _bad("is damaged")
    return size, start, end


def _end(tail: bytes) -> tuple[int, int, int]:
    """Where the last end of a directory is, and the bytes and the start that it tells."""
    at = len(tail)
    while (at := tail.rfind(b"PK\x05\x06", 0, at)) >= 0:
        if at + _END.size <= len(tail):
            *_counts, size, start, comment = _END.unpack_from(tail, at)
            if at + _END.size + comment <= len(tail):
                return at, size, start
    raise _bad("is cut short")


def _member(entries: bytes, at: int) -> tuple[Member, int]:
    """The member whose entry begins at `at`, and where the next one begins."""
    if at + _ENTRY.size > len(entries):
        raise _bad("has a damaged directory")
    sign, _by, _needs, flags, method, clock, date, crc, *rest = _ENTRY.unpack_from(entries, at)
    packed, size, name_length, extra_length, comment, _disk, _inner, outer, place = rest
    name_end = at + _ENTRY.size + name_length
    end = name_end + extra_length + comment
    if sign != b"PK\x01\x02" or end > len(entries):
        raise _bad("has a damaged directory")
    raw = entries[at + _ENTRY.size : name_end]
    extra = dict(_extras(entries[name_end : name_end + extra_length]))
    size, packed, place = _wide((size, packed, place), extra.get(_ZIP64, b""))
    stamp = extra.get(_TIMESTAMP, b"")
    told = len(stamp) >= 5 and stamp[0] & 1
    when = int.from_bytes(stamp[1:5], "little", signed=True) if told else None
    facts = (crc, packed, size, outer >> 16, place, date << 16 | clock, when)
    return Member(_named(raw, flags), flags, method, *facts), end


def _named(raw: bytes, flags: int) -> str:
    # Many write UTF-8 and don't say so; what isn't that is what DOS wrote.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & _UTF8_NAME else raw.decode("cp437")


def _extras(data: bytes) -> Iterator[tuple[int, bytes]]:
    while len(data) >= 4:
        name, length = struct.unpack_from("<2H", data)
        yield name, data[4 : 4 + length]
        data = data[4 + length :]


def _wide(values: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Size, packed size and place, of which ZIP64 keeps in `extra` what 32 bits can't hold."""
    more = (int.from_bytes(extra[at : at + 8], "little") for at in range(0, len(extra) - 7, 8))
    size, packed, place = (next(more, n) if n == 0xFFFFFFFF else n for n in values)
    return size, packed, place


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    # A place of 64 bits may be none that a file can have.
    if at > _FARTHEST:
        raise _bad("is damaged")
    file.seek(at)
    data = file.read(count)
    if len(data) < count:
        raise _bad("is cut short")
    return data


def _crowded(most: int) -> Unreadable:
    return Unreadable("zip-bomb", f"holds more than {most:,} files", "zip")


def _bad(rule: str) -> Unreadable:
    return Unreadable("bad-zip", rule, "zip")
