"""QTI 2.1 packages: what answers score and are told, and what is lost."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.quiz.exports.answering import answers, pictures, text_of
from tests.quiz.exports.qti21_reader import Qti21Item, every_item, items21
from tests.quiz.exports.qti_reader import Case, identifiers, opened
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.qti21 import qti21
from vpnedu.quiz.inputs import Many, Order, Pairs
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question, grade
from vpnedu.simulation.chance import Chance

DATA = Path(__file__).parent / "data"


def as_marked(question: Question) -> Question:
    """The question under the credit that its loss names."""
    if isinstance(question.answer, Order):
        return replace(question, answer=replace(question.answer, credit="all"))
    return question


def told(question: Question, says: tuple[str, ...]) -> set[str]:
    """The texts of feedback by ids, with the explanation."""
    answer: Any = question.answer
    known: dict[str, str] = {}
    for kind in ("choices", "items", "steps", "mistakes", "fields"):
        for part in getattr(answer, kind, ()):
            known[getattr(part, "id", "") or part.name] = part.says
    texts = [known[name] for name in says]
    if isinstance(answer, Pairs):
        texts = list(known.values())
    return {text_of(text) for text in texts if text}


def test_answers_score_as_here_but_for_the_credits_that_are_named_as_lost(
    qti21_cases: list[Case],
) -> None:
    for paper, export, files in qti21_cases:
        nodes = iter(items21(files))
        for slot in paper.slots:
            for question in slot.pool:
                item, same = Qti21Item(next(nodes)), as_marked(question)
                for shown, ours in answers(question, Chance(2, slot.name)):
                    score, _ = item.score(shown)
                    right = grade(same, ours).score
                    assert abs(score - right) < Fraction(1, 10000), (slot.name, shown)
                    assert (score == 1) == (right == 1), (slot.name, shown)
                if same != question:
                    assert any(
                        "credit" in loss.what for loss in export.losses if loss.slot == slot.name
                    )


def test_who_answers_is_told_what_is_told_here(qti21_cases: list[Case]) -> None:
    for paper, _, files in qti21_cases:
        nodes = iter(items21(files))
        for slot in paper.slots:
            for question in slot.pool:
                item = Qti21Item(next(nodes))
                why = f"{text_of(question.explain)}{question.reference}"
                for shown, ours in answers(question, Chance(3, slot.name)):
                    if shown:
                        _, texts = item.score(shown)
                        expected = told(question, grade(question, ours).says)
                        assert {re.sub(" ", "", text) for text in texts} == {
                            re.sub(" ", "", text) for text in (*expected, why)
                        }, (slot.name, shown)


def test_steps_and_choices_are_not_shown_with_the_right_ones_first(qti21_cases: list[Case]) -> None:
    first_right, asked = 0, 0
    for node in every_item(qti21_cases):
        right = [v.text for v in node.findall("responseDeclaration/correctResponse/value")]
        for order in node.iter("orderInteraction"):
            assert identifiers(order) != right
            assert order.get("shuffle") == "true"
        for choices in node.iter("choiceInteraction"):
            if choices.get("shuffle") == "true" and choices.get("maxChoices") == "1":
                asked += 1
                first_right += identifiers(choices)[0] == right[0]
    assert asked > 50
    assert 0.1 < first_right / asked < 0.5


def test_what_it_has_no_words_for_is_told(every_kind: Bank) -> None:
    losses = (DATA / "qti21-losses.txt").read_text(encoding="utf-8").splitlines()
    assert [str(loss) for loss in qti21(Paper.of(every_kind), {}).losses] == losses


def test_no_credit_for_ticks_or_pairs_is_lost(qti21_cases: list[Case]) -> None:
    paper, export, _ = qti21_cases[-1]
    assert paper.name == "credits"
    for slot in paper.slots:
        if isinstance(slot.pool[0].answer, Many | Pairs):
            assert not [loss for loss in export.losses if loss.slot == slot.name]


def test_the_same_paper_gives_the_same_bytes(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    assert qti21(paper, pictures(paper)) == qti21(paper, pictures(paper))
    assert list(qti21(paper, {}).files) == ["every-kind.qti21.zip"]


def test_the_manifest_of_a_small_paper_is_this(every_kind: Bank) -> None:
    small = replace(every_kind.questions[0], picture=True)
    paper = Paper("small", "A small <paper>", (Slot("first one", (small,)),))
    files = opened(qti21(paper, pictures(paper)))
    manifest = (DATA / "qti21-manifest.xml").read_text(encoding="utf-8").rstrip("\n")
    assert files["imsmanifest.xml"].decode().replace("><", ">\n<") == manifest
