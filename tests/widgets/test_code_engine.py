"""Code cells run in a page as in a notebook: shown alike, in one set of names, with faults told."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from vpnedu.network.addresses import InputError
from vpnedu.site.cells import imports, is_marked
from vpnedu.widgets import code_engine
from vpnedu.widgets.code_engine import MOST_TEXT, run

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
# What a page's Python lacks.
ABSENT = ("numpy", "networkx", "matplotlib", "anywidget", "traitlets", "cryptography")
IN_A_PAGE = f"""
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {ABSENT}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
sys.platform = "emscripten"
from vpnedu.widgets.engine import answer
print(json.dumps([answer(request) for request in json.load(sys.stdin)]))
"""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_engine, "_notebooks", {})


def asked(code: str, name: str = "cell 1", **before: str) -> dict[str, Any]:
    """The answer to `code`; `before` names cells as "cell_1"."""
    earlier = [{"name": key.replace("_", " "), "code": one} for key, one in before.items()]
    return run({"code": code, "name": name, "page": "page", "before": earlier})


def shown(code: str, name: str = "cell 1", **before: str) -> list[tuple[str, str]]:
    answer = asked(code, name, **before)
    assert answer["error"] is None
    return [(each["kind"], each["text"]) for each in answer["outputs"]]


def committed(cell: NotebookNode) -> list[tuple[str, str]]:
    """What the notebook shows of a cell that the page's Python can show, too."""
    outputs = []
    for output in cell.outputs:
        if output.output_type == "stream":
            outputs.append((output.name, output.text))
        else:
            kind = "html" if "text/html" in output.data else "plain"
            outputs.append((kind.replace("plain", "text"), output.data[f"text/{kind}"]))
    return outputs


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_marked_cells_alone_and_in_order_give_what_is_committed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    notebook = nbformat.read(path, as_version=4)
    marked = [cell for cell in notebook.cells if is_marked(cell)]
    needed = imports(notebook)
    for place, cell in enumerate(marked, start=1):
        assert shown(cell.source, f"cell {place}", imports=needed) == committed(cell), cell.source


def test_every_chapter_with_code_has_cells_to_edit() -> None:
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in CHAPTERS}
    counts = {name: sum(map(is_marked, one.cells)) for name, one in notebooks.items()}
    assert sum(counts.values()) > 100
    assert {"intro", "route-based", "how-this-book-works"} <= {n for n in counts if counts[n]}


def test_what_is_printed_and_the_last_expression_are_shown_in_their_order() -> None:
    code = "import sys\nprint(1)\nprint(2)\nprint('!', file=sys.stderr)\n'last'"
    assert shown(code) == [("stdout", "1\n2\n"), ("stderr", "!\n"), ("text", "'last'")]
    assert shown("x = 3") == shown("None") == shown("x;") == shown("") == []


def test_html_is_shown_where_a_thing_has_it() -> None:
    code = "class A:\n    def _repr_html_(self):\n        return '<b>a</b>'\ndisplay(A(), 1)\nA()"
    assert shown(code) == [("html", "<b>a</b>"), ("text", "1"), ("html", "<b>a</b>")]


def test_cells_share_names_and_those_above_run_first_but_once() -> None:
    above = {"imports": "import math", "cell_1": "count = globals().get('count', 0) + 1"}
    answer = asked("count, math.pi > 3", "cell 2", **above)
    assert (answer["first"], answer["anew"]) == (["imports", "cell 1"], True)
    again = asked("count", "cell 2", **above)
    assert (again["first"], again["anew"], again["outputs"][0]["text"]) == ([], False, "1")


def test_a_cell_that_a_reader_has_run_is_not_run_again_in_its_old_words() -> None:
    asked("who = 'reader'", "cell 1")
    assert shown("who", "cell 2", cell_1="who = 'author'") == [("text", "'reader'")]


def test_pages_do_not_share_names() -> None:
    asked("mine = 1")
    other = run({"code": "mine", "name": "cell 1", "page": "other"})
    assert other["error"]["message"].startswith("NameError")


def test_a_fault_is_told_with_its_line_and_only_the_cells_part_of_the_way() -> None:
    asked("def half(x):\n    return 1 / x", "cell 1")
    error = asked("a = 0\n\nhalf(a)", "cell 2")["error"]
    assert (error["cell"], error["line"]) == ("cell 2", 3)
    assert error["message"] == "ZeroDivisionError: division by zero"
    assert 'File "cell 2", line 3, in <module>\n    half(a)' in error["trace"]
    assert 'File "cell 1", line 2, in half' in error["trace"]
    assert "code_engine" not in error["trace"]


def test_the_librarys_own_faults_are_told_without_its_insides() -> None:
    error = asked("from vpnedu import packet\npacket('10.1.0.4', 'x')")["error"]
    assert error["message"] == "InputError: destination: 'x' is not an IPv4 or IPv6 address"
    assert "addresses.py" not in error["trace"]


def test_a_syntax_error_is_told_with_its_line() -> None:
    error = asked("x = 1\nfor y in x\n    pass")["error"]
    assert (error["line"], error["message"]) == (2, "SyntaxError: expected ':'")


def test_a_fault_in_a_cell_above_is_that_cells_and_it_runs_again_next_time() -> None:
    answer = asked("z", "cell 2", cell_1="z = 1\nnone")
    assert (answer["error"]["cell"], answer["error"]["line"]) == ("cell 1", 2)
    assert shown("z", "cell 2", cell_1="z = 2") == [("text", "2")]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("input('?')", "RuntimeError: nobody can be asked here"),
        ("import numpyy", "A page's Python has the standard library and vpnedu, nothing else."),
        ("def f(): f()\nf()", "RecursionError"),
        ("class A:\n    def __repr__(self): 1 / 0\nA()", "ZeroDivisionError"),
        ("x = '\\ud800'\nraise ValueError(x)", "ValueError"),
        ("raise ValueError('a' * 10**6)", "ValueError: aaa"),
    ],
)
def test_no_code_gets_past_the_engine(code: str, told: str) -> None:
    error = asked(code)["error"]
    assert told in error["message"]
    assert len(error["message"]) <= 500
    assert len(error["trace"]) <= MOST_TEXT
    assert shown("1 + 1", "cell 2") == [("text", "2")]


def test_a_flood_of_output_is_cut_and_said() -> None:
    [(_, text)] = shown("for n in range(10**5): print(n)")
    assert text.endswith("… cut after 20,000 characters")
    assert len(text) < MOST_TEXT + 100
    assert shown("'a' * 10**6")[0][1].endswith("… cut after 20,000 characters")
    assert (
        "too long"
        in asked("class A:\n def _repr_html_(s): return 'a' * 10**7\nA()")["error"]["message"]
    )


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"code": 1, "name": "cell 1", "page": "p"}, "code"),
        ({"code": "a" * 10**6, "name": "cell 1", "page": "p"}, "code"),
        ({"code": "", "page": "p"}, "name"),
        ({"code": "", "name": "cell 1", "page": "p", "before": [1]}, "before.0"),
        ({"code": "", "name": "cell 1", "page": "p", "before": [{}] * 101}, "before"),
    ],
)
def test_a_request_that_is_none_is_refused(request_: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as wrong:
        run(request_)
    assert wrong.value.field == field


def test_a_kernel_runs_no_code_that_a_page_sends() -> None:
    with pytest.raises(InputError, match="a notebook has cells of its own"):
        code_engine.answered({"code": "1", "name": "cell 1", "page": "p"})


def test_in_a_page_figures_and_instruments_are_html_without_a_widget_library() -> None:
    codes = (
        "from vpnedu import play\nplay('fails-open', anchor='fig-a', caption='')",
        "from vpnedu import play_failover\n"
        "play_failover('active-standby', faults=(('instance-crash@30',),), anchor='b', caption='')",
        "from vpnedu import replay_window\nreplay_window(anchor='fig-c', caption='')",
    )
    requests = [
        {"code": code, "name": f"cell {place}", "page": "p"} for place, code in enumerate(codes)
    ]
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PAGE],
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(done.stdout)
    assert [answer["error"] for answer in answers] == [None, None, None]
    begins = [answer["outputs"][0]["text"][:12] for answer in answers]
    assert begins == ["<vpn-figure ", "<vpn-figure ", "<vpn-window "]
