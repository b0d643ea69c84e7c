"""Papers by what a teacher names: a chapter, a file of questions, a plan, or a generator.

A plan is TOML: `title`, and tables `[[slot]]` in order. A slot has one of
- `bank = "week3"`: every question of a bank, each a slot of its own;
- `questions = ["week3/proxy", "route-based/field-looked-up"]`: a pool of which one is asked;
- `generator = "largest-packet"`: a pool that the engine writes, `pool` of them (40 unless told);
and may have `points` (1 unless told) and a `name`. A bank is a file `<name>.toml` beside the plan,
or else the book's own.
"""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from vpnedu.book import banks as book
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question
from vpnedu.quiz.reading import read
from vpnedu.quiz.reading.checking import check
from vpnedu.quiz.reading.fields import Field
from vpnedu.quiz.reading.problems import Problems
from vpnedu.quiz.reading.toml_text import toml

POOL = 40
MOST_VARIANTS = 1000
# The seed of a variant, by the name of its slot and its number from 0.
Seeds = Callable[[str, int], int]

_SLOT = (
    Field("bank", "text", "a bank, every question of which is a slot", needed=False),
    Field("questions", "texts", "bank/question, of which one is asked", needed=False),
    Field("generator", "text", "a generator that writes the pool", needed=False),
    Field("pool", "whole", "how many variants a generator writes", needed=False),
    Field("points", "number", "what the slot is worth", needed=False),
    Field("name", "id", "the slot's name in tables and rules", needed=False),
)
_PLAN = (
    Field("title", "text", "what students call it"),
    Field("slot", "tables", "the places of the quiz, in order", of=_SLOT),
)


def paper(quiz: str, seeds: Seeds) -> Paper:
    """The paper that `quiz` names: a TOML file (a plan or a bank), a chapter or a generator."""
    if quiz.endswith(".toml"):
        return _from_file(Path(quiz), seeds)
    if quiz in GENERATORS:
        return Paper(quiz, GENERATORS[quiz].title, (Slot(quiz, pool(quiz, POOL, seeds)),))
    if quiz in book.files():
        return Paper.of(book.bank(quiz))
    rule = f"{quiz[:60]!r} is no file (.toml), no chapter with a quiz and no generator"
    raise InputError("quiz", f"{rule}; chapters are {', '.join(book.files())}")


def pool(generator: str, count: int, seeds: Seeds) -> tuple[Question, ...]:
    """`count` different questions of a generator, none of which the book's own drills ask.

    There are fewer where the generator has no more to ask.
    """
    if generator not in GENERATORS:
        raise InputError("generator", f"there is no {generator!r}; see `vpnedu quiz drill --help`")
    if not 1 <= count <= MOST_VARIANTS:
        raise InputError("pool", f"is a whole number from 1 to {MOST_VARIANTS:,}")
    practised = {_content(generate(generator, seed)) for seed in range(VARIANTS)}
    found: dict[str, Question] = {}
    for number in range(10 * count):
        question = generate(generator, seeds(generator, number))
        content = _content(question)
        if content not in practised:
            found.setdefault(content, question)
        if len(found) == count:
            break
    return tuple(found.values())


def _content(question: Question) -> str:
    return json.dumps(question.content() | {"id": ""}, sort_keys=True)


def _from_file(path: Path, seeds: Seeds) -> Paper:
    data, text = _toml(path)
    if "slot" not in data:
        return Paper.of(read(text, path.stem, book.fact))
    problems = Problems(path.name)
    check(data, _PLAN, problems)
    problems.raised()
    slots: list[Slot] = []
    banks: dict[str, Bank] = {}
    for place, table in enumerate(data["slot"], start=1):
        here = problems.inside(f"slot {place}")
        with here.caught():
            slots += _slots(table, path.parent, seeds, banks)
    problems.raised()
    return Paper(path.stem, data["title"], tuple(slots))


def _toml(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8")
        return toml(text, path.name), text
    except OSError as wrong:
        raise InputError(str(path), str(wrong.strerror)) from None
    except UnicodeDecodeError as wrong:
        raise InputError(str(path), f"byte {wrong.start} is not UTF-8") from None


def _slots(
    table: dict[str, Any], folder: Path, seeds: Seeds, banks: dict[str, Bank]
) -> tuple[Slot, ...]:
    given = [name for name in ("bank", "questions", "generator") if name in table]
    if len(given) != 1:
        raise InputError("slot", "it needs one of bank, questions and generator, and only one")
    if "pool" in table and given != ["generator"]:
        raise InputError("pool", "only a generator's pool has a number; list questions instead")
    points = _points(table.get("points", 1))
    if given == ["bank"]:
        if "name" in table:
            raise InputError("name", "a whole bank has many slots, named by their questions")
        known = _bank(table["bank"], folder, banks)
        return tuple(Slot(one.id, (one,), points) for one in known.questions)
    if given == ["generator"]:
        name = table["generator"]
        slot = table.get("name", name)
        # By the slot's name: two slots of one generator must not ask the same.
        variants = pool(name, table.get("pool", POOL), lambda _, number: seeds(slot, number))
        return (Slot(slot, variants, points),)
    asked = tuple(_question(one, folder, banks) for one in table["questions"])
    if len(asked) > 1 and "name" not in table:
        raise InputError("name", "a pool of several questions needs a name")
    return (Slot(table.get("name", asked[0].id), asked, points),)


def _points(number: object) -> Fraction:
    try:
        return Fraction(str(number))
    except (ValueError, ZeroDivisionError):
        raise InputError("points", f"{number!r} is not a number; write 2 or 1/2") from None


def _question(place: str, folder: Path, banks: dict[str, Bank]) -> Question:
    name, slash, question = place.partition("/")
    if not slash:
        raise InputError("questions", f"{place[:60]!r} is not bank/question")
    known = _bank(name, folder, banks)
    found = next((one for one in known.questions if one.id == question), None)
    if found is None:
        raise InputError("questions", f"{name} has no question {question[:60]!r}")
    return found


def _bank(name: str, folder: Path, banks: dict[str, Bank]) -> Bank:
    if name not in banks:
        beside = folder / f"{Path(name).name}.toml"
        is_there = beside.exists()
        banks[name] = read(_toml(beside)[1], name, book.fact) if is_there else book.bank(name)
    return banks[name]
