"""Grades for Moodle, and for Canvas by filling what Canvas exported."""

from dataclasses import replace

import pytest

from vpnedu.classroom.telling.gradebook import GradeRow, canvas_grades, moodle_grades
from vpnedu.classroom.telling.tables import read_csv
from vpnedu.network.addresses import InputError

ADA = GradeRow("ada", "Ada Lovelace", "ada@example.org", "ada", "S1", "7.5", "10", "Well done")
BOB = GradeRow("bob", "Bob Ross", "bob@example.org", "bross", "S2", "6", "10", "")

EXPORT = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (11),Quiz 2 (12),Current Score\r\n"
    ",,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,10.0,10,(read only)\r\n"
    '"Lovelace, Ada",101,S1,ada,"A, and B",,3,"1,5"\r\n'
    '"Ross, Bob",102,S2,bross,A,5.0,,\r\n'
    '"Student, Test",103,,9f3c,A,,,\r\n'
)


def filled(
    *rows: GradeRow, column: str = "Quiz 1", template: str = EXPORT
) -> tuple[str, list[str]]:
    text, notes = canvas_grades(template, rows, column)
    return text, list(notes)


def scores(text: str, column: str = "quiz 1 (11)") -> dict[str, str]:
    return {row["student"].strip(): row[column] for row in read_csv(text)}


def test_moodle_gets_all_names_it_may_ask_for() -> None:
    formula = replace(BOB, feedback="=1+1", grade="")
    assert moodle_grades([ADA, formula]) == (
        "username,idnumber,email,grade,feedback\n"
        "ada,S1,ada@example.org,7.5,Well done\n"
        "bross,S2,bob@example.org,,'=1+1\n"
    )


def test_one_column_changes_and_every_other_byte_stays() -> None:
    text, _ = filled(ADA, BOB)
    assert text == EXPORT.replace('"A, and B",,3', '"A, and B",7.5,3').replace(",A,5.0", ",A,6")


def test_nothing_changes_where_nothing_is_given() -> None:
    waiting = replace(ADA, grade="")
    text, notes = filled(waiting)
    assert text == EXPORT
    assert notes == [
        "Ada Lovelace (ada): has no grade yet; left as it is",
        "Ross, Bob: in the export, but without a grade here",
    ]


def test_a_score_that_is_lost_is_told_and_one_that_stays_is_not() -> None:
    assert filled(ADA, BOB)[1] == ["Bob Ross (bob): 5.0 in the export becomes 6"]
    assert filled(ADA, replace(BOB, grade="5"))[1] == []


def test_who_is_on_one_side_only_is_told() -> None:
    eve = GradeRow("eve", "Eve", "eve@example.org", "eve", "S9", "1", "10", "")
    text, notes = filled(ADA, eve)
    assert notes == [
        "Eve (eve): not in the export",
        "Ross, Bob: in the export, but without a grade here",
    ]
    assert scores(text)["Ross, Bob"] == "5.0"


@pytest.mark.parametrize(
    "known",
    [
        GradeRow("x", "Somebody", "", "", "S1", "9", "10", ""),
        GradeRow("S1", "Somebody", "", "", "", "9", "10", ""),
        GradeRow("x", "Somebody", "", "ADA", "", "9", "10", ""),
        GradeRow("101", "Somebody", "", "", "", "9", "10", ""),
        GradeRow("x", "ada  lovelace", "", "", "", "9", "10", ""),
        GradeRow("x", "Lovelace, Ada", "", "", "", "9", "10", ""),
        # A number of the school comes before all else.
        GradeRow("bob", "Bob Ross", "", "bross", "S1", "9", "10", ""),
    ],
)
def test_a_student_is_found_by_number_login_id_or_name(known: GradeRow) -> None:
    assert scores(filled(known)[0])["Lovelace, Ada"] == "9"
    assert scores(filled(known)[0])["Ross, Bob"] == "5.0"


def test_an_address_is_a_login_too() -> None:
    template = EXPORT.replace("S1,ada", ",ada@example.org")
    assert scores(filled(replace(ADA, name=""), template=template)[0])["Lovelace, Ada"] == "7.5"


def test_a_name_that_two_students_have_finds_neither() -> None:
    template = EXPORT.replace('"Ross, Bob"', '"Lovelace, Ada"')
    nameless = GradeRow("x", "Ada Lovelace", "", "", "", "9", "10", "")
    text, notes = filled(nameless, template=template)
    assert text == template
    assert notes[0] == "Ada Lovelace (x): several students in the export fit"


def test_two_rows_for_one_student_fill_nothing() -> None:
    again = replace(ADA, learner="ada2", grade="1")
    text, notes = filled(ADA, again)
    assert scores(text)["Lovelace, Ada"] == ""
    assert [note.split(":")[0] for note in notes[:2]] == [
        "Ada Lovelace (ada)",
        "Ada Lovelace (ada2)",
    ]


def test_another_total_is_told() -> None:
    rows = [replace(row, out_of="20") for row in (ADA, BOB)]
    note = "Canvas has 'Quiz 1' out of 10.0, the grades are out of 20"
    assert note in filled(*rows)[1]
    with pytest.raises(InputError, match="out of 10 and 20"):
        filled(ADA, rows[1])


@pytest.mark.parametrize("column", ["Quiz 1 (11)", "quiz 1", " Quiz 1 "])
def test_a_column_is_known_with_and_without_its_number(column: str) -> None:
    assert scores(filled(ADA, column=column)[0])["Lovelace, Ada"] == "7.5"


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("Quiz 3", "has no 'Quiz 3'; there are Student, ID, .*Quiz 2"),
        ("Section", "tells who a student is"),
        ("Current Score", "reckoned by Canvas"),
    ],
)
def test_a_column_that_takes_no_grades_is_refused(column: str, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        filled(ADA, column=column)


def test_two_assignments_of_one_name_need_their_numbers() -> None:
    template = EXPORT.replace("Quiz 2", "Quiz 1")
    with pytest.raises(InputError, match="'Quiz 1' is there 2 times"):
        filled(ADA, template=template)
    text, _ = filled(ADA, template=template, column="Quiz 1 (12)")
    assert scores(text, "quiz 1 (12)")["Lovelace, Ada"] == "7.5"


def test_a_new_column_comes_last_with_its_points() -> None:
    text, notes = canvas_grades(EXPORT, [ADA, BOB], "Week 3, forms", create=True)
    lines = text.splitlines()
    assert lines[0].endswith(',Current Score,"Week 3, forms"')
    assert lines[2].endswith(",(read only),10")
    assert lines[3].endswith(',"1,5",7.5')
    assert notes == ()
    with pytest.raises(InputError, match="like a formula"):
        canvas_grades(EXPORT, [ADA], "=1", create=True)


def test_semicolons_commas_in_numbers_and_an_open_last_line_stay() -> None:
    template = (
        "Student;ID;SIS Login ID;Section;Quiz 1 (11)\n    Points Possible;;;;10,0\n"
        '"Ross, Bob";102;bross;"say ""so""";6,0'
    )
    text, notes = filled(BOB, template=template)
    assert text == template.replace("6,0", "6")
    assert notes == []


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("", "the export is empty"),
        ("Name,Grade\nAda,1\n", "no gradebook exported by Canvas"),
        (EXPORT + "x,y\r\n", "row 7: it has 2 cells, and the header has 8"),
        (EXPORT + '"x\r\n', "row 7: a quote in it has no partner"),
    ],
)
def test_what_is_no_export_is_refused(template: str, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        filled(ADA, template=template)


@pytest.mark.parametrize("grade", ["-1", "1e3", "=1", "7,5", "nan", " "])
def test_a_grade_is_a_plain_decimal(grade: str) -> None:
    with pytest.raises(InputError, match=r"ada: grade is .*; write a decimal"):
        replace(ADA, grade=grade)
