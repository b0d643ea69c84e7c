"""A regrade marks again by rules, tells every difference, and leaves what was handed in alone."""

from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

import pytest

from tests.classroom.desk import DUE, TENTH_A_DAY, flags, grade, hand_in, points, results, the_key
from tests.classroom.sample_class import SAMPLE, sealed
from vpnedu.classroom.grading import rules
from vpnedu.classroom.grading.diffs import Difference, differences, no_lower
from vpnedu.classroom.grading.results import Results
from vpnedu.classroom.grading.rules import Rule, dropped, markings, parse_rule
from vpnedu.classroom.issuing.forms import Form
from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Byte, Many, One, Order, Pairs
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Input, Question
from vpnedu.quiz.typed import Typed

WHOLE = Fraction(23, 2)
CLASS = (
    hand_in("ada", file="ada.json", answers={"route": "east", "size": "1453"}),
    hand_in("bob.b", file="bob.json", answers={"route": None, "truths": None, "steps": None}),
)


def regraded(*rules: str, fixed: Paper | None = None, policy: str = "") -> Results:
    return results(CLASS, policy, rules=[*map(parse_rule, rules)], fixed=fixed)


def score(of: Results, slot: str, learner: str = "ada") -> Fraction:
    place = [one.name for one in of.key.paper.slots].index(slot)
    return grade(of, learner).graded[0].responses[place].mark.score


def answering(slot: str, answer: Any, rule: str) -> Fraction:
    """What Ada's answer scores under a rule."""
    of = results([hand_in(answers={slot: answer})], rules=[parse_rule(rule)])
    return score(of, slot)


def mended(slot: str, answer: Input, **more: Any) -> Paper:
    """The paper with another answer to a question."""

    def changed(question: Question) -> Question:
        return replace(question, answer=answer, **more) if question.id == slot else question

    slots = the_key().paper.slots
    return Paper("mended", "M", tuple(replace(s, pool=tuple(map(changed, s.pool))) for s in slots))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("size:drop", Rule("size", "drop")),
        (" size : full ", Rule("size", "full")),
        ("size:rekey", Rule("size", "rekey")),
        ("address:accept:2001:db8::/32", Rule("address", "accept", "2001:db8::/32")),
    ],
)
def test_a_rule_is_read(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule
    assert parse_rule(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    ["", "size", "size:", ":drop", "size:dorp", "size:accept", "size:accept: ", "size:full:1"],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="rule"):
        parse_rule(text)


def test_a_regrade_without_rules_differs_in_nothing() -> None:
    assert differences(regraded(), regraded()) == ()
    assert regraded() == results(CLASS)


def test_a_dropped_slot_counts_for_nobody_and_not_in_the_total() -> None:
    before, after = regraded(), regraded("truths:drop")
    assert (before.total, after.total) == (WHOLE, WHOLE - Fraction(5, 2))
    assert (points(after, "ada"), points(after, "bob.b")) == (after.total - 2, after.total - 2)
    assert differences(before, after) == (
        Difference("ada", "truths", Fraction(5, 2), Fraction(0), WHOLE - 2, after.total - 2),
    )


def test_full_marks_go_to_all_who_handed_in_with_or_without_an_answer() -> None:
    after = regraded("route:full")
    assert [one.points for one in after.grades] == [WHOLE - 1, WHOLE - Fraction(7, 2), 0]
    assert {one.learner for one in differences(regraded(), after)} == {"ada", "bob.b"}
    bad = results([hand_in(answers={"route": 7})], rules=[parse_rule("route:full")])
    assert points(bad) == WHOLE
    assert [one.code for one in bad.quarantined] == ["bad-type"]


@pytest.mark.parametrize("order", [1, -1])
def test_a_slot_that_is_dropped_stays_dropped_with_full_marks_too(order: int) -> None:
    after = regraded(*["route:drop", "route:full"][::order])
    assert after.grades == regraded("route:full", "route:drop").grades
    assert (after.total, points(after)) == (WHOLE - 1, WHOLE - 2)


@pytest.mark.parametrize(
    ("slot", "answer", "accepted"),
    [
        ("route", "east", "east"),
        ("saying", "false", "false"),
        ("truths", ["bgp"], "bgp"),
        ("truths", ["order", "bgp"], "bgp, order"),
        ("steps", ["answer", "hello", "auth", "done"], "answer,hello,auth,done"),
        ("size", "1453 bytes", "1453"),
        ("size", "1.453 kB", "1453 B"),
        ("address", "10.2.8.0/255.255.255.0", "10.2.8.0/24"),
        ("field", "22", "20"),
        ("sealed", "7", "7"),
    ],
)
def test_what_is_accepted_is_as_right_as_the_key(slot: str, answer: Any, accepted: str) -> None:
    rule = f"{slot}:accept:{accepted}"
    assert answering(slot, answer, "fate:full") < 1
    assert answering(slot, answer, rule) == 1
    # The key itself stays right, and a blank answer stays blank.
    assert points(results([hand_in()], rules=[parse_rule(rule)])) == WHOLE
    assert answering(slot, None, rule) == 0


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("route:accept:north", "there is no choice 'north'; there are west, east, both, none"),
        ("truths:accept:bgp,north", "there is no choice 'north'"),
        ("steps:accept:hello,auth", "write all steps in order"),
        ("size:accept:1,456", "a comma"),
        ("address:accept:10.2.8.0", "a prefix needs its length"),
        ("field:accept:99", "give the number of a byte"),
        ("partners:accept:esp", "pairs have no second key"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_the_reason(rule: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as refused:
        regraded(rule)
    assert refused.value.field == f"rule {rule!r}"


@pytest.mark.parametrize("digits", [41, 4300, 100_000])
def test_an_answer_of_thousands_of_digits_is_refused_in_a_line(digits: int) -> None:
    with pytest.raises(InputError, match="nobody can write more than 40 characters") as refused:
        regraded(f"size:accept:{'9' * digits}")
    assert str(refused.value).startswith("rule 'size:accept:999")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("what", ["drop", "full", "rekey", "accept:1"])
def test_a_rule_for_something_unknown_offers_the_nearest_names(what: str) -> None:
    with pytest.raises(InputError, match="there is no slot or question 'sizes'; nearest: size"):
        regraded(f"sizes:{what}")


def test_a_rule_for_one_variant_leaves_the_others_alone() -> None:
    key = the_key()
    ids = {one.id: Form(key, one).question(9).id for one in key.learners}
    wrong = [hand_in(one, file=one, answers={"sealed": "0"}) for one in ids]
    after = results(wrong, rules=[parse_rule(f"{ids['ada']}:full")])
    assert {one: score(after, "sealed", one) for one in ids} == {
        one: Fraction(name == ids["ada"]) for one, name in ids.items()
    }
    assert len(set(ids.values())) > 1, "all have the same variant: the test shows nothing"


def test_a_variant_alone_is_not_dropped() -> None:
    with pytest.raises(InputError, match="one of 6 variants of sealed"):
        regraded("sealed-100:drop")
    assert dropped(the_key(), [parse_rule("sealed:drop")]) == {"sealed"}


def flipped(answer: One | Many) -> One | Many:
    return replace(answer, choices=tuple(replace(c, right=not c.right) for c in answer.choices))


@pytest.mark.parametrize(
    ("slot", "answer", "right"),
    [
        ("saying", flipped(SAMPLE["SAYING"].answer), "false"),
        ("truths", flipped(SAMPLE["TRUTHS"].answer), ["bgp", "order"]),
        ("size", Number(Fraction(1453), unit="B", mistakes=(Mistake("old", "1456", "!"),)), "1453"),
        ("address", Typed("prefix", ("10.2.8.0/24",)), "10.2.8.0/24"),
        (
            "steps",
            replace(SAMPLE["STEPS"].answer, steps=SAMPLE["STEPS"].answer.steps[::-1]),
            ["done", "auth", "answer", "hello"],
        ),
        (
            "field",
            Byte(
                SAMPLE["PACKET"],
                tuple(replace(f, right=f.name == "SPI") for f in SAMPLE["FIELD"].answer.fields),
            ),
            "20",
        ),
    ],
)
def test_rekey_marks_by_the_mended_question(slot: str, answer: Input, right: Any) -> None:
    fixed = mended(slot, answer, text="Asked in better words.")
    rules = [parse_rule(f"{slot}:rekey")]
    new = results([hand_in(answers={slot: right})], rules=rules, fixed=fixed)
    assert points(new) == WHOLE
    old = results([hand_in()], rules=rules, fixed=fixed)
    assert score(old, slot) < 1
    told = grade(old).graded[0].responses
    assert all("old" not in one.mark.says for one in told), "the form's feedback has no such id"


def test_rekey_and_accept_go_together_in_any_order() -> None:
    fixed = mended("size", Number(Fraction(1453), unit="B"))
    rules = [parse_rule("size:accept:9"), parse_rule("size:rekey")]
    for order in (rules, rules[::-1]):
        for text, right in (("9", 1), ("1453", 1), ("1456", 0)):
            of = results([hand_in(answers={"size": text})], rules=order, fixed=fixed)
            assert score(of, "size") == right


@pytest.mark.parametrize(
    ("slot", "answer", "why"),
    [
        ("route", One(SAMPLE["ROUTE"].answer.choices[:3]), "takes other answers"),
        ("route", Many(SAMPLE["ROUTE"].answer.choices), "takes other answers"),
        ("size", Number(Fraction(1456), unit="s"), "takes other answers"),
        ("address", Typed("words", ("x",)), "takes other answers"),
        ("steps", Order(SAMPLE["STEPS"].answer.steps[1:]), "takes other answers"),
        ("partners", Pairs(SAMPLE["PARTNERS"].answer.items[1:], ()), "takes other answers"),
        ("field", replace(SAMPLE["FIELD"].answer, data=bytes(32)), "takes other answers"),
    ],
)
def test_rekey_is_refused_where_the_mended_question_takes_other_answers(
    slot: str, answer: Input, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        regraded(f"{slot}:rekey", fixed=mended(slot, answer))


def test_rekey_is_refused_without_a_mended_question() -> None:
    with pytest.raises(InputError, match="there is no mended paper"):
        regraded("size:rekey")
    other = Paper("other", "O", (Slot("route", (SAMPLE["ROUTE"],)),))
    with pytest.raises(InputError, match="it is not there"):
        regraded("size:rekey", fixed=other)


def test_a_variant_is_rekeyed_by_its_own_namesake_only() -> None:
    right = mended("sealed-300", Number(Fraction(1), unit="B"))
    key = the_key()
    variants = {one.id: Form(key, one).question(9).id for one in key.learners}
    items = [hand_in(one, file=one, answers={"sealed": "1"}) for one in variants]
    of = results(items, rules=[parse_rule("sealed:rekey")], fixed=right)
    assert {one: score(of, "sealed", one) for one in variants} == {
        one: Fraction(name == "sealed-300") for one, name in variants.items()
    }
    moved = replace(sealed(100), id="sealed-300")
    pool = tuple(moved if one.id == "sealed-300" else one for one in key.paper.slots[9].pool)
    with pytest.raises(InputError, match="sealed-300 asks something else"):
        regraded("sealed:rekey", fixed=Paper("p", "P", (Slot("sealed", pool),)))


def test_nobodys_points_fall_where_they_must_not() -> None:
    before = regraded()
    fixed = mended("saying", flipped(SAMPLE["SAYING"].answer))
    lower = regraded("saying:rekey", "route:full", fixed=fixed)
    kept = no_lower(before, lower)
    # Ada loses one and gains one; Bob's blank route gains one as well.
    assert kept == lower
    lower = regraded("saying:rekey", fixed=fixed)
    kept = no_lower(before, lower)
    assert [one.points for one in lower.grades] == [WHOLE - 3, WHOLE - Fraction(11, 2), 0]
    assert [one.points for one in kept.grades] == [one.points for one in before.grades]
    assert flags(kept) == flags(kept, "bob.b") == ["not-lowered"]
    assert flags(kept, "ch+3") == []
    rows = [
        (one.slot, one.old, one.new) for one in differences(before, kept) if one.learner == "ada"
    ]
    assert rows == [("saying", 1, 0), ("", 0, 1)]


def test_nobody_keeps_more_than_the_total() -> None:
    before = results([hand_in()])
    after = results([hand_in()], rules=[parse_rule("truths:drop")])
    kept = no_lower(before, after)
    assert points(kept) == kept.total == WHOLE - Fraction(5, 2)
    assert kept == after


def test_differences_are_told_after_lateness() -> None:
    late = [replace(CLASS[0], received=DUE + 1)]
    before = results(late, TENTH_A_DAY)
    after = results(late, TENTH_A_DAY, rules=[parse_rule("size:full")])
    ninth = Fraction(9, 10)
    assert differences(before, after) == (
        Difference("ada", "size", Fraction(0), ninth, (WHOLE - 2) * ninth, (WHOLE - 1) * ninth),
    )


def test_results_of_other_classes_are_not_compared() -> None:
    key = replace(the_key(), learners=the_key().learners[:2])
    with pytest.raises(InputError, match="another class"):
        differences(regraded(), replace(regraded(), key=key, grades=regraded().grades[:2]))


def test_only_slots_with_a_rule_are_marked_otherwise() -> None:
    rules = [parse_rule(text) for text in ("size:full", "route:accept:east", "fate:drop")]
    assert markings(the_key(), rules).keys() == {"size", "route"}


def test_pages_after_a_rekey_tell_what_is_right_now() -> None:
    key = the_key()
    slot = next(one for one in key.paper.slots if isinstance(one.pool[0].answer, One))
    [question] = slot.pool
    asked = cast(One, question.answer)
    turned = tuple(replace(one, right=one.id == asked.choices[-1].id) for one in asked.choices)
    assert turned != asked.choices
    new = replace(question, answer=replace(asked, choices=turned))
    fixed = Paper("mended", "Mended", (replace(slot, pool=(new,)),))
    shown = rules.mended(key, (parse_rule(f"{slot.name}:rekey"),), fixed)
    assert [one.pool for one in shown.paper.slots if one.name == slot.name] == [(new,)]
    others = [one for one in shown.paper.slots if one.name != slot.name]
    assert others == [one for one in key.paper.slots if one.name != slot.name]
    assert rules.mended(key, (parse_rule(f"{slot.name}:full"),), None) is key
