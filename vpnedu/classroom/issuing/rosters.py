"""Who is in the class: a roster read from CSV."""

import re
from dataclasses import dataclass, fields

from vpnedu.classroom.telling.tables import numbered
from vpnedu.network.addresses import InputError

# It becomes a file's name and a cell of a table on every system.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
# Names of devices, whatever ending they have, and what would lose its end.
_NO_FILE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Learner:
    """A student. `id` names the form and the submission; the rest is what other systems go by.

    `canvas` and `moodle` are the numbers that Canvas and Moodle put into the names of files in
    their downloads.
    """

    id: str
    name: str = ""
    email: str = ""
    username: str = ""
    idnumber: str = ""
    canvas: str = ""
    moodle: str = ""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            rule = f"{self.id[:40]!r} is no id: letters, digits and . _ @ + - only, at most 64"
            raise InputError("id", rule)
        if _NO_FILE.fullmatch(self.id):
            raise InputError("id", f"{self.id!r} is no id: Windows can't have a file of that name")


COLUMNS = tuple(field.name for field in fields(Learner))


def read_roster(text: str) -> tuple[Learner, ...]:
    """The learners of a CSV with a column `id` and any of name, email, username, idnumber,
    canvas and moodle. InputError names the line; other columns are passed over.
    """
    learners: list[Learner] = []
    seen: dict[str, int] = {}
    for line, row in numbered(text):
        # Excel keeps rows that were emptied.
        if not any(cell.strip() for cell in row.values()):
            continue
        try:
            learner = Learner(**{name: row[name].strip() for name in COLUMNS if name in row})
        except (InputError, TypeError) as wrong:
            rule = wrong.rule if isinstance(wrong, InputError) else "there is no column id"
            raise InputError(f"roster: line {line}", rule) from None
        # Names of files don't tell case apart on every system.
        before = seen.setdefault(learner.id.casefold(), line)
        if before != line:
            rule = f"{learner.id!r} is in line {before} already"
            raise InputError(f"roster: line {line}", rule)
        learners.append(learner)
    if not learners:
        raise InputError("roster", "there is nobody in it")
    return tuple(learners)
