"""An assignment for nbgrader: its release has no key, and its tests give the true points."""

import ast
import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from warnings import catch_warnings

import nbformat
import pytest
from traitlets.config import Config

from tests.quiz.exports.answering import answers, every_credit, pictures
from vpnedu.network.addresses import InputError
from vpnedu.quiz.bank import Bank
from vpnedu.quiz.exports.nbgrader import SIGNS, nbgrader_assignment
from vpnedu.quiz.exports.sheets import drawn, marks_of, sheet_of, to_write
from vpnedu.quiz.generators import GENERATORS, generate
from vpnedu.quiz.inputs import Byte, Many, One
from vpnedu.quiz.lettering import Sheet
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.paper import Paper, Slot
from vpnedu.quiz.prose import plain
from vpnedu.quiz.question import Question, grade
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

with catch_warnings(action="ignore"):
    # Its database's model warns of itself.
    from nbgrader.apps import NbGraderAPI
    from nbgrader.nbgraderformat import MetadataValidator
    from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, LockCells
    from nbgrader.utils import determine_grade


def notebook(paper: Paper) -> Any:
    """The source of the assignment."""
    [data] = nbgrader_assignment(paper, pictures(paper)).files.values()
    read = nbformat.reads(data.decode(), as_version=4)
    nbformat.validate(read)
    return read


def released(source: Any) -> Any:
    """What nbgrader makes of it for students."""
    made = deepcopy(source)
    for step in (ClearSolutions(), LockCells(), ClearHiddenTests()):
        made, _ = step.preprocess(made, {})
    nbformat.validate(made)
    return made


def outcome(cell: Any, answer: str, given: object) -> tuple[float, float]:
    """The points that nbgrader gives when the test has run on an answer."""
    *before, last = ast.parse(cell.source).body
    names: dict[str, Any] = {answer: given}
    done = deepcopy(cell)
    try:
        exec(compile(ast.Module(before, []), "test", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "test", "eval"), names)  # type: ignore[attr-defined]
        data = {"text/plain": repr(value)}
        done.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
    except AssertionError as wrong:
        done.outputs = [nbformat.v4.new_output("error", ename="AssertionError", evalue=str(wrong))]
    return determine_grade(done)


def in_letters(sheet: Sheet, answer: Any) -> str:
    """An answer made of ids as somebody writes it."""
    marks = marks_of(sheet)
    if isinstance(answer, dict):
        places = {item.id: at for at, item in enumerate(sheet.question.answer.items, start=1)}  # type: ignore[attr-defined]
        return ", ".join(
            f"{places[item]}-{marks[option].upper()}" for item, option in answer.items()
        )
    if isinstance(answer, list):
        return " ".join(f"{marks[name]})" for name in answer)
    return marks.get(answer, answer)


def other_key(question: Question) -> Question | None:
    """The same question with something else right, where that leaves what is asked as it is."""
    answer = question.answer
    if isinstance(answer, One | Many):
        choices = tuple(replace(choice, right=not choice.right) for choice in answer.choices)
        if isinstance(answer, One):
            [first, *_] = [choice.id for choice in choices if choice.right]
            choices = tuple(replace(choice, right=choice.id == first) for choice in choices)
        return replace(question, answer=replace(answer, choices=choices))
    if isinstance(answer, Byte):
        fields = tuple(replace(field, right=not at) for at, field in enumerate(answer.fields))
        return replace(question, answer=replace(answer, fields=fields))
    if isinstance(answer, Number):
        return replace(question, answer=Number(Fraction(4711), unit=answer.unit))
    if isinstance(answer, Typed):
        right = {"address": "10.9.8.7", "prefix": "10.9.8.0/24", "port": "udp/77", "hex": "77",
                 "words": "something else"}[answer.form]  # fmt: skip
        return replace(question, answer=Typed(answer.form, (right,)))
    return None


@pytest.fixture(scope="module")
def all_papers(every_kind: Bank) -> list[Paper]:
    pools = tuple(Slot(n, tuple(generate(n, seed) for seed in range(2))) for n in GENERATORS)
    return [Paper.of(every_kind), every_credit(every_kind), Paper("pools", "Generated", pools)]


def test_nbgrader_takes_every_notebook(all_papers: list[Paper]) -> None:
    for paper in all_papers:
        for made in (source := notebook(paper), released(source)):
            MetadataValidator().validate_nb(made)
            worth = sum(cell.metadata.nbgrader.get("points", 0) for cell in made.cells)
            assert Fraction(worth).limit_denominator(100) == paper.points


def test_a_release_holds_nothing_of_the_key(all_papers: list[Paper]) -> None:
    for paper in all_papers:
        text = "\n".join(cell.source for cell in released(notebook(paper)).cells)
        assert not any(sign in text for sign in SIGNS)
        assert "import points" not in text
        for slot in paper.slots:
            question = slot.pool[drawn(paper, slot, 1)]
            assert plain(question.explain) not in text
            assert question.revision not in text


def test_a_release_is_the_same_whatever_is_right(all_papers: list[Paper]) -> None:
    changed = 0
    for paper in all_papers:
        slots = []
        for slot in paper.slots:
            others = [other_key(question) or question for question in slot.pool]
            changed += others != list(slot.pool)
            slots.append(replace(slot, pool=tuple(others)))
        other = replace(paper, slots=tuple(slots))
        assert notebook(other) != notebook(paper)
        assert released(notebook(other)) == released(notebook(paper))
    assert changed > 40


def test_the_tests_of_an_assignment_give_the_true_points(all_papers: list[Paper]) -> None:
    seen: dict[bool, int] = {True: 0, False: 0}
    for paper in all_papers:
        slots = [replace(slot, points=Fraction(3, 2)) for slot in paper.slots]
        paper = replace(paper, slots=tuple(slots))
        cells = {cell.id: cell for cell in notebook(paper).cells}
        for number, slot in enumerate(paper.slots, start=1):
            sheet = sheet_of(paper, slot, drawn(paper, slot, 1), 1)
            for given, answer in marks(sheet, slot.name):
                true = float(grade(sheet.question, answer).score * slot.points)
                got = outcome(cells[f"q{number}-points"], f"answer_{number}", given)
                assert got == (true, 1.5), (slot.name, given)
                seen[0 < true < 1.5] += 1
    assert min(seen.values()) > 60


def marks(sheet: Sheet, name: str) -> Iterator[tuple[object, Any]]:
    """Some answers as they are written, with what they are."""
    made = [answer for _, answer in answers(sheet.question, Chance(3, name))]
    yield None, None
    yield "what?", "what?" if isinstance(sheet.question.answer, Typed) else None
    yield from ((in_letters(sheet, answer), answer) for answer in made[:14])


def test_the_solution_in_the_source_earns_everything(all_papers: list[Paper]) -> None:
    for paper in all_papers:
        cells = {cell.id: cell for cell in notebook(paper).cells}
        for number, slot in enumerate(paper.slots, start=1):
            names: dict[str, Any] = {}
            exec(cells[f"q{number}-answer"].source, names)
            got = outcome(cells[f"q{number}-points"], f"answer_{number}", names[f"answer_{number}"])
            assert got == (float(slot.points),) * 2, slot.name


def test_what_is_written_is_read_as_right(all_papers: list[Paper]) -> None:
    for paper in all_papers:
        for slot in paper.slots:
            for place, question in enumerate(slot.pool):
                sheet = sheet_of(paper, slot, place, seed=5)
                assert grade(question, sheet.read(to_write(sheet))).score == 1


@pytest.mark.parametrize(
    ("number", "readable", "unreadable"),
    [
        (1, [" B) ", "c."], ["", None, "a b", "d", "ab"]),
        (2, ["a,c", "A; B"], ["a a", "a d", "1"]),
        (4, ["156 B", ".1e3", 7], ["1,420", "many"]),
        (5, ["port 77", "udp/4500"], ["the usual one"]),
        (6, ["1a", "2-C 1=b"], ["3a", "1d", "a1", "1a)"]),
        (7, ["b a c"], ["a b", "a b c a"]),
        (10, ["0", "127 "], ["-1", "spi"]),
    ],
)
def test_a_release_tells_what_can_not_be_read(
    every_kind: Bank, number: int, readable: list[object], unreadable: list[object]
) -> None:
    cells = {cell.id: cell for cell in released(notebook(Paper.of(every_kind))).cells}
    test = compile(cells[f"q{number}-points"].source, "test", "exec")
    for given in readable:
        exec(test, {f"answer_{number}": given})
    for given in unreadable:
        with pytest.raises(AssertionError):
            exec(test, {f"answer_{number}": given})


def test_a_number_may_be_given_as_a_number(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    cells = {cell.id: cell for cell in notebook(paper).cells}
    assert outcome(cells["q4-points"], "answer_4", 156) == (1, 1)
    assert outcome(cells["q4-points"], "answer_4", 156.0) == (1, 1)
    assert outcome(cells["q4-points"], "answer_4", 157) == (0, 1)


def test_a_question_with_a_sign_of_nbgraders_is_left_out_and_told(every_kind: Bank) -> None:
    [first, second, *_] = every_kind.questions
    told = replace(first, explain="Never write ### END SOLUTION there.")
    paper = Paper("p", "P", (Slot("a", (told,)), Slot("b", (second,))))
    made = nbgrader_assignment(paper, {})
    assert [cell.id for cell in notebook(paper).cells] == ["about", "q2", "q2-answer", "q2-points"]
    assert str(made.losses[0]).startswith("a: left out: 'END SOLUTION'")
    with pytest.raises(InputError, match="none of its questions"):
        nbgrader_assignment(Paper("p", "P", (Slot("a", (told,)),)), {})


def test_the_same_paper_is_the_same_notebook_and_another_seed_another(every_kind: Bank) -> None:
    paper = Paper.of(every_kind)
    once, again = (nbgrader_assignment(paper, pictures(paper)) for _ in range(2))
    assert once == again
    assert nbgrader_assignment(paper, {}, seed=2).files != nbgrader_assignment(paper, {}).files


@pytest.mark.filterwarnings("ignore")
def test_nbgrader_itself_makes_the_release(
    every_kind: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It starts a command of its own database's, which stands beside this Python.
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    paper = Paper.of(every_kind)
    [(name, data)] = nbgrader_assignment(paper, pictures(paper)).files.items()
    folder = tmp_path / "source" / "ps1"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(data)
    config = Config(
        {"CourseDirectory": {"root": str(tmp_path), "db_url": f"sqlite:///{tmp_path}/grades.db"}}
    )
    done = NbGraderAPI(config=config).generate_assignment("ps1", force=True, create=True)
    assert done["success"], done
    text = (tmp_path / "release" / "ps1" / name).read_text()
    assert "HIDDEN" not in text
    assert "YOUR CODE HERE" in json.loads(text)["cells"][2]["source"][1]
