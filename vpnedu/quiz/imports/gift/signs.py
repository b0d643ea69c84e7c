"""The signs of GIFT: escapes, formats, what begins an answer and what it is worth."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.imports.answers import decimal_of
from vpnedu.quiz.imports.html_prose import Prose, from_html, from_markdown, from_plain

# While a question is read, halves of characters stand for what was escaped: no text holds any.
_STANDS_FOR = {sign: chr(0xD800 + at) for at, sign in enumerate("\\#=~{}:n")}
_MEANT = {ord(place): "\n" if sign == "n" else sign for sign, place in _STANDS_FOR.items()}
_ESCAPE = re.compile(r"\\([\\#=~{}:n])")
_FORMATTED = re.compile(r"\[(html|markdown|plain|moodle)\]")
_FORMATS: dict[str, Callable[[str], Prose]] = {
    "html": from_html,
    "markdown": from_markdown,
    "plain": from_plain,
    "moodle": from_html,
}
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%", re.ASCII)


@dataclass(frozen=True, slots=True)
class Body:
    """What stands between a question's braces; `form` is the format of all texts in it."""

    text: str
    form: str

    def prose(self, text: str) -> Prose:
        """A piece of it, in a format of its own if it names one."""
        return prose(text, self.form)[0]


def protected(text: str) -> str:
    """A text in which escaped signs are hidden from whoever looks for signs."""
    return _ESCAPE.sub(lambda match: _STANDS_FOR[match[1]], text)


def said(text: str) -> str:
    """A text with what was escaped in its place."""
    return text.translate(_MEANT).strip()


def prose(text: str, form: str) -> tuple[Prose, str]:
    """A text, and its format: its own, or `form`."""
    text = text.strip()
    own = _FORMATTED.match(text)
    form = own[1] if own else form
    return _FORMATS[form](said(text[own.end() :] if own else text)), form


def marked(text: str, signs: str) -> list[tuple[str, str]]:
    """Answers, each with the sign that it begins with."""
    parts = re.split(f"([{signs}])", text)
    if parts[0].strip():
        rule = f"{quoted(said(parts[0]))} must begin with {' or '.join(signs)}"
        raise InputError("answer", rule)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def weighed(text: str, otherwise: Fraction) -> tuple[Fraction, str, str]:
    """The share of an answer, the answer, and what is said to it."""
    text = text.strip()
    weight = _WEIGHT.match(text)
    answer, _, says = (text[weight.end() :] if weight else text).partition("#")
    share = decimal_of(weight[1], "weight") / 100 if weight else otherwise
    if abs(share) > 1:
        raise InputError("weight", f"%{weight[1] if weight else ''}% is not from -100 to 100")
    return share, answer.strip(), says
