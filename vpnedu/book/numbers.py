"""The numbers of the prose, recomputed: `chapters/numbers/<chapter>.toml` says where each is from.

`python -m vpnedu.book.numbers [chapter …]` tells authors what is wrong, and which quantities
have no entry. An entry has `says`, the words with places such as `{answer}`, and one of

- `computed`, a calculation of `vpnedu.quiz.computing`, as a bank names it;
- `run` with `ask`, as a bank names them;
- `fact = {file, table, row, column}`, a cell of `chapters/facts`;
- `printed`, words of a cell's output or a figure's transcript with the same places, where the
  output holds the numbers and `…` skips the rest of a line's words;
- `given`, a number that nothing can compute, with `why`, or `source` and its date.

A place may have a format, as in `{answer:,}` or `{answer:.0f}`; `{answer:word}` is "three", and
`{answer:#2}` the second number of an answer such as "10 to 15 s".
"""

import re
import sys
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from vpnedu.book import banks
from vpnedu.book.prose import NUMBER, Quantity, plain, printed, prose, quantities
from vpnedu.book.sums import sums
from vpnedu.network.addresses import InputError
from vpnedu.quiz.computing import computed
from vpnedu.quiz.predicting import run, told

CHAPTERS = Path(__file__).parents[2] / "chapters"
ORIGINS = ("computed", "run", "fact", "printed", "given")
KEYS = {"says", "ask", "why", "source", *ORIGINS}
SMALL = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_PLACE = re.compile(r"\{([\w-]+)(?::([^{}]+))?\}")

Words = dict[str, str]


def entries(chapter: str) -> list[dict[str, Any]]:
    """The entries of a chapter's file, none if it has no file; InputError if it is no such file."""
    path = CHAPTERS / "numbers" / f"{chapter}.toml"
    if not path.exists():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as wrong:
        raise InputError(path.name, str(wrong)) from None
    if data.keys() - {"number"}:
        raise InputError(path.name, f"it holds [[number]] tables only, not {', '.join(data)}")
    return list(data.get("number", ()))


def checked(entry: dict[str, Any]) -> dict[str, Any]:
    """`entry`, if it has the keys that it needs and no others; else InputError."""
    if unknown := entry.keys() - KEYS:
        raise InputError(min(unknown), f"there is no such field; there are {', '.join(KEYS)}")
    if not isinstance(entry.get("says"), str):
        raise InputError("says", "it is missing: the words of the prose")
    named = [origin for origin in ORIGINS if origin in entry]
    if len(named) != 1:
        raise InputError("says", f"one of {', '.join(ORIGINS)} must say where the number is from")
    if ("run" in entry) != ("ask" in entry):
        raise InputError("ask", "run and ask go together")
    if "given" in entry and not ({"why", "source"} & entry.keys()):
        raise InputError("given", "say why nothing computes it, or name its source with its date")
    return entry


def words_of(entry: dict[str, Any], outputs: str) -> Words:
    """What fills the places of an entry, from where it says."""
    if "computed" in entry:
        return _computed(repr(entry["computed"]), **entry["computed"])
    if "run" in entry:
        return told(_ran(repr(entry["run"]), **entry["run"]), entry["ask"])
    if "fact" in entry:
        return {"answer": banks.fact(**entry["fact"])}
    if "given" in entry:
        return {"answer": str(entry["given"])}
    return found_in(outputs, entry["printed"])


# The same input gives the same words, and a run takes a while: once for each text of the inputs.
_seen: dict[tuple[str, str], Any] = {}


def _computed(key: str, *, by: str, **inputs: Any) -> Words:
    if ("computed", key) not in _seen:
        _seen["computed", key] = computed(by, inputs, banks.fact)
    words: Words = _seen["computed", key]
    return words


def _ran(key: str, **inputs: Any) -> Any:
    if ("run", key) not in _seen:
        _seen["run", key] = run(inputs)
    return _seen["run", key]


def found_in(outputs: str, template: str) -> Words:
    """The numbers in `outputs` at the places of `template`, the same wherever it fits."""
    pieces = re.split(r"(\{[\w-]+\}|…|\s+)", template.strip())
    pattern = "".join(map(_pattern, pieces))
    names = [name for name, _ in _PLACE.findall(template)]
    matches = re.finditer(rf"(?<![\d.,]){pattern}(?![.,]?\d)", outputs)
    found = {tuple(match.groups()) for match in matches}
    if len(found) != 1:
        problem = f"fits in {len(found)} ways" if found else "stands in no output of the chapter"
        raise InputError("printed", f"{template!r} {problem}")
    return dict(zip(names, (value for [groups] in [found] for value in groups), strict=True))


def _pattern(piece: str) -> str:
    if piece == "…":
        return r"[^\n]*?"
    if piece.startswith("{"):
        return f"({NUMBER})"
    return r"\s+" if piece.isspace() else re.escape(piece)


def filled(says: str, words: Words) -> str:
    """`says` with its places filled."""

    def word(match: re.Match[str]) -> str:
        name, form = match[1], match[2]
        if name not in words:
            raise InputError("says", f"nothing fills {{{name}}}; there are {', '.join(words)}")
        return _formed(words[name], form) if form else words[name]

    return plain(_PLACE.sub(word, says))


def _formed(value: str, form: str) -> str:
    if form.startswith("#"):
        return str(re.findall(NUMBER, value)[int(form[1:]) - 1])
    number = Decimal(value.replace(",", ""))
    if form == "word":
        return SMALL[int(number)]
    if form == "Word":
        return SMALL[int(number)].capitalize()
    return format(int(number) if number == int(number) and form == "," else number, form)


def spans(text: str, says: str) -> list[tuple[int, int]]:
    """Where the words stand in `text`, not as the end or the beginning of a longer number."""
    before = r"(?<!\w)(?<!\d[.,])" if says[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if says[-1:].isalnum() else ""
    exact = before + re.escape(says) + after
    return [match.span() for match in re.finditer(exact, text)]


def near(text: str, says: str) -> str:
    """What the prose has in place of `says`, if only the numbers differ."""
    pieces = [re.escape(piece) for piece in re.split(NUMBER, says)]
    match = re.search(NUMBER.join(pieces), text)
    return f"; the prose says {match[0]!r}" if match else "; no such words are in the prose"


def problems(chapter: str) -> list[str]:
    """What is wrong with a chapter's numbers, `chapter: says: what` each; none if all hold."""
    path = path_of(chapter)
    text, outputs, found = prose(path), printed(path), []
    for entry in entries(chapter):
        try:
            says = filled(checked(entry)["says"], words_of(entry, outputs))
            if not spans(text, says):
                found.append(f"{chapter}: {entry['says']}: it comes to {says!r}{near(text, says)}")
        except InputError as wrong:
            found.append(f"{chapter}: {entry.get('says')}: {wrong.field}: {wrong.rule}")
    found += [f"{chapter}: {one.text}: {one.wrong}" for one in sums(text) if one.wrong]
    return found


def uncovered(chapter: str) -> list[tuple[Quantity, str]]:
    """Quantities that no entry and no sum covers, each with the words around it."""
    path = path_of(chapter)
    text, outputs = prose(path), printed(path)
    # What a sum comes to may have its unit behind it: 2 × 5 = 10 pairs.
    covered = [(one.start, one.end + 12) for one in sums(text) if not one.wrong]
    for entry in entries(chapter):
        try:
            covered += spans(text, filled(checked(entry)["says"], words_of(entry, outputs)))
        except InputError:
            continue
    return [
        (quantity, text[max(quantity.start - 50, 0) : quantity.end + 30])
        for quantity in quantities(text)
        if not any(start <= quantity.start and quantity.end <= end for start, end in covered)
    ]


@cache
def path_of(chapter: str) -> Path:
    """The chapter's file; InputError if there is no such chapter."""
    for suffix in (".ipynb", ".md"):
        if (path := CHAPTERS / f"{chapter}{suffix}").exists():
            return path
    raise InputError("chapter", f"there is no {chapter!r} in {CHAPTERS}")


def main(names: list[str]) -> int:
    """Tell authors what is wrong in the chapters named, or in all with a file; the exit code."""
    wrong = 0
    for name in names or sorted(path.stem for path in (CHAPTERS / "numbers").glob("*.toml")):
        lines = problems(name)
        for quantity, around in uncovered(name):
            kind = "no entry" if quantity.must else "look at it"
            lines += [f"{name}: {quantity.text}: {kind}: … {around} …"] if quantity.must else []
            if not quantity.must:
                sys.stdout.write(f"{name}: {quantity.text}: {kind}: … {around} …\n")
        sys.stdout.writelines(f"{line}\n" for line in lines)
        wrong += len(lines)
        sys.stdout.write(f"{name}: {len(entries(name))} entries, {len(lines)} to mend\n")
    return int(wrong > 0)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except InputError as wrong:
        sys.exit(str(wrong))
