"""What a teacher sets by hand comes last, has a reason, and leaves a trail."""

from fractions import Fraction

import pytest

from tests.classroom.desk import DUE, TENTH_A_DAY, grade, hand_in, points, results, the_key
from vpnedu.classroom.grading.diffs import differences
from vpnedu.classroom.grading.overrides import Audited, audited, overridden, read_overrides
from vpnedu.classroom.grading.rules import parse_rule
from vpnedu.network.addresses import InputError

HEADER = "learner,slot,points,reason,by,date\n"
WHOLE = Fraction(23, 2)
FILES = (hand_in(at=DUE + 1), hand_in("bob.b", file="b.json", answers={"route": "east"}))


def rows(*lines: str) -> str:
    return HEADER + "".join(f"{line}\n" for line in lines)


def test_overrides_come_last_and_leave_a_trail() -> None:
    text = rows(
        "ada,truths,1/2,Copied from the board,Dr Nash,2026-12-09",
        'bob.b,,11.5,"Ill, see mail",Dr Nash,2026-12-10',
        "ada,size,1,Power cut,Dr Nash,2026-12-11",
    )
    overrides = read_overrides(text, the_key())
    before = results(FILES, TENTH_A_DAY)
    after = results(FILES, TENTH_A_DAY, overrides=overrides)
    tenth = Fraction(1, 10)
    trail = audited(before, overrides)
    assert trail == (
        Audited(
            *("ada", "truths", Fraction(9, 4), Fraction(1, 2), "Copied from the board"),
            *("Dr Nash", "2026-12-09"),
        ),
        Audited("bob.b", "", WHOLE - 1, WHOLE, "Ill, see mail", "Dr Nash", "2026-12-10"),
        Audited("ada", "size", 9 * tenth, Fraction(1), "Power cut", "Dr Nash", "2026-12-11"),
    )
    assert points(after) == WHOLE * 9 * tenth - Fraction(7, 4) + tenth
    assert grade(after).override == "truths: Copied from the board; size: Power cut"
    assert (points(after, "bob.b"), grade(after, "bob.b").override) == (WHOLE, "Ill, see mail")
    assert grade(after, "ch+3") == grade(before, "ch+3")
    assert overridden(before, overrides) == after
    moved = [(one.learner, one.slot, one.new - one.old) for one in differences(before, after)]
    assert moved == [("ada", "", tenth - Fraction(7, 4)), ("bob.b", "", 1)]


def test_who_handed_in_nothing_can_be_given_points() -> None:
    overrides = read_overrides(rows("ch+3,size,1,On paper,N,2026-12-09"), the_key())
    after = results([], overrides=overrides)
    assert points(after, "ch+3") == 1
    assert grade(after, "ch+3").counted == ()


def test_no_overrides_change_nothing() -> None:
    assert read_overrides(HEADER, the_key()) == ()
    assert overridden(results(FILES), ()) == results(FILES)


@pytest.mark.parametrize(
    ("line", "field", "rule"),
    [
        ("ada,size,1,,N,2026-12-09", "reason", "it is empty"),
        ("ada,size,1, ,N,2026-12-09", "reason", "it is empty"),
        ("ada,size,1,Why,,2026-12-09", "by", "it is empty"),
        ("ada,size,1,Why,N,", "date", "it is empty"),
        ("ada,size,,Why,N,2026-12-09", "points", "it is empty"),
        (",size,1,Why,N,2026-12-09", "learner", "it is empty"),
        ("adda,size,1,Why,N,2026-12-09", "learner", "there is no 'adda'; nearest: ada"),
        ("ada,sizes,1,Why,N,2026-12-09", "slot", "there is no 'sizes'; nearest: size"),
        ("ada,size,1.01,Why,N,2026-12-09", "points", "1.01 is not from 0 to 1"),
        ("ada,size,-1,Why,N,2026-12-09", "points", "-1 is not from 0 to 1"),
        ("ada,,11.6,Why,N,2026-12-09", "points", "11.6 is not from 0 to 11.5"),
        ("ada,size,one,Why,N,2026-12-09", "points", "write one number"),
        ("ada,size,2!,Why,N,2026-12-09", "points", "write one number"),
        (f"ada,size,{'9' * 5000},Why,N,2026-12-09", "points", "is too long a number"),
        ("ada,size,1,Why,N,9.12.2026", "date", "is no date"),
        ("ada,size,1,Why,N,20261209", "date", "is no date"),
        ("ada,size,1,Why,N,2026-02-29", "date", "is no date"),
        ("bob.b,route,1,Again,N,2026-12-09", "learner", "line 2 sets points"),
        ("bob.b,,1,And all,N,2026-12-09", "learner", "line 2 sets points"),
    ],
)
def test_a_line_that_is_wrong_is_named(line: str, field: str, rule: str) -> None:
    text = rows("bob.b,route,1,Why,N,2026-12-09", line)
    with pytest.raises(InputError) as wrong:
        read_overrides(text, the_key())
    assert wrong.value.field == f"overrides: line 3: {field}"
    assert rule in wrong.value.rule


def test_a_slot_is_not_set_beside_the_whole_grade() -> None:
    text = rows("ada,,1,All,N,2026-12-09", "ada,size,1,One,N,2026-12-09")
    with pytest.raises(InputError, match="line 2 sets points"):
        read_overrides(text, the_key())


@pytest.mark.parametrize(
    "text",
    [
        "learner,points,reason,by,date\nada,1,Why,N,2026-12-09\n",
        f"x,{HEADER}1,ada,,1,W,N,2026-12-09\n",
    ],
)
def test_a_table_with_other_columns_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="there must be learner, slot, points"):
        read_overrides(text, the_key())


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("ada,truths,1,Why,N,2026-12-09", "truths is dropped"),
        ("ada,,11,Why,N,2026-12-09", "11 is more than the total of 9"),
    ],
)
def test_what_no_longer_counts_can_not_be_set(line: str, rule: str) -> None:
    overrides = read_overrides(rows(line), the_key())
    with pytest.raises(InputError, match=f"line 2: {rule}"):
        results(FILES, rules=[parse_rule("truths:drop")], overrides=overrides)


def test_the_line_of_an_override_is_the_one_in_the_file() -> None:
    text = rows(
        "", ",,,,,", 'ada,size,1,"Why,\nand how",N,2026-12-09', "", "bob.b,size,9,Why,N,2026-12-09"
    )
    with pytest.raises(InputError, match="line 7: points: 9 is not from 0 to 1"):
        read_overrides(text, the_key())
