"""What a reader may change begins where the figure stands: unchanged, it gives the same run."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.widgets.test_matrix import unpacked
from vpnedu.widgets.engine import answer

CHAPTERS = Path(__file__).parents[2] / "chapters"
DATA = re.compile(r'<vpn-figure id="[^"]*"><script type="application/json">(.*?)</script>')

Case = tuple[dict[str, Any], list[Any]]


def figures(path: Path) -> Iterator[dict[str, Any]]:
    """The data of each figure that a notebook shows."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", ()):
            html = "".join(output.get("data", {}).get("text/html", ""))
            yield from (json.loads(data) for data in DATA.findall(html))


def cases(data: dict[str, Any]) -> Iterator[Case]:
    """Each request that a figure's form makes of itself, and the traces that stand beside it."""
    if "matrix" in data:
        yield from cells(data)
        return
    form = data["form"]
    for place, preset in enumerate(data["presets"]):
        traces = [run["trace"] for run in preset["runs"]]
        if "designs" in form:
            yield struck(form, form["cases"][place], form["seed"]), traces
        else:
            yield {"scenarios": form["scenarios"], **form["presets"][place]}, traces


def cells(data: dict[str, Any]) -> Iterator[Case]:
    """The same for every cell of a matrix."""
    for row, case in enumerate(data["cases"]):
        for column, packed in enumerate(data["matrix"][row]):
            if packed is not None:
                form = unpacked(data["tables"], data["forms"][column])
                request = struck(form, case, data["seeds"][row][column])
                yield request, [unpacked(data["tables"], packed)]


def struck(form: Any, faults: list[str], seed: int) -> dict[str, Any]:
    return {
        "design": form["designs"],
        "faults": faults,
        "profile": form["profile"],
        "settings": form["set"],
        "seed": str(seed),
        "until": f"{form['until']:g}",
    }


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_each_figure_run_as_its_form_stands_gives_what_it_shows(path: Path) -> None:
    for data in figures(path):
        for request, shown in cases(data):
            made = [run["trace"] for run in answer(request)["preset"]["runs"]]  # type: ignore[index]
            assert json.loads(json.dumps(made)) == shown, (data["id"], request)
