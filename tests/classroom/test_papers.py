"""What a teacher names becomes a paper, and what is wrong with a plan is told with its place."""

from fractions import Fraction
from pathlib import Path

import pytest

from vpnedu.book.banks import bank
from vpnedu.classroom.issuing.handing_out import seeds_of
from vpnedu.classroom.issuing.papers import paper, pool
from vpnedu.network.addresses import InputError
from vpnedu.quiz.drill import VARIANTS
from vpnedu.quiz.generators import generate
from vpnedu.quiz.reading import BankError


def seeds(_generator: str, number: int) -> int:
    return 10_000 + number


def plan(folder: Path, slots: str, title: str = 'title = "Week 3"') -> str:
    path = folder / "week3.toml"
    path.write_text(f"{title}\n{slots}", encoding="utf-8")
    return str(path)


def test_a_chapter_is_a_paper_of_all_its_questions() -> None:
    found = paper("route-based", seeds)
    assert [slot.name for slot in found.slots] == [q.id for q in bank("route-based").questions]
    assert found.points == len(found.slots)


def test_a_file_of_questions_is_a_paper(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "quiz" / "data" / "every-kind.toml"
    copy = tmp_path / "mine.toml"
    copy.write_bytes(source.read_bytes())
    assert paper(str(copy), seeds).name == "mine"


def test_a_plan_mixes_pools_whole_banks_and_generators(tmp_path: Path) -> None:
    path = plan(
        tmp_path,
        """
        [[slot]]
        generator = "tcp-mss"
        pool = 3
        points = 2
        [[slot]]
        name = "routes"
        questions = ["route-based/which-holds-120", "route-based/one-route-for-four"]
        [[slot]]
        bank = "policy-based"
        points = "1/2"
        """,
    )
    found = paper(path, seeds)
    count = len(bank("policy-based").questions)
    assert [len(slot.pool) for slot in found.slots] == [3, 2] + [1] * count
    assert found.points == 3 + Fraction(count, 2)
    assert (found.name, found.title) == ("week3", "Week 3")


def test_a_bank_beside_the_plan_comes_before_the_books(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "quiz/data/every-kind.toml").read_text(encoding="utf-8")
    (tmp_path / "route-based.toml").write_text(text, encoding="utf-8")
    found = paper(plan(tmp_path, '[[slot]]\nbank = "route-based"'), seeds)
    assert [slot.name for slot in found.slots] != [q.id for q in bank("route-based").questions]


def test_a_pool_holds_different_questions_and_none_that_a_drill_asks() -> None:
    found = pool("tcp-mss", 12, lambda _, number: number)
    texts = [question.text for question in found]
    practised = {generate("tcp-mss", seed).text for seed in range(VARIANTS)}
    assert len(set(texts)) == len(texts) == 12
    assert not practised & set(texts)


def test_seeds_follow_from_the_secret_alone() -> None:
    ours, theirs = seeds_of(bytes(32)), seeds_of(bytes(31) + b"\1")
    drawn = [ours("tcp-mss", number) for number in range(50)]
    assert drawn == [seeds_of(bytes(32))("tcp-mss", number) for number in range(50)]
    assert not set(drawn) & {theirs("tcp-mss", number) for number in range(50)}
    assert not set(drawn) & {ours("largest-packet", number) for number in range(50)}


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ("", "title"),
        ('[[slot]]\ngenerator = "x"', "week3.toml: slot 1: generator: there is no 'x'"),
        ('[[slot]]\nbank = "x"', "week3.toml: slot 1: quiz: there is no 'x'"),
        ("[[slot]]\npoints = 1", "needs one of bank, questions and generator"),
        ('[[slot]]\nbank = "policy-based"\nname = "x"', "slot 1: name: a whole bank"),
        ('[[slot]]\nquestions = ["policy-based"]', "is not bank/question"),
        ('[[slot]]\nquestions = ["policy-based/x"]', "policy-based has no question 'x'"),
        ('[[slot]]\nquestions = ["policy-based/web-page", "a/b"]', "there is no 'a'"),
        ('[[slot]]\ngenerator = "tcp-mss"\npool = 0', "slot 1: pool: is a whole number from 1"),
        ('[[slot]]\nbank = "policy-based"\npool = 2', "only a generator's pool has a number"),
        ('[[slot]]\nbank = "policy-based"\npoints = "1/0"', "'1/0' is not a number"),
        ('[[slot]]\nbank = "policy-based"\npionts = 2', "nearest: points"),
        ('[[slot]]\nbank = "policy-based"\npoints = -1', "a slot is worth more than nothing"),
    ],
)
def test_a_plan_tells_what_is_wrong_and_where(slots: str, said: str, tmp_path: Path) -> None:
    title = 'title = "Week 3"' if slots else "titel = 1\n[[slot]]\nbank = 'policy-based'"
    with pytest.raises(BankError) as wrong:
        paper(plan(tmp_path, slots, title), seeds)
    assert said in "\n".join(wrong.value.problems)


@pytest.mark.parametrize("quiz", ["nothing", "nothing.toml"])
def test_what_is_not_there_is_said(quiz: str) -> None:
    with pytest.raises(InputError, match="nothing"):
        paper(quiz, seeds)


def test_two_slots_can_not_share_a_name(tmp_path: Path) -> None:
    slot = '[[slot]]\nquestions = ["policy-based/web-page"]\n'
    with pytest.raises(InputError, match="web-page: the name of a slot is there twice"):
        paper(plan(tmp_path, slot + slot), seeds)
