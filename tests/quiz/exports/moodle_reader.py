"""Moodle XML as Moodle takes it: the rules by which it refuses a file, and how it marks.

Written from what Moodle does, without a line of the exporter, so that the two can disagree.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

# Percentages that may be an answer's, with either sign; one other refuses the whole file.
LEGAL = {
    *map(Decimal, (100, 90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 10, 5, 0)),
    *map(Decimal, ("83.33333", "66.66667", "33.33333", "16.66667", "14.28571", "12.5", "11.11111")),
}
FORMATS = (None, "html", "moodle_auto_format", "plain_text", "markdown")
GRADED_BY_FRACTIONS = ("multichoice", "truefalse", "shortanswer", "numerical")


def questions(file: bytes) -> list[Element]:
    """The questions of a file, without its categories."""
    root = ElementTree.fromstring(file)
    assert root.tag == "quiz"
    return [node for node in root if node.get("type") != "category"]


def broken(file: bytes) -> list[str]:
    """Every rule that a file breaks."""
    found: list[str] = []
    category, numbers = "", set()
    for node in ElementTree.fromstring(file):
        if node.get("type") == "category":
            category = text(node, "category")
            if not category.startswith("$course$/top/"):
                found.append(f"category {category!r}")
            continue
        name, number = text(node, "name"), node.findtext("idnumber")
        if (category, number) in numbers or not number:
            found.append(f"{name}: the id number {number!r} is there twice")
        numbers.add((category, number))
        found += (f"{name}: {what}" for what in (*_common(node), *_of_type(node)))
    return found


def _common(node: Element) -> Iterator[str]:
    yield from (f"no {path}" for path in ("name", "questiontext") if not text(node, path))
    formats = {one.get("format") for one in node.iter()}
    yield from (f"format {form!r}" for form in formats - {*FORMATS})
    shown = text(node, "questiontext")
    files = {one.get("name") for one in node.iterfind("questiontext/file")}
    used = {part.partition('"')[0] for part in shown.split("@@PLUGINFILE@@/")[1:]}
    if files != used:
        yield f"pictures {used} and files {files}"
    if shown.count("<img") != shown.count("alt="):
        yield "a picture without words"


def _of_type(node: Element) -> Iterator[str]:
    kind = node.get("type", "")
    if kind not in _SCORES:
        yield f"unknown type {kind!r}"
    shares = [Decimal(answer.get("fraction", "")) for answer in node.findall("answer")]
    if kind in GRADED_BY_FRACTIONS and not {abs(share) for share in shares} <= LEGAL:
        yield f"shares {shares}"
    if kind == "multichoice":
        whole = max(shares) if _flag(node, "single") else sum(s for s in shares if s > 0)
        if round(whole, 2) != 100 or len(shares) < 2:
            yield f"{len(shares)} shares come to {whole}"
    elif kind in GRADED_BY_FRACTIONS and max(shares) != 100:
        yield "nothing is right"
    elif kind == "matching":
        yield from _of_rows(node.findall("subquestion"))
    elif kind == "ordering":
        if (node.findtext("selecttype"), node.findtext("selectcount")) != ("ALL", str(len(shares))):
            yield "some steps would not be shown"
        if shares != [Decimal(place) for place in range(1, len(shares) + 1)]:
            yield "the steps are not in order"


def _of_rows(rows: list[Element]) -> Iterator[str]:
    if len(rows) < 2 or not any(text(row) for row in rows):
        yield "fewer than two pairs"
    if not all(text(row, "answer") for row in rows):
        yield "a row without a partner"


def text(node: Element, path: str = ".") -> str:
    """The text of an element, trimmed as Moodle does."""
    return (node.findtext(f"{path}/text") or "").strip()


def seen(html: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    parts: list[str] = []
    reader = HTMLParser()
    reader.handle_data = parts.append  # type: ignore[method-assign]
    reader.feed(html)
    reader.close()
    return " ".join("".join(parts).split())


def score(node: Element, given: Any) -> Fraction:
    """What an answer, in the texts that are shown, is worth in Moodle."""
    if not given:
        return Fraction(0)
    return _SCORES[node.get("type", "")](node, given)


def _choices(node: Element, given: Any) -> Fraction:
    worth = {seen(text(a)): Fraction(a.get("fraction", "")) / 100 for a in node.iter("answer")}
    if _flag(node, "single"):
        return worth[given]
    return _rounded(max(sum((worth[one] for one in given), Fraction(0)), Fraction(0)))


def _true_false(node: Element, given: Any) -> Fraction:
    return {text(a): Fraction(a.get("fraction", "")) / 100 for a in node.iter("answer")}[
        given.lower()
    ]


def _numerical(node: Element, given: Any) -> Fraction:
    value = Fraction(given)
    for answer in node.iter("answer"):
        if abs(value - Fraction(text(answer))) <= Fraction(answer.findtext("tolerance") or 0):
            return Fraction(answer.get("fraction", "")) / 100
    return Fraction(0)


def _short(node: Element, given: Any) -> Fraction:
    for answer in node.iter("answer"):
        pattern = text(answer)
        # A star with a backslash is a star.
        assert "*" not in pattern.replace(r"\*", "")
        if pattern.replace(r"\*", "*").lower() == given.strip().lower():
            return Fraction(answer.get("fraction", "")) / 100
    return Fraction(0)


def _matching(node: Element, given: Any) -> Fraction:
    rows = {seen(text(row)): text(row, "answer") for row in node.iter("subquestion") if text(row)}
    if isinstance(given, list):
        given = dict(zip(given, _PLACES, strict=False))
    return Fraction(sum(given.get(left) == right for left, right in rows.items()), len(rows))


_PLACES = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th", "12th")


def _ordering(node: Element, given: Any) -> Fraction:
    right = [seen(text(answer)) for answer in node.iter("answer")]
    order = [right.index(step) for step in given]
    steps = len(order)
    good = sum(place == at for at, place in enumerate(order))
    grading = node.findtext("gradingtype")
    if grading == "ALL_OR_NOTHING":
        return Fraction(int(good == steps))
    if grading == "ABSOLUTE_POSITION":
        return Fraction(good, steps)
    if grading == "RELATIVE_NEXT_EXCLUDE_LAST":
        following = dict(pairwise(order))
        return Fraction(sum(following.get(n) == n + 1 for n in range(steps - 1)), steps - 1)
    assert grading == "LONGEST_ORDERED_SUBSET"
    rising = (
        size
        for size in range(steps, 1, -1)
        if any(list(some) == sorted(some) for some in combinations(order, size))
    )
    # One step alone is no order.
    return Fraction(next(rising, 0), steps)


def _flag(node: Element, name: str) -> bool:
    return (node.findtext(name) or "").strip() in ("1", "true")


def _rounded(share: Fraction) -> Fraction:
    """A score without what five places of a percentage cost it."""
    return share.limit_denominator(1000)


_SCORES = {
    "multichoice": _choices,
    "truefalse": _true_false,
    "numerical": _numerical,
    "shortanswer": _short,
    "matching": _matching,
    "ordering": _ordering,
}
