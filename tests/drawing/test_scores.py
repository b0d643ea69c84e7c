"""Pictures of a class: true to its numbers, legible, and in the page's own colours."""

import re

import pytest

from vpnedu.drawing import scores
from vpnedu.drawing.ink import Box
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.scores import facility_by_discrimination, histogram

SHARES = [0.0, 0.05, 0.1, 0.55, 0.55, 0.999, 1.0]
DOTS = [("1", 0.5, 0.3), ("2", 0.51, 0.31), ("3", 0.99, 0.02), ("4", 0.1, -0.2)]


@pytest.fixture
def plates(monkeypatch: pytest.MonkeyPatch) -> list[Plate]:
    """The plates that are drawn, before they become text."""
    made: list[Plate] = []
    inline = scores._inline
    monkeypatch.setattr(
        scores, "_inline", lambda plate, *rest: made.append(plate) or inline(plate, *rest)
    )
    return made


def label(svg: str) -> str:
    found = re.search('aria-label="([^"]*)"', svg)
    assert found
    return found[1]


def test_the_words_of_the_bars_count_everyone_once() -> None:
    assert label(histogram(SHARES)) == (
        "Students by share of all points. 0 to 10 %: 2; 10 to 20 %: 1; 50 to 60 %: 2; "
        "90 to 100 %: 2."
    )


def test_points_set_by_hand_beyond_the_ends_stand_in_the_outer_bars() -> None:
    assert label(histogram([-0.1, 1.4])).endswith("0 to 10 %: 1; 90 to 100 %: 1.")


def test_the_words_of_the_points_tell_both_numbers() -> None:
    assert "question 4: 0.1, −0.2" in label(facility_by_discrimination(DOTS))


def test_every_bar_and_point_says_its_number(plates, words) -> None:
    histogram(SHARES)
    facility_by_discrimination(DOTS)
    bars, points = map(words, plates)
    assert [word for word in bars if word == "2"]
    assert {"1", "2", "3", "4"} <= set(points)


@pytest.mark.parametrize("many", [1, 12, 990, 100_000])
def test_bars_are_legible_whatever_the_size_of_the_class(plates, legible, many: int) -> None:
    histogram([0.3] * many + [0.95] * (many // 2))
    legible(plates[0])


def test_points_that_crowd_keep_their_names_apart(plates, legible) -> None:
    facility_by_discrimination(
        [(str(at), 0.6 + at % 4 / 50, 0.3 + at // 4 / 40) for at in range(16)]
    )
    legible(plates[0])


@pytest.mark.parametrize("draw", [lambda: histogram([]), lambda: facility_by_discrimination([])])
def test_of_nobody_there_is_an_empty_picture_that_says_so(draw) -> None:
    assert "There are none." in label(draw())


def test_colours_are_the_pages_and_no_id_is_in_both_pictures() -> None:
    pictures = [histogram(SHARES), facility_by_discrimination(DOTS)]
    every = [re.findall(r'\bid="([^"]*)"', svg) for svg in pictures]
    ids = [set(found) for found in every]
    assert [len(found) for found in ids] == [len(found) for found in every]
    for svg, own in zip(pictures, ids, strict=True):
        assert not re.search("#[0-9a-f]{6}", svg)
        assert "var(--vnet)" in svg
        # What is referred to is there.
        assert set(re.findall(r'(?:href="|url\()#([^")]*)', svg)) <= own
        assert "<style" not in svg
        assert "<metadata" not in svg
    assert not ids[0] & ids[1]


def test_the_same_class_gives_the_same_bytes() -> None:
    assert histogram(SHARES) == histogram(SHARES)
    assert facility_by_discrimination(DOTS) == facility_by_discrimination(DOTS)


def test_a_label_never_lies_on_another_dot() -> None:
    dots = [(100.0, 100.0), (110.0, 100.0)]
    [first, second] = scores._labels(["1", "2"], dots)
    for (x, y), other in ((first, dots[1]), (second, dots[0])):
        assert not scores._meet(Box(x, y, 6, 8), Box(*other, 5, 5))
