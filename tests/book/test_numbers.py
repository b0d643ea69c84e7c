"""Every number in the prose is what the engine gives; what is wrong is told by its words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from vpnedu.book import numbers
from vpnedu.book.numbers import filled, problems, uncovered
from vpnedu.book.prose import plain, quantities
from vpnedu.book.sums import sums
from vpnedu.network.addresses import InputError

CHAPTERS = Path(__file__).parents[2] / "chapters"
ALL = sorted(path.stem for path in CHAPTERS.glob("*.ipynb"))
WIRE = 'computed = { by = "sealed-length", inner = 100 }'


@pytest.mark.parametrize("chapter", ALL)
def test_the_numbers_of_a_chapter_are_what_the_engine_gives(chapter: str) -> None:
    assert problems(chapter) == []


@pytest.mark.parametrize("chapter", ALL)
def test_every_quantity_of_a_chapter_comes_from_somewhere(chapter: str) -> None:
    missing = [f"{one.text}: … {around} …" for one, around in uncovered(chapter) if one.must]
    assert missing == []


def test_every_file_of_numbers_belongs_to_a_chapter() -> None:
    for path in (CHAPTERS / "numbers").glob("*.toml"):
        assert numbers.path_of(path.stem).exists()


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book of one chapter, `x`, that says one thing and prints another."""
    cells = [
        {
            "cell_type": "markdown",
            "source": ["# X\n", "It has **156 bytes** on\nthe [wire](y.md#1)."],
        },
        {"cell_type": "code", "outputs": [{"text": ["west 4.0 s\n", "east 5.5 s\n"]}]},
        {"cell_type": "markdown", "source": ["## Sources\n\n- A page, of 99 bytes.\n"]},
    ]
    (tmp_path / "numbers").mkdir()
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    monkeypatch.setattr(numbers, "CHAPTERS", tmp_path)
    numbers.path_of.cache_clear()
    yield tmp_path
    numbers.path_of.cache_clear()


def entry(book: Path, text: str) -> list[str]:
    (book / "numbers" / "x.toml").write_text(f"[[number]]\n{text}\n", encoding="utf-8")
    return problems("x")


def test_marks_links_and_line_breaks_do_not_count(book: Path) -> None:
    assert entry(book, f'says = "It has {{answer}} bytes on the wire"\n{WIRE}') == []
    assert uncovered("x") == []


def test_a_wrong_number_is_told_with_what_the_prose_says(book: Path) -> None:
    wrong = 'says = "It has {answer} bytes"\ncomputed = { by = "sealed-length", inner = 103 }'
    [told] = entry(book, wrong)
    assert told.startswith("x: It has {answer} bytes: it comes to 'It has 160 bytes'")
    assert told.endswith("the prose says 'It has 156 bytes'")
    assert [one.text for one, _ in uncovered("x")] == ["156 bytes"]


def test_the_end_of_a_longer_number_is_not_that_number(book: Path) -> None:
    assert entry(book, 'says = "{answer} bytes"\ngiven = 56\nwhy = "an example"')


def test_an_output_gives_its_number_if_it_is_the_only_one(book: Path) -> None:
    says = 'says = "It has {east:.0f} bytes"\n'
    assert "fits in 2 ways" in entry(book, f'{says}printed = "{{east}} s"')[0]
    assert "stands in no output" in entry(book, f'{says}printed = "north {{east}} s"')[0]
    assert "It has 6 bytes" in entry(book, f'{says}printed = "east {{east}} s"')[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('says = "It has 156 bytes"', "must say where the number is from"),
        (f'says = "x"\n{WIRE}\ngiven = 1', "must say where the number is from"),
        ('says = "x"\ngiven = 156', "say why nothing computes it"),
        ('says = "x"\nrun = { scenario = "fails-open", preset = 0 }', "go together"),
        (f'says = "{{anser}}"\n{WIRE}', "nothing fills {anser}"),
        (f'say = "x"\n{WIRE}', "there is no such field"),
        ('says = "x"\ncomputed = { by = "weight" }', "there is no calculation 'weight'"),
    ],
)
def test_an_entry_that_says_too_little_or_too_much_is_told(
    book: Path, text: str, message: str
) -> None:
    assert message in entry(book, text)[0]


def test_a_file_that_is_no_toml_is_told(book: Path) -> None:
    with pytest.raises(InputError, match=r"x\.toml"):
        entry(book, "says = ")


@pytest.mark.parametrize(
    ("says", "answer", "text"),
    [
        ("{answer:,}", "65536", "65,536"),
        ("{answer:.0f}", "44.771", "45"),
        ("{answer:word}", "3", "three"),
        ("{answer:Word} **of**", "2", "Two of"),
        ("{answer:#2}", "10 to 15 s", "15"),
    ],
)
def test_a_place_may_have_a_format(says: str, answer: str, text: str) -> None:
    assert filled(says, {"answer": answer}) == text


def test_quantities_have_units_and_addresses_have_none() -> None:
    text = (
        "Port 443 of 10.2.9.7 takes 1,446 bytes in 0.5 s, RFC 4303, 2 s; 30-second waits, two ms."
    )
    found = [(one.text, one.must) for one in quantities(text)]
    assert found == [
        *(("1,446 bytes", True), ("0.5 s", True), ("2 s", True)),
        *(("30-second", True), ("two ms", False)),
    ]


def test_code_is_no_prose_and_a_block_of_sums_is() -> None:
    text = "A\n```toml\nwait = 5 s\n```\n```text\n2 × 3 s = 6 s\n```\n"
    assert plain(text) == "A 2 × 3 s = 6 s"


@pytest.mark.parametrize(
    "text",
    [
        "12 × 15 s + 2 × 90 s = 360 s = 6 min",
        "20 (outer) + 8 (ESP) = 28",
        "0.999 × 0.999 × 0.9995 = 0.99750",
        "1 − 0.0014995² = 0.99999775",
        "0.00250 × 8,760 h = 21.9 h",
        "2 × 5 = 10 pairs",
    ],
)
def test_a_sum_that_holds_is_found_and_right(text: str) -> None:
    [found] = sums(f"so {text}.")
    assert (found.wrong, text.startswith(found.text)) == ("", True)


def test_a_wrong_sum_is_told_to_the_last_digit_shown() -> None:
    assert sums("2 × 0.333 = 0.67")[0].wrong == ""
    assert sums("2 × 0.333 = 0.66")[0].wrong == "2 × 0.333 is 0.666, not 0.66"
    assert sums("60 s + 60 s = 3 min")[0].wrong
