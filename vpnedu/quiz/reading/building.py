"""From a checked table to the input of a question: one function a kind.

`words` are what the question's computation or run gave; its `answer` decides what is right.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing.plain import exact
from vpnedu.quiz.inputs import Byte, ByteField, Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.predicting import possible
from vpnedu.quiz.question import Input
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.trace import Trace

Table = dict[str, Any]
LONGEST_SHOWN = 128


def _choices(table: Table, words: Mapping[str, str]) -> tuple[Choice, ...]:
    made = []
    for place, one in enumerate(table["choice"], start=1):
        if "value" in one and "answer" not in words:
            raise InputError(f"choice {place}: value", "nothing is computed that it could be")
        right = one["value"] == words["answer"] if "value" in one else one.get("right", False)
        made.append(Choice(one["id"], one["text"], right, one["says"], one.get("last", False)))
    return tuple(made)


def _one(table: Table, words: Mapping[str, str], _trace: Trace | None) -> Input:
    choices = _choices(table, words)
    right = sum(choice.right for choice in choices)
    if right != 1:
        computed = f"; the computed answer is {words['answer']!r}" if "answer" in words else ""
        raise InputError("choice", f"one must be right, and {right} are{computed}")
    if len(choices) == 1:
        raise InputError("choice", "one choice is no choice")
    return One(choices, table.get("ordered", False))


def _many(table: Table, words: Mapping[str, str], _trace: Trace | None) -> Input:
    choices = _choices(table, words)
    if not any(choice.right for choice in choices):
        raise InputError("choice", "at least one must be right")
    return Many(choices, table.get("credit", "net"), table.get("ordered", False))


def _true_false(table: Table, words: Mapping[str, str], _trace: Trace | None) -> Input:
    if ("right" in table) == ("answer" in words):
        raise InputError("right", "give it, or compute it: one of the two")
    right = table.get("right", words.get("answer") in ("true", "yes"))
    return One(
        (
            Choice("true", "True", right, table["if_true"]),
            Choice("false", "False", not right, table["if_false"]),
        ),
        ordered=True,
    )


def _number(table: Table, words: Mapping[str, str], _trace: Trace | None) -> Input:
    if "answer" not in words:
        raise InputError("computed", "a number is computed, or read from a run, never typed")
    value = _exact("answer", words["answer"].replace(",", ""))
    tolerance = _exact("tolerance", table.get("tolerance", 0))
    mistakes = []
    for place, one in enumerate(table.get("mistake", ()), start=1):
        wrong = _exact(f"mistake {place}: value", one["value"])
        if abs(wrong - value) <= tolerance:
            raise InputError(f"mistake {place}: value", f"{one['value']} is right")
        mistakes.append(Mistake(one["id"], str(wrong), one["says"]))
    return Number(value, tolerance, table.get("unit", ""), tuple(mistakes), words["answer"])


def _exact(field: str, value: object) -> Fraction:
    try:
        return exact(value)
    except (ValueError, ZeroDivisionError):
        raise InputError(field, f"{value!r} is not a number") from None


def _typed(table: Table, words: Mapping[str, str], _trace: Trace | None) -> Input:
    if ("answer" in table) == ("answer" in words):
        raise InputError("answer", "give it, or compute it: one of the two")
    accept = tuple(table.get("answer", [words.get("answer", "")]))
    mistakes = tuple(
        Mistake(one["id"], one["value"], one["says"]) for one in table.get("mistake", ())
    )
    try:
        made = Typed(table["form"], accept, mistakes)
    except InputError as wrong:
        raise InputError("answer" if wrong.field == "accept" else wrong.field, wrong.rule) from None
    for mistake in mistakes:
        if made.mark(mistake.value).status != "incorrect":
            raise InputError(f"mistake {mistake.id}", f"{mistake.value!r} is not a wrong answer")
    return made


def _pairs(table: Table, _words: Mapping[str, str], _trace: Trace | None) -> Input:
    options = tuple((one["id"], one["text"]) for one in table["option"])
    names = [name for name, _ in options]
    items = tuple(Item(i["id"], i["text"], i["option"], i["says"]) for i in table["item"])
    for place, item in enumerate(items, start=1):
        if item.option not in names:
            rule = f"there is no {item.option!r}; there are {', '.join(names)}"
            raise InputError(f"item {place}: option", rule)
    return Pairs(items, options, table.get("credit", "each"))


def _order(table: Table, _words: Mapping[str, str], _trace: Trace | None) -> Input:
    steps = tuple(Step(one["id"], one["text"], one["says"]) for one in table["step"])
    if len(steps) == 1:
        raise InputError("step", "one step has no order")
    return Order(steps, table.get("credit", "longest"))


def _predict(table: Table, words: Mapping[str, str], trace: Trace | None) -> Input:
    if trace is None or "ask" not in table:
        raise InputError("run", "a prediction needs a run, and what is asked of it in ask")
    if "choice" not in table:
        return _number(table, words, trace)
    could = possible(trace, table["ask"])
    for place, one in enumerate(table["choice"], start=1):
        if could is not None and "value" in one and one["value"] not in could:
            rule = (
                f"{one['value']!r} can't be the answer; that is one of {', '.join(sorted(could))}"
            )
            raise InputError(f"choice {place}: value", rule)
    return _one(table, words, trace)


def _bytes(table: Table, _words: Mapping[str, str], trace: Trace | None) -> Input:
    place = table.get("datagram", 0)
    if trace is None or place not in range(len(trace.datagrams)):
        raise InputError("datagram", "the run has no such packet")
    shown = trace.datagrams[place].data[:LONGEST_SHOWN]
    says = {one["field"]: one["says"] for one in table.get("says", ())}
    fields = tuple(
        ByteField(
            name=field.name,
            first=field.start,
            last=min(field.start + field.length, len(shown)) - 1,
            says=says.pop(field.name, f"Its value here: {field.value}."),
            right=field.name == table["field"],
        )
        for field in trace.datagrams[place].fields
        if field.start < len(shown)
    )
    known = ", ".join(field.name for field in fields)
    if sum(field.right for field in fields) != 1:
        raise InputError("field", f"one must be {table['field']!r}; there are {known}")
    if says:
        raise InputError("says", f"there is no field {next(iter(says))!r}; there are {known}")
    return Byte(shown, fields)


BUILD: dict[str, Callable[[Table, Mapping[str, str], Trace | None], Input]] = {
    "single": _one,
    "multiple": _many,
    "true-false": _true_false,
    "numeric": _number,
    "text": _typed,
    "matching": _pairs,
    "ordering": _order,
    "predict": _predict,
    "bytes": _bytes,
}
