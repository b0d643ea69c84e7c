"""Questions from GIFT, as Moodle reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.answers import Unlike
from vpnedu.quiz.imports.gift.kinds import made
from vpnedu.quiz.imports.gift.signs import prose, protected, said
from vpnedu.quiz.imports.imported import Gathering, Imported, Source, checked
from vpnedu.quiz.imports.tables import table_of

__all__ = ["read"]

_KNOWN = re.compile(r"\[(id|tag):(.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Block:
    """A question as it stands in the file: where it begins, its comments, and its text."""

    line: int
    comments: str
    text: str


def read(text: str) -> Imported:
    """The questions of a file; an InputError says which line breaks which rule."""
    gathering, title = Gathering(), ""
    for block in _blocks(checked(text)):
        if block.text.startswith("$CATEGORY:"):
            path = block.text.removeprefix("$CATEGORY:").strip()
            last = path.replace("//", "\0").rpartition("/")[2].replace("\0", "/")
            title = title or last.strip()
            continue
        try:
            _add(block, gathering)
        except InputError as wrong:
            raise InputError(f"line {block.line}: {wrong.field}", wrong.rule) from None
    return gathering.done(title or "Imported from GIFT")


def _blocks(text: str) -> Iterator[_Block]:
    """What empty lines part, less comments; a category is a block even without empty lines."""
    comments: list[str] = []
    lines: list[str] = []
    start = 0
    for at, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        if bare.startswith("//"):
            comments.append(bare)
        elif bare.startswith("$CATEGORY:") and not lines:
            yield _Block(at, "", bare)
        elif bare:
            start = start if lines else at
            lines.append(line)
        else:
            if lines:
                yield _Block(start, "\n".join(comments), "\n".join(lines).strip())
            comments, lines = [], []


def _add(block: _Block, gathering: Gathering) -> None:
    text = protected(block.text)
    name, text = _name(text)
    stem, body, general = _parts(text)
    shown, form = prose(stem, "moodle")
    table = table_of(said(stem)) if form == "html" else None
    # Up to each bracket by itself: of a file that never closes one nothing is read again.
    known = [
        one.groups() for part in block.comments.split("]")[:-1] if (one := _KNOWN.search(part))
    ]
    source = Source(
        name=name or shown.text,
        text=shown,
        reason=prose(general, form)[0],
        table=table,
        number=next((value for key, value in known if key == "id"), ""),
        tags=tuple(value for key, value in known if key == "tag"),
    )
    try:
        answer, lost = made(body, form, source)
    except Unlike as unlike:
        gathering.refuse(source, str(unlike))
        return
    gathering.add(source, answer, lost)


def _name(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    name, end, rest = text[2:].partition("::")
    if not end:
        raise InputError("name", "it begins with :: and has no :: after it")
    return said(name), rest.strip()


def _parts(text: str) -> tuple[str, str | None, str]:
    """The text of a question, what is between its braces, and what is told after the answer."""
    before, opened, rest = text.partition("{")
    inside, closed, after = rest.partition("}")
    if "}" in before or bool(opened) != bool(closed) or "{" in inside:
        raise InputError("answer", r"its braces don't match; write \{ and \} for the signs")
    if not opened:
        return text, None, ""
    if "{" in after or "}" in after:
        rule = "it has more than one place to answer, or no empty line before the next question"
        raise InputError("answer", rule)
    body, _, general = inside.rpartition("####") if "####" in inside else (inside, "", "")
    gap = f"_____ {after.strip()}" if after.strip() else ""
    return f"{before.rstrip()} {gap}".strip(), body.strip(), general
