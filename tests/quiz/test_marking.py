"""Marks, held to the same vectors as the page's: `tests/widgets/marking.test.mjs` reads them too.

The vectors hold compiled questions, as a page gets them. Python builds each again from that and
must compile it to the same data, so that no vector is about a question that is never sent.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Byte, ByteField, Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.marking import ORDERS, PAIRS, TICKS, known_policy
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Hint, Input, Question, grade
from vpnedu.quiz.typed import FORMS, Typed

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))["questions"]
MARKS = {"code": "`", "em": "*", "strong": "**"}
STATUSES = {"correct", "partial", "incorrect", "blank", "invalid"}

Data = dict[str, Any]

every_question = pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["question"]["id"])


def prose(blocks: list[list[Any]]) -> str:
    """The text that `blocks` came from."""
    return "\n\n".join(
        "".join(
            part if isinstance(part, str) else MARKS[part[0]] + part[1] + MARKS[part[0]]
            for part in block
        )
        for block in blocks
    )


def picked(data: Data) -> Input:
    choices = tuple(
        Choice(c["id"], prose(c["text"]), c["right"], prose(c["says"])) for c in data["choices"]
    )
    ordered = data.get("ordered", False)
    return (
        One(choices, ordered) if data["input"] == "one" else Many(choices, data["credit"], ordered)
    )


def paired(data: Data) -> Pairs:
    items = tuple(
        Item(i["id"], prose(i["text"]), i["option"], prose(i["says"])) for i in data["items"]
    )
    options = tuple((option["id"], prose(option["text"])) for option in data["options"])
    return Pairs(items, options, data["credit"])


def ordered(data: Data) -> Order:
    steps = tuple(Step(s["id"], prose(s["text"]), prose(s["says"])) for s in data["steps"])
    return Order(steps, data["credit"])


def in_bytes(data: Data) -> Byte:
    fields = tuple(
        ByteField(f["id"], f["first"], f["last"], prose(f["says"]), f["right"])
        for f in data["fields"]
    )
    return Byte(bytes.fromhex(data["hex"]), fields)


def expected(data: Data) -> tuple[Mistake, ...]:
    return tuple(Mistake(m["id"], m["value"], prose(m["says"])) for m in data["mistakes"])


def number(data: Data) -> Number:
    value, tolerance = Fraction(data["answer"]), Fraction(data["tolerance"])
    return Number(value, tolerance, data["unit"], expected(data), data["shown"])


def typed(data: Data) -> Typed:
    return Typed(data["form"], tuple(data["accept"]), expected(data))


INPUTS = {
    "one": picked,
    "many": picked,
    "pairs": paired,
    "order": ordered,
    "byte": in_bytes,
    "number": number,
    "typed": typed,
}


def built(data: Data) -> Question:
    """The question that compiles to `data`."""
    return Question(
        data["id"],
        data["kind"],
        prose(data["text"]),
        INPUTS[data["input"]](data),
        prose(data["explain"]),
        data["reference"],
        data["objective"],
        data["difficulty"],
        tuple(Hint(prose(hint["text"]), Fraction(hint["cost"])) for hint in data["hints"]),
    )


@every_question
def test_the_question_compiles_to_what_the_page_is_tested_with(vector: Data) -> None:
    again = json.loads(json.dumps(built(vector["question"]).content()))
    assert again == vector["question"]


@every_question
def test_python_marks_as_the_vectors_say(vector: Data) -> None:
    question = built(vector["question"])
    for case in vector["cases"]:
        mark = grade(question, case["answer"], case.get("hints", 0))
        given = {"status": mark.status, "score": str(mark.score), "says": list(mark.says)}
        given |= {"wrong": mark.wrong, "read": mark.read}
        assert given == {name: case[name] for name in given}, case["answer"]


@every_question
def test_only_an_invalid_answer_is_told_what_is_wrong_with_it(vector: Data) -> None:
    for case in vector["cases"]:
        assert bool(case["wrong"]) == (case["status"] == "invalid"), case
        assert bool(case["read"]) == (case["status"] not in ("blank", "invalid")), case


def test_the_vectors_hold_every_input_policy_form_and_status() -> None:
    questions = [vector["question"] for vector in VECTORS]
    cases = [case for vector in VECTORS for case in vector["cases"]]
    assert {question["input"] for question in questions} == set(INPUTS)
    for kind, policies in (("many", TICKS), ("pairs", PAIRS), ("order", ORDERS)):
        assert {q["credit"] for q in questions if q["input"] == kind} == set(policies)
    assert {q["form"] for q in questions if q["input"] == "typed"} == set(FORMS)
    assert {case["status"] for case in cases} == STATUSES
    assert len(cases) > 1000


@pytest.mark.parametrize("policies", [TICKS, PAIRS, ORDERS])
def test_a_policy_that_is_not_there_is_named_with_those_there_are(policies) -> None:
    with pytest.raises(InputError, match="there is no 'most'; there are"):
        known_policy("most", policies)
    assert [known_policy(name, policies) for name in policies] == list(policies)
