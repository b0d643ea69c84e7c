"""Files of lines are read a line at a time, whatever stands in them."""

import io
import tracemalloc
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classroom.collecting import BERLIN, CLASS, GOOD, codes, collect, seconds
from vpnedu.classroom.collecting import intake
from vpnedu.classroom.collecting.intake import TIMES, Collected
from vpnedu.classroom.collecting.line_intake import MOST_LINE
from vpnedu.classroom.collecting.places import Place


def written(tmp_path: Path, data: bytes, name: str = "all.jsonl") -> list[Collected]:
    (tmp_path / name).write_bytes(data)
    return collect(tmp_path / name)


def test_a_line_is_a_submission_and_a_blank_one_is_none(tmp_path: Path) -> None:
    found = written(tmp_path, GOOD + b"\r\n\n  \n" + GOOD)
    assert [(one.source, one.data) for one in found] == [
        ("all.jsonl:1", GOOD),
        ("all.jsonl:4", GOOD),
    ]


def test_an_envelope_tells_when_it_came_and_whose_it_is(tmp_path: Path) -> None:
    text = r'"{\"schema\":\"vpnedu-submission/1\"}"'
    start = '{"received":"2026-12-01T22:10:00Z","owner":"ada","source":"mail 17"'
    found = written(tmp_path, f'{start},"text":{text}}}\n{{"text":{text}}}'.encode())
    when = seconds(2026, 12, 1, 22, 10, zone=ZoneInfo("UTC"))
    assert found == [
        Collected("all.jsonl:1 (mail 17)", GOOD, when, "lms", "ada"),
        Collected("all.jsonl:2", GOOD),
    ]


def test_a_time_without_an_offset_is_one_of_the_zone(tmp_path: Path) -> None:
    (one,) = written(tmp_path, b'{"received":"2026-12-01 23:10","text":""}')
    assert one.received == seconds(2026, 12, 1, 23, 10)


@pytest.mark.parametrize(
    "line",
    [
        b'{"text":1}',
        b'{"text":"","received":"yesterday"}',
        b'{"text":"","received":5}',
        b'{"text":"","received":"0001-01-01T00:00:00+23:59","extra":""}',
        b'{"text":"","when":"2026-12-01"}',
    ],
)
def test_a_broken_envelope_is_one_row_and_the_next_line_is_read(
    tmp_path: Path, line: bytes
) -> None:
    found = written(tmp_path, line + b"\n" + GOOD)
    assert codes(found) == {"all.jsonl:1": "bad-schema"}
    assert found[1].data == GOOD


def test_half_an_envelope_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    (one,) = written(tmp_path, b'{"received":"2026-12-01T22:10:00Z","te')
    assert one.data.startswith(b'{"rec')


def test_an_answer_of_quotes_does_not_make_an_envelope(tmp_path: Path) -> None:
    bare = b'{"answers":{"k1":"\\"text\\""},"schema":"x","text":"y"}'
    assert written(tmp_path, bare)[0].data == bare


def test_a_line_without_end_is_cut_and_the_next_one_is_read(tmp_path: Path) -> None:
    with (tmp_path / "all.jsonl").open("wb") as file:
        file.truncate(60_000_000)
        file.seek(0, 2)
        file.write(b"\n" + GOOD)
    tracemalloc.start()
    found = collect(tmp_path / "all.jsonl")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(found) == {"all.jsonl:1": "too-big"}
    assert found[1].data == GOOD
    assert peak < 4 * MOST_LINE


def test_a_line_of_exactly_the_most_bytes_is_whole(tmp_path: Path) -> None:
    found = written(tmp_path, b"x" * MOST_LINE + b"\n" + GOOD + b"\n")
    assert [one.source for one in found] == ["all.jsonl:1", "all.jsonl:2"]
    assert "line" not in str(found[0].refused), "it is told what is wrong with what is in it"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_lines_that_windows_wrote_are_read(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = f'{mark}{{"text":"Zürich"}}\r\n{{"text":"b"}}\r\n'
    found = written(tmp_path, text.encode(encoding))
    assert [one.data.decode() for one in found] == ["Zürich", "b"]


def test_one_line_in_utf_16_does_not_spoil_the_others(tmp_path: Path) -> None:
    first = "{}".encode("utf-16")
    assert [one.data for one in written(tmp_path, first + b"\n" + GOOD)] == [first, GOOD]


@given(st.lists(st.binary(max_size=60) | st.just(b'{"text":"a"}'), max_size=5))
def test_lines_of_any_bytes_never_stop_the_run(written: list[bytes]) -> None:
    walk = intake._Intake(intake.LmsNames(CLASS), BERLIN, frozenset(TIMES))
    file = io.BytesIO(b"\n".join(written))
    assert all(one.source for one in walk._lines(file, Place(("all.jsonl",))))
