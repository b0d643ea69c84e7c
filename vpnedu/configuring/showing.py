"""Lines beside their reasons: as HTML for a page or a notebook, as text for a terminal."""

from collections.abc import Sequence
from html import escape

# What a row shows, and what is said of it.
Row = tuple[str, str]
CLOSING = ("}", "]", "exit", "RULES")


def as_html(name: str, rows: Sequence[Row]) -> str:
    """A list of descriptions under the file's name: lines of code, each followed by its reason.

    `book.css` sets the two side by side where there is room; without it they follow each other.
    """
    groups = "".join(_group(code, why) for code, why in _grouped(rows))
    caption = f"<figcaption>{escape(name)}</figcaption>"
    return f'<figure class="vpn-config">{caption}<dl>{groups}</dl></figure>'


def as_text(rows: Sequence[Row]) -> str:
    """The lines, each with its reason below it, set in and marked."""
    told: list[str] = []
    for code, why in _grouped(rows):
        told += [*code, *([f"    ^ {why}"] if why else [])]
    return "\n".join(told)


def _grouped(rows: Sequence[Row]) -> list[tuple[list[str], str]]:
    """A line with a reason stands alone, but for what closes it; those without one together."""
    groups: list[tuple[list[str], str]] = []
    for text, why in rows:
        if not text.strip():
            continue
        closes = text.strip().startswith(CLOSING)
        if groups and not why and (closes or not groups[-1][1]):
            groups[-1][0].append(text)
        else:
            groups.append(([text], why))
    return groups


def _group(code: list[str], why: str) -> str:
    lines = escape("\n".join(code))
    said = f"<p>{escape(why)}</p>" if why else ""
    return f"<div><dt><pre><code>{lines}</code></pre></dt><dd>{said}</dd></div>"
