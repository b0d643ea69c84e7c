"""Laws of marking, held over thousands of random questions and answers."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.quiz.inputs import Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.marking import BLANK, ORDERS, PAIRS, TICKS
from vpnedu.quiz.numbers import Number, written
from vpnedu.quiz.question import grade
from vpnedu.simulation.chance import Chance

MARKING = Path(__file__).parents[3] / "vpnedu/widgets/static/marking.js"
NODE = shutil.which("node")
MARK_ALL = """
import { readFileSync } from "node:fs";
const { mark } = await import(process.argv[1]);
const asked = JSON.parse(readFileSync(0, "utf8"));
const marks = asked.map(([question, answer, hints]) => mark(question, answer, hints));
console.log(JSON.stringify(marks));
"""


def test_the_random_answers_are_of_all_kinds(asked) -> None:
    found = {(q.answer.name, grade(q, answer, hints).status) for q, answer, hints in asked}
    plain = {"correct", "incorrect", "blank", "invalid"}
    for name in ("one", "many", "pairs", "order", "byte", "number", "typed"):
        partial = {"partial"} if name in ("many", "pairs", "order") else set()
        assert {status for other, status in found if other == name} == plain | partial, name


@pytest.mark.skipif(not NODE and os.environ.get("CI") != "true", reason="Node.js is not installed")
def test_the_page_marks_as_python_does(asked) -> None:
    assert NODE, "Node.js is not installed"
    cases = [(question.content(), answer, hints) for question, answer, hints in asked]
    words = [NODE, "--input-type=module", "--eval", MARK_ALL, MARKING.as_uri()]
    done = subprocess.run(
        words, input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    for (question, answer, hints), there in zip(asked, json.loads(done.stdout), strict=True):
        mark = grade(question, answer, hints)
        here = {"status": mark.status, "score": str(mark.score), "says": list(mark.says)}
        here |= {"wrong": mark.wrong, "read": mark.read}
        assert there == here, (question.answer, answer)


def test_a_score_is_from_0_to_1_and_hints_never_raise_it(asked) -> None:
    for question, answer, _ in asked:
        scores = [grade(question, answer, hints).score for hints in range(5)]
        assert 0 <= scores[-1] <= scores[0] <= 1
        assert scores == sorted(scores, reverse=True)


def test_hints_cost_points_and_never_the_verdict(asked) -> None:
    for question, answer, hints in asked:
        plain, helped = grade(question, answer), grade(question, answer, hints)
        assert replace(helped, score=plain.score) == plain


def test_the_status_tells_the_score(asked) -> None:
    for question, answer, _ in asked:
        mark = grade(question, answer)
        assert (mark.status == "correct") == (mark.score == 1)
        assert (mark.status == "partial") == (0 < mark.score < 1)


def test_the_key_is_always_right(asked) -> None:
    for question, _, _ in asked:
        assert grade(question, question.answer.key).score == 1, question.answer


def test_blank_is_worth_nothing_for_every_input_and_policy(asked) -> None:
    empty = {"many": [], "order": [], "pairs": {}}
    for question, _, hints in asked:
        for blank in (None, empty.get(question.answer.name, "")):
            assert grade(question, blank, hints) == BLANK


def test_an_answer_that_went_through_json_gets_the_same_mark(asked) -> None:
    for question, answer, hints in asked:
        again = json.loads(json.dumps(answer))
        assert grade(question, again, hints) == grade(question, answer, hints)


def test_the_ids_whose_feedback_is_shown_are_ids_of_the_question(asked) -> None:
    lists = ("choices", "items", "steps", "fields", "mistakes")
    for question, answer, _ in asked:
        data = question.content()
        known = {part["id"] for name in lists for part in data.get(name, [])}
        assert set(grade(question, answer).says) <= known


def test_permuting_choices_items_and_ticks_never_changes_a_score(asked) -> None:
    for seed, (question, answer, _) in enumerate(asked):
        chance, there = Chance(seed, "order"), question.answer
        if isinstance(there, One | Many):
            other = replace(there, choices=tuple(chance.shuffled(there.choices)))
        elif isinstance(there, Pairs):
            options = tuple(chance.shuffled(there.options))
            other = replace(there, items=tuple(chance.shuffled(there.items)), options=options)
        else:
            continue
        ticked = chance.shuffled(answer) if isinstance(answer, list) else answer
        one, two = there.mark(answer), other.mark(ticked)
        assert (one.status, one.score, set(one.says)) == (two.status, two.score, set(two.says))


def ticks(rights: list[bool], credit: str) -> Many:
    named = enumerate(rights)
    return Many(tuple(Choice(str(n), "t", right, "So.") for n, right in named), credit)


rights = st.lists(st.booleans(), min_size=2, max_size=7).filter(any)


@pytest.mark.parametrize("credit", TICKS)
@given(rights, st.sets(st.integers(0, 6), min_size=1))
def test_one_more_right_tick_never_lowers_a_score_and_a_wrong_one_never_raises_it(
    credit: str, rights: list[bool], ticked: set[int]
) -> None:
    many = ticks(rights, credit)
    before = sorted(ticked & set(range(len(rights))))
    score = many.mark([str(n) for n in before]).score
    for more in set(range(len(rights))) - set(before):
        with_it = many.mark([str(n) for n in (*before, more)]).score
        # From blank, which is worth nothing, even a wrong tick may gain: other choices were spared.
        if before or rights[more]:
            assert (with_it >= score) if rights[more] else (with_it <= score)


@pytest.mark.parametrize("credit", TICKS)
@given(rights)
def test_only_all_right_ticks_and_no_other_are_correct(credit: str, rights: list[bool]) -> None:
    many = ticks(rights, credit)
    ids = [choice.id for choice in many.choices]
    for pattern in range(1, 2 ** len(ids)):
        ticked = [name for n, name in enumerate(ids) if pattern >> n & 1]
        assert (many.mark(ticked).status == "correct") == (ticked == many.key)


@pytest.mark.parametrize("credit", ORDERS)
@given(st.permutations(range(5)))
def test_only_the_right_order_is_correct(credit: str, order: list[int]) -> None:
    question = Order(tuple(Step(str(n), "t", "So.") for n in range(5)), credit)
    correct = question.mark([str(n) for n in order]).status == "correct"
    assert correct == (order == [0, 1, 2, 3, 4])


@pytest.mark.parametrize("credit", PAIRS)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.data())
def test_one_more_right_pair_never_lowers_a_score(credit: str, key: list[int], data) -> None:
    options = tuple((str(n), "o") for n in range(4))
    items = tuple(Item(str(n), "i", str(option), "So.") for n, option in enumerate(key))
    pairs = Pairs(items, options, credit)
    answer = {item.id: data.draw(st.sampled_from("0123")) for item in items}
    for item in items:
        assert pairs.mark(answer | {item.id: item.option}).score >= pairs.mark(answer).score


SPACES = ("", " ", "\u00a0", "  ")
UNITS = {"": 1, " B": 1, "bytes": 1, " Octet": 1, " kB": 1000, "KiB": 1024, " MB": 1000**2}


def spellings(value: Fraction, chance: Chance) -> str:
    """One of the allowed ways to write `value` bytes."""
    unit = chance.pick(tuple(UNITS))
    scaled = value / UNITS[unit]
    text = written(abs(scaled))
    power = chance.below(7) - 3
    if "/" in text:
        text = text.replace("/", chance.pick(("/", " / ")))
    elif chance.below(2):
        sign = chance.pick(("e", "E", "x10^", " × 10^", "*10^"))
        text = written(abs(scaled) / Fraction(10) ** power)
        text += f"{sign}{power}".replace("-", chance.pick(("-", "−")))
    elif "." not in text and len(text) > 3:
        text = f"{int(text):,}".replace(",", chance.pick((" ", "_", "'", "’", "\u00a0", "\u202f")))
    minus = chance.pick(("-", "−", "- ")) if scaled < 0 else chance.pick(("", "", "+"))
    return chance.pick(SPACES) + minus + text + chance.pick(SPACES) + unit + chance.pick(SPACES)


def test_every_spelling_of_a_number_gets_the_same_mark() -> None:
    for seed in range(2000):
        chance = Chance(seed, "spelling")
        value = Fraction(chance.below(60001) - 20000, chance.pick((1, 1, 1, 2, 3, 8, 10)))
        number = Number(value, unit="B")
        text = spellings(value, chance)
        if len(text.strip()) <= 40:
            assert number.mark(text) == number.mark(number.key), text
            assert number.mark(text).status == "correct", text
            assert Number(value + 1, unit="B").mark(text).status == "incorrect", text
