"""The feedback that belongs to a mark: what is told about each thing that was picked or missed."""

from collections.abc import Iterator

from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.marking import Mark
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question


def said(question: Question, mark: Mark) -> tuple[tuple[str, str], ...]:
    """What `mark` says, as (what it is about, the words), both without marks of prose."""
    about = {name: (plain(what), plain(says)) for name, what, says in _things(question, mark)}
    return tuple(about[name] for name in mark.says if name in about)


def _things(question: Question, mark: Mark) -> Iterator[tuple[str, str, str]]:
    """Every id that a mark may name, with what it is about and its feedback."""
    answer = question.answer
    if isinstance(answer, One | Many):
        yield from ((choice.id, choice.text, choice.says) for choice in answer.choices)
    elif isinstance(answer, Pairs):
        texts = dict(answer.options)
        yield from ((i.id, f"{i.text} → {texts[i.option]}", i.says) for i in answer.items)
    elif isinstance(answer, Order):
        yield from ((step.id, step.text, step.says) for step in answer.steps)
    elif isinstance(answer, Byte):
        yield from ((field.name, field.name, field.says) for field in answer.fields)
    else:
        yield from ((one.id, mark.read, one.says) for one in getattr(answer, "mistakes", ()))
