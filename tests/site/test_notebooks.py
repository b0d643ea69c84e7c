"""What the normaliser takes away, what it keeps, and that it is stable."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode, v4

from vpnedu.site import notebooks

LIVE = {
    notebooks.LIVE_VIEW: {"model_id": "5f1c"},
    "text/html": "<p>plays</p>",
    "text/plain": "says",
}


@pytest.fixture
def chance() -> NotebookNode:
    """A notebook as a kernel and an editor leave it."""
    result = v4.new_output("execute_result", data=LIVE, metadata={"seen": 1}, execution_count=17)
    words = [v4.new_output("stream", name="stdout", text=text) for text in ("one\n", "two\n")]
    alt = {"image": {"alt": "A curve."}}
    return v4.new_notebook(
        metadata={"widgets": {"state": {}}, "kernelspec": {"name": "mine", "display_name": "Mine"}},
        cells=[
            v4.new_markdown_cell("# Title\n"),
            v4.new_code_cell("figure", execution_count=17, outputs=[result]),
            v4.new_code_cell("say()", outputs=words, metadata={"mystnb": alt, "collapsed": True}),
        ],
    )


def test_two_passes_give_what_one_gives(chance: NotebookNode) -> None:
    once = notebooks.text(chance)
    assert notebooks.text(nbformat.reads(once, as_version=4)) == once


def test_the_result_is_a_valid_notebook(chance: NotebookNode) -> None:
    nbformat.validate(notebooks.normalised(chance))


def test_the_live_view_goes_and_what_a_page_and_a_terminal_show_stays(chance: NotebookNode) -> None:
    output = notebooks.normalised(chance).cells[1].outputs[0]
    assert output.data == {"text/html": "<p>plays</p>", "text/plain": "says"}
    assert output.metadata == {}


def test_code_cells_are_numbered_from_the_top(chance: NotebookNode) -> None:
    _, first, second = notebooks.normalised(chance).cells
    assert (first.execution_count, first.outputs[0].execution_count) == (1, 1)
    assert second.execution_count == 2


def test_pieces_of_one_stream_are_joined(chance: NotebookNode) -> None:
    assert [output.text for output in notebooks.normalised(chance).cells[2].outputs] == [
        "one\ntwo\n"
    ]


def test_of_metadata_only_the_authors_stays(chance: NotebookNode) -> None:
    tidy = notebooks.normalised(chance)
    assert tidy.cells[2].metadata == {"mystnb": {"image": {"alt": "A curve."}}}
    assert tidy.metadata == notebooks.METADATA


def test_check_names_the_file_that_is_not_in_order(
    chance: NotebookNode, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chapter.ipynb"
    nbformat.write(chance, path)
    assert notebooks.main(["--check", str(path)]) == 1
    assert "chapter.ipynb" in capsys.readouterr().out
    path.write_text(notebooks.text(chance), encoding="utf-8")
    assert notebooks.main(["--check", str(path)]) == 0
