"""A question on paper: what is typed there is the same answer that a page would give."""

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.feedback import said
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.question import Question, grade
from vpnedu.simulation.chance import Chance


def asked(bank: Bank, name: str) -> Question:
    return next(one for one in bank.questions if one.id == name)


def test_letters_stand_for_ids_whatever_the_order(every_kind: Bank) -> None:
    question = asked(every_kind, "longest-prefix")
    for seed in range(20):
        sheet = Sheet.of(question, Chance(seed, "x"))
        letters = dict(zip((name for name, _ in sheet.lettered), "abc", strict=True))
        assert sheet.read(letters["longer"]) == "longer"
        assert sheet.read(f" {letters['shorter'].upper()}) ") == "shorter"
        # It says that it stays at the end.
        assert letters["nowhere"] == "c"
    assert {Sheet.of(question, Chance(s, "x")).lettered[0][0] for s in range(9)} == {
        "longer",
        "shorter",
    }


def test_steps_are_never_shown_in_the_right_order(every_kind: Bank) -> None:
    question = asked(every_kind, "first-messages")
    for seed in range(60):
        sheet = Sheet.of(question, Chance(seed, "x"))
        assert [name for name, _ in sheet.lettered] != question.answer.key
    assert [name for name, _ in Sheet.of(question).lettered] != question.answer.key


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("in-the-clear", "a, b", ["outer", "spi"]),
        ("in-the-clear", "a;c", ["outer", "ports"]),
        ("in-the-clear", "", []),
        ("longest-prefix", "", ""),
        ("who-decides", "1a 2b", {"policy": "selectors", "route": "routes"}),
        ("who-decides", "2-c", {"route": "keys"}),
        ("who-decides", "", {}),
        ("on-the-wire", " 156 B ", "156 B"),
        ("find-the-index", "20", "20"),
    ],
)
def test_what_is_typed_is_read(every_kind: Bank, name: str, typed: str, answer: object) -> None:
    assert Sheet.of(asked(every_kind, name)).read(typed) == answer


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("longest-prefix", "d", "there is no 'd'; type a letter"),
        ("longest-prefix", "a b", "type a letter"),
        ("in-the-clear", "a 7", "there is no '7'"),
        ("who-decides", "3a", "type pairs, such as 1b 2a"),
        ("who-decides", "policy", "type pairs"),
        ("first-messages", "a b é", "there is no 'é'"),
    ],
)
def test_what_cannot_be_read_is_told(every_kind: Bank, name: str, typed: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Sheet.of(asked(every_kind, name)).read(typed)


def test_a_sheet_shows_all_that_is_needed_and_no_key(every_kind: Bank) -> None:
    for question in every_kind.questions:
        text = str(Sheet.of(question))
        assert text.startswith(question.text.replace("`", "")[:20])
        assert question.explain not in text
    assert "10.1.0.0/16  tunnel b" in str(Sheet.of(asked(every_kind, "longest-prefix")))
    assert "    16  " in str(Sheet.of(asked(every_kind, "find-the-index")))


def test_what_is_right_is_told_in_the_letters_of_the_sheet(every_kind: Bank) -> None:
    assert Sheet.of(asked(every_kind, "longest-prefix")).right() == "b) into tunnel b"
    assert Sheet.of(asked(every_kind, "on-the-wire")).right() == "156 B"
    order = Sheet.of(asked(every_kind, "first-messages"))
    letters = order.right().partition(":")[0]
    assert order.read(letters) == asked(every_kind, "first-messages").answer.key


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("longest-prefix", "shorter", ["Its row holds the address, and stands first"]),
        ("in-the-clear", ["ports"], ["Routers need them", "The receiver needs", "They are sealed"]),
        ("who-decides", {"policy": "keys"}, ["Its policies hold", "Its tunnels are"]),
        (
            "first-messages",
            ["init-asks", "auth-asks", "init-answers"],
            ["It is sealed", "It brings"],
        ),
        ("on-the-wire", "154", ["The trailer has to end"]),
        ("on-the-wire", "155", []),
        ("nat-port", "500/udp", ["There the exchange"]),
        ("find-the-index", "24", ["That counts packets"]),
    ],
)
def test_feedback_belongs_to_what_was_answered(
    every_kind: Bank, name: str, answer: object, words: list[str]
) -> None:
    question = asked(every_kind, name)
    told = said(question, grade(question, answer))
    assert len(told) == len(words)
    assert all(text.startswith(start) for (_, text), start in zip(told, words, strict=True))
