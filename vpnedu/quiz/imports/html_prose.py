"""Prose, as questions are written in here, from HTML, Markdown or plain text.

Our prose knows paragraphs, `code`, *stress* and **weight**, and has no escape: a text whose own
stars or backticks would be read as marks gets look-alikes instead, and that is told.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from vpnedu.network.addresses import InputError
from vpnedu.quiz.prose import Block, pieces

# Of one text; what is read here has few hundred, and a bank takes 4,000.
LONGEST = 20_000

_MARKS = {
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "em": "em", "i": "em", "strong": "strong", "b": "strong",
}  # fmt: skip
_WRITTEN = {"code": "`", "em": "*", "strong": "**"}
# What ends a paragraph, and is nothing more.
_BREAKS = {"p", "br", "div", "section", "article", "tr", "dd", "dt", "blockquote"}
_SPANS = {"span", "html", "body", "wbr", "font", "small"}
_LISTS = {"ul": "the form of a list", "ol": "the form of a list", "li": "the form of a list"}
_GONE = {
    "table": "a table", "script": "a script", "style": "a style sheet", "math": "a formula",
    "svg": "a picture", "object": "an object", "iframe": "a frame", "audio": "a recording",
    "video": "a film",
}  # fmt: skip
NO_TABLE = "a table is left out"
_SINGLE = {"img": "a picture", "hr": "a line across", "a": "the target of a link"}
# Sections of SGML are not HTML either, and Python's parser stops at them.
_NO_TAG = re.compile(r"<(?![A-Za-z/!?])|<(?=!\[)")
_HEADINGS = re.compile("h[1-6]$")
_LOOK_ALIKES = str.maketrans({"*": "∗", "`": "ˋ"})
_SIGNS = "stars or backticks that would be read as marks are replaced by look-alikes"
_MARKDOWN = {
    r"!\[": "a picture", r"(?<!!)\[[^\[\]]*\]\(": "a link", r"(?m)^[ \t]*#": "a heading",
    r"(?m)^[ \t]*(?:[-*+]|\d+\.)\s": "a list",
    r"(?m)^[ \t]*\|": "a table", r"```": "a block of code",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in our form, and what it had that our form hasn't."""

    text: str
    lost: tuple[str, ...] = ()


def from_html(text: str) -> Prose:
    """The prose of a piece of HTML."""
    _short(text)
    reader = _Reader()
    reader.feed(tame(text))
    reader.close()
    reader.ended()
    return _joined(reader.paragraphs, [f"{what} is left out" for what in reader.lost])


def tame(text: str) -> str:
    """HTML that is read in a time in proportion to its length: only what can be a tag looks so."""
    body, end, rest = _NO_TAG.sub("&lt;", text).rpartition(">")
    # What never closes is text; looking for the end of each anew would take for ever.
    return body + end + rest.replace("<", "&lt;")


def from_plain(text: str) -> Prose:
    """The prose of a text without marks; empty lines part its paragraphs."""
    _short(text)
    parts = re.split(r"\n\s*\n", text)
    return _joined([[collapsed] for part in parts if (collapsed := " ".join(part.split()))], [])


def from_markdown(text: str) -> Prose:
    """The prose of Markdown: most of it is written the same way."""
    _short(text)
    lost = [name for pattern, name in _MARKDOWN.items() if re.search(pattern, text)]
    # The other signs for stress and weight.
    same = re.sub(r"(?<![\w_])__([^_\n]+)__(?![\w_])", r"**\1**", text)
    same = re.sub(r"(?<![\w_])_([^_\n]+)_(?![\w_])", r"*\1*", same)
    return Prose(same.strip(), tuple(f"{what} is not read as such" for what in lost))


def _short(text: str) -> None:
    if len(text) > LONGEST:
        raise InputError("text", f"it has {len(text):,} characters; {LONGEST:,} are read")


def _joined(paragraphs: list[Block], lost: list[str]) -> Prose:
    texts = []
    for block in paragraphs:
        text = _written(block)
        if pieces(text) != block:
            text = _disguised(block)
            lost = [*lost, _SIGNS]
        texts.append(text)
    return Prose("\n\n".join(texts), tuple(dict.fromkeys(lost)))


def _written(block: Block) -> str:
    return "".join(
        piece if isinstance(piece, str) else f"{_WRITTEN[piece[0]]}{piece[1]}{_WRITTEN[piece[0]]}"
        for piece in block
    )


def _disguised(block: Block) -> str:
    """A block whose own signs are look-alikes; where marks can't be kept even so, without them."""
    runs = [("", piece) if isinstance(piece, str) else piece for piece in block]
    runs = [(mark, text.translate(_LOOK_ALIKES)) for mark, text in runs]
    marked = [(mark, text) if mark else text for mark, text in runs]
    text = _written(marked)
    return text if pieces(text) == marked else "".join(text for _, text in runs)


class _Reader(HTMLParser):
    """Collects paragraphs; of marks within marks the outer one counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Block] = []
        self.lost: list[str] = []
        self._now: list[tuple[str, str]] = []
        self._marks: list[str] = []
        self._skipped: list[str] = []
        self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._skipped or tag in _GONE:
            if tag in _GONE:
                self.lost.append(_GONE[tag])
                self.ended()
                self._skipped.append(tag)
            return
        if tag in _MARKS:
            self._marks.append(tag)
        elif tag == "pre":
            self.ended()
            self._kept += 1
            self.lost.append("the spacing of preformatted text")
        else:
            self._other(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag in self._skipped:
                del self._skipped[self._skipped.index(tag) :]
            return
        if tag in _MARKS and tag in self._marks:
            del self._marks[len(self._marks) - 1 - self._marks[::-1].index(tag)]
        elif tag == "pre":
            self.ended()
            self._kept = max(self._kept - 1, 0)
        elif tag in _BREAKS or tag in _LISTS or _HEADINGS.match(tag):
            self.ended()

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        lines = data.split("\n") if self._kept else [data]
        for at, line in enumerate(lines):
            if at:
                self.ended()
            mark = "code" if self._kept else _MARKS[self._marks[0]] if self._marks else ""
            if line:
                self._now.append((mark, line))

    def ended(self) -> None:
        """The paragraph is over."""
        block = _collapsed(self._now)
        if block:
            self.paragraphs.append(block)
        self._now = []

    def _other(self, tag: str) -> None:
        if tag in _BREAKS or tag in _LISTS or _HEADINGS.match(tag):
            self.ended()
        named = (
            "the form of a heading" if _HEADINGS.match(tag) else _LISTS.get(tag) or _SINGLE.get(tag)
        )
        if named or tag not in _BREAKS | _SPANS:
            self.lost.append(named or f"the mark-up <{tag[:20]}>")


def _collapsed(runs: list[tuple[str, str]]) -> Block:
    """Runs of marked text as one paragraph: neighbours joined, and one space for many."""
    joined: list[tuple[str, str]] = []
    for mark, text in (part for run in runs for part in _parted(*run)):
        if joined and joined[-1][0] == mark:
            text = joined.pop()[1] + text
        joined.append((mark, re.sub(r"\s+", " ", text)))
    if joined and not joined[0][0]:
        joined[0] = ("", joined[0][1].lstrip())
    if joined and not joined[-1][0]:
        joined[-1] = ("", joined[-1][1].rstrip())
    return [(mark, text) if mark else text for mark, text in joined if text]


def _parted(mark: str, text: str) -> list[tuple[str, str]]:
    """A run; spaces at the edges of what is stressed stand outside of it, as they must here."""
    if mark != "em":
        return [(mark, text)]
    inner = text.strip()
    if not inner:
        return [("", text)]
    start = text.index(inner)
    return [("", text[:start]), (mark, inner), ("", text[start + len(inner) :])]
