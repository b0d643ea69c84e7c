"""What a bank's tables may hold: the one place that the reader and the JSON Schema are made of."""

from dataclasses import dataclass
from typing import Literal

from vpnedu.quiz.marking import ORDERS, PAIRS, TICKS
from vpnedu.quiz.question import KINDS

Type = Literal[
    "id", "text", "texts", "flag", "whole", "number", "rows", "inputs", "table", "tables"
]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table. `of` are the fields of the tables in it; `known` its only values."""

    name: str
    type: Type
    doc: str
    needed: bool = True
    of: tuple["Field", ...] = ()
    known: tuple[str, ...] = ()


def _may(name: str, type_: Type, doc: str, **more: tuple[str, ...]) -> Field:
    return Field(name, type_, doc, needed=False, known=more.get("known", ()))


OBJECTIVE = (
    Field("id", "id", "the objective's name, never used again for another"),
    Field("text", "text", "what a reader can do, as a clause: say which route wins, and why"),
    Field("section", "text", "the anchor of the heading that teaches it"),
)
_HINT = (
    Field("text", "text", "help on request"),
    Field("cost", "number", 'the share of the score it takes, such as "1/4"'),
)
_TABLE = (
    Field("caption", "text", "what the table is"),
    Field("columns", "texts", "the heads of the columns"),
    Field("rows", "rows", "a list of cells for each row"),
)
COMMON = (
    Field("id", "id", "the question's name, never used again for another: answers are kept by it"),
    Field("kind", "text", "how it is answered", known=tuple(KINDS)),
    Field("objective", "id", "the objective it belongs to"),
    Field("difficulty", "whole", "1 to recall, 2 to apply, 3 to work out", known=("1", "2", "3")),
    Field("text", "text", "the question; `code`, *stress* and **weight** are marked so"),
    Field("explain", "text", "why the answer is right"),
    Field("reference", "text", "the RFC and section, or the page and its date"),
    Field("hint", "tables", "hints, in the order in which they are given", False, _HINT),
    Field("table", "table", "data the question is about", False, _TABLE),
    _may("run", "inputs", "the run that shows the answer: see vpnedu.quiz.predicting"),
    _may("ask", "text", "what of the run is the answer: see vpnedu.quiz.predicting"),
    _may("computed", "inputs", "the calculation, by its name in `by`: see vpnedu.quiz.computing"),
    _may("picture", "flag", "draw the run's network beside the question"),
)
_CHOICE = (
    Field("id", "id", "the choice's name within the question: answers are kept by it"),
    Field("text", "text", "the choice"),
    Field("says", "text", "what is told to who picks it"),
    _may("right", "flag", "set on what is right, unless `value` decides"),
    _may("value", "text", "right if it is the computed answer"),
    _may("last", "flag", "stays at the end when choices are shuffled"),
)
_MISTAKE = (
    Field("id", "id", "the mistake's name within the question"),
    Field("value", "number", "the wrong answer"),
    Field("says", "text", "what went wrong"),
)
_TYPED_MISTAKE = (_MISTAKE[0], Field("value", "text", "the wrong answer"), _MISTAKE[2])
_ITEM = (
    Field("id", "id", "the item's name within the question"),
    Field("text", "text", "the thing to be paired"),
    Field("option", "id", "the option that is its partner"),
    Field("says", "text", "why"),
)
_OPTION = (
    Field("id", "id", "the option's name within the question"),
    Field("text", "text", "the partner"),
)
_STEP = (
    Field("id", "id", "the step's name within the question"),
    Field("text", "text", "the step"),
    Field("says", "text", "why it stands here"),
)
_FIELD_SAYS = (
    Field("field", "text", "a field of the packet"),
    Field("says", "text", "what is told to who picks a byte of it"),
)
_CHOICES = Field("choice", "tables", "the choices", True, _CHOICE)
_ORDERED = _may("ordered", "flag", "show the choices as they stand here")
_NUMBER = (
    _may("tolerance", "number", "how far off is still right, in the unit of the answer"),
    _may("unit", "text", "the unit of the answer"),
    Field("mistake", "tables", "wrong numbers with a name", False, _MISTAKE),
)


def _credit(policies: dict[str, object]) -> Field:
    return _may("credit", "text", "how partial credit is given", known=tuple(policies))


OF_KIND: dict[str, tuple[Field, ...]] = {
    "single": (_CHOICES, _ORDERED),
    "multiple": (_CHOICES, _ORDERED, _credit({**TICKS})),
    "true-false": (
        _may("right", "flag", "whether the sentence is true, unless it is computed"),
        Field("if_true", "text", "what is told to who says it is true"),
        Field("if_false", "text", "what is told to who says it is false"),
    ),
    "numeric": _NUMBER,
    "text": (
        Field("form", "text", "what is typed", known=("address", "prefix", "port", "hex", "words")),
        _may("answer", "texts", "what is right, unless it is computed"),
        Field("mistake", "tables", "wrong answers with a name", False, _TYPED_MISTAKE),
    ),
    "matching": (
        Field("item", "tables", "the things to be paired", True, _ITEM),
        Field("option", "tables", "their partners", True, _OPTION),
        _credit({**PAIRS}),
    ),
    "ordering": (
        Field("step", "tables", "the steps in the right order", True, _STEP),
        _credit({**ORDERS}),
    ),
    "predict": (Field("choice", "tables", "the choices", False, _CHOICE), _ORDERED, *_NUMBER),
    "bytes": (
        _may("datagram", "whole", "which of the run's packets, from 0; 0 unless told"),
        Field("field", "text", "the field to find"),
        Field("says", "tables", "what is told about fields", False, _FIELD_SAYS),
    ),
}
