"""Reads a bank: checks every table, computes what is to be computed, fills the texts."""

from fractions import Fraction
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank, Objective
from vpnedu.quiz.computing import Fact, computed
from vpnedu.quiz.predicting import run, told, words
from vpnedu.quiz.question import Hint, Question, Table
from vpnedu.quiz.reading.building import BUILD
from vpnedu.quiz.reading.checking import TYPES, check
from vpnedu.quiz.reading.fields import COMMON, OBJECTIVE, OF_KIND
from vpnedu.quiz.reading.filling import filled_in
from vpnedu.quiz.reading.problems import Problems
from vpnedu.quiz.reading.toml_text import toml
from vpnedu.simulation.trace import Trace

# What a computation or a run takes is not prose: nothing in it is filled.
_NOT_FILLED = ("id", "kind", "objective", "run", "computed")


def no_facts(file: str, table: str, row: str, column: str) -> str:
    """Stands in for the book's facts where there is no book."""
    raise InputError("fact", f"there are no facts here to look up {file}: {table}: {row}: {column}")


def read(text: str, name: str, fact: Fact = no_facts) -> Bank:
    """The bank called `name` from the text of its file; `fact` looks a provider's fact up.

    BankError lists everything that is wrong: file: question: field: what is wrong.
    """
    file = f"{name}.toml"
    data = toml(text, file)
    problems = Problems(file)
    for key in data.keys() - {"title", "objective", "question"}:
        problems.add(key, "there is no such field here")
    if not TYPES["text"][1](data.get("title")):
        problems.add("title", f"it must be {TYPES['text'][0]}")
    objectives = _objectives(_tables(data, "objective", problems), problems)
    tables = _tables(data, "question", problems)
    questions = [_question(one, at, objectives, problems, fact) for at, one in enumerate(tables, 1)]
    _check_names(questions, problems)
    problems.raised()
    read_ones = tuple(question for question in questions if question is not None)
    return Bank(name, str(data["title"]), tuple(objectives.values()), read_ones)


def _tables(data: dict[str, Any], key: str, problems: Problems) -> list[dict[str, Any]]:
    words_, rule = TYPES["tables"]
    tables = data.get(key)
    if rule(tables) and isinstance(tables, list):
        return tables
    problems.add(key, f"it must be {words_}, each begun by [[{key}]]")
    return []


def _objectives(tables: list[dict[str, Any]], problems: Problems) -> dict[str, Objective]:
    found: dict[str, Objective] = {}
    for place, one in enumerate(tables, start=1):
        here = problems.inside(f"objective {place}")
        before = len(here.found)
        check(one, OBJECTIVE, here)
        if len(here.found) > before:
            continue
        if one["id"] in found:
            here.add("id", f"{one['id']!r} is there already")
        found[one["id"]] = Objective(one["id"], one["text"], one["section"])
    return found


def _check_names(questions: list[Question | None], problems: Problems) -> None:
    seen: set[str] = set()
    for question in questions:
        if question is not None and question.id in seen:
            problems.add(question.id, "id: another question has this id")
        if question is not None:
            seen.add(question.id)


def _question(
    table: dict[str, Any],
    place: int,
    objectives: dict[str, Objective],
    problems: Problems,
    fact: Fact,
) -> Question | None:
    """The question of one table; None where its problems keep it from being one."""
    name = table.get("id")
    here = problems.inside(name if isinstance(name, str) else f"question {place}")
    before = len(here.found)
    kind = table.get("kind")
    known = OF_KIND.get(kind, ()) if isinstance(kind, str) else ()
    check(
        table if known else {k: v for k, v in table.items() if k in _NAMES}, (*COMMON, *known), here
    )
    objective = table.get("objective")
    if isinstance(objective, str) and objectives and objective not in objectives:
        rule = f"there is no {objective!r}; there are {', '.join(objectives)}"
        here.add("objective", rule)
    if len(here.found) > before:
        return None
    with here.caught():
        return _made(table, fact)
    return None


_NAMES = {field.name for field in COMMON}


def _made(table: dict[str, Any], fact: Fact) -> Question:
    trace, found = _computed(table, fact)
    rest: dict[str, Any] = {
        key: value if key in _NOT_FILLED else filled_in(value, found, fact)
        for key, value in table.items()
    }
    return Question(
        id=rest["id"],
        kind=rest["kind"],
        text=rest["text"],
        answer=BUILD[rest["kind"]](rest, found, trace),
        explain=rest["explain"],
        reference=rest["reference"],
        objective=rest["objective"],
        difficulty=rest["difficulty"],
        hints=tuple(_hint(place, one) for place, one in enumerate(rest.get("hint", ()), 1)),
        table=_data(rest["table"]) if "table" in rest else None,
        trace=trace,
        picture=_pictured(rest, trace),
    )


def _computed(table: dict[str, Any], fact: Fact) -> tuple[Trace | None, dict[str, str]]:
    """The run of a question, and the words that run and computation give."""
    trace = run(table["run"]) if "run" in table else None
    found: dict[str, str] = {}
    if trace is not None:
        found = told(trace, table["ask"]) if "ask" in table else words(trace)
    elif "ask" in table:
        raise InputError("ask", "there is no run to ask")
    if "computed" in table:
        inputs = dict(table["computed"])
        found |= computed(str(inputs.pop("by", "")), inputs, fact)
    return trace, found


def _pictured(table: dict[str, Any], trace: Trace | None) -> bool:
    wanted: bool = table.get("picture", table["kind"] == "predict")
    if wanted and trace is None:
        raise InputError("picture", "there is no run whose network could be drawn")
    return wanted


def _hint(place: int, table: dict[str, Any]) -> Hint:
    try:
        cost = Fraction(str(table["cost"]))
    except (ValueError, ZeroDivisionError):
        cost = Fraction(-1)
    if not 0 <= cost <= 1:
        raise InputError(f"hint {place}: cost", f"{table['cost']!r} is not a share from 0 to 1")
    return Hint(table["text"], cost)


def _data(table: dict[str, Any]) -> Table:
    columns = tuple(table["columns"])
    for place, row in enumerate(table["rows"], start=1):
        if len(row) != len(columns):
            rule = f"{len(row)} cells for {len(columns)} columns"
            raise InputError(f"table: row {place}", rule)
    return Table(table["caption"], columns, tuple(tuple(row) for row in table["rows"]))
