"""A student's page: all that is the student's own, nothing of anybody else, and no live text."""

import re
from dataclasses import replace
from fractions import Fraction
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.classroom.sat import number, one, paper, sat
from vpnedu.classroom.grading.results import Grade, Results
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.classroom.telling.feedback import Telling, feedback_html
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.reading import read

EVERY_KIND = Path(__file__).parents[1] / "quiz" / "data" / "every-kind.toml"
QUIZ = paper((one("pick"), 2), (number(), 1))
TELLING = Telling(ZoneInfo("Europe/Zurich"))


def words(html: str) -> str:
    """What the page says, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html.partition("<body>")[2])).split())


def page(results: Results, grade: Grade | None = None, telling: Telling = TELLING) -> str:
    return feedback_html(results.key, grade or results.grades[0], telling)


def test_it_tells_what_was_picked_what_is_right_and_why() -> None:
    said = words(page(sat(QUIZ, [("b", "84")])))
    assert "choice b ✕ your answer says b" in said
    assert "choice a ✓ right answer says a" in said
    assert "says c" not in said
    assert "Your answer: 84 (read as 84 B) You counted both ends. The right answer: 42 B" in said
    assert "0 of 3 points" in said
    assert said.count("So it is.") == 2


def test_what_is_right_is_not_told_twice() -> None:
    said = words(page(sat(QUIZ, [("a", "42")])))
    assert "✓ your answer says a" in said
    assert "right answer says" not in said


def test_blank_and_unread_answers_are_told_apart() -> None:
    said = words(page(sat(QUIZ, [(None, "some")])))
    assert "– not answered · 0 of 2" in said
    assert "! could not be read · 0 of 1" in said
    assert "You wrote some . It could not be read: write one number" in said


def test_questions_and_choices_stand_in_the_order_of_the_students_own_form() -> None:
    quiz = paper(*((one(f"q{at}"), 1) for at in range(6)))
    results = sat(quiz, [["b"] * 6, ["b"] * 6])
    orders = []
    for grade in results.grades:
        html = page(results, grade)
        form = Form(results.key, grade.learner)
        for slot in form_data(form)["slots"]:
            ids = form.ids(form.slot_labels.index(slot["slot"]))
            orders.append([ids[choice["id"]] for choice in slot["choices"]])
        asked = [f"q{place}" for place in form.order()]
        assert re.findall("What of <em>(q.)</em>", html) == asked
        assert re.findall("choice ([abcd])", html) == [c for o in orders[-6:] for c in o]
    assert orders[:6] != orders[6:]


def test_how_the_grade_came_about_is_told() -> None:
    results = sat(QUIZ, [("a", "42")])
    [grade], day = results.grades, 86_400
    first = replace(grade.graded[0], received=1_796_165_940, digest="f" * 64)
    late = replace(first, received=first.received + day, share=Fraction(9, 10), late=day)
    told = replace(grade, graded=(first, late), counted=(1,), points=Fraction(27, 10))
    said = words(page(results, told))
    assert (
        "Tuesday 1 December 2026, 23:59 (Europe/Zurich, UTC+1) ZZZZ-ZZZZ-ZZ 3 in time 3 no" in said
    )
    assert "1 day late: 90 % is left 2.7 yes" in said
    assert "Your grade 2.7 of 3 points 90 %" in said
    said = words(page(results, replace(told, override="ill <b>", points=Fraction(3))))
    assert "Your teacher set this grade by hand: ill <b>" in said


def test_where_several_count_each_is_shown() -> None:
    results = sat(QUIZ, [("a", "42"), ("b", "42")])
    both = tuple(grade.graded[0] for grade in results.grades)
    told = replace(results.grades[0], graded=both, counted=(0, 1), points=Fraction(2))
    said = words(page(results, told))
    assert "Of 2 hand-ins that count, the grade is their mean." in said
    assert "hand-in 2 of 2 that count" in said


def test_without_a_submission_the_page_says_so() -> None:
    results = sat(QUIZ, [])
    none = Grade(results.key.learners[0], (), (), Fraction(0))
    said = words(page(results, none))
    assert "No file of yours could be graded" in said
    assert "Question 1" not in said
    unread = words(page(results, none, replace(TELLING, unread={none.learner.id})))
    assert "A file came under your name, and could not be read." in unread
    came = replace(sat(QUIZ, [("a", "42")]).grades[0], counted=(), points=Fraction(0))
    assert "arrived, and none of it counts" in words(page(results, came))


def test_nothing_of_the_rest_of_the_class_is_on_it() -> None:
    results = sat(QUIZ, [("a", "42"), ("b", "1")])
    learners = tuple(replace(one, email=f"{one.id}@x.example") for one in results.key.learners)
    key = replace(results.key, learners=learners)
    alone = sat(QUIZ, [("a", "42")])
    html = feedback_html(key, results.grades[0], TELLING)
    assert html == feedback_html(alone.key, alone.grades[0], TELLING)
    assert "mean" not in words(html)
    assert key.secret.hex() not in html
    assert "Name 1" not in html


def test_the_classs_mean_is_told_only_if_a_teacher_gives_it() -> None:
    html = page(sat(QUIZ, [("a", "42")]), telling=replace(TELLING, mean=Fraction(3, 2)))
    assert "The class’s mean 1.5 points" in words(html)


def test_a_name_and_an_answer_that_are_html_stay_text() -> None:
    results = sat(QUIZ, [("a", "<script>alert(1)</script>")])
    evil = replace(results.grades[0], learner=Learner("s0", "<script>alert(2)</script>"))
    html = page(results, evil)
    assert "<script" not in html
    assert "<script>alert(1)</script>" in words(html)
    assert "<script>alert(2)</script> (s0)" in words(html)


def test_a_dropped_question_counts_for_nobody() -> None:
    said = words(page(sat(QUIZ, [("a", "1")]), telling=replace(TELLING, dropped={"number"})))
    assert "not right · counts for nobody" in said
    assert "of 2 points" in said


def test_a_picture_of_the_key_stands_at_its_question_with_the_look_of_figures() -> None:
    results = sat(QUIZ, [("a", "42")])
    assert "vpn-figure svg" not in page(results)
    drawn = '<vpn-figure still><div class="scene">a drawing</div></vpn-figure>'
    html = feedback_html(
        replace(results.key, pictures={("pick", 0): drawn}), results.grades[0], TELLING
    )
    assert html.count(drawn) == 1
    assert "vpn-figure svg" in html


@pytest.mark.parametrize("answered", ["right", "nothing"])
def test_every_kind_of_question_tells_what_is_right(answered: str) -> None:
    bank = read(EVERY_KIND.read_text(encoding="utf-8"), "every-kind")
    keys = [question.answer.key for question in bank.questions]
    row = keys if answered == "right" else [None] * len(keys)
    results = sat(Paper.of(bank), [row])
    html = page(results)
    said = words(html)
    status = "✓ right · 1 of 1" if answered == "right" else "– not answered · 0 of 1"
    assert said.count(status) == len(keys)
    for wanted in ("156 B", "udp/4500", "bytes 20 to 23" if answered == "nothing" else "byte 20"):
        assert wanted in said
    assert html == page(results)
    # Who is right is told so once; what is wrong gets its feedback at its place.
    assert said.count("The right answer: bytes 20 to 23") == (answered == "nothing")
    steps = next(q.answer.steps for q in bank.questions if q.answer.name == "order")
    for step in steps:
        assert (step.says in said) == (answered == "nothing")


def test_a_title_that_is_html_stays_text() -> None:
    results = sat(Paper("q", "Week <b>3</b>", QUIZ.slots), [("a", "42")])
    assert "<b>" not in page(results)
    assert words(page(results)).startswith("Week <b>3</b> Name 0")
