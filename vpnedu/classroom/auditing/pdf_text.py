"""The words of a PDF, as far as they stand in it as letters.

Text is shown from strings in a page's instructions (ISO 32000-1, 9.4.3). In what ReportLab, TeX
and many others write, a string holds letters; in what browsers print, it holds numbers of glyphs,
and a PDF may be encrypted. Of these nothing can be told without a reader of fonts, and nothing is
claimed.
"""

import base64
import re
import string
import zlib

# A page's instructions unpacked, and what all streams of a file may come to.
LARGEST = 64_000_000
# So many letters have to be there, and so many of all signs have to be letters, to be words.
FEWEST, SHARE = 40, 0.6

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
# A font or a picture has brackets too.
_SHOWS = re.compile(rb"[)\]]\s*T[jJ]\s")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SAID = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b""}
_LETTERS = frozenset((string.ascii_letters + string.digits).encode())


def pdf_text(data: bytes) -> str | None:
    """The words that are shown, without what parts them, or None where they can't be read."""
    left, found = LARGEST, []
    for match in _STREAM.finditer(data):
        page = _unpacked(match[1], left)
        left -= len(page)
        if b"BT" in page and _SHOWS.search(page):
            found += [_plain(one[1]) for one in _STRING.finditer(page)]
        if left <= 0:
            return None
    text = b"".join(found)
    signs = bytes(sign for sign in text if sign > ord(" "))
    letters = sum(sign in _LETTERS for sign in signs)
    if b"/Encrypt" in data or letters < max(FEWEST, SHARE * len(signs)):
        return None
    return text.decode("latin-1")


def _unpacked(stream: bytes, most: int) -> bytes:
    if stream.rstrip().endswith(b"~>"):
        try:
            stream = base64.a85decode(stream.rstrip()[:-2])
        except ValueError:
            return b""
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return stream


def _plain(text: bytes) -> bytes:
    def said(match: re.Match[bytes]) -> bytes:
        if match[1][0] in b"01234567":
            return bytes([int(match[1], 8) & 255])
        return _SAID.get(match[1], match[1])

    return _ESCAPE.sub(said, text)
