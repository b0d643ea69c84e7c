"""Texts with places to fill: `{answer}` and other words that a computation or a run gives, and
`{fact: file | table | row | column}`, what a provider's fact says."""

import re
from collections.abc import Mapping

from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing import Fact

_PLACE = re.compile(r"\{([^{}]*)\}")
_OF_A_FACT = 4


def filled(text: str, words: Mapping[str, str], fact: Fact) -> str:
    """`text` with every place filled; InputError names one that nothing fills."""

    def word(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name.startswith("fact:"):
            path = [part.strip() for part in name.removeprefix("fact:").split("|")]
            if len(path) != _OF_A_FACT:
                raise InputError("text", f"{{{name}}} needs file | table | row | column")
            file, table, row, column = path
            return fact(file, table, row, column)
        if name not in words:
            known = ", ".join(words) or "none: the question computes nothing"
            raise InputError("text", f"nothing fills {{{name}}}; there are {known}")
        return words[name]

    return _PLACE.sub(word, text)


def filled_in(value: object, words: Mapping[str, str], fact: Fact) -> object:
    """The same for all texts in a value made of lists and tables."""
    if isinstance(value, str):
        return filled(value, words, fact)
    if isinstance(value, list):
        return [filled_in(one, words, fact) for one in value]
    if isinstance(value, dict):
        return {name: filled_in(one, words, fact) for name, one in value.items()}
    return value
