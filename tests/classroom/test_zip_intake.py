"""Zips are read without harm, and no good hand-in in them is lost to a bad one."""

import io
import os
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classroom.collecting import BERLIN, CLASS, GOOD, codes, collect, seconds, zipped
from tests.classroom.raw_zips import Raw, raw_zip
from vpnedu.classroom.collecting import intake
from vpnedu.classroom.collecting.intake import TIMES
from vpnedu.classroom.collecting.places import Place
from vpnedu.classroom.collecting.submissions import MOST_BYTES
from vpnedu.classroom.collecting.zip_intake import Archive

SIZES = Raw("a.json", bytes(5000))
OFFICE = raw_zip([Raw("[Content_Types].xml", b"<x/>"), Raw("word/document.xml", b"<x/>")])


@pytest.mark.parametrize(
    ("member", "code"),
    [
        (Raw("../a.json", GOOD), "path-escape"),
        (Raw("a/../../a.json", GOOD), "path-escape"),
        (Raw("a/..", GOOD), "path-escape"),
        (Raw("/etc/a.json", GOOD), "path-escape"),
        (Raw("C:a.json", GOOD), "path-escape"),
        (Raw("a\\b.json", GOOD), "path-escape"),
        (Raw("a\0.json", GOOD), "path-escape"),
        (Raw("a.json", b"/etc/passwd", mode=0o120777), "path-escape"),
        (Raw("a.json", GOOD, flags=1), "encrypted-zip"),
        (Raw("a.json", GOOD, flags=1 << 6 | 1), "encrypted-zip"),
        (Raw("a.json", os.urandom(MOST_BYTES + 1)), "too-big"),
        (Raw("a.json", bytes(MOST_BYTES + 1)), "too-big"),
        (Raw("a.json", bytes(2_000_000)), "zip-bomb"),
        (Raw("a.json", bytes(10_000_000), size=100_000), "zip-bomb"),
        (Raw("a.json", bytes(10_000), size=5_000, deflated=False), "zip-bomb"),
        (Raw("a.json", GOOD, size=len(GOOD) + 1), "bad-zip"),
        (Raw("a.json", GOOD, crc=7), "bad-zip"),
    ],
)
def test_a_member_that_could_do_harm_is_one_row(tmp_path: Path, member: Raw, code: str) -> None:
    found = zipped(tmp_path, Raw("1.json", GOOD), member, Raw("2.json", GOOD))
    assert list(codes(found).values()) == [code]
    assert [one.data for one in found] == [GOOD, b"", GOOD]


def test_a_password_that_only_the_members_own_header_tells_of_is_seen(tmp_path: Path) -> None:
    whole = bytearray(raw_zip([Raw("a.json", GOOD)]))
    whole[6] |= 1
    (tmp_path / "in.zip").write_bytes(whole)
    assert codes(collect(tmp_path / "in.zip")) == {"in.zip/a.json": "encrypted-zip"}


def test_a_member_in_a_place_that_no_file_has_is_one_row(tmp_path: Path) -> None:
    far = b"\x01\x00\x08\x00" + (2**64 - 1).to_bytes(8, "little")
    whole = bytearray(raw_zip([Raw("a.json", GOOD, extra=far)]))
    place = whole.index(b"PK\x01\x02") + 42
    whole[place : place + 4] = b"\xff" * 4
    (tmp_path / "in.zip").write_bytes(whole)
    assert codes(collect(tmp_path / "in.zip")) == {"in.zip/a.json": "bad-zip"}


def test_names_with_dots_are_names(tmp_path: Path) -> None:
    names = ["a..json", "..a.json", "a../b.json", "ab:c.json", "...json"]
    assert not codes(zipped(tmp_path, *(Raw(name, GOOD) for name in names)))


def test_a_bomb_that_lies_is_cut_off(tmp_path: Path) -> None:
    bomb = [Raw(f"{at}.json", bytes(10_000_000), size=100_000) for at in range(3)]
    (tmp_path / "in.zip").write_bytes(raw_zip(bomb))
    tracemalloc.start()
    found = collect(tmp_path / "in.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert set(codes(found).values()) == {"zip-bomb"}
    assert peak < 2_000_000


def test_a_zip_that_unpacks_to_too_much_ends_in_one_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", (100, 12_000))
    found = zipped(tmp_path, *[SIZES] * 5)
    assert [len(one.data) for one in found] == [5000, 5000, 5000, 0]
    assert codes(found) == {"in.zip": "zip-bomb"}


def test_a_zip_of_too_many_members_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", (4, 10**6))
    assert codes(zipped(tmp_path, *[SIZES] * 5)) == {"in.zip": "zip-bomb"}
    assert len(zipped(tmp_path, *[SIZES] * 4)) == 4


def test_a_zip_in_a_zip_is_read_and_no_deeper(tmp_path: Path) -> None:
    inner = raw_zip([Raw("a.json", GOOD), Raw("deep.bin", raw_zip([Raw("b.json", GOOD)]))])
    found = zipped(tmp_path, Raw("in.bin", inner))
    assert (found[0].source, found[0].data) == ("in.zip/in.bin/a.json", GOOD)
    assert codes(found) == {"in.zip/in.bin/deep.bin": "zip-bomb"}


def test_a_zip_in_a_zip_may_be_bigger_than_a_submission(tmp_path: Path) -> None:
    photo = Raw("photo.jpg", os.urandom(300_000), deflated=False)
    found = zipped(tmp_path, Raw("in.bin", raw_zip([photo, Raw("a.json", GOOD)])))
    assert codes(found) == {"in.zip/in.bin/photo.jpg": "too-big"}
    assert found[1].data == GOOD


def test_a_document_is_one_file_though_it_is_a_zip(tmp_path: Path) -> None:
    (tmp_path / "answers.docx").write_bytes(OFFICE)
    (one,) = collect(tmp_path / "answers.docx")
    assert one.data == OFFICE
    (one,) = zipped(tmp_path, Raw("answers.docx", OFFICE))
    assert one.data == OFFICE


def test_two_members_of_one_name_are_two_hand_ins(tmp_path: Path) -> None:
    found = zipped(tmp_path, Raw("a.json", GOOD), Raw("a.json", b"other"))
    assert [one.data for one in found] == [GOOD, b"other"]


def test_folders_and_what_computers_add_are_passed_over(tmp_path: Path) -> None:
    names = ("a/", "__MACOSX/a/._b.json", "a/.DS_Store")
    assert zipped(tmp_path, *(Raw(name) for name in names)) == []


def test_old_programs_names_are_read(tmp_path: Path) -> None:
    (one,) = zipped(tmp_path, Raw("Zoë".encode("cp437") + b".json", GOOD))
    assert one.source == "in.zip/Zoë.json"


class Pipe(io.RawIOBase):
    """Cannot go back, so that what is written to it has its sizes behind the members."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += bytes(data)
        return len(data)


def test_what_pythons_own_zips_hold_is_read(tmp_path: Path) -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("a.json", (2026, 7, 1, 12, 0, 0)), GOOD)
        file.writestr("b.json", b"")
        file.comment = b"PK\x05\x06 is how a directory ends"
    path = tmp_path / "in.zip"
    path.write_bytes(pipe.data)
    found = collect(path)
    assert [one.data for one in found] == [GOOD, b""]
    assert found[0].received == seconds(2026, 7, 1, 12)


def test_another_way_of_packing_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("a.json", GOOD)
    assert codes(collect(tmp_path / "in.zip")) == {"in.zip/a.json": "bad-zip"}


def test_a_zip_of_more_members_than_its_end_can_count_is_read_whole() -> None:
    many = raw_zip((Raw(f"{at}", deflated=False) for at in range(70_000)), wide=False)
    assert sum(1 for _ in Archive(io.BytesIO(many), 10**6, 0).members()) == 70_000


def test_a_zip_with_places_of_64_bits_is_read(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(raw_zip([Raw("a.json", GOOD)], wide=True))
    (one,) = collect(tmp_path / "in.zip")
    assert one.data == GOOD


def test_what_stands_before_a_zip_shifts_it(tmp_path: Path) -> None:
    # It begins like a zip, as one to which another was appended.
    (tmp_path / "in.zip").write_bytes(raw_zip([Raw("x", b"x")]) + raw_zip([Raw("a.json", GOOD)]))
    (one,) = collect(tmp_path / "in.zip")
    assert one.data == GOOD


@pytest.mark.parametrize("cut", [10, 40, 60, 100])
def test_a_zip_that_is_cut_short_is_one_row(tmp_path: Path, cut: int) -> None:
    (tmp_path / "in.zip").write_bytes(raw_zip([Raw("a.json", GOOD)])[:-cut])
    assert codes(collect(tmp_path / "in.zip")) == {"in.zip": "bad-zip"}


@given(st.data())
def test_a_zip_with_any_bytes_changed_never_stops_the_run(data: st.DataObject) -> None:
    whole = bytearray(raw_zip([Raw("a.json", GOOD), Raw("b.zip", raw_zip([Raw("c", GOOD)]))]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, len(whole) - 1))
        new = data.draw(st.binary(min_size=1, max_size=8))
        whole[at : at + len(new)] = new
    walk = intake._Intake(intake.LmsNames(CLASS), BERLIN, frozenset(TIMES))
    for one in walk._any(io.BytesIO(whole), "in.zip", Place(("in.zip",))):
        assert one.refused or len(one.data) <= MOST_BYTES
