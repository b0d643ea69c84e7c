"""Runs the command line inside the test's own process: as `vpnedu ARGUMENTS`, but quick."""

import io
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from vpnedu.cli import main


@dataclass(frozen=True)
class Done:
    """What one run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects that it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


def _stream(data: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture(scope="session")
def vpnedu() -> Run:
    """`vpnedu("lookup", "tables.toml")` runs that command; `stdin` is what a pipe brings."""

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        out, err, code = _stream(), _stream(), 0
        with patch.object(sys, "stdin", _stream(stdin)), redirect_stdout(out), redirect_stderr(err):
            try:
                main([str(argument) for argument in arguments])
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Done(code, _text(out), _text(err))

    return run


@pytest.fixture
def tables(tmp_path: Path) -> Callable[[str], Path]:
    """`tables(text)` writes a TOML file of the reader's own tables, and gives its path."""

    def write(text: str) -> Path:
        path = tmp_path / "tables.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def refused() -> Callable[[Done, Path, str], None]:
    """`refused(done, path, said)` holds a run to one clear line about the file, and exit code 2."""

    def check(done: Done, path: Path, said: str) -> None:
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"{path}: {said}")
        assert done.err.endswith("\n")
        assert done.err.count("\n") == 1
        assert len(done.err) < len(str(path)) + 600, "a huge value is not shown whole"
        assert all(c.isprintable() for c in done.err[:-1])

    return check
