"""The book's banks are found from anywhere, in the order of the book, and read once."""

import re
from pathlib import Path

import pytest

from vpnedu.book import banks as reader
from vpnedu.book.banks import bank, banks, fact, files
from vpnedu.network.addresses import InputError
from vpnedu.quiz.question import grade

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "chapters"


def test_banks_stand_in_the_order_of_the_book() -> None:
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    listed = re.findall(r"chapters/([\w-]+)", toc)
    assert list(files()) == [name for name in listed if name in files()]
    assert files()


def test_a_chapter_finds_its_bank_from_its_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = list(banks())
    monkeypatch.chdir(CHAPTERS)
    monkeypatch.setattr(reader, "FOLDERS", reader.FOLDERS[:1])
    assert list(banks()) == everywhere


def test_an_unknown_quiz_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="there is no 'root-based'; there are what-is-a-vpn"):
        bank("root-based")


def test_the_same_file_is_read_once_and_a_changed_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "FOLDERS", (tmp_path,))
    sample = (ROOT / "tests" / "quiz" / "data" / "every-kind.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(sample, encoding="utf-8")
    before = bank("mine")
    assert bank("mine") is before
    (tmp_path / "mine.toml").write_text(sample.replace("Every kind", "All kinds"), encoding="utf-8")
    assert bank("mine").title.startswith("All kinds")


def test_a_fact_is_one_cell_and_a_wrong_one_is_told() -> None:
    assert fact("azure", "gateway SKUs", "Basic, route-based", "Site-to-site tunnels") == "10"
    with pytest.raises(InputError, match="nearest: Basic, route-based"):
        fact("azure", "gateway SKUs", "Basic, rout-based", "Site-to-site tunnels")


def test_every_key_in_the_book_is_right() -> None:
    wrong = [
        f"{name}: {question.id}"
        for name, one in banks().items()
        for question in one.questions
        if grade(question, question.answer.key).status != "correct"
    ]
    assert wrong == []
