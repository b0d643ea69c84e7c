"""How fast a class is graded, how that grows with its size, and what memory it takes.

Every kind of broken hand-in is planted at a known rate, and what comes out is counted: a run that
is fast and wrong ends here with an error. Each size runs in a process of its own, whose memory is
its own; grading itself is one process.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from tests.classroom.class_of import SampleClass, class_of
from tests.classroom.malformed import KINDS
from vpnedu.classroom.feedback import Telling, feedback_html
from vpnedu.classroom.policies import Policy
from vpnedu.classroom.running import Run, Settings, run, write

SIZES = (1_000, 10_000, 100_000)
RATE = 0.001  # of the class, for each kind of broken hand-in
PAGES = 200


def check(one: SampleClass, made: Run) -> None:
    """Raise if a row of quarantine or a grade is not what the class was made to have."""
    found = Counter(row.code for row in made.results.quarantined)
    if found != one.expected:
        raise SystemExit(f"quarantine: {found}, expected {one.expected}")
    for grade in made.results.grades:
        truth = one.truth[grade.learner.id]
        if (grade.points if grade.counted else None) != truth:
            raise SystemExit(f"{grade.learner.id}: {grade.points}, expected {truth}")


def measured(count: int, folder: Path) -> dict[str, float]:
    """What grading a class of `count` takes, from its files to the tables and the report."""
    one = class_of(count, malformed=dict.fromkeys(KINDS, RATE))
    paths = one.write_jsonl(folder / "all.jsonl")
    plain = min(baseline(folder / "all.jsonl") for _ in range(3))
    settings = Settings(Policy())
    # What making the class took is not grading's, so memory is told above what there was.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = perf_counter()
    made = run(paths, one.key, settings, "")
    marked = perf_counter()
    write(made, settings, folder / "out", pages=False)
    end = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    check(one, made)
    start_pages = perf_counter()
    for grade in made.results.grades[:PAGES]:
        feedback_html(one.key, grade, Telling(settings.policy.zone))
    page = (perf_counter() - start_pages) / PAGES
    return {
        "marked": marked - start, "all": end - start, "before": before, "peak": peak,
        "plain": plain, "broken": sum(one.expected.values()), "page": page,
    }  # fmt: skip


def baseline(path: Path) -> float:
    """The time of reading the lines as JSON and nothing more."""
    start = perf_counter()
    with path.open("rb") as file:
        for line in file:
            try:
                json.loads(line)
            except (ValueError, RecursionError):
                continue
    return perf_counter() - start


def main() -> None:
    """Print a line for each size; the last says how it grows."""
    print("Grading a class of 20 slots each, every kind of broken hand-in among them")
    times = []
    for count in SIZES:
        command = [sys.executable, "-m", "tests.bench.bench_grading", str(count)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        times.append(found["all"])
        print(
            f"{count:7,} hand-ins: {found['all']:6.2f} s (marked after {found['marked']:.2f} s),"
            f" {found['all'] / found['plain']:5.1f} times as long as reading their JSON;"
            f" at most {found['peak']:.0f} MB ({found['before']:.0f} before grading);"
            f" {found['broken']:.0f} broken, each counted; feedback {1000 * found['page']:.1f} ms"
        )
    ratios = [after / before for before, after in pairwise(times)]
    print(f"ten times the class takes {' and '.join(f'{one:.1f}' for one in ratios)} times as long")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder_:
        print(json.dumps(measured(int(sys.argv[1]), Path(folder_))))
