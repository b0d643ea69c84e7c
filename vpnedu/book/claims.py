"""What course texts claim, and the section of this book that teaches it.

`python -m vpnedu.book.claims` writes the tables of `chapters/references.md` from
`chapters/claims.toml`.
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vpnedu.book.prose import headings
from vpnedu.network.addresses import InputError

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGE = CHAPTERS / "references.md"
BEGIN = "% The tables are written by: python -m vpnedu.book.claims"
END = "% The tables end here."
FIELDS = {"says", "section", "dated", "dated_at"}


@dataclass(frozen=True)
class Claim:
    """A claim in our words, the section that teaches it, and how and where it is called dated."""

    says: str
    section: str
    dated: str = ""
    dated_at: str = ""


def claims() -> dict[str, tuple[Claim, ...]]:
    """The claims of `chapters/claims.toml` by the part of the course text that makes them."""
    data = tomllib.loads((CHAPTERS / "claims.toml").read_text(encoding="utf-8"))
    return {part["title"]: tuple(map(_claim, part["claim"])) for part in data["part"]}


def _claim(record: dict[str, Any]) -> Claim:
    where = str(record.get("says", record))
    if record.keys() - FIELDS or not {"says", "section"} <= record.keys():
        raise InputError(where, f"a claim has {', '.join(sorted(FIELDS))}")
    if ("dated" in record) != ("dated_at" in record):
        raise InputError(where, "dated and dated_at go together")
    return Claim(**record)


def link(place: str) -> str:
    """A link to `chapter#heading`, named as both are; InputError if there is no such heading."""
    chapter, _, slug = place.partition("#")
    path = CHAPTERS / f"{chapter}.ipynb"
    found = headings(path) if path.exists() else {}
    if slug not in found:
        raise InputError(
            "section", f"there is no {place!r}; there are {', '.join(found) or 'none'}"
        )
    title = next(iter(found.values()))
    return f"[{title}: {found[slug]}]({path.name}#{slug})"


def tables() -> str:
    """The claims as Markdown, a table for each part."""
    parts = []
    for title, listed in claims().items():
        rows = [f"| {one.says} | {link(one.section)}{_remark(one)} |" for one in listed]
        parts.append("\n".join([f"### {title}", "", "| Claim | Taught in |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _remark(claim: Claim) -> str:
    if not claim.dated:
        return ""
    place = "" if claim.dated_at == claim.section else f" ({link(claim.dated_at)})"
    return f". *Dated:* {claim.dated}{place}"


def written(page: str) -> str:
    """`page` with the tables as they have to be."""
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise InputError(PAGE.name, f"it needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


if __name__ == "__main__":
    try:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    except InputError as wrong:
        sys.exit(str(wrong))
