"""A graded quiz from the command line: issue, rehearse, grade, regrade, hand grades on."""

import csv
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PLAN = """
title = "Week 3"
[[slot]]
questions = ["policy-based/web-page"]
[[slot]]
generator = "tcp-mss"
pool = 4
points = 2
[[slot]]
generator = "ike-order"
pool = 3
"""
ROSTER = "id;Name;username;canvas\n" + "".join(
    f"s{place};Student {place};u{place};{50 + place}\n" for place in range(12)
)
POLICY = """
due = 2030-01-01T12:00:00Z
pick = "best"
"""


@dataclass(frozen=True)
class Class:
    """A folder in which a quiz was issued, and in which an invented class handed in."""

    folder: Path

    @property
    def key(self) -> Path:
        return self.folder / "out" / "teacher" / "key.json"

    @property
    def came_in(self) -> Path:
        return self.folder / "in"


@pytest.fixture(scope="module")
def made(vpnedu: Run, tmp_path_factory: pytest.TempPathFactory) -> Class:
    folder = tmp_path_factory.mktemp("class")
    (folder / "week3.toml").write_text(PLAN, encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
    issued = vpnedu(
        "quiz", "issue", folder / "week3.toml", "--roster", folder / "roster.csv",
        "--policy", folder / "policy.toml", "--out", folder / "out",
    )  # fmt: skip
    assert (issued.code, issued.err) == (0, "")
    assert "12 forms" in issued.out
    key = folder / "out/teacher/key.json"
    assert vpnedu("quiz", "rehearse", "--key", key, "--out", folder / "in").code == 0
    return Class(folder)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_issuing_tells_which_questions_anyone_can_look_up(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    again = vpnedu("quiz", "issue", "--key", made.key, "--out", tmp_path)
    assert "has them with answers: web-page\n" in again.out


def test_the_same_key_makes_the_same_forms_byte_by_byte(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    assert vpnedu("quiz", "issue", "--key", made.key, "--out", tmp_path).code == 0
    assert files(tmp_path / "forms") == files(made.folder / "out" / "forms")
    assert len(files(tmp_path / "forms")) == 12


def test_a_key_is_never_written_over(vpnedu: Run, made: Class) -> None:
    before = made.key.read_bytes()
    done = vpnedu(
        "quiz", "issue", "policy-based", "--roster", made.folder / "roster.csv",
        "--out", made.folder / "out",
    )  # fmt: skip
    assert done.code == 2
    assert "is the key of another issue" in done.err
    assert made.key.read_bytes() == before


def test_forms_hold_nothing_of_the_key_and_the_audit_says_so(vpnedu: Run, made: Class) -> None:
    forms = made.folder / "out" / "forms"
    done = vpnedu("quiz", "audit", forms, "--key", made.key)
    assert done.code == 0
    assert done.out.endswith("12 files looked at; found: 0, not opened: 0\n")
    leaking = vpnedu("quiz", "audit", made.folder / "out", "--key", made.key)
    assert leaking.code == 1
    assert "teacher/key.json: the key's secret" in leaking.out


def test_grading_twice_gives_the_same_bytes(vpnedu: Run, made: Class, tmp_path: Path) -> None:
    words = ("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path)
    assert vpnedu(*words).code == 0
    first = files(tmp_path)
    assert vpnedu(*words).code == 0
    assert files(tmp_path) == first
    assert sum(name.startswith("feedback/s") for name in first) == 12
    assert {row["status"] for row in rows(tmp_path / "grades.csv")} == {"graded"}


def test_a_run_that_was_broken_off_goes_on_where_it_was(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    words = ("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path)
    vpnedu(*words)
    whole = files(tmp_path)
    (tmp_path / "feedback" / "s3.html").unlink()
    before = (tmp_path / "feedback" / "s4.html").stat().st_ino
    (tmp_path / "feedback" / "s5.html").write_text("damaged", encoding="utf-8")
    (tmp_path / "feedback" / "s6.html.part").write_text("half a p", encoding="utf-8")
    vpnedu(*words)
    assert files(tmp_path) == whole
    # A page that is as it was is not written again.
    assert (tmp_path / "feedback" / "s4.html").stat().st_ino == before


def test_a_record_of_a_run_that_is_damaged_is_said_in_one_line(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    for text in ("{", "[]", '{"issue":' + "9" * 5000):
        (tmp_path / "run.json").write_text(text)
        done = vpnedu("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path)
        assert (done.code, "run.json: is damaged" in done.err, done.err.count("\n")) == (2, True, 1)


def graded(vpnedu: Run, made: Class, came_in: Path, out: Path) -> dict[str, set[str]]:
    """Grade, and give the codes of quarantine and flags by file."""
    assert vpnedu("quiz", "grade", came_in, "--key", made.key, "--out", out).code == 0
    found: dict[str, set[str]] = {}
    for row in (*rows(out / "quarantine.csv"), *rows(out / "flags.csv")):
        found.setdefault(Path(row["file"]).name, set()).add(row["code"])
    return found


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("changed byte", {"bad-digest", "changed-file"}),
        ("opened and saved", {"repaired", "changed-file"}),
        ("taken away", {"gone"}),
        ("replaced", {"replaced"}),
    ],
)
def test_what_happens_to_a_file_after_it_was_collected_is_seen(
    what: str, codes: set[str], vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    came_in, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(made.came_in, came_in)
    assert graded(vpnedu, made, came_in, out) == {}
    file = came_in / "week3.s5.1.vpnq.json"
    text = file.read_text(encoding="utf-8")
    if what == "changed byte":
        file.write_text(text.replace('"app":"rehearsal"', '"app":"rehearsel"'), encoding="utf-8")
    elif what == "opened and saved":
        file.write_text(json.dumps(json.loads(text), indent=1), encoding="utf-8")
    elif what == "replaced":
        other = tmp_path / "other"
        vpnedu("quiz", "rehearse", "--key", made.key, "--out", other, "--seed", 2)
        (came_in / "week3.s5.1.vpnq (1).json").write_bytes((other / file.name).read_bytes())
        file.unlink()
    else:
        file.unlink()
    assert graded(vpnedu, made, came_in, out) == {file.name: codes}


def test_a_friends_form_and_a_swapped_one_are_seen(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    came_in = tmp_path / "in"
    for canvas, whose in ((51, "s1"), (52, "s1"), (53, "s3")):
        # As Canvas names them: s2 (52) hands in what s1 made.
        name = f"student_{canvas}_900_week3.{whose}.1.vpnq.json"
        came_in.mkdir(exist_ok=True)
        (came_in / name).write_bytes((made.came_in / f"week3.{whose}.1.vpnq.json").read_bytes())
    archive = shutil.make_archive(str(tmp_path / "canvas"), "zip", came_in)
    found = graded(vpnedu, made, Path(archive), tmp_path / "out")
    friend = found["student_52_900_week3.s1.1.vpnq.json"]
    assert {"id-mismatch", "shared-form"} <= friend
    assert "shared-form" in found["student_51_900_week3.s1.1.vpnq.json"]
    assert not found.get("student_53_900_week3.s3.1.vpnq.json", set()) & {"id-mismatch"}


def test_a_ledger_that_was_changed_stops_the_run(vpnedu: Run, made: Class, tmp_path: Path) -> None:
    graded(vpnedu, made, made.came_in, tmp_path)
    ledger = tmp_path / "ledger.jsonl"
    lines = ledger.read_text(encoding="utf-8").splitlines()
    ledger.write_text("\n".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    done = vpnedu("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path)
    assert done.code == 2
    assert "ledger: line 3: does not follow line 2" in done.err


def test_a_regrade_tells_what_changed_and_touches_nothing(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    graded(vpnedu, made, made.came_in, tmp_path / "first")
    before = files(tmp_path)
    words = ("quiz", "regrade", made.came_in, "--key", made.key, "--out", tmp_path / "second")
    done = vpnedu(*words, "--rule", "web-page:full", "--rule", "tcp-mss:drop", "--no-lower")
    assert done.code == 0
    assert {name: data for name, data in files(tmp_path).items() if name in before} == before
    changes = rows(tmp_path / "second" / "diff.csv")
    assert {row["slot"] for row in changes} <= {"web-page", "tcp-mss", ""}
    assert {row["of"] for row in rows(tmp_path / "second" / "grades.csv")} == {"2"}
    again = vpnedu(*words, "--rule", "web-page:full")
    assert (again.code, "is not empty" in again.err) == (2, True)


def test_what_is_set_by_hand_leaves_a_trail(vpnedu: Run, made: Class, tmp_path: Path) -> None:
    table = tmp_path / "overrides.csv"
    table.write_text(
        "learner,slot,points,reason,by,date\ns1,,4,Oral exam,Mr X,2026-12-03\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    words = ("--key", made.key, "--overrides", table, "--out", out)
    assert vpnedu("quiz", "grade", made.came_in, *words).code == 0
    [trail] = rows(out / "overrides.csv")
    assert (trail["id"], trail["after"], trail["reason"]) == ("s1", "4", "Oral exam")
    grades = {row["id"]: row for row in rows(out / "grades.csv")}
    assert (grades["s1"]["points"], "Oral exam" in grades["s1"]["override"]) == ("4", True)


def test_grades_go_to_moodle_and_into_canvas_own_export(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    graded(vpnedu, made, made.came_in, out)
    points = {row["id"]: row["points"] for row in rows(out / "grades.csv")}
    words = ("quiz", "gradebook", out, "--key", made.key)
    assert vpnedu(*words, "--for", "moodle", "--out", tmp_path / "m.csv").code == 0
    moodle = {row["username"]: row["grade"] for row in rows(tmp_path / "m.csv")}
    assert moodle == {f"u{name[1:]}": grade for name, grade in points.items()}
    template = tmp_path / "export.csv"
    lines = ["Student,ID,SIS User ID,Week 3 (77)", "    Points Possible,,,4"]
    lines += [f"Student {place},{50 + place},s{place}," for place in range(12)]
    template.write_text("\n".join(lines) + "\n", encoding="utf-8")
    more = ("--template", template, "--column", "Week 3", "--out", tmp_path / "c.csv")
    assert vpnedu(*words, "--for", "canvas", *more).code == 0
    filled = {row["SIS User ID"]: row["Week 3 (77)"] for row in rows(tmp_path / "c.csv")}
    assert {name: filled[name] for name in points} == points


def test_a_strict_export_writes_nothing_where_something_is_lost(
    vpnedu: Run, tmp_path: Path
) -> None:
    words = ("quiz", "export", "route-based", "--to", "gift", "--out", tmp_path)
    done = vpnedu(*words, "--strict")
    assert (done.code, files(tmp_path)) == (1, {})
    assert "lost: " in done.out
    assert vpnedu(*words).code == 0
    assert list(files(tmp_path)) == ["route-based.gift.txt"]


def test_what_was_exported_comes_back_as_a_bank(vpnedu: Run, tmp_path: Path) -> None:
    vpnedu("quiz", "export", "route-based", "--to", "moodle", "--out", tmp_path)
    bank = tmp_path / "back.toml"
    words = ("quiz", "import", tmp_path / "route-based.xml", "--from", "moodle", "--out", bank)
    done = vpnedu(*words)
    assert (done.code, "questions" in done.out) == (0, True)
    again = vpnedu(*words)
    assert (again.code, "is there already" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("issue", "policy-based"), "--out: is missing"),
        (("issue", "--out", "x"), "QUIZ, --roster: are needed"),
        (("issue", "policy-based", "--key", "k", "--out", "x"), "tells quiz, roster and policy"),
        (("export", "policy-based", "--to", "scorm"), "there is no 'scorm'; there are moodle"),
        (("export", "nothing", "--to", "gift"), "quiz: 'nothing' is no file"),
        (("export", "policy-based", "--to", "gift", "--moodle", "4.1"), "is for --to moodle"),
        (("import", "x", "--from", "word", "--out", "y"), "there is no 'word'"),
        (("audit", "x", "--key", "nowhere.json"), "nowhere.json"),
        (("grade", "x", "--key", "nowhere.json", "--out", "y"), "nowhere.json"),
    ],
)
def test_what_is_wrong_is_one_line(words: tuple[str, ...], said: str, vpnedu: Run) -> None:
    done = vpnedu("quiz", *words)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1


def test_grading_into_the_graded_folder_is_refused(vpnedu: Run, made: Class) -> None:
    out = made.came_in / "out"
    done = vpnedu("quiz", "grade", made.came_in, "--key", made.key, "--out", out)
    assert (done.code, "choose a folder beside it" in done.err, out.exists()) == (2, True, False)


def test_feedback_follows_what_changed_since_it_was_written(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    words = ("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path / "out")
    vpnedu(*words)
    roster = tmp_path / "roster.csv"
    roster.write_text(
        ROSTER.replace("Student 3;", "Zoë Renamed;").replace("s4;Student 4;u4;54\n", ""),
        encoding="utf-8",
    )
    vpnedu(*words, "--roster", roster)
    pages = files(tmp_path / "out" / "feedback")
    assert "Zoë Renamed".encode() in pages["s3.html"]
    assert "s4.html" not in pages


def test_grades_of_another_quiz_are_not_mixed_in(vpnedu: Run, made: Class, tmp_path: Path) -> None:
    vpnedu("quiz", "grade", made.came_in, "--key", made.key, "--out", tmp_path / "out")
    other = tmp_path / "other"
    roster = made.folder / "roster.csv"
    vpnedu("quiz", "issue", "policy-based", "--roster", roster, "--out", other)
    key = other / "teacher" / "key.json"
    for words in (
        ("grade", made.came_in, "--out", tmp_path / "out"),
        ("gradebook", tmp_path / "out", "--for", "moodle", "--out", tmp_path / "m.csv"),
    ):
        done = vpnedu("quiz", *words, "--key", key)
        assert (done.code, "holds the grades of week3" in done.err) == (2, True)


def test_a_folder_that_is_a_file_is_said_in_one_line(vpnedu: Run, made: Class) -> None:
    file = made.folder / "roster.csv"
    done = vpnedu("quiz", "grade", made.came_in, "--key", made.key, "--out", file)
    assert (done.code, "Traceback" in done.err, done.err.count("\n")) == (2, False, 1)


def test_grading_what_holds_no_file_is_an_error_and_writes_nothing(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    came_in = tmp_path / "in"
    (came_in / "Ada_1_assignsubmission_file_").mkdir(parents=True)
    (came_in / ".DS_Store").touch()
    words = ("--key", made.key, "--out", tmp_path / "out")
    for done in (
        vpnedu("quiz", "grade", came_in, *words),
        vpnedu("quiz", "regrade", came_in, *words, "--rule", "web-page:full"),
    ):
        assert (done.code, "there is no file in it to grade" in done.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_platforms_zip_in_a_folder_is_pointed_out_and_many_are_counted(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    came_in = tmp_path / "in"
    came_in.mkdir()
    for place in range(5):
        name = f"week3.s{place}.1.vpnq.json"
        with zipfile.ZipFile(came_in / f"{place}.ZIP", "w") as archive:
            archive.write(made.came_in / name, name)
    done = vpnedu("quiz", "grade", came_in, "--key", made.key, "--out", tmp_path / "out")
    assert done.out.count("the times in it are not believed") == 3
    assert "So do 2 more zips." in done.out


def test_who_sent_a_file_that_can_not_be_read_is_not_told_that_nothing_came(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "canvas.zip", "w") as archive:
        archive.writestr("student_53_900_week3.s3.1.vpnq.json", "{")
    out = tmp_path / "out"
    vpnedu("quiz", "grade", tmp_path / "canvas.zip", "--key", made.key, "--out", out)
    status = {row["id"]: row["status"] for row in rows(out / "grades.csv")}
    assert (status["s3"], status["s4"]) == ("in quarantine", "missing")
    [bad] = rows(out / "quarantine.csv")
    assert (bad["id"], bad["code"]) == ("s3", "not-json")
    page = (out / "feedback" / "s3.html").read_text(encoding="utf-8")
    assert "A file came under your name" in page


def test_an_audit_that_found_no_file_does_not_say_that_nothing_was_found(
    vpnedu: Run, made: Class, tmp_path: Path
) -> None:
    done = vpnedu("quiz", "audit", tmp_path, "--key", made.key)
    assert (done.code, "there is no file in it to look at" in done.err) == (2, True)


def test_an_audit_does_not_pass_a_key_on_paper(vpnedu: Run, made: Class, tmp_path: Path) -> None:
    vpnedu("quiz", "export", made.folder / "week3.toml", "--to", "pdf", "--out", tmp_path)
    done = vpnedu("quiz", "audit", tmp_path, "--key", made.key)
    assert (done.code, "week3.key.pdf: web-page: explanation" in done.out) == (1, True)
