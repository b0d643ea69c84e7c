"""The questions that a page asks its engine for.

`{"drill": generator, "seed": text}` gives `{"question", "figure"}`, the figure None where there is
no run. `{"exam": "bank"}` gives `{"quizzes"}`, every chapter's questions without figures, and
`{"exam": quiz, "question": id}` the `{"figure"}` of one of them. A question that has a figure says
`run: true`. The site carries the same in scripts (`vpnedu.site.pools`).
"""

from collections.abc import Mapping
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.generators import generate
from vpnedu.quiz.question import Question
from vpnedu.widgets.quizzes import compiled

Compiled = dict[str, Any]


def questions(request: Mapping[str, Any]) -> dict[str, Any]:
    """What `request` asks for; InputError names the field that is wrong."""
    if "drill" in request:
        name = str(request["drill"])
        question, figure = apart(generate(name, _seed(request.get("seed"))), name)
        return {"question": question, "figure": figure}
    from vpnedu.book.banks import bank, banks

    if request["exam"] == "bank":
        return {"quizzes": [without_figures(one) for one in banks().values()]}
    asked = bank(str(request["exam"]))
    found = next((one for one in asked.questions if one.id == request.get("question")), None)
    if found is None:
        raise InputError("question", f"{asked.name} has no such question")
    return {"figure": apart(found, asked.name)[1]}


def apart(question: Question, quiz: str) -> tuple[Compiled, Compiled | None]:
    """The compiled question and, apart from it, its figure: most readers ask for few of those."""
    data = compiled(question, quiz)
    figure = data.pop("figure", None)
    return data | ({"run": True} if figure else {}), figure


def without_figures(bank: Bank) -> Compiled:
    """The compiled bank, its figures left behind."""
    return bank.to_dict() | {"questions": [apart(one, bank.name)[0] for one in bank.questions]}


def _seed(value: object) -> int:
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 6):
        raise InputError("seed", "must be a whole number of at most six digits, as text")
    return int(value)
