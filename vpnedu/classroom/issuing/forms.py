"""A form: one student's copy of a paper, drawn by the key, and what it shows of it.

Which variant stands in a slot, the order of slots and choices, and the labels that stand for them
follow from the key's secret, the learner and the attempt. A form holds no answer, feedback,
tolerance or seed, and its labels say nothing: the same choice has another label in every form.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from struct import unpack
from typing import Any, TypeVar

from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.inputs import Byte, Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.prose import blocks
from vpnedu.quiz.question import Input, Question
from vpnedu.quiz.texts import crockford
from vpnedu.quiz.typed import Typed
from vpnedu.quiz.units import scales_of

SCHEMA = "vpnedu-form/1"
# Of a label: a letter, so that it is never a number, and six hex digits.
DIGITS = 6

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Form:
    """The form of `learner` for the key's attempt."""

    key: Key
    learner: Learner

    @cached_property
    def id(self) -> str:
        """Eight letters and digits that name the form."""
        return crockford(self.key.drawn(5, "form", *self._who))

    @cached_property
    def tag(self) -> str:
        """What proves that this form was issued to this learner for this attempt and date."""
        key = self.key
        return key.sealed("tag", key.issue, self.id, *self._who, key.issued, key.due)[:20]

    @cached_property
    def variants(self) -> tuple[int, ...]:
        """For each slot of the paper the place of its question in the pool."""
        slots = self.key.paper.slots
        drawn = unpack(f">{len(slots)}I", self.key.drawn(4 * len(slots), "variants", *self._who))
        return tuple(
            number * len(slot.pool) >> 32 for number, slot in zip(drawn, slots, strict=True)
        )

    @cached_property
    def slot_labels(self) -> tuple[str, ...]:
        """The labels of the slots, in the paper's order."""
        return self._drawn[0]

    def question(self, slot: int) -> Question:
        """The question that stands in the slot at place `slot` of the paper."""
        return self.key.paper.slots[slot].pool[self.variants[slot]]

    def ids(self, slot: int) -> dict[str, str]:
        """Id by label, of everything that can be picked, paired or moved in that slot."""
        names = self.key.things[slot][self.variants[slot]]
        return dict(zip(self._drawn[slot + 1], names, strict=True))

    def labels(self, slot: int) -> dict[str, str]:
        """Label by id: `ids` the other way round."""
        return {name: label for label, name in self.ids(slot).items()}

    def order(self) -> list[int]:
        """The places of the paper's slots in the order in which this form asks them."""
        return self.shuffled(range(len(self.key.paper.slots)), "order")

    def shuffled(self, values: Sequence[Thing], *words: str) -> list[Thing]:
        """`values` in the order that the words draw (Fisher and Yates)."""
        result = list(values)
        drawn = self.key.drawn(4 * len(result), "shuffled", *self._who, *words)
        for last in range(len(result) - 1, 0, -1):
            place = int.from_bytes(drawn[4 * last : 4 * last + 4]) * (last + 1) >> 32
            result[last], result[place] = result[place], result[last]
        return result

    @property
    def _who(self) -> tuple[str, str]:
        return self.learner.id, str(self.key.attempt)

    @cached_property
    def _drawn(self) -> list[tuple[str, ...]]:
        """Labels of the slots, and then of the things in each, none of them twice in its group."""
        things = self.key.things
        counts = [len(things), *(len(things[at][v]) for at, v in enumerate(self.variants))]
        for again in range(100):
            drawn = self.key.drawn(3 * sum(counts), "labels", str(again), *self._who)
            every = [*map("k".__add__, drawn.hex(",", 3).split(","))]
            ends = [*accumulate(counts)]
            groups = [tuple(every[end - n : end]) for n, end in zip(counts, ends, strict=True)]
            # Where no label is there twice at all, none is in its group.
            if len(set(every)) == len(every) or all(len(set(g)) == len(g) for g in groups):
                return groups
        raise AssertionError("a hundred draws of labels held the same label twice")


def form_data(form: Form) -> dict[str, Any]:
    """All that a form shows, as JSON-ready data. A test holds that it names nothing else."""
    key = form.key
    return {
        "schema": SCHEMA,
        "quiz": key.paper.name,
        "title": key.paper.title,
        "issue": key.issue,
        "form": form.id,
        "tag": form.tag,
        "learner": form.learner.id,
        "name": form.learner.name,
        "attempt": key.attempt,
        "due": key.due,
        "told": list(key.told),
        "slots": [_slot(form, place) for place in form.order()],
    }


def _slot(form: Form, place: int) -> dict[str, Any]:
    slot, question = form.key.paper.slots[place], form.question(place)
    data: dict[str, Any] = {"slot": form.slot_labels[place], "points": str(slot.points)}
    data |= {"kind": question.kind, "input": question.answer.name, "text": blocks(question.text)}
    data |= _asked(form, place, question.answer)
    if question.table:
        data["table"] = question.table.to_dict()
    picture = (form.key.pictures or {}).get((slot.name, form.variants[place]))
    return data | ({"picture": picture} if picture else {})


def _asked(form: Form, place: int, answer: Input) -> dict[str, Any]:
    """What can be answered: for every input only what a student must see."""
    labels, words = form.labels(place), ("things", str(place))

    def shown(names: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        return [{"id": labels[name], "text": blocks(text)} for name, text in names]

    if isinstance(answer, One | Many):
        arranged = _arranged(form, answer.choices, answer.ordered, words)
        return {"choices": shown([(choice.id, choice.text) for choice in arranged])}
    if isinstance(answer, Pairs):
        items = [(f"\0{item.id}", item.text) for item in answer.items]
        return {"items": shown(items), "options": shown(form.shuffled(answer.options, *words))}
    if isinstance(answer, Order):
        right = [(step.id, step.text) for step in answer.steps]
        mixed = form.shuffled(right, *words)
        # The right order is never shown: who leaves it as it is has not answered by it.
        return {"steps": shown(mixed if mixed != right else [*right[1:], right[0]])}
    if isinstance(answer, Number):
        scales = [[word, str(scale)] for word, scale in scales_of(answer.unit)]
        return {"unit": answer.unit, "units": scales}
    if isinstance(answer, Typed):
        return {"form": answer.form}
    assert isinstance(answer, Byte)
    return {"hex": answer.data.hex()}


def _arranged(
    form: Form, choices: tuple[Choice, ...], ordered: bool, words: tuple[str, str]
) -> list[Choice]:
    if ordered:
        return list(choices)
    mixed = form.shuffled([choice for choice in choices if not choice.last], *words)
    return [*mixed, *(choice for choice in choices if choice.last)]
