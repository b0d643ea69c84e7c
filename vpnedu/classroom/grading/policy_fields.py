"""The fields of a policy's tables: how each is read, and what is wrong with it otherwise."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from vpnedu.classroom.grading.picking import PICKS
from vpnedu.classroom.grading.times import duration, instant, nearest, share
from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.reading.problems import Problems

CLOCKS = ("lms", "zip", "file")
COSTLY = ("step", "per-day")

Reads = Mapping[str, Callable[[Any], Any]]


def policy_fields(zone: ZoneInfo) -> Reads:
    """How to read each field of the policy itself, by its name."""
    return {
        "due": moment(zone),
        "grace": duration,
        "cutoff": moment(zone),
        "attempts": partial(_whole, range(1, 100)),
        "pick": partial(_one_of, tuple(PICKS)),
        "times": _clocks,
        "digits": partial(_whole, range(7)),
    }


def values(data: Mapping[str, object], reads: Reads, problems: Problems) -> dict[str, Any]:
    """The values of all fields that could be read; the others become problems."""
    found = {}
    for name, value in data.items():
        try:
            if name not in reads:
                raise InputError(name, f"there is no such field here{nearest(name, reads)}")
            found[name] = reads[name](value)
        except InputError as wrong:
            problems.add(name, wrong.rule)
    return found


def late_fields(table: Mapping[str, object], problems: Problems) -> dict[str, Any]:
    """What the table about lateness says, by the names of `Lateness`."""
    reads: Reads = {
        "kind": partial(_one_of, ("none", *COSTLY)),
        "share": share,
        "floor": share,
    }
    found = values(table, reads, problems)
    if table.get("kind", "none") == "none":
        for name in sorted(table.keys() & {"share", "floor"}):
            problems.add(name, f"it says nothing unless kind is one of {', '.join(COSTLY)}")
    elif "share" not in table:
        problems.add("share", 'it is missing: the share that is lost, such as "1/10"')
    return found


def extensions(table: Mapping[str, Any], zone: ZoneInfo, problems: Problems) -> dict[str, int]:
    """The due date of each learner who has one of their own."""
    parted = [name for name, value in table.items() if isinstance(value, dict)]
    for name in parted:
        inner = next(iter(table[name]), "")
        rule = f'an id with a dot stands in quotes, as in "{name}.{inner}" = "2026-12-03 23:59"'
        problems.add(name, rule)
    whole = {name: value for name, value in table.items() if name not in parted}
    return values(whole, dict.fromkeys(whole, moment(zone)), problems)


def moment(zone: ZoneInfo) -> Callable[[object], int]:
    """What reads a moment by the clocks of `zone`."""
    return partial(instant, zone=zone)


def _whole(known: range, value: object) -> int:
    if type(value) is not int or value not in known:
        raise InputError("number", f"it must be a whole number from {known[0]} to {known[-1]}")
    return value


def _one_of(known: tuple[str, ...], value: object) -> str:
    if not isinstance(value, str) or value not in known:
        raise InputError("name", f"{quoted(value)} is not one of {', '.join(known)}")
    return value


def _clocks(value: object) -> tuple[str, ...]:
    names = tuple(_one_of(CLOCKS, one) for one in value) if isinstance(value, list) else ()
    if not names or len(set(names)) < len(names):
        raise InputError("times", f"it must be a list of {', '.join(CLOCKS)}, each once at most")
    return names
