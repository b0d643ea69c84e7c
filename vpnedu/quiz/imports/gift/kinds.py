"""What stands between the braces of a question in GIFT, as an input."""

import re
from fractions import Fraction

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.exports.moodle.kinds import GRADING
from vpnedu.quiz.imports import answers
from vpnedu.quiz.imports.answers import Given, Made, Near, Unlike, decimal_of
from vpnedu.quiz.imports.gift.signs import Body, marked, said, weighed
from vpnedu.quiz.imports.imported import Source

# How many are shown, which, how they lie, how they are marked and numbered; then the steps.
_ORDERING = re.compile(
    r">[ \t]*\d*[ \t]*(?:(?:ALL|EXACT|REL|RANDOM|CONTIGUOUS|HORIZONTAL|VERTICAL|SHOW|HIDE|NONE"
    r"|[A-Z]+(?:_[A-Z]+)+|none|abc|ABCD|123|iii|IIII)\b[ \t]*)*"
)
_CREDIT = {word: credit for credit, word in GRADING.items()}


def made(body: str | None, form: str, source: Source) -> Made:
    """The input; which one, is told by signs, in the order in which Moodle looks for them."""
    if body is None:
        raise Unlike("answer", "it is a description: nothing is asked")
    if not body:
        raise Unlike("answer", "it is an essay, which nothing here can mark")
    inside = Body(body, form)
    if body.startswith(">"):
        return _ordering(inside)
    if body.startswith("#"):
        return _numbers(inside, source)
    if "~" in body:
        return _choices(inside)
    if "=" in body and "->" in body:
        return _pairs(inside)
    if body.partition("#")[0].strip() in ("T", "TRUE", "F", "FALSE"):
        return _true_false(inside)
    return _short(inside)


def _choices(body: Body) -> Made:
    given: list[Given] = []
    lost: list[str] = []
    signed = marked(body.text, "=~")
    for sign, text in signed:
        share, answer, says = weighed(text, Fraction(sign == "="))
        prose, told = body.prose(answer), body.prose(says)
        lost += [*prose.lost, *told.lost]
        given.append(Given(prose.text, share, told.text))
    single = any(sign == "=" for sign, _ in signed)
    taken, more = answers.one(given) if single else answers.many(given)
    return taken, lost + more


def _short(body: Body) -> Made:
    given: list[Given] = []
    lost: list[str] = []
    for _, text in marked(body.text if "=" in body.text else f"={body.text}", "="):
        share, answer, says = weighed(text, Fraction(1))
        words = said(answer)
        if "*" in words.replace(r"\*", ""):
            lost.append(f"the pattern {quoted(words)} is left out: * stands for anything in it")
            continue
        told = body.prose(says)
        lost += told.lost
        given.append(Given(words.replace(r"\*", "*"), share, told.text))
    taken, more = answers.typed(given)
    return taken, lost + more


def _numbers(body: Body, source: Source) -> Made:
    text = body.text[1:]
    near: list[Near] = []
    lost: list[str] = []
    if not re.match(r"\s*[=~]", text):
        text = f"={text}"
    for sign, part in marked(text, "=~"):
        share, answer, says = weighed(part, Fraction(sign == "="))
        if answer in ("", "*"):
            lost.append("what is said to any other number is left out")
            continue
        low, high = _range(answer)
        near.append(Near(low, high, share if sign == "=" else Fraction(0), body.prose(says).text))
    taken, more = answers.number(near, source.unit)
    return taken, lost + more


def _range(text: str) -> tuple[Fraction, Fraction]:
    first, dots, last = text.partition("..")
    if dots:
        low, high = decimal_of(first, "answer"), decimal_of(last, "answer")
        if low > high:
            raise InputError("answer", f"{quoted(text)} runs from a number to a smaller one")
        return low, high
    value, _, off = text.partition(":")
    middle, tolerance = decimal_of(value, "answer"), abs(decimal_of(off or "0", "tolerance"))
    return middle - tolerance, middle + tolerance


def _true_false(body: Body) -> Made:
    said, _, told = body.text.partition("#")
    wrong, _, good = told.partition("#")
    right = said.strip() in ("T", "TRUE")
    words = [body.prose(good).text, body.prose(wrong).text]
    if_true, if_false = words if right else reversed(words)
    return answers.true_false(right, if_true, if_false), []


def _pairs(body: Body) -> Made:
    couples: list[tuple[str, str]] = []
    lost: list[str] = []
    for _, text in marked(body.text, "="):
        left, arrow, right = text.partition("->")
        if not arrow:
            raise InputError("answer", f"{quoted(said(text))} has no -> in it")
        prose = body.prose(left)
        lost += prose.lost
        couples.append((prose.text, said(right)))
    taken, more = answers.pairs(couples)
    return taken, lost + more


def _ordering(body: Body) -> Made:
    """An order, in the notation that the plugin for it reads: a line a step."""
    head = _ORDERING.match(body.text)
    words = head[0].split() if head else []
    rest = body.text[head.end() if head else 1 :]
    steps = [body.prose(line) for line in rest.split("\n") if line.strip()]
    grading = next((word for word in words if word in _CREDIT), "")
    lost = [what for step in steps for what in step.lost]
    if not grading or (grading == GRADING["longest"] and len(steps) > 2):
        lost.append("partial marks are counted in another way")
    if "ALL" not in words:
        lost.append("all its steps are asked, not some of them")
    return answers.order([step.text for step in steps], _CREDIT.get(grading, "adjacent")), lost
