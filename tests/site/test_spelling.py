"""The book is spelled as British English is: cspell reads it, with the book's own words beside."""

import ast
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vpnedu.book.prose import markdown, without_code

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "tests" / "words.txt"
NODE = shutil.which("node")
# Where `npm install --prefix` put other people's readers: see .ci/setup.
READERS = Path(os.environ.get("VPNEDU_READERS", ROOT / "_build" / "readers"))
CSPELL = READERS / "node_modules" / "cspell" / "bin.mjs"
# What stands in a bank for the engine and not for readers.
NOT_READ = {"id", "kind", "objective", "section", "computed", "run", "ask", "form", "option"}
SETTINGS = {
    "version": "0.2",
    "language": "en-GB",
    "dictionaryDefinitions": [{"name": "book", "path": str(WORDS)}],
    "dictionaries": ["en-gb", "softwareTerms", "book"],
}
# The book writes recognise and colour; names that others gave keep their spelling.
ELSEWHERE = re.compile(
    r"\b(?!authoriz|resiz)\w{3,}(?:iz(?:e|ed|es|ing|ation|ations))\b"
    r"|\b(?:colou?rs?(?<!colour)(?<!colours)|gray|catalog|defense|center|centers|modeled)\b"
)
# Titles and names that stand in the sources of chapters and facts.
NAMES = re.compile(r"Architecture Center|Defense Orchestrator|NIST[^.;]*")


def texts(value: Any) -> Iterator[str]:
    """The texts for readers within a file of questions or facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in NOT_READ:
                yield from texts(one)


def docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a module, without their examples."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, kinds) and (said := ast.get_docstring(node)):
            yield said.partition(">>>")[0]


def pages() -> dict[str, str]:
    """All that is read, by the file it comes from."""
    chapters = ROOT / "chapters"
    found = {
        path: markdown(path)
        for path in [*chapters.glob("*.ipynb"), *chapters.glob("*.md"), *ROOT.glob("*.md")]
    }
    for path in [*chapters.glob("quizzes/*.toml"), *chapters.glob("facts/*.toml")]:
        found[path] = "\n".join(texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    # A file more costs cspell more than its words do: one for each folder.
    for folder in {path.parent for path in ROOT.glob("vpnedu/**/*.py")}:
        found[folder] = "\n".join(said for path in folder.glob("*.py") for said in docstrings(path))
    told = ((str(path.relative_to(ROOT)), without_code(text)) for path, text in found.items())
    return {name: text for name, text in sorted(told) if text.strip()}


def misspelled(pages: dict[str, str], folder: Path) -> list[str]:
    """What cspell doesn't know, with its file; a skip where it is not installed, if not in CI."""
    if not NODE or not CSPELL.exists():
        missing = f"cspell is not in {READERS.name}"
        assert os.environ.get("CI") != "true", missing
        pytest.skip(missing)
    settings = folder / "cspell.json"
    english = str(READERS / "node_modules" / "@cspell" / "dict-en-gb" / "cspell-ext.json")
    settings.write_text(json.dumps({**SETTINGS, "import": [english]}), encoding="utf-8")
    for name, text in pages.items():
        (folder / "text" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "text" / f"{name}.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [NODE, CSPELL, "--no-progress", "--no-summary", "--unique", "-c", settings, "**/*.txt"],
        cwd=folder / "text", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def test_the_book_is_spelled_right(tmp_path: Path) -> None:
    assert misspelled(pages(), tmp_path) == [], f"mend it, or add a right word to {WORDS.name}"


def test_a_misspelled_word_is_found(tmp_path: Path) -> None:
    found = misspelled({"a.md": "We recieve a packet.", "b.md": "The neighbor waits."}, tmp_path)
    assert [re.search(r"\((\w+)\)", line)[1] for line in found] == ["recieve", "neighbor"]


def test_the_book_keeps_to_one_of_two_spellings() -> None:
    words = {
        f"{name}: {match[0]}"
        for name, text in pages().items()
        if name.startswith("chapters")
        for match in ELSEWHERE.finditer(NAMES.sub("", text))
    }
    assert words == set()


def test_the_books_own_words_are_sorted_and_each_is_used() -> None:
    words = WORDS.read_text(encoding="utf-8").splitlines()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    told = " ".join(pages().values()).casefold()
    assert [word for word in words if word.casefold() not in told] == []
