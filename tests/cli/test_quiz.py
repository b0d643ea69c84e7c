"""`vpnedu quiz`: questions asked in a terminal, banks checked, a reader's progress shown."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done, Run
from vpnedu.book import banks as reader
from vpnedu.book.banks import bank, banks
from vpnedu.cli import quizzes
from vpnedu.quiz.drill import Drill, after
from vpnedu.quiz.generators import GENERATORS
from vpnedu.quiz.reading import schema

SAMPLE = Path(__file__).parents[1] / "quiz" / "data" / "every-kind.toml"
TEXT = SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """The only bank is the sample, in the words that are given."""
    monkeypatch.setattr(reader, "FOLDERS", (tmp_path,))

    def write(text: str) -> Path:
        path = tmp_path / "every-kind.toml"
        path.write_text(text, encoding="utf-8")
        return path

    write(TEXT)
    return write


def typed(vpnedu: Run, *arguments: object, lines: list[str]) -> Done:
    return vpnedu("quiz", *arguments, stdin="".join(f"{line}\n" for line in lines).encode())


def letter(out: str, text: str) -> str:
    """The letter before a choice in what was printed."""
    found = re.search(rf"(\w)\) {re.escape(text)}", out)
    assert found, text
    return found[1]


@pytest.mark.usefixtures("sample")
def test_every_kind_can_be_answered_in_a_terminal(vpnedu: Run) -> None:
    shown = typed(vpnedu, "take", "every-kind", lines=[""] * 10).out
    tunnel, outer, spi = (
        letter(shown, t) for t in ("into tunnel b", "the gateways'", "the security")
    )
    selectors, routes = letter(shown, "traffic selectors"), letter(shown, "a route table")
    steps = [f"IKE_{s}" for s in ("SA_INIT request", "SA_INIT response", "AUTH request")]
    seconds = bank("every-kind").questions[8].answer.key
    answers = [
        tunnel, f"{outer} {spi}", "b", "156 B", "4500/UDP", f"1{selectors} 2{routes}",
        " ".join(letter(shown, step) for step in steps), letter(shown, "tunnel 3"), seconds, "21",
    ]  # fmt: skip
    done = typed(vpnedu, "take", "every-kind", lines=answers)
    assert done.code == 0
    assert done.out.count("✓ Right.") == 10
    assert "Every kind of question: 10 of 10" in done.out
    assert "reread" not in done.out


@pytest.mark.usefixtures("sample")
def test_a_slip_of_the_pen_costs_nothing_and_a_hint_its_share(vpnedu: Run) -> None:
    shown = typed(vpnedu, "take", "every-kind", lines=[]).out
    right = letter(shown, "into tunnel b")
    done = typed(vpnedu, "take", "every-kind", lines=["7", "x y", "?", "?", right, "q"])
    assert "there is no '7'; type a letter" in done.out
    assert "Both rows hold the address. (This hint costs 1/4 of the score.)" in done.out
    assert "There are no more hints." in done.out
    assert "✓ Right, 3/4 of a point." in done.out
    assert "Every kind of question: 3/4 of 10, 9 unanswered" in done.out
    assert "(reread every-kind.html#which-route-wins)" in done.out


@pytest.mark.usefixtures("sample")
def test_a_wrong_answer_is_told_why_and_what_is_right(vpnedu: Run) -> None:
    done = typed(vpnedu, "take", "every-kind", lines=["", "", "", "154", "q"])
    assert "Skipped." in done.out
    assert "✕ Not right." in done.out
    assert "154 B: The trailer has to end on a multiple of four" in done.out
    assert "Right is: 156 B" in done.out


@pytest.mark.usefixtures("sample")
def test_the_end_of_the_input_ends_the_quiz_with_the_score(vpnedu: Run) -> None:
    done = typed(vpnedu, "take", "every-kind", lines=[])
    assert done.code == 0
    assert "Every kind of question: none of 10 answered" in done.out


def test_an_unknown_quiz_is_one_line(vpnedu: Run) -> None:
    done = vpnedu("quiz", "take", "route-baste")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("quiz: there is no 'route-baste'; there are ")


def test_a_drill_repeats_for_its_seed_and_asks_only_its_topic(vpnedu: Run) -> None:
    first = typed(vpnedu, "drill", "BGP", "--seed", "3", lines=[""] * 8)
    assert first == typed(vpnedu, "drill", "BGP", "--seed", "3", lines=[""] * 8)
    assert first != typed(vpnedu, "drill", "BGP", "--seed", "4", lines=[""] * 8)
    titles = {one.title for one in GENERATORS.values() if one.topic == "BGP"}
    asked = re.findall(r"^\d+\. (.+): [a-z ,]+$", first.out, re.MULTILINE)
    assert len(asked) > 5
    assert set(asked) <= titles
    assert re.search(r"^only skipped: ", first.out, re.MULTILINE)


def test_a_drill_that_is_skipped_is_no_wrong_answer_and_is_not_asked_again(vpnedu: Run) -> None:
    done = typed(vpnedu, "drill", "which-route", lines=["", "", "", "q"])
    assert done.out.endswith("only skipped: Find the route that wins for an address\n")
    questions = re.findall(r"pick one\n\n(.+?)\n  a letter: ", done.out, re.DOTALL)
    assert len(set(questions)) == 4


def test_a_drill_answered_with_a_hint_is_right_and_no_surer(
    vpnedu: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def watched(record: Drill, right: bool, step: int, *, helped: bool = False) -> Drill:
        seen.append(helped)
        return after(record, right, step, helped=helped)

    monkeypatch.setattr(quizzes, "after", watched)
    typed(vpnedu, "drill", "which-route", lines=["?", "a", "b", "q"])
    assert seen == [True, False]


def test_an_unknown_topic_is_told_with_the_nearest(vpnedu: Run) -> None:
    done = vpnedu("quiz", "drill", "rotes")
    assert done.code == 2
    assert "there is no 'rotes'; nearest: routes" in done.err


def test_an_exam_asks_for_each_objective_once(vpnedu: Run) -> None:
    objectives = sum(len(one.objectives) for one in banks().values())
    done = typed(vpnedu, "exam", "--seed", "7", lines=[""] * objectives)
    assert f"Exam 7: {objectives} questions." in done.out
    assert f"Question {objectives} of {objectives}" in done.out
    short = typed(vpnedu, "exam", "--count", "9", lines=[])
    assert "Exam 1: 9 questions." in short.out


@pytest.mark.parametrize("wrong", [["--seed", "-1"], ["--seed", "x"], ["--count", "0"]])
def test_a_bad_exam_is_told(vpnedu: Run, wrong: list[str]) -> None:
    done = vpnedu("quiz", "exam", *wrong)
    assert done.code == 2
    assert wrong[0] in done.err


def progress(answers: dict[str, Any], **more: Any) -> str:
    revisions = {one.id: one.revision for one in bank("every-kind").questions}
    records = {
        name: {
            "rev": revisions.get(name, "0" * 12), "answer": answer, "checked": True, "tries": 1,
            "hints": 0, "first": None, "last": {"status": "correct", "score": "1"}, "seed": 1,
        }
        for name, answer in answers.items()
    }  # fmt: skip
    file = {
        "schema": "vpnedu-progress/1",
        "name": "Ada",
        "saved": "2026-11-23T12:00:00Z",
        "quizzes": {"every-kind": records},
        "drills": {},
        "exam": None,
    }
    return json.dumps(file | more)


@pytest.mark.usefixtures("sample")
def test_a_progress_file_is_marked_anew_whatever_it_claims(vpnedu: Run, tmp_path: Path) -> None:
    path = tmp_path / "ada.json"
    path.write_text(progress({"longest-prefix": "shorter", "on-the-wire": "156"}), encoding="utf-8")
    done = vpnedu("quiz", "show", path)
    assert done.code == 0
    assert "Progress of Ada, saved at 2026-11-23T12:00:00Z by the reader's clock." in done.out
    assert "Every kind of question: 1 of 10, 8 unanswered" in done.out
    listed = vpnedu("quiz", "show", path, "--json").objects[0]
    assert listed["answers"] == [
        {"question": "every-kind/longest-prefix", "status": "incorrect", "score": "0",
         "answer": "into tunnel a"},
        {"question": "every-kind/on-the-wire", "status": "correct", "score": "1",
         "answer": "156 B"},
    ]  # fmt: skip


def test_an_answer_to_a_question_that_changed_is_not_counted(
    vpnedu: Run, tmp_path: Path, sample: Callable[[str], Path]
) -> None:
    path = tmp_path / "ada.json"
    path.write_text(progress({"longest-prefix": "longer", "gone": "x"}), encoding="utf-8")
    sample(TEXT.replace("and stands first", "stands first"))
    out = vpnedu("quiz", "show", path).out
    assert "not counted: every-kind: longest-prefix: the question has changed" in out
    assert "not counted: every-kind: gone: the book has no such question" in out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("{}", "is not a progress file"),
        ('{"schema": "vpnedu-progress/1"}', "ada.json: "),
        ("[" * 100_000, "nested"),
        ('{"schema": 1, "schema": 2}', "ada.json: "),
    ],
)
def test_a_broken_progress_file_is_one_line(
    vpnedu: Run, tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "ada.json"
    path.write_text(text, encoding="utf-8")
    done = vpnedu("quiz", "show", path)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1


def test_the_books_banks_pass_their_check(vpnedu: Run) -> None:
    done = vpnedu("quiz", "check")
    assert done.code == 0, done.out
    assert done.out.endswith("wrong: 0, doubtful: 0\n")


def test_a_broken_bank_fails_its_check_with_every_problem(
    vpnedu: Run, sample: Callable[[str], Path]
) -> None:
    path = sample(TEXT.replace("value = 154", "value = 156").replace("{row}", "{rwo}"))
    done = vpnedu("quiz", "check", path)
    assert done.code == 2
    assert "every-kind.toml: on-the-wire: mistake 1: value: 156 is right" in done.out
    assert "every-kind.toml: longest-prefix: text: nothing fills {rwo}" in done.out


def test_a_doubtful_bank_is_told_apart_from_a_broken_one(
    vpnedu: Run, sample: Callable[[str], Path]
) -> None:
    unasked = '[[objective]]\nid = "unasked"\ntext = "say nothing"\nsection = "s"\n\n'
    done = vpnedu(
        "quiz", "check", sample(TEXT.replace("[[objective]]", f"{unasked}[[objective]]", 1))
    )
    assert done.code == 1
    assert "every-kind.toml: unasked: objective: no question asks for it" in done.out


def test_a_bank_of_ones_own_may_be_small(vpnedu: Run, sample: Callable[[str], Path]) -> None:
    done = vpnedu("quiz", "check", sample(TEXT))
    assert "10 questions" in done.out
    assert "a chapter has" not in done.out


def test_two_banks_of_one_name_are_both_checked(
    vpnedu: Run, sample: Callable[[str], Path], tmp_path: Path
) -> None:
    broken = tmp_path / "other" / "every-kind.toml"
    broken.parent.mkdir()
    broken.write_text(TEXT.replace("value = 154", "value = 156"), encoding="utf-8")
    done = vpnedu("quiz", "check", broken, sample(TEXT))
    assert done.code == 2
    assert "2 files, 10 questions; wrong: 1" in done.out


def test_a_bank_that_is_not_there_is_told(vpnedu: Run, tmp_path: Path) -> None:
    done = vpnedu("quiz", "check", tmp_path / "none.toml")
    assert done.code == 2
    assert "No such file" in done.out


def test_a_broken_bank_stops_a_quiz_with_every_problem(
    vpnedu: Run, sample: Callable[[str], Path]
) -> None:
    sample(TEXT.replace("value = 154", "value = 156").replace("{row}", "{rwo}"))
    done = vpnedu("quiz", "take", "every-kind")
    assert done.code == 2
    assert done.err.count("every-kind.toml: ") == 2


def test_the_schema_is_printed_for_editors(vpnedu: Run) -> None:
    assert json.loads(vpnedu("quiz", "schema").out) == schema()


def test_what_a_bank_says_cannot_steer_a_terminal(
    vpnedu: Run, sample: Callable[[str], Path]
) -> None:
    sample(TEXT.replace("Routers need them.", "Routers \\u001b[2Jneed \\u009b0m them."))
    done = typed(vpnedu, "take", "every-kind", lines=["", "a b c"])
    assert "\x1b" not in done.out
    assert "\x9b" not in done.out
