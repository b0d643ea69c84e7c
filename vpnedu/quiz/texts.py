"""What people type, before it is read as a number, an address or words."""

import re

from vpnedu.quiz.marking import BLANK, Mark, invalid

# What JavaScript takes for white space, so that the page and Python trim alike.
_SPACES = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
SPACE = f"[{_SPACES}]"


def collapsed(text: str) -> str:
    """`text` without spaces around it, and with one space for many inside it."""
    return re.sub(f"{SPACE}+", " ", text).strip(" ")


def entered(answer: object, longest: int) -> str | Mark:
    """The text of a typed answer without spaces around it, or its mark if there is none to read.

    `longest` is the most characters that are read.
    """
    if answer is None:
        return BLANK
    if not isinstance(answer, str):
        return invalid("that is not text")
    text = answer.strip(_SPACES)
    if not text:
        return BLANK
    if len(text) > longest:
        return invalid(f"that is too long; {longest} characters are enough")
    return text


# Douglas Crockford's base 32: no I, L, O or U, so that a code can be read out and written down.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(data: bytes, letters: int | None = None) -> str:
    """The first bits of `data`, five for each of `letters`; all whole fives unless told.

    >>> crockford(bytes(5)), crockford(b"\\xff\\xff", 2)
    ('00000000', 'ZZ')
    """
    count = len(data) * 8 // 5 if letters is None else letters
    bits = int.from_bytes(data) >> len(data) * 8 - 5 * count
    return "".join(_CROCKFORD[bits >> 5 * at & 31] for at in range(count - 1, -1, -1))
