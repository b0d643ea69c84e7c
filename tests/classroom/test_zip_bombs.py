"""A bomb of zips is one row, whoever packed it and however, and costs nobody else a file."""

import os
from pathlib import Path

import pytest

from tests.classroom.collecting import GOOD, codes, collect
from tests.classroom.raw_zips import Raw, raw_zip
from vpnedu.classroom.collecting import intake

ZEROS = raw_zip([Raw(f"{at}.json", bytes(255_000)) for at in range(60)])
SMALL = raw_zip([Raw(f"{at}.json", os.urandom(9)) for at in range(300)])
BOMBS = {
    "zips of zeros": raw_zip([Raw(f"{at}.zip", ZEROS) for at in range(20)]),
    "zeros": ZEROS,
    "zips of many files": raw_zip([Raw(f"{at}.zip", SMALL) for at in range(4)]),
    "many files": raw_zip([Raw(f"{at}.json") for at in range(1001)]),
    "zips of too many files": raw_zip(
        [Raw(f"{at}.zip", raw_zip([Raw(f"{n}") for n in range(1001)])) for at in range(9)]
    ),
    "zips in zips in zips": raw_zip(
        [Raw(f"{at}.zip", raw_zip([Raw("b.zip", ZEROS)] * 9)) for at in range(9)]
    ),
    "many lines": raw_zip([Raw("a.jsonl", b"[\n" * 1001)]),
    "files that each are too much": raw_zip(
        [Raw(f"{at}.json", bytes(2_000_000)) for at in range(9)]
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_a_folder_is_one_row_and_what_lies_beside_it_is_read(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    for file, data in {"a.json": GOOD, "bomb.zip": BOMBS[name], "c.json": GOOD}.items():
        (tmp_path / "in" / file).write_bytes(data)
    found = collect(tmp_path / "in")
    assert [one.data for one in found] == [GOOD, b"", GOOD]
    assert codes(found) == {"in/bomb.zip": "zip-bomb"}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_a_platforms_zip_is_one_row_of_whoever_handed_it_in(
    name: str, tmp_path: Path
) -> None:
    mine = "Ada Lovelace_777_assignsubmission_file_"
    bomb = Raw(f"{mine}/bomb.zip", BOMBS[name], deflated=False)
    (tmp_path / "all.zip").write_bytes(raw_zip([Raw("a.json", GOOD), bomb, Raw("c.json", GOOD)]))
    found = collect(tmp_path / "all.zip")
    assert [one.data for one in found] == [GOOD, b"", GOOD]
    assert codes(found) == {f"all.zip/{mine}/bomb.zip": "zip-bomb"}
    assert found[1].owner == "ada"


def test_what_is_good_beside_files_that_unpack_to_too_much_is_read(tmp_path: Path) -> None:
    white = [Raw(f"{at}.bmp", bytes(2_000_000)) for at in range(3)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.zip").write_bytes(raw_zip([*white, Raw("a.json", GOOD)]))
    found = collect(tmp_path / "in")
    assert [one.data for one in found] == [b"", GOOD]
    assert codes(found) == {"in/mine.zip": "zip-bomb"}


def test_an_honest_zip_of_photos_and_zips_is_read_whole(tmp_path: Path) -> None:
    photos = [Raw(f"{at}.jpg", os.urandom(300_000), deflated=False) for at in range(4)]
    inner = raw_zip([*photos, Raw("a.json", GOOD)])
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.zip").write_bytes(raw_zip([Raw("in.zip", inner), *photos]))
    found = collect(tmp_path / "in")
    assert [one.data for one in found if not one.refused] == [GOOD]
    assert set(codes(found).values()) == {"too-big"}


def test_what_one_student_packs_uses_up_nothing_of_what_others_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST", (100, 300_000))
    large = raw_zip([Raw("photo.jpg", os.urandom(300_000), deflated=False)])
    members = [Raw(f"{at}.zip", large, deflated=False) for at in range(3)]
    (tmp_path / "all.zip").write_bytes(raw_zip([*members, Raw("z.json", GOOD)]))
    found = collect(tmp_path / "all.zip")
    assert found[-1].data == GOOD
    assert "zip-bomb" not in codes(found).values()
