"""Moodle XML that others wrote: what comes over, what is lost, and files that mean harm."""

import time
from fractions import Fraction
from itertools import permutations

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.imported import Imported
from vpnedu.quiz.imports.moodle import read
from vpnedu.quiz.inputs import Many, One, Order
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import grade
from vpnedu.quiz.typed import Typed


def answer(share: str, text: str, says: str = "", more: str = "") -> str:
    told = f"<feedback format='html'><text>{says}</text></feedback>"
    return f"<answer fraction='{share}'><text>{text}</text>{told}{more}</answer>"


def question(kind: str, *parts: str, text: str = "Which?", form: str = "html") -> str:
    shown = f"<questiontext format='{form}'><text><![CDATA[{text}]]></text></questiontext>"
    inside = "".join(parts)
    return f"<question type='{kind}'><name><text>q</text></name>{shown}{inside}</question>"


def quiz(*questions: str) -> Imported:
    return read(f"<?xml version='1.0' encoding='UTF-8'?><quiz>{''.join(questions)}</quiz>")


def what(imported: Imported) -> str:
    return "\n".join(str(loss) for loss in imported.losses)


def test_shares_of_their_own_become_net_marks_and_that_is_told() -> None:
    parts = (answer("60", "a"), answer("40", "b"), answer("-10", "c"))
    imported = quiz(question("multichoice", "<single>false</single>", *parts))
    assert isinstance(imported.questions[0].answer, Many)
    assert "its shares become others" in what(imported)
    thirds = ("33.33333", "33.33333", "33.33333", "-33.33333")
    parts = tuple(answer(share, f"t{n}") for n, share in enumerate(thirds))
    assert "shares" not in what(quiz(question("multichoice", "<single>0</single>", *parts)))


def test_choices_that_are_not_shuffled_stay_in_order() -> None:
    parts = ("<shuffleanswers>0</shuffleanswers>", answer("100", "a"), answer("0", "b"))
    (one,) = quiz(question("multichoice", *parts)).questions
    assert isinstance(one.answer, One)
    assert one.answer.ordered


def test_units_come_over_if_they_are_worth_the_same() -> None:
    def units(*pairs: tuple[str, str]) -> str:
        inside = "".join(
            f"<unit><multiplier>{worth}</multiplier><unit_name>{name}</unit_name></unit>"
            for name, worth in pairs
        )
        return f"<units>{inside}</units>"

    right = answer("100", "1.5", more="<tolerance>0.1</tolerance>")
    known = quiz(question("numerical", right, units(("kB", "1"), ("B", "1000"))))
    assert known.questions[0].answer == Number(Fraction("1.5"), Fraction("0.1"), "kB")
    assert "units" not in what(known)
    other = quiz(question("numerical", right, units(("kB", "1"), ("B", "1024"))))
    assert "some of its units are not known here" in what(other)


def test_a_number_for_all_others_loses_its_words() -> None:
    imported = quiz(question("numerical", answer("100", "3"), answer("0", "*", "No.")))
    assert imported.questions[0].answer == Number(Fraction(3))
    assert "any other number" in what(imported)


def test_patterns_and_case_of_words_are_lost_but_stars_are_stars() -> None:
    parts = ("<usecase>1</usecase>", answer("100", "tun*"), answer("100", r"a\*b"))
    imported = quiz(question("shortanswer", *parts))
    assert imported.questions[0].answer == Typed("words", ("a*b",))
    assert "the pattern 'tun*'" in what(imported)
    assert "upper and lower case" in what(imported)


@pytest.mark.parametrize(
    ("grading", "credit"),
    [
        ("ALL_OR_NOTHING", "all"),
        ("ABSOLUTE_POSITION", "position"),
        ("RELATIVE_NEXT_EXCLUDE_LAST", "adjacent"),
    ],
)
def test_orders_keep_their_partial_marks(grading: str, credit: str) -> None:
    head = f"<gradingtype>{grading}</gradingtype><selecttype>ALL</selecttype>"
    # The fraction is the place, whatever the order in the file.
    parts = (answer("2", "b"), answer("3", "c"), answer("1", "a"))
    imported = quiz(question("ordering", head, *parts))
    order = imported.questions[0].answer
    assert isinstance(order, Order)
    assert [step.text for step in order.steps] == ["a", "b", "c"]
    assert order.credit == credit
    assert "partial marks" not in what(imported)


def test_orders_that_are_marked_otherwise_say_so() -> None:
    parts = (answer("1", "a"), answer("2", "b"), answer("3", "c"))
    for grading in ("RELATIVE_TO_CORRECT", "LONGEST_ORDERED_SUBSET"):
        head = f"<gradingtype>{grading}</gradingtype><selecttype>RANDOM</selecttype>"
        imported = quiz(question("ordering", head, *parts))
        assert f"in another way than by {grading}" in what(imported)
        assert "all its steps are asked" in what(imported)
        assert any(grade(imported.questions[0], list(p)).score == 1 for p in permutations("123"))


@pytest.mark.parametrize("kind", ["essay", "cloze", "description", "calculated", "ddimageortext"])
def test_a_type_that_there_is_nothing_like_is_a_loss(kind: str) -> None:
    imported = quiz(
        question(kind), question("truefalse", answer("100", "true"), answer("0", "false"))
    )
    assert len(imported.questions) == 1
    assert f"q: left out: there is nothing like Moodle's '{kind}' here" in what(imported)


def test_markup_is_read_in_its_format() -> None:
    pair = (answer("100", "true"), answer("0", "false"))
    html = (
        "<h2>Look</h2><p>A <b>bold</b> <a href='x'>link</a> &amp; <kbd>code</kbd></p><img src='x'>"
    )
    imported = quiz(question("truefalse", *pair, text=html))
    assert imported.questions[0].text == "Look\n\nA **bold** link & `code`"
    for lost in ("the form of a heading", "the target of a link", "a picture"):
        assert f"{lost} is left out" in what(imported)
    plain = quiz(question("truefalse", *pair, text="2 * 3 * 4 < <b>", form="plain_text"))
    assert plain.questions[0].text == "2 * 3 * 4 < <b>"
    marked = quiz(question("truefalse", *pair, text="__so__ _it_ is", form="markdown"))
    assert marked.questions[0].text == "**so** *it* is"


def test_a_table_comes_over_and_a_second_one_does_not() -> None:
    pair = (answer("100", "true"), answer("0", "false"))
    table = "<table><caption>C</caption><tr><th>a</th></tr><tr><td><code>1</code></td></tr></table>"
    one = quiz(question("truefalse", *pair, text=f"Q {table}")).questions[0]
    assert one.table is not None
    assert (one.table.caption, one.table.columns, one.table.rows) == ("C", ("a",), (("`1`",),))
    both = quiz(question("truefalse", *pair, text=f"Q {table} {table}"))
    assert both.questions[0].table is None
    assert "a table is left out" in what(both)


BOMB = "<!DOCTYPE quiz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><quiz>&b;</quiz>"
OUTSIDE = "<!DOCTYPE quiz SYSTEM 'file:///etc/passwd'><quiz/>"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "DOCTYPE"),
        (OUTSIDE, "DOCTYPE"),
        ("<quiz>" + "<a>" * 10_000, "more than 50 deep"),
        ("<quiz><question", "it is not XML"),
        ("", "it is not XML"),
        ("<quiz>&nothing;</quiz>", "it is not XML"),
        ("<html/>", "not the <quiz>"),
        ("<quiz><item/></quiz>", "element 1: <item> is not a question"),
        ("<quiz>half \udfff</quiz>", "half a character"),
    ],
)
def test_files_that_mean_harm_or_are_broken_end_in_one_error(text: str, says: str) -> None:
    with pytest.raises(InputError) as wrong:
        read(text)
    assert says in str(wrong.value)


@pytest.mark.parametrize(
    ("kind", "part", "says"),
    [
        ("numerical", answer("100", "9" * 5000), "question 1, 'q': answer: "),
        ("numerical", answer("100", "1e999999"), "is not a decimal number"),
        ("numerical", answer("100", "3", more="<tolerance>x</tolerance>"), "q': tolerance: 'x'"),
        ("multichoice", answer("many", "a"), "q': fraction: 'many' is not a decimal number"),
        ("truefalse", answer("100", "yes"), "there must be true and false"),
    ],
)
def test_a_broken_question_is_told_with_its_place(kind: str, part: str, says: str) -> None:
    with pytest.raises(InputError) as wrong:
        quiz(question(kind, part))
    assert says in str(wrong.value)


@pytest.mark.parametrize("piece", ["<", "<a ", "</a", "<!--", "<![x[", "&", "<p>", "<em>"])
def test_no_mark_up_takes_long(piece: str) -> None:
    pair = (answer("100", "true"), answer("0", "false"))
    text = (piece * 20_000)[:19_000].replace("]]>", "")
    start = time.process_time()
    for end in ("", ">", "<p>"):
        quiz(question("truefalse", *pair, text=text + end))
    assert time.process_time() - start < 1
