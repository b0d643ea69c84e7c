"""The commands after a graded quiz: `vpnedu quiz grade`, `regrade` and `gradebook`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vpnedu.cli.files import STDIN, given
from vpnedu.cli.issuing import KeyFile, Out
from vpnedu.cli.progress import counted
from vpnedu.cli.quizzing import tell
from vpnedu.network.addresses import InputError

if TYPE_CHECKING:
    from vpnedu.classroom.issuing.keys import Key
    from vpnedu.classroom.running import Run, Settings

# Of zips in a folder, so many are named.
SHOWN = 3

In = Annotated[
    list[str],
    typer.Argument(metavar="IN...", help="Folders, zips of Moodle or Canvas, JSONL, single files."),
]
RosterFile = Annotated[
    str, typer.Option("--roster", metavar="FILE", help="A newer roster than the key's own.")
]
PolicyFile = Annotated[
    str, typer.Option("--policy", metavar="FILE", help="TOML; the one beside the key unless told.")
]
OverrideFile = Annotated[
    str,
    typer.Option(
        "--overrides", metavar="FILE", help="CSV with learner, slot, points, reason, by, date."
    ),
]


def grade(
    paths: In,
    key: KeyFile,
    out: Out,
    roster: RosterFile = "",
    policy: PolicyFile = "",
    overrides: OverrideFile = "",
    feedback: Annotated[
        bool, typer.Option("--feedback/--no-feedback", metavar="", help="A page a student.")
    ] = True,
) -> None:
    """Grade what came in, whatever state it is in, and write grades, report and feedback."""
    made = _key(key, roster)
    settings = _settings(made, policy or _beside(key), overrides)
    run = _run(paths, made, settings, out)
    _write(run, settings, out, feedback)


def regrade(
    paths: In,
    key: KeyFile,
    out: Out,
    rule: Annotated[
        list[str],
        typer.Option(
            metavar="NAME:WHAT", help="drop, full, accept:ANSWER or rekey, for a slot or question."
        ),
    ],
    roster: RosterFile = "",
    policy: PolicyFile = "",
    overrides: OverrideFile = "",
    bank: Annotated[
        str, typer.Option(metavar="FILE", help="The mended questions that rekey marks by.")
    ] = "",
    lower: Annotated[
        bool, typer.Option("--lower/--no-lower", metavar="", help="May anyone lose points?")
    ] = True,
    feedback: Annotated[
        bool, typer.Option("--feedback/--no-feedback", metavar="", help="A page a student.")
    ] = True,
) -> None:
    """Grade again with questions dropped, opened or mended; diff.csv tells what changed.

    Nothing that was written before is touched: --out must be a new folder.
    """
    from vpnedu.classroom.grading.diffs import differences
    from vpnedu.classroom.grading.rules import parse_rule
    from vpnedu.classroom.issuing.handing_out import seeds_of
    from vpnedu.classroom.issuing.papers import paper
    from vpnedu.classroom.telling.tables import csv_text

    if Path(out).exists() and any(Path(out).iterdir()):
        raise InputError(out, "is not empty; a regrade leaves what was graded before untouched")
    made = _key(key, roster)
    before = _settings(made, policy or _beside(key), overrides)
    fixed = paper(bank, seeds_of(made.secret)) if bank else None
    rules = tuple(map(parse_rule, rule))
    after = replace(before, rules=rules, fixed=fixed, no_lower=not lower)
    first = _run(paths, made, before, out)
    second = _run(paths, made, after, out, first)
    _write(second, after, out, feedback)
    changes = differences(first.results, second.results)
    columns = ("id", "slot", "old", "new", "old_total", "new_total")
    rows = [(d.learner, d.slot, d.old, d.new, d.total_old, d.total_new) for d in changes]
    Path(out, "diff.csv").write_text(csv_text(columns, rows), encoding="utf-8", newline="\n")
    whom = len({change.learner for change in changes})
    tell(f"{whom} of {len(made.learners)} learners are touched: {Path(out, 'diff.csv')}")


def gradebook(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="What `grade` wrote.")],
    key: KeyFile,
    target: Annotated[str, typer.Option("--for", metavar="LMS", help="moodle or canvas.")],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="The CSV to upload.")],
    roster: RosterFile = "",
    template: Annotated[
        str, typer.Option(metavar="FILE", help="Canvas's own export, of which a column is filled.")
    ] = "",
    column: Annotated[
        str, typer.Option(metavar="NAME", help="The assignment's column in that export.")
    ] = "",
) -> None:
    """Write grades as a file that Moodle or Canvas takes."""
    from vpnedu.classroom.running import check_issue
    from vpnedu.classroom.telling.gradebook import canvas_grades, moodle_grades
    from vpnedu.classroom.telling.outputs import grade_rows

    made = _key(key, roster)
    check_issue(Path(folder), made)
    rows = grade_rows(given(str(Path(folder, "grades.csv"))), made)
    if target == "moodle":
        text = moodle_grades(rows)
    elif target == "canvas":
        if not (template and column):
            raise InputError("--template, --column", "are needed: Canvas's own export, and where")
        text, notes = canvas_grades(given(template), rows, column)
        for note in notes:
            tell(note)
    else:
        raise InputError("--for", f"there is no {target[:40]!r}; there are moodle and canvas")
    Path(out).write_text(text, encoding="utf-8", newline="")
    tell(f"wrote {out}: {len(rows)} learners")


def _key(path: str, roster: str) -> "Key":
    from vpnedu.classroom.issuing.keys import read_key
    from vpnedu.classroom.issuing.rosters import read_roster

    key = read_key(given(path))
    return replace(key, learners=read_roster(given(roster))) if roster else key


def _beside(key: str) -> str:
    """The policy that was issued with the key, where it still lies beside it."""
    from vpnedu.classroom.issuing.handing_out import POLICY

    path = Path(key).with_name(POLICY.name)
    if key == STDIN or not path.exists():
        tell("No policy: being late costs nothing, and the latest hand-in counts.")
        return ""
    tell(f"By the policy {path}.")
    return str(path)


def _settings(key: "Key", policy: str, overrides: str) -> "Settings":
    from vpnedu.classroom.grading.overrides import read_overrides
    from vpnedu.classroom.grading.policies import Policy, read_policy
    from vpnedu.classroom.running import Settings

    rules = read_policy(given(policy), Path(policy).name) if policy else Policy()
    by_hand = read_overrides(given(overrides), key) if overrides else ()
    return Settings(rules, by_hand)


def _run(
    places: list[str], key: "Key", settings: "Settings", out: str, before: "Run | None" = None
) -> "Run":
    from vpnedu.classroom.running import read_ledger_of, run

    paths = [Path(place) for place in places]
    if before is None:
        _tell_of_zips(paths)
    ledger = read_ledger_of(Path(out), paths, key)
    with counted("files") as count:
        done = run(paths, key, settings, ledger, count, before.plain if before else None)
    if not done.made.hashes:
        raise InputError(", ".join(places), "there is no file in it to grade; nothing was written")
    return done


def _tell_of_zips(paths: list[Path]) -> None:
    """Say that zips in folders are taken for students' own: one may be the platform's."""
    found = sorted(one for path in paths if path.is_dir() for one in path.rglob("*.[zZ][iI][pP]"))
    for one in found[:SHOWN]:
        told = "lies in a folder, so the times in it are not believed"
        tell(f"{one} {told}. If it is your platform's, name it itself, beside the folder.")
    if len(found) > SHOWN:
        tell(f"So do {len(found) - SHOWN:,} more zips.")


def _write(run: "Run", settings: "Settings", out: str, feedback: bool) -> None:
    from vpnedu.classroom.running import write

    results = run.results
    with counted("pages", len(results.grades) if feedback else 0) as count:
        write(run, settings, Path(out), feedback, count)
    marked = sum(bool(grade.counted) for grade in results.grades)
    tell(f"{marked} of {len(results.grades)} learners have a grade: {Path(out, 'grades.csv')}")
    tell(f"in quarantine: {len(results.quarantined)}, to look at: {len(results.flags)}")
    tell(f"All of it to read: {Path(out, 'report.html')}")
