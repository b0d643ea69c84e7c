"""A broken bank stops the build, and a page tells when its quiz is not its bank's."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from vpnedu.book import banks as reader
from vpnedu.book.banks import bank
from vpnedu.site import quizzes
from vpnedu.widgets.quiz_html import quiz_html
from vpnedu.widgets.quizzes import compiled_bank

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "quiz" / "data" / "every-kind.toml"


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only bank: the sample."""
    monkeypatch.setattr(reader, "FOLDERS", (tmp_path,))
    return Path(shutil.copy(SAMPLE, tmp_path))


class Warned(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())


def compared(page: str, body: str) -> list[str]:
    """What is told of a page with this body."""
    heard = Warned()
    quizzes.LOGGER.logger.addHandler(heard)
    try:
        app: Any = SimpleNamespace()
        quizzes.compare(app, page, "page.html", {"body": body}, None)
    finally:
        quizzes.LOGGER.logger.removeHandler(heard)
    return heard.told


def test_a_broken_bank_ends_the_build_with_file_question_and_field(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8").replace("value = 154", "value = 156")
    sample.write_text(text, encoding="utf-8")
    app: Any = SimpleNamespace()
    with pytest.raises(ExtensionError, match=r"every-kind\.toml: on-the-wire: mistake 1: value"):
        quizzes.check(app)


def test_a_bank_in_another_encoding_ends_the_build_with_its_file(sample: Path) -> None:
    sample.write_bytes(sample.read_bytes() + "# ä".encode("latin-1"))
    app: Any = SimpleNamespace()
    with pytest.raises(ExtensionError, match=r"every-kind\.toml: byte \d+ is not UTF-8"):
        quizzes.check(app)


def test_the_real_build_stops_at_a_broken_bank(tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml", "vpnedu", "chapters"):
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    broken = tmp_path / "chapters" / "quizzes" / "what-is-a-vpn.toml"
    broken.write_text(f"{broken.read_text(encoding='utf-8')}\nanswr = 1\n", encoding="utf-8")
    built = subprocess.run(
        [Path(sys.executable).parent / "jupyter-book", "build", ".", "--quiet"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode != 0
    assert "what-is-a-vpn.toml: " in built.stdout + built.stderr
    assert not (tmp_path / "_build" / "html" / "chapters" / "intro.html").exists()


@pytest.mark.usefixtures("sample")
def test_a_page_with_its_banks_quiz_and_headings_is_silent() -> None:
    headings = "".join(f'<section id="{one.section}">' for one in bank("every-kind").objectives)
    body = headings + quiz_html(compiled_bank(bank("every-kind")))
    assert compared("chapters/every-kind", body) == []


@pytest.mark.usefixtures("sample")
def test_a_page_with_an_older_quiz_is_told(sample: Path) -> None:
    headings = "".join(f'<section id="{one.section}">' for one in bank("every-kind").objectives)
    body = headings + quiz_html(compiled_bank(bank("every-kind")))
    text = sample.read_text(encoding="utf-8").replace("Routers need them.", "Routers use them.")
    sample.write_text(text, encoding="utf-8")
    assert compared("chapters/every-kind", body) == [
        "the quiz of this chapter is not its bank's: run `make notebooks`"
    ]


@pytest.mark.usefixtures("sample")
def test_an_objective_that_leads_nowhere_is_told() -> None:
    body = '<section id="which-route-wins">' + quiz_html(compiled_bank(bank("every-kind")))
    assert compared("chapters/every-kind", body) == [
        "every-kind.toml: objective sizes: section: no heading 'what-100-bytes-weigh'"
    ]


@pytest.mark.usefixtures("sample")
def test_a_quiz_whose_bank_is_gone_is_told() -> None:
    body = quiz_html(compiled_bank(bank("every-kind")))
    told = ["there is no bank of this page's quiz: route-based.toml"]
    assert compared("chapters/route-based", body) == told


@pytest.mark.usefixtures("sample")
def test_a_page_without_a_bank_is_none_of_its_business() -> None:
    assert compared("chapters/glossary", "<p>words</p>") == []


def test_a_chapter_is_built_again_when_its_bank_changes() -> None:
    noted: list[str] = []
    app: Any = SimpleNamespace(env=SimpleNamespace(note_dependency=noted.append))
    for page in ("chapters/what-is-a-vpn", "chapters/glossary", "chapters/intro"):
        quizzes.depend(app, page, [])
    assert [Path(path).name for path in noted] == ["what-is-a-vpn.toml"]
