"""Moodle XML: what Moodle would refuse, what answers score there, and what is told to be lost."""

import os
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiz.exports.answering import PICTURE, answers, pictures
from tests.quiz.exports.moodle_reader import LEGAL, broken, questions, score, seen, text
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.export import Export
from vpnedu.quiz.exports.moodle import moodle_xml
from vpnedu.quiz.exports.moodle.wording import RIGHT_COUNTS, fraction
from vpnedu.quiz.inputs import Choice, Many, One, Order, Pairs, Step
from vpnedu.quiz.marking import ORDERS
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question, grade
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

DATA = Path(__file__).parent / "data"
RECORD = os.environ.get("RECORD") == "1"
CASES = ("5.0", "4.1")

Case = tuple[Paper, Export, bytes]


@pytest.fixture(scope="module", params=CASES)
def cases(request: pytest.FixtureRequest, every_paper: list[Paper]) -> list[Case]:
    made = ((p, moodle_xml(p, pictures(p), moodle=request.param)) for p in every_paper)
    return [(paper, export, export.files[f"{paper.name}.xml"]) for paper, export in made]


def paper_of(*questions: Question) -> Paper:
    slots = (Slot(f"slot-{at}", (one,)) for at, one in enumerate(questions))
    return Paper("small", "A/B: small", tuple(slots))


def asked(answer: object, kind: str = "single", text: str = "Which?") -> Question:
    return Question("q", kind, text, answer, "So.", "RFC 4301", "see", 2)  # type: ignore[arg-type]


def one_file(question: Question, moodle: str = "5.0") -> bytes:
    return moodle_xml(paper_of(question), {}, moodle=moodle).files["small.xml"]


def what(export: Export, slot: str) -> str:
    return "\n".join(loss.what for loss in export.losses if loss.slot == slot)


def marked_there(question: Question, orders: bool, losses: str) -> Question:
    """The question under the credit that its loss names."""
    answer = question.answer
    if isinstance(answer, Many) and answer.credit != "net":
        assert "partial marks" in losses
        return replace(question, answer=replace(answer, credit="net"))
    if isinstance(answer, Pairs) and answer.credit != "each":
        assert "partial marks" in losses
        return replace(question, answer=replace(answer, credit="each"))
    if isinstance(answer, Order) and not orders and answer.credit != "position":
        assert "partial marks" in losses
        return replace(question, answer=replace(answer, credit="position"))
    return question


def pairs_of(cases: list[Case]) -> Iterator[tuple[Slot, Question, str, object]]:
    """Every question that is in a file, with the losses of its slot and what the file has of it."""
    for paper, export, file in cases:
        nodes = iter(questions(file))
        for slot in paper.slots:
            losses = what(export, slot.name)
            assert "left out:" not in losses
            for question in slot.pool:
                yield slot, question, losses, next(nodes)
        assert next(nodes, None) is None


def test_no_file_breaks_a_rule_of_moodle(cases: list[Case]) -> None:
    assert [broken(file) for _, _, file in cases] == [[] for _ in cases]


def test_answers_score_as_here_but_for_what_is_told_to_be_lost(cases: list[Case]) -> None:
    for slot, question, losses, node in pairs_of(cases):
        assert hasattr(node, "find")
        orders = node.find("gradingtype") is not None
        same = marked_there(question, orders, losses)
        for shown, ours in answers(question, Chance(2, slot.name)):
            mark = grade(same, ours).score
            there = score(node, shown)  # type: ignore[arg-type]
            if isinstance(same.answer, Order) and orders and same.answer.credit == "longest":
                most = len(same.answer.steps)
                assert "k in order" in losses
                # k of n there for k - 1 of n - 1 here, and nothing for one step alone.
                mark = mark and (mark * (most - 1) + 1) / most
            assert there == mark, (slot.name, shown)


def test_a_pool_is_a_category_that_the_teacher_is_told_of(every_paper: list[Paper]) -> None:
    paper = next(paper for paper in every_paper if paper.name == "pools")
    export = moodle_xml(paper, pictures(paper))
    text = export.files["pools.xml"].decode()
    for slot in paper.slots:
        assert f"$course$/top/vpnedu/{paper.title}/{slot.name}]]>" in text
        assert "random question" in what(export, slot.name)
        assert f"<idnumber>vpnedu:{slot.name}:v1</idnumber>" in text


def test_a_slot_after_a_pool_stands_in_the_category_of_the_paper() -> None:
    yes = asked(One((Choice("a", "yes", True, "So."), Choice("b", "no", False, "So."))))
    slots = (Slot("one", (yes,)), Slot("pool", (yes, yes)), Slot("two", (yes,)))
    file = moodle_xml(Paper("small", "A/B", slots), {}).files["small.xml"].decode()
    paths = [part.partition("]]>")[0] for part in file.split("<category><text><![CDATA[")[1:]]
    top = "$course$/top/vpnedu/A//B"
    assert paths == [top, f"{top}/pool", top]


@pytest.mark.parametrize("count", range(1, 25))
def test_right_ticks_share_a_hundred_per_cent_or_the_question_is_left_out(count: int) -> None:
    choices = tuple(Choice(f"c{n}", f"choice {n}", n < count, "So.") for n in range(count + 2))
    export = moodle_xml(paper_of(asked(Many(choices), "multiple")), {})
    assert broken(export.files["small.xml"]) == []
    if count in RIGHT_COUNTS:
        assert len(questions(export.files["small.xml"])) == 1
    else:
        assert f"left out: choice: {count} choices are right" in what(export, "slot-0")


def test_every_share_of_right_ticks_is_in_moodles_list() -> None:
    assert {Decimal(fraction(count)) for count in RIGHT_COUNTS} <= LEGAL


@pytest.mark.parametrize("credit", ORDERS)
@pytest.mark.parametrize(
    ("moodle", "kind"),
    [
        ("3.11", "matching"),
        ("4.1", "matching"),
        ("4.3.9", "matching"),
        ("4.4", "ordering"),
        ("4.10", "ordering"),
        ("5.0", "ordering"),
    ],
)
def test_orders_are_asked_as_orders_since_4_4(credit: str, moodle: str, kind: str) -> None:
    steps = tuple(Step(name, f"step {name}", "So.") for name in "abc")
    node = questions(one_file(asked(Order(steps, credit), "ordering"), moodle))[0]
    assert node.get("type") == kind


def test_a_version_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="not a version"):
        moodle_xml(paper_of(asked(Typed("words", ("a",)), "text")), {}, moodle="five")


def test_units_are_worth_in_moodle_what_they_are_worth_here() -> None:
    number = Number(Fraction(1500), Fraction(1, 2), "B")
    node = questions(one_file(asked(number, "numeric")))[0]
    units = {
        unit.findtext("unit_name"): Fraction(unit.findtext("multiplier") or 0)
        for unit in node.iter("unit")
    }
    assert next(iter(units)) == "B"
    for word, multiplier in units.items():
        # Moodle divides what is typed by the multiplier.
        assert number.mark(f"{1500 * multiplier} {word}").status == "correct"
    losses = what(moodle_xml(paper_of(asked(number, "numeric")), {}), "slot-0")
    assert "these units are not read there: MiB, GiB" in losses


def test_a_star_in_a_typed_answer_is_a_star() -> None:
    node = questions(one_file(asked(Typed("words", ("a*b",)), "text")))[0]
    assert score(node, "a*b") == 1
    assert score(node, "axb") == 0


def test_what_ends_a_section_of_xml_stands_in_a_typed_answer_all_the_same() -> None:
    node = questions(one_file(asked(Typed("words", ("a]]>b",)), "text")))[0]
    assert score(node, "a]]>b") == 1


def test_a_picture_travels_with_its_words(every_paper: list[Paper]) -> None:
    paper = next(p for p in every_paper if any(q.picture for s in p.slots for q in s.pool))
    with_images = questions(moodle_xml(paper, pictures(paper)).files[f"{paper.name}.xml"])
    shown = [node for node in with_images if "<img" in text(node, "questiontext")]
    assert shown
    for node in shown:
        file = node.find("questiontext/file")
        assert file is not None
        assert b64decode(file.text or "") == PICTURE.png
        assert 'alt="two gateways &amp; a &lt;cloud&gt;"' in text(node, "questiontext")
    bare = moodle_xml(paper, {})
    slots = {slot.name for slot in paper.slots if any(q.picture for q in slot.pool)}
    assert {loss.slot for loss in bare.losses if "picture is missing" in loss.what} == slots


def test_a_control_character_leaves_one_question_out_and_no_other() -> None:
    good, bad = Typed("words", ("a",)), Typed("words", ("a",))
    export = moodle_xml(paper_of(asked(good, "text"), asked(bad, "text", "What\x01?")), {})
    assert len(questions(export.files["small.xml"])) == 1
    assert "left out" in what(export, "slot-1")


TEXT = st.text(
    st.one_of(st.sampled_from("]>&<*`\"'{}~=#: \n"), st.characters(exclude_categories=("C",)))
)


@given(TEXT, TEXT)
def test_any_text_is_seen_in_moodle_as_it_is_here(stem: str, choice: str) -> None:
    choices = (Choice("a", choice, True, "So."), Choice("b", "other", False, "So."))
    node = questions(one_file(asked(One(choices), text=f"Q {stem}")))[0]
    assert seen(text(node, "questiontext")) == seen_of(plain(f"Q {stem}"))
    assert seen(text(node.findall("answer")[0])) == " ".join(plain(choice).split())


def seen_of(plain_text: str) -> str:
    """Paragraphs stand next to each other in what `seen` gives."""
    return " ".join(plain_text.replace("\n", "").split())


def test_the_sample_bank_is_written_as_recorded(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    export = moodle_xml(paper, pictures(paper))
    assert moodle_xml(paper, pictures(paper)) == export
    losses = "".join(f"{loss}\n" for loss in export.losses).encode()
    for name, data in (
        ("moodle.xml", export.files["every-kind.xml"]),
        ("moodle-losses.txt", losses),
    ):
        if RECORD:
            (DATA / name).write_bytes(data)
        assert (DATA / name).read_bytes() == data
