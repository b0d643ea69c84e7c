"""Quizzes as the page gets them: questions as data, each with the run that shows its answer.

Nothing here needs a notebook or a browser: a Python in the page can build the same.
"""

import json
from typing import Any

from vpnedu.quiz.bank import Bank
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.widgets.figure import Figure, Show


def compiled(question: Question, quiz: str) -> dict[str, Any]:
    """The question as JSON-ready data, with a figure of its run if it has one.

    `quiz` is the name of the bank it belongs to. `picture` is there where the network is drawn
    before the question is answered.
    """
    data = question.to_dict()
    if question.trace is None:
        return data
    figure = Figure(
        id=f"fig-{quiz}-{question.id}",
        title=question.trace.title,
        caption="The run that shows the answer.",
        names=(question.trace.title,),
        shows=(Show("the run", (question.trace,)),),
    )
    data["figure"] = figure.to_dict() | {"caption": figure.caption}
    return data | ({"picture": True} if question.picture else {})


def compiled_bank(bank: Bank) -> dict[str, Any]:
    """All questions of `bank` as JSON-ready data, keys and feedback included: for practice only."""
    questions = [compiled(question, bank.name) for question in bank.questions]
    return bank.to_dict() | {"questions": questions}


def as_script(data: dict[str, Any]) -> str:
    """`data` as JSON in a script element, where nothing in it can end the element."""
    # A "<" could end the script element or open a comment; JSON can write it as a number.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json">{text}</script>'


def shown_order(question: dict[str, Any], quiz: str, seed: int = 0) -> list[dict[str, Any]]:
    """The choices, options or steps of a compiled question as they are shown for `seed`.

    Choices that are `ordered` stand as they are, `last` ones stay last, and steps never stand in
    the right order. The page does the same (`static/quiz_shuffle.js`).
    """
    chance = Chance(seed, f"{quiz}/{question['id']}")
    if question["input"] == "order":
        steps = chance.shuffled(question["steps"])
        return steps[1:] + steps[:1] if steps == question["steps"] else steps
    things = question["options" if question["input"] == "pairs" else "choices"]
    if question.get("ordered"):
        return list(things)
    mixed = chance.shuffled([thing for thing in things if not thing.get("last")])
    return [*mixed, *(thing for thing in things if thing.get("last"))]
