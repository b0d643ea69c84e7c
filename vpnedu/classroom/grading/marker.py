"""Marks submissions by a key: every answer is marked anew, and the same answer only once.

A class of thousands gives the same few answers to the same few variants, so what is kept is one
`Response` for each of them, shared by all who gave it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vpnedu.classroom.collecting.submissions import Submission
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key
from vpnedu.quiz.marking import Mark
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, how its input reads what a form holds, and the responses that are known."""

    question: Question
    read: "_Read"
    known: dict[Any, Response]


class Marker:
    """Marks by `key`. `rules` tell another way of marking for slots by their names (a regrade)."""

    def __init__(self, key: Key, rules: Mapping[str, Marking] | None = None):
        self.key = key
        self._rules = [(rules or {}).get(slot.name, by_key) for slot in key.paper.slots]
        self._asked = [
            [_Asked(one, _READ[one.answer.name], {}) for one in slot.pool]
            for slot in key.paper.slots
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
        labels = form.slot_labels
        responses = [
            self._response(form, place, variant, answers.get(labels[place]), problems)
            for place, variant in enumerate(form.variants)
        ]
        if unknown := answers.keys() - labels:
            rule = "the form has no such slot"
            problems += [Problem("unknown-slot", short(label), rule) for label in sorted(unknown)]
        return Marked(tuple(responses), tuple(problems))

    def _response(
        self, form: Form, place: int, variant: int, raw: Any, problems: list[Problem]
    ) -> Response:
        asked = self._asked[place][variant]
        answer = name = None
        if raw is not None:
            answer, name, wrong = asked.read(raw, form, place)
            if wrong:
                problems.append(Problem("bad-type", self.key.paper.slots[place].name, wrong))
        response = asked.known.get(name)
        if response is None:
            mark = self._rules[place](asked.question, answer)
            response = Response(variant, answer, mark)
            if len(asked.known) >= KEPT:
                asked.known.clear()
            asked.known[name] = response
        return response


# An answer by the question's own ids, as the name of a row, and what is wrong with it: texts, lists
# and pairs are never taken for each other; an answer that does not fit is None.
_Found = tuple[Any, Any, str]
_Read = Callable[[Any, Form, int], _Found]


def _text(raw: Any, _form: Form, _place: int) -> _Found:
    if isinstance(raw, str) and len(raw) <= LONGEST_ANSWER:
        return raw, raw, ""
    return None, None, f"must be text of at most {LONGEST_ANSWER} characters"


def _one(raw: Any, form: Form, place: int) -> _Found:
    found = form.ids(place).get(raw) if isinstance(raw, str) else None
    return found, found, "" if found is not None else "is none of the form's choices"


def _list(raw: Any, form: Form, place: int) -> _Found:
    ids = form.ids(place)
    if not isinstance(raw, list) or not all(isinstance(one, str) and one in ids for one in raw):
        return None, None, "is not a list of what the form shows"
    if len(set(raw)) < len(raw):
        return None, None, "names something twice"
    found = [ids[label] for label in raw]
    return found, tuple(found), ""


def _pairs(raw: Any, form: Form, place: int) -> _Found:
    if not isinstance(raw, dict):
        return None, None, "is not a list of pairs"
    ids, found = form.ids(place), {}
    for label, partner in raw.items():
        item, option = ids.get(label), ids.get(partner) if isinstance(partner, str) else None
        if item is None or option is None or item[0] != "\0" or option[0] == "\0":
            return None, None, "pairs things which the form does not show so"
        found[item[1:]] = option
    return found, frozenset(found.items()), ""


_READ: dict[str, _Read] = {
    "one": _one,
    "many": _list,
    "order": _list,
    "pairs": _pairs,
    "number": _text,
    "typed": _text,
    "byte": _text,
}
