"""Quizzes as data, as HTML and as text, and what a notebook knows of their answers."""

import json
import re
import runpy
import shutil
import subprocess
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from vpnedu.quiz.lettering import Sheet, as_text
from vpnedu.quiz.question import KINDS, Question
from vpnedu.simulation.chance import Chance
from vpnedu.site.assets import needed
from vpnedu.widgets.modules import STATIC, javascript, script
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quiz_widget import Quiz
from vpnedu.widgets.quizzes import as_script, compiled, compiled_bank, shown_order

SAMPLE = runpy.run_path(str(Path(__file__).parent / "sample_bank.py"))
BANK = SAMPLE["sample_bank"]()
DATA = compiled_bank(BANK)
HTML = quiz_html(DATA)
TEXT = as_text(BANK)


def question(name: str) -> Question:
    return next(one for one in BANK.questions if one.id == name)


def record(name: str, answer: Any, **more: Any) -> dict[str, Any]:
    return {"rev": question(name).revision, "answer": answer, "checked": True, "hints": 0, **more}


def test_the_sample_has_every_kind_and_every_way_to_answer() -> None:
    assert {one.kind for one in BANK.questions} == set(KINDS)
    ways = {"one", "many", "pairs", "order", "byte", "number", "typed"}
    assert {one.answer.name for one in BANK.questions} == ways


def test_a_question_with_a_run_carries_its_figure() -> None:
    data = compiled(question("fate"), "sample")
    assert data["figure"]["id"] == "fig-sample-fate"
    assert data["figure"]["form"] is None
    assert data["figure"]["presets"][0]["ask"] is None
    assert data["picture"] is True
    assert "figure" not in compiled(question("route"), "sample")


def test_the_figure_is_no_part_of_the_revision() -> None:
    assert compiled(question("fate"), "sample")["rev"] == question("fate").revision


def test_data_in_a_page_cannot_end_its_script_element() -> None:
    html = as_script({"text": "</script><!--"})
    assert html.count("<") == 2
    inside = re.fullmatch(r"<script[^>]*>(.*)</script>", html)
    assert inside
    assert json.loads(inside[1]) == {"text": "</script><!--"}


def test_choices_are_shuffled_by_the_seed_and_the_question() -> None:
    choices = compiled(question("route"), "sample")
    orders = {tuple(c["id"] for c in shown_order(choices, "sample", seed)) for seed in range(99)}
    assert len(orders) == 6, "three choices in all orders"
    assert {order[-1] for order in orders} == {"none"}, "one that stays last"
    assert {order[0] for order in orders} == {"west", "east", "both"}


def test_choices_in_a_natural_order_stay_in_it() -> None:
    for seed in range(9):
        shown = shown_order(compiled(question("saying"), "sample"), "sample", seed)
        assert [choice["id"] for choice in shown] == ["true", "false"]


def test_steps_never_start_in_the_right_order() -> None:
    steps = compiled(question("steps"), "sample")
    orders = {tuple(s["id"] for s in shown_order(steps, "sample", seed)) for seed in range(500)}
    assert len(orders) == 23, "all orders of four but one"
    assert ("hello", "answer", "auth", "done") not in orders


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed")
def test_the_page_shows_the_same_order() -> None:
    program = (
        f'import {{ shownOrder }} from "{(STATIC / "quiz_shuffle.js").as_uri()}";'
        "const data = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify(data.map((question) => [0, 1, 7, 4294967295].map((seed) =>"
        ' shownOrder(question, "sample", seed).map((each) => each.id)))));'
    )
    asked = [q for q in DATA["questions"] if q["input"] in ("one", "many", "pairs", "order")]
    slim = [{**q, "figure": None} for q in asked]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", program, json.dumps(slim)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        [[c["id"] for c in shown_order(q, "sample", seed)] for seed in (0, 1, 7, 4294967295)]
        for q in asked
    ]


def shown_before_the_answers() -> str:
    cards = HTML.partition("</script>")[2].partition('<details class="q-answers">')[0]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", cards)))


def test_the_questions_on_a_page_without_scripts_tell_no_answer() -> None:
    for told in ("It is longer", "prefix that holds", "RFC 4632", "1456", "10.2.8.0/23", "✓"):
        assert told not in shown_before_the_answers()
        assert told in HTML
    for name in ("SPI", "sequence number, ", "ciphertext"):
        assert name not in shown_before_the_answers()


def test_a_page_without_scripts_has_all_that_a_question_is_about() -> None:
    shown = shown_before_the_answers()
    for text in ("10.2.0.0/16", "tunnel west", "Both, in turn.", "seals packets", "IKE_AUTH", "f0"):
        assert text in shown
    assert HTML.count("<vpn-figure still>") == 1


def test_a_quiz_as_text_has_lettered_choices_and_no_answers() -> None:
    assert "1. (pick one) A packet goes to 10.2.9.7. Which route does it take?" in TEXT
    assert "  d) None of these." in TEXT
    assert "  prefix       next hop     preference" in TEXT
    for told in ("longest", "It is longer", "1456", "10.2.8.0/23", "SPI", "✓"):
        assert told not in TEXT


def test_text_and_page_show_the_choices_in_the_same_order() -> None:
    for question, data in zip(BANK.questions, DATA["questions"], strict=True):
        sheet = Sheet.of(question, Chance(0, f"sample/{question.id}"))
        if sheet.lettered:
            shown = [thing["id"] for thing in shown_order(data, "sample")]
            assert [name for name, _ in sheet.lettered] == shown


def test_html_and_text_are_the_same_every_time() -> None:
    assert quiz_html(compiled_bank(SAMPLE["sample_bank"]())) == HTML
    assert as_text(SAMPLE["sample_bank"]()) == TEXT


def test_a_cell_carries_the_live_view_the_page_and_the_text() -> None:
    widget = Quiz(BANK)
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/html"] == HTML
    assert data["text/plain"] == TEXT
    assert widget.model_id not in HTML


def test_python_reads_the_answers_and_marks_them_anew() -> None:
    widget = Quiz(BANK)
    assert widget.answers == {}
    assert widget.score == 0
    widget.records = {
        "route": record("route", "west", hints=1),
        "truths": record("truths", ["table"]),
        "saying": record("saying", "false", last={"status": "correct", "score": "1"}),
        "size": record("size", "1456", checked=False),
    }
    assert widget.answers == {
        "route": "west", "truths": ["table"], "saying": "false", "size": "1456"
    }  # fmt: skip
    results = widget.results()
    assert [results[name].status for name in ("route", "truths", "saying", "size", "field")] == [
        "correct", "partial", "incorrect", "blank", "blank",
    ]  # fmt: skip
    assert widget.score == Fraction(3, 4) + Fraction(1, 2)


@pytest.mark.parametrize(
    "kept",
    [
        None, "text", {}, {"answer": "true", "checked": True},
        {**record("saying", "true"), "rev": "000000000000"},
        record("saying", {"a": 1}), record("saying", "true", hints="many", checked="yes"),
    ],
)  # fmt: skip
def test_a_record_of_another_revision_or_shape_counts_nothing(kept: Any) -> None:
    widget = Quiz(BANK)
    widget.records = {"saying": kept, "no-such-question": record("saying", "true")}
    assert widget.score == 0
    assert len(widget.results()) == len(BANK.questions)


def test_kinds_and_bytes_in_a_row_are_the_same_in_the_page() -> None:
    words = (STATIC / "quiz_words.js").read_text(encoding="utf-8")
    for kind, said in KINDS.items():
        assert re.search(rf'\b"?{kind}"?: "{re.escape(said)}"', words)
    assert "const ACROSS = 8;" in (STATIC / "quiz_bytes.js").read_text(encoding="utf-8")


def test_a_page_loads_what_its_elements_need_and_each_file_once() -> None:
    quiz = ["vpnedu.css", "quiz.css", "quiz.js"]
    assert needed("<p>text</p>") == []
    assert needed('<vpn-figure id="x">') == ["vpnedu.css", "player.js"]
    assert needed('<vpn-quiz id="x"><vpn-figure still>') == quiz
    assert set(quiz) <= set(needed("<vpn-quiz><vpn-exam>"))
    assert len(needed("<vpn-quiz><vpn-exam>")) == len(set(needed("<vpn-quiz><vpn-exam>")))


def test_no_module_of_quizzes_makes_html_of_text() -> None:
    for module in STATIC.glob("quiz*.js"):
        code = module.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in code, module.name


def test_the_script_of_a_page_runs_without_its_comments_and_indents() -> None:
    code = script("quiz_page")
    assert not re.search(r"^\s*//", code, re.M)
    assert "import " not in code
    spared = [line.strip() for line in javascript("quiz_page").splitlines()]
    kept = [line for line in spared if line and not line.startswith("//")]
    assert [re.sub(r"^export ", "", line) for line in kept] == [
        line for line in code.splitlines()[1:-1] if line
    ]
