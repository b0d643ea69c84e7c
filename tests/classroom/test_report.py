"""The teacher's page: what the class did, what to look at, and nothing that runs."""

import re
from dataclasses import replace
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from tests.classroom.sat import number, one, paper, sat
from vpnedu.classroom.analysing.items import analysed
from vpnedu.classroom.grading.codes import CODES, FLAGS
from vpnedu.classroom.grading.results import Flag, Grade, Quarantined, Results
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.classroom.telling import report
from vpnedu.classroom.telling.report import report_html
from vpnedu.quiz.paper import Paper, Slot

QUIZ = paper((one("pick"), 2), (number(), 1))
# Who gets the number right picks "b", which the key calls wrong.
ROWS = [("b", "42")] * 6 + [("a", "84")] * 5 + [("c", None)]
ZURICH = ZoneInfo("Europe/Zurich")


def page(results: Results) -> str:
    return report_html(results, analysed(results), zone=ZURICH)


def words(html: str) -> str:
    """What the page says, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html.partition("<body>")[2])).split())


def test_the_summary_counts_who_handed_in_who_was_late_and_who_did_not() -> None:
    results = sat(QUIZ, ROWS)
    first, second, third, *rest = results.grades
    late = replace(second, graded=(replace(second.graded[0], late=60),))
    grades = (first, late, Grade(third.learner, (), (), Fraction(0)), *rest)
    said = words(page(replace(results, grades=grades)))
    assert "Handed in, and counts 11 of 12 10 in time Late 1 Nothing that counts 1" in said
    # Four get one point, five two, one nothing and the late one a point: 15 of 33.
    assert "Mean grade 1.36 of 3 Median grade 1" in said


def test_a_doubtful_key_is_what_to_look_at_first() -> None:
    html = page(sat(QUIZ, ROWS))
    first = words(html).partition("What to look at first")[2]
    assert first.startswith(" 1. pick : look at the key: a wrong choice drew stronger students")
    assert "choice b 50 % 6 1.00 draws stronger students than what the key calls right" in words(
        html
    )
    assert "84 B 42 % 5 2.00 twice : You counted both ends." in words(html)


def test_a_small_class_is_told_that_it_is_one_and_a_large_one_is_not() -> None:
    assert "Too few. With fewer than 30 students" in words(page(sat(QUIZ, ROWS)))
    assert "Too few." not in words(page(sat(QUIZ, ROWS * 3)))


def test_every_code_stands_with_what_to_do() -> None:
    results = sat(QUIZ, ROWS)
    quarantined = tuple(Quarantined(f"in/{code}", code, "why") for code in CODES)
    flags = tuple(Flag("s0", f"in/{code}", code, "what") for code in FLAGS)
    said = words(page(replace(results, quarantined=quarantined, flags=flags)))
    for code, meaning in (*CODES.items(), *FLAGS.items()):
        assert f"in/{code} {code} wh" in said
        assert meaning in said


def test_variants_that_differ_are_told_and_the_rest_counted() -> None:
    pool = Slot("pool", (one("v0"), one("v1")), Fraction(1))
    rows = [((at % 2, "a" if at % 2 or at < 4 else "b"),) for at in range(60)]
    said = words(page(sat(Paper("q", "Q", (pool,)), rows)))
    assert "2 of its 2 variants went to at least 20 students; 2 of them differ" in said
    assert "variant 0 30 7 %" in said


def test_the_worst_comes_first_and_what_was_marked_in_part_is_no_lost_file() -> None:
    quiz = paper((one("easy"), 1), (one("pick"), 2), (number(), 1))
    results = sat(quiz, [("a", *row) for row in ROWS])
    part = Quarantined("in/part", "bad-type", "why", graded=True)
    said = words(page(replace(results, quarantined=(part, Quarantined("in/x", "nan", "why")))))
    assert "Files that could not be marked 1" in said
    first = said.partition("What to look at first")[2].partition("Questions")[0]
    assert first.index("2. pick") < first.index("1. easy")


def test_of_a_pool_of_different_choices_only_what_is_flagged_is_shown() -> None:
    pool = Slot("pool", (one("v0", "abc"), one("v1", "abd")), Fraction(1))
    quiz = Paper("q", "Q", (pool, *paper((number(), 1)).slots))
    calm = words(page(sat(quiz, [((at % 2, "a"), "42") for at in range(20)])))
    assert "What was picked in 2 other variants stands in choices.csv." in calm
    assert "What was picked in question 1" not in calm
    rows = [((1, "b"), "42")] * 6 + [((1, "a"), "1")] * 6 + [((0, "a"), "42")] * 6
    said = words(page(sat(quiz, rows)))
    assert "What was picked in question 1, variant 1" in said
    assert "What was picked in 1 other variant stands in choices.csv." in said


def test_names_files_and_reasons_that_are_html_stay_text() -> None:
    evil = "<script>alert(1)</script>"
    results = sat(QUIZ, ROWS)
    grades = tuple(
        replace(grade, learner=Learner(grade.learner.id, evil), override=evil)
        for grade in results.grades
    )
    html = page(
        replace(
            results,
            grades=grades,
            quarantined=(Quarantined(evil, evil, evil),),
            flags=(Flag(evil, evil, evil, evil),),
        )
    )
    assert "<script" not in html
    assert words(html).count(evil) == 2 * len(ROWS) + 3 + 4 + 2  # the codes are counted above too


class Strict(HTMLParser):
    """Every element closed in turn, no id twice, and every link to a part of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if "id" in named:
            self.ids.append(named["id"] or "")
        if "href" in named:
            self.links.append(named["href"] or "")
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS])
def test_the_page_is_whole_asks_for_nothing_and_is_the_same_again(
    rows: list[tuple[str, ...]],
) -> None:
    results = sat(QUIZ, rows)
    html, seen = page(results), Strict()
    seen.feed(html)
    assert seen.open == []
    assert len(set(seen.ids)) == len(seen.ids)
    assert {link[1:] for link in seen.links} <= set(seen.ids)
    assert "default-src 'none'" in html
    assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert "nan" not in words(html).split()
    assert html == page(results)


def test_a_table_too_long_for_a_page_says_where_the_rest_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report, "MOST_ROWS", 4)
    said = words(page(sat(QUIZ, ROWS)))
    assert "These are the first 4 of 12; grades.csv has all." in said
    assert "s3 Name 3" in said
    assert "s4 Name 4" not in said
