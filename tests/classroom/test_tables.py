"""CSV as it is written for spreadsheets, and as it is read back."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vpnedu.classroom.telling.tables import Cell, csv_text, read_csv
from vpnedu.network.addresses import InputError

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    text = csv_text(["a", "b"], [[f"{sign}1+1", f"x{sign}"]])
    ((_, _), (first, second)) = list(csv.reader(text.splitlines(keepends=True)))
    assert first == f"'{sign}1+1"
    assert second.startswith("x")


def test_a_header_can_be_no_formula_either() -> None:
    assert csv_text(["=1"], []) == "'=1\n"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (-2, "-2"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Decimal("-7.50"), "-7.50"),
        (Decimal("1E+3"), "1000"),
        (-0.5, "-0.5"),
        (None, ""),
    ],
)
def test_numbers_stay_numbers(number: Cell, written: str) -> None:
    assert csv_text(["a", "b"], [[number, "x"]]) == f"a,b\n{written},x\n"


def test_what_is_no_number_is_refused() -> None:
    for cell in (float("nan"), float("inf"), Decimal("nan")):
        with pytest.raises(InputError, match="not a number"):
            csv_text(["a"], [[cell]])


def test_quotes_stand_only_where_they_are_needed_and_lines_end_in_lf() -> None:
    rows = [["a b", "c,d", 'say "so"', "two\nlines", "and\rmore", "é"]]
    assert csv_text("abcdef", rows) == (
        'a,b,c,d,e,f\na b,"c,d","say ""so""","two\nlines","and\rmore",é\n'
    )


def test_the_mark_for_excel_is_put_in_front_on_request() -> None:
    assert csv_text(["a"], [["b"]], bom=True) == "\ufeffa\nb\n"


def test_a_row_that_does_not_fit_the_columns_is_refused() -> None:
    with pytest.raises(InputError, match="row 2: 1 cells for 2 columns"):
        csv_text(["a", "b"], [["c", "d"], ["e"]])


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_what_is_written_is_read_back_but_for_the_apostrophes(rows: list[tuple[str, str]]) -> None:
    found = read_csv(csv_text(["one", "two"], rows))
    told = [tuple(cell.replace("'", "") for cell in row.values()) for row in found]
    assert told == [tuple(cell.replace("'", "") for cell in row) for row in rows]
    # Plain text is never touched.
    for row, read in zip(rows, found, strict=True):
        for cell, again in zip(row, read.values(), strict=True):
            assert cell == again or set(cell) & {*"=+-@＝＋－＠\t\r"}


UNSEEN = " \"'\t\r\n\v\u00a0\u00ad\u200b\u200e\u2060\ufeff"
SIGNS = tuple("=+-@＝＋－＠")
SNEAKY = st.text(st.sampled_from([*UNSEEN, *";;ab", *SIGNS]), max_size=12)


def seen_by_a_spreadsheet(text: str) -> str:
    return text.lstrip(UNSEEN.replace("'", "")).lstrip('"')


@given(SNEAKY)
@example('x;"=1+1;y')
@example("\ufeff=1")
@example("a;\u200b+1")
@example("a\n=1")
@example(' "\t=1')
def test_no_cell_is_a_formula_at_whichever_sign_a_spreadsheet_parts_them(cell: str) -> None:
    line = csv_text(["a", "b", "c"], [["x", cell, "y"]]).partition("\n")[2]
    cells = [one for row in csv.reader(StringIO(line, newline="")) for one in row]
    cells += re.split("[;\r\n]", line) + re.split("[\t\r\n]", line)
    assert not [one for one in cells if seen_by_a_spreadsheet(one)[:1] in SIGNS]


def test_a_long_cell_costs_no_more_than_its_length() -> None:
    start = perf_counter()
    csv_text(["a"], [["\t" * 200_000 + "x"], [";" * 200_000]])
    assert perf_counter() - start < 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_usual_dialect_is_read(delimiter: str, end: str, mark: str) -> None:
    lines = [" Name ", "E-MAIL"], ["Ada", "a@example.org"], ['"x,;\t""y"', ""]
    text = mark + end.join(delimiter.join(line) for line in lines)
    assert read_csv(text) == [
        {"name": "Ada", "e-mail": "a@example.org"},
        {"name": 'x,;\t"y', "e-mail": ""},
    ]


def test_signs_in_a_quoted_header_part_no_cells() -> None:
    assert read_csv('"a;b;c",d\n1,2\n') == [{"a;b;c": "1", "d": "2"}]


def test_empty_lines_are_no_rows() -> None:
    assert read_csv("a,b\n\n1,2\n\n") == [{"a": "1", "b": "2"}]
    assert read_csv("a,b") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "line 1: there is no header"),
        ("\n1,2\n", "line 1: there is no header"),
        ("a,,b\n1,2,3\n", "line 1: column 2 has no name"),
        ("Name, name\n1,2\n", "line 1: two columns are called 'name'"),
        ('a,b\n"1\n2",3\n4\n', "line 4: it has 1 cells, and the header has 2"),
        ("a,b\n1,2,3\n", "line 2: it has 3 cells, and the header has 2"),
        ('a,b\n1,"2\n', "line 2: unexpected end of data"),
        ('a,b\n"1"2,3\n', "line 2: ',' expected after '\"'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, wrong: str) -> None:
    with pytest.raises(InputError, match=f"^{wrong}"):
        read_csv(text)


@pytest.mark.parametrize("cell", ["x;=1+1", "x; @sum", "x\t-1", "a;b;+1", 'x;"=1+1;y'])
def test_no_cell_begins_a_formula_where_cells_are_parted_by_semicolons_or_tabs(cell: str) -> None:
    [_, line] = csv_text(["a"], [[cell]]).splitlines()
    parts = re.split(r"[;\t]", line.strip('"'))
    assert not [part for part in parts if part.strip(' "').startswith(("=", "+", "-", "@"))]
