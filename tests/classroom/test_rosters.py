"""A roster is read whole or refused with the line that a teacher finds in an editor."""

import pytest

from vpnedu.classroom.issuing.rosters import Learner, read_roster
from vpnedu.network.addresses import InputError


def test_a_roster_tells_who_is_in_the_class() -> None:
    text = "\ufeffID;Name;moodle;room\nada;Ada, L.;77;3\nben;;;\n"
    assert read_roster(text) == (Learner("ada", "Ada, L.", moodle="77"), Learner("ben"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id,name\nbad id,x\n", 2),
        ("id,name\n\n\nada,b\n\nbad id,c\n", 6),
        ('id,name\nada,"x\ny"\nbad id,z\n', 4),
        ('id,name\nada,"x\r\n\r\ny"\r\nada,z\r\n', 5),
        ("id,name\nada,b\n,\n,\nbad id,c\n", 5),
        ("id,name\n\nada,b\n\n\nada,b,c\n", 6),
        ('id,name\n\nada,b\n\n"ben,c\n', 5),
    ],
)
def test_what_is_wrong_is_told_with_the_line_it_stands_in(text: str, line: int) -> None:
    with pytest.raises(InputError) as wrong:
        read_roster(text)
    assert f"line {line}" in str(wrong.value)


def test_rows_that_excel_left_empty_are_nobody() -> None:
    assert read_roster("id,name\nada,x\n,\n , \n") == (Learner("ada", "x"),)
    with pytest.raises(InputError, match="there is nobody in it"):
        read_roster("id,name\n,\n")


@pytest.mark.parametrize("name", ["con", "NUL", "nul.x", "com1", "LPT9.b.c", "a.", "aux."])
def test_an_id_that_windows_can_have_no_file_of_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"roster: line 3: .*Windows can't have a file"):
        read_roster(f"id\nada\n{name}\n")


@pytest.mark.parametrize("name", ["conrad", "com", "com10", "a.con", "null", "1.a", "aux-1"])
def test_an_id_that_only_looks_like_one_is_taken(name: str) -> None:
    assert read_roster(f"id\n{name}\n") == (Learner(name),)
