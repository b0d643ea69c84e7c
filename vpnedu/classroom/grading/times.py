"""Moments and lengths of time as a teacher writes them, and as a student is told them.

A moment is kept as whole seconds since 1970 UTC; a zone is an IANA name. Of a clock time that an
autumn night has twice the later one counts, which is in the student's favour; one that a spring
night leaves out is refused.
"""

import re
from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from fractions import Fraction
from zoneinfo import ZoneInfo, available_timezones

from vpnedu.network.addresses import InputError, quoted

DAY = 86_400
YEARS = range(1970, 3000)
# Names that stand for whatever the machine is set to, or for nothing.
_NO_ZONES = {"localtime", "Factory"}

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?\s*(?:([Zz])|([+-])(\d\d):(\d\d))?", re.ASCII
)
_LENGTH = re.compile(r"(\d{1,6})\s*([a-z]+)", re.ASCII)
_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hour", "hours"), 3600),
    **dict.fromkeys(("day", "days"), DAY),
    **dict.fromkeys(("week", "weeks"), 7 * DAY),
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_EXAMPLE = "write it as in 2026-12-01 23:59"


def zone_of(name: object) -> ZoneInfo:
    """The zone with this IANA name; an InputError offers the nearest names."""
    known = available_timezones() - _NO_ZONES
    if not isinstance(name, str) or name not in known:
        raise InputError("zone", f"there is no zone {quoted(name)}{nearest(str(name), known)}")
    return ZoneInfo(name)


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of an error: which of the `known` names are the nearest to `name`, if any are."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.4)
    return f"; nearest: {', '.join(near)}" if near else ""


def instant(value: object, zone: ZoneInfo) -> int:
    """The moment that `value` writes, in seconds: text, or a date and time of TOML.

    Without an offset it is by the clocks of `zone`. 24:00 is the end of the day. Parts of a second
    are dropped.

    >>> iso(instant("2026-12-01 24:00", ZoneInfo("Europe/Zurich")))
    '2026-12-01T23:00:00Z'
    """
    if isinstance(value, str):
        value = _read(value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        rule = f"{value} is a day; tell the time too, as in {value} 23:59 or {value} 24:00"
        raise InputError("time", rule)
    if not isinstance(value, datetime):
        raise InputError("time", f"{quoted(value)} is no date and time; {_EXAMPLE}")
    if value.year not in YEARS:
        raise InputError("time", f"the year {value.year} is not from 1970 to 2999")
    if value.tzinfo is not None:
        return timegm(value.utctimetuple())
    return _local(value.replace(microsecond=0), zone)


def _read(text: str) -> datetime:
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise InputError("time", f"{quoted(text)} is no date and time; {_EXAMPLE}")
    day, hour, minute, second, utc, sign, off_hours, off_minutes = match.groups()
    whole = (hour, minute, second or "00") == ("24", "00", "00")
    try:
        moment = datetime.fromisoformat(
            f"{day} {'00' if whole else hour}:{minute}:{second or 0:0>2}"
        )
        offset = f"{sign}{off_hours}:{off_minutes}" if sign else "+00:00"
        zone = datetime.fromisoformat(f"2000-01-01 00:00{offset}").tzinfo
    except ValueError as wrong:
        raise InputError("time", f"{quoted(text)} is no date and time: {wrong}") from None
    moment += timedelta(days=int(whole))
    return moment.replace(tzinfo=zone) if utc or sign else moment


def _local(clock: datetime, zone: ZoneInfo) -> int:
    """The later moment at which the clocks of `zone` show `clock`; InputError if they never do."""
    later = max(_moments(clock, zone))
    if datetime.fromtimestamp(later, zone).replace(tzinfo=None) == clock:
        return later
    last, first = _around(clock, zone)
    rule = (
        f"{clock:%Y-%m-%d %H:%M} does not exist in {zone}: the clocks go from {last:%H:%M:%S} "
        f"straight to {first:%Y-%m-%d %H:%M}; write {last:%Y-%m-%d %H:%M} or {first:%Y-%m-%d %H:%M}"
    )
    raise InputError("time", rule)


def _moments(clock: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """The moments that `clock` can stand for, by the offset before a change of clocks and after."""
    before, after = (clock.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None
    assert after is not None
    seconds = timegm(clock.timetuple())
    return seconds - int(before.total_seconds()), seconds - int(after.total_seconds())


def _around(clock: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """What the clocks show in the last second before they leave `clock` out, and in the next."""
    high, low = _moments(clock, zone)
    before = datetime.fromtimestamp(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(low, zone), datetime.fromtimestamp(high, zone)


def iso(seconds: int) -> str:
    """The moment in UTC, such as 2026-12-01T22:59:00Z."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told(seconds: int, zone: ZoneInfo) -> str:
    """The moment for people, by the clocks of `zone`.

    Midnight is told as 24:00 of the day that ends with it: to most people Tuesday, 00:00 sounds
    like a whole day more than it is.

    >>> told(instant("2026-12-01 23:59", ZoneInfo("Europe/Zurich")), ZoneInfo("Europe/Zurich"))
    'Tuesday 1 December 2026, 23:59 (Europe/Zurich, UTC+1)'
    """
    moment = datetime.fromtimestamp(seconds, zone)
    clock = f"{moment:%H:%M:%S}".removesuffix(":00")
    day = moment.date()
    if clock == "00:00":
        day, clock = day - timedelta(days=1), "24:00"
    weekday, month = _WEEKDAYS[day.weekday()], _MONTHS[day.month - 1]
    return f"{weekday} {day.day} {month} {day.year}, {clock} ({_named(moment, zone)})"


def _named(moment: datetime, zone: ZoneInfo) -> str:
    if str(zone) == "UTC":
        return "UTC"
    offset = moment.utcoffset() or timedelta(0)
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{zone}, UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def started_days(start: int, end: int, zone: ZoneInfo) -> int:
    """How many days have begun at `end` that are counted from `start` by the clocks of `zone`.

    A day ends when the clocks show the same time again, be that after 23, 24 or 25 hours. More
    than ten thousand days are not counted: a file's date may be any.
    """
    end = min(end, start + 10_000 * DAY)
    clock = datetime.fromtimestamp(start, zone).replace(tzinfo=None)
    # A day of 25 hours has begun before 24 of them are over.
    days = max((end - start) // DAY, 0)
    while end > max(start, *_moments(clock + timedelta(days=days), zone)):
        days += 1
    return days


def duration(text: object) -> int:
    """The seconds of a length of time, such as 45 s, 10 min, 2 h or 3 days."""
    match = _LENGTH.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None or match[2] not in _UNITS:
        raise InputError("length", f"{quoted(text)} is no length of time; write 10 min or 2 h")
    return int(match[1]) * _UNITS[match[2]]


def lasted(seconds: int) -> str:
    """A length of time for people, in the two largest units that it has.

    >>> lasted(45), lasted(3600), lasted(93784)
    ('45 s', '1 h', '1 day 2 h')
    """
    parts = []
    for unit, size in (("days", DAY), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {'day' if unit == 'days' and count == 1 else unit}")
    return " ".join(parts[:2]) or "0 s"


LONGEST_SHARE = 20


def share(text: object) -> Fraction:
    """A share from 0 to 1, written as 1/10, 10% or 0.1."""
    try:
        shown = "" if isinstance(text, bool) else str(text).strip()
        # A power of ten may be larger than a machine.
        fits = len(shown) <= LONGEST_SHARE and "e" not in shown.lower()
        number = shown.removesuffix("%").rstrip() if fits else ""
        found = Fraction(number) / (100 if shown.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 1:
        raise InputError("share", f"{quoted(text)} is no share; write 1/10 or 10%")
    return found
