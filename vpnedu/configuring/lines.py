"""A configuration as lines that say why they are there, and the files that the lines make up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from vpnedu.configuring.showing import as_html, as_text
from vpnedu.network.addresses import InputError, quoted


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, why it is there, and who says so (an RFC's section, a manual's page)."""

    text: str
    why: str = ""
    source: str = ""

    @property
    def said(self) -> str:
        """The reason with its source, as a person reads it."""
        return f"{self.why} ({self.source})" if self.source else self.why


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of one file that belong together, by a name that a chapter can ask for."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, repr=False)
class File:
    """One file: `place` is where it belongs, `comment` what begins a comment in its language."""

    name: str
    place: str
    comment: str
    pieces: tuple[Piece, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return tuple(line for piece in self.pieces for line in piece.lines)

    @property
    def text(self) -> str:
        """The file as it is written to disk."""
        return "".join(f"{line.text}\n" for line in self.lines)

    @property
    def explained(self) -> str:
        """The same with every reason as a comment above its line; the tools read it just so."""
        return "".join(f"{text}\n" for text in _commented(self.lines, self.comment))

    def part(self, *names: str) -> "File":
        """This file with only the pieces called `names`; an error tells which pieces it has."""
        known = [piece.name for piece in self.pieces]
        for name in names:
            if name not in known:
                raise InputError("part", f"{self.name} has no {quoted(name)}: {', '.join(known)}")
        return replace(self, pieces=tuple(p for p in self.pieces if p.name in names))

    def _rows(self) -> list[tuple[str, str]]:
        return [(line.text, line.said) for line in self.lines]

    def __str__(self) -> str:
        return as_text(self._rows())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return as_html(self.name, self._rows())


@dataclass(frozen=True, repr=False)
class Configuration:
    """What a scenario comes to for one kind of tool.

    `secrets` are the placeholders to replace; `losses` is what the target can't express, or says
    otherwise than the scenario; `advice` is what the scenario leaves open and a reader should not.
    """

    scenario: str
    target: str
    files: tuple[File, ...]
    secrets: tuple[str, ...]
    losses: tuple[str, ...]
    advice: tuple[str, ...]

    def __getitem__(self, name: str) -> File:
        """The file called `name`; an error offers the nearest names."""
        names = [file.name for file in self.files]
        if name not in names:
            near = get_close_matches(name, names, n=3, cutoff=0.3) or names
            raise InputError("file", f"there is no {quoted(name)}; nearest: {', '.join(near)}")
        return self.files[names.index(name)]

    def __str__(self) -> str:
        told = [f"{file.name}: {len(file.lines)} lines, for {file.place}" for file in self.files]
        told += [f"to replace: {secret}" for secret in self.secrets]
        told += [f"lost: {loss}" for loss in self.losses]
        return "\n".join([*told, *(f"advice: {advice}" for advice in self.advice)])

    __repr__ = __str__


def _commented(lines: Iterable[Line], mark: str) -> Iterable[str]:
    """Lines with their reasons above them; those of a command in several lines above its first."""
    held: list[Line] = []
    for line in lines:
        held.append(line)
        if not line.text.endswith("\\"):
            yield from _together(held, mark)
            held = []
    yield from _together(held, mark)


def _together(lines: list[Line], mark: str) -> Iterable[str]:
    alone = len(lines) == 1
    for line in lines:
        if line.why:
            indent = line.text[: len(line.text) - len(line.text.lstrip())] if alone else ""
            about = "" if alone else f"{line.text.split()[0]}: "
            yield f"{indent}{mark} {about}{line.said}"
    yield from (line.text for line in lines)
