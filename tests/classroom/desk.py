"""What a small class hands in, file by file, and its grades."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from tests.classroom.malformed import sealed
from tests.classroom.sample_class import LEARNERS, labelled, right_answers, sample_paper
from vpnedu.classroom.collecting.intake import Collected
from vpnedu.classroom.collecting.submissions import SCHEMA
from vpnedu.classroom.grading.desk import graded
from vpnedu.classroom.grading.policies import Policy, read_policy
from vpnedu.classroom.grading.results import Grade, Results
from vpnedu.classroom.issuing.forms import Form
from vpnedu.classroom.issuing.keys import Key

DUE = 1_796_165_940  # 2026-12-01T22:59:00Z, which is 23:59 in Zurich
MINUTE, HOUR, DAY = 60, 3600, 86_400
TENTH_A_DAY = """
zone = "Europe/Zurich"
due = "2026-12-01 23:59"
[late]
kind = "per-day"
share = "1/10"
"""


@cache
def the_key() -> Key:
    """The key of a paper worth 11 1/2 points, for Ada, Bob and a third; nothing is due by it."""
    return Key(sample_paper(), bytes(range(32)), LEARNERS, "2026-11-24T08:00:00Z")


def hand_in(
    learner: str = "ada", at: int | None = DUE, file: str = "a.json", **more: Any
) -> Collected:
    """A file with right answers but for `answers` (None: left blank), by the slots' names.

    `saved` is what the form's clock showed, so that two files can differ in nothing else; `owner`,
    `late` and `clock` are as in what is collected. `key` is another one than the class's.
    """
    key = more.pop("key", the_key())
    form = Form(key, key.by_id[learner])
    slots = [slot.name for slot in key.paper.slots]
    given = right_answers(form)
    for name, answer in more.pop("answers", {}).items():
        given[form.slot_labels[slots.index(name)]] = labelled(form, name, answer)
    body = {
        "schema": SCHEMA,
        "quiz": form.key.paper.name,
        "issue": form.key.issue,
        "form": form.id,
        "tag": form.tag,
        "learner": learner,
        "attempt": 1,
        "client": {"saved": more.pop("saved", "")},
        "answers": {label: answer for label, answer in given.items() if answer is not None},
    } | more.pop("body", {})
    clock = "" if at is None else "lms"
    return replace(Collected(file, sealed(body), at, clock), **more)


def results(items: Iterable[Collected], policy: Policy | str = "", **more: Any) -> Results:
    """The grades of the class for these files, by the text of a policy."""
    policy = read_policy(policy) if isinstance(policy, str) else policy
    return graded(items, the_key(), policy, **more)


def grade(of: Results, learner: str = "ada") -> Grade:
    """The grade of one learner."""
    return next(one for one in of.grades if one.learner.id == learner)


def points(of: Results, learner: str = "ada") -> Fraction:
    """The points of one learner."""
    return grade(of, learner).points


def flags(of: Results, learner: str = "ada") -> list[str]:
    """The codes of a learner's flags."""
    return [flag.code for flag in of.flags if flag.learner == learner]
