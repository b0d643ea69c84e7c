"""What students handed in, wherever it lies: folders, zips, files of lines, single files.

Every file becomes one `Collected`, in an order that depends on names only; nothing is unpacked to
disk, and only one file at a time is held. What can't be a submission is told, never left out,
except what computers add by themselves and the form's own copy for people beside its submission.

Whom to believe: times and owners are taken from a zip or a file of lines only where the teacher
named it. One that is found in a folder or in another zip may be a student's, who could have written
any time into it; it then came when the whole of it came.

Such a zip is one hand-in, and what is in it, zips in it included, is counted together. Where that
is too much, the whole of it is one row: good files in it are not graded either, since which of them
are would hang on the order in which they were packed. What lies beside it is untouched. A zip in
which only some files would unpack to too much has one row for all of those; the rest is graded. So
a platform's zip of more than a thousand files is read only where the teacher named it.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import BinaryIO

from vpnedu.classroom.collecting.limits import (
    DEEPEST,
    MOST,
    MOST_NESTED,
    MOST_OF_ONE,
    Allowance,
    TooMuchError,
)
from vpnedu.classroom.collecting.line_intake import lines
from vpnedu.classroom.collecting.lms_names import LmsNames
from vpnedu.classroom.collecting.places import Place, named, shown
from vpnedu.classroom.collecting.submissions import MOST_BYTES
from vpnedu.classroom.collecting.zip_intake import (
    DOCUMENTS,
    MOST_RATIO,
    RATIO_FROM,
    SIGNS,
    Archive,
    Member,
)
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.strict import Unreadable

TIMES = ("lms", "zip", "file")

_LINES = re.compile(r".*\.(?:jsonl|ndjson)(?:\.txt)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Collected:
    """A file that came. `source` is where it lies, from what was named on; `data` is empty if
    `refused` tells why it could not even be read.

    `clock` names what told when it was `received`, in seconds since 1970 UTC: lms, zip or file.
    `owner` is the learner under whom a platform handed it over; `late` if it marked it so. Where
    that is no learner of the class, `stranger` is what the platform called them.
    """

    source: str
    data: bytes = b""
    received: int | None = None
    clock: str = ""
    owner: str = ""
    late: bool = False
    refused: Unreadable | None = None
    stranger: str = ""


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
    places = named(paths)
    intake = _Intake(LmsNames(learners), zone, frozenset(times))
    return (item for path, name in places for item in intake.path(path, name))


@dataclass(frozen=True, slots=True)
class _Intake:
    lms: LmsNames
    zone: tzinfo
    times: frozenset[str]

    def path(self, path: Path, name: str) -> Iterator[Collected]:
        """What is at a path that was named: what a folder holds is not believed."""
        place = Place(tuple(name.split("/")), believed=not path.is_dir())
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

    def _file(self, path: Path, place: Place) -> Iterator[Collected]:
        with path.open("rb") as file:
            many = _is_zip(file) or bool(_LINES.fullmatch(path.name))
            # Of a zip or lines the teacher's own copy has a date that tells nothing of what is in.
            if "file" in self.times and not (many and place.believed):
                place = replace(place, received=int(path.stat().st_mtime), clock="file")
            yield from self._any(file, path.name, place)

    def _any(
        self, file: BinaryIO, name: str, place: Place, left: Allowance | None = None
    ) -> Iterator[Collected]:
        """What is in a file; `left` is what may still come out of the zip that it lies in."""
        if _is_zip(file):
            whole = left is None and not place.believed
            yield from self._hand_in(file, place) if whole else self._zip(file, place, left)
        elif _LINES.fullmatch(name):
            yield from self._lines(file, place)
        else:
            yield self._data(place, file.read(MOST_BYTES + 1))

    def _hand_in(self, file: BinaryIO, place: Place) -> Iterator[Collected]:
        """What is in a zip that nobody vouches for: all of it, or one row."""
        files, size = MOST_OF_ONE
        fair = max(RATIO_FROM, MOST_RATIO * file.seek(0, io.SEEK_END))
        found: list[Collected] = []
        try:
            for item in self._zip(file, place, Allowance(min(size, fair))):
                found.append(item)
                if len(found) > files:
                    rule = f"holds more than {files:,} files, so nothing in it was graded"
                    raise TooMuchError(rule)
        except TooMuchError as wrong:
            yield self._item(place, refused=Unreadable("zip-bomb", str(wrong)))
            return
        bombs = sum(map(_is_bomb, found))
        if bombs > 1:
            rule = f"holds {bombs:,} files that would unpack to too much; the rest was read"
            yield self._item(place, refused=Unreadable("zip-bomb", rule))
        yield from (one for one in found if bombs < 2 or not _is_bomb(one))

    def _zip(self, file: BinaryIO, place: Place, left: Allowance | None) -> Iterator[Collected]:
        try:
            if place.depth == DEEPEST:
                raise Unreadable("zip-bomb", "is a zip in a zip in a zip")
            archive = Archive(file, *(MOST if left is None else MOST_OF_ONE))
            names = [member.name for member in archive.members()]
        except Unreadable as wrong:
            yield self._item(place, refused=wrong)
            return
        if not DOCUMENTS.isdisjoint(names):
            file.seek(0)
            yield self._data(place, file.read(MOST_BYTES + 1))
            return
        kept = frozenset(self.lms.kept(names))
        for member in archive.members():
            if member.name in kept:
                yield from self._member(archive, member, place, left)
            if archive.left < 0:
                rule = "would unpack to too much; the rest of it was not read"
                yield self._item(place, refused=Unreadable("zip-bomb", rule))
                return

    def _member(
        self, archive: Archive, member: Member, place: Place, left: Allowance | None
    ) -> Iterator[Collected]:
        inside = replace(place.at(*member.name.split("/")), depth=place.depth + 1, believed=False)
        if place.believed and "zip" in self.times:
            received = member.received(self.zone)
            inside = replace(inside, received=received, clock="" if received is None else "zip")
        before = archive.left
        try:
            nested = member.size > MOST_BYTES and archive.begins(member) in SIGNS
            data = archive.content(member, MOST_NESTED if nested else MOST_BYTES)
        except Unreadable as wrong:
            yield self._item(inside, refused=wrong)
            return
        if left is not None:
            left.spend(len(data))
        if nested:
            # What one student packs must not use up what all others have.
            archive.left = before
        yield from self._any(io.BytesIO(data), member.name, inside, left)

    def _lines(self, file: BinaryIO, place: Place) -> Iterator[Collected]:
        for line in lines(file, self.zone):
            last = f"{place.parts[-1]}:{line.number}" + (f" ({line.source})" if line.source else "")
            here = replace(place, parts=(*place.parts[:-1], last))
            if place.believed and line.received is not None and "lms" in self.times:
                here = replace(here, received=line.received, clock="lms")
            item = self._data(here, line.data, line.refused)
            if place.believed and line.owner:
                known = line.owner in self.lms.ids
                who = (line.owner, "") if known else ("", shown(line.owner))
                item = replace(item, owner=who[0], stranger=who[1])
            yield item

    def _data(self, place: Place, data: bytes, refused: Unreadable | None = None) -> Collected:
        if len(data) > MOST_BYTES:
            rule = f"has more than the {MOST_BYTES:,} bytes of a submission"
            return self._item(place, refused=Unreadable("too-big", rule))
        return self._item(place, data, refused)

    def _item(
        self, place: Place, data: bytes = b"", refused: Unreadable | None = None
    ) -> Collected:
        handed = self.lms.handed(place.parts)
        source, when = shown("/".join(place.parts)), (place.received, place.clock)
        who = shown(handed.stranger) if handed.stranger else ""
        return Collected(source, data, *when, handed.owner, handed.late, refused, who)


def _is_bomb(one: Collected) -> bool:
    return one.refused is not None and one.refused.code == "zip-bomb"


def _is_zip(file: BinaryIO) -> bool:
    sign = file.read(4)
    file.seek(0)
    return sign in SIGNS
