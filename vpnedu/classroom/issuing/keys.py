"""The key of a graded quiz: all that is needed to make its forms again and to mark them.

It is the teacher's, and nobody else's: it holds the right answers and the secret that forms are
drawn by. Questions stand in it as data, so that it marks the same for ever, whatever becomes of
the bank and the engine.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Many, One, Order, Pairs
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Input
from vpnedu.quiz.restoring import restored
from vpnedu.quiz.strict import parsed

SCHEMA = "vpnedu-key/1"
DEEPEST = 40
SECRET = 32  # bytes

# The drawing of a question's network as HTML, by slot and place in its pool.
Pictures = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Key:
    """One issue of a paper to a class. Times are UTC, such as 2026-12-01T22:59:00Z.

    `due` is empty where nothing is due. `told` are sentences for the student's form, such as the
    rules for late work. `attempt` is the number of the attempt that these forms are for, from 1.
    """

    paper: Paper
    secret: bytes
    learners: tuple[Learner, ...]
    issued: str
    due: str = ""
    told: tuple[str, ...] = ()
    attempt: int = 1
    pictures: Pictures | None = None

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET:
            raise InputError("secret", f"has {len(self.secret)} bytes; it must have {SECRET}")

    @cached_property
    def issue(self) -> str:
        """Twelve hex digits that stand for these questions; they tell nothing of them."""
        return self.sealed("issue", json.dumps(self._content(), sort_keys=True))[:12]

    @cached_property
    def by_id(self) -> dict[str, Learner]:
        """The learners by their ids."""
        return {learner.id: learner for learner in self.learners}

    @cached_property
    def things(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """By slot and variant the ids that a form puts labels in the place of (`labelled`)."""
        slots = self.paper.slots
        return tuple(tuple(labelled(one.answer) for one in slot.pool) for slot in slots)

    @property
    def canary(self) -> str:
        """A word that stands nowhere but in the key: found elsewhere, the key has leaked."""
        digits = self.sealed("canary", "")[:20]
        return "vpnq" + digits.translate(str.maketrans("0123456789", "ghijklmnop"))

    def sealed(self, *words: str) -> str:
        """HMAC-SHA-256 (RFC 2104) of the words under the secret, in hex."""
        return hmac.digest(self.secret, "\0".join(words).encode(), "sha256").hex()

    def drawn(self, count: int, *words: str) -> bytes:
        """`count` bytes that are the same for the same words, and chance without the secret."""
        text = self.secret + "\0".join(words).encode()
        return hashlib.shake_256(text).digest(count)

    def to_json(self) -> str:
        """The key as the file that the teacher keeps."""
        data = {"schema": SCHEMA, "secret": self.secret.hex(), "canary": self.canary}
        rest = {
            "issued": self.issued,
            "due": self.due,
            "told": list(self.told),
            "attempt": self.attempt,
            "paper": self._content(),
            "pictures": [[*place, html] for place, html in sorted((self.pictures or {}).items())],
            "learners": [_row(learner) for learner in self.learners],
        }
        return json.dumps(data | rest, ensure_ascii=False, indent=1) + "\n"

    def _content(self) -> dict[str, Any]:
        slots = [
            {
                "name": slot.name,
                "points": str(slot.points),
                "pool": [question.content() for question in slot.pool],
            }
            for slot in self.paper.slots
        ]
        return {"name": self.paper.name, "title": self.paper.title, "slots": slots}


def labelled(answer: Input) -> tuple[str, ...]:
    """The ids that get a label in a form: of choices, of items and then options, or of steps."""
    if isinstance(answer, One | Many):
        return tuple(choice.id for choice in answer.choices)
    if isinstance(answer, Pairs):
        # An item and an option may share an id: an item's gets a sign that no id has.
        items = (f"\0{item.id}" for item in answer.items)
        return (*items, *(name for name, _ in answer.options))
    if isinstance(answer, Order):
        return tuple(step.id for step in answer.steps)
    return ()


def read_key(text: str) -> Key:
    """The key in the text of its file; InputError where it is none."""
    data = parsed(text, DEEPEST)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError("key", f"is not the key of a graded quiz ({SCHEMA})")
    try:
        return Key(
            paper=_paper(data["paper"]),
            secret=bytes.fromhex(data["secret"]),
            learners=tuple(Learner(**row) for row in data["learners"]),
            issued=data["issued"],
            due=data["due"],
            told=tuple(data["told"]),
            attempt=data["attempt"],
            pictures={(slot, place): html for slot, place, html in data["pictures"]},
        )
    except InputError:
        raise
    except (LookupError, TypeError, ValueError, ArithmeticError) as wrong:
        raise InputError("key", f"is damaged ({type(wrong).__name__}: {wrong})") from None


def _paper(data: dict[str, Any]) -> Paper:
    slots = tuple(
        Slot(one["name"], tuple(map(restored, one["pool"])), Fraction(one["points"]))
        for one in data["slots"]
    )
    return Paper(data["name"], data["title"], slots)


def _row(learner: Learner) -> dict[str, str]:
    return {name: value for name in Learner.__slots__ if (value := getattr(learner, name))}
