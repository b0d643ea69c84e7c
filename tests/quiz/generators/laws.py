"""The laws that every generator keeps: `check` holds one generator to them for many seeds.

A `second_way` reads a question as a student does (its table, its text, its trace) and returns the
answer it finds without the generator's help; that answer must be marked correct.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.quiz.generators.wording import (
    addresses_are_nobodys,
    table_is_whole,
    without_id,
    words_are_well_made,
)
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.question import KINDS, Question, grade

SEEDS = range(1000)
CHAPTERS = Path(__file__).parents[3] / "chapters"
TOPICS = {
    "selectors", "routes", "bytes on the wire", "key exchange", "BGP", "failover", "availability",
    "planning",
}  # fmt: skip
KIND_OF = {
    "one": {"single", "true-false", "predict"},
    "many": {"multiple"},
    "pairs": {"matching"},
    "order": {"ordering"},
    "number": {"numeric"},
    "typed": {"text"},
    "byte": {"bytes"},
}
BLANKS: dict[str, list[Any]] = {"many": [None, []], "order": [None, []], "pairs": [None, {}]}
# What no input can read, whatever it asks.
FORMLESS = {
    "one": "no such choice", "many": ["no such choice"], "order": ["no such step"],
    "pairs": {"no such item": "no such option"}, "byte": "-1", "number": ["no text"],
    "typed": ["no text"],
}  # fmt: skip


def check(
    name: str,
    seeds: Iterable[int] = SEEDS,
    second_way: Callable[[Question], object] | None = None,
    *,
    distinct: float = 0.5,
) -> list[Question]:
    """Hold the generator called `name` to every law for all `seeds`; the questions made.

    `distinct` is the share of the questions that must differ from all the others in more than
    their id; lower it only where an idea has few cases.
    """
    described(name)
    made = []
    for seed in seeds:
        question = generate(name, seed)
        assert question.id == f"{name}-{seed}"
        well_formed(question)
        marks(question)
        if second_way is not None:
            agrees(question, second_way(question))
        if seed % 10 == 0:
            assert _bytes(generate(name, seed)) == _bytes(question), f"{question.id}: not pure"
        made.append(question)
    spread(made)
    different = len({without_id(question.content()) for question in made})
    assert different >= distinct * len(made), f"only {different} of {len(made)} differ"
    return made


def agrees(question: Question, found: object) -> None:
    """What the second way found is the key, or as right as the key."""
    told = f"{question.id}: {found!r} by the second way, the key is {question.answer.key!r}"
    assert question.answer.mark(found).status == "correct", told


def described(name: str) -> None:
    """The generator says what it teaches, and where the book teaches it."""
    generator = GENERATORS[name]
    assert re.fullmatch(r"[a-z][a-z0-9-]+", name)
    assert generator.title[0].isupper()
    assert not generator.title.endswith(".")
    assert generator.topic in TOPICS
    notebook = CHAPTERS / f"{generator.chapter}.ipynb"
    assert generator.section in set(_anchors(notebook)), f"{notebook.name} has no such section"


def _anchors(notebook: Path) -> Iterator[str]:
    """The anchors of a chapter's headings, as the site makes them."""
    for cell in json.loads(notebook.read_text())["cells"]:
        if cell["cell_type"] == "markdown":
            for heading in re.findall(r"^#+ (.+)$", "".join(cell["source"]), re.MULTILINE):
                yield re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def well_formed(question: Question) -> None:
    """Kind, input, difficulty and hints fit together, and the words are well made."""
    answer = question.answer
    assert question.kind in KINDS
    assert question.kind in KIND_OF[answer.name], f"{question.kind} can't be asked by {answer.name}"
    assert question.difficulty in (1, 2, 3)
    assert 1 <= len(question.hints) <= 3
    assert all(0 < hint.cost < 1 for hint in question.hints)
    assert sum(hint.cost for hint in question.hints) < 1
    assert question.trace or not question.picture, "a picture is drawn from a trace"
    words_are_well_made(question)
    addresses_are_nobodys(question)
    table_is_whole(question)
    json.dumps(question.to_dict(), allow_nan=False)


def marks(question: Question) -> None:
    """The key is correct, each wrong answer is not, and blank and formless stay what they are."""
    answer = question.answer
    right = grade(question, answer.key)
    assert (right.status, right.score) == ("correct", 1), f"{question.id}: the key is {right}"
    helped = grade(question, answer.key, len(question.hints))
    assert helped.status == "correct"
    assert 0 <= helped.score < 1
    for blank in BLANKS.get(answer.name, [None, ""]):
        assert answer.mark(blank).status == "blank"
    assert answer.mark(FORMLESS[answer.name]).status == "invalid"
    known = {said for part in _parts(answer) for said in [getattr(part, "id", "") or part.name]}
    wrong = list(WRONG[answer.name](answer))
    assert wrong, f"{question.id}: nothing to go wrong"
    for given, says in wrong:
        mark = grade(question, given)
        told = f"{question.id}: {given!r} is {mark}, the key is {answer.key!r}"
        assert mark.status in ("incorrect", "partial"), told
        assert mark.score < 1, told
        assert set(mark.says) <= known, told
        if says is not None:
            assert mark.status == "incorrect", told
            assert mark.says == (says,), told


def _parts(answer: Any) -> Iterator[Any]:
    for name in ("choices", "items", "steps", "fields", "mistakes"):
        yield from getattr(answer, name, ())


Wrong = Iterator[tuple[Any, str | None]]


def _all_differ(things: Iterable[Any], what: str) -> None:
    counted = Counter(things)
    twice = [thing for thing, count in counted.items() if count > 1]
    assert not twice, f"{what} twice: {twice}"


def _choices(answer: Any) -> None:
    _all_differ((choice.id for choice in answer.choices), "the id of a choice")
    _all_differ((choice.text.lower() for choice in answer.choices), "the text of a choice")
    _all_differ((choice.says for choice in answer.choices), "the feedback of a choice")
    assert all(len(choice.id) > 1 for choice in answer.choices), "ids are words"
    assert len(answer.choices) > 1


def _one(answer: Any) -> Wrong:
    _choices(answer)
    assert sum(choice.right for choice in answer.choices) == 1
    yield from ((choice.id, choice.id) for choice in answer.choices if not choice.right)


def _many(answer: Any) -> Wrong:
    _choices(answer)
    assert answer.key
    for choice in answer.choices:
        yield sorted({choice.id} ^ set(answer.key)) or [c.id for c in answer.choices], None


def _pairs(answer: Any) -> Wrong:
    _all_differ((item.text for item in answer.items), "the text of an item")
    _all_differ((text for _, text in answer.options), "the text of an option")
    for item in answer.items:
        others = [option for option, _ in answer.options if option != item.option]
        yield from ((answer.key | {item.id: option}, None) for option in others)


def _order(answer: Any) -> Wrong:
    _all_differ((step.text for step in answer.steps), "the text of a step")
    for place in range(len(answer.key) - 1):
        steps = answer.key
        steps[place], steps[place + 1] = steps[place + 1], steps[place]
        yield steps, None


def _byte(answer: Any) -> Wrong:
    held = [place for f in answer.fields for place in range(f.first, f.last + 1)]
    assert held == list(range(len(answer.data))), "fields lie side by side, from the first byte on"
    wrong = [field for field in answer.fields if not field.right]
    yield from ((str(place), f.name) for f in wrong for place in (f.first, f.last))


def _written(answer: Any) -> Wrong:
    _all_differ((mistake.id for mistake in answer.mistakes), "the id of a mistake")
    _all_differ((mistake.value for mistake in answer.mistakes), "the value of a mistake")
    yield from ((mistake.value, mistake.id) for mistake in answer.mistakes)


WRONG: dict[str, Callable[[Any], Wrong]] = {
    "one": _one, "many": _many, "pairs": _pairs, "order": _order, "byte": _byte,
    "number": _written, "typed": _written,
}  # fmt: skip


def spread(made: list[Question]) -> None:
    """Neither the place of a choice nor its length gives the key away."""
    ones = [question.answer for question in made if question.answer.name == "one"]
    for count in {len(answer.choices) for answer in ones}:
        alike = [answer for answer in ones if len(answer.choices) == count]
        if len(alike) >= 150:
            _key_wanders(alike, count)
    mixed = [a for a in ones if len(a.choices) > 2 and not a.ordered]
    if len(mixed) >= 150:
        longest = sum(_longest_is_right(answer) for answer in mixed) / len(mixed)
        assert longest < 0.55, f"the longest choice is right in {longest:.0%}"


def _key_wanders(answers: list[Any], count: int) -> None:
    places = Counter(next(i for i, c in enumerate(a.choices) if c.right) for a in answers)
    shares = {place: places[place] / len(answers) for place in range(count)}
    told = f"where the key stands among {count}: {shares}"
    if answers[0].ordered:
        assert max(shares.values()) < 0.7, told
    else:
        assert all(0.5 / count < share < 1.6 / count for share in shares.values()), told


def _longest_is_right(answer: Any) -> bool:
    lengths = sorted((len(choice.text), choice.right) for choice in answer.choices)
    return lengths[-1][1] and lengths[-1][0] > lengths[-2][0]


def _bytes(question: Question) -> bytes:
    trace = question.trace.to_dict() if question.trace else None
    return json.dumps([question.to_dict(), trace], sort_keys=True).encode()
