"""The questions about designs, each answered a second time by drawing the ways."""

import re

import pytest

from tests.quiz.generators.cells import numbers
from tests.quiz.generators.laws import check
from tests.quiz.generators.plans import gets_over
from vpnedu.quiz.generators.surviving.endings import PLANS, ending
from vpnedu.quiz.generators.surviving.telling import possible
from vpnedu.quiz.generators.surviving.which_fault_survives import FAULTS
from vpnedu.quiz.generators.surviving.which_lever import MAKERS, MARGIN, longest
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.failover import simulate


def faults_by_reading(question: Question) -> list[str]:
    said = question.text.partition("\n\n")[0]
    words = max((words for words, _ in PLANS.values() if words in said), key=len)
    return [one.id for one in question.answer.choices if gets_over(words, one.text)]


def designs_by_reading(question: Question) -> list[str]:
    told = re.search(
        r"(?:get over this|happen to [\w ]+|what if):? (.+?)[.?] ", question.text
    ).group(1)
    return [one.id for one in question.answer.choices if gets_over(one.text, told)]


def test_faults_are_got_over_where_a_way_is_left():
    check("which-fault-survives", range(1000), faults_by_reading)


def test_designs_that_have_a_way_left_get_over_a_fault():
    check("which-design-survives", range(1000), designs_by_reading, distinct=0.4)


def test_short_timers_and_azures_lead_to_the_same_end():
    cases = [(p, f) for p in PLANS for f in FAULTS if possible(f, PLANS[p][1])]
    assert len(cases) > 200
    for plan, faults in cases:
        texts = [f"{fault}@{30 + 3 * place}" for place, fault in enumerate(faults)]
        long = simulate(PLANS[plan][1], texts, until=330, seed=7)
        survives = all(outage.end is not None for outage in long.outages)
        assert survives == ending(plan, faults).survives, f"{plan} under {faults}"


def test_every_design_of_the_book_is_among_the_plans():
    asked_about = {design.name for _, design in PLANS.values()}
    assert set(DESIGNS) <= asked_about


def test_the_best_change_is_named_with_its_seconds():
    for question in check("which-lever", range(1000)):
        said = {
            choice.id: numbers(choice.says)[0]
            for choice in question.answer.choices
            if " lost for " in choice.says
        }
        assert min(said, key=said.get) == question.answer.key


@pytest.mark.parametrize("maker", set(MAKERS), ids=lambda maker: maker.__name__)
def test_the_best_change_stays_the_best_whatever_the_seed(maker):
    for seed in range(12):
        trouble = maker(Chance(seed))
        now = longest(trouble.run(30, seed))
        first, *others = (longest(trouble.run(30, seed, lever)) for lever in trouble.levers)
        assert first < MARGIN * now
        assert first < MARGIN * min(others)
