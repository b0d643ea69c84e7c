"""The engine's end of the messages: `vpnedu.widgets.protocol`."""

import asyncio
from collections.abc import Generator, Mapping
from typing import Any

import pytest

from vpnedu import play
from vpnedu.network.addresses import InputError
from vpnedu.widgets.protocol import VERSION, Conversation

Said = list[dict[str, Any]]


def counting(request: Mapping[str, Any]) -> Any:
    """Counts to a number in slices, says a word at once, or fails."""
    if "word" in request:
        return {"said": request["word"]}
    if "wrong" in request:
        raise InputError("wrong", "is wrong")
    if "to" not in request:
        raise ZeroDivisionError("by zero")

    def slices() -> Generator[tuple[int, int], None, dict[str, Any]]:
        for done in range(1, request["to"] + 1):
            if done == request.get("fails"):
                raise InputError("to", "went wrong on the way")
            yield done, request["to"]
        return {"counted": request["to"]}

    return slices()


@pytest.fixture
def said() -> Said:
    return []


@pytest.fixture
def talk(said: Said) -> Conversation:
    return Conversation(counting, said.append)


def ask(talk: Conversation, name: int, **request: Any) -> None:
    talk.hear({"v": VERSION, "id": name, "request": request})


def finish(talk: Conversation) -> None:
    while talk.work():
        pass


def test_an_answer_bears_the_questions_id_and_the_version(talk: Conversation, said: Said) -> None:
    ask(talk, 7, word="yes")
    assert talk.work() is False
    assert said == [{"v": 1, "id": 7, "answer": {"said": "yes"}}]


def test_nothing_is_said_before_there_is_work(talk: Conversation, said: Said) -> None:
    ask(talk, 7, word="yes")
    assert said == []


def test_questions_are_answered_in_their_order(talk: Conversation, said: Said) -> None:
    ask(talk, 1, to=2)
    ask(talk, 2, word="late")
    finish(talk)
    assert [(one["id"], "progress" in one) for one in said] == [
        *((1, True), (1, True), (1, False), (2, False)),
    ]


def test_a_long_answer_tells_how_far_it_has_come(talk: Conversation, said: Said) -> None:
    ask(talk, 1, to=3)
    finish(talk)
    assert [one.get("progress") for one in said] == [
        {"done": 1, "of": 3},
        {"done": 2, "of": 3},
        {"done": 3, "of": 3},
        None,
    ]
    assert said[-1]["answer"] == {"counted": 3}


def test_what_is_cancelled_between_two_slices_is_never_answered(
    talk: Conversation, said: Said
) -> None:
    ask(talk, 1, to=1000)
    ask(talk, 2, word="next")
    assert talk.work()
    talk.hear({"v": VERSION, "id": 1, "cancel": True})
    finish(talk)
    assert [one for one in said if one["id"] == 1][-1] == {"v": 1, "id": 1, "cancelled": True}
    assert said[-1] == {"v": 1, "id": 2, "answer": {"said": "next"}}
    assert len(said) == 3


def test_a_question_can_be_cancelled_before_its_turn(talk: Conversation, said: Said) -> None:
    ask(talk, 1, to=2)
    ask(talk, 2, to=2)
    talk.work()
    talk.hear({"v": VERSION, "id": 2, "cancel": True})
    finish(talk)
    assert said[-1] == {"v": 1, "id": 1, "answer": {"counted": 2}}


def test_a_cancellation_of_nothing_is_passed_over(talk: Conversation, said: Said) -> None:
    talk.hear({"v": VERSION, "id": 9, "cancel": True})
    assert not talk.work()
    assert said == []


@pytest.mark.parametrize("request_", [{"wrong": 1}, {"to": 3, "fails": 2}])
def test_a_wrong_input_is_told_and_the_next_question_is_answered(
    talk: Conversation, said: Said, request_: dict[str, Any]
) -> None:
    ask(talk, 1, **request_)
    ask(talk, 2, word="next")
    finish(talk)
    field = "wrong" if "wrong" in request_ else "to"
    [error] = [one["error"] for one in said if "error" in one]
    assert error["field"] == field
    assert said[-1]["answer"] == {"said": "next"}


def test_a_mistake_of_the_book_is_told_to_the_page(talk: Conversation, said: Said) -> None:
    ask(talk, 1, to_nowhere=True)
    finish(talk)
    assert said[0]["error"]["field"] is None
    assert "ZeroDivisionError('by zero')" in said[0]["error"]["message"]


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_told_so(talk: Conversation, said: Said, version: object) -> None:
    talk.hear({"v": version, "id": 3, "request": {"word": "yes"}})
    assert not talk.work()
    assert "version 1" in said[0]["error"]["message"]


@pytest.mark.parametrize(
    "message", [{"v": 1}, {"v": 1, "id": [], "cancel": True}, {"v": 1, "id": 1, "request": 3}]
)
def test_a_message_that_makes_no_sense_stops_nothing(
    talk: Conversation, said: Said, message: dict[str, Any]
) -> None:
    talk.hear(message)
    finish(talk)
    ask(talk, 5, word="still here")
    finish(talk)
    assert said[-1]["answer"] == {"said": "still here"}


def test_a_kernel_hears_the_page_between_two_slices() -> None:
    widget = play("fails-open", anchor="fig-x", caption="Notice.")
    replies: Said = []
    widget.send = replies.append
    widget._conversation.answer = counting

    async def page() -> None:
        widget._asked(widget, {"v": VERSION, "id": 1, "request": {"to": 100_000}}, [])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        widget._asked(widget, {"v": VERSION, "id": 1, "cancel": True}, [])
        await asyncio.sleep(0)

    asyncio.run(page())
    assert replies[-1] == {"v": 1, "id": 1, "cancelled": True}
    assert 2 <= len(replies) < 10
