"""The matrix figure: a table that reads without scripts, and the runs behind its cells."""

import gzip
import json
import re
from html import unescape

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.matrix import CASES, Cell, Matrix, matrix
from vpnedu.widgets.matrix import MatrixFigure, lasting, level, matrix_figure, short_title, words
from vpnedu.widgets.packing import Packing

SOME = {name: CASES[name] for name in ("an instance crashes", "a zone is lost")}


@pytest.fixture(scope="module")
def small() -> MatrixFigure:
    made = matrix(("active-active", "zone-redundant"), SOME, seeds=2)
    return matrix_figure(made, anchor="fig-m", caption="Notice.", cases=SOME)


def cell(*seconds: float, unrecovered: int = 0) -> Cell:
    return Cell(
        None if 2 * unrecovered >= len(seconds) else sorted(seconds)[len(seconds) // 2],
        None if unrecovered else max(seconds),
        unrecovered,
        seconds,
        1,
    )


def unpacked(tables: dict[str, list[object]], packed: object) -> object:
    """What the page's `unpack` gives."""
    if not isinstance(packed, list):
        return tables["leaves"][packed]  # type: ignore[call-overload]
    shape, *items = packed
    values = [unpacked(tables, item) for item in items]
    return values if shape < 0 else dict(zip(tables["shapes"][shape], values, strict=True))  # type: ignore[call-overload]


def test_every_cell_carries_the_run_of_its_worst_seed(small: MatrixFigure) -> None:
    data = json.loads(json.dumps(small.to_dict()))
    for row, fault in enumerate(small.matrix.faults):
        for column, name in enumerate(small.matrix.designs):
            made = small.matrix.cells[row][column]
            if made is None:
                assert data["matrix"][row][column] is None
                continue
            run = simulate(name, SOME[fault], seed=made.worst_seed).to_dict()
            assert unpacked(data["tables"], data["matrix"][row][column]) == json.loads(
                json.dumps(run)
            )


def test_the_table_reads_without_scripts(small: MatrixFigure) -> None:
    html = unescape(small.html().split("</script>", 1)[1])
    assert re.findall(r'<th scope="row"[^>]*>([^<]*)', html) == list(SOME)
    assert html.count("<td") == 1 + 4
    assert "—</td>" in html
    assert "◑</span> <b>45 s</b>" in html


def test_the_text_of_a_matrix_has_a_line_for_each_fault(small: MatrixFigure) -> None:
    assert "a zone is lost. zone-redundant: 45 s" in str(small)


@pytest.mark.parametrize(
    ("made", "said", "how_bad"),
    [
        (cell(0.0, 0.0), ("0 s",), 0),
        (cell(0.04, 0.04), ("0.04 s",), 1),
        (cell(2.5, 2.5, 2.9), ("2.5 s", "worst 2.9 s"), 1),
        (cell(57.0, 57.1, 88.2), ("57 s", "worst 88 s"), 3),
        (cell(60.0, 60.0), ("60 s",), 2),
        (cell(200.0, 200.0), ("200 s",), 4),
        (cell(270.0, 270.0, unrecovered=2), ("no recovery",), 4),
        (cell(10.0, 10.0, 270.0, unrecovered=1), ("10 s", "no recovery in 1 of 3"), 4),
    ],
)
def test_a_cell_tells_median_and_worst_in_words_and_by_a_sign(
    made: Cell, said: tuple[str, ...], how_bad: int
) -> None:
    assert words(made) == said
    assert level(made) == how_bad


def test_no_more_digits_than_tell_something() -> None:
    assert [lasting(s) for s in (0, 0.04, 0.5, 2.86, 57.42)] == [
        "0 s",
        "0.04 s",
        "0.50 s",
        "2.9 s",
        "57 s",
    ]


def test_packing_tells_apart_what_only_looks_equal() -> None:
    packing = Packing()
    value = {"a": [1, 1.5, True, None, "1"], "b": {"a": [], "b": {}}}
    packed = packing.pack(value)
    back = unpacked(json.loads(json.dumps(packing.tables())), packed)
    assert json.dumps(back) == json.dumps(value)


def test_a_fault_without_its_case_is_refused() -> None:
    odd = Matrix(("active-active",), ("a comet",), ((None,),), "azure", 1)
    with pytest.raises(InputError, match="a comet"):
        matrix_figure(odd, anchor="x", caption="")


def test_the_whole_matrix_of_the_book_is_small_enough_for_a_page() -> None:
    html = matrix_figure(matrix(seeds=1), anchor="fig-m", caption="Notice.").html()
    assert len(gzip.compress(html.encode())) < 40_000


def test_designs_are_written_as_in_the_text_and_parted_only_where_words_end() -> None:
    assert short_title("expressroute-failover") == "ExpressRoute failover"
    assert short_title("two-devices") == "two devices"
    made = matrix(("active-standby", "expressroute"), {"crash": ("region-loss@30",)}, seeds=1)
    html = matrix_figure(made, anchor="m", caption="", cases={"crash": ("region-loss@30",)}).html()
    assert "active/<wbr>standby</th>" in html
    assert "Express<wbr>Route</th>" in html
