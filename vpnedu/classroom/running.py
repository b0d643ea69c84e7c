"""A run of grading from folders to files: collect, mark, compare with the ledger, write.

Tables are written whole or not at all. Of the feedback pages, of which there may be thousands,
those that a run of the same inputs wrote are not written again, unless they were damaged since.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from vpnedu.classroom.analysing.items import analysed
from vpnedu.classroom.collecting.intake import Collected, collected
from vpnedu.classroom.collecting.ledger import Watched, compared, rows_of
from vpnedu.classroom.grading.desk import graded
from vpnedu.classroom.grading.diffs import no_lower
from vpnedu.classroom.grading.overrides import Override, audited, overridden
from vpnedu.classroom.grading.policies import Policy
from vpnedu.classroom.grading.results import Results
from vpnedu.classroom.grading.rules import Rule, mended
from vpnedu.classroom.issuing.keys import Key
from vpnedu.classroom.telling.feedback import Telling, feedback_html
from vpnedu.classroom.telling.outputs import Made, page_name, tables
from vpnedu.classroom.telling.report import report_html
from vpnedu.classroom.telling.tables import Cell, csv_text
from vpnedu.classroom.writing import Pages, put
from vpnedu.network.addresses import InputError
from vpnedu.quiz.paper import Paper
from vpnedu.quiz.strict import Unreadable, parsed

LEDGER = "ledger.jsonl"
FEEDBACK = "feedback"

Count = Callable[[], object]


@dataclass(frozen=True)
class Settings:
    """By what a class is graded, besides its key."""

    policy: Policy
    overrides: tuple[Override, ...] = ()
    rules: tuple[Rule, ...] = ()
    fixed: Paper | None = None
    no_lower: bool = False


@dataclass(frozen=True)
class Run:
    """What a run came to, and what it was made of; `plain` is what came before any override."""

    results: Results
    plain: Results
    made: Made


def run(
    paths: Sequence[Path],
    key: Key,
    settings: Settings,
    ledger: str,
    count: Count = int,
    before: Results | None = None,
) -> Run:
    """Grade what lies in `paths`; `ledger` is the text of the one before.

    `count` hears of every file. `before` are the results, without overrides, below which nobody
    falls if the settings say so.
    """
    policy = settings.policy.applied(key)
    items = collected(paths, key.learners, policy.zone, policy.times)
    watched = Watched(_counted(items, count))
    with _without_garbage():
        plain = graded(watched, key, policy, rules=settings.rules, fixed=settings.fixed)
    if settings.no_lower and before is not None:
        plain = no_lower(before, plain)
    old = compared(ledger, rows_of(plain, watched.hashes))
    found = sorted(old, key=lambda flag: (flag.learner, flag.source))
    plain = replace(plain, flags=(*plain.flags, *found))
    rules = tuple(map(str, settings.rules))
    made = Made(policy.fingerprint, watched.hashes, ledger, rules, policy.digits)
    return Run(overridden(plain, settings.overrides), plain, made)


def write(run_: Run, settings: Settings, folder: Path, pages: bool, count: Count = int) -> None:
    """Write all files of a run below `folder`; with `pages` a page for each student, too."""
    results = run_.results
    # Pages and choices tell what is right by the mended key; the forms were made by the old one.
    told = replace(results, key=mended(results.key, settings.rules, settings.fixed))
    analysis = analysed(told)
    # One after another: of a class of thousands no two tables are in memory at once.
    for name, lines in tables(results, analysis, run_.made):
        put(folder / name, lines)
    trail = csv_text(*_trail(run_, settings))
    put(folder / "overrides.csv", [trail])
    policy = settings.policy
    report = report_html(told, analysis, zone=policy.zone, digits=policy.digits)
    put(folder / "report.html", [report])
    if pages:
        telling = Telling(policy.zone, results.dropped, policy.digits, unread=results.unread)
        # All that a page tells: who, when, what of it counts, and by which questions.
        made = (folder / name for name in ("run.json", "grades.csv"))
        record = "".join(path.read_text(encoding="utf-8") for path in made)
        _put_pages(told, telling, folder, record + trail + told.key.to_json(), count)


def _trail(run_: Run, settings: Settings) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    trail = audited(run_.plain, settings.overrides)
    columns = ("id", "slot", "before", "after", "reason", "by", "date")
    return columns, [(a.learner, a.slot, a.before, a.after, a.reason, a.by, a.date) for a in trail]


def _put_pages(results: Results, telling: Telling, folder: Path, record: str, count: Count) -> None:
    files = [Path(page_name(grade.learner.id)).name for grade in results.grades]
    pages = Pages(folder / FEEDBACK, sha256(record.encode()).hexdigest(), set(files))
    for name, grade in zip(files, results.grades, strict=True):
        pages.put(name, partial(feedback_html, results.key, grade, telling))
        count()
    pages.close(files)


def read_ledger_of(folder: Path, paths: Iterable[Path], key: Key) -> str:
    """The text of the ledger in `folder`, empty where there is none yet.

    InputError where `folder` lies in what is graded, since its files would be taken for
    submissions, and where it holds the grades of another quiz.
    """
    for path in paths:
        if path.is_dir() and folder.resolve().is_relative_to(path.resolve()):
            rule = f"lies in {path}, which is graded; choose a folder beside it"
            raise InputError("--out", rule)
    check_issue(folder, key)
    ledger = folder / LEDGER
    # What is not UTF-8 breaks the chain, which is told with its line.
    return ledger.read_text(encoding="utf-8", errors="replace") if ledger.exists() else ""


def check_issue(folder: Path, key: Key) -> None:
    """Nothing; InputError where `folder` holds the grades of another issue than the key's."""
    record = folder / "run.json"
    if not record.exists():
        return
    try:
        found = parsed(record.read_text(encoding="utf-8"), 3)
    except (UnicodeDecodeError, Unreadable):
        found = None
    if not isinstance(found, dict):
        raise InputError(str(record), "is damaged; choose another folder, or take it away")
    if found.get("issue") != key.issue:
        rule = f"holds the grades of {found.get('quiz')}, issue {found.get('issue')}"
        told = f"{key.paper.name}, issue {key.issue}"
        raise InputError(str(folder), f"{rule}, and the key is of {told}")


@contextmanager
def _without_garbage() -> Iterator[None]:
    """No search for cycles in this block: it makes none, and they cost a tenth of a long run."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _counted(items: Iterable[Collected], count: Count) -> Iterator[Collected]:
    for item in items:
        yield item
        count()
