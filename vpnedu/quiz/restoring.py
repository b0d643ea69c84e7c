"""Questions made again of their data, so that what was asked once can be marked for ever.

A key holds its questions as `Question.content()` gives them: marking then needs neither the bank,
which may have changed, nor the engine. A run is not part of that data.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Byte, ByteField, Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.prose import written
from vpnedu.quiz.question import Hint, Input, Question, Table
from vpnedu.quiz.typed import Typed

Data = dict[str, Any]


def restored(data: Data) -> Question:
    """The question whose `content()` is `data`; InputError where it can't be such data.

    What does not belong to content, such as a revision or a figure, is passed over.
    """
    try:
        return _question(data)
    except InputError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as wrong:
        rule = f"is not the data of a question ({type(wrong).__name__}: {wrong})"
        raise InputError(str(data.get("id", "question"))[:40], rule) from None


def _question(data: Data) -> Question:
    table = data.get("table")
    return Question(
        id=data["id"],
        kind=data["kind"],
        text=written(data["text"]),
        answer=_INPUTS[data["input"]](data),
        explain=written(data["explain"]),
        reference=data["reference"],
        objective=data["objective"],
        difficulty=data["difficulty"],
        hints=tuple(Hint(written(h["text"]), Fraction(h["cost"])) for h in data["hints"]),
        table=_table(table) if table else None,
    )


def _table(data: Data) -> Table:
    return Table(data["caption"], tuple(data["columns"]), tuple(map(tuple, data["rows"])))


def _choices(data: Data) -> tuple[Choice, ...]:
    return tuple(
        Choice(c["id"], written(c["text"]), c["right"], written(c["says"]), c.get("last", False))
        for c in data["choices"]
    )


def _mistakes(data: Data) -> tuple[Mistake, ...]:
    return tuple(Mistake(m["id"], m["value"], written(m["says"])) for m in data["mistakes"])


def _pairs(data: Data) -> Pairs:
    items = (
        Item(i["id"], written(i["text"]), i["option"], written(i["says"])) for i in data["items"]
    )
    options = ((option["id"], written(option["text"])) for option in data["options"])
    return Pairs(tuple(items), tuple(options), data["credit"])


def _order(data: Data) -> Order:
    steps = (Step(s["id"], written(s["text"]), written(s["says"])) for s in data["steps"])
    return Order(tuple(steps), data["credit"])


def _number(data: Data) -> Number:
    value, tolerance = Fraction(data["answer"]), Fraction(data["tolerance"])
    return Number(value, tolerance, data["unit"], _mistakes(data), data["shown"])


def _byte(data: Data) -> Byte:
    fields = (
        ByteField(f["id"], f["first"], f["last"], written(f["says"]), f["right"])
        for f in data["fields"]
    )
    return Byte(bytes.fromhex(data["hex"]), tuple(fields))


_INPUTS: dict[str, Callable[[Data], Input]] = {
    "one": lambda data: One(_choices(data), data.get("ordered", False)),
    "many": lambda data: Many(_choices(data), data["credit"], data.get("ordered", False)),
    "pairs": _pairs,
    "order": _order,
    "number": _number,
    "typed": lambda data: Typed(data["form"], tuple(data["accept"]), _mistakes(data)),
    "byte": _byte,
}
