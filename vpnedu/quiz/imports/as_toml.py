"""Imported questions as the text of a bank."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.imported import Imported
from vpnedu.quiz.inputs import Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Mistake, Number, written
from vpnedu.quiz.question import Input, Question
from vpnedu.quiz.typed import Typed

Value = str | bool | int | list[Any] | dict[str, Any]


def as_toml(imported: Imported) -> str:
    """A bank's file. What the source lacked is left out of it: `vpnedu quiz check` names that."""
    parts = [_pairs_of({"title": imported.title})]
    names = dict.fromkeys(question.objective for question in imported.questions)
    parts += ["[[objective]]\n" + _pairs_of({"id": name}) for name in names if name]
    for question in imported.questions:
        parts.append("[[question]]\n" + _pairs_of(_own(question)))
        parts += (f"[[question.{name}]]\n" + _pairs_of(table) for name, table in _tables(question))
    return "\n".join(parts)


def _own(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "objective": question.objective,
        "difficulty": question.difficulty,
        "text": question.text,
        "explain": question.explain,
        "reference": question.reference,
        **_of_answer(question),
        "table": _data(question),
    }


def _data(question: Question) -> dict[str, Any]:
    table = question.table
    if table is None:
        return {}
    rows = [list(row) for row in table.rows]
    return {"caption": table.caption, "columns": list(table.columns), "rows": rows}


def _of_answer(question: Question) -> dict[str, Any]:
    """What of the answer stands in the question's own table."""
    match question.answer:
        case One(choices) if question.kind == "true-false":
            says = {choice.id: choice.says for choice in choices}
            right = any(choice.right and choice.id == "true" for choice in choices)
            return {"right": right, "if_true": says["true"], "if_false": says["false"]}
        case One(_, ordered):
            return {"ordered": True} if ordered else {}
        case Many(_, credit, ordered):
            return {"credit": credit} | ({"ordered": True} if ordered else {})
        case Pairs(_, _, credit) | Order(_, credit):
            return {"credit": credit}
        case Number() as number:
            return _number(question.id, number)
        case Typed(form, accept):
            return {"form": form, "answer": list(accept)}
    raise InputError(question.id, f"a bank can't hold the answer of a {question.kind!r} by itself")


def _number(name: str, number: Number) -> dict[str, Any]:
    """A number is never typed into a bank; the sum of one term is what can be said of it."""
    text = written(number.value)
    if "/" in text:
        raise InputError(name, f"{text} has no end as a decimal; a bank has to compute it")
    digits = len(text.partition(".")[2])
    computed = {"by": "sum", "terms": [text]} | ({"digits": digits} if digits else {})
    tolerance = {"tolerance": written(number.tolerance)} if number.tolerance else {}
    return {"unit": number.unit, "computed": computed} | tolerance


def _tables(question: Question) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables that follow the question's own, each with its name."""
    for hint in question.hints:
        yield "hint", {"text": hint.text, "cost": str(hint.cost)}
    if question.kind != "true-false":
        yield from _of_input(question.answer)


def _of_input(answer: Input) -> Iterator[tuple[str, dict[str, Any]]]:
    match answer:
        case One(choices) | Many(choices):
            yield from (("choice", _choice(choice)) for choice in choices)
        case Pairs(items, options):
            for item in items:
                told = {"id": item.id, "text": item.text, "option": item.option}
                yield "item", told | {"says": item.says}
            yield from (("option", {"id": name, "text": text}) for name, text in options)
        case Order(steps):
            for step in steps:
                yield "step", {"id": step.id, "text": step.text, "says": step.says}
        case Number(mistakes=mistakes) | Typed(mistakes=mistakes):
            yield from (("mistake", _mistake(mistake)) for mistake in mistakes)


def _choice(choice: Choice) -> dict[str, Any]:
    right = {"right": True} if choice.right else {}
    return {"id": choice.id} | right | {"text": choice.text, "says": choice.says}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {"id": mistake.id, "value": mistake.value, "says": mistake.says}


def _pairs_of(table: Mapping[str, Value]) -> str:
    """A line for each key; what is empty was not there, but false is something."""
    there = {key: value for key, value in table.items() if value or value is False}
    return "".join(f"{key} = {_value(value)}\n" for key, value in there.items())


def _value(value: Value) -> str:
    """A value of TOML 1.0 in one line."""
    if isinstance(value, str):
        # What JSON escapes in a text, TOML does in the same way; it also escapes DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    return str(value).lower()
