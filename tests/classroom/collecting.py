"""Collecting from what a test lays out, for a class of five."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.classroom.raw_zips import Raw, raw_zip
from vpnedu.classroom.collecting.intake import TIMES, Collected, collected
from vpnedu.classroom.issuing.rosters import Learner

BERLIN = ZoneInfo("Europe/Berlin")
CLASS = (
    Learner("ada", "Ada Lovelace", canvas="12345", moodle="777"),
    Learner("bob", "Robert O'Hara"),
    Learner("zoe", "Zoë van der Berg"),
    Learner("ann1", "Ann Lee"),
    Learner("ann2", "Ann Lee"),
)
GOOD = b'{"schema":"vpnedu-submission/1"}'


def collect(*paths: Path, times: Sequence[str] = TIMES, zone: tzinfo = BERLIN) -> list[Collected]:
    """All that lies there."""
    return list(collected(paths, CLASS, zone, times))


def zipped(folder: Path, *members: Raw, times: Sequence[str] = TIMES) -> list[Collected]:
    """What is collected from a zip of `members`, which is called in.zip."""
    path = folder / "in.zip"
    path.write_bytes(raw_zip(members))
    return collect(path, times=times)


def codes(items: list[Collected]) -> dict[str, str]:
    """Code by source of what was refused."""
    return {one.source: one.refused.code for one in items if one.refused}


def seconds(*moment: int, zone: tzinfo = BERLIN) -> int:
    """A moment of a clock in `zone` in seconds since 1970 UTC."""
    year, month, day, *rest = moment
    return int(datetime(year, month, day, *rest, tzinfo=zone).timestamp())
