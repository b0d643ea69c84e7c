"""Measures of questions: equal to those worked out by hand, and to a plain way of reckoning them.

The class of five: two questions of one point, and one of two points.

    student  easy  odd  long  total      rest of easy   of odd   of long
    s0         1    1     2     4             3            3        2
    s1         1    1     0     2             1            1        2
    s2         1    0     2     3             2            3        1
    s3         0    1     0     1             1            0        1
    s4         0    0     0     0             0            0        0

Sums of squares about the mean, over 4, are the variances: of totals 10/4 = 5/2; of easy and odd
(3 - 9/5)/4 = 3/10, of long (8 - 16/5)/4 = 6/5; of the rests 13/10, 23/10 and 7/10.
Covariances with the total: easy (9 - 3*10/5)/4 = 3/4, odd (7 - 6)/4 = 1/4, long (14 - 8)/4 = 3/2;
with the rest, less the own variance: 9/20, -1/20 and 3/10.
The greatest that the same marks allow: easy (6 - 21/5)/4 = 9/20, odd (7 - 21/5)/4 = 7/10,
long (8 - 24/5)/4 = 4/5.
"""

from dataclasses import replace
from fractions import Fraction
from math import comb, sqrt
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.classroom.sat import asked, number, one, paper, sat
from vpnedu.classroom.analysing.distractors import picks_rows, wrongs_rows
from vpnedu.classroom.analysing.items import Analysis, analysed, guess, items_rows
from vpnedu.classroom.analysing.measures import adjusted, fisher, wilson
from vpnedu.classroom.analysing.variants import variants_rows
from vpnedu.classroom.grading.results import Results
from vpnedu.classroom.telling.tables import csv_text
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.inputs import Choice, Many
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.reading import read

EVERY_KIND = Path(__file__).parents[1] / "quiz" / "data" / "every-kind.toml"
QUIZ = paper((one("easy"), 1), (one("odd", "ab"), 1), (number("long"), 2))
FIVE = [("a", "a", "42"), ("a", "a", "1"), ("a", "b", "42"), ("b", "a", "84"), ("c", "b", None)]


@pytest.fixture(scope="module")
def five() -> Analysis:
    return analysed(sat(QUIZ, FIVE))


def test_the_whole_is_as_worked_out_by_hand(five: Analysis) -> None:
    # alpha = 3/2 * (1 - (3/10 + 3/10 + 6/5) / (5/2)) = 21/50, and sem² = 5/2 * 29/50 = 29/20
    assert (five.n, five.mean, five.alpha) == (5, 2.0, 0.42)
    assert five.sd == pytest.approx(sqrt(5 / 2), rel=1e-15)
    assert five.sem == pytest.approx(sqrt(29 / 20), rel=1e-15)
    assert five.few


WORKED = {
    # facility, sd, discrimination, with the total, efficiency, alpha without it, guess
    "easy": (3 / 5, 0.3**0.5, 0.45 / 0.39**0.5, 0.75**0.5, 1.0, -4 / 13, 1 / 4),
    "odd": (3 / 5, 0.3**0.5, -0.05 / 0.69**0.5, 0.25 / 0.75**0.5, -1 / 14, 16 / 23, 1 / 2),
    "long": (2 / 5, 1.2**0.5, 0.3 / 0.84**0.5, 1.5 / 3**0.5, 3 / 8, 2 / 7, None),
}


@pytest.mark.parametrize("place", range(3))
def test_each_question_is_as_worked_out_by_hand(five: Analysis, place: int) -> None:
    item = five.items[place]
    *measures, by_guessing = WORKED[item.slot]
    got = [item.facility, item.sd, item.discrimination, item.with_total, item.efficiency]
    assert [*got, item.alpha_without] == pytest.approx(measures, rel=1e-14)
    assert item.guess == by_guessing


def test_weights_go_by_the_roots_of_covariances_with_the_total(five: Analysis) -> None:
    roots = [sqrt(3 / 4), sqrt(1 / 4), sqrt(3 / 2)]
    assert [item.effective for item in five.items] == pytest.approx([r / sum(roots) for r in roots])
    assert [item.weight for item in five.items] == [1 / 4, 1 / 4, 1 / 2]


def test_blank_is_told_apart_from_wrong_and_the_27_percent_of_five_are_one(five: Analysis) -> None:
    assert [item.blank for item in five.items] == [0, 0, 1 / 5]
    # Of five, 27 % are one: s0 has everything, s4 nothing.
    assert [item.upper_lower for item in five.items] == [1, 1, 1]


def test_a_question_that_the_weaker_get_right_sends_its_teacher_to_the_key(five: Analysis) -> None:
    assert [item.flags for item in five.items] == [(), ("negative",), ()]


def test_who_ties_on_the_border_of_a_group_shares_its_last_places() -> None:
    # Totals 2, 1, 1, 1, 0, 0: of six, 27 % are two. The upper are s0 and a third of s1 to s3, of
    # whom s1 and s2 have x: (1 + 2/3)/2. The lower are s4 and s5 without x.
    rows = [("a", "a"), ("a", "b"), ("a", "b"), ("b", "a"), ("b", "b"), ("b", "b")]
    item = analysed(sat(paper((one("x"), 1), (one("y"), 1)), rows)).items[0]
    assert item.upper_lower == pytest.approx(5 / 6)


Marks = list[list[int]]


def plain(marks: Marks, worth: list[int]) -> dict[str, list[float | None]]:
    """Discrimination, efficiency and upper less lower, from the formulas and without numpy."""
    n, totals = len(marks), [sum(row) for row in marks]
    found: dict[str, list[float | None]] = {"discrimination": [], "efficiency": [], "group": []}
    for at, most in enumerate(worth):
        x = [row[at] for row in marks]
        r = [total - own for total, own in zip(totals, x, strict=True)]
        of_x, of_r = covariance(x, x), covariance(r, r)
        top = covariance(sorted(x), sorted(r))
        shared = covariance(x, r)
        found["discrimination"].append(float(shared) / sqrt(of_x * of_r) if of_x and of_r else None)
        found["efficiency"].append(float(shared / top) if top else None)
        if min(totals) == max(totals):
            found["group"].append(None)
            continue
        size = max(1, round(0.27 * n))
        ends = [mean_of_first(size, x, totals), mean_of_first(size, x, [-t for t in totals])]
        found["group"].append(float((ends[1] - ends[0]) / most))
    return found


def covariance(x: list[int], y: list[int]) -> Fraction:
    n = len(x)
    mean_x, mean_y = Fraction(sum(x), n), Fraction(sum(y), n)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / (n - 1)


def mean_of_first(size: int, x: list[int], by: list[int]) -> Fraction:
    """The mean of x over the `size` smallest, those that tie sharing what room there is."""
    border = sorted(by)[size - 1]
    below = [a for a, b in zip(x, by, strict=True) if b < border]
    on = [a for a, b in zip(x, by, strict=True) if b == border]
    return (sum(below) + Fraction(sum(on), len(on)) * (size - len(below))) / size


def class_of(marks: Marks, worth: list[int]) -> Results:
    quiz = paper(*((one(f"q{at}", "ab"), points) for at, points in enumerate(worth)))
    return sat(quiz, [["a" if mark else "b" for mark in row] for row in marks])


classes = st.integers(1, 4).flatmap(
    lambda k: st.tuples(
        st.lists(st.lists(st.booleans(), min_size=k, max_size=k), min_size=2, max_size=12),
        st.lists(st.integers(1, 5), min_size=k, max_size=k),
    )
)


@given(classes)
def test_any_class_is_measured_as_the_formulas_say(
    drawn: tuple[list[list[bool]], list[int]],
) -> None:
    right, worth = drawn
    marks = [[w * hit for w, hit in zip(worth, row, strict=True)] for row in right]
    items, expected = analysed(class_of(marks, worth)).items, plain(marks, worth)
    for at, item in enumerate(items):
        got = (item.discrimination, item.efficiency, item.upper_lower)
        wanted = tuple(expected[name][at] for name in ("discrimination", "efficiency", "group"))
        assert [g is None for g in got] == [w is None for w in wanted]
        assert [g or 0.0 for g in got] == pytest.approx([w or 0.0 for w in wanted], abs=1e-12)


@given(classes, st.integers(0, 100))
def test_the_order_of_the_class_changes_nothing(
    drawn: tuple[list[list[bool]], list[int]], seed: int
) -> None:
    results = class_of([[int(hit) for hit in row] for row in drawn[0]], drawn[1])
    mixed = list(results.grades)
    Random(seed).shuffle(mixed)
    assert analysed(replace(results, grades=tuple(mixed))) == analysed(results)


def test_points_that_are_all_worth_more_tell_apart_as_well(five: Analysis) -> None:
    more = analysed(sat(paper((one("easy"), 3), (one("odd", "ab"), 3), (number("long"), 6)), FIVE))
    for item, other in zip(five.items, more.items, strict=True):
        assert (item.discrimination, item.efficiency) == (other.discrimination, other.efficiency)
        assert item.alpha_without == other.alpha_without
        assert item.effective == pytest.approx(other.effective)
    assert more.alpha == five.alpha
    assert more.sd == pytest.approx(3 * (five.sd or 0))


def test_a_question_asked_twice_and_thrice_makes_alpha_one() -> None:
    for times in (2, 3):
        quiz = paper(*((one(f"q{at}"), 1) for at in range(times)))
        whole = analysed(sat(quiz, [["a"] * times, ["b"] * times, ["a"] * times]))
        assert (whole.alpha, whole.sem) == (1, 0)
        assert [item.discrimination for item in whole.items] == [1] * times


def test_a_question_that_all_answer_alike_has_no_discrimination_and_no_table_says_nan() -> None:
    # A third of a point is no float: rounding would make a variance of what has none.
    quiz = Paper("q", "Q", (Slot("same", (one("same"),), Fraction(1, 3)), *QUIZ.slots))
    whole = analysed(sat(quiz, [("a", *row) for row in FIVE]))
    same = whole.items[0]
    assert (same.facility, same.sd, same.discrimination, same.efficiency) == (1, 0, None, None)
    assert (same.effective, same.flags) == (0, ("easy",))
    assert "nan" not in everything(whole).lower()


def everything(whole: Analysis) -> str:
    tables = (items_rows(whole), picks_rows(whole.picks), wrongs_rows(whole.wrongs))
    return "".join(csv_text(*table) for table in (*tables, variants_rows(whole.variants)))


@pytest.mark.parametrize("rows", [[], FIVE[:1]])
def test_of_nobody_or_one_student_little_is_told_and_nothing_fails(
    rows: list[tuple[str, ...]],
) -> None:
    whole = analysed(sat(QUIZ, rows))
    assert (whole.n, whole.alpha, whole.sem) == (len(rows), None, None)
    assert all(item.discrimination is None for item in whole.items)
    assert "nan" not in everything(whole).lower()


def test_a_dropped_slot_has_no_part_in_totals_and_is_measured_against_them() -> None:
    whole = analysed(sat(QUIZ, FIVE, frozenset({"long"})))
    easy, odd, long = whole.items
    assert whole.mean == 6 / 5
    assert (long.dropped, long.weight, long.effective, long.alpha_without) == (
        True,
        None,
        None,
        None,
    )
    assert (easy.weight, odd.weight) == (1 / 2, 1 / 2)
    assert long.discrimination == long.with_total == pytest.approx(0.3 / 0.84**0.5)


def test_huge_points_do_not_overflow(five: Analysis) -> None:
    huge = 10**15
    slots = tuple(Slot(s.name, s.pool, s.points * huge) for s in QUIZ.slots)
    whole = analysed(sat(Paper("q", "Q", slots), FIVE))
    assert [i.discrimination for i in whole.items] == [i.discrimination for i in five.items]


def picked(rows: list[tuple[str, ...]]) -> dict[str, tuple[int, tuple[str, ...]]]:
    whole = analysed(sat(paper((one("x"), 1), (number("n"), 1)), rows))
    return {pick.id: (pick.chosen, pick.flags) for pick in whole.picks}


def test_a_wrong_choice_that_draws_the_stronger_makes_the_key_doubtful() -> None:
    rows = [("b", "42")] * 5 + [("a", "1")] * 5 + [("c", "1")]
    assert picked(rows) == {
        "a": (5, ()), "b": (5, ("likely-wrong-key",)), "c": (1, ()), "d": (0, ("rare",))
    }  # fmt: skip
    # Four say too little.
    assert picked(rows[1:])["b"] == (4, ())
    # Nothing is doubtful where the stronger pick what is right.
    assert picked([("a", "42")] * 5 + [("b", "1")] * 5)["b"] == (5, ())


def test_ticks_are_held_against_those_who_did_not_tick_and_by_two_errors_only() -> None:
    made = (Choice("a", "a", True, ""), Choice("b", "b", False, ""), Choice("c", "c", False, ""))
    quiz = paper((asked("ticks", Many(made)), 1), (number("n"), 1))
    strong, weak = ("a", "b"), ("a",)

    def flags(rows: list[tuple[tuple[str, ...], str]]) -> dict[str, tuple[str, ...]]:
        whole = analysed(sat(quiz, [([*ticks], got) for ticks, got in rows]))
        return {pick.id: pick.flags for pick in whole.picks}

    clear = [(strong, "42")] * 6 + [(weak, "1")] * 6
    assert flags(clear)["b"] == ("likely-wrong-key",)
    # Who leaves out what the key calls right is the stronger: that speaks against it, too.
    assert flags([(("b",), "42")] * 6 + [(("a", "b"), "1")] * 6)["a"] == ("likely-wrong-key",)
    chance = [(strong, "42")] * 3 + [(strong, "1")] * 2 + [(weak, "42")] * 2 + [(weak, "1")] * 3
    assert flags(chance) == {"a": (), "b": (), "c": ("rare",)}


def test_the_limits_of_hard_easy_guessed_and_weak_are_kept() -> None:
    # Of forty, the first are the strongest: `ladder` tells them apart.
    quiz = paper(
        (number("ladder"), 5), (number("hard"), 1), (one("guessed"), 1), (one("easy"), 1),
        (one("weak"), 1),
    )  # fmt: skip
    rows = [
        (
            "42" if at < 20 else "1",
            "42" if at < 7 else "1",
            "a" if at < 10 else "b",
            "b" if at == 30 else "a",
            "b" if at % 2 else "a",
        )
        for at in range(40)
    ]
    whole = analysed(sat(quiz, rows))
    assert not whole.few
    assert {item.slot: item.flags for item in whole.items} == {
        "ladder": (), "hard": ("hard",), "guessed": ("guessed",), "easy": ("easy",),
        "weak": ("weak",),
    }  # fmt: skip
    assert 0 < (whole.items[3].discrimination or 0) < 0.2


def test_a_question_that_goes_against_the_total_has_no_weight() -> None:
    quiz = paper((one("with"), 3), (one("against"), 1))
    whole = analysed(sat(quiz, [("a", "b"), ("a", "b"), ("b", "a"), ("b", "a")]))
    assert [(i.effective, i.negative_weight) for i in whole.items] == [(1, False), (None, True)]


def test_a_mistake_is_told_once_for_all_variants_of_a_pool() -> None:
    pool = Slot("pool", (number("n0"), number("n1")), Fraction(1))
    rows = [((0, "84"),), ((1, "84"),), ((1, "7"),)]
    whole = analysed(sat(Paper("q", "Q", (pool,)), rows))
    assert [(w.read, w.mistake, w.count) for w in whole.wrongs] == [
        ("", "twice", 2),
        ("7 B", "", 1),
    ]


def test_wrong_answers_stand_by_how_often_then_by_mistake_and_text() -> None:
    given_in = ["84", "84", "7", "7", "9", "3", "42", "what", None]
    whole = analysed(sat(paper((number("n"), 1), (one("x"), 1)), [(g, "a") for g in given_in]))
    assert [(w.read, w.mistake, w.count, w.n) for w in whole.wrongs] == [
        ("7 B", "", 2, 9), ("84 B", "twice", 2, 9), ("3 B", "", 1, 9), ("9 B", "", 1, 9)
    ]  # fmt: skip
    assert whole.items[0].invalid == 1 / 9


def pool_of_two(first: int, second: int, each: int = 20) -> Analysis:
    """Two variants, each given to so many, of whom so many get it right."""
    pool = Slot("pool", (one("v0"), one("v1")), Fraction(1))
    rows = [
        ((variant, "a" if at < right else "b"),)
        for variant, right in enumerate((first, second))
        for at in range(each)
    ]
    return analysed(sat(Paper("q", "Q", (pool,)), rows))


def test_a_variant_that_is_harder_than_its_pool_is_told() -> None:
    whole = pool_of_two(18, 5)
    assert [v.differs for v in whole.variants] == [True, True]
    assert "variants" in whole.items[0].flags
    assert (whole.variants[0].facility, whole.variants[0].n) == (0.9, 20)


def test_chances_are_adjusted_over_all_variants_of_the_quiz() -> None:
    pool = Slot("pool", (one("v0"), one("v1"), one("v2")), Fraction(1))
    rows = [
        ((variant, "a" if at < right else "b"),)
        for variant, right in enumerate((18, 10, 8))
        for at in range(20)
    ]
    whole = analysed(sat(Paper("q", "Q", (pool,)), rows))
    alone = [fisher(18, 20, 18, 40), fisher(10, 20, 26, 40), fisher(8, 20, 28, 40)]
    assert [v.chance for v in whole.variants] == adjusted(alone) != alone


def test_variants_that_chance_explains_and_those_too_few_got_are_not_told() -> None:
    assert not any(v.differs for v in pool_of_two(15, 12).variants)
    assert [v.chance for v in pool_of_two(19, 0, 19).variants] == [None, None]


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_fishers_test_adds_up_what_is_no_likelier(a: int, n: int, b: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    ways = [comb(n, k) * comb(m, a + b - k) for k in range(max(0, a + b - m), min(n, a + b) + 1)]
    own = comb(n, a) * comb(m, b)
    exact = sum(way for way in ways if way <= own) / sum(ways)
    assert fisher(a, n, b, m) == pytest.approx(exact, rel=1e-6)


def test_fishers_test_bears_a_class_of_a_hundred_thousand() -> None:
    assert fisher(0, 50_000, 50_000, 50_000) == 0
    assert fisher(25_000, 50_000, 25_000, 50_000) == pytest.approx(1)


def test_the_chances_of_many_tests_grow_and_keep_their_order() -> None:
    # 0.005 * 4/1, 0.01 * 4/2, 0.03 * 4/3, 0.5 * 4/4; the first two then the same.
    assert adjusted([0.5, 0.01, 0.005, 0.03]) == pytest.approx([0.5, 0.02, 0.02, 0.04])


def test_wilsons_bounds_of_none_and_all_stay_inside() -> None:
    # 0 of 10: from 0 to z²/(n + z²).
    z = 1.959963984540054
    assert wilson(Fraction(0), 10) == pytest.approx((0, z * z / (10 + z * z)), abs=1e-15)
    assert wilson(Fraction(10), 10) == pytest.approx((10 / (10 + z * z), 1))


@pytest.fixture(scope="module")
def every_kind() -> Bank:
    return read(EVERY_KIND.read_text(encoding="utf-8"), "every-kind")


def test_every_kind_of_question_is_analysed_and_blank_picks_nothing(every_kind: Bank) -> None:
    quiz = Paper.of(every_kind)
    right = [question.answer.key for question in every_kind.questions]
    whole = analysed(sat(quiz, [right, right, [None] * len(right)]))
    assert all(item.facility == pytest.approx(2 / 3) for item in whole.items)
    assert {pick.share for pick in whole.picks if pick.right} == {2 / 3}
    assert {pick.chosen for pick in whole.picks if not pick.right} == {0}
    inputs = {q.answer.name: guess(q.answer) for q in every_kind.questions}
    # Four of 128 bytes are right; each item has three options.
    assert (inputs["byte"], inputs["pairs"]) == (Fraction(4, 128), Fraction(1, 3))
    assert {name for name, share in inputs.items() if share is None} == {
        "many", "number", "typed", "order"
    }  # fmt: skip
