"""What is handed in is found wherever it lies, whole, in order, and with the time it came."""

import os
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.classroom.collecting import CLASS, GOOD, codes, collect, seconds, zipped
from tests.classroom.raw_zips import Raw, dos_time, raw_zip
from vpnedu.classroom.collecting.intake import collected
from vpnedu.classroom.collecting.submissions import MOST_BYTES
from vpnedu.network.addresses import InputError


def test_files_come_in_the_order_of_their_names_whatever_made_them(tmp_path: Path) -> None:
    for name in ("b/2.json", "b/10.json", "a.json", "c.json"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "in" / name).write_bytes(name.encode())
    found = collect(tmp_path / "in")
    assert [one.source for one in found] == [
        "in/a.json",
        "in/b/10.json",
        "in/b/2.json",
        "in/c.json",
    ]
    assert [one.data for one in found][1] == b"b/10.json"


def test_what_computers_add_is_no_hand_in(tmp_path: Path) -> None:
    (tmp_path / "__MACOSX").mkdir()
    for name in ("__MACOSX/a.json", ".DS_Store", "Thumbs.db", "._a.json", "desktop.ini"):
        (tmp_path / name).write_bytes(b"x")
    assert collect(tmp_path) == []


def test_what_is_no_submission_is_told_and_not_left_out(tmp_path: Path) -> None:
    for name in ("answers.docx", "photo.jpg", "week3.ada.1.copy.txt", "copy.html"):
        (tmp_path / name).write_bytes(b"x")
    assert len(collect(tmp_path)) == 4


def test_a_copy_beside_its_submission_is_passed_over(tmp_path: Path) -> None:
    for name in ("week3.ada.1.vpnq (1).json", "week3.ada.1.copy.txt", "week3.bob.1.copy.txt"):
        (tmp_path / name).write_bytes(b"x")
    sources = {Path(one.source).name for one in collect(tmp_path)}
    assert sources == {"week3.ada.1.vpnq (1).json", "week3.bob.1.copy.txt"}


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.json").write_bytes(GOOD)
    (tmp_path / "in" / "a.json").symlink_to(tmp_path / "secret.json")
    (tmp_path / "in" / "all").symlink_to(tmp_path)
    found = collect(tmp_path / "in")
    assert codes(found) == {"in/a.json": "path-escape", "in/all": "path-escape"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    (tmp_path / "b.json").write_bytes(GOOD)
    found = collect(tmp_path)
    assert [one.refused and one.refused.code for one in found] == ["unreadable", None]


def test_a_file_that_is_too_big_is_not_held(tmp_path: Path) -> None:
    with (tmp_path / "a.json").open("wb") as file:
        file.truncate(1 << 33)
    (one,) = collect(tmp_path)
    assert one.refused
    assert (one.refused.code, one.data) == ("too-big", b"")
    (tmp_path / "a.json").write_bytes(b"x" * MOST_BYTES)
    assert len(collect(tmp_path)[0].data) == MOST_BYTES


def test_a_name_can_always_stand_in_a_table(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[1m.json").write_bytes(GOOD)
    (tmp_path / os.fsdecode(b"b\xff.json")).write_bytes(GOOD)
    names = [one.source.partition("/")[2] for one in collect(tmp_path)]
    assert names == ["a\ufffd\ufffd[1m.json", "b\ufffd.json"]
    assert all(name.encode() for name in names)


def test_a_path_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.zip"):
        collected([tmp_path / "nowhere.zip"], CLASS, UTC)


def test_a_clock_that_is_none_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lms, zip, file"):
        collected([tmp_path], CLASS, UTC, ("sun",))


def test_paths_of_one_name_are_told_apart_and_one_path_is_read_once(tmp_path: Path) -> None:
    for day in ("mon", "tue"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "a.json").write_bytes(GOOD)
    mon, tue = tmp_path / "mon" / "a.json", tmp_path / "tue" / "a.json"
    found = collect(mon, tue, tmp_path / "mon" / ".." / "tue" / "a.json")
    assert [one.source for one in found] == ["mon/a.json", "tue/a.json"]


def test_a_zip_tells_the_time_of_a_clock_in_the_zone(tmp_path: Path) -> None:
    summer, winter = dos_time(2026, 7, 1, 12), dos_time(2026, 12, 1, 23, 30)
    one, two = zipped(tmp_path, Raw("a.json", GOOD, time=summer), Raw("b.json", GOOD, time=winter))
    assert (one.received, one.clock) == (seconds(2026, 7, 1, 10, zone=ZoneInfo("UTC")), "zip")
    assert two.received == seconds(2026, 12, 1, 22, 30, zone=ZoneInfo("UTC"))


def test_a_stamp_in_utc_is_believed_more_than_a_clock(tmp_path: Path) -> None:
    stamp = b"UT\x05\x00\x01" + (1_800_000_000).to_bytes(4, "little")
    time = dos_time(2026, 7, 1)
    one, two = zipped(
        tmp_path,
        Raw("a.json", GOOD, time=time, extra=stamp),
        Raw("b.json", GOOD, time=time, extra=stamp[:4] + b"\x00" + stamp[5:]),
    )
    assert one.received == 1_800_000_000
    assert two.received == seconds(2026, 7, 1), "its flag says that no time of change is there"


@pytest.mark.parametrize(
    "time",
    [
        0,
        dos_time(1980, 1, 1),
        dos_time(2026, 0, 1),
        dos_time(2026, 2, 30),
        dos_time(2026, 7, 1, 25),
    ],
)
def test_a_date_that_is_none_tells_no_time(tmp_path: Path, time: int) -> None:
    (one,) = zipped(tmp_path, Raw("a.json", GOOD, time=time))
    assert (one.received, one.clock, one.data) == (None, "", GOOD)


def test_an_hour_that_comes_twice_is_taken_for_the_first(tmp_path: Path) -> None:
    (one,) = zipped(tmp_path, Raw("a.json", GOOD, time=dos_time(2026, 10, 25, 2, 30)))
    assert one.received == seconds(2026, 10, 25, 0, 30, zone=ZoneInfo("UTC"))


def test_a_file_tells_when_it_was_changed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(GOOD)
    os.utime(tmp_path / "a.json", (1_700_000_000, 1_700_000_000))
    for path in (tmp_path, tmp_path / "a.json"):
        assert [(one.received, one.clock) for one in collect(path)] == [(1_700_000_000, "file")]


def test_only_clocks_that_are_named_are_believed(tmp_path: Path) -> None:
    (one,) = zipped(tmp_path, Raw("a.json", GOOD, time=dos_time(2026, 7, 1)), times=("lms", "file"))
    assert (one.received, one.clock) == (None, "")
    (tmp_path / "b.json").write_bytes(GOOD)
    (one,) = collect(tmp_path / "b.json", times=("lms", "zip"))
    assert (one.received, one.clock) == (None, "")


def test_a_student_cannot_date_a_hand_in_by_zipping_it(tmp_path: Path) -> None:
    early = raw_zip([Raw("a.json", GOOD, time=dos_time(2020, 1, 1))])
    (one,) = zipped(tmp_path, Raw("hand-in.zip", early, time=dos_time(2026, 7, 1)))
    assert one.received == seconds(2026, 7, 1)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "hand-in.zip").write_bytes(early)
    os.utime(tmp_path / "in" / "hand-in.zip", (1_700_000_000, 1_700_000_000))
    (one,) = collect(tmp_path / "in")
    assert (one.received, one.clock) == (1_700_000_000, "file")


def test_a_student_cannot_write_an_envelope(tmp_path: Path) -> None:
    line = b'{"received":"2020-01-01T00:00:00Z","owner":"bob","text":"x"}'
    (one,) = zipped(tmp_path, Raw("all.jsonl", line, time=dos_time(2026, 7, 1)))
    assert (one.data, one.owner, one.received) == (b"x", "", seconds(2026, 7, 1))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "all.jsonl").write_bytes(line)
    (one,) = collect(tmp_path / "in")
    assert (one.data, one.owner, one.clock) == (b"x", "", "file")
