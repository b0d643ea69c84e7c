"""What a bank may do and should not is found, each sign by a bank that shows it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from vpnedu.book.banks import banks
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.inputs import Choice, Item, Many, One, Pairs
from vpnedu.quiz.lint import findings, needs_work
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Hint, Input, Question, Table

OBJECTIVES = (Objective("see", "see it", "here"),)
TABLE = Table("Data", ("a",), (("1",),))


def question(name: str, answer: Input, **more: object) -> Question:
    made = Question(name, "single", "Is it so?", answer, "Because.", "RFC 1", "see", 1)
    return replace(made, table=TABLE, **more)  # type: ignore[arg-type]


def one(right: int, texts: tuple[str, ...] = ("yes", "nay", "who")) -> One:
    return One(tuple(Choice(f"c{n}", t, n == right, f"says {n}") for n, t in enumerate(texts)))


def sound() -> list[Question]:
    return [question(f"q{n}", one(n % 3)) for n in range(12)]


def found(questions: list[Question], objectives: tuple[Objective, ...] = OBJECTIVES) -> list[str]:
    return findings(Bank("b", "B", objectives, tuple(questions)))


def test_a_sound_bank_raises_no_doubt() -> None:
    assert found(sound()) == []


def test_few_questions_are_told() -> None:
    assert found(sound()[:11]) == ["b.toml: question: 11 questions; a chapter has 12 or more"]


def test_too_little_to_work_out_is_told() -> None:
    bare = [replace(one_, table=None) for one_ in sound()[:9]] + sound()[9:]
    assert found(bare) == [
        "b.toml: question: 3 of 12 need a figure or a calculation; a third should"
    ]
    assert [needs_work(one_) for one_ in bare].count(True) == 3


def test_an_objective_without_a_question_is_told() -> None:
    more = (*OBJECTIVES, Objective("forgotten", "do it", "there"))
    assert found(sound(), more) == ["b.toml: forgotten: objective: no question asks for it"]


def test_a_key_that_is_mostly_the_longest_is_told() -> None:
    texts = [
        tuple("a longer text" if at == n % 3 else "x" * at for at in (0, 1, 2)) for n in range(12)
    ]
    long = [question(f"q{n}", one(n % 3, ("no", "nay", "who"))) for n in range(5)]
    long += [question(f"r{n}", one(n % 3, tuple(t or "-" for t in texts[n]))) for n in range(7)]
    assert found(long) == ["b.toml: choice: the longest choice is right in 7 of 12 questions"]


def test_a_key_that_is_mostly_in_one_place_is_told_unless_the_order_is_given() -> None:
    first = [question(f"q{n}", one(0)) for n in range(7)] + sound()[7:]
    assert found(first) == ["b.toml: choice: choice 1 is right in 8 of 12 questions"]
    given = [replace(q, answer=replace(q.answer, ordered=True)) for q in first]  # type: ignore[type-var]
    assert found(given) == []


def test_sentences_that_are_all_true_are_told() -> None:
    yes = One((Choice("true", "True", True, "a"), Choice("false", "False", False, "b")), True)
    true = [question(f"t{n}", yes, kind="true-false") for n in range(4)]
    assert found(sound() + true) == ["b.toml: true-false: all 4 sentences are true"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (one(0, ("Yes", "*yes*", "who")), "choice: 2 are the same: 'yes'"),
        (
            Many((Choice("a", "x", True, "Wrong."), Choice("b", "y", False, "wrong."))),
            "says: 2 are the same: 'wrong.'",
        ),
        (
            Pairs((Item("a", "x", "o", "1"), Item("b", "X ", "o", "2")), (("o", "t"), ("p", "u"))),
            "item: 2 are the same: 'x'",
        ),
    ],
)
def test_doubles_are_told(answer: Input, told: str) -> None:
    assert found([*sound(), question("double", answer)]) == [f"b.toml: double: {told}"]


def test_a_number_whose_mistakes_have_no_name_is_told() -> None:
    bare = Number(Fraction(3))
    named = Number(Fraction(3), mistakes=(Mistake("two", "2", "One is missing."),))
    asked = [*sound(), question("bare", bare), question("named", named)]
    assert found(asked) == [
        "b.toml: bare: mistake: no wrong number has a name, so none gets feedback of its own"
    ]


def test_hints_that_take_all_are_told() -> None:
    hints = (Hint("a", Fraction(1, 2)), Hint("b", Fraction(1, 2)))
    told = found([*sound(), question("dear", one(0), hints=hints)])
    assert told == [
        "b.toml: dear: hint: all hints together cost 1 of the score: nothing is left to win"
    ]


def test_unfinished_texts_are_told() -> None:
    texts = [
        question("todo", one(0), explain="TODO: say why."),
        question("stub", one(1), text="It"),
    ]
    assert found(sound() + texts) == [
        "b.toml: todo: explain: 'TODO' stands in it",
        "b.toml: stub: text: it does not end as a sentence does",
    ]


def test_the_books_own_banks_raise_no_doubt() -> None:
    assert banks()
    assert [line for bank in banks().values() for line in findings(bank)] == []
