"""Code cells run as a notebook runs them: what they print, what their last line is, what is wrong.

A request is `{"code": text, "name": "cell 3", "page": text, "before": [{"name", "code"}]}`. The
cells of a page share their names, as a notebook's do; those of `before` that have not run yet run
first, so that a request is whole even of a Python that has just started. The answer is

    {"outputs": [{"kind": "stdout" | "stderr" | "text" | "html", "text"}],
     "error": {"cell", "line", "message", "trace"} or null,
     "first": [names of the cells that ran before it], "anew": whether the page had no names yet}

An endless loop has no answer: it is ended from outside, with the whole Python.
"""

import ast
import io
import linecache
import sys
import traceback
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

from vpnedu.network.addresses import InputError

LONGEST = 50_000  # characters of one cell
MOST_CELLS = 100
MOST_TEXT = 20_000  # characters that a run may print
MOST_HTML = 2_000_000  # characters of one thing to see
MOST_FRAMES = 4  # of a trace; a recursion without end has a thousand

Output = dict[str, str]


@dataclass
class Outputs:
    """What a run shows, in its order; text is cut where it gets too long."""

    shown: list[Output] = field(default_factory=list)
    room: int = MOST_TEXT

    def add(self, kind: str, text: str) -> None:
        """Take in a piece; what follows a piece of the same stream continues it."""
        if self.room < 0:
            return
        kept = text[: self.room]
        self.room -= len(text)
        if self.room < 0:
            kept += f"\n… cut after {MOST_TEXT:,} characters"
        if self.shown and self.shown[-1]["kind"] == kind != "text":
            self.shown[-1]["text"] += kept
        elif kept:
            self.shown.append({"kind": kind, "text": kept})

    def display(self, *things: object) -> None:
        """Show each thing as a notebook does: as HTML if it can, else in words."""
        for thing in things:
            html = _html_of(thing)
            if html is None:
                self.add("text", repr(thing))
            elif len(html) > MOST_HTML:
                raise InputError("output", f"is too long to show: {len(html):,} characters of HTML")
            else:
                self.shown.append({"kind": "html", "text": html})


def _html_of(thing: object) -> str | None:
    """The HTML by which a notebook would show `thing`, or None."""
    kind = type(thing)
    if hasattr(kind, "_repr_mimebundle_"):
        bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined]
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if "text/html" in (data or {}):
            return str(data["text/html"])
    if hasattr(kind, "_repr_html_"):
        html = thing._repr_html_()  # type: ignore[attr-defined]
        return None if html is None else str(html)
    return None


class _Stream(io.TextIOBase):
    """What a cell takes for its standard output or error."""

    def __init__(self, outputs: Outputs, kind: str):
        self.outputs, self.kind = outputs, kind

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.outputs.add(self.kind, text)
        return len(text)


def _no_input(_prompt: object = "") -> str:
    raise RuntimeError("nobody can be asked here: write the value into the code")


@dataclass
class Notebook:
    """The names that the cells of one page share, and which of the cells have run."""

    names: dict[str, Any] = field(
        default_factory=lambda: {"__name__": "__main__", "input": _no_input}
    )
    done: set[str] = field(default_factory=set)

    def run(self, name: str, code: str) -> tuple[list[Output], dict[str, Any] | None]:
        """What the cell shows, and what is wrong with it, if anything."""
        outputs = Outputs()
        self.names["display"] = outputs.display
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        out, err = _Stream(outputs, "stdout"), _Stream(outputs, "stderr")
        with redirect_stdout(out), redirect_stderr(err):
            try:
                self._execute(name, code, outputs)
            # A reader's code may raise anything, and leave by any door.
            except BaseException as wrong:
                return outputs.shown, _told(wrong, name)
        return outputs.shown, None

    def _execute(self, name: str, code: str, outputs: Outputs) -> None:
        tree = ast.parse(code, name)
        last = tree.body[-1] if tree.body else None
        quiet = code.rstrip().endswith(";")
        if not isinstance(last, ast.Expr) or quiet:
            exec(compile(tree, name, "exec"), self.names)
            return
        exec(compile(ast.Module(tree.body[:-1], []), name, "exec"), self.names)
        value = eval(compile(ast.Expression(last.value), name, "eval"), self.names)
        if value is not None:
            outputs.display(value)


def _told(wrong: BaseException, cell: str) -> dict[str, Any]:
    """What went wrong, in which line of the cell, and how it came to that, in cells only."""
    frames = [
        frame
        for frame in traceback.extract_tb(wrong.__traceback__)
        if frame.filename.startswith("cell ")
    ]
    lines = [frame.lineno for frame in frames if frame.filename == cell]
    line = lines[-1] if lines else None
    if isinstance(wrong, SyntaxError) and wrong.filename == cell:
        frames, line = [], wrong.lineno
    said = "".join(traceback.format_exception_only(wrong)).rstrip()
    said = said.removeprefix(f"{type(wrong).__module__}.")
    message = said.splitlines()[-1] if isinstance(wrong, SyntaxError) else said
    if isinstance(wrong, ModuleNotFoundError):
        message += ". A page's Python has the standard library and vpnedu, nothing else."
        said = message
    trace = "".join(["Traceback (most recent call last):\n", *_steps(frames)]) if frames else ""
    text = (trace + said)[:MOST_TEXT]
    return {"cell": cell, "line": line, "message": message[:500], "trace": text}


def _steps(frames: list[traceback.FrameSummary]) -> list[str]:
    """The frames as text; of very many the first and the last."""
    if len(frames) <= 2 * MOST_FRAMES:
        return traceback.StackSummary.from_list(frames).format()
    first, last = frames[:MOST_FRAMES], frames[-MOST_FRAMES:]
    left_out = f"  … {len(frames) - 2 * MOST_FRAMES} more steps\n"
    return [*_steps(first), left_out, *_steps(last)]


_notebooks: dict[str, Notebook] = {}


def answered(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request for code, in a page only: a kernel runs nothing that a page sends."""
    if sys.platform != "emscripten":
        raise InputError("code", "runs in a page of the site; a notebook has cells of its own")
    return run(request)


def run(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a request for code; InputError names the field that is wrong."""
    page, cell = _text(request, "page"), _cell(request, "code")
    before = request.get("before", [])
    if not isinstance(before, list) or len(before) > MOST_CELLS:
        raise InputError("before", f"must be at most {MOST_CELLS} cells")
    earlier = [_cell(one, f"before.{place}") for place, one in enumerate(before)]
    anew = page not in _notebooks
    notebook = _notebooks.setdefault(page, Notebook())
    first = [(name, code) for name, code in earlier if name not in notebook.done]
    ran: list[str] = []
    for name, code in first:
        outputs, error = notebook.run(name, code)
        if error:
            return {"outputs": [], "error": error, "first": ran, "anew": anew}
        notebook.done.add(name)
        ran.append(name)
    name, code = cell
    outputs, error = notebook.run(name, code)
    notebook.done.add(name)
    return {"outputs": outputs, "error": error, "first": ran, "anew": anew}


def _cell(given: Any, where: str) -> tuple[str, str]:
    """Name and code of one cell."""
    if not isinstance(given, Mapping):
        raise InputError(where, "must be a cell: its name and its code")
    return _text(given, "name"), _text(given, "code")


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise InputError(name, f"must be text of at most {LONGEST:,} characters")
    return value
