"""GIFT that others wrote: every kind of question, and every way to get it wrong."""

from fractions import Fraction
from pathlib import Path
from time import perf_counter

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.quiz.imports.gift import read
from vpnedu.quiz.imports.imported import Imported
from vpnedu.quiz.inputs import Many, One, Order, Pairs
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question, grade
from vpnedu.quiz.typed import Typed

BY_HAND = Path(__file__).parent / "data" / "written-by-hand.gift.txt"


@pytest.fixture(scope="module")
def by_hand() -> Imported:
    return read(BY_HAND.read_text(encoding="utf-8"))


def named(imported: Imported, name: str) -> Question:
    return next(question for question in imported.questions if question.id == name)


def what(imported: Imported, name: str) -> str:
    return "\n".join(loss.what for loss in imported.losses if loss.slot == name)


def test_the_title_is_the_last_of_the_first_category(by_hand: Imported) -> None:
    assert by_hand.title == "First week"
    assert read("$CATEGORY: a/TCP//IP\n\n::q::Q{T}").title == "TCP/IP"


def test_an_equals_sign_makes_a_single_choice(by_hand: Imported) -> None:
    question = named(by_hand, "who-s-first")
    assert isinstance(question.answer, One)
    assert [choice.text for choice in question.answer.choices] == [
        "the link layer", "the network layer", "the ∗session∗ layer",
    ]  # fmt: skip
    assert question.answer.choices[0].says == "It frames it."
    assert "less than nothing" in what(by_hand, "who-s-first")
    assert "look-alikes" in what(by_hand, "who-s-first")


def test_weights_alone_make_a_multiple_choice(by_hand: Imported) -> None:
    question = named(by_hand, "two-ports")
    assert isinstance(question.answer, Many)
    assert question.text == "Tick **both** ports of `IKE`."
    assert [choice.right for choice in question.answer.choices] == [True, True, False]
    assert question.answer.choices[1].says == "behind a NAT"
    assert (question.objective, question.difficulty) == ("ports", 1)
    assert question.explain == "They are udp: see the RFC."


def test_a_missing_word_becomes_a_gap(by_hand: Imported) -> None:
    question = next(q for q in by_hand.questions if "_____" in q.text)
    assert question.text == "An address of IPv4 has _____ bits."
    assert isinstance(question.answer, Typed)
    assert question.answer.accept == ("32", "thirty-two")
    assert grade(question, "64").says == (question.answer.mistakes[0].id,)
    assert "a part of the mark" in what(by_hand, question.id)


def test_an_escaped_n_ends_a_line() -> None:
    (question,) = read(r"::q::[plain]one\n\ntwo \\n {T}").questions
    assert question.text == "one\n\ntwo \\n"


def test_true_and_false_tell_the_wrong_first(by_hand: Imported) -> None:
    question = named(by_hand, "tf")
    assert question.kind == "true-false"
    assert question.text == "TCP is **connected**."
    assert question.explain == "RFC 9293"
    assert isinstance(question.answer, One)
    says = {choice.id: choice.says for choice in question.answer.choices}
    assert says == {"true": "Yes.", "false": "No, it is."}
    assert grade(named(by_hand, "not"), "false").score == 1


def test_numbers_are_ranges_or_have_a_tolerance(by_hand: Imported) -> None:
    assert named(by_hand, "range").answer == Number(Fraction(40), Fraction(20))
    assert named(by_hand, "one-number").answer == Number(Fraction("3.14"), Fraction("0.01"))
    near = named(by_hand, "near")
    assert grade(near, "1420.5").score == 1
    assert grade(near, "1421").score == 0
    assert grade(near, "1380").says == ("1",)
    assert "any other number" in what(by_hand, "near")
    assert "a part of the mark" in what(by_hand, "near")


def test_pairs_may_have_a_partner_too_many(by_hand: Imported) -> None:
    answer = named(by_hand, "pairs").answer
    assert isinstance(answer, Pairs)
    assert [item.text for item in answer.items] == ["tcp", "udp"]
    assert [text for _, text in answer.options] == ["6", "17", "1"]


def test_the_plugins_orders_are_read_a_line_a_step(by_hand: Imported) -> None:
    answer = named(by_hand, "order").answer
    assert isinstance(answer, Order)
    assert [step.text for step in answer.steps] == ["first: ∗a∗", "second", "third"]
    assert answer.credit == "position"
    bare = read("::o::Q {>\nTCP SYN\nTCP ACK}").questions[0].answer
    assert isinstance(bare, Order)
    assert [step.text for step in bare.steps] == ["TCP SYN", "TCP ACK"]
    longest = read("::o::Q {>2 RANDOM VERTICAL LONGEST_ORDERED_SUBSET\na\nb\nc}")
    assert isinstance(longest.questions[0].answer, Order)
    assert longest.questions[0].answer.credit == "longest"
    assert "partial marks" in what(longest, "o")
    assert "all its steps are asked" in what(longest, "o")


def test_what_nothing_here_can_mark_is_a_loss(by_hand: Imported) -> None:
    assert "left out: answer: it is an essay" in what(by_hand, "essay")
    assert any("it is a description" in loss.what for loss in by_hand.losses)
    assert "the pattern 'tun*' is left out" in what(by_hand, "star")
    assert named(by_hand, "star").answer == Typed("words", ("tap*0",))
    assert len(by_hand.questions) == 11


def test_what_the_source_lacks_is_told(by_hand: Imported) -> None:
    assert (
        "the source has not: an explanation, a reference, an objective, a difficulty, "
        "words for each answer" in what(by_hand, "not")
    )
    assert "words for each answer" not in what(by_hand, "tf")
    assert "an objective" not in what(by_hand, "two-ports")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n\n::q::Which? {=a ~b", "line 3: answer: its braces don't match"),
        ("::q::Which? =a ~b}", "line 1: answer: its braces"),
        ("::q::Which? {=a {b} ~c}", "line 1: answer: its braces"),
        ("::q::One {=a ~b} and {=c ~d}", "more than one place to answer"),
        ("// a comment\n\n// more\n::q Which? {=a ~b}", "line 4: name: it begins with ::"),
        ("::q::Which? {a ~b}", "'a' must begin with = or ~"),
        ("::q::Which? {~%300%a ~b}", "is not from -100 to 100"),
        ("::q::How many? {#many}", "'many' is not a decimal number"),
        ("::q::How many? {#5..1}", "runs from a number to a smaller one"),
        (f"::q::How many? {{#{'9' * 5000}}}", "is not a decimal number"),
        ("::q::How many? {#1e999999999}", "is not a decimal number"),
        ("::q::Match {=a -> b =c}", "'c' has no -> in it"),
        ("::q::[html]" + "<p>" * 10_000 + "{T}", "characters; 20,000 are read"),
        ("::q::half \ud800 {T}", "half a character"),
    ],
)
def test_what_is_not_gift_is_told_with_its_line(text: str, says: str) -> None:
    with pytest.raises(InputError) as wrong:
        read(text)
    assert says in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{=a =b ~c}", "2 of 3 choices are right"),
        ("{~a ~b}", "none is right"),
        ("{=%50%a}", "there is no right answer"),
        ("{=a -> b}", "two partners at least"),
        ("{#=%50%3}", "no number is right"),
        ("{>1 ALL\na}", "one step has no order"),
    ],
)
def test_what_cant_be_one_of_ours_is_left_out(text: str, says: str) -> None:
    imported = read(f"::q::Which? {text}\n\n::r::Is it? {{T}}")
    assert [question.id for question in imported.questions] == ["r"]
    assert what(imported, "q").startswith("left out: ")
    assert says in what(imported, "q")


def test_thousands_of_one_name_take_no_longer_than_others() -> None:
    imported = read("::same::Is it? {T}\n\n" * 5_000)
    assert imported.questions[-1].id == "same-5000"


def test_questions_of_the_same_name_get_names_of_their_own() -> None:
    text = "::Same::A{T}\n\n::same!::B{T}\n\n::???::C{T}\n\n::::D{T}"
    assert [question.id for question in read(text).questions] == ["same", "same-2", "question", "d"]


def test_a_number_and_tags_are_read_from_the_comments_above() -> None:
    found = read("// [id:vpnedu:mine:v1] [tag:objective:aim] [tag:difficulty:2]\n::q::Is it?{T}\n")
    assert [(one.id, one.objective, one.difficulty) for one in found.questions] == [
        ("mine", "aim", 2)
    ]


def test_brackets_that_never_close_cost_no_more_than_their_length() -> None:
    start = perf_counter()
    [question] = read("//" + "[id:" * 250_000 + "\n::q::Is it?{T}\n").questions
    assert (question.id, perf_counter() - start < 2) == ("q", True)
