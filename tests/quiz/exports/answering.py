"""Seeded answers to any question: in our ids, and as the texts that another system shows."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from vpnedu.book.banks import banks
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.export import Image, Images
from vpnedu.quiz.exports.spellings import spellings, spellings_of
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Byte, Choice, Many, One, Order, Pairs
from vpnedu.quiz.marking import ORDERS, PAIRS, TICKS
from vpnedu.quiz.numbers import Number, written
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

# What a system shows, and the same answer as `grade` takes it.
Pair = tuple[Any, Any]

PICTURE = Image(b"\x89PNG", "two gateways & a <cloud>", 640, 240)


def papers(every_kind: Bank) -> list[Paper]:
    """A paper of the sample bank, those of the book, and one of generated pools."""
    pools = tuple(Slot(n, tuple(generate(n, seed) for seed in range(2))) for n in GENERATORS)
    books = [Paper.of(bank) for bank in banks().values()]
    generated = Paper("pools", "Generated", pools)
    return [Paper.of(every_kind), *books, generated, every_credit(every_kind)]


def every_credit(every_kind: Bank) -> Paper:
    """The questions of a bank under every credit that there is."""
    slots = []
    for question in every_kind.questions:
        known = {"many": TICKS, "pairs": PAIRS, "order": ORDERS}.get(question.answer.name, {})
        for credit in known:
            # What Many, Pairs and Order have in common is that they are dataclasses with a credit.
            answer: Any = question.answer
            other = replace(question, answer=replace(answer, credit=credit))
            slots.append(Slot(f"{question.id} {credit}", (other,), Fraction(2)))
    return Paper("credits", "Every credit", tuple(slots))


def pictures(paper: Paper) -> Images:
    """An image for each question that has a picture."""
    return {
        (slot.name, place): PICTURE
        for slot in paper.slots
        for place, question in enumerate(slot.pool)
        if question.picture
    }


def answers(question: Question, chance: Chance) -> Iterator[Pair]:
    """Answers right, wrong and half right, with the empty one."""
    answer = question.answer
    makers = {
        One: _one, Many: _many, Pairs: _pairs, Order: _order,
        Number: _number, Typed: _typed, Byte: _byte,
    }  # fmt: skip
    yield from makers[type(answer)](answer, chance)


def text_of(prose: str) -> str:
    return " ".join(plain(prose).split())


def _one(answer: One, _: Chance) -> Iterator[Pair]:
    yield "", ""
    for choice in answer.choices:
        yield text_of(choice.text), choice.id


def _many(answer: Many, chance: Chance) -> Iterator[Pair]:
    right = [choice for choice in answer.choices if choice.right]
    yield [text_of(choice.text) for choice in right], answer.key
    for _ in range(12):
        some: list[Choice] = [choice for choice in answer.choices if chance.below(2)]
        yield [text_of(choice.text) for choice in some], [choice.id for choice in some]


def _pairs(answer: Pairs, chance: Chance) -> Iterator[Pair]:
    texts = {name: text_of(text) for name, text in answer.options}
    rows = {item.id: text_of(item.text) for item in answer.items}
    keys = [answer.key]
    for _ in range(8):
        some = [item for item in answer.items if chance.below(4)]
        keys.append({item.id: chance.pick(answer.options)[0] for item in some})
    for key in keys:
        yield {rows[row]: texts[option] for row, option in key.items()}, key


def _order(answer: Order, chance: Chance) -> Iterator[Pair]:
    texts = {step.id: text_of(step.text) for step in answer.steps}
    for key in [answer.key, [], *(chance.shuffled(answer.key) for _ in range(8))]:
        yield [texts[name] for name in key], key


def _number(answer: Number, chance: Chance) -> Iterator[Pair]:
    near, far = answer.tolerance, answer.tolerance + Fraction(1, 1000)
    values = [answer.value + off for off in (0, near, -near, far, -far)]
    values += [Fraction(mistake.value) for mistake in answer.mistakes]
    values += [answer.value + Fraction(chance.below(2000) - 1000, 100) for _ in range(5)]
    yield "", ""
    for value in values:
        if "/" not in written(value):
            yield written(value), written(value)


def _typed(answer: Typed, _: Chance) -> Iterator[Pair]:
    yield "", ""
    for text in spellings(answer):
        for way in (text, text.upper(), f" {text.lower()} ".strip()):
            yield way, way
    for mistake in answer.mistakes:
        for text in spellings_of(answer, mistake.value):
            yield text, text


def _byte(answer: Byte, _: Chance) -> Iterator[Pair]:
    for place in range(len(answer.data)):
        yield str(place), str(place)
