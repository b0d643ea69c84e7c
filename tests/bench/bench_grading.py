"""How fast a class is graded, how that grows with its size, and what memory it takes.

A class is written to a disk, with every kind of broken hand-in planted at a known rate, and graded
by `vpnedu quiz grade` in a process of its own, as a teacher would: reading the key, marking, item
analysis, all tables and the report. What comes out is counted: a run that is fast and wrong ends
here with an error. The measure beside it is reading the same lines as JSON and nothing more.
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from tests.classroom.class_of import SampleClass, class_of
from tests.classroom.malformed import KINDS
from vpnedu.classroom.grading.results import shown

SIZES = (1_000, 10_000, 100_000)
RATE = 0.001  # of the class, for each kind of broken hand-in


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check(one: SampleClass, folder: Path) -> int:
    """How many files were broken; ends the run if a row or a grade is not as it was made to be."""
    found = Counter(row["code"] for row in table(folder / "quarantine.csv"))
    if found != one.expected:
        raise SystemExit(f"quarantine: {found}, expected {one.expected}")
    for row in table(folder / "grades.csv"):
        truth = one.truth[row["id"]]
        expected = ("missing", Fraction(0)) if truth is None else ("graded", Fraction(shown(truth)))
        if (row["status"], Fraction(row["points"])) != expected:
            raise SystemExit(f"{row['id']}: {row['points']}, expected {truth}")
    return sum(found.values())


def graded(*words: object) -> tuple[float, float]:
    """Seconds and MB that a process takes which grades; the most of all that ran so far."""
    start = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "vpnedu", "quiz", "grade", *map(str, words)],
        check=True,
        capture_output=True,
    )
    return perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def reading(path: Path) -> float:
    """Seconds of reading every line as JSON and nothing more, the best of three."""
    times = []
    for _ in range(3):
        start = perf_counter()
        with path.open("rb") as file:
            for line in file:
                try:
                    json.loads(line)
                except (ValueError, RecursionError):
                    continue
        times.append(perf_counter() - start)
    return min(times)


def measured(count: int, folder: Path) -> float:
    """Print what a class of `count` takes, and give the seconds."""
    one = class_of(count, malformed=dict.fromkeys(KINDS, RATE))
    paths = one.write_jsonl(folder / "all.jsonl")
    key = folder / "key.json"
    key.write_text(one.key.to_json(), encoding="utf-8")
    words = (*paths, "--key", key, "--out", folder / "out")
    took, memory = graded(*words, "--no-feedback")
    broken = check(one, folder / "out")
    print(
        f"{count:7,} hand-ins: {took:6.2f} s, {took / reading(folder / 'all.jsonl'):5.1f} times as "
        f"long as reading their JSON; at most {memory:.0f} MB; {broken} broken, each counted"
    )
    if count == SIZES[0]:
        pages = graded(*words)[0] - took
        print(f"        a feedback page each: {1000 * pages / count:.1f} ms more")
    return took


def main() -> None:
    """Print a line for each size; the last says how it grows."""
    print("Grading a class of 20 slots each, every kind of broken hand-in among them")
    times = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            times.append(measured(count, Path(folder)))
    ratios = [after / before for before, after in pairwise(times)]
    print(f"ten times the class takes {' and '.join(f'{one:.1f}' for one in ratios)} times as long")


if __name__ == "__main__":
    main()
