"""Runs every check, one after another, and closes with one summary.

A stage that fails does not stop the next. `python tests/run.py lint` runs the stages whose name
starts with `lint`; without a name all run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"


@dataclass(frozen=True)
class Count:
    """How many checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def command(*words: str) -> Count:
    """Run one tool of the virtual environment: one check, passed or failed."""
    done = subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, check=False)
    return Count(failed=1) if done.returncode else Count(passed=1)


def pytest(*words: str) -> Count:
    """Run pytest and count its tests; a run that ends badly counts as at least one failure."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        whole = command("pytest", "-q", f"--junitxml={report}", *words)
        if not report.exists():
            return Count(failed=1)
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(kind, 0)) for suite in suites)
        for kind in ("tests", "failures", "errors", "skipped")
    )
    failed = max(failures + errors, whole.failed)
    return Count(max(total - failures - errors - skipped, 0), failed, skipped)


def javascript() -> Count:
    """Run the pure parts of the figures under Node.js and count its tests."""
    files = sorted(str(path) for path in ROOT.glob("tests/widgets/*.test.mjs"))
    node = shutil.which("node")
    if not node:
        print("Node.js is not installed: the JavaScript tests cannot run.")
        return Count(failed=1) if CI else Count(skipped=len(files))
    if not files:
        return Count()
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    counts = {
        name: int(number) for name, number in re.findall(r"^# (\w+) (\d+)$", done.stdout, re.M)
    }
    if done.returncode:
        print(done.stdout, done.stderr)
    failed = max(counts.get("fail", 0) + counts.get("cancelled", 0), int(done.returncode != 0))
    return Count(counts.get("pass", 0), failed, counts.get("skipped", 0))


STAGES: dict[str, Callable[[], Count]] = {
    "lint: ruff": lambda: command("ruff", "check"),
    "lint: format": lambda: command("ruff", "format", "--check"),
    "lint: types": lambda: command("mypy"),
    # On two processors; a worker that has nothing left takes tests from the other.
    "library": lambda: pytest("-m", "not browser", "-n", "2", "--dist", "worksteal"),
    "javascript": javascript,
    # The cells of a notebook run in their order, on one processor.
    "notebooks": lambda: pytest(
        *("--nbval", "-p", "no:cacheprovider", "-p", "tests.kernels"),
        *("-n", "2", "--dist", "loadfile", "chapters"),
    ),
    "book": lambda: command(
        "jupyter-book", "build", ".", "--all", "--quiet", "-W", "-n", "--keep-going"
    ),
    # Each processor has a browser of its own; Python in a page keeps one busy while it starts.
    "browser": lambda: pytest("-m", "browser", "-n", "2", "--dist", "worksteal"),
}


def main(wanted: str = "") -> int:
    """Run the stages, print how each went, and give back the exit code."""
    rows, total = [], Count()
    for name, stage in STAGES.items():
        if name.startswith(wanted):
            print(f"\n== {name}", flush=True)
            start = time.monotonic()
            count = stage()
            rows.append(f"{name:<14} {time.monotonic() - start:5.0f} s  {count}")
            total += count
    print("\n== summary", *rows, "", total, sep="\n")
    return int(total.failed > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
