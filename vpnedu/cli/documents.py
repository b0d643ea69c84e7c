"""Documents on the command line: files of networks and designs, where a name could stand."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import typer

from vpnedu.cli.fields import inside
from vpnedu.cli.options import decimal
from vpnedu.network.addresses import InputError
from vpnedu.quiz.strict import Unreadable, parsed
from vpnedu.simulation.documents import DesignDocument, NetworkDocument, read

ENDING = ".json"
LARGEST = 256_000  # bytes; a document at every limit has fewer
DEEPEST = 12  # objects and lists inside each other; a document has eight


def is_document(name: str) -> bool:
    """Whether `name` is a document's file, not a name of the book."""
    return name.lower().endswith(ENDING)


def opened(path: str) -> NetworkDocument | DesignDocument:
    """The document in the file at `path`; InputError names the file, and the place in it."""
    with inside(path, ": "):
        try:
            return read(parsed(_text(path), DEEPEST))
        except Unreadable as wrong:
            raise InputError("", wrong.rule) from None


def network(path: str) -> NetworkDocument:
    """The network in the file at `path`."""
    found = opened(path)
    if isinstance(found, DesignDocument):
        raise InputError(path, f"is a design, which runs over time: vpnedu simulate {path}")
    return found


def design(path: str) -> DesignDocument:
    """The design in the file at `path`."""
    found = opened(path)
    if isinstance(found, NetworkDocument):
        rule = f"is a network for single packets (vpnedu send {path}), and has no faults"
        raise InputError(path, rule)
    return found


class Options(NamedTuple):
    """The options of a run, as the command line has them."""

    fault: list[str] | None
    until: str
    settings: list[str] | None
    profile: str
    seed: str


def filled(context: typer.Context, path: str, given: Options) -> Options:
    """The options, and what was not typed as the design in the file at `path` asks for it."""
    document = design(path)
    own = document.run

    def typed(name: str) -> bool:
        source = context.get_parameter_source(name)
        return source is not None and source.name == "COMMANDLINE"

    until = given.until if typed("until") else str(own.until)
    if given.fault is None:
        with inside(path, ": run."):
            document.check_faults(replace(own, until=decimal(until, "--until")))
    named = {text.partition("=")[0].strip() for text in given.settings or ()}
    settings = [f"{name}={_word(value)}" for name, value in own.settings if name not in named]
    return Options(
        list(own.faults) if given.fault is None else given.fault,
        until,
        [*settings, *(given.settings or ())],
        given.profile if typed("profile") else own.profile,
        given.seed if typed("seed") else str(own.seed),
    )


def _word(value: str | float | bool) -> str:
    words = {True: "yes", False: "no"}
    return words[value] if isinstance(value, bool) else str(value)


def _text(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as wrong:
        # A name with a zero byte in it is no name of a file.
        raise InputError("", getattr(wrong, "strerror", None) or str(wrong)) from None
    if len(data) > LARGEST:
        raise InputError("", f"has more than {LARGEST // 1000} kB; no document is as large")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        rule = f"byte {wrong.start} is not UTF-8; save the file as UTF-8 text"
        raise InputError("", rule) from None
