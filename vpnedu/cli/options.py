"""Options that several commands take, and what a person may write there."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import typer

from vpnedu.cli.plain import clipped
from vpnedu.network.addresses import InputError

Json = Annotated[bool, typer.Option("--json", metavar="", help="Print one JSON object a line.")]
ProfileName = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="Whose timers: azure, azure-older, rfc or strongswan.",
    ),
]
Until = Annotated[str, typer.Option(metavar="SECONDS", help="How long the run lasts.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="TIMER=VALUE",
        help="Another value for a timer of the profile, such as hold-time=30, bfd=yes or "
        "standby-start=20-40. May be repeated.",
    ),
]

# What the engine calls a field, and what the reader typed.
NAMES = {
    "design": "scenario",
    "fault": "--fault",
    "profile": "--profile",
    "seeds": "--seeds",
    "set": "--set",
    "until": "--until",
    "years": "--years",
}
DIGITS = 18


@contextmanager
def as_typed(names: Mapping[str, str] = NAMES) -> Iterator[None]:
    """Errors of the engine raised in this block call their field by the reader's name for it."""
    try:
        yield
    except InputError as wrong:
        raise InputError(names.get(wrong.field, wrong.field), wrong.rule) from None


def whole(text: str, option: str, least: int = 0, most: int = 10**DIGITS - 1) -> int:
    """`text` as a whole number of the range."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else -1
    if not least <= number <= most:
        rule = f"{clipped(text, 40)!r} is not a whole number from {least:,} to {most:,}"
        raise InputError(option, rule)
    return number


def decimal(text: str, option: str) -> float:
    """`text` as a number; whether it is in its range, the engine knows."""
    try:
        return float(text)
    except ValueError:
        raise InputError(option, f"{clipped(text, 40)!r} is not a number") from None


def settings(given: Iterable[str] | None) -> dict[str, str]:
    """The values that `--set` gives to timers, by name."""
    found: dict[str, str] = {}
    for text in given or ():
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            rule = f"{clipped(text, 40)!r} sets nothing; write TIMER=VALUE, such as hold-time=30"
            raise InputError("--set", rule)
        if name in found:
            raise InputError("--set", f"{clipped(name, 40)} is set twice")
        found[name] = value
    return found
