"""Imports point down only, and the core runs on the standard library alone."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "vpnedu").rglob("*.py"))

# layer -> the layers it may import, beside itself
BELOW = {
    "network": set(),
    "simulation": {"network"},
    "studies": {"network", "simulation"},
    "drawing": {"network", "simulation", "studies"},
    "configuring": {"network", "simulation"},
    "quiz": {"network", "simulation"},
    "book": {"network", "simulation", "quiz"},
    "widgets": {"network", "simulation", "studies", "configuring", "quiz", "book"},
    # Of the package itself its version, which the page's wheel tells.
    "site": {"vpnedu", "network", "simulation", "studies", "drawing", "quiz", "book", "widgets"},
    # Of the package itself its version, which forms and records tell.
    "classroom": {
        "network",
        "simulation",
        "studies",
        "drawing",
        "quiz",
        "book",
        "widgets",
        "vpnedu",
    },
}
CORE = ("network", "simulation", "quiz")
# Parts of a core layer that only a teacher's machine needs, with libraries of their own.
NOT_CORE = ("quiz/exports", "quiz/imports")
# What a browser's Python does not have, or what would make two runs differ.
NOT_IN_CORE = {
    "asyncio", "concurrent", "ctypes", "datetime", "io", "logging", "multiprocessing", "os",
    "pathlib", "random", "secrets", "shutil", "signal", "socket", "subprocess", "tempfile",
    "threading", "time", "urllib", "uuid",
}  # fmt: skip

IMPORT_THE_CORE = """
import importlib, pkgutil, sys

class OnlyTheStandardLibrary:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top != "vpnedu" and top not in sys.stdlib_module_names:
            raise ImportError(f"the core imports {name}")

NOT_CORE = ["vpnedu." + part.replace("/", ".") for part in sys.argv.pop().split()]
sys.meta_path.insert(0, OnlyTheStandardLibrary())
for layer in sys.argv[1:]:
    package = importlib.import_module(f"vpnedu.{layer}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.startswith(tuple(NOT_CORE)):
            importlib.import_module(module.name)
            print(module.name)
"""


def layer(path: Path) -> str:
    """The folder of a file inside vpnedu, or its own name at the top."""
    return path.relative_to(ROOT / "vpnedu").with_suffix("").parts[0]


def in_core(path: Path) -> bool:
    """Whether a file belongs to what runs in a browser's Python."""
    inside = path.relative_to(ROOT / "vpnedu").as_posix()
    return layer(path) in CORE and not inside.startswith(NOT_CORE)


def imports(tree: ast.AST, package: str) -> Iterator[str]:
    """Every module that code imports, deferred or not, by its absolute name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: 1 - node.level or None] if node.level else []
            module = ".".join([*parents, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imported(path: Path) -> set[str]:
    """Every module that the file at `path` imports."""
    package = ".".join(path.relative_to(ROOT).parent.parts)
    return set(imports(ast.parse(path.read_text(encoding="utf-8")), package))


def layers_of(names: set[str]) -> set[str]:
    """The layers among imported names; a public name of the package itself counts as `vpnedu`."""
    inside = [name.split(".") for name in names if name.split(".")[0] == "vpnedu"]
    known = {*BELOW, "cli", "__main__"}
    return {parts[1] if len(parts) > 1 and parts[1] in known else "vpnedu" for parts in inside}


@pytest.mark.parametrize(
    ("code", "package", "names"),
    [
        ("import vpnedu.cli", "vpnedu.quiz", {"vpnedu.cli"}),
        ("from vpnedu import cli", "vpnedu.quiz", {"vpnedu.cli"}),
        ("def f():\n    from vpnedu.drawing import draw", "vpnedu.quiz", {"vpnedu.drawing.draw"}),
        ("from . import bank", "vpnedu.quiz", {"vpnedu.quiz.bank"}),
        ("from ..drawing.style import INK", "vpnedu.quiz", {"vpnedu.drawing.style.INK"}),
        ("from ...drawing import x", "vpnedu.quiz.exports", {"vpnedu.drawing.x"}),
    ],
)
def test_every_form_of_import_is_seen(code: str, package: str, names: set[str]) -> None:
    assert set(imports(ast.parse(code), package)) == names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    if layer(path) in BELOW:
        allowed = BELOW[layer(path)] | {layer(path)}
        assert layers_of(imported(path)) <= allowed


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_has_no_clock_chance_or_files(path: Path) -> None:
    if in_core(path):
        assert {name.split(".")[0] for name in imported(path)} & NOT_IN_CORE == set()
        calls = [
            node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        ]
        assert not [call for call in calls if getattr(call.func, "id", "") in ("open", "input")]


def test_the_core_imports_only_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_THE_CORE, *CORE, " ".join(NOT_CORE)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = [path for path in SOURCES if in_core(path) and path.name != "__init__.py"]
    assert len(done.stdout.split()) >= len(files), "a module was not imported"


def test_only_drawing_imports_matplotlib() -> None:
    users = {layer(path) for path in SOURCES if any("matplotlib" in n for n in imported(path))}
    assert users <= {"drawing"}
