"""What the teachers' chapter tells to type works as it stands there, from the plan to the LMS."""

import csv
import re
import shlex
from pathlib import Path

import nbformat
import pytest

from vpnedu.cli import main

CHAPTER = Path(__file__).parents[2] / "chapters" / "teaching-with-this-book.ipynb"
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What a block that is a file begins with, and what the chapter calls it.
FILES = {
    "title": "week5.toml",
    "id,name": "roster.csv",
    "zone": "policy.toml",
    "learner,slot": "overrides.csv",
}


def blocks() -> list[str]:
    cells = nbformat.read(CHAPTER, as_version=4).cells
    return [block for cell in cells for block in BLOCK.findall(cell.source)]


def test_every_command_of_the_teachers_chapter_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # What came in is an invented class's, and the built site is a page.
    site = tmp_path / "_build" / "html" / "index.html"
    site.parent.mkdir(parents=True)
    site.write_text("<p>The book</p>", encoding="utf-8")
    commands = []
    for block in blocks():
        name = next((name for start, name in FILES.items() if block.startswith(start)), None)
        if name:
            Path(name).write_text(block, encoding="utf-8")
        else:
            commands += [shlex.split(line) for line in block.splitlines() if line.strip()]
    assert len(commands) > 6
    assert {command[0] for command in commands} == {"vpnedu"}
    for command in commands:
        if "collected" in command and not Path("collected").exists():
            Path("invented").rename("collected")
        with pytest.raises(SystemExit) as ended:
            main(command[1:])
        assert not ended.value.code, command
    with Path("moodle.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


def test_every_file_that_grading_writes_is_told() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    names = ("grades", "quarantine", "flags", "items", "choices", "wrongs", "variants", "overrides")
    assert [name for name in names if f"`{name}.csv`" not in text] == []
    assert all(
        f"`{name}`" in text for name in ("feedback/", "ledger.jsonl", "run.json", "diff.csv")
    )
