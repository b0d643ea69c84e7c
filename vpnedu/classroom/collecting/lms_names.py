"""Whose work it is, by the names that learning platforms give to what they let teachers download.

Moodle (mod/assign/classes/downloader.php): `Full Name_1234567_assignsubmission_file_`, a folder
for each student, in some versions without the last `_`; or, where the teacher chose no folders,
the same in front of each file's name. What was typed into a text field is an `.html` under
`…_assignsubmission_onlinetext_`. A name's own `_` is a space there. The number is no user's: it is
the participant's in that one assignment, as the column Identifier of its grading worksheet tells
(`Participant 1234567`).

Canvas (lib/content_zipper.rb): `lovelaceada_LATE_12345_67890_week3.json`: the sortable name in
lower case with nothing but letters and digits, LATE if Canvas took it for late, the user's number,
the file's. What was typed ends in `_text.html` or `_link.html` after the user's number. Where
graders may not see names it is `anon_` and a code that tells nobody.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

from vpnedu.classroom.issuing.rosters import Learner

_MOODLE = re.compile(r"(?P<name>.*?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_.*|\Z)", re.ASCII)
_CANVAS = re.compile(
    r"(?P<name>.*?)(?P<late>_LATE)?_(?P<number>\d+)_(?:\d+_.+|(?:text|link)(?:-\d+)?\.html)\Z",
    re.ASCII,
)
_HIDDEN = re.compile(
    r"(?P<late>LATE_)?anon_(?P<number>[A-Za-z0-9]+)_(?:\d+_.+|(?:text|link)\.html)\Z"
)
# What Moodle calls everybody where graders may not see names.
_NOBODY = "Participant"
# No file system has longer names, and a pattern would go over a long one again and again.
LONGEST = 255
_KINDS = (_HIDDEN, _MOODLE, _CANVAS)
# What a platform puts in front of a file's own name; Canvas also gives every file a number.
_FRONT = re.compile(r"(.*?_\d+_)(?:assignsubmission_[a-z]+|\d+)_", re.ASCII)

_ADDED = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)", re.DOTALL
)
_HANDED_IN = re.compile(r"(.+\.\d+)\.vpnq\b.*", re.DOTALL)
_COPY = re.compile(r"(.+\.\d+)\.copy\b.*\.(?:html?|txt)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Handed:
    """The learner under whom a file was handed over, "" where unknown; `late` if marked so.

    `stranger` is the name that a platform gave and that is nobody's, or more than one's.
    """

    owner: str = ""
    late: bool = False
    stranger: str = ""


class LmsNames:
    """Tells learners by the names of folders and files.

    A number on the roster counts before a name, and a name only if it is one learner's alone.
    """

    def __init__(self, learners: Iterable[Learner]):
        roster = tuple(learners)
        self.ids = frozenset(one.id for one in roster)
        self._moodle = _only((one.moodle, one.id) for one in roster)
        self._canvas = _only((one.canvas, one.id) for one in roster)
        self._names = _only((name, one.id) for one in roster for name in _orders(one.name))

    def handed(self, parts: Sequence[str]) -> Handed:
        """What the outermost name among `parts` tells that a platform gave.

        What lies deeper is named by the student, who could write any name there.
        """
        for part in (one for one in parts if len(one) <= LONGEST):
            # The end of it is named by the student: what comes first is the platform's.
            found = [one for kind in _KINDS if (one := kind.match(part))]
            if not found:
                continue
            mark = min(found, key=lambda one: one.start("number"))
            if mark.re is _MOODLE:
                owner = self._owner(self._moodle, mark)
                return Handed(owner, stranger=self._stranger(owner, self._moodle, mark))
            if mark.re is _HIDDEN:
                return Handed("", bool(mark["late"]))
            owner = self._owner(self._canvas, mark)
            stranger = self._stranger(owner, self._canvas, mark)
            return Handed(owner, bool(mark["late"]), stranger)
        return Handed()

    def kept(self, names: Sequence[str]) -> list[str]:
        """`names` without folders, without what computers add to a folder or a zip, and without
        the form's copies for people where the submission was handed in beside them.
        """
        beside = {key for name in names if (key := self._stem(name, _HANDED_IN))}
        return [
            name
            for name in names
            if not name.endswith("/")
            and not _ADDED.fullmatch(name)
            and not ((key := self._stem(name, _COPY)) and key in beside)
        ]

    def _stem(self, name: str, kind: re.Pattern[str]) -> tuple[str, str, str] | None:
        """Of a file of that kind: its folder, whose it is, and quiz, learner and attempt."""
        folder, _, last = name.rpartition("/")
        found = kind.fullmatch(last)
        if found is None:
            return None
        front = _FRONT.match(last)
        owner, stem = (front[1], found[1][front.end() :]) if front else ("", found[1])
        return folder, owner, stem

    def _owner(self, numbers: dict[str, str], found: re.Match[str]) -> str:
        return numbers.get(found["number"]) or self._names.get(_letters(found["name"]), "")

    def _stranger(self, owner: str, numbers: dict[str, str], found: re.Match[str]) -> str:
        """What a platform called somebody whom the roster should tell and doesn't."""
        # By a roster of ids alone nobody can be told, nor by names where the platform hides them.
        if owner or not (numbers or (self._names and found["name"] != _NOBODY)):
            return ""
        return f"{found['name']} ({found['number']})"


def _orders(name: str) -> set[str]:
    """The ways in which a platform may write a name: whichever word comes first."""
    words = name.replace(",", " ").split()
    return {_letters("".join(words[at:] + words[:at])) for at in range(len(words))}


def _letters(name: str) -> str:
    """A name without regard to case, accents and signs, which platforms drop."""
    signs = normalize("NFKD", name.casefold())
    return "".join(sign for sign in signs if sign.isalnum() and not combining(sign))


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by what is one learner's alone."""
    found: dict[str, str] = {}
    for name, owner in pairs:
        found[name] = owner if found.get(name, owner) == owner else ""
    return {name: owner for name, owner in found.items() if name and owner}
