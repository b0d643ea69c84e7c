"""Files in one zip, whose bytes depend on nothing but the files.

What is inside is stored, not deflated: the same text deflates to other bytes with another zlib.
The layout is that of PKWARE's APPNOTE.TXT, 4.3.7 (a file), 4.3.12 (its entry in the directory at
the end) and 4.3.16 (the end of that).
"""

import struct
import zlib
from collections.abc import Mapping

from vpnedu.network.addresses import InputError, quoted

# What needs ZIP64 is refused: more bytes than 32 bits count, more files than 16 bits do.
MOST_BYTES = 2**32 - 1
MOST_FILES = 2**16 - 1

_VERSION = 20
_UTF8_NAMES = 1 << 11
_UNIX = 3 << 8
# 1 January 1980, 0:00: the first moment that a zip can tell.
_TIME, _DATE = 0, 1 << 5 | 1
# Type and rights as Unix writes them; the last bit is the folder's in MS-DOS.
_FILE, _FOLDER = 0o100644 << 16, 0o040755 << 16 | 1 << 4


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of `files`, sorted by name, all of one fixed date.

    A name that ends in a slash is a folder, for readers that want an empty one to be there.
    """
    if len(files) > MOST_FILES:
        raise InputError("zip", f"{len(files)} files are in it; {MOST_FILES} fit in one zip")
    body, directory, at = [], [], 0
    for name, data in sorted(files.items()):
        path = _path(name, data)
        about = _about(path, data)
        here = struct.pack("<4s", b"PK\x03\x04") + about + path + data
        rights = _FOLDER if name.endswith("/") else _FILE
        entry = struct.pack("<4sH", b"PK\x01\x02", _UNIX | _VERSION) + about
        directory.append(entry + struct.pack("<HHHLL", 0, 0, 0, rights, at) + path)
        body.append(here)
        at += len(here)
        _fits(at)
    entries = b"".join(directory)
    _fits(at + len(entries))
    count = len(directory)
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, count, count, len(entries), at, 0)
    return b"".join([*body, entries, end])


def _about(path: bytes, data: bytes) -> bytes:
    """What a file's own header and its entry in the directory both say."""
    size = len(data)
    return struct.pack(
        "<HHHHHLLLHH",
        _VERSION, _UTF8_NAMES, 0, _TIME, _DATE, zlib.crc32(data), size, size, len(path), 0,
    )  # fmt: skip


def _path(name: str, data: bytes) -> bytes:
    """The name as it is written; an InputError if it could leave the folder it is unpacked in."""
    parts = name.removesuffix("/").split("/")
    if not set(parts).isdisjoint({"", ".", ".."}) or any(sign in name for sign in "\\:\0"):
        raise InputError("zip", f"{quoted(name)} is not a path inside a zip, such as images/a.png")
    if name.endswith("/") and data:
        raise InputError("zip", f"{quoted(name)} is a folder and can't hold bytes itself")
    path = name.encode()
    if len(path) > MOST_FILES:
        raise InputError("zip", f"{quoted(name)} is longer than the {MOST_FILES} bytes of a name")
    return path


def _fits(size: int) -> None:
    if size > MOST_BYTES:
        raise InputError("zip", "it would be of 4 GiB or more; part it")
