"""Canvas packages: what answers score there, and what is told to be lost."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from tests.quiz.exports.answering import answers, pictures
from tests.quiz.exports.qti_reader import CanvasItem, Case, html, items, name_of, one, opened, tree
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.canvas import canvas_qti
from vpnedu.quiz.inputs import Many, Order, Pairs
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.question import Question, grade
from vpnedu.simulation.chance import Chance

DATA = Path(__file__).parent / "data"


def as_canvas_marks(question: Question) -> Question:
    """The question under the credit that its loss names."""
    answer = question.answer
    if isinstance(answer, Many):
        answer = replace(answer, credit="net")
    elif isinstance(answer, Pairs):
        answer = replace(answer, credit="each")
    elif isinstance(answer, Order):
        answer = replace(answer, credit="position")
    return replace(question, answer=answer)


def test_answers_score_as_here_but_for_the_credits_that_are_named_as_lost(
    canvas_cases: list[Case],
) -> None:
    for paper, export, files in canvas_cases:
        nodes = iter(items(files))
        for slot in paper.slots:
            for question in slot.pool:
                item = CanvasItem(next(nodes))
                same = as_canvas_marks(question)
                for shown, ours in answers(question, Chance(1, slot.name)):
                    if isinstance(question.answer, Order):
                        shown = {step: str(place) for place, step in enumerate(shown, 1)}
                    assert item.score(shown) == grade(same, ours).score, (slot.name, shown)
                if same != question:
                    lost = [loss.what for loss in export.losses if loss.slot == slot.name]
                    assert any("credit" in what or "counts" in what for what in lost), slot.name


def test_steps_are_not_shown_in_their_right_order(canvas_cases: list[Case]) -> None:
    for paper, _, files in canvas_cases:
        nodes = iter(items(files))
        for slot in paper.slots:
            for question in slot.pool:
                node = next(nodes)
                if isinstance(question.answer, Order):
                    right = [
                        rule.findtext("conditionvar/varequal")
                        for rule in CanvasItem(node).conditions
                        if rule.find("setvar") is not None
                    ]
                    assert right != sorted(map(str, right))


def test_choices_that_keep_their_places_stop_canvas_from_shuffling(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    kept = Paper("kept", "Kept", paper.slots[:1])
    free = Paper("free", "Free", paper.slots[1:])
    for one_paper, shuffle in ((kept, "false"), (free, "true")):
        export = canvas_qti(one_paper, {})
        files = opened(export)
        quiz = tree(files[f"{name_of(files)}/assessment_meta.xml"])
        assert quiz.findtext("shuffle_answers") == shuffle
        told = any("shuffles" in loss.what for loss in export.losses if not loss.slot)
        assert told == (shuffle == "false")
    labels = CanvasItem(items(opened(canvas_qti(kept, {})))[0]).node.iter("response_label")
    texts = ["".join(html(one(label, "material")).itertext()) for label in labels]
    assert texts[-1] == "nowhere: it is dropped"


def test_what_canvas_has_no_words_for_is_told_once_a_slot(every_kind: Bank) -> None:
    export = canvas_qti(Paper.of(every_kind), {})
    losses = (DATA / "canvas-losses.txt").read_text(encoding="utf-8").splitlines()
    assert [str(loss) for loss in export.losses] == losses
    pool = Slot("pool", every_kind.questions[:1] * 3, Fraction(1, 3))
    told = [loss.what for loss in canvas_qti(Paper("p", "P", (pool,)), {}).losses if loss.slot]
    assert told == [
        "its hints are left out, and with them what they cost",
        "its 1/3 points become 0.333333: only decimals are known",
    ]


def test_the_same_paper_gives_the_same_bytes(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    first, second = canvas_qti(paper, pictures(paper)), canvas_qti(paper, pictures(paper))
    assert first == second
    assert list(first.files) == ["every-kind.canvas.zip"]


def test_the_manifest_of_a_small_paper_is_this(every_kind: Bank) -> None:
    small = replace(every_kind.questions[0], picture=True)
    paper = Paper("small", "A small <paper>", (Slot("first one", (small,)),))
    files = opened(canvas_qti(paper, pictures(paper)))
    manifest = (DATA / "canvas-manifest.xml").read_text(encoding="utf-8").rstrip("\n")
    assert files["imsmanifest.xml"].decode().replace("><", ">\n<") == manifest
