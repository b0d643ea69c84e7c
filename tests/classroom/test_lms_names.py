"""Whose work it is, is told by what a platform wrote, and by nothing that a student can write."""

import json
from pathlib import Path

import pytest

from tests.classroom.collecting import GOOD, collect, zipped
from tests.classroom.raw_zips import Raw, raw_zip
from vpnedu.classroom.collecting.lms_names import Handed, LmsNames
from vpnedu.classroom.issuing.rosters import Learner

MOODLE, CANVAS = "_777_assignsubmission_file_", "_12345_67890_week3.json"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("Ada Lovelace_777_assignsubmission_file_/week3.json", "ada"),
        ("Ada Lovelace_777_assignsubmission_file/week3.json", "ada"),
        ("Ada Lovelace_777_assignsubmission_file_week3.json", "ada"),
        ("Ada Lovelace_777_assignsubmission_onlinetext_/onlinetext.html", "ada"),
        ("Ada Lovelace_777_assignsubmission_file_/deep/er/week3.json", "ada"),
        ("Course/Somebody Else_777_assignsubmission_file_/week3.json", "ada"),
        ("Robert OHara_888_assignsubmission_file_/week3.json", "bob"),
        ("OHARA Robert_888_assignsubmission_file_/week3.json", "bob"),
        ("van der Berg Zoe\u0308_9_assignsubmission_file_/week3.json", "zoe"),
        ("Ann Lee_888_assignsubmission_file_/week3.json", ""),
        ("Participant_888_assignsubmission_file_/week3.json", ""),
        ("Robert OHara/week3.json", ""),
        ("whoever_12345_67890_week3.json", "ada"),
        ("whoever_12345_text.html", "ada"),
        ("ohararobert_4_67890_week3-1.json", "bob"),
        ("vanderbergzoë_5_6_week3_7_8_x.json", "zoe"),
        ("leeann_5_6_week3.json", ""),
        ("anon_AbC12_67890_week3.json", ""),
        ("notes_2026.json", ""),
    ],
)
def test_names_that_platforms_give_tell_whose_it_is(tmp_path: Path, name: str, owner: str) -> None:
    (one,) = zipped(tmp_path, Raw(name, GOOD))
    assert (one.owner, one.late) == (owner, False)


@pytest.mark.parametrize("name", ["lovelaceada_LATE_12345_6_a.json", "LATE_anon_xY1_6_a.json"])
def test_a_mark_of_lateness_is_kept(tmp_path: Path, name: str) -> None:
    (one,) = zipped(tmp_path, Raw(name, GOOD))
    assert one.late


def test_a_student_cannot_hand_in_for_another_by_a_name(tmp_path: Path) -> None:
    inside = Raw(f"Ada Lovelace{MOODLE}/lovelaceada_LATE{CANVAS}", GOOD)
    for outside in ("Robert OHara_888_assignsubmission_file_", "ohararobert_4_6_x.zip"):
        name = outside if outside.endswith("zip") else f"{outside}/x.zip"
        (one,) = zipped(tmp_path, Raw(name, raw_zip([inside])))
        assert (one.owner, one.late) == ("bob", False)


def test_a_folder_that_is_named_itself_tells_its_owner(tmp_path: Path) -> None:
    (tmp_path / f"Ada{MOODLE}").mkdir()
    (tmp_path / f"Ada{MOODLE}" / "a.json").write_bytes(GOOD)
    assert collect(tmp_path / f"Ada{MOODLE}")[0].owner == "ada"


def test_copies_are_passed_over_for_those_who_handed_in(tmp_path: Path) -> None:
    found = zipped(
        tmp_path,
        Raw("ohararobert_4_61_week3.bob.1.vpnq-1.json", GOOD),
        Raw("ohararobert_4_62_week3.bob.1.copy-1.txt", b"copy"),
        Raw("lovelaceada_12345_63_week3.bob.1.copy.txt", b"copy"),
        Raw("Zoë van der Berg_9_assignsubmission_file_/week3.zoe.1.copy.html", b"copy"),
        Raw("Zoë van der Berg_9_assignsubmission_file_/week3.zoe.1.vpnq.json.txt", GOOD),
    )
    assert [one.owner for one in found] == ["bob", "ada", "zoe"]
    assert [one.data for one in found] == [GOOD, b"copy", GOOD]


@pytest.mark.parametrize(
    "own", ["x_1_assignsubmission_file_.json", "x_888_assignsubmission_file_y"]
)
def test_canvas_decides_whatever_a_student_calls_a_file(own: str, tmp_path: Path) -> None:
    (one,) = zipped(tmp_path, Raw(f"lovelaceada_LATE_12345_9_{own}", GOOD))
    assert (one.owner, one.late) == ("ada", True)
    (one,) = zipped(tmp_path, Raw(f"LATE_anon_a1B2_9_{own}", GOOD))
    assert (one.owner, one.late) == ("", True)


def test_moodle_decides_whatever_a_student_calls_a_file(tmp_path: Path) -> None:
    (one,) = zipped(tmp_path, Raw("Robert OHara_888_assignsubmission_file_a_12345_9_b.json", GOOD))
    assert one.owner == "bob"


@pytest.mark.parametrize(
    ("name", "stranger"),
    [
        ("Mallory Unknown_999_assignsubmission_file_/week3.json", "Mallory Unknown (999)"),
        ("unknownmallory_999_67890_week3.json", "unknownmallory (999)"),
        ("Ann Lee_888_assignsubmission_file_/week3.json", "Ann Lee (888)"),
        ("Ada Lovelace_1_assignsubmission_file_/week3.json", ""),
        ("anon_AbC12_67890_week3.json", ""),
        ("week3.ada.1.vpnq.json", ""),
    ],
)
def test_who_can_not_be_told_by_the_roster_is_named(
    name: str, stranger: str, tmp_path: Path
) -> None:
    (one,) = zipped(tmp_path, Raw(name, GOOD))
    assert one.stranger == stranger


def test_where_a_platform_hides_names_or_the_roster_has_none_nobody_is_a_stranger() -> None:
    hidden = ["Participant_888_assignsubmission_file_"]
    assert LmsNames([Learner("bob", "Robert O'Hara")]).handed(hidden).stranger == ""
    assert LmsNames([Learner("bob", moodle="887")]).handed(hidden).stranger
    named = ["Robert OHara_888_assignsubmission_file_"]
    assert LmsNames([Learner("bob")]).handed(named) == Handed()


def test_an_owner_in_a_line_who_is_not_in_the_class_is_a_stranger(tmp_path: Path) -> None:
    line = {"text": GOOD.decode(), "owner": "mallory"}
    (tmp_path / "all.jsonl").write_text(json.dumps(line))
    (one,) = collect(tmp_path / "all.jsonl")
    assert (one.owner, one.stranger) == ("", "mallory")
