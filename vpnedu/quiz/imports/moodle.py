"""Questions from Moodle XML."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from vpnedu.network.addresses import InputError, quoted
from vpnedu.quiz.exports.moodle.kinds import GRADING
from vpnedu.quiz.imports import answers
from vpnedu.quiz.imports.answers import Given, Made, Near, Unlike, decimal_of
from vpnedu.quiz.imports.html_prose import Prose, from_html, from_markdown, from_plain
from vpnedu.quiz.imports.imported import Gathering, Imported, Source, checked
from vpnedu.quiz.imports.tables import table_of
from vpnedu.quiz.question import Hint, Table
from vpnedu.quiz.units import scales_of

# Deeper than any file of Moodle's, and than what Python can take apart again.
_DEEPEST = 50
_MOST_OF_A_COST = 100
_CREDIT = {word: credit for credit, word in GRADING.items()}
_FORMATS: dict[str, Callable[[str], Prose]] = {
    "html": from_html,
    "moodle_auto_format": from_html,
    "markdown": from_markdown,
    "plain_text": from_plain,
}


class _Guarded(ElementTree.TreeBuilder):
    """Builds a tree without entities of its own, which could grow without end, and not too deep."""

    depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002
        raise InputError("file", "it has a document type (DOCTYPE), which is not read")

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InputError("file", f"its elements are more than {_DEEPEST} deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def read(text: str) -> Imported:
    """The questions of a file; an InputError says which question breaks which rule."""
    gathering, title = Gathering(), ""
    for place, element in enumerate(_tree(checked(text)), start=1):
        if element.tag != "question":
            raise InputError(f"element {place}", f"<{element.tag}> is not a question")
        kind = element.get("type", "")
        if kind == "category":
            title = title or _title(_text(element, "category"))
            continue
        name = _text(element, "name") or str(place)
        try:
            _add(element, kind, name, gathering)
        except InputError as wrong:
            raise InputError(
                f"question {place}, {quoted(name)}: {wrong.field}", wrong.rule
            ) from None
    return gathering.done(title or "Imported from Moodle")


def _tree(text: str) -> Element:
    parser = ElementTree.XMLParser(target=_Guarded())
    try:
        parser.feed(text)
        root = parser.close()
    except ElementTree.ParseError as wrong:
        raise InputError("file", f"it is not XML: {wrong}") from None
    if root.tag != "quiz":
        raise InputError("file", f"it holds <{root.tag}>, not the <quiz> of Moodle XML")
    return root


def _title(path: str) -> str:
    # A slash in a name is doubled.
    return path.replace("//", "\0").rpartition("/")[2].replace("\0", "/").strip()


def _add(element: Element, kind: str, name: str, gathering: Gathering) -> None:
    costs = _value(element, "penalty") or "0"
    source = Source(
        name=name,
        text=_prose(element.find("questiontext")),
        reason=_prose(element.find("generalfeedback")),
        table=_table(element.find("questiontext")),
        number=_value(element, "idnumber"),
        tags=tuple(_text(tag) for tag in element.iterfind("tags/tag")),
        hints=tuple(_hints(element, decimal_of(costs, "penalty"))),
    )
    if kind not in _KINDS:
        gathering.refuse(source, f"there is nothing like Moodle's {kind!r} here")
        return
    try:
        made, lost = _KINDS[kind](element, source)
    except Unlike as unlike:
        gathering.refuse(source, str(unlike))
        return
    lost += [what for answer in element.iter("answer") for what in _lost_of(answer)]
    gathering.add(source, made, lost)


def _lost_of(answer: Element) -> Iterator[str]:
    """What the texts of an answer lose."""
    yield from _prose(answer).lost
    yield from _prose(answer.find("feedback")).lost


def _hints(element: Element, cost: Fraction) -> Iterator[Hint]:
    share = min(max(cost.limit_denominator(_MOST_OF_A_COST), Fraction(0)), Fraction(1))
    for hint in element.iterfind("hint"):
        prose = _prose(hint)
        if prose.text:
            yield Hint(prose.text, share)


def _text(element: Element | None, path: str = ".") -> str:
    """The plain text of an element's `<text>`."""
    return (element.findtext(f"{path}/text") or "").strip() if element is not None else ""


def _value(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _prose(element: Element | None) -> Prose:
    if element is None:
        return Prose("")
    form = element.get("format", "html")
    prose = _FORMATS.get(form, from_html)(_text(element))
    if element.find("file") is not None:
        return Prose(prose.text, (*prose.lost, "a picture is left out"))
    return prose


def _table(element: Element | None) -> Table | None:
    html = element is not None and _FORMATS.get(element.get("format", "html")) is from_html
    return table_of(_text(element)) if html else None


def _share(answer: Element) -> Fraction:
    return decimal_of(answer.get("fraction", ""), "fraction") / 100


def _says(answer: Element) -> str:
    return _prose(answer.find("feedback")).text


def _flag(element: Element, name: str, otherwise: str) -> bool:
    return (_value(element, name) or otherwise).lower() in ("1", "true")


def _choices(element: Element, _source: Source) -> Made:
    given = [
        Given(_prose(answer).text, _near_all(_share(answer)), _says(answer))
        for answer in element.iterfind("answer")
    ]
    ordered = not _flag(element, "shuffleanswers", "true")
    if _flag(element, "single", "true"):
        return answers.one(given, ordered)
    return answers.many(given, ordered)


def _near_all(share: Fraction) -> Fraction:
    """1 for what is 1 but for rounding."""
    return Fraction(1) if abs(share - 1) < Fraction(1, 10**6) else share


def _true_false(element: Element, _source: Source) -> Made:
    told = {_text(answer).lower(): answer for answer in element.iterfind("answer")}
    if told.keys() != {"true", "false"}:
        raise InputError("answer", "there must be true and false, and nothing else")
    right = _share(told["true"]) > _share(told["false"])
    return answers.true_false(right, _says(told["true"]), _says(told["false"])), []


def _numerical(element: Element, source: Source) -> Made:
    near: list[Near] = []
    lost: list[str] = []
    for answer in element.iterfind("answer"):
        text = _text(answer)
        if text == "*":
            lost.append("what is said to any other number is left out")
            continue
        value = decimal_of(text, "answer")
        off = abs(decimal_of(_value(answer, "tolerance") or "0", "tolerance"))
        near.append(Near(value - off, value + off, _near_all(_share(answer)), _says(answer)))
    units = {
        _value(unit, "unit_name"): decimal_of(_value(unit, "multiplier"), "multiplier")
        for unit in element.iterfind("units/unit")
    }
    asked = next((name for name, worth in units.items() if worth == 1), source.unit)
    made, more = answers.number(near, asked)
    known = dict(scales_of(asked))
    if any(known.get(name, Fraction(0)) * worth != 1 for name, worth in units.items()):
        lost.append("some of its units are not known here, or are worth something else")
    return made, lost + more


def _short(element: Element, _source: Source) -> Made:
    given: list[Given] = []
    lost: list[str] = []
    for answer in element.iterfind("answer"):
        text = _text(answer)
        if "*" in text.replace(r"\*", ""):
            lost.append(f"the pattern {quoted(text)} is left out: * stands for anything in it")
            continue
        given.append(Given(text.replace(r"\*", "*"), _near_all(_share(answer)), _says(answer)))
    if _flag(element, "usecase", "0"):
        lost.append("upper and lower case don't count here")
    made, more = answers.typed(given)
    return made, lost + more


def _matching(element: Element, _source: Source) -> Made:
    parts = element.iterfind("subquestion")
    return answers.pairs([(_prose(part).text, _text(part, "answer")) for part in parts])


def _ordering(element: Element, _source: Source) -> Made:
    parts = list(element.iterfind("answer"))
    # The fraction is a step's place, where it is there.
    steps = sorted(parts, key=lambda part: decimal_of(part.get("fraction", "0"), "fraction"))
    grading = _value(element, "gradingtype")
    lost = []
    if grading not in _CREDIT or (grading == GRADING["longest"] and len(steps) > 2):
        lost.append(f"partial marks are counted in another way than by {grading or 'Moodle'}")
    if _value(element, "selecttype") != "ALL":
        lost.append("all its steps are asked, not some of them")
    texts = [_prose(step).text for step in steps]
    return answers.order(texts, _CREDIT.get(grading, "adjacent")), lost


_KINDS: dict[str, Callable[[Element, Source], Made]] = {
    "multichoice": _choices,
    "truefalse": _true_false,
    "numerical": _numerical,
    "shortanswer": _short,
    "matching": _matching,
    "ordering": _ordering,
}
