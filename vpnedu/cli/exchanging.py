"""The commands for other systems: `vpnedu quiz export` and `import`."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from vpnedu.cli.files import given
from vpnedu.cli.options import whole
from vpnedu.cli.quizzing import tell
from vpnedu.network.addresses import InputError
from vpnedu.simulation.chance import Chance

Target = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="TARGET",
        help="moodle, gift, canvas, qti21, anki, pdf, markdown or nbgrader.",
    ),
]
Folder = Annotated[str, typer.Option("--out", metavar="DIR", help="Where the files go.")]
IMPORTS = ("moodle", "gift", "jupyterquiz")


def export(
    quiz: Annotated[
        str, typer.Argument(help="A chapter, a file of questions or a plan, or a generator.")
    ],
    to: Target,
    out: Folder = ".",
    seed: Annotated[
        str, typer.Option(metavar="N", help="Another number gives other variants.")
    ] = "1",
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Write nothing if anything would be lost.")
    ] = False,
    moodle: Annotated[
        str, typer.Option(metavar="VERSION", help="The Moodle that will read it.")
    ] = "5.0",
) -> None:
    """Export questions for another system, and tell what that system can't express."""
    from vpnedu.classroom.issuing.papers import paper
    from vpnedu.classroom.pictures import images
    from vpnedu.quiz.exports import exporter

    make = exporter(to)
    if moodle != "5.0":
        if to != "moodle":
            raise InputError("--moodle", f"is for --to moodle, not for {to}")
        make = partial(make, moodle=moodle)
    number = whole(seed, "--seed", 0, 999_999)
    asked = paper(quiz, lambda slot, place: Chance(number, f"export/{slot}/{place}").bits())
    done = make(asked, images(asked))
    for loss in done.losses:
        tell(f"lost: {loss}")
    tell(f"{len(asked.slots)} questions; lost: {len(done.losses)}")
    if strict and done.losses:
        tell("Nothing was written: --strict allows no loss.")
        raise typer.Exit(1)
    for name, data in done.files.items():
        path = Path(out, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        tell(f"wrote {path}")


def import_(
    file: Annotated[str, typer.Argument(help="What was exported elsewhere; - is a pipe.")],
    source: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="moodle, gift or jupyterquiz.")
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="The bank to write; it must be new.")
    ],
) -> None:
    """Read questions of another system into a bank of this book's kind, as far as they go."""
    from importlib import import_module

    from vpnedu.quiz.imports.as_toml import as_toml

    if source not in IMPORTS:
        raise InputError("--from", f"there is no {source[:40]!r}; there are {', '.join(IMPORTS)}")
    target = Path(out)
    if target.exists():
        raise InputError(out, "is there already; name a new file")
    found = import_module(f"vpnedu.quiz.imports.{source}").read(given(file))
    for loss in found.losses:
        tell(f"lost: {loss}")
    target.write_text(as_toml(found), encoding="utf-8", newline="\n")
    tell(f"wrote {target}: {len(found.questions)} questions; lost: {len(found.losses)}")
    tell(f"Now complete it: vpnedu quiz check {target}")
