"""What a bank may do and should not: signs by which a key can be guessed, and gaps."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

from vpnedu.quiz.bank import Bank
from vpnedu.quiz.inputs import Choice, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

FEWEST_QUESTIONS = 12
# Below this many questions of a sort, a share says nothing.
FEW = 4
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|lorem ipsum|tbd)\b", re.IGNORECASE)
Finding = tuple[str, str]


def findings(bank: Bank, of_chapter: bool = True) -> list[str]:
    """What is doubtful in `bank`, as lines: file: question: field: what is doubtful.

    A bank that is no chapter's may be small.
    """
    file = f"{bank.name}.toml"
    rules = [rule for rule in OF_BANKS if of_chapter or rule is not _enough]
    found = [f"{file}: {where}: {what}" for rule in rules for where, what in rule(bank)]
    for question in bank.questions:
        for rule_of_one in OF_QUESTIONS:
            told = rule_of_one(question)
            found += [f"{file}: {question.id}: {where}: {what}" for where, what in told]
    return found


def _objectives_asked(bank: Bank) -> Iterator[Finding]:
    asked = {question.objective for question in bank.questions}
    for objective in bank.objectives:
        if objective.id not in asked:
            yield objective.id, "objective: no question asks for it"


def _enough(bank: Bank) -> Iterator[Finding]:
    count = len(bank.questions)
    if count < FEWEST_QUESTIONS:
        yield "question", f"{count} questions; a chapter has {FEWEST_QUESTIONS} or more"
    worked = sum(needs_work(question) for question in bank.questions)
    if 3 * worked < count:
        yield "question", f"{worked} of {count} need a figure or a calculation; a third should"


def needs_work(question: Question) -> bool:
    """Whether a question is answered from a run, a table or a calculation."""
    worked_out = isinstance(question.answer, Number) or question.kind in ("predict", "bytes")
    return worked_out or question.trace is not None or question.table is not None


def _picked(bank: Bank) -> list[tuple[Choice, ...]]:
    """The choices of all questions with one right choice, two-choice ones left out."""
    inputs = (question.answer for question in bank.questions)
    return [one.choices for one in inputs if isinstance(one, One) and len(one.choices) > 2]


def _longest_is_right(bank: Bank) -> Iterator[Finding]:
    sets = _picked(bank)
    longest = sum(
        all(len(plain(c.text)) < len(plain(right.text)) for c in choices if c is not right)
        for choices in sets
        for right in choices
        if right.right
    )
    if len(sets) >= FEW and 2 * longest > len(sets):
        yield "choice", f"the longest choice is right in {longest} of {len(sets)} questions"


def _key_places(bank: Bank) -> Iterator[Finding]:
    inputs = (q.answer for q in bank.questions)
    sets = [
        one.choices
        for one in inputs
        if isinstance(one, One) and len(one.choices) > 2 and not one.ordered
    ]
    places = Counter(at for choices in sets for at, choice in enumerate(choices, 1) if choice.right)
    for place, count in places.items():
        if len(sets) >= FEW and 2 * count > len(sets):
            yield "choice", f"choice {place} is right in {count} of {len(sets)} questions"


def _true_and_false(bank: Bank) -> Iterator[Finding]:
    keys = [q.answer.key for q in bank.questions if q.kind == "true-false"]
    if len(keys) >= FEW and len(set(keys)) == 1:
        yield "true-false", f"all {len(keys)} sentences are {keys[0]}"


def _texts(question: Question) -> Iterator[tuple[str, list[str]]]:
    """The parallel texts of a question, which should differ, by what they are."""
    answer = question.answer
    if isinstance(answer, One | Many):
        yield "choice", [choice.text for choice in answer.choices]
        yield "says", [choice.says for choice in answer.choices]
    if isinstance(answer, Pairs):
        yield "item", [item.text for item in answer.items]
        yield "option", [text for _, text in answer.options]
    if isinstance(answer, Order):
        yield "step", [step.text for step in answer.steps]


def _doubles(question: Question) -> Iterator[Finding]:
    for what, texts in _texts(question):
        counted = Counter(" ".join(plain(text).casefold().split()) for text in texts)
        for text, count in counted.items():
            if count > 1:
                yield what, f"{count} are the same: {text!r}"


def _unnamed_mistakes(question: Question) -> Iterator[Finding]:
    if isinstance(question.answer, Number) and not question.answer.mistakes:
        yield "mistake", "no wrong number has a name, so none gets feedback of its own"


def _hints_cost(question: Question) -> Iterator[Finding]:
    cost = sum((hint.cost for hint in question.hints), Fraction(0))
    if cost >= 1:
        yield "hint", f"all hints together cost {cost} of the score: nothing is left to win"


def _unfinished(question: Question) -> Iterator[Finding]:
    for name, text in (("text", question.text), ("explain", question.explain)):
        match = _UNFINISHED.search(text)
        if match:
            yield name, f"{match[0]!r} stands in it"
    if not plain(question.text).rstrip().endswith(("?", ".", ":")):
        yield "text", "it does not end as a sentence does"


OF_BANKS: tuple[Callable[[Bank], Iterator[Finding]], ...] = (
    _enough,
    _objectives_asked,
    _longest_is_right,
    _key_places,
    _true_and_false,
)
OF_QUESTIONS: tuple[Callable[[Question], Iterator[Finding]], ...] = (
    _doubles,
    _unnamed_mistakes,
    _hints_cost,
    _unfinished,
)
