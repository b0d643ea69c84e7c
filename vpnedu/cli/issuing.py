"""The commands before a graded quiz: `vpnedu quiz issue`, `rehearse` and `audit`."""

from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Annotated

import typer

from vpnedu.cli.files import given
from vpnedu.cli.options import whole
from vpnedu.cli.progress import counted
from vpnedu.cli.quizzing import tell
from vpnedu.network.addresses import InputError

Out = Annotated[str, typer.Option("--out", metavar="DIR", help="The folder to write to.")]
KeyFile = Annotated[str, typer.Option("--key", metavar="FILE", help="The teacher's key.json.")]


def issue(
    quiz: Annotated[
        str, typer.Argument(help="A plan or a file of questions (.toml), or a chapter.")
    ] = "",
    roster: Annotated[
        str, typer.Option(metavar="FILE", help="CSV with a column id, and name, email, ….")
    ] = "",
    out: Out = "",
    due: Annotated[
        str, typer.Option(metavar="TIME", help='Such as "2026-12-01 24:00", in --zone.')
    ] = "",
    zone: Annotated[str, typer.Option(metavar="NAME", help="Such as Europe/Zurich.")] = "",
    policy: Annotated[
        str, typer.Option(metavar="FILE", help="TOML with due, zone, late work, attempts.")
    ] = "",
    attempt: Annotated[
        str, typer.Option(metavar="N", help="Another number gives everyone another form.")
    ] = "1",
    key: Annotated[
        str, typer.Option(metavar="FILE", help="Make the forms of this key again, byte by byte.")
    ] = "",
) -> None:
    """Write a form for every student, and the key for the teacher alone."""
    from vpnedu.classroom.grading.policies import read_policy
    from vpnedu.classroom.issuing import handing_out
    from vpnedu.classroom.issuing.keys import read_key

    if not out:
        raise InputError("--out", "is missing: the folder to write to")
    rules = ""
    if key:
        if quiz or roster or due or zone or policy or attempt != "1":
            raise InputError("--key", "tells quiz, roster and policy already; give --out alone")
        made = read_key(given(key))
    else:
        if not quiz or not roster:
            raise InputError("QUIZ, --roster", "are needed, unless --key makes forms again")
        if policy and (due or zone):
            raise InputError("--due, --zone", "stand in the policy's file if there is one")
        rules = given(policy) if policy else handing_out.policy_of(due, zone)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        number = whole(attempt, "--attempt", 1, 99)
        made = handing_out.key_of(
            quiz, given(roster), read_policy(rules), token_bytes(32), now, number
        )
    with counted("forms") as count:
        handing_out.write(made, Path(out), rules, lambda _: count())
    tell(f"{len(made.learners)} forms in {Path(out, 'forms')}: give each student only their own.")
    tell(f"The key is {Path(out, handing_out.KEY)}: keep the folder teacher to yourself.")
    tell("; ".join(made.told) if made.due else "Nothing is due: give --due or a policy if it is.")
    if public := handing_out.practised(made):
        names = ", ".join(public)
        tell(f"Anyone can look these up, since the book has them with answers: {names}")


def rehearse(
    key: KeyFile,
    out: Out,
    seed: Annotated[str, typer.Option(metavar="N", help="Another number, another class.")] = "1",
) -> None:
    """Write what an invented class hands in, to try grading before the real one does."""
    from vpnedu.classroom.issuing.keys import read_key
    from vpnedu.classroom.issuing.rehearsal import rehearsed

    made = read_key(given(key))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InputError(out, "is not empty; invented answers must not mix with real ones")
    for name, data in rehearsed(made, whole(seed, "--seed", 0, 999_999)):
        (folder / name).write_bytes(data)
    tell(f"{len(made.learners)} invented submissions in {folder}")


def audit(
    paths: Annotated[
        list[str], typer.Argument(metavar="SITE...", help="Folders or files that are published.")
    ],
    key: KeyFile,
    history: Annotated[
        bool, typer.Option("--history/--no-history", metavar="", help="Look into git's, too.")
    ] = True,
) -> None:
    """Look for anything of a key in what is published; a hit ends with 1, as does a file that
    can't be opened, and a PDF called like a key whose words can't be read.
    """
    from vpnedu.classroom.auditing import Fingerprints, audited
    from vpnedu.classroom.issuing.keys import read_key

    marks = Fingerprints(read_key(given(key)))
    with counted("files") as count:
        looked = audited([Path(path) for path in paths], marks, history, lambda _: count())
    if not looked.files and not looked.unread:
        raise InputError(", ".join(paths), "there is no file in it to look at")
    for hit in looked.hits:
        tell(f"{hit.place}: {hit.what}: {hit.text[:60]}")
    for place in looked.unseen:
        tell(f"{place}: the words in this PDF can't be read")
    if marks.blind:
        told = "what they say is short, or public anyway"
        tell(f"questions of which nothing can be looked for: {marks.blind} ({told})")
    for place in looked.unread:
        tell(f"{place}: could not be opened, so nothing is known of what is in it")
    found, closed = len(looked.hits), len(looked.unread)
    tell(f"{looked.files:,} files looked at; found: {found}, not opened: {closed}")
    if looked.hits or looked.unread:
        raise typer.Exit(1)
