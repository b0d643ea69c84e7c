"""Laws of keys and forms: made again for ever, unlike for each student, and without the key."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.classroom.sample_class import LEARNERS, sample_form, sample_key
from vpnedu.classroom.issuing.form_page import form_html
from vpnedu.classroom.issuing.forms import Form, form_data
from vpnedu.classroom.issuing.keys import Key, labelled, read_key
from vpnedu.classroom.issuing.rosters import Learner
from vpnedu.network.addresses import InputError
from vpnedu.quiz.inputs import Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed

PINNED: dict[str, Any] = {
    "who": ("XTKKZEDJ", "a7b9b9c2275dd54ba269"),
    "slots": ((1, 0), ("k0d8b0f", "k2fe46e"), [1, 0]),
    "ids": (
        {"k70788a": "a", "k133371": "b", "kf17ca9": "c", "k3fd444": "d"},
        {"k904c86": "x", "k166922": "y"},
    ),
    "canary": "vpnqihlcpkcbpphagfbhpbbf",
}


def asked(name: str, answer: Any) -> Question:
    return Question(name, "single", f"What of {name}?", answer, "Why.", "RFC 1", "aim", 1)


def four(**more: Any) -> One:
    choices = (Choice(name, name.upper(), name == "a", "Says.") for name in "abcd")
    return One(tuple(choices), **more)


def key_of(*slots: Slot, learners: int = 1) -> Key:
    """A key whose forms hang on nothing but this file."""
    people = tuple(Learner(f"s{number}") for number in range(learners))
    secret = hashlib.sha256(b"of a test").digest()
    return Key(Paper("small", "Small", slots), secret, people, "2026-01-01T00:00:00Z")


def slot(name: str, *answers: Any) -> Slot:
    pool = tuple(asked(f"{name}{at}" if at else name, one) for at, one in enumerate(answers))
    return Slot(name, pool)


def forms(key: Key) -> Iterator[Form]:
    return (Form(key, learner) for learner in key.learners)


def is_even(counts: Counter[Any], of: int) -> bool:
    """Whether `of` outcomes came about equally often: chi-squared below its 0.9999 quantile."""
    expected = counts.total() / of
    distance = sum((counts[name] - expected) ** 2 / expected for name in counts)
    distance += (of - len(counts)) * expected
    # Wilson and Hilferty's approximation of the quantile.
    share = 2 / (9 * (of - 1))
    return distance < (of - 1) * (1 - share + 3.719 * share**0.5) ** 3


def test_a_form_of_long_ago_is_made_again_to_the_letter() -> None:
    # Files that students hold were made like this: these values never change.
    form = Form(
        key_of(slot("one", four(), four()), slot("two", Order((step("x"), step("y"))))),
        Learner("s0"),
    )
    assert (form.id, form.tag) == PINNED["who"]
    assert (form.variants, form.slot_labels, form.order()) == PINNED["slots"]
    assert (form.ids(0), form.ids(1)) == PINNED["ids"]
    assert form.key.canary == PINNED["canary"]


def step(name: str) -> Step:
    return Step(name, name, "Says.")


def test_a_key_that_was_written_and_read_gives_the_same_pages() -> None:
    key = sample_key()
    again = read_key(key.to_json())
    assert again.to_json() == key.to_json()
    for learner in LEARNERS:
        assert form_html(Form(again, learner)) == form_html(Form(key, learner))


def test_two_forms_of_one_student_are_one() -> None:
    assert form_data(sample_form()) == form_data(sample_form())


def test_forms_of_two_students_share_no_label_id_or_tag() -> None:
    ada, bob = (form_data(sample_form(learner)) for learner in (0, 1))
    assert not labels(ada) & labels(bob)
    assert ada["form"] != bob["form"]
    assert ada["tag"] != bob["tag"]
    assert texts(ada) != texts(bob)
    assert sorted(texts(ada))[:9] == sorted(texts(bob))[:9]


def labels(data: Any) -> set[str]:
    """Every label that a form's data names."""
    return set(re.findall(r'"(k[0-9a-f]{6})"', json.dumps(data)))


def texts(data: Any) -> list[str]:
    """The questions in the order of the form, but for the one that has variants."""
    return [text for one in data["slots"] if "sealed" not in (text := json.dumps(one["text"]))]


def test_another_attempt_is_another_form() -> None:
    first, second = sample_form(), sample_form(attempt=2)
    assert not labels(form_data(first)) & labels(form_data(second))
    assert first.id != second.id
    assert first.order() != second.order()


def test_another_date_is_another_tag_on_the_same_questions() -> None:
    first, later = sample_form(), sample_form(due="2026-12-08T22:59:00Z")
    assert first.tag != later.tag
    assert first.tag != sample_form(issued="2026-11-25T08:00:00Z").tag
    assert form_data(first)["slots"] == form_data(later)["slots"]


def test_another_secret_changes_all() -> None:
    assert not labels(form_data(sample_form())) & labels(form_data(sample_form(secret=bytes(32))))
    with pytest.raises(InputError, match="31 bytes"):
        sample_key(secret=bytes(31))


def test_labels_are_unlike_and_lead_back_to_the_ids() -> None:
    form = sample_form()
    assert len(set(form.slot_labels)) == len(form.slot_labels)
    for place in range(len(form.slot_labels)):
        ids = form.ids(place)
        assert tuple(ids.values()) == labelled(form.question(place).answer)
        assert form.labels(place) == {name: label for label, name in ids.items()}


def test_an_item_and_an_option_of_one_id_have_labels_of_their_own() -> None:
    pairs = Pairs((Item("a", "A", "a", "."), Item("b", "B", "b", ".")), (("a", "1"), ("b", "2")))
    form = Form(key_of(slot("p", pairs)), Learner("s0"))
    assert sorted(form.ids(0).values()) == ["\0a", "\0b", "a", "b"]
    data = form_data(form)["slots"][0]
    assert len({one["id"] for one in data["items"] + data["options"]}) == 4


def test_variants_come_equally_often() -> None:
    key = key_of(slot("v", *[four()] * 8), slot("w", *[four()] * 3), learners=2000)
    both = [form.variants for form in forms(key)]
    assert is_even(Counter(one for one, _ in both), 8)
    assert is_even(Counter(one for _, one in both), 3)
    # Which variant one slot has tells nothing of another's.
    assert is_even(Counter(both), 24)


def test_every_choice_stands_at_every_place_equally_often() -> None:
    key = key_of(slot("v", four()), slot("w", four()), learners=1500)
    orders: Counter[str] = Counter()
    slots: Counter[tuple[int, ...]] = Counter()
    for form in forms(key):
        one = next(each for each in form_data(form)["slots"] if "of v?" in str(each["text"]))
        orders["".join(choice["text"][0][0] for choice in one["choices"])] += 1
        slots[tuple(form.order())] += 1
    assert is_even(orders, 24)
    assert is_even(slots, 2)


def test_a_label_tells_nothing_of_the_place_or_the_key() -> None:
    key = key_of(slot("v", four()), learners=1500)
    right = Counter[int]()
    for form in forms(key):
        shown = [choice["id"] for choice in form_data(form)["slots"][0]["choices"]]
        label = form.labels(0)["a"]
        right[sorted(shown).index(label)] += 1
    assert is_even(right, 4)


def shown_texts(answer: Any, name: str, learners: int = 60) -> list[str]:
    key = key_of(slot("v", answer), learners=learners)
    all_data = (form_data(form)["slots"][0] for form in forms(key))
    return ["".join(thing["text"][0][0] for thing in data[name]) for data in all_data]


def test_ordered_choices_stay_and_last_ones_stay_last() -> None:
    assert set(shown_texts(four(ordered=True), "choices")) == {"ABCD"}
    ticks = Many(four().choices, ordered=True)
    assert set(shown_texts(ticks, "choices")) == {"ABCD"}
    last = One((*four().choices[:3], replace(four().choices[3], last=True)))
    orders = set(shown_texts(last, "choices"))
    assert {order[3] for order in orders} == {"D"}
    assert len(orders) == 6


@pytest.mark.parametrize("count", [2, 3])
def test_steps_are_never_shown_in_the_right_order(count: int) -> None:
    right = "abc"[:count]
    shown = Counter(shown_texts(Order(tuple(map(step, right))), "steps"))
    assert right not in shown
    assert len(shown) == (1 if count == 2 else 5)


def test_what_a_number_may_be_written_in_is_told_and_its_form_but_no_value() -> None:
    key = key_of(
        slot("n", Number(Fraction(7), Fraction(1), "ms", ())), slot("t", Typed("port", ("443",)))
    )
    number, port = sorted(
        form_data(Form(key, Learner("s0")))["slots"], key=lambda one: one["input"]
    )
    assert number["unit"] == "ms"
    assert ["s", "1000"] in number["units"]
    assert port["form"] == "port"
    assert "443" not in json.dumps(port)
