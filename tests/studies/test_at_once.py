"""Jobs on many processors: the same results, in the same order, as on one."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from vpnedu.network.addresses import InputError
from vpnedu.simulation.matrix import matrix
from vpnedu.studies.at_once import at_once, processors

ROOT = Path(__file__).parents[2]
NUMBERS = (5, -3, 0, 12, -7)
CASES = {"crash": ("instance-crash@30",), "cut": ("tunnel-cut@30",)}

# Jobs that would take an hour, until somebody presses Ctrl-C.
# Where tests run in the background a child would begin with Ctrl-C ignored.
PATIENT = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from vpnedu.studies.at_once import at_once
print("begun", flush=True)
at_once(time.sleep, [3600.0] * 4, processes=2)
"""


def refuse(number: int) -> int:
    if number == 12:
        raise InputError("number", "12 is one too many")
    return number


@pytest.mark.parametrize("processes", [1, 2, 3, 8])
def test_results_come_in_the_order_of_the_jobs(processes: int) -> None:
    assert at_once(abs, NUMBERS, processes=processes) == [5, 3, 0, 12, 7]


@pytest.mark.parametrize("processes", [1, 2])
def test_progress_counts_every_job(processes: int) -> None:
    seen: list[tuple[int, int]] = []
    at_once(abs, NUMBERS, lambda done, of: seen.append((done, of)), processes)
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_in_a_job_arrives_whole(processes: int) -> None:
    with pytest.raises(InputError) as wrong:
        at_once(refuse, NUMBERS, processes=processes)
    assert (wrong.value.field, wrong.value.rule) == ("number", "12 is one too many")


def test_no_job_is_no_work() -> None:
    assert at_once(abs, []) == []


def test_at_least_one_processor_may_be_used() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


def test_a_matrix_is_the_same_on_one_processor_and_on_two() -> None:
    designs = ("active-standby", "active-active")
    alone = matrix(designs, CASES, seeds=3)
    assert matrix(designs, CASES, seeds=3, each=partial(at_once, processes=2)) == alone


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT for one process")
def test_ctrl_c_ends_all_processes_at_once() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PATIENT],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "begun\n"
        time.sleep(0.5)
        begun = time.monotonic()
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=20)
    assert time.monotonic() - begun < 10
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1, "the workers say nothing"
