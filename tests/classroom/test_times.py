"""Moments are read by the clocks of a zone, whatever these do at night in spring and autumn."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from vpnedu.classroom.grading.times import (
    duration,
    instant,
    iso,
    lasted,
    share,
    started_days,
    told,
    zone_of,
)
from vpnedu.network.addresses import InputError

ZURICH, NEW_YORK = ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-12-01 23:59", ZURICH, "2026-12-01T22:59:00Z"),
        ("2026-12-01T23:59:30", ZURICH, "2026-12-01T22:59:30Z"),
        ("2026-12-01 24:00", ZURICH, "2026-12-01T23:00:00Z"),
        ("2026-12-31 24:00", NEW_YORK, "2027-01-01T05:00:00Z"),
        ("2028-02-28 24:00", ZURICH, "2028-02-28T23:00:00Z"),
        ("2028-02-29 12:00", ZURICH, "2028-02-29T11:00:00Z"),
        ("2026-12-01T23:59:00Z", NEW_YORK, "2026-12-01T23:59:00Z"),
        ("2026-12-01 23:59 +05:30", NEW_YORK, "2026-12-01T18:29:00Z"),
        ("2026-12-01 24:00-05:00", ZURICH, "2026-12-02T05:00:00Z"),
        (datetime(2026, 7, 1, 12), NEW_YORK, "2026-07-01T16:00:00Z"),  # noqa: DTZ001
        (datetime(2026, 7, 1, 12, 0, 0, 999_999, UTC), ZURICH, "2026-07-01T12:00:00Z"),
    ],
)
def test_a_moment_is_read(text: str | datetime, zone: ZoneInfo, moment: str) -> None:
    assert iso(instant(text, zone)) == moment


@pytest.mark.parametrize(
    ("text", "zone", "neighbours"),
    [
        ("2027-03-28 02:30", ZURICH, ("2027-03-28 01:59", "2027-03-28 03:00")),
        ("2027-03-28 02:00", ZURICH, ("2027-03-28 01:59", "2027-03-28 03:00")),
        ("2027-03-14 02:59:59", NEW_YORK, ("2027-03-14 01:59", "2027-03-14 03:00")),
        ("2011-12-30 12:00", ZoneInfo("Pacific/Apia"), ("2011-12-29 23:59", "2011-12-31 00:00")),
    ],
)
def test_a_time_that_a_spring_night_leaves_out_is_refused_with_its_neighbours(
    text: str, zone: ZoneInfo, neighbours: tuple[str, str]
) -> None:
    with pytest.raises(InputError, match="does not exist") as refused:
        instant(text, zone)
    assert refused.value.rule.endswith(f"write {neighbours[0]} or {neighbours[1]}")
    before, after = (instant(one, zone) for one in neighbours)
    assert after - before == 60


@pytest.mark.parametrize(
    ("text", "zone", "later"),
    [
        ("2026-10-25 02:30", ZURICH, "2026-10-25T01:30:00Z"),
        ("2026-11-01 01:30", NEW_YORK, "2026-11-01T06:30:00Z"),
    ],
)
def test_of_a_time_that_an_autumn_night_has_twice_the_later_one_counts(
    text: str, zone: ZoneInfo, later: str
) -> None:
    assert iso(instant(text, zone)) == later


@pytest.mark.parametrize("zone", [ZURICH, NEW_YORK])
def test_the_last_minute_that_exists_is_right_before_the_first_after_it(zone: ZoneInfo) -> None:
    days = ("03-14", "03-28") if zone is NEW_YORK else ("03-28", "04-04")
    for day in days:
        clocks = [f"2027-{day} {hour:02}:{minute:02}" for hour in range(5) for minute in (0, 30)]
        moments = []
        for clock in clocks:
            try:
                moments.append(instant(clock, zone))
            except InputError:
                assert clock[11:13] == "02"
        assert {later - sooner for sooner, later in pairwise(moments)} == {1800}


@pytest.mark.parametrize(
    "wrong",
    [
        "tomorrow",
        "2026-12-01",
        "2026-02-29 10:00",
        "2026-12-01 24:01",
        "2026-12-01 23:59:60",
        "01.12.2026 23:59",
        "1969-12-31 23:59",
        "2026-12-01 10:00 +25:00",
        date(2026, 12, 1),
        1_796_165_940,
        None,
    ],
)
def test_what_is_no_moment_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match=r"no date and time|is a day|the year"):
        instant(wrong, ZURICH)


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("2026-12-01 23:59", ZURICH, "Tuesday 1 December 2026, 23:59 (Europe/Zurich, UTC+1)"),
        ("2026-07-04 09:05", NEW_YORK, "Saturday 4 July 2026, 09:05 (America/New_York, UTC-4)"),
        ("2026-12-01 24:00", ZURICH, "Tuesday 1 December 2026, 24:00 (Europe/Zurich, UTC+1)"),
        ("2028-02-29 08:00:07", ZoneInfo("UTC"), "Tuesday 29 February 2028, 08:00:07 (UTC)"),
        (
            "2026-05-31 12:00",
            ZoneInfo("Asia/Kolkata"),
            "Sunday 31 May 2026, 12:00 (Asia/Kolkata, UTC+5:30)",
        ),
        (
            "2026-05-31 12:00",
            ZoneInfo("America/St_Johns"),
            "Sunday 31 May 2026, 12:00 (America/St_Johns, UTC-2:30)",
        ),
    ],
)
def test_a_moment_is_told_by_the_clocks_of_the_zone(text: str, zone: ZoneInfo, words: str) -> None:
    assert told(instant(text, zone), zone) == words


def test_a_day_of_lateness_ends_when_the_clocks_show_the_same_time_again() -> None:
    autumn = instant("2026-10-24 12:00", ZURICH)
    assert started_days(autumn, autumn, ZURICH) == 0
    assert started_days(autumn, autumn + 1, ZURICH) == 1
    # The night between has 25 hours.
    assert started_days(autumn, autumn + 25 * HOUR, ZURICH) == 1
    assert started_days(autumn, autumn + 25 * HOUR + 1, ZURICH) == 2
    spring = instant("2027-03-27 12:00", ZURICH)
    assert started_days(spring, spring + 23 * HOUR, ZURICH) == 1
    assert started_days(spring, spring + 23 * HOUR + 1, ZURICH) == 2


@pytest.mark.parametrize("start", ["2026-10-24 02:30", "2027-03-27 02:30", "2026-10-25 02:10"])
def test_more_time_never_begins_fewer_days(start: str) -> None:
    begun = instant(start, ZURICH)
    days = [started_days(begun, begun + late, ZURICH) for late in range(0, 4 * DAY, 600)]
    assert days == sorted(days)
    assert set(days) == {*range(days[-1] + 1)}
    assert days[-1] >= 4


def test_a_date_from_a_broken_clock_stops_nothing() -> None:
    assert started_days(0, 10**15, ZURICH) >= 10_000


@pytest.mark.parametrize("name", ["Europe/Zürich", "europe/zurich", "Europe", "localtime", "", 7])
def test_a_zone_that_is_none_is_refused(name: object) -> None:
    with pytest.raises(InputError, match="there is no zone"):
        zone_of(name)


def test_the_nearest_zones_are_offered() -> None:
    with pytest.raises(InputError, match="nearest: Europe/Zurich"):
        zone_of("Europe/Zürich")
    assert zone_of("Europe/Zurich") is ZURICH


def test_lengths_of_time_are_read_and_told() -> None:
    texts = ("45 s", "10 min", "2 h", "3 days", "1week", "0 s")
    assert [*map(duration, texts)] == [45, 600, 7200, 3 * DAY, 7 * DAY, 0]
    assert [*map(lasted, (0, 59, 600, 7260, DAY, 2 * DAY + 3 * HOUR + 5))] == [
        *("0 s", "59 s", "10 min", "2 h 1 min", "1 day", "2 days 3 h")
    ]


@pytest.mark.parametrize("wrong", ["10", "ten min", "-1 h", "1.5 h", "3 fortnights", 600, ""])
def test_a_length_without_a_known_unit_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="no length of time"):
        duration(wrong)


def test_a_share_is_exact_in_every_way_of_writing_it() -> None:
    assert {share(text) for text in ("1/10", "10%", "10 %", "0.1", "2/20")} == {share("1/10")}
    for wrong in ("11/10", "-1/10", "1/0", "101%", "half", "", True, None):
        with pytest.raises(InputError, match="is no share"):
            share(wrong)


@pytest.mark.parametrize("text", ["1e-9999999", Decimal("1e-999999999"), "0." + "0" * 30 + "1"])
def test_a_share_that_no_person_writes_is_refused(text: object) -> None:
    with pytest.raises(InputError, match="is no share"):
        share(text)
