"""Questions about IKE: the order and the outcome are what RFC 7296 says, written down by hand."""

import re
from collections import Counter

import pytest

from tests.quiz.generators.laws import check
from vpnedu.quiz.generators.reckoning.ike_outcome import CASES, play
from vpnedu.quiz.generators.reckoning.ike_situations import SITUATIONS
from vpnedu.quiz.generators.reckoning.ike_words import MACHINES, Names, Pace
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question

INIT = ["ike-sa-init-request", "ike-sa-init-response"]
AUTH = ["ike-auth-request", "ike-auth-response"]
CREATE = ["create-child-sa-request", "create-child-sa-response"]
INFORM = ["informational-request", "informational-response"]
# A phrase of the story, and what RFC 7296 makes of it.
ORDERS = {
    "fitting traffic selectors": [*INIT, *AUTH, "became-up"],
    "and its child SA is old": [CREATE[0], "lets-in", CREATE[1], "sends-with", *INFORM],
    "and its IKE SA is old": [*CREATE, *INFORM],
    "loses its power": [
        INFORM[0], f"{INFORM[0]}-again-1", f"{INFORM[0]}-again-2", "became-down", f"{INIT[0]}-anew",
    ],
    "wants none": [*INIT, *AUTH, "became-up-no-child"],
    "has mistyped": [*INIT, *AUTH, "became-down", f"{INIT[0]}-anew"],
    "The first answer": [*INIT, f"{INIT[0]}-again-1", f"{INIT[1]}-again-1", *AUTH],
    "The first IKE_AUTH request": [*INIT, AUTH[0], f"{AUTH[0]}-again-1", AUTH[1], "became-up"],
    "answer to its CREATE_CHILD_SA request is lost": [
        CREATE[0], "lets-in", CREATE[1], f"{CREATE[0]}-again-1", f"{CREATE[1]}-again-1",
        "sends-with",
    ],
}  # fmt: skip
OUTCOMES = {
    "the answer of the {} has just arrived.": "initial-contact",
    "differ by one letter": "authentication-failed",
    "and nothing else": "ts-unacceptable",
    "to 10.0.0.0/8": "narrowed",
    "knows nothing of its old tunnel": "old-stays",
    "its answer is lost on the way": "same-request",
    "arrives a second time": "same-response",
    "nothing from the {} for that long": "informational-request",
    "arrive every second": "nothing",
    "nothing has come back": "all-gone",
    "for 8 hours": "rekeyed-by-0",
    "has just arrived: it agrees": "delete",
    "is replacing the IKE SA": "temporary-failure",
    "DELETE for the IKE SA": "all-gone",
}


def known(question: Question, answers: dict[str, object]) -> object:
    story = plain(question.text)
    for name in sorted({name for pair in MACHINES for name in pair}, key=len, reverse=True):
        story = story.replace(f"the {name}", "the {}")
    found = [answer for phrase, answer in answers.items() if phrase in story]
    assert len(found) == 1, f"{found} for {story!r}"
    return found[0]


def test_the_order_is_that_of_the_standard():
    made = check("ike-order", second_way=lambda q: known(q, ORDERS), distinct=0.2)
    stories = Counter(tuple(question.answer.key) for question in made)
    assert len(stories) == len(SITUATIONS)
    assert min(stories.values()) > len(made) / len(stories) / 2
    assert all(4 <= len(steps) <= 6 for steps in stories)


def test_the_outcome_is_that_of_the_standard():
    made = check("ike-outcome", second_way=lambda q: known(q, OUTCOMES))
    asked = Counter(frozenset(c.id for c in q.answer.choices) for q in made)
    assert len(asked) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
@pytest.mark.parametrize("pace", [Pace(4.0, 1.8, 5.0), Pace(2.0, 2.0, 15.0)], ids=str)
def test_the_machine_goes_one_of_the_ways_that_are_offered(case, pace):
    made, stop = play(case, Names("site router", "cloud gateway"), pace)
    taken = case.code(made, made.after(stop))
    assert taken in [option.code for option in case.options]


def test_each_wait_in_a_run_is_longer_than_the_one_before():
    for question in check("ike-order", range(100), distinct=0.2):
        waits = [
            float(found.group(1))
            for step in question.answer.steps
            if (found := re.search(r"request again after ([\d.]+) s", step.text))
        ]
        assert waits == sorted(set(waits))
