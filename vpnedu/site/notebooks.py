"""Runs the chapters and writes them back in one form, so that a change shows as a readable diff.

`python -m vpnedu.site.notebooks` runs and rewrites all chapters, or those named;
`--check` runs nothing and names those that are not in that form.
"""

import sys
from itertools import count
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

CHAPTERS = Path("chapters")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What an author writes into a cell; all other cell metadata is left behind by an editor.
KEPT = ("tags", "mystnb")
# Needs a running kernel; beside it stands the text/html that plays without one.
LIVE_VIEW = "application/vnd.jupyter.widget-view+json"


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Give back `notebook` without what depends on the machine, the hour or the order of runs."""
    result: NotebookNode = nbformat.v4.new_notebook(metadata=METADATA)
    # Counted from the top: nbval takes a cell without a number for one that was never run.
    numbers = count(1)
    for place, cell in enumerate(notebook.cells, start=1):
        tidy = normal_cell(cell, f"cell-{place}")
        if tidy.cell_type == "code":
            number(tidy, next(numbers))
        result.cells.append(tidy)
    return result


def normal_cell(cell: NotebookNode, name: str) -> NotebookNode:
    """Give back a cell with its source, what its author set, and its outputs if it is code."""
    result = NotebookNode(
        cell_type=cell.cell_type,
        id=name,
        metadata={key: cell.metadata[key] for key in KEPT if cell.metadata.get(key)},
        source=cell.source.strip("\n"),
    )
    if cell.cell_type == "code":
        result.outputs = joined([normal_output(output) for output in cell.outputs])
    return result


def normal_output(output: NotebookNode) -> NotebookNode:
    """Give back an output without its live view and its metadata."""
    result = NotebookNode(output)
    if "data" in result:
        result.metadata = NotebookNode()
        result.data = NotebookNode(
            {mime: data for mime, data in output.data.items() if mime != LIVE_VIEW}
        )
    return result


def joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream: where a kernel cuts them is chance."""
    result: list[NotebookNode] = []
    for output in outputs:
        last = result[-1] if result else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def number(cell: NotebookNode, place: int) -> None:
    """Number a code cell, and its result where it has one."""
    cell.execution_count = place
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = place


def run(path: Path) -> NotebookNode:
    """Give back the notebook at `path`, run from top to bottom in its own folder."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return notebook


def text(notebook: NotebookNode) -> str:
    """Give back what is committed for `notebook`."""
    return f"{nbformat.writes(normalised(notebook))}\n"


def is_normal(path: Path) -> bool:
    """Tell whether the file at `path` is what this module would write."""
    committed = path.read_text(encoding="utf-8")
    return committed == text(nbformat.reads(committed, as_version=4))


def main(arguments: list[str]) -> int:
    """Run and rewrite the chapters, or with `--check` name those that are not in normal form."""
    check = "--check" in arguments
    named = [Path(name) for name in arguments if name != "--check"]
    paths = named or sorted(CHAPTERS.glob("*.ipynb"))
    if check:
        untidy = [path for path in paths if not is_normal(path)]
        for path in untidy:
            print(f"{path}: run `make notebooks`")
        return bool(untidy)
    for path in paths:
        print(path, flush=True)
        path.write_text(text(run(path)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
