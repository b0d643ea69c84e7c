"""A question made again of its data is the same question: it asks, says and marks alike."""

import json

import pytest

from vpnedu.book.banks import banks
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.question import Question
from vpnedu.quiz.restoring import restored

SEEDS = range(3)


def through_json(question: Question) -> Question:
    return restored(json.loads(json.dumps(question.content())))


def alike(question: Question) -> bool:
    again = through_json(question)
    key = question.answer.key
    return (
        again.content() == question.content()
        and again.answer.mark(key) == question.answer.mark(key)
        and again.answer.mark("nonsense") == question.answer.mark("nonsense")
    )


def test_every_question_of_the_book_comes_back_as_it_was() -> None:
    assert all(alike(question) for bank in banks().values() for question in bank.questions)


def test_every_kind_comes_back_as_it_was(every_kind: Bank) -> None:
    assert all(alike(question) for question in every_kind.questions)


@pytest.mark.parametrize("name", GENERATORS)
def test_generated_questions_come_back_as_they_were(name: str) -> None:
    assert all(alike(generate(name, seed)) for seed in SEEDS)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"id": "a"},
        {"id": "a", "input": "telepathy"},
        {"input": "number", "answer": "1/0"},
        {"text": [["x", ["blink", "y"]]]},
        {"hints": [{"text": [], "cost": "much"}]},
    ],
)
def test_what_is_no_question_is_refused_by_name(broken: dict[str, object]) -> None:
    [question] = [q for q in banks()["route-based"].questions if q.id == "one-route-for-four"]
    data = question.content() | broken if broken else {}
    with pytest.raises(InputError) as wrong:
        restored(data if broken != {"id": "a"} else broken)
    assert wrong.value.field in ("question", "a", "one-route-for-four")
