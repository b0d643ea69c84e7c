"""The ways to answer by picking, pairing and ordering. Each is a small value that marks itself.

An answer is plain JSON, ids and never positions: an id (`One`), a list of ids (`Many`, `Order`),
item ids with option ids (`Pairs`), the number of a byte from 0 as text (`Byte`). What is typed
(`Number`, `Typed`) is in modules of its own.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from vpnedu.network.addresses import InputError
from vpnedu.quiz.marking import BLANK, ORDERS, PAIRS, TICKS, Mark, invalid, known_policy, marked
from vpnedu.quiz.prose import blocks, plain


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; `says` is its feedback; a `last` one is not shuffled away from the end."""

    id: str
    text: str
    right: bool
    says: str
    last: bool = False

    def to_dict(self) -> dict[str, Any]:
        data = {"id": self.id, "text": blocks(self.text), "says": blocks(self.says)}
        return data | {"right": self.right} | ({"last": True} if self.last else {})


@dataclass(frozen=True, slots=True)
class One:
    """Pick one: exactly one choice is right. `ordered` choices are shown as they stand."""

    choices: tuple[Choice, ...]
    ordered: bool = False
    name: ClassVar[str] = "one"

    @property
    def key(self) -> str:
        return next(choice.id for choice in self.choices if choice.right)

    def mark(self, answer: object) -> Mark:
        if answer in (None, ""):
            return BLANK
        picked = next((choice for choice in self.choices if choice.id == answer), None)
        if picked is None:
            return invalid("that is none of the choices")
        return marked(Fraction(int(picked.right)), (picked.id,), plain(picked.text))

    def to_dict(self) -> dict[str, Any]:
        choices = [choice.to_dict() for choice in self.choices]
        return {"choices": choices} | ({"ordered": True} if self.ordered else {})


@dataclass(frozen=True, slots=True)
class Many:
    """Tick all that are right, at least one; `credit` names how ticks are counted (`TICKS`)."""

    choices: tuple[Choice, ...]
    credit: str = "net"
    ordered: bool = False
    name: ClassVar[str] = "many"

    def __post_init__(self) -> None:
        known_policy(self.credit, TICKS)

    @property
    def key(self) -> list[str]:
        return [choice.id for choice in self.choices if choice.right]

    def mark(self, answer: object) -> Mark:
        if answer in (None, []):
            return BLANK
        ticked = _ids(answer, [choice.id for choice in self.choices])
        if ticked is None:
            return invalid("that is not a list of the choices")
        right = {choice.id for choice in self.choices if choice.right}
        hit = len(right & ticked)
        others = len(self.choices) - len(right)
        score = TICKS[self.credit](hit, len(ticked) - hit, len(right), others)
        # Feedback for what was ticked, and for what was missed.
        says = tuple(c.id for c in self.choices if c.id in ticked or c.right)
        read = "; ".join(plain(choice.text) for choice in self.choices if choice.id in ticked)
        return marked(score, says, read)

    def to_dict(self) -> dict[str, Any]:
        data = {"choices": [choice.to_dict() for choice in self.choices], "credit": self.credit}
        return data | ({"ordered": True} if self.ordered else {})


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to be paired with the option called `option`; `says` is why."""

    id: str
    text: str
    option: str
    says: str

    def to_dict(self) -> dict[str, Any]:
        data = {"id": self.id, "text": blocks(self.text), "option": self.option}
        return data | {"says": blocks(self.says)}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Give each item its option. `options` are (id, text), more or fewer than the items."""

    items: tuple[Item, ...]
    options: tuple[tuple[str, str], ...]
    credit: str = "each"
    name: ClassVar[str] = "pairs"

    def __post_init__(self) -> None:
        known_policy(self.credit, PAIRS)

    @property
    def key(self) -> dict[str, str]:
        return {item.id: item.option for item in self.items}

    def mark(self, answer: object) -> Mark:
        if answer in (None, {}):
            return BLANK
        texts = dict(self.options)
        known = {item.id for item in self.items}
        if not isinstance(answer, dict):
            return invalid("that is not a list of pairs")
        given = {item: option for item, option in answer.items() if option not in (None, "")}
        if not given:
            return BLANK
        if not given.keys() <= known or not all(
            isinstance(option, str) and option in texts for option in given.values()
        ):
            return invalid("that pairs things which are not there")
        right = sum(given.get(item.id) == item.option for item in self.items)
        says = tuple(item.id for item in self.items)
        read = "; ".join(
            f"{plain(item.text)}: {plain(texts[given[item.id]])}"
            for item in self.items
            if item.id in given
        )
        return marked(PAIRS[self.credit](right, len(self.items)), says, read)

    def to_dict(self) -> dict[str, Any]:
        options = [{"id": name, "text": blocks(text)} for name, text in self.options]
        items = [item.to_dict() for item in self.items]
        return {"items": items, "options": options, "credit": self.credit}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things to be put in order; `says` tells why it stands where it stands."""

    id: str
    text: str
    says: str

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "text": blocks(self.text), "says": blocks(self.says)}


@dataclass(frozen=True, slots=True)
class Order:
    """Put all steps in order; here they stand in the right one."""

    steps: tuple[Step, ...]
    credit: str = "longest"
    name: ClassVar[str] = "order"

    def __post_init__(self) -> None:
        known_policy(self.credit, ORDERS)

    @property
    def key(self) -> list[str]:
        return [step.id for step in self.steps]

    def mark(self, answer: object) -> Mark:
        if answer in (None, []):
            return BLANK
        names = self.key
        if _ids(answer, names) is None or not isinstance(answer, list):
            return invalid("that is not an order of these steps")
        if len(answer) != len(names):
            return invalid("some steps are missing")
        order = [names.index(name) for name in answer]
        says = tuple(name for at, name in enumerate(answer) if order[at] != at)
        texts = {step.id: plain(step.text) for step in self.steps}
        read = "; ".join(texts[name] for name in answer)
        return marked(ORDERS[self.credit](order), says, read)

    def to_dict(self) -> dict[str, Any]:
        return {"steps": [step.to_dict() for step in self.steps], "credit": self.credit}


@dataclass(frozen=True, slots=True)
class ByteField:
    """A field of the packet: bytes `first` to `last`, counted from 0; `says` tells what it is."""

    name: str
    first: int
    last: int
    says: str
    right: bool = False

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.name, "first": self.first, "last": self.last}
        return data | {"says": blocks(self.says), "right": self.right}


@dataclass(frozen=True, slots=True)
class Byte:
    """Pick a byte of the packet: any byte of the one right field is right."""

    data: bytes
    fields: tuple[ByteField, ...]
    name: ClassVar[str] = "byte"

    def __post_init__(self) -> None:
        covered = [place for field in self.fields for place in range(field.first, field.last + 1)]
        if sorted(covered) != list(range(len(self.data))):
            raise InputError("fields", "every byte must belong to one field, and to one only")

    @property
    def key(self) -> str:
        return str(next(field.first for field in self.fields if field.right))

    def mark(self, answer: object) -> Mark:
        if answer in (None, ""):
            return BLANK
        text = answer if isinstance(answer, str) and len(answer) <= 6 else ""
        if not (text.isascii() and text.isdigit() and int(text) < len(self.data)):
            return invalid(f"give the number of a byte, 0 to {len(self.data) - 1}")
        place = int(text)
        picked = next(field for field in self.fields if field.first <= place <= field.last)
        score = Fraction(int(picked.right))
        return marked(score, (picked.name,), f"byte {place}, {picked.name}")

    def to_dict(self) -> dict[str, Any]:
        fields = [field.to_dict() for field in self.fields]
        return {"hex": self.data.hex(), "fields": fields}


def _ids(answer: object, known: list[str]) -> set[str] | None:
    """The different ids of a list, None where something in it is not known or twice there."""
    if not isinstance(answer, list) or not all(isinstance(name, str) for name in answer):
        return None
    names = set(answer)
    return names if len(names) == len(answer) and names <= set(known) else None
