"""Looks into all that is published: files, archives, data URIs, and a repository's history."""

import base64
import bz2
import gzip
import io
import lzma
import re
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vpnedu.classroom.auditing.fingerprints import Fingerprints
from vpnedu.classroom.auditing.pdf_text import pdf_text
from vpnedu.classroom.auditing.published import orphans, problems
from vpnedu.network.addresses import InputError

# What an archive in an archive, and one thing unpacked, may come to before it is a bomb.
DEEPEST = 4
LARGEST = 256_000_000

# What packs one thing, by its first bytes, and what is packed in ways that nothing here opens.
_PACKED: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"# v2 git bundle", b"# v3 git bundle")
# The end of a zip, which a program may stand in front of, and how far from the end of all it is.
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 65_557
_LIKE_A_KEY = re.compile(
    "key|answer(?!.sheet)|solution|l(?:ö|oe)sung|corrig|soluci|soluzi", re.IGNORECASE
)
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)

# In one piece, or in lines as mails have it.
_BASE64 = re.compile(
    rb"(?:[A-Za-z0-9+/]{60,76}\r?\n){2,}[A-Za-z0-9+/]*={0,2}|[A-Za-z0-9+/]{200,}={0,2}"
)

Content = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of the key that was found: where, what it is, and what stands there."""

    place: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What an audit came to.

    `unread` could not be opened: archives, folders that are links, and PDFs called like a key.
    `unseen` are other PDFs whose words can't be read.
    """

    files: int
    hits: tuple[Hit, ...]
    unread: tuple[str, ...]
    unseen: tuple[str, ...] = ()


def audited(
    paths: Sequence[Path],
    marks: Fingerprints,
    history: bool = True,
    tell: Callable[[str], object] = str,
) -> Looked:
    """Look for `marks` in files and folders, and in the git history of those that have one.

    `tell` hears of every place that is looked at.
    """
    hits: list[Hit] = []
    unread: list[str] = []
    unseen: list[str] = []
    count = 0
    for place, data in _contents(paths, history, unread):
        tell(place)
        count += 1
        for where, raw in _unpacked(place, data, unread):
            text = _words(raw)
            if text is None:
                # A key that can't be read must not be passed for nothing found.
                (unread if _LIKE_A_KEY.search(Path(where).name) else unseen).append(where)
                continue
            hits += (Hit(where, what, words) for what, words in marks.found(text).items())
            hits += (Hit(where, what, words) for what, words in problems(text))
    for folder in (path for path in paths if path.is_dir()):
        hits += (Hit(i, "a search index of a page that is gone", n) for i, n in orphans(folder))
    return Looked(count, tuple(dict.fromkeys(hits)), tuple(unread), tuple(unseen))


def _words(raw: bytes) -> str | None:
    """The text of a file, None of a PDF whose words can't be read."""
    if raw.startswith(b"%PDF"):
        return pdf_text(raw)
    return raw.decode("utf-8", "replace")


def _contents(paths: Sequence[Path], history: bool, unread: list[str]) -> Iterator[Content]:
    for path in paths:
        if not path.exists():
            raise InputError(str(path), "is not there")
        if path.is_file():
            yield path.name, path.read_bytes()
            continue
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            if file.is_symlink() and file.is_dir():
                unread.append(inside.as_posix())
            if file.is_file() and ".git" not in inside.parts:
                yield inside.as_posix(), file.read_bytes()
        for repository in _repositories(path) if history else ():
            yield from _history(repository)


def _repositories(folder: Path) -> list[Path]:
    """The repositories in a folder, bare ones too, and the one that it is a part of."""
    found = [one.parent for one in folder.rglob(".git")]
    heads = (one.parent for one in folder.rglob("HEAD") if (one.parent / "objects").is_dir())
    found += [one for one in heads if one.name != ".git"]
    command = ["git", "-C", str(folder), "rev-parse", "--show-toplevel"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    around = [Path(asked.stdout.strip())] if asked.returncode == 0 and asked.stdout.strip() else []
    return sorted({one.resolve() for one in (*found, *around)})


def _history(folder: Path) -> Iterator[Content]:
    """Every object that a repository holds: all versions of all files, and all messages."""
    command = ["git", "-C", str(folder), "cat-file", "--batch", "--batch-all-objects"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as git:
        assert git.stdout is not None
        while head := git.stdout.readline():
            name, kind, size = head.decode().split()
            data = git.stdout.read(int(size) + 1)[:-1]
            if kind != "tree":
                yield f"git history: {kind} {name[:12]}", data
    if git.returncode:
        raise InputError(str(folder), "git could not list what its repository holds")


def _unpacked(place: str, data: bytes, unread: list[str], depth: int = 0) -> Iterator[Content]:
    """`data` itself, and all that is packed into it."""
    yield place, data
    if depth > DEEPEST:
        unread.append(place)
        return
    inside: Iterator[Content] = iter(())
    if data[:4] == b"PK\x03\x04" or _ZIP_END in data[-_ZIP_TAIL:]:
        inside = _zipped(place, data, unread)
    elif opener := next((one for start, one in _PACKED.items() if data.startswith(start)), None):
        inside = _one_packed(place, data, unread, opener)
    elif data.startswith(_CLOSED):
        unread.append(place)
    elif data.startswith(b"# Sphinx inventory"):
        inside = _inventory(place, data, unread)
    else:
        inside = _encoded(place, data)
    for where, found in inside:
        yield from _unpacked(where, found, unread, depth + 1)


def _zipped(place: str, data: bytes, unread: list[str]) -> Iterator[Content]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    yield f"{place}/{member.filename}", file.read(LARGEST)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, *_BROKEN):
        unread.append(place)


def _one_packed(
    place: str, data: bytes, unread: list[str], opener: Callable[..., Any]
) -> Iterator[Content]:
    try:
        with opener(io.BytesIO(data)) as file:
            yield f"{place} (unpacked)", file.read(LARGEST)
    except _BROKEN:
        unread.append(place)


def _inventory(place: str, data: bytes, unread: list[str]) -> Iterator[Content]:
    """Sphinx's list of anchors: four lines of text, and the rest packed."""
    try:
        packed = data.split(b"\n", 4)[4]
        yield f"{place} (unpacked)", zlib.decompressobj().decompress(packed, LARGEST)
    except (IndexError, zlib.error):
        unread.append(place)


def _encoded(place: str, data: bytes) -> Iterator[Content]:
    """What stands in base 64, as in data URIs and notebooks' pictures."""
    for at, match in enumerate(_BASE64.finditer(data)):
        text = match[0].translate(None, b"\r\n").rstrip(b"=")
        yield f"{place} (base 64, {at + 1})", base64.b64decode(text[: len(text) // 4 * 4])
