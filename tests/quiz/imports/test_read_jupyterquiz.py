"""jupyterquiz JSON: its four types, and files that mean harm."""

from fractions import Fraction
from pathlib import Path

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.imported import Imported
from vpnedu.quiz.imports.jupyterquiz import read
from vpnedu.quiz.inputs import Many, One
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import grade
from vpnedu.quiz.typed import Typed

BY_HAND = Path(__file__).parent / "data" / "written-by-hand.jupyterquiz.json"


@pytest.fixture(scope="module")
def by_hand() -> Imported:
    return read(BY_HAND.read_text(encoding="utf-8"))


def what(imported: Imported, place: int) -> str:
    name = imported.questions[place].id
    return "\n".join(loss.what for loss in imported.losses if loss.slot == name)


def test_many_choice_is_ticked_and_marked_net(by_hand: Imported) -> None:
    many = by_hand.questions[0]
    assert isinstance(many.answer, Many)
    assert many.id == "which-of-these-tunnel"
    assert many.text == "Which of these **tunnel**?"
    assert grade(many, ["1", "2"]).score == 1
    assert grade(many, ["1", "2", "3"]).score == Fraction(1, 2)
    assert "shares" not in what(by_hand, 0)


def test_code_stands_below_the_text_a_line_a_paragraph(by_hand: Imported) -> None:
    one = by_hand.questions[1]
    assert one.text == "What does this print?\n\n`a = [1 < 2]`\n\n`print(a)`"
    assert isinstance(one.answer, One)
    assert [choice.text for choice in one.answer.choices] == ["`[True]`", "[False]"]
    assert "words for each answer" in what(by_hand, 1)


def test_precision_becomes_half_of_the_last_digit(by_hand: Imported) -> None:
    number = by_hand.questions[2]
    assert isinstance(number.answer, Number)
    assert (number.answer.value, number.answer.tolerance) == (Fraction("3.14"), Fraction("0.005"))
    assert "rounding to 3 digits" in what(by_hand, 2)
    assert "any other number" in what(by_hand, 2)
    assert grade(number, "-50").says == ("1",)


def test_a_range_is_a_middle_and_its_upper_end_counts(by_hand: Imported) -> None:
    assert by_hand.questions[3].answer == Number(Fraction(40), Fraction(20))
    assert "the upper end of a range" in what(by_hand, 3)
    assert "other numbers that are right too" in what(by_hand, 3)


def test_words_are_read_in_any_case_and_exactly(by_hand: Imported) -> None:
    words = by_hand.questions[4]
    assert isinstance(words.answer, Typed)
    assert words.answer.accept == ("a router", "a gateway")
    assert grade(words, "a switch").says == ("1",)
    for lost in ("upper and lower case", "nearly right", "any other words"):
        assert lost in what(by_hand, 4)


def test_an_unknown_type_is_a_loss(by_hand: Imported) -> None:
    assert len(by_hand.questions) == 5
    assert any(
        "there is nothing like jupyterquiz's 'drawing'" in one.what for one in by_hand.losses
    )


QUESTION = '[{"question": "Q", "type": "%s", "answers": [%s]}]'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 10_000, "too deep"),
        ("[" * 10_000 + "]" * 10_000, "too deep"),
        ('{"question": "Q"}', "not a list of questions"),
        ("[1]", "question 1: question: it is not a table"),
        ("[{,}]", "line 1: it is not JSON"),
        ("[NaN]", "NaN is in it"),
        ('[{"type": "a", "type": "b"}]', "'type' is there twice"),
        ('[{"type": "numeric", "question": 5}]', "question 1: question: it must be text"),
        ('[{"question": "Q", "type": "string", "answers": {}}]', "answers: they are not a list"),
        (QUESTION % ("numeric", '{"value": "3", "correct": true}'), "value: '3' is not a number"),
        (QUESTION % ("numeric", '{"correct": true}'), "neither a value nor a range"),
        (QUESTION % ("numeric", '{"range": [3], "correct": true}'), "two numbers"),
        (QUESTION % ("numeric", '{"range": [3, 1], "correct": true}'), "to a smaller one"),
        (QUESTION % ("numeric", f'{{"value": {"9" * 5000}, "correct": true}}'), "not a decimal"),
        (QUESTION % ("numeric", '{"value": 1e99999, "correct": true}'), "not a decimal"),
        (QUESTION % ("string", '{"answer": "a", "correct": "yes"}'), "must be true or false"),
        ('["half \ud900"]', "half a character"),
    ],
)
def test_what_is_not_a_quiz_is_told_with_its_place(text: str, says: str) -> None:
    with pytest.raises(InputError) as wrong:
        read(text)
    assert says in str(wrong.value)


@pytest.mark.parametrize("precision", ["-1", "2.5", "1000", '"3"', "null", "true"])
def test_a_precision_is_a_small_whole_number(precision: str) -> None:
    answers = '[{"value": 3.14, "correct": true}]'
    text = (
        f'[{{"question": "Q", "type": "numeric", "precision": {precision}, "answers": {answers}}}]'
    )
    with pytest.raises(InputError, match="precision"):
        read(text)
