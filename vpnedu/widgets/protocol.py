"""The messages between a page and its engine, which is a notebook's kernel or Python in the page.

Version 1, all JSON. The page sends

    {"v": 1, "id": 7, "request": {…}}    a question; what it may hold: `vpnedu.widgets.engine`
    {"v": 1, "id": 7, "cancel": true}    its answer is no longer wanted

and the engine sends, each time with the question's id, first any number of

    {"progress": {"done": 40, "of": 1000}}

and then one of

    {"answer": {…}}
    {"error": {"field": "port", "message": "…"}}    the field is null where none is to blame
    {"cancelled": true}

Answers come in the order of the questions. Long work is done in slices, between which the page is
heard, so that it can be cancelled; what cannot be cut is ended from outside, with the whole engine.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vpnedu.network.addresses import InputError

VERSION = 1

Message = dict[str, Any]
# A long answer: it yields (done, of) after each slice, and returns the answer.
Slices = Generator[tuple[int, int], None, Message]


@dataclass
class Conversation:
    """The engine's end: `hear` takes in what the page sends, `work` does the next slice.

    `answer` gives an answer or its slices, or raises InputError; `post` sends to the page.
    """

    answer: Callable[[Mapping[str, Any]], Message | Slices]
    post: Callable[[Message], None]
    waiting: dict[int | str, Mapping[str, Any]] = field(default_factory=dict)
    begun: Slices | None = None

    def hear(self, message: Mapping[str, Any]) -> None:
        """Take in a message of the page; what it asks for is done by `work`."""
        name = message.get("id")
        if not isinstance(name, int | str):
            return  # nobody could be answered
        if message.get("v") != VERSION:
            rule = f"the engine speaks version {VERSION} of the messages; load the page anew"
            self._say(name, {"error": {"field": None, "message": rule}})
        elif "request" in message:
            asked = message["request"]
            self.waiting[name] = asked if isinstance(asked, Mapping) else {}
        elif name in self.waiting:
            self._end(name, {"cancelled": True})

    def work(self) -> bool:
        """Do one slice of the oldest question; False where there is nothing left to do."""
        if not self.waiting:
            return False
        name, request = next(iter(self.waiting.items()))
        try:
            self._slice(name, request)
        except InputError as wrong:
            self._end(name, {"error": {"field": wrong.field, "message": wrong.rule}})
        except Exception as wrong:  # A page that waits for ever is told nothing.
            rule = f"the engine failed, which is a mistake of the book: {wrong!r}"
            self._end(name, {"error": {"field": None, "message": rule}})
        return bool(self.waiting)

    def _slice(self, name: int | str, request: Mapping[str, Any]) -> None:
        if self.begun is None:
            answered = self.answer(request)
            if isinstance(answered, dict):
                self._end(name, {"answer": answered})
                return
            self.begun = answered
        try:
            done, of = next(self.begun)
        except StopIteration as end:
            self._end(name, {"answer": end.value})
        else:
            self._say(name, {"progress": {"done": done, "of": of}})

    def _end(self, name: int | str, said: Message) -> None:
        if name == next(iter(self.waiting)):
            self.begun = None
        del self.waiting[name]
        self._say(name, said)

    def _say(self, name: int | str, said: Message) -> None:
        self.post({"v": VERSION, "id": name, **said})
