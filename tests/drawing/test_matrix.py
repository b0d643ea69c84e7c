"""Designs against faults as a table: every number, and how long it is without colour."""

import pytest

from vpnedu.drawing import matrix, style
from vpnedu.drawing.matrices import GRADES, NEVER, grade, tint
from vpnedu.drawing.plates import Plate, picture
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.matrix import CASES, Cell, Matrix


def cell(*seconds, unrecovered=0):
    ordered = sorted(seconds)
    median = None if 2 * unrecovered >= len(seconds) else ordered[len(seconds) // 2]
    return Cell(median, None if unrecovered else ordered[-1], unrecovered, seconds, 1)


NONE, SHORT, LONG = cell(0.0, 0.0, 2.1), cell(0.04, 0.04, 0.05), cell(112.8, 90.0, 144.6)
SOME, MOST, ALL = (cell(44.8, 44.8, 300.0, unrecovered=n) for n in (1, 2, 3))
RESULTS = Matrix(
    ("active-standby", "expressroute-failover"),
    ("an instance crashes", "the region is lost", "a route is withdrawn"),
    ((LONG, NONE), (ALL, SOME), (MOST, None)),
    "azure",
    3,
)
LARGEST = Matrix(
    tuple(DESIGNS), tuple(CASES), tuple((LONG,) * len(DESIGNS) for _ in CASES), "azure", 100
)


def test_every_cell_says_its_median_and_its_worst(words) -> None:
    said = words(matrix(RESULTS))
    assert {"▪▪▪ 112.8 s", "worst 144.6 s", "✓ 0 s", "worst 2.1 s"} <= set(said)


def test_runs_that_did_not_recover_are_counted(words) -> None:
    said = words(matrix(RESULTS))
    assert {"▪▪ 44.8 s", "✕ 1 of 3"} <= set(said)
    assert "✕ 2 of 3" in said
    assert "✕" in said
    assert said.count("no recovery") == 2


def test_what_does_not_apply_is_a_dash_and_explained(words) -> None:
    said = words(matrix(RESULTS))
    assert said.count("—") == 1
    assert any("— : the fault has nothing to strike" in text for text in said)


def test_every_fault_and_design_is_named(words) -> None:
    said = " ".join(words(matrix(LARGEST)))
    assert all(name in said for name in CASES)
    assert all(part in said for name in DESIGNS for part in name.replace("-", "- ").split())


@pytest.mark.parametrize("results", [RESULTS, LARGEST], ids=["small", "largest"])
def test_words_lie_in_the_picture_and_not_on_each_other(results: Matrix, legible) -> None:
    figure = matrix(results)
    legible(figure)


def test_all_designs_and_faults_fit_between_the_margins_of_a_page() -> None:
    across, up = matrix(LARGEST).get_size_inches() * 25.4
    assert across <= 192
    assert up <= 250


def test_a_longer_outage_has_another_sign_and_a_deeper_tint() -> None:
    grades = [*GRADES, NEVER]
    assert len({its.sign for its in grades}) == len(grades)
    assert [its.share for its in grades] == sorted(its.share for its in grades)
    assert [grade(c).sign for c in (NONE, SHORT, SOME, LONG, ALL)] == [
        "✓", "▪", "▪▪", "▪▪▪", "✕"
    ]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("its", [*GRADES, NEVER], ids=lambda its: its.words)
def test_words_can_be_read_on_every_tint_light_and_dark(its, dark: bool) -> None:
    assert contrast(style.palette(dark=dark)["ink"], tint(its.share, dark=dark)) >= 4.5


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(code: str) -> float:
    parts = [part / 255 for part in bytes.fromhex(code.removeprefix("#"))]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_word_is_smaller_than_six_points(texts) -> None:
    assert min(text.get_fontsize() for text in texts(matrix(LARGEST))) >= 6


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_same_results_are_the_same_bytes(kind: str) -> None:
    first, second = (picture(matrix(RESULTS), kind) for _ in range(2))
    assert first == second


def test_a_notebook_shows_the_picture_and_the_table_in_words() -> None:
    figure = matrix(RESULTS)
    assert isinstance(figure, Plate)
    shown = figure._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<?xml")
    told = shown["text/plain"]
    assert "  active-standby: median 112.8 s, worst 144.6 s\n" in told
    assert "  active-standby: no recovery in 3 of 3 runs\n" in told
    assert "  expressroute-failover: median 44.8 s, no recovery in 1 of 3 runs\n" in told
    assert told.endswith("  expressroute-failover: does not apply\n")


@pytest.mark.parametrize("results", [Matrix((), ("x",), ((),), "azure", 1),
                                     Matrix(("x",), (), (), "azure", 1)])  # fmt: skip
def test_a_matrix_without_cells_is_an_error(results: Matrix) -> None:
    with pytest.raises(InputError, match="results: a matrix needs at least one design and one"):
        matrix(results)
