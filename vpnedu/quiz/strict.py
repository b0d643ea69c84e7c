"""JSON from strangers, read strictly: nothing twice, no NaN, not too deep, no endless number.

The page checks a progress file by the same rules (`widgets/static/checking.js`).
"""

import json
import re
from typing import Any

from vpnedu.network.addresses import InputError

# Text, or a bracket: what brackets stand in a text don't count. Never goes back, so never slow.
_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)


class Unreadable(InputError):
    """A file that can't be believed. `code` is the short name of the reason, such as `dup-key`."""

    def __init__(self, code: str, rule: str, field: str = "file"):
        super().__init__(field, rule)
        self.code = code

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str, str]]:  # type: ignore[override]
        return type(self), (self.code, self.rule, self.field)


def parsed(text: str, deepest: int) -> Any:
    """What the JSON `text` holds; Unreadable says `too-deep`, `not-json`, `nan` or `dup-key`.

    Whole numbers of more than 16 digits come back as infinity, which no check lets through.
    """
    _check_depth(text, deepest)
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_refused, parse_int=_whole)
    except Unreadable:
        raise
    except ValueError:
        raise Unreadable("not-json", "is not JSON") from None


def _check_depth(text: str, deepest: int) -> None:
    # Most files have too few brackets to be deep at all.
    if text.count("[") + text.count("{") <= deepest:
        return
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in ("{", "[")) - (match[0] in ("}", "]"))
        if depth > deepest:
            raise Unreadable("too-deep", f"is nested more than {deepest} deep")


def _pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(found)
    if len(values) < len(found):
        names = [name for name, _ in found]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable("dup-key", f"says {short(twice)} twice")
    return values


def _refused(_constant: str) -> None:
    raise Unreadable("nan", "is not JSON")


def _whole(digits: str) -> int | float:
    # Python reads no number of more than 4,300 digits; no field here takes more than seven.
    return int(digits) if len(digits) <= 16 else float("inf")


def short(name: str) -> str:
    """A key as an error shows it."""
    return f'"{name[:40]}…"' if len(name) > 40 else f'"{name}"'
