"""What students handed in, wherever it lies: folders, zips, files of lines, single files.

Every file becomes one `Collected`, in an order that depends on names only; nothing is unpacked to
disk, and only one file at a time is held. What can't be a submission is told, never left out,
except what computers add by themselves and the form's own copy for people beside its submission.

Whom to believe: times and owners are taken from a zip or a file of lines only where the teacher
named it. One that is found in a folder or in another zip may be a student's, who could have written
any time into it; it then came when the whole of it came.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from itertools import count
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import BinaryIO
from unicodedata import category

from vpnedu.classroom.collecting.line_intake import lines
from vpnedu.classroom.collecting.lms_names import LmsNames
from vpnedu.classroom.collecting.submissions import MOST_BYTES
from vpnedu.classroom.collecting.zip_intake import DOCUMENTS, SIGNS, Archive, Member
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.strict import Unreadable

TIMES = ("lms", "zip", "file")

# Of a zip, and of one in it: members, and bytes that may be unpacked.
MOST = ((1_000_000, 2_000_000_000), (1_000, 50_000_000))
MOST_NESTED = 64_000_000  # bytes of a zip in a zip, which is held in memory

_LINES = re.compile(r".*\.(?:jsonl|ndjson)(?:\.txt)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Collected:
    """A file that came. `source` is where it lies, from what was named on; `data` is empty if
    `refused` tells why it could not even be read.

    `clock` names what told when it was `received`, in seconds since 1970 UTC: lms, zip or file.
    `owner` is the learner under whom a platform handed it over; `late` if it marked it so.
    """

    source: str
    data: bytes = b""
    received: int | None = None
    clock: str = ""
    owner: str = ""
    late: bool = False
    refused: Unreadable | None = None


def collected(
    paths: Sequence[Path],
    learners: Sequence[Learner],
    zone: tzinfo,
    times: Sequence[str] = TIMES,
) -> Iterator[Collected]:
    """All that lies at `paths`. `times` are the clocks to believe; those without a zone of their
    own show the time in `zone`. InputError, at once, where there is no such path or clock.
    """
    for clock in times:
        if clock not in TIMES:
            raise InputError("times", f"there is no {quoted(clock)}; there are {', '.join(TIMES)}")
    named = _named(paths)
    intake = _Intake(LmsNames(learners), zone, frozenset(times))
    return (item for path, name in named for item in intake.path(path, name))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file lies: the parts of its path, and what is known of everything there."""

    parts: tuple[str, ...]
    received: int | None = None
    clock: str = ""
    believed: bool = False
    depth: int = 0

    def at(self, *parts: str) -> "_Place":
        return replace(self, parts=(*self.parts, *parts))


@dataclass(slots=True)
class _Inside:
    """What all zips in a zip may hold together: a student's is one of thousands."""

    members: int = 200_000
    size: int = 2_000_000_000

    def spend(self, members: int, size: int) -> bool:
        """Whether this much more is too much."""
        self.members, self.size = self.members - members, self.size - size
        return self.members < 0 or self.size < 0


@dataclass(frozen=True, slots=True)
class _Intake:
    lms: LmsNames
    zone: tzinfo
    times: frozenset[str]
    inside: _Inside = field(default_factory=_Inside)

    def path(self, path: Path, name: str) -> Iterator[Collected]:
        """What is at a path that was named: what a folder holds is not believed."""
        place = _Place(tuple(name.split("/")), believed=not path.is_dir())
        waiting = [(path, place)]
        while waiting:
            path, place = waiting.pop()
            try:
                mode = path.lstat().st_mode
                if S_ISDIR(mode):
                    names = sorted(one.name for one in path.iterdir())
                    kept = reversed(self.lms.kept(names))
                    waiting += [(path / one, place.at(one)) for one in kept]
                elif S_ISLNK(mode):
                    rule = "is a link to another file"
                    yield self._item(place, refused=Unreadable("path-escape", rule))
                elif S_ISREG(mode):
                    yield from self._file(path, place)
                else:
                    raise OSError("it is no file")
            except OSError as wrong:
                rule = f"can't be read: {wrong.strerror or wrong}"
                yield self._item(place, refused=Unreadable("unreadable", rule))

    def _file(self, path: Path, place: _Place) -> Iterator[Collected]:
        with path.open("rb") as file:
            many = _is_zip(file) or bool(_LINES.fullmatch(path.name))
            # Of a zip or lines the teacher's own copy has a date that tells nothing of what is in.
            if "file" in self.times and not (many and place.believed):
                place = replace(place, received=int(path.stat().st_mtime), clock="file")
            yield from self._any(file, path.name, place)

    def _any(self, file: BinaryIO, name: str, place: _Place) -> Iterator[Collected]:
        if _is_zip(file):
            yield from self._zip(file, place)
        elif _LINES.fullmatch(name):
            yield from self._lines(file, place)
        else:
            yield self._data(place, file.read(MOST_BYTES + 1))

    def _zip(self, file: BinaryIO, place: _Place) -> Iterator[Collected]:
        try:
            if place.depth == len(MOST):
                raise Unreadable("zip-bomb", "is a zip in a zip in a zip")
            archive = Archive(file, *MOST[place.depth])
            names = [member.name for member in archive.members()]
            if place.depth and self.inside.spend(len(names), 0):
                raise Unreadable("zip-bomb", "is one of too many zips in a zip")
        except Unreadable as wrong:
            yield self._item(place, refused=wrong)
            return
        if not DOCUMENTS.isdisjoint(names):
            file.seek(0)
            yield self._data(place, file.read(MOST_BYTES + 1))
            return
        kept = frozenset(self.lms.kept(names))
        for member in archive.members():
            before = archive.left
            if member.name in kept:
                yield from self._member(archive, member, place)
            more = place.depth and self.inside.spend(0, before - archive.left)
            if more or archive.left < 0:
                rule = "would unpack to too much; the rest of it was not read"
                yield self._item(place, refused=Unreadable("zip-bomb", rule))
                return

    def _member(self, archive: Archive, member: Member, place: _Place) -> Iterator[Collected]:
        inside = replace(place.at(*member.name.split("/")), depth=place.depth + 1, believed=False)
        if place.believed and "zip" in self.times:
            received = member.received(self.zone)
            inside = replace(inside, received=received, clock="" if received is None else "zip")
        try:
            nested = member.size > MOST_BYTES and archive.begins(member) in SIGNS
            data = archive.content(member, MOST_NESTED if nested else MOST_BYTES)
        except Unreadable as wrong:
            yield self._item(inside, refused=wrong)
            return
        yield from self._any(io.BytesIO(data), member.name, inside)

    def _lines(self, file: BinaryIO, place: _Place) -> Iterator[Collected]:
        for line in lines(file, self.zone):
            last = f"{place.parts[-1]}:{line.number}" + (f" ({line.source})" if line.source else "")
            here = replace(place, parts=(*place.parts[:-1], last))
            if place.believed and line.received is not None and "lms" in self.times:
                here = replace(here, received=line.received, clock="lms")
            item = self._data(here, line.data, line.refused)
            if place.believed and line.owner in self.lms.ids:
                item = replace(item, owner=line.owner)
            yield item

    def _data(self, place: _Place, data: bytes, refused: Unreadable | None = None) -> Collected:
        if len(data) > MOST_BYTES:
            rule = f"has more than the {MOST_BYTES:,} bytes of a submission"
            return self._item(place, refused=Unreadable("too-big", rule))
        return self._item(place, data, refused)

    def _item(
        self, place: _Place, data: bytes = b"", refused: Unreadable | None = None
    ) -> Collected:
        handed = self.lms.handed(place.parts)
        source, when = _shown("/".join(place.parts)), (place.received, place.clock)
        return Collected(source, data, *when, handed.owner, handed.late, refused)


def _named(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The paths, each once, with the ends of them that tell them apart."""
    for path in paths:
        if not path.exists():
            raise InputError(path.as_posix(), "is not there")
    found = list(dict.fromkeys(path.resolve() for path in paths))
    for length in count(1):
        names = ["/".join(path.parts[-length:]) for path in found]
        if len(set(names)) == len(names):
            break
    return list(zip(found, names, strict=True))


def _is_zip(file: BinaryIO) -> bool:
    sign = file.read(4)
    file.seek(0)
    return sign in SIGNS


def _shown(name: str) -> str:
    """A name as a table can hold it: without control characters and halves of characters."""
    if name.isprintable():
        return name
    return "".join("\ufffd" if category(sign)[0] == "C" else sign for sign in name)
