"""An invented class that answers a graded quiz, so that a teacher can rehearse before the real one.

Every learner has an ability and every slot a difficulty, and whether an answer is right is drawn by
their difference (a Rasch model). What is wrong is one of the question's own wrong answers. The
class is drawn by a seed: the same again hands in the same files.
"""

from collections.abc import Iterator, Mapping
from math import exp
from typing import Any

from vpnedu.classroom.collecting.submissions import SCHEMA, canonical, digest_of
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

# How far abilities and difficulties reach to both sides of the middle, in logits.
SPREAD = 2.0
SKIPPED = 0.03
# What is typed by who knows nothing: addresses that are for examples only, RFC 5737.
ELSE = {
    "address": "192.0.2.1",
    "prefix": "192.0.2.0/24",
    "port": "udp/9",
    "hex": "00",
    "words": "nothing",
}


def rehearsed(key: Key, seed: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of a submission for each learner of `key`, in the roster's order."""
    difficulties = {
        slot.name: Chance(seed, f"difficulty/{slot.name}").uniform(-SPREAD, SPREAD) / 2
        for slot in key.paper.slots
    }
    for learner in key.learners:
        chance = Chance(seed, f"learner/{learner.id}")
        ability = sum(chance.uniform(-SPREAD, SPREAD) for _ in range(3)) / 2
        form = Form(key, learner)
        answers = {}
        for place, slot in enumerate(key.paper.slots):
            if chance.random() < SKIPPED:
                continue
            knows = chance.random() < 1 / (1 + exp(difficulties[slot.name] - ability))
            answers[place] = answered(form.question(place), knows, chance)
        name = f"{key.paper.name}.{learner.id}.{key.attempt}.vpnq.json"
        yield name, handed_in(form, answers)


def answered(question: Question, right: bool, chance: Chance) -> Any:
    """The right answer by the question's ids, or a wrong one that a student might give."""
    answer = question.answer
    if right:
        return answer.key
    if isinstance(answer, One):
        return chance.pick([choice.id for choice in answer.choices if not choice.right])
    if isinstance(answer, Many):
        slip = chance.pick(answer.choices)
        ticked = [choice.id for choice in answer.choices if choice.right != (choice is slip)]
        return ticked or [choice.id for choice in answer.choices if not choice.right]
    if isinstance(answer, Pairs):
        return {item.id: chance.pick(answer.options)[0] for item in answer.items}
    if isinstance(answer, Order):
        return chance.shuffled([step.id for step in answer.steps])
    if isinstance(answer, Byte):
        return str(chance.below(len(answer.data)))
    assert isinstance(answer, Number | Typed)
    if answer.mistakes:
        return chance.pick(answer.mistakes).value
    return ELSE[answer.form] if isinstance(answer, Typed) else str(chance.below(4000))


def handed_in(form: Form, answers: Mapping[int, Any]) -> bytes:
    """The file that `form` saves: answers by place in the paper, with the question's own ids."""
    key = form.key
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "quiz": key.paper.name,
        "issue": key.issue,
        "form": form.id,
        "tag": form.tag,
        "learner": form.learner.id,
        "attempt": key.attempt,
        "client": {"app": "rehearsal"},
        "answers": {
            form.slot_labels[place]: _labelled(answer, form, place)
            for place, answer in answers.items()
        },
    }
    return canonical(data | {"digest": digest_of(data)})


def _labelled(answer: Any, form: Form, place: int) -> Any:
    labels = form.labels(place)
    if isinstance(answer, list):
        return [labels[name] for name in answer]
    if isinstance(answer, dict):
        return {labels[f"\0{item}"]: labels[option] for item, option in answer.items()}
    return labels.get(answer, answer)
