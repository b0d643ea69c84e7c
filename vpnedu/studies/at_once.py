"""Many independent jobs on all processors. What comes out is the same on one."""

import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import active_children
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Progress = Callable[[int, int], object]

MOST_PROCESSES = 61  # more than Windows can wait for


def at_once(
    function: Callable[[Job], Result],
    jobs: Sequence[Job],
    progress: Progress | None = None,
    processes: int | None = None,
) -> list[Result]:
    """`function` of every job, in the order of `jobs`; `progress` is told how many are done, of
    how many.

    Function, jobs and results travel between processes: the function stands in a module. An
    error in a job is raised here, and the other jobs are given up.
    """
    wanted = min(processes or processors(), len(jobs), MOST_PROCESSES)
    told = progress or (lambda _done, _of: None)
    if wanted < 2:
        return _one_by_one(function, jobs, told)
    already = set(active_children())
    with ProcessPoolExecutor(wanted, initializer=_obey) as pool:
        try:
            return _gathered([pool.submit(function, job) for job in jobs], told)
        except BaseException:
            # The pool notices that its workers are gone, gives up the other jobs, and ends before
            # this does: one that ended later would write into pipes that are closed by then.
            for child in set(active_children()) - already:
                child.terminate()
            raise


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _one_by_one(
    function: Callable[[Job], Result], jobs: Sequence[Job], told: Progress
) -> list[Result]:
    results = []
    for done, job in enumerate(jobs, start=1):
        results.append(function(job))
        told(done, len(jobs))
    return results


def _gathered(futures: list[Future[Result]], told: Progress) -> list[Result]:
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        told(done, len(futures))
    return [future.result() for future in futures]


def _obey() -> None:
    """Ctrl-C ends a worker at once and silently; what there is to say, the parent says."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
