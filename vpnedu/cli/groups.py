"""Parts and groups of parts in words: "parallel [ series 0.999 0.9995 ] [ series 0.99 isp=0.999 ]".

A group is `series` (all must work), `parallel` (any one will do) or `2-of` (so many must work),
and then its parts. A part is an availability (0.999, 99.9%), or failures a year and how long each
lasts (12,15s), or a group in brackets. NAME= before a part names it; a name that stands in two
places is one part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vpnedu.cli.plain import clipped
from vpnedu.network.addresses import InputError
from vpnedu.simulation.availability import CommonCause, Component, KofN, Structure

MOST_PARTS = 200
MOST_NESTED = 20
IN_HOURS = {"": 1.0, "s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0}
FIELD = "availability"
_GROUP = re.compile(r"series|parallel|([0-9]{1,3})-of", re.ASCII)
_TOKEN = re.compile(r"[\[\]]|[^\s\[\]]+")
_NUMBER = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_SHARE = re.compile(rf"({_NUMBER})(%?)", re.ASCII)
_RATE = re.compile(rf"({_NUMBER}),(.*)", re.ASCII)
_TIME = re.compile(rf"({_NUMBER})(s|min|h|d|)", re.ASCII)


def begins(word: str) -> bool:
    """Whether a group begins with this word."""
    return _GROUP.fullmatch(word) is not None


def read(words: Sequence[str], repair: float, beta: float | None = None) -> Structure:
    """The group that `words` describe.

    `repair`: the hours that it takes to repair a part of which only the availability is told.
    `beta`: the share of their failures that like parts of the outermost group have in common.
    """
    tokens = _TOKEN.findall(" ".join(words))
    reader = _Reader(tokens, repair)
    k, parts = reader.group(1)
    if reader.at < len(tokens):
        raise InputError(FIELD, "a bracket ] closes nothing")
    if beta is None:
        return KofN(k, *parts)
    return CommonCause(beta, *_alike(parts), k=k)


def hours(text: str, option: str) -> float:
    """A length of time in hours: "4", "4h", "15s", "30min", "2d"."""
    if (told := _TIME.fullmatch(text.strip())) is None:
        raise InputError(option, f"{clipped(text, 40)!r} is no length of time; write 4h or 15s")
    return float(told[1]) * IN_HOURS[told[2]]


def rate(text: str, option: str) -> tuple[float, float]:
    """Failures a year and hours to repair: "12,15s"."""
    if (told := _RATE.fullmatch(text)) is None:
        rule = f"{clipped(text, 40)!r} is no rate; write FAILURES,TIME, such as 4,2.5h"
        raise InputError(option, rule)
    return float(told[1]), hours(told[2], option)


@dataclass
class _Reader:
    """Reads the tokens in order; `at` is the next one."""

    tokens: list[str]
    repair: float
    at: int = 0
    parts: int = 0

    def group(self, depth: int) -> tuple[int, list[Structure]]:
        """How many of its parts a group needs, and the parts."""
        word = self.tokens[self.at] if self.at < len(self.tokens) else ""
        told = _GROUP.fullmatch(word)
        if told is None:
            rule = f"{clipped(word, 40)!r} begins no group; series, parallel or 2-of does"
            raise InputError(FIELD, rule)
        if depth > MOST_NESTED:
            raise InputError(FIELD, f"brackets are nested deeper than {MOST_NESTED}")
        self.at += 1
        parts: list[Structure] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != "]":
            parts.append(self._part(depth))
        if not parts:
            raise InputError(FIELD, f"{word} has no parts; write {word} 0.999 0.999")
        return (int(told[1]) if told[1] else len(parts) if word == "series" else 1), parts

    def _part(self, depth: int) -> Structure:
        token = self.tokens[self.at]
        if token != "[":
            self.at += 1
            return self._single(token)
        self.at += 1
        k, parts = self.group(depth + 1)
        if self.at >= len(self.tokens):
            raise InputError(FIELD, "a bracket [ is never closed")
        self.at += 1
        return KofN(k, *parts)

    def _single(self, token: str) -> Component:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise InputError(FIELD, f"more than {MOST_PARTS} parts")
        name, named, value = token.rpartition("=")
        if not named:
            name = f"part {self.parts}"
        if share := _SHARE.fullmatch(value):
            part = float(share[1]) / (100 if share[2] else 1)
            return Component.of(name, part, self.repair)
        if _RATE.fullmatch(value):
            return Component(name, *rate(value, name))
        rule = f"{clipped(value, 40)!r} is no part; write 0.999, 99.9% or FAILURES,TIME: 12,15s"
        raise InputError(clipped(name, 40) if named else FIELD, rule)


def _alike(parts: Sequence[Structure]) -> list[Component]:
    single = [part for part in parts if isinstance(part, Component)]
    if len(single) < len(parts):
        raise InputError("--beta", "is for a group of single parts, without brackets in it")
    return single
