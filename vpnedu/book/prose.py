"""What a chapter says: its words without markup, the quantities in them, and its sums."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
# A quantity with one of these has to come from somewhere: tests/book/test_numbers.py holds that.
UNITS = (
    "bytes?|bits?|ms|milliseconds?|s|seconds?|min|minutes?|h|hours?|%|hops?|packets?|rows?|pairs?"
    "|fragments?"
)
# With one of these it is worth a look.
MORE_UNITS = (
    "days?|weeks?|months?|years?|addresses|tunnels?|routes?|prefixes|instances|devices|gateways"
    "|networks?|sites?|zones?|messages|flows|times|nines|Mbps|Gbps|MB|kB|KB"
)
WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    "|a hundred|a thousand"
)
# Not after a letter or a digit, nor inside an address, a version or a decimal number.
_ALONE = r"(?<![\w/@])(?<![\w.][.,:])"
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
# Code and configurations are no prose; a block of plain text holds sums.
_CODE = re.compile(r"^(```+)(?!text\b)\w.*?^\1\s*$", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"^:{3,}(?:\{\w+\})?|^```.*$|^\s*(?:[-*]|\d+\.)\s+|^#+\s+", re.MULTILINE)
_SOURCES = re.compile(r"^## Sources\s*$", re.MULTILINE)
_QUOTED = re.compile(r"`[^`\n]+`")
_STRESS = re.compile(r"[*`]")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, where it stands, and whether it must come from somewhere."""

    text: str
    start: int
    end: int
    must: bool


def without_code(text: str) -> str:
    """`text` line by line as it is written, without code and without the targets of links."""
    return _QUOTED.sub(" ", _LINK.sub(r"\1", _CODE.sub("", text)))


def plain(text: str) -> str:
    """`text` as it is read: no link targets, no marks of emphasis or code, single spaces."""
    text = _LINK.sub(r"\1", _CODE.sub("", text.replace("&nbsp;", " ")))
    return " ".join(_STRESS.sub("", _MARKS.sub(" ", text)).split())


def prose(path: Path) -> str:
    """The words of a chapter, up to its sources."""
    return plain(_SOURCES.split(markdown(path), maxsplit=1)[0])


def sources(path: Path) -> str:
    """The Markdown of a chapter's sources, empty if it names none."""
    return "".join(_SOURCES.split(markdown(path), maxsplit=1)[1:])


def printed(path: Path) -> str:
    """All that the cells of a chapter print, figures' transcripts too; `--nbval` holds it true."""
    if path.suffix != ".ipynb":
        return ""
    outputs = [o for cell in _cells(path) if _is(cell, "code") for o in cell["outputs"]]
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "\n".join(text if isinstance(text, str) else "".join(text) for text in texts)


def headings(path: Path) -> dict[str, str]:
    """The headings of a chapter by their anchors, the title first."""
    text = _CODE.sub("", markdown(path))
    found: dict[str, str] = {}
    for line in re.findall(r"^#{1,3}\s+(.*\S)\s*$", text, re.MULTILINE):
        title = plain(line)
        slug = re.sub(r"[^\w\- ]", "", title.lower().replace(" ", "-"))
        again = sum(known == slug or known.startswith(f"{slug}-") for known in found)
        found[f"{slug}-{again}" if slug in found else slug] = title
    return found


def quantities(text: str) -> list[Quantity]:
    """The quantities in `text`, in order: digits or number words, each with its unit."""
    kinds = ((NUMBER, UNITS, True), (NUMBER, MORE_UNITS, False), (WORDS, UNITS, False))
    found = [
        Quantity(match[0], *match.span(), must)
        for number, units, must in kinds
        for match in re.finditer(rf"{_ALONE}(?:{number})[ -]?(?:{units})(?!\w)", text)
    ]
    return sorted(found, key=lambda quantity: quantity.start)


def markdown(path: Path) -> str:
    """The Markdown of a page, or of a notebook's cells."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    return "\n\n".join(_source(cell) for cell in _cells(path) if _is(cell, "markdown"))


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return cells


def _is(cell: dict[str, Any], kind: str) -> bool:
    return bool(cell["cell_type"] == kind)


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])
