"""Imported questions as a bank: what is complete marks as before, what is missing is named."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quiz.exports.answering import answers
from vpnedu.network.addresses import InputError
from vpnedu.quiz.exports.export import Export
from vpnedu.quiz.exports.gift import gift
from vpnedu.quiz.exports.moodle import moodle_xml
from vpnedu.quiz.imports.as_toml import as_toml
from vpnedu.quiz.imports.gift import read as read_gift
from vpnedu.quiz.imports.imported import Imported
from vpnedu.quiz.imports.jupyterquiz import read as read_jupyterquiz
from vpnedu.quiz.imports.moodle import read as read_moodle
from vpnedu.quiz.inputs import Byte, ByteField
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.question import Question, grade
from vpnedu.quiz.reading import BankError, read
from vpnedu.simulation.chance import Chance

DATA = Path(__file__).parent / "data"
READERS: dict[str, Callable[[str], Imported]] = {"gift": read_gift, "json": read_jupyterquiz}


def completed(toml: str) -> str:
    """A bank whose objectives have what only a teacher knows of them."""
    there = r"\g<0>text = 'say it'\nsection = 'there'\n"
    return re.sub(r"(?m)^\[\[objective\]\]\nid = .*\n", there, toml)


def test_a_bank_that_came_from_here_reads_and_marks_as_the_import_did(
    every_paper: list[Paper],
) -> None:
    texts = [read_moodle(_text(moodle_xml(paper, {}))) for paper in every_paper]
    for imported in [*texts, read_gift(_text(gift(every_paper[0], {})))]:
        bank = read(completed(as_toml(imported)), "imported")
        assert bank.title == imported.title
        for before, after in zip(imported.questions, bank.questions, strict=True):
            assert (before.id, before.kind, before.text) == (after.id, after.kind, after.text)
            assert (before.explain, before.table) == (after.explain, after.table)
            assert before.hints == after.hints
            for _, answer in answers(before, Chance(4, before.id)):
                assert grade(before, answer) == grade(after, answer)


def _text(export: Export) -> str:
    (data,) = export.files.values()
    return data.decode()


@pytest.mark.parametrize("name", ["written-by-hand.gift.txt", "written-by-hand.jupyterquiz.json"])
def test_the_bank_of_a_foreign_file_names_all_that_is_missing(name: str) -> None:
    reader = READERS["gift" if "gift" in name else "json"]
    imported = reader((DATA / name).read_text(encoding="utf-8"))
    toml = as_toml(imported)
    assert as_toml(imported) == toml
    with pytest.raises(BankError) as wrong:
        read(toml, "imported")
    missing = {tuple(problem.split(": ")[1:3]) for problem in wrong.value.problems}
    for question in imported.questions:
        told = "".join(loss.what for loss in imported.losses if loss.slot == question.id)
        for field, lack in LACKS.items():
            assert ((question.id, field) in missing) == (lack in told), (question.id, field)
        unsaid = {field for name, field in missing if name == question.id} - LACKS.keys()
        assert bool(unsaid) == ("words for each answer" in told), (question.id, unsaid)


LACKS = {
    "explain": "an explanation",
    "reference": "a reference",
    "difficulty": "a difficulty",
    "objective": "an objective",
}


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_is_the_same_in_toml(text: str) -> None:
    toml = as_toml(Imported(f"T{text}", (), ()))
    assert tomllib.loads(toml)["title"] == f"T{text}"


def test_what_a_bank_can_only_read_from_a_run_is_refused() -> None:
    byte = Byte(b"ab", (ByteField("all", 0, 1, "", right=True),))
    question = Question("q", "bytes", "Which?", byte, "So.", "RFC", "see", 2)
    with pytest.raises(InputError, match="a bank can't hold"):
        as_toml(Imported("T", (question,), ()))
