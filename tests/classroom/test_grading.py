"""Grades follow from what the files hold alone, and never from the order in which they come."""

import ast
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.classroom.class_of import class_of
from tests.classroom.desk import (
    DAY,
    DUE,
    HOUR,
    TENTH_A_DAY,
    flags,
    grade,
    hand_in,
    points,
    results,
    the_key,
)
from tests.classroom.malformed import KINDS, MENDED, PARTLY, REFUSED
from tests.classroom.sample_class import SAMPLE
from vpnedu.classroom.collecting.intake import Collected, collected
from vpnedu.classroom.grading.codes import CODES, FLAGS
from vpnedu.classroom.grading.desk import graded
from vpnedu.classroom.grading.policies import UTC, Policy
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.strict import Unreadable

WHOLE = Fraction(23, 2)
WRONG = {"route": "east", "size": "1453"}  # two points less
LESS = {"route": "east"}  # one point less
LATE = f"{TENTH_A_DAY}\n"

GUIDE = """too-big, not-utf8, not-json, dup-key, nan, too-deep, bad-schema, unknown-quiz, stale-rev,
bad-tag, bad-digest, unknown-slot, bad-type, missing-learner, not-on-roster, zip-bomb, path-escape,
encrypted-zip, empty""".replace("\n", " ").split(", ")


def test_everyone_on_the_roster_gets_a_grade_blank_or_not() -> None:
    of = results([hand_in("bob.b", answers={"truths": None})])
    assert [one.learner.id for one in of.grades] == ["ada", "bob.b", "ch+3"]
    assert [one.points for one in of.grades] == [0, 9, 0]
    assert [one.counted for one in of.grades] == [(), (0,), ()]
    assert (of.total, of.quarantined, of.flags) == (WHOLE, (), ())


def test_a_class_with_every_malformation_gets_the_points_that_are_known(tmp_path: Path) -> None:
    sample = class_of(3 * len(KINDS), 5, dict.fromkeys(KINDS, 2 / 3 / len(KINDS)))
    assert set(sample.kinds.values()) == set(KINDS)
    paths = sample.write_folder(tmp_path / "in")
    items = list(collected(paths, sample.learners, UTC, ()))
    of = graded(items, sample.key, Policy())
    found = {one.learner.id: one.points if one.graded else None for one in of.grades}
    assert found == sample.truth
    assert Counter(one.code for one in of.quarantined) == sample.expected
    assert len({one.source for one in of.quarantined}) == len(of.quarantined)
    mended = sum(kind in MENDED for kind in sample.kinds.values())
    noted = [flag for flag in of.flags if flag.code == "repaired"]
    assert len(noted) == mended - 3 * 2  # another name, or a zip around it, is no repair
    random.Random(2).shuffle(items)
    assert graded(items, sample.key, Policy()) == of


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_files_changes_nothing(seed: int) -> None:
    policy = LATE.replace("[late]", 'attempts = 3\npick = "average"\n[late]')
    items = [
        *(hand_in(at=DUE + late, file=f"{late}.json", saved=str(late)) for late in (1, 2 * DAY, 5)),
        hand_in(at=None, file="mail.json", saved="m", answers=WRONG),
        hand_in(at=DUE, file="copy.json", saved="5"),
        hand_in("bob.b", at=DUE, file="b.json"),
        hand_in("bob.b", at=DUE, file="c.json", owner="ch+3"),
        Collected("junk.json", b"{", DUE, "lms"),
        Collected("junk.json", b"", DUE, "lms"),
        hand_in("ch+3", file="d.json", answers={"route": 7}),
    ]
    of = results(items, policy)
    random.Random(seed).shuffle(items)
    assert results(items, policy) == of


def test_a_garbage_file_changes_no_grade() -> None:
    good = [hand_in(), hand_in("bob.b", file="b.json", answers=WRONG)]
    before = results(good)
    refused = Collected("bomb.zip", refused=Unreadable("zip-bomb", "would unpack to too much"))
    garbage = [Collected("x", b"\xff"), refused, Collected("y", hand_in().data[:-9])]
    after = results([*garbage, *good])
    assert after.grades == before.grades
    assert [(one.source, one.code) for one in after.quarantined] == [
        *(("bomb.zip", "zip-bomb"), ("x", "not-utf8"), ("y", "not-json"))
    ]
    assert not any(one.graded for one in after.quarantined)


def test_a_partly_bad_file_is_one_row_and_keeps_its_good_slots() -> None:
    bad = hand_in(answers={"truths": "west", "steps": ["hello"] * 2, "size": 1456})
    of = results([bad])
    assert points(of) == WHOLE - Fraction(5, 2) - 1 - 1
    (row,) = of.quarantined
    assert (row.code, row.graded) == ("bad-type", True)
    assert [name for name in ("truths", "steps", "size", "route") if name in row.rule] == [
        *("truths", "steps", "size")
    ]


def test_a_hand_in_is_graded_under_the_name_that_the_platform_tells() -> None:
    of = results([hand_in("ada", owner="bob.b", answers=WRONG)])
    assert (points(of, "ada"), points(of, "bob.b")) == (0, WHOLE - 2)
    assert flags(of, "bob.b") == ["id-mismatch"]
    assert flags(of, "ada") == []


def test_a_form_that_came_under_two_names_is_told_at_both() -> None:
    mine = hand_in("ada", file="ada.json")
    for other in (hand_in("ada", file="bob.json", owner="bob.b"),
                  hand_in("ada", file="bob.json", owner="bob.b", answers=WRONG)):  # fmt: skip
        of = results([mine, other])
        assert flags(of, "ada") == ["shared-form"]
        assert flags(of, "bob.b") == ["id-mismatch", "shared-form"]
        assert points(of, "ada") == WHOLE


def test_an_owner_without_a_form_is_put_aside_with_the_file() -> None:
    of = results([hand_in(owner="ghost")])
    assert [one.code for one in of.quarantined] == ["not-on-roster"]
    assert points(of) == 0


def test_copies_of_a_file_are_graded_once_and_by_the_best_clock() -> None:
    copies = [
        hand_in(at=DUE - HOUR, file="usb.json", clock="file"),
        hand_in(at=DUE + 1, file="second.json"),
        hand_in(at=DUE, file="first.json"),
        hand_in(at=None, file="unknown.json"),
    ]
    of = results(copies, TENTH_A_DAY)
    assert [one.source for one in grade(of).graded] == ["first.json"]
    assert points(of) == WHOLE
    assert flags(of) == ["duplicate"] * 3
    assert all("one of 4 copies" in flag.words for flag in of.flags)
    assert {flag.source for flag in of.flags} == {"usb.json", "second.json", "unknown.json"}


SEVERAL = [
    hand_in(at=DUE - 9, file="a.json", saved="a", answers=LESS),  # 21/2
    hand_in(at=DUE - 8, file="b.json", saved="b", answers=WRONG),  # 19/2
    hand_in(at=DUE + 7, file="c.json", saved="c"),  # 23/2, less a tenth
]


@pytest.mark.parametrize(
    ("pick", "attempts", "counted", "worth"),
    [
        ("latest", "", (2,), WHOLE * 9 / 10),
        ("first", "", (0,), WHOLE - 1),
        ("best", "", (2,), WHOLE * 9 / 10),
        ("average", "", (0, 1, 2), (2 * WHOLE - 3 + WHOLE * 9 / 10) / 3),
        ("latest", "attempts = 2", (1,), WHOLE - 2),
        ("best", "attempts = 2", (0,), WHOLE - 1),
        ("average", "attempts = 2", (0, 1), WHOLE - Fraction(3, 2)),
    ],
)
def test_the_policy_picks_what_counts_and_then_takes_lateness_off(
    pick: str, attempts: str, counted: tuple[int, ...], worth: Fraction
) -> None:
    policy = LATE.replace("[late]", f'pick = "{pick}"\n{attempts}\n[late]')
    of = results(SEVERAL, policy)
    assert (grade(of).counted, points(of)) == (counted, worth)
    assert [one.source for one in grade(of).graded] == ["a.json", "b.json", "c.json"]
    assert flags(of).count("several") == 1
    assert flags(of).count("too-many") == (1 if attempts else 0)
    assert flags(of).count("late") == 1


def test_of_equally_good_hand_ins_the_first_counts_and_an_unknown_time_comes_first() -> None:
    same = [
        hand_in(at=at, file=f"{name}.json", saved=name)
        for name, at in (("late", DUE + 9), ("z", DUE), ("y", DUE), ("mail", None))
    ]
    of = results(same, 'pick = "best"')
    assert [one.source for one in grade(of).graded] == [
        *("mail.json", "y.json", "z.json", "late.json")
    ]
    assert grade(of).counted == (0,)
    assert grade(results(same, 'pick = "latest"')).counted == (3,)


def test_what_comes_after_the_cutoff_never_counts_and_takes_nothing_away() -> None:
    policy = LATE.replace("[late]", 'cutoff = "2026-12-02 23:59"\n[late]')
    late = hand_in(at=DUE + DAY + 1, file="late.json", saved="late")
    alone = results([late], policy)
    assert (points(alone), grade(alone).counted) == (0, ())
    assert grade(alone).graded[0].worth == 0
    assert flags(alone) == ["after-cutoff"]
    assert points(results([hand_in(answers=WRONG), late], policy)) == WHOLE - 2


def test_how_late_and_what_is_kept_is_told() -> None:
    of = results([hand_in(at=DUE + DAY + HOUR)], TENTH_A_DAY)
    (flag,) = of.flags
    assert (flag.code, flag.source) == ("late", "a.json")
    assert flag.words == "1 day 1 h; it keeps 4/5 of its points"
    (one,) = grade(of).graded
    assert (one.late, one.share, one.worth) == (DAY + HOUR, Fraction(4, 5), WHOLE * 4 / 5)


def test_a_time_that_nothing_tells_is_flagged() -> None:
    assert flags(results([hand_in(at=None)], TENTH_A_DAY)) == ["no-time"]
    of = results([hand_in(at=None, late=True)], TENTH_A_DAY)
    assert (flags(of), points(of)) == (["late", "no-time"], WHOLE * 9 / 10)


def test_a_mark_of_the_platform_that_the_clock_does_not_bear_out_is_flagged() -> None:
    of = results([hand_in(at=DUE, late=True)], TENTH_A_DAY)
    assert (flags(of), points(of)) == (["late-mark"], WHOLE)


@pytest.mark.parametrize("late", [0, 1, DAY, 3 * DAY, 40 * DAY])
def test_nothing_is_worth_more_than_its_points_nor_more_for_being_later(late: int) -> None:
    now = results([hand_in(at=DUE + late, answers=LESS)], TENTH_A_DAY)
    later = results([hand_in(at=DUE + late + DAY, answers=LESS)], TENTH_A_DAY)
    (one,) = grade(now).graded
    assert one.points == WHOLE - 1
    assert 0 <= one.worth <= one.points
    assert points(later) <= points(now)


def test_points_are_the_scores_times_what_the_slots_are_worth() -> None:
    ticked = {"truths": ["table"], "partners": {"ike": "agree"}, "steps": None}
    of = results([hand_in(answers=ticked)])
    slots = the_key().paper.slots
    (one,) = grade(of).graded
    told = [slot.points * got.mark.score for slot, got in zip(slots, one.responses, strict=True)]
    assert one.points == sum(told)
    assert one.points == WHOLE - Fraction(5, 4) - Fraction(2, 3) - 1


def test_points_are_exact_whatever_a_score_is_divided_by() -> None:
    def slot(right: int) -> Slot:
        choices = tuple(Choice(f"c{at}", f"C {at}", True, "Yes.") for at in range(right))
        question = replace(SAMPLE["TRUTHS"], id=f"of-{right}", answer=Many(choices))
        return Slot(question.id, (question,), Fraction(1, 3))

    key = replace(the_key(), paper=Paper("week 3", "W", tuple(map(slot, (7, 17, 19)))))
    ticked = {f"of-{right}": ["c0", "c1"] for right in (7, 17, 19)}
    of = graded([hand_in(key=key, answers=ticked)], key, Policy())
    assert points(of) == (Fraction(2, 7) + Fraction(2, 17) + Fraction(2, 19)) / 3


def test_what_a_file_claims_of_points_is_not_read() -> None:
    of = results([hand_in(body={"points": "100"})])
    assert [one.code for one in of.quarantined] == ["bad-schema"]


def raised() -> set[str]:
    """Every code that the sources put a file into quarantine with."""
    root = Path(__file__).parents[2] / "vpnedu"
    found = set()
    for path in (*(root / "classroom").rglob("*.py"), root / "quiz" / "strict.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            if isinstance(name, ast.Name) and name.id in ("Unreadable", "Problem"):
                code = node.args[0]  # type: ignore[attr-defined]
                found |= {leaf.value for leaf in ast.walk(code) if isinstance(leaf, ast.Constant)}
    return found


def test_every_code_of_quarantine_is_explained_and_raised_somewhere() -> None:
    # In `submissions` two codes are told apart before they are raised.
    assert raised() | {"missing-learner", "bad-schema"} == CODES.keys()
    assert set(GUIDE) <= CODES.keys()
    planted = {kind.code for kind in (REFUSED | PARTLY).values()}
    assert set(GUIDE) <= planted


def test_every_flag_that_is_raised_is_explained() -> None:
    sources = (Path(__file__).parents[2] / "vpnedu" / "classroom").rglob("*.py")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sources}
    told = texts["desk.py"] + texts["diffs.py"] + texts["ledger.py"]
    assert [code for code in FLAGS if f'"{code}"' not in told] == []
    of = results([*SEVERAL, hand_in("bob.b", at=None, owner="ch+3")], LATE)
    assert {flag.code for flag in of.flags} <= FLAGS.keys()


def test_a_file_by_anothers_name_does_not_take_the_place_of_their_own() -> None:
    blank = {slot.name: None for slot in the_key().paper.slots}
    own = hand_in("bob.b", at=DUE - 10, file="bob.json")
    strange = hand_in("ada", at=DUE - 1, file="z.json", owner="bob.b", answers=blank)
    alone, both = results([strange]), results([own, strange])
    assert grade(both, "bob.b").points == grade(results([own]), "bob.b").points > 0
    assert [one.source for one in grade(both, "bob.b").graded]
    assert "id-mismatch" in {flag.code for flag in both.flags}
    assert grade(alone, "bob.b").counted == (0,)


def test_a_file_by_anothers_name_gives_nothing_to_who_came_after_the_cutoff() -> None:
    closed = f"{TENTH_A_DAY}".replace("[late]", 'cutoff = "2026-12-02 23:59"\n[late]')
    own = hand_in("bob.b", at=DUE + 3 * DAY, file="bob.json")
    strange = hand_in("ada", at=DUE - 1, file="z.json", owner="bob.b")
    both = results([own, strange], closed)
    assert (grade(both, "bob.b").points, grade(both, "bob.b").counted) == (0, ())


def test_who_sent_a_file_under_a_name_that_is_nobodys_is_asked_for() -> None:
    of = results([hand_in("ada", stranger="Mallory (999)")])
    assert flags(of) == ["unknown-owner"]
    assert "Mallory (999)" in of.flags[0].words
    assert points(of) == points(results([hand_in("ada")])) > 0
