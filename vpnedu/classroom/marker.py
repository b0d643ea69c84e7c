"""Marks submissions by a key: every answer is marked anew, and the same answer only once.

A class of thousands gives the same few answers to the same few variants, so what is kept is one
`Response` for each of them, shared by all who gave it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vpnedu.classroom.forms import Form
from vpnedu.classroom.keys import Key
from vpnedu.classroom.submissions import Submission
from vpnedu.quiz.marking import BLANK, Mark
from vpnedu.quiz.question import Question
from vpnedu.quiz.strict import Unreadable, short

LONGEST_ANSWER = 2000
# So many different answers to one variant are kept; who types more of them waits a little longer.
KEPT = 2000


@dataclass(frozen=True, slots=True)
class Response:
    """An answer to the question at place `variant` of a slot's pool, by the question's own ids.

    `answer` is None where nothing was answered, or nothing that fits the form.
    """

    variant: int
    answer: Any
    mark: Mark


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with one slot of a submission: `unknown-slot` or `bad-type`, and in words."""

    code: str
    slot: str
    rule: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The responses of a submission in the paper's order, and what could not be marked of it."""

    responses: tuple[Response, ...]
    problems: tuple[Problem, ...] = ()


Marking = Callable[[Question, Any], Mark]


def by_key(question: Question, answer: Any) -> Mark:
    """The mark by the question's own key; forms have no hints that would cost."""
    return question.answer.mark(answer)


class Marker:
    """Marks by `key`. `rules` tell another way of marking for slots by their names (a regrade)."""

    def __init__(self, key: Key, rules: Mapping[str, Marking] | None = None):
        self.key = key
        self._rules = [(rules or {}).get(slot.name, by_key) for slot in key.paper.slots]
        self._known: list[list[dict[Any, Response]]] = [
            [{} for _ in slot.pool] for slot in key.paper.slots
        ]

    def form(self, given: Submission) -> Form:
        """The form that `given` was made on; Unreadable where the key never issued it."""
        key = self.key
        if given.quiz != key.paper.name:
            raise Unreadable("unknown-quiz", f"is of the quiz {short(given.quiz)}", "quiz")
        learner = key.by_id.get(given.learner)
        if learner is None:
            raise Unreadable("not-on-roster", f"{short(given.learner)} is not", "learner")
        if given.issue != key.issue:
            raise Unreadable("stale-rev", "is of another issue of this quiz", "issue")
        form = Form(key, learner)
        if (given.attempt, given.form, given.tag) != (key.attempt, form.id, form.tag):
            raise Unreadable("bad-tag", "was not issued to this learner", "form")
        return form

    def mark(self, form: Form, answers: Mapping[str, Any]) -> Marked:
        """The marks of `answers`, which go by the labels of `form`."""
        problems: list[Problem] = []
        responses = [
            self._response(form, place, answers.get(label), problems)
            for place, label in enumerate(form.slot_labels)
        ]
        if unknown := answers.keys() - set(form.slot_labels):
            rule = "the form has no such slot"
            problems += [Problem("unknown-slot", short(label), rule) for label in sorted(unknown)]
        return Marked(tuple(responses), tuple(problems))

    def _response(self, form: Form, place: int, raw: Any, problems: list[Problem]) -> Response:
        variant = form.variants[place]
        question = form.question(place)
        answer, wrong = _by_ids(raw, question.answer.name, form, place)
        if wrong:
            problems.append(Problem("bad-type", self.key.paper.slots[place].name, wrong))
        known = self._known[place][variant]
        name = _name(answer)
        response = known.get(name)
        if response is None:
            mark = BLANK if answer is None else self._rules[place](question, answer)
            response = Response(variant, answer, mark)
            if len(known) >= KEPT:
                known.clear()
            known[name] = response
        return response


def _name(answer: Any) -> Any:
    """The answer as the name of a row: texts, lists and pairs are never taken for each other."""
    if isinstance(answer, list):
        return tuple(answer)
    return frozenset(answer.items()) if isinstance(answer, dict) else answer


def _by_ids(raw: Any, input_: str, form: Form, place: int) -> tuple[Any, str]:
    """The answer by the question's own ids, and what is wrong with it; None where it is not."""
    if raw is None:
        return None, ""
    if input_ in ("number", "typed", "byte"):
        if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
            return raw, ""
        return None, f"must be text of at most {LONGEST_ANSWER} characters"
    ids = form.ids(place)
    if input_ == "one":
        found = ids.get(raw) if isinstance(raw, str) else None
        return found, "" if found is not None else "is none of the form's choices"
    if input_ == "pairs":
        return _pairs(raw, ids)
    if not isinstance(raw, list) or not all(isinstance(one, str) and one in ids for one in raw):
        return None, "is not a list of what the form shows"
    if len(set(raw)) < len(raw):
        return None, "names something twice"
    return [ids[label] for label in raw], ""


def _pairs(raw: Any, ids: Mapping[str, str]) -> tuple[Any, str]:
    if not isinstance(raw, dict):
        return None, "is not a list of pairs"
    found = {}
    for label, partner in raw.items():
        item, option = ids.get(label), ids.get(partner) if isinstance(partner, str) else None
        if item is None or option is None or item[0] != "\0" or option[0] == "\0":
            return None, "pairs things which the form does not show so"
        found[item[1:]] = option
    return found, ""
