"""Pages are there after a run as if it had never been broken off, and none is made twice."""

from pathlib import Path

import pytest

from vpnedu.classroom.writing import Pages

NAMES = ["a.html", "b.html", "c.html"]


def written(folder: Path, stamp: str = "s", names: list[str] = NAMES, stop: int = 9) -> list[str]:
    """The names of the pages that a run makes which is killed before page number `stop`."""
    made: list[str] = []
    pages = Pages(folder, stamp, names)
    for at, name in enumerate(names):
        if at == stop:
            return made
        pages.put(name, lambda name=name: made.append(name) or f"{stamp} {name}")  # type: ignore[misc]
    pages.close(names)
    return made


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("stop", range(4))
def test_a_run_that_was_killed_is_taken_up_where_it_was(stop: int, tmp_path: Path) -> None:
    written(tmp_path / "whole")
    folder = tmp_path / "killed"
    assert written(folder, stop=stop) == NAMES[:stop]
    # It was killed while it wrote: half a line, and half a file.
    with (folder / ".run").open("a") as file:
        file.write("0123 b.h")
    (folder / "b.html.part").write_text("half")
    assert written(folder) == NAMES[stop:]
    assert texts(folder) == texts(tmp_path / "whole")
    assert written(folder) == []


def test_a_page_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "b.html").write_text("another")
    (tmp_path / "c.html").unlink()
    assert written(tmp_path) == ["b.html", "c.html"]


def test_other_inputs_make_all_pages_anew_and_take_others_away(tmp_path: Path) -> None:
    written(tmp_path)
    assert written(tmp_path, "t", NAMES[1:]) == NAMES[1:]
    assert sorted(texts(tmp_path)) == [".run", "b.html", "c.html"]


def test_a_record_of_an_older_kind_is_no_record(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / ".run").write_bytes(b"\xff" + b"s" * 63)
    assert written(tmp_path) == NAMES
