"""Rules of a regrade: another marking for slots or questions, while what was handed in stays.

A rule is text, `name:what`. The name is a slot's, or the id of a question in a slot's pool, and
then it is about that variant alone.

| rule | what it does |
|---|---|
| `name:drop` | the slot counts for nobody, neither in points nor in the total |
| `name:full` | everyone who handed in gets full marks there, with or without an answer |
| `name:accept:x` | x is a second key, and the better of the two marks counts |
| `name:rekey` | the question marks by its namesake in the mended paper |

For accept, x is the id of a choice, the ids of ticks or of steps in order with commas between
them, the number of a byte, or what a student would type. Pairs are mended by rekey. Of a pool only
the variants that x fits get the second key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, cast

from vpnedu.classroom.grading.marker import Marking, by_key
from vpnedu.classroom.grading.times import nearest
from vpnedu.classroom.issuing.keys import Key, labelled
from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.inputs import Byte, Choice, Many, One, Order
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.numbers import LONGEST, Number, parse_number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Input, Question
from vpnedu.quiz.typed import Typed
from vpnedu.quiz.units import scales_of

KINDS = ("drop", "full", "rekey", "accept")


@dataclass(frozen=True, slots=True)
class Rule:
    """`what` is drop, full, rekey or accept (`answer`), for the slot or question called `name`."""

    name: str
    what: str
    answer: str = ""

    def __str__(self) -> str:
        return ":".join([self.name, self.what, *([self.answer] if self.answer else [])])


def parse_rule(text: str) -> Rule:
    """The rule that `text` writes, such as mtu-03:drop or mtu-03:accept:1420."""
    name, _, rest = text.strip().partition(":")
    what, _, answer = rest.partition(":")
    rule = Rule(name.strip(), what.strip(), answer.strip())
    if not rule.name or rule.what not in KINDS:
        known = "name:drop, name:full, name:rekey or name:accept:answer"
        raise InputError("rule", f"{quoted(text)} is none; write {known}")
    if (rule.what == "accept") != bool(rule.answer):
        needed = "needs an answer behind it" if rule.what == "accept" else "takes no answer"
        raise InputError(f"rule {quoted(text)}", f"{rule.what} {needed}")
    return rule


def dropped(key: Key, rules: Sequence[Rule]) -> frozenset[str]:
    """The names of the slots that count for nobody."""
    found = set()
    for rule in (one for one in rules if one.what == "drop"):
        for slot, ids in _about(key, rule):
            if not ids >= {one.id for one in slot.pool}:
                told = f"is one of {len(slot.pool)} variants of {slot.name}, and the others stay"
                raise InputError(
                    f"rule {quoted(str(rule))}", f"{told}; drop the slot, or give full marks"
                )
            found.add(slot.name)
    return frozenset(found)


def markings(key: Key, rules: Sequence[Rule], fixed: Paper | None = None) -> dict[str, Marking]:
    """How to mark each slot that a rule is about: first rekey, upon that accept, and then full.

    InputError where a rule names nothing, or what it asks for does not fit.
    """
    found: dict[str, Marking] = {}
    for what in _MARKINGS:
        for rule in (one for one in rules if one.what == what):
            for slot, ids in _about(key, rule):
                before = found.get(slot.name, by_key)
                pool = [question for question in slot.pool if question.id in ids]
                try:
                    changed = _MARKINGS[what](rule, slot, pool, before, fixed)
                except InputError as wrong:
                    raise InputError(f"rule {quoted(str(rule))}", wrong.rule) from None
                found[slot.name] = partial(_one_of_two, ids, changed, before)
    return found


def mended(key: Key, rules: Sequence[Rule], fixed: Paper | None) -> Key:
    """`key` with the questions that `rules` mark anew by, for pages that tell what is right.

    It is not for marking: forms were made with the key as it was.
    """
    new: dict[tuple[str, str], Question] = {}
    for rule in (one for one in rules if one.what == "rekey" and fixed is not None):
        for slot, ids in _about(key, rule):
            for question in (one for one in slot.pool if one.id in ids):
                new[slot.name, question.id] = _namesake(question, slot, cast(Paper, fixed))
    slots = (
        replace(slot, pool=tuple(new.get((slot.name, one.id), one) for one in slot.pool))
        for slot in key.paper.slots
    )
    return replace(key, paper=replace(key.paper, slots=tuple(slots))) if new else key


def _about(key: Key, rule: Rule) -> list[tuple[Slot, set[str]]]:
    """The slots that a rule is about, each with the ids of the questions that it is about."""
    slots = key.paper.slots
    named = [(slot, {one.id for one in slot.pool}) for slot in slots if slot.name == rule.name]
    holding = [slot for slot in slots if any(one.id == rule.name for one in slot.pool)]
    found = named or [(slot, {rule.name}) for slot in holding]
    if not found:
        known = {slot.name for slot in slots} | {one.id for slot in slots for one in slot.pool}
        told = f"there is no slot or question {quoted(rule.name)}{nearest(rule.name, known)}"
        raise InputError(f"rule {quoted(str(rule))}", told)
    return found


def _one_of_two(
    ids: set[str], changed: Marking, before: Marking, question: Question, answer: Any
) -> Mark:
    return (changed if question.id in ids else before)(question, answer)


Changed = Callable[[Rule, Slot, list[Question], Marking, Paper | None], Marking]


def _full(
    _rule: Rule, _slot: Slot, _pool: list[Question], before: Marking, _fixed: Paper | None
) -> Marking:
    def mark(question: Question, answer: Any) -> Mark:
        return replace(before(question, answer), status="correct", score=Fraction(1), wrong="")

    return mark


def _accept(
    rule: Rule, _slot: Slot, pool: list[Question], before: Marking, _fixed: Paper | None
) -> Marking:
    second: dict[str, Input] = {}
    wrong = InputError("accept", "there is nothing to answer")
    for question in pool:
        try:
            second[question.id] = _with_key(question.answer, rule.answer)
        except InputError as unfit:
            wrong = unfit
    if not second:
        raise wrong

    def mark(question: Question, answer: Any) -> Mark:
        first = before(question, answer)
        other = second[question.id].mark(answer) if question.id in second else first
        return other if other.score > first.score else first

    return mark


def _with_key(answer: Input, text: str) -> Input:
    """The same input with `text` as its key."""
    match answer:
        case One():
            return replace(answer, choices=_right(answer.choices, {text}))
        case Many():
            return replace(answer, choices=_right(answer.choices, set(_names(text))))
        case Order():
            steps = {step.id: step for step in answer.steps}
            if sorted(_names(text)) != sorted(steps):
                raise InputError("accept", f"write all steps in order, of {', '.join(steps)}")
            return replace(answer, steps=tuple(steps[name] for name in _names(text)))
        case Number():
            if len(text) > LONGEST:
                raise InputError("accept", f"nobody can write more than {LONGEST} characters here")
            value = parse_number(text, scales_of(answer.unit))
            return replace(answer, value=value, mistakes=(), shown="")
        case Typed():
            return replace(answer, accept=(text,), mistakes=())
        case Byte():
            mark = answer.mark(text)
            if not mark.says:
                raise InputError("accept", mark.wrong)
            fields = (replace(one, right=one.name in mark.says) for one in answer.fields)
            return replace(answer, fields=tuple(fields))
        case _:
            raise InputError("accept", "pairs have no second key; mend the question, and rekey")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _right(choices: tuple[Choice, ...], right: set[str]) -> tuple[Choice, ...]:
    known = [choice.id for choice in choices]
    if unknown := sorted(right - set(known)):
        told = f"there is no choice {quoted(unknown[0])}; there are {', '.join(known)}"
        raise InputError("accept", told)
    return tuple(replace(choice, right=choice.id in right) for choice in choices)


def _rekey(
    _rule: Rule, slot: Slot, pool: list[Question], _before: Marking, fixed: Paper | None
) -> Marking:
    if fixed is None:
        raise InputError("rekey", "there is no mended paper to mark by")
    namesakes = {question.id: _namesake(question, slot, fixed) for question in pool}

    def mark(question: Question, answer: Any) -> Mark:
        found = namesakes[question.id].answer.mark(answer)
        # Feedback is the form's own, so a mistake that only the mended paper knows says nothing.
        known = {mistake.id for mistake in getattr(question.answer, "mistakes", ())}
        typed = isinstance(question.answer, Number | Typed)
        return replace(found, says=tuple(one for one in found.says if one in known or not typed))

    return mark


def _namesake(question: Question, slot: Slot, fixed: Paper) -> Question:
    """The question that `question` became in the mended paper; InputError where it can't mark."""
    pools = [one.pool for one in fixed.slots if one.name == slot.name]
    pools = pools or [one.pool for one in fixed.slots]
    found = [one for pool in pools for one in pool if one.id == question.id]
    if len(found) != 1:
        told = "it is there more than once" if found else "it is not there"
        raise InputError("rekey", f"of {question.id} in the mended paper: {told}")
    new = found[0]
    # Of a question that is written by itself the text may be mended; a variant is told by its text.
    moved = len(slot.pool) > 1 and (new.text, new.table) != (question.text, question.table)
    if moved or _asked(new.answer) != _asked(question.answer):
        told = "asks something else" if moved else "takes other answers"
        raise InputError("rekey", f"{question.id} {told} in the mended paper")
    return new


def _asked(answer: Input) -> tuple[object, ...]:
    """All that an answer is written in: the same for two questions that take the same answers."""
    parts = (getattr(answer, name, None) for name in ("unit", "form", "data"))
    fields = [one.name for one in answer.fields] if isinstance(answer, Byte) else []
    return (answer.name, sorted(labelled(answer)), fields, *parts)


_MARKINGS: dict[str, Changed] = {"rekey": _rekey, "accept": _accept, "full": _full}
