"""The book's references, and which of them a text cites with a date they don't have."""

import re
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import parse_file

FOLDER = Path(__file__).parents[2] / "chapters" / "references"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_DAY = rf"(?:(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!RFC )(?<![\w-]){_DAY}(?: to \d{{4}})?\b(?!-)"
    r"|\b[Uu]ndated\b(?! pages)|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
# When a page was read, or a program used, is no date of theirs.
_READ = re.compile(rf"\b(?:[Rr]ead|used|run|stored)(?: on| in)? {_DAY}")
_LINK = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True)
class Reference:
    """One entry: its key, the names by which it is cited, and its date."""

    key: str
    names: tuple[str, ...]
    date: str


def references() -> tuple[Reference, ...]:
    """All entries of `chapters/references`."""
    files = sorted(FOLDER.glob("*.bib"))
    return tuple(
        _reference(key, dict(entry.fields))
        for path in files
        for key, entry in parse_file(str(path), bib_format="bibtex").entries.items()
    )


def _reference(key: str, fields: dict[str, str]) -> Reference:
    title = _folded(re.sub(r"[{}\\]", "", fields["title"]))
    others = (re.sub(r"\\", "", name) for name in fields.get("shorttitle", "").split(" / "))
    names = (*title.split(": ", 1),) if title.startswith("rfc ") else (title,)
    date = " ".join(filter(None, (fields.get("month"), fields["year"])))
    return Reference(key, (*names, *(_folded(name) for name in others if name)), date)


def unknown(text: str, known: tuple[Reference, ...]) -> list[str]:
    """The citations in `text` that `known` doesn't have: RFCs, and names with their dates.

    What stands before a date names what it is the date of; a date without a name belongs to
    another edition of what was named last.
    """
    text = " ".join(re.sub(r"[*`\[]", "", _LINK.sub("", text)).split())
    text = _READ.sub("", text)
    keys = {one.key for one in known}
    wrong = [
        f"RFC {number}"
        for number in re.findall(r"RFC[ \u00a0]?(\d{3,4})\b", text)
        if f"rfc{number}" not in keys
    ]
    return [*wrong, *_misdated(text, known)]


def _misdated(text: str, known: tuple[Reference, ...]) -> list[str]:
    wrong, begin, named = [], 0, tuple[Reference, ...]()
    for match in _DATE.finditer(text):
        words = _folded(text[begin : match.start()])
        named = tuple(one for one in known if any(_in(name, words) for name in one.names)) or named
        date = _written(match[0])
        if not any(_same(date, one.date) for one in named):
            wrong.append(text[begin : match.end()].strip(" ,;.-"))
        begin = match.end()
    return wrong


def _in(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _same(cited: str, date: str) -> bool:
    """Whether a date is the one cited, which may leave out the day and the month; a month may be
    cited as its first day, where a date needs one."""
    return date == cited or date.endswith(f" {cited}") or cited == f"1 {date}"


def _written(date: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        year, month, day = map(int, date.split("-"))
        return f"{day} {MONTHS[month - 1]} {year}"
    return date.replace("Undated", "undated")


def _folded(text: str) -> str:
    return text.lower().replace("’", "'")
