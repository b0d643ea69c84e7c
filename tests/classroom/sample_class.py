"""A small class with a paper that has every kind of question, a pool of variants, and pictures."""

import runpy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from vpnedu.classroom.issuing.form_pictures import pictures
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question

SAMPLE: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "widgets/sample_bank.py"))
LEARNERS = (
    Learner("ada", "Ada Lovelace"),
    Learner("bob.b", "Bob “the byte” O’Hara"),
    Learner("ch+3"),
)


def sealed(length: int) -> Question:
    """The sample's numeric question about a packet of another length."""
    name = f"sealed-{length}"
    answer = Number(Fraction(length + 56), Fraction(0), "B", (Mistake("no-pad", "7", "Padding."),))
    text = f"A packet of {length} bytes is sealed. How long is it then?"
    return replace(SAMPLE["SIZE"], id=name, text=text, answer=answer)


def sample_paper() -> Paper:
    """All kinds of the sample bank, one of them worth two points, and a slot with six variants."""
    slots = Paper.of(SAMPLE["sample_bank"]()).slots
    worth = (replace(one, points=Fraction(5, 2)) if one.name == "truths" else one for one in slots)
    pool = tuple(map(sealed, range(100, 700, 100)))
    return Paper("week 3", "Week 3: routes", (*worth, Slot("sealed", pool)))


def sample_key(**changes: Any) -> Key:
    """The key of that paper for the class, with what `changes` say."""
    paper = sample_paper()
    key = Key(
        paper=paper,
        secret=bytes(range(32)),
        learners=LEARNERS,
        issued="2026-11-24T08:00:00Z",
        due="2026-12-01T22:59:00Z",
        told=("Each day late takes a tenth of the points.",),
        pictures=pictures(paper),
    )
    return replace(key, **changes)


def sample_form(learner: int = 0, **changes: Any) -> Form:
    """The form of one of the class."""
    return Form(sample_key(**changes), LEARNERS[learner])


def labelled(form: Form, name: str, answer: Any) -> Any:
    """The answer to the slot called `name` as the form's own labels say it."""
    place = next(at for at, slot in enumerate(form.key.paper.slots) if slot.name == name)
    labels = form.labels(place)
    if isinstance(answer, dict):
        return {labels[f"\0{item}"]: labels[option] for item, option in answer.items()}
    if isinstance(answer, list):
        return [labels[one] for one in answer]
    return labels.get(answer, answer)


def right_answers(form: Form) -> dict[str, Any]:
    """What the form's file holds if all is answered rightly."""
    return {
        label: labelled(form, slot.name, form.question(place).answer.key)
        for place, (label, slot) in enumerate(
            zip(form.slot_labels, form.key.paper.slots, strict=True)
        )
    }
