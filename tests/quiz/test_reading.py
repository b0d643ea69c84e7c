"""A bank is read whole or refused whole, and what is wrong is told with file, question, field."""

import json
import os
import pickle
import re
import tomllib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from vpnedu.book.banks import fact
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.question import KINDS, Question, grade
from vpnedu.quiz.reading import BankError, read, schema

DATA = Path(__file__).parent / "data" / "every-kind.toml"
SCHEMA = Path(__file__).parents[2] / "vpnedu" / "quiz" / "bank.schema.json"
TEXT = DATA.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read(TEXT, "every-kind", fact)


def question(bank: Bank, name: str) -> Question:
    return next(one for one in bank.questions if one.id == name)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BankError) as wrong:
        read(text, "every-kind", fact)
    return wrong.value.problems


def test_the_sample_holds_every_kind(bank: Bank) -> None:
    assert {one.kind for one in bank.questions} == set(KINDS)


def test_the_key_of_every_question_is_right(bank: Bank) -> None:
    for one in bank.questions:
        assert grade(one, one.answer.key).status == "correct", one.id


def test_a_computed_answer_decides_which_choice_is_right(bank: Bank) -> None:
    assert question(bank, "longest-prefix").answer.key == "longer"
    turned = TEXT.replace('destination = "10.1.2.3"', 'destination = "10.2.2.3"')
    assert question(read(turned, "turned"), "longest-prefix").answer.key == "shorter"


def test_texts_show_what_was_computed(bank: Bank) -> None:
    assert question(bank, "longest-prefix").explain == (
        "Row 2 wins, with 10.1.0.0/16: the longest prefix that holds the address."
    )
    assert question(bank, "on-the-wire").text.startswith("How long is a packet of 100 bytes")


def test_a_prediction_is_read_from_its_run(bank: Bank) -> None:
    asked = question(bank, "which-tunnel")
    assert asked.trace is not None
    assert asked.trace.tunnels_taken[0] == "tunnel 3"
    assert asked.answer.key == "three"
    assert asked.picture


def test_any_byte_of_the_field_is_right_and_no_other(bank: Bank) -> None:
    asked = question(bank, "find-the-index")
    right = [n for n in range(60) if grade(asked, str(n)).status == "correct"]
    assert right == [20, 21, 22, 23]


def test_hints_take_their_share_and_leave_the_verdict(bank: Bank) -> None:
    asked = question(bank, "longest-prefix")
    assert grade(asked, "longer", hints=1).score == Fraction(3, 4)
    assert grade(asked, "longer", hints=1).status == "correct"


def test_the_same_text_gives_the_same_revisions_and_a_new_text_changes_its_own(bank: Bank) -> None:
    before = {one.id: one.revision for one in bank.questions}
    assert before == {one.id: one.revision for one in read(TEXT, "every-kind").questions}
    after = read(TEXT.replace("Routers need them.", "Routers read them."), "every-kind")
    changed = {one.id for one in after.questions if one.revision != before[one.id]}
    assert changed == {"in-the-clear"}


# What is broken in the sample, and the one line that tells of it.
BROKEN = [
    ('kind = "single"', 'kind = "singel"', "longest-prefix: kind: 'singel' is not one of single,"),
    ('value = "tunnel b"', 'value = "tunnel c"', "longest-prefix: choice: one must be right"),
    ("{row}", "{rwo}", "longest-prefix: text: nothing fills {rwo}; there are answer, prefix, row"),
    ('cost = "1/4"', 'cost = "5/4"', "longest-prefix: hint 1: cost: '5/4' is not a share"),
    ('id = "shorter"', 'id = "longer"', "longest-prefix: choice 2: id: 'longer' is there already"),
    ('id = "shorter"', 'id = "Not so"', "longest-prefix: choice 1: id: it must be an id"),
    ('"10.0.0.0/8", via', '"10.0.0.1/8", via', "longest-prefix: prefix:"),
    ('by = "route"', 'by = "rout"', "longest-prefix: by: there is no calculation 'rout'"),
    ("inner = 100", "inne = 100", "on-the-wire: computed: sealed-length: missing a required"),
    ("inner = 100", 'inner = "a"', "on-the-wire: computed: sealed-length:"),
    ("value = 154", "value = 156", "on-the-wire: mistake 1: value: 156 is right"),
    ("value = 154", 'value = "x"', "on-the-wire: mistake 1: value: 'x' is not a number"),
    ('unit = "B"', 'unit = 8', "on-the-wire: unit: it must be text"),
    ("right = false", "", "one-way: right: give it, or compute it"),
    ('"udp/4500"', '"upd/4500"', "nat-port: answer: 'upd/4500': write a port"),
    ('value = "udp/500"', 'value = "udp/4500"', "nat-port: mistake first-port: 'udp/4500' is not"),
    ('option = "routes"', 'option = "route"', "who-decides: item 2: option: there is no 'route'"),
    ('ask = "tunnel"', 'ask = "tunel"', "which-tunnel: ask: there is no 'tunel' of this run"),
    ('"hub-route-based", preset = 0 }\nask', '"hub", preset = 0 }\nask', "which-tunnel: scenario:"),
    ('"hub-route-based", preset = 0 }\nask', '"hub-route-based", preset = 9 }\nask', "preset: hub"),
    ('value = "tunnel 2"', 'value = "tunel 2"', "which-tunnel: choice 1: value: 'tunel 2'"),
    ("instance-crash@30", "instance-crush@30", "how-long: fault:"),
    ('field = "security parameters index"', 'field = "SPI"', "find-the-index: field: one must be"),
    ('field = "sequence number"', 'field = "number"', "find-the-index: says: there is no field"),
    ("datagram = 2", "datagram = 99", "find-the-index: datagram: the run has no such packet"),
    ('id = "lookups"', 'id = "look"', "longest-prefix: objective: there is no 'lookups'"),
    ('id = "one-way"', 'id = "nat-port"', "nat-port: id: another question has this id"),
    ('["10.1.0.0/16", "tunnel b"]', '["10.1.0.0/16"]', "table: row 2: 1 cells for 2 columns"),
    ("difficulty = 3", "difficulty = 4", "on-the-wire: difficulty: 4 is not one of 1, 2, 3"),
    ('explain = "{parts} = {answer}."', "", "on-the-wire: explain: it is missing"),
    ('explain = "{parts}', 'explian = "{parts}', "on-the-wire: explian: there is no such field"),
    ('title = "Every', 'titel = "Every', "titel: there is no such field here"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "told"), BROKEN, ids=[told for *_, told in BROKEN])
def test_what_is_wrong_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in TEXT
    found = problems(TEXT.replace(right, wrong, 1))
    assert any(told in line for line in found), found
    assert all(line.startswith("every-kind.toml: ") for line in found)


def test_all_problems_are_told_at_once() -> None:
    twice = TEXT.replace("value = 154", "value = 156").replace('"udp/4500"', '"upd/4500"')
    assert len(problems(twice)) == 2


def test_a_file_that_is_no_toml_is_told_with_its_line() -> None:
    assert "line 1" in problems("title x")[0]


def test_a_number_that_python_can_not_read_is_told_with_its_field() -> None:
    endless = f"difficulty = {'9' * 5000}"
    assert problems(TEXT.replace("difficulty = 1", endless, 1)) == (
        "every-kind.toml: difficulty: a number is too long",
    )
    assert problems("a = " + "[" * 100_000) == (
        "every-kind.toml: lists or tables are nested too deep",
    )


@pytest.mark.parametrize("sign", ["\\u0001", "\\u001b", "\\u007f", "\\u009b", "\\uffff"])
def test_a_control_character_is_refused_wherever_it_stands(sign: str) -> None:
    for field in ("text", "explain", "reference", "says", "title"):
        place = re.search(rf'^{field} = "', TEXT, re.MULTILINE)
        assert place
        told, *_ = problems(TEXT[: place.end()] + sign + TEXT[place.end() :])
        assert f"{field}: it must be text of 1 to 4,000 characters, and no control" in told


def test_an_empty_file_lacks_everything() -> None:
    told = "\n".join(problems(""))
    assert "title" in told
    assert "[[objective]]" in told
    assert "[[question]]" in told


def test_a_bank_error_survives_a_process_border() -> None:
    with pytest.raises(BankError) as wrong:
        read("", "empty")
    assert pickle.loads(pickle.dumps(wrong.value)).problems == wrong.value.problems
    assert isinstance(wrong.value, InputError)


def test_a_fact_fills_a_text_and_a_wrong_one_is_told() -> None:
    place = "{fact: azure | gateway SKUs | Basic, route-based | Site-to-site tunnels}"
    text = TEXT.replace("Routers need them.", f"There are {place}.")
    assert "There are 10." in question(read(text, "x", fact), "in-the-clear").answer.choices[0].says  # type: ignore[attr-defined]
    assert "there is no 'Basc'" in problems(text.replace("| Basic, route-based", "| Basc"))[0]


def test_the_schema_that_editors_use_is_the_readers() -> None:
    written = json.dumps(schema(), indent=1) + "\n"
    if os.environ.get("RECORD"):
        SCHEMA.write_text(written, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == written, "run this test with RECORD=1"


@pytest.fixture(scope="module")
def accepts() -> Callable[[str], bool]:
    validator = Draft202012Validator(schema())
    return lambda text: validator.is_valid(tomllib.loads(text))


def test_the_schema_accepts_what_the_reader_reads(accepts: Callable[[str], bool]) -> None:
    assert accepts(TEXT)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('kind = "single"', 'kind = "singel"'),
        ('explain = "{parts}', 'explian = "{parts}'),
        ("difficulty = 3", "difficulty = 4"),
        ('id = "shorter"', 'id = "Not so"'),
        ('unit = "B"', "unit = 8"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(
    accepts: Callable[[str], bool], right: str, wrong: str
) -> None:
    broken = TEXT.replace(right, wrong, 1)
    assert not accepts(broken)
    assert problems(broken)
