"""The bank's format as a JSON Schema, for editors: `bank.schema.json` is what this gives."""

from typing import Any

from vpnedu.quiz.question import KINDS
from vpnedu.quiz.reading.checking import ID, LONGEST
from vpnedu.quiz.reading.fields import COMMON, OBJECTIVE, OF_KIND, Field

_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1}
_NUMBER = {"type": ["integer", "number", "string"]}
_OF_TYPE: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "pattern": ID},
    "text": _TEXT,
    "texts": _TEXTS,
    "flag": {"type": "boolean"},
    "whole": {"type": "integer"},
    "number": _NUMBER,
    "rows": {"type": "array", "items": _TEXTS, "minItems": 1},
    "inputs": {"type": "object"},
}


def schema() -> dict[str, Any]:
    """The schema of a bank (JSON Schema, draft 2020-12)."""
    kinds = [_question(kind) for kind in KINDS]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A chapter's questions",
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "objective", "question"],
        "properties": {
            "title": {**_TEXT, "description": "the quiz's title"},
            "objective": {"type": "array", "items": _table(OBJECTIVE), "minItems": 1},
            "question": {"type": "array", "items": {"anyOf": kinds}, "minItems": 1},
        },
    }


def _question(kind: str) -> dict[str, Any]:
    made = _table((*COMMON, *OF_KIND[kind]))
    made["properties"]["kind"] = {"const": kind, "description": KINDS[kind]}
    return made


def _table(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.needed],
        "properties": {field.name: _value(field) for field in fields},
    }


def _value(field: Field) -> dict[str, Any]:
    described = {"description": field.doc}
    if field.type == "table":
        return _table(field.of) | described
    if field.type == "tables":
        return {"type": "array", "items": _table(field.of), "minItems": 1} | described
    known: list[Any] = [int(one) if field.type == "whole" else one for one in field.known]
    return _OF_TYPE[field.type] | ({"enum": known} if known else {}) | described
