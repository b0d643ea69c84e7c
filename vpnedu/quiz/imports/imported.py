"""What an import comes to: questions, and what of the source could not be taken over."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Loss
from vpnedu.quiz.imports.answers import with_words
from vpnedu.quiz.imports.html_prose import NO_TABLE, Prose
from vpnedu.quiz.inputs import Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Hint, Input, Question, Table
from vpnedu.quiz.typed import Typed

# Of a whole file, in characters.
LONGEST = 20_000_000

_KINDS = {
    "one": "single", "many": "multiple", "number": "numeric", "typed": "text",
    "pairs": "matching", "order": "ordering",
}  # fmt: skip
_REFERENCE = re.compile(r"(?:\A|\n\n)Reference: (.+)\Z")
_UNIT = re.compile(r"(?:\A|\n\n)Give the number(?: alone,)? in (.+)\.\Z")
_FILLED = re.compile(r"\{[^{}]*\}")
_OUR_ID = re.compile(r"vpnedu:([a-z0-9-]+):v(\d+)")


@dataclass(frozen=True)
class Imported:
    """The questions of a file, and the losses. What the source lacks of a question is empty in it.

    A difficulty of 0 is one that the source doesn't tell.
    """

    title: str
    questions: tuple[Question, ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a file tells of one question beside how it is answered."""

    name: str
    text: Prose
    reason: Prose
    number: str = ""
    tags: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    table: Table | None = None

    @property
    def unit(self) -> str:
        """The unit that the text asks for, in the words that our exports use; or nothing."""
        found = _UNIT.search(self.text.text)
        return found[1] if found else ""


class Gathering:
    """The questions and losses of one import, in the order in which they are found."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.losses: list[Loss] = []
        self._names: dict[str, int] = {}

    def add(self, source: Source, answer: Input, lost: Iterable[str]) -> None:
        """One question; `lost` is what was lost of its answers."""
        answer, reason = with_words(answer, _REFERENCE.sub("", source.reason.text))
        reference = _REFERENCE.search(source.reason.text)
        text = source.text.text
        question = Question(
            id=self._named(source),
            kind=_kind(answer),
            text=_UNIT.sub("", text) if isinstance(answer, Number) and answer.unit else text,
            answer=answer,
            explain=reason,
            reference=reference[1] if reference else "",
            objective=_tagged(source.tags, "objective"),
            difficulty=int(_tagged(source.tags, "difficulty") or 0),
            hints=source.hints,
            table=source.table,
        )
        gone = [*source.text.lost, *source.reason.lost]
        gone = [what for what in gone if what != NO_TABLE or not source.table]
        for what in dict.fromkeys([*gone, *lost, *_lacking(question)]):
            self.losses.append(Loss(question.id, what))
        self.questions.append(question)

    def refuse(self, source: Source, why: str) -> None:
        """A question that can't be one of ours: a loss, told by the name it would have had."""
        self.losses.append(Loss(self._named(source), f"left out: {why}"))

    def done(self, title: str) -> Imported:
        """All of it."""
        return Imported(title, tuple(self.questions), tuple(self.losses))

    def _named(self, source: Source) -> str:
        """A name that is an id and that no other question has."""
        ours = _OUR_ID.fullmatch(source.number)
        stem = ours[1] if ours else slug(source.name)
        stem = f"{stem}-v{ours[2]}" if ours and stem in self._names else stem or "question"
        name = stem
        # Where it goes on counting, so that a thousand of one name take no longer than others.
        while name in self._names:
            self._names[stem] += 1
            name = f"{stem}-{self._names[stem]}"
        self._names[name] = 1
        return name


def slug(text: str) -> str:
    """`text` as an id: small letters, digits and hyphens; nothing if there are none in it.

    >>> slug("Q1: Which way?")
    'q1-which-way'
    """
    return "-".join(re.findall("[a-z0-9]+", text.lower()))[:60].strip("-")


def checked(text: str) -> str:
    """`text`, if it can be read at all."""
    if len(text) > LONGEST:
        raise InputError("file", f"it has {len(text):,} characters; {LONGEST:,} are read")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise InputError("file", "half a character (a surrogate) is in it; save it as UTF-8")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _kind(answer: Input) -> str:
    if isinstance(answer, One) and {choice.id for choice in answer.choices} == {"true", "false"}:
        return "true-false"
    return _KINDS[answer.name]


def _tagged(tags: tuple[str, ...], name: str) -> str:
    known = "[123]" if name == "difficulty" else "[a-z0-9]+(?:-[a-z0-9]+)*"
    found = (re.fullmatch(f"{name}:({known})", tag) for tag in tags)
    return next((match[1] for match in found if match), "")


def _lacking(question: Question) -> Iterable[str]:
    """What the bank's format asks for that the source doesn't have."""
    lacks = {
        "an explanation": question.explain,
        "a reference": question.reference,
        "an objective": question.objective,
        "a difficulty": question.difficulty,
        "words for each answer": _all_said(question.answer),
    }
    missing = [name for name, there in lacks.items() if not there]
    if missing:
        yield f"the source has not: {', '.join(missing)}"
    if _FILLED.search(question.text + question.explain):
        yield "a bank takes {…} in its texts for a place to be filled: write it in another way"


def _all_said(answer: Input) -> bool:
    match answer:
        case One(choices) | Many(choices):
            return all(choice.says for choice in choices)
        case Number() | Typed():
            return all(mistake.says for mistake in answer.mistakes)
        case Pairs(items):
            return all(item.says for item in items)
        case Order(steps):
            return all(step.says for step in steps)
        case _:
            return True
