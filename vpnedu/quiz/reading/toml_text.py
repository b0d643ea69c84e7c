"""TOML that people wrote, read so that whatever is wrong with it has its place."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from vpnedu.quiz.reading.problems import BankError

# Python turns no more than 4,300 digits into a number, nor a power of ten of 19 digits.
_ENDLESS = re.compile(r"""(?<!["'\w])[0-9_.]{400,}|[0-9][eE][+-]?[0-9_]{10,}""")
_FIELD = re.compile(r"""([A-Za-z0-9_."'-]+)\s*=[^=\n]*\Z""")


def toml(text: str, file: str) -> dict[str, Any]:
    """The tables of a text, its decimals exact; BankError names the line or the field at fault."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        problem = str(wrong)
    except RecursionError:
        problem = "lists or tables are nested too deep"
    except (ValueError, ArithmeticError):
        problem = _endless(text)
    raise BankError((f"{file}: {problem}",))


def _endless(text: str) -> str:
    """Which number it was that is too long to be one."""
    for match in _ENDLESS.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if field := _FIELD.search(text[line : match.start()]):
            return f"{field[1]}: a number is too long"
    return "a number is too long"
