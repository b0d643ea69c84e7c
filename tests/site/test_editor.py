"""The editor of code cells: bundled from pinned packages, or left out and said."""

import gzip
import json
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from sphinx.errors import ExtensionError

from vpnedu.site import cells, editor, python

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "_build" / "page" / "node_modules"
with_npm = pytest.mark.skipif(not MODULES.exists(), reason="sh .ci/setup page has not run")


def app(source: Path, out: Path) -> Any:
    return SimpleNamespace(srcdir=str(source), outdir=str(out))


def code(source: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


@with_npm
def test_the_same_packages_give_the_same_script_of_a_size_worth_waiting_for() -> None:
    script = editor.bundle(MODULES)
    assert script == editor.bundle(MODULES)
    assert b"vpneduCodeEditor" in script
    assert len(gzip.compress(script)) < 150_000
    # Nothing of this machine, and no other host.
    assert str(ROOT).encode() not in script
    assert b"https://" not in script


@with_npm
def test_the_build_gets_script_and_licences(tmp_path: Path) -> None:
    built = app(ROOT, tmp_path)
    editor.write(built)
    folder = tmp_path / "_static" / "vpnedu"
    assert (folder / "code_editor.js").stat().st_size > 100_000
    told = (folder / "code_editor.licences.txt").read_text(encoding="utf-8")
    assert told.count("MIT License") + told.count("Permission is hereby granted") > 10
    assert len(editor.version(built)) == 8


def test_without_npm_the_build_says_so_in_one_line_and_warns_of_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("sphinx").propagate = True
        editor.write(app(tmp_path, tmp_path / "out"))
    [said] = caplog.records
    assert said.levelno == logging.INFO
    assert "no code cells to edit" in said.getMessage()
    assert "\n" not in said.getMessage()
    assert not (tmp_path / "out").exists()
    assert editor.version(app(tmp_path, tmp_path)) == ""


@with_npm
def test_packages_of_another_lockfile_are_not_taken(tmp_path: Path) -> None:
    made = tmp_path / "_build" / "page"
    made.mkdir(parents=True)
    (made / "node_modules").symlink_to(MODULES)
    assert editor.source(app(tmp_path, tmp_path)) is None
    (made / "installed").write_text("{}", encoding="utf-8")
    assert editor.source(app(tmp_path, tmp_path)) is None
    shutil.copy(editor.LOCK, made / "installed")
    assert editor.source(app(tmp_path, tmp_path)) == made / "node_modules"


@with_npm
def test_a_script_that_cannot_be_bundled_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "editor.js"
    broken.write_text('import "nowhere";', encoding="utf-8")
    monkeypatch.setattr(editor, "ENTRY", broken)
    with pytest.raises(ExtensionError, match="nowhere"):
        editor.bundle(MODULES)


def test_the_lockfile_pins_every_package_by_hash_and_names_no_host() -> None:
    text = editor.LOCK.read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    packages.pop("")
    assert len(packages) > 10
    assert all("integrity" in each and "resolved" not in each for each in packages.values())
    assert "://" not in text
    wanted = json.loads((editor.NPM / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_marked_cells_get_the_imports_they_live_by_and_no_others() -> None:
    notebook = nbformat.v4.new_notebook(
        cells=[
            code("from vpnedu import play, route, scenario\nimport numpy as np\nx = route", "a"),
            code("import os.path\nfrom math import pi as circle", "remove-input"),
            code("route('10.0.0.0/8', circle); os.path", cells.TAG),
            code("import json\nscenario", cells.TAG),
            code("from vpnedu import route"),
            nbformat.v4.new_markdown_cell("import this"),
        ]
    )
    assert cells.imports(notebook).splitlines() == [
        "from vpnedu import route, scenario",
        "import os.path",
        "from math import pi as circle",
        "from vpnedu import route",
    ]


@pytest.mark.parametrize(("made", "carried"), [("", "1"), ("1", "")])
def test_a_page_of_a_site_that_cannot_run_code_has_no_buttons(
    monkeypatch: pytest.MonkeyPatch, made: str, carried: str
) -> None:
    monkeypatch.setattr(editor, "version", lambda _: made)
    monkeypatch.setattr(python, "version", lambda _: carried)
    body = '<div class="cell tag_try-it">'
    context = {"body": body}
    cells.offer(SimpleNamespace(), "chapters/x", "page.html", context, None)
    assert context["body"] == body
