"""What the service worker is told of the site: `vpnedu.site.offline`."""

import json
from pathlib import Path

import pytest

from vpnedu.site.offline import book, hashes_of


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in (
        "index.html",
        "chapters/a.html",
        "_static/vpnedu/python/worker.mjs",
        "_static/vpnedu/code_editor.js",
        "notebooks/a.ipynb",
        "_headers",
        "sw.js",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_pages_are_kept_at_once_and_python_when_it_was_used(site: Path) -> None:
    known = json.loads(book(hashes_of(site)))
    assert list(known["files"]) == ["chapters/a.html", "index.html"]
    assert list(known["later"]) == [
        "_static/vpnedu/code_editor.js",
        "_static/vpnedu/python/worker.mjs",
    ]


def test_the_same_site_is_the_same_version(site: Path) -> None:
    assert book(hashes_of(site)) == book(hashes_of(site))


@pytest.mark.parametrize("name", ["chapters/a.html", "_static/vpnedu/python/worker.mjs"])
def test_any_changed_file_is_a_new_version(site: Path, name: str) -> None:
    before = json.loads(book(hashes_of(site)))["version"]
    (site / name).write_text("changed")
    assert json.loads(book(hashes_of(site)))["version"] != before


def test_a_changed_worker_is_no_new_version_of_the_book(site: Path) -> None:
    before = book(hashes_of(site))
    (site / "sw.js").write_text("changed")
    assert book(hashes_of(site)) == before
