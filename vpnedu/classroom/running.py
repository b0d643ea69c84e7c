"""A run of grading from folders to files: collect, mark, compare with the ledger, write.

Tables are written whole or not at all. Of the feedback pages, of which there may be thousands,
those that an unfinished run of the same inputs wrote are not written again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from vpnedu.classroom.diffs import no_lower
from vpnedu.classroom.feedback import Telling, feedback_html
from vpnedu.classroom.grading import graded
from vpnedu.classroom.intake import Collected, collected
from vpnedu.classroom.items import analysed
from vpnedu.classroom.keys import Key
from vpnedu.classroom.ledger import Watched, compared, grown, rows_of
from vpnedu.classroom.outputs import Made, page_name, tables
from vpnedu.classroom.overrides import Override, audited, overridden
from vpnedu.classroom.policies import Policy
from vpnedu.classroom.report import report_html
from vpnedu.classroom.results import Results
from vpnedu.classroom.rules import Rule, mended
from vpnedu.classroom.tables import csv_text
from vpnedu.network.addresses import InputError
from vpnedu.quiz.paper import Paper

LEDGER = "ledger.jsonl"
# Which run the feedback pages beside it belong to.
STAMP = Path("feedback", ".run")

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
    plain = graded(watched, key, policy, rules=settings.rules, fixed=settings.fixed)
    if settings.no_lower and before is not None:
        plain = no_lower(before, plain)
    rows = list(rows_of(plain, watched.hashes))
    found = sorted(compared(ledger, rows), key=lambda flag: (flag.learner, flag.source))
    plain = replace(plain, flags=(*plain.flags, *found))
    made = Made(
        policy=policy.fingerprint,
        hashes=watched.hashes,
        ledger=grown(ledger, rows),
        rules=tuple(map(str, settings.rules)),
        digits=policy.digits,
    )
    return Run(overridden(plain, settings.overrides), plain, made)


def write(run_: Run, settings: Settings, folder: Path, pages: bool, count: Count = int) -> None:
    """Write all files of a run below `folder`; with `pages` a page for each student, too."""
    results = run_.results
    analysis = analysed(results)
    trail = audited(run_.plain, settings.overrides)
    columns = ("id", "slot", "before", "after", "reason", "by", "date")
    rows = [(a.learner, a.slot, a.before, a.after, a.reason, a.by, a.date) for a in trail]
    texts = dict(tables(results, analysis, run_.made))
    texts["overrides.csv"] = csv_text(columns, rows)
    policy = settings.policy
    told = replace(results, key=mended(results.key, settings.rules, settings.fixed))
    texts["report.html"] = report_html(told, analysis, zone=policy.zone, digits=policy.digits)
    for name, text in texts.items():
        _put(folder / name, text)
    if pages:
        telling = Telling(policy.zone, results.dropped, policy.digits)
        _put_pages(told, telling, folder, texts["run.json"] + texts["overrides.csv"], count)


def _put_pages(results: Results, telling: Telling, folder: Path, record: str, count: Count) -> None:
    stamp = sha256(record.encode()).hexdigest()
    path = folder / STAMP
    same = path.exists() and path.read_text(encoding="utf-8") == stamp
    _put(path, stamp)
    for grade in results.grades:
        page = folder / page_name(grade.learner.id)
        if not (same and page.exists()):
            _put(page, feedback_html(results.key, grade, telling))
        count()


def read_ledger_of(folder: Path, paths: Iterable[Path]) -> str:
    """The text of the ledger in `folder`, empty where there is none yet.

    InputError where `folder` lies in what is graded: its files would be taken for submissions.
    """
    for path in paths:
        if path.is_dir() and folder.resolve().is_relative_to(path.resolve()):
            rule = f"lies in {path}, which is graded; choose a folder beside it"
            raise InputError("--out", rule)
    ledger = folder / LEDGER
    return ledger.read_text(encoding="utf-8") if ledger.exists() else ""


def _counted(items: Iterable[Collected], count: Count) -> Iterator[Collected]:
    for item in items:
        yield item
        count()


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all, whatever happens in between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
