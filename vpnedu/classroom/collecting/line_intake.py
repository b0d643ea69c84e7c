"""Submissions one a line (JSON Lines): bare, or in envelopes that tell when and whose.

A line is a submission as its file holds it, or
`{"received": "2026-12-01T22:10:00Z", "owner": "ada", "source": "mail 17", "text": "…"}`, of which
`text` is the file as text and the rest may be left out.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, BinaryIO

from vpnedu.classroom.collecting.submissions import MOST_BYTES
from vpnedu.network.addresses import quoted
from vpnedu.quiz.strict import Unreadable, parsed

# Around a submission as text in JSON, every byte of which may take six.
MOST_LINE = 6 * MOST_BYTES + 10_000
LONGEST_NOTE = 100
CHUNK = 1 << 16

# In an envelope the quotes of a submission have a backslash before them.
_BARE = re.compile(rb'(?<!\\)"schema"\s*:')
_KEYS = {"text", "received", "owner", "source"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it; `refused` tells what is wrong with it or its envelope."""

    number: int
    data: bytes = b""
    received: int | None = None
    owner: str = ""
    source: str = ""
    refused: Unreadable | None = None


def lines(file: BinaryIO, zone: tzinfo) -> Iterator[Line]:
    """The lines of `file`, of which never more than one is held, and never a longer one than a
    submission can be. A time of receipt without an offset is one of `zone`.
    """
    for number, line in _bounded(file):
        if line is None:
            rule = f"is longer than {MOST_LINE:,} bytes"
            yield Line(number, refused=Unreadable("too-big", rule, "line"))
            continue
        envelope = _envelope(line)
        try:
            yield _opened(number, envelope, zone) if envelope else Line(number, line)
        except Unreadable as wrong:
            yield Line(number, refused=wrong)


def _bounded(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Every line that is not blank with its number, None in place of one that is too long."""
    for number, line in enumerate(_cut(_chunks(file)), start=1):
        if line is None or line.strip():
            yield number, line and line.removesuffix(b"\r")


def _cut(chunks: Iterator[bytes]) -> Iterator[bytes | None]:
    line, length = b"", 0
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            length += len(end)
            yield line + end if length <= MOST_LINE else None
            line, length = b"", 0
        length += len(rest)
        line = line + rest if length <= MOST_LINE else b""
    if length:
        yield line if length <= MOST_LINE else None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace") if _is_utf16(file) else None
    while chunk := file.read(CHUNK):
        yield decoder.decode(chunk).encode() if decoder else chunk


def _is_utf16(file: BinaryIO) -> bool:
    """Whether all of a file is UTF-16, as Windows' PowerShell writes it, not only its first line.

    In UTF-16 the end of a line has a zero byte behind it, or before it.
    """
    start = file.read(2)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start += file.read(MOST_LINE)
    file.seek(0)
    at = start.find(b"\n")
    if start.startswith(codecs.BOM_UTF16_LE):
        return at < 0 or start[at + 1 : at + 2] == b"\0"
    return start.startswith(codecs.BOM_UTF16_BE) and (at < 0 or start[at - 1 : at] == b"\0")


def _envelope(line: bytes) -> dict[str, Any] | None:
    """The envelope that a line is, None where it is anything else."""
    if _BARE.search(line):
        return None
    try:
        values = parsed(line.decode("utf-8-sig"), 2)
    except (Unreadable, UnicodeDecodeError):
        # Whoever reads the submission tells what is wrong with it, or mends it.
        return None
    return values if isinstance(values, dict) and "text" in values else None


def _opened(number: int, envelope: dict[str, Any], zone: tzinfo) -> Line:
    if not all(isinstance(value, str) for value in envelope.values()):
        raise _bad("may hold texts only")
    if extra := sorted(envelope.keys() - _KEYS):
        raise _bad(f"may not hold {quoted(extra[0])}")
    data = envelope["text"].encode("utf-8", "surrogatepass")
    received = _moment(envelope["received"], zone) if envelope.get("received") else None
    source = envelope.get("source", "")[:LONGEST_NOTE]
    return Line(number, data, received, envelope.get("owner", ""), source)


def _moment(text: str, zone: tzinfo) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError):
        raise _bad(f"tells no time by {quoted(text)}, such as 2026-12-01T22:10:00Z") from None


def _bad(rule: str) -> Unreadable:
    return Unreadable("bad-schema", rule, "envelope")
