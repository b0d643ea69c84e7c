"""A reader's progress file, checked before anything in it is believed.

The page checks by the same rules (`widgets/static/checking.js`); `tests/quiz/progress_vectors.json`
holds both together. An InputError's field is "file", or the way to what is wrong in it.
"""

import re
from collections.abc import Callable
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.strict import parsed, short

SCHEMA = "vpnedu-progress/1"
MOST_BYTES = 1_000_000
DEEPEST = 8
MOST = 1_000_000
LONGEST_ANSWER = 2000
STATUSES = ("correct", "partial", "incorrect", "blank", "invalid")

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
Check = Callable[[Any, str], None]


def values(text: str) -> dict[str, Any]:
    """The values in a progress file; InputError says what is wrong with it, and where."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise InputError("file", "is bigger than 1 MB")
    text = text.removeprefix("\ufeff")
    data = parsed(text, DEEPEST)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise InputError("file", f"is not a progress file of this book ({SCHEMA})")
    _FILE(data, "")
    return data


def _wrong(place: str, rule: str) -> InputError:
    return InputError(place.removeprefix(".") or "file", rule)


def _text(pattern: str, rule: str) -> Check:
    fits = re.compile(pattern, re.DOTALL)

    def check(value: Any, place: str) -> None:
        if not isinstance(value, str) or not fits.fullmatch(value):
            raise _wrong(place, rule)

    return check


def _whole(highest: int) -> Check:
    def check(value: Any, place: str) -> None:
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        if not (fits and 0 <= value <= highest and value == int(value)):
            raise _wrong(place, f"must be a whole number from 0 to {highest}")

    return check


def _flag(value: Any, place: str) -> None:
    if not isinstance(value, bool):
        raise _wrong(place, "must be true or false")


def _or_null(check: Check) -> Check:
    return lambda value, place: None if value is None else check(value, place)


def _list(check: Check, most: int) -> Check:
    def each(value: Any, place: str) -> None:
        if not isinstance(value, list) or len(value) > most:
            raise _wrong(place, f"must be a list of at most {most}")
        for number, one in enumerate(value):
            check(one, f"{place}.{number}")

    return each


def _by_name(check: Check, name: str = NAME) -> Check:
    fits = re.compile(name)

    def each(value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(place, "must hold names and values")
        for key, one in value.items():
            if not fits.fullmatch(key):
                raise _wrong(place, f"{short(key)} is no name")
            check(one, f"{place}.{key}")

    return each


def _exactly(checks: dict[str, Check], free: dict[str, Check] | None = None) -> Check:
    known = checks | (free or {})

    def each(value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(place, "must hold names and values")
        for key in checks:
            if key not in value:
                raise _wrong(f"{place}.{key}", "is missing")
        for key, one in value.items():
            if key not in known:
                raise _wrong(place, f"{short(key)} does not belong here")
            known[key](one, f"{place}.{key}")

    return each


_SHORT = _text(r".{0,200}", "must be text of at most 200 characters")
_TYPED = _text(rf".{{0,{LONGEST_ANSWER}}}", f"must be text of at most {LONGEST_ANSWER} characters")
_TICKS = _list(_SHORT, 100)
_PAIRS = _by_name(_or_null(_SHORT))


def _answer(value: Any, place: str) -> None:
    """Null, text, a list of texts, or texts by name: the forms that answers have."""
    forms: dict[type, Check] = {list: _TICKS, dict: _PAIRS}
    _or_null(forms.get(type(value), _TYPED))(value, place)


_STATUS = _text("|".join(STATUSES), f"must be one of {', '.join(STATUSES)}")


def _score(value: Any, place: str) -> None:
    found = (
        re.fullmatch(r"([0-9]{1,6})(?:/([0-9]{1,6}))?", value) if isinstance(value, str) else None
    )
    below = int(found[2] or 1) if found else 0
    if not (found and below and int(found[1]) <= below):
        raise _wrong(place, "must be a share of a point, such as 1 or 3/4, as text")


_MARK = _or_null(_exactly({"status": _STATUS, "score": _score}))
_RECORD = _exactly(
    {
        "rev": _text("[0-9a-f]{12}", "must be 12 digits of a revision"),
        "answer": _answer,
        "checked": _flag,
        "tries": _whole(MOST),
        "hints": _whole(100),
        "first": _MARK,
        "last": _MARK,
        "seed": _whole(2**32 - 1),
    }
)
_DRILL = _exactly(
    {"box": _whole(5), "right": _whole(MOST), "wrong": _whole(MOST), "last": _whole(2 * MOST)}
)
_PLACE = f"{NAME}/{NAME}"
_EXAM = _exactly(
    {
        "seed": _whole(999_999),
        "count": _or_null(_whole(1000)),
        "drawn": _list(_text(_PLACE, "must name a quiz and a question"), 1000),
        "handed": _flag,
        "questions": _by_name(_RECORD, _PLACE),
    }
)
_FILE = _exactly(
    {
        "schema": _text(re.escape(SCHEMA), f"must be {SCHEMA}"),
        "quizzes": _by_name(_by_name(_RECORD)),
        "drills": _by_name(_DRILL),
        "exam": _or_null(_EXAM),
    },
    {
        "name": _text(r".{0,100}", "must be text of at most 100 characters"),
        "saved": _text(r"[0-9T:.Z+-]{0,40}", "must be a time such as 2026-11-23T08:30:00Z"),
    },
)
