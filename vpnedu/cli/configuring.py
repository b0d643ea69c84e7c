"""The command that writes real configurations: `vpnedu config`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vpnedu.cli import documents, shown
from vpnedu.cli.options import Json, as_typed, whole
from vpnedu.cli.plain import plain
from vpnedu.configuring import TARGETS, Configuration, File, configure
from vpnedu.configuring.of_document import configured
from vpnedu.network.addresses import InputError

Target = Annotated[str, typer.Option("--for", metavar="TOOL", help=f"{', '.join(TARGETS)}.")]


def config(
    scenario: Annotated[
        str, typer.Argument(help="A scenario or a design from `vpnedu scenarios`, or a document.")
    ],
    target: Target,
    gateway: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Only this gateway. Without it: a site's for Linux, a virtual network's for "
            "Azure.",
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(metavar="N", help="The scenario as its Nth packet meets it, counted from 0."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Write the files there.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", metavar="", help="With each line's reason as a comment above."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Write nothing if anything would be lost.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a scenario or a design as real configurations: strongSwan, FRR, Azure CLI or Bicep.

    The files go to standard output, or to DIR. Secrets are never made up: what has to be replaced
    is named, and the tool refuses the file until it is. What a tool can't express is told as lost.

    [bold]vpnedu config two-sites-policy-based --for strongswan --explain[/]
    [bold]vpnedu config dual-redundancy --for azure-cli --out azure[/]
    """
    place = None if preset is None else whole(preset, "--preset")
    if documents.is_document(scenario):
        made = _of_document(scenario, target, gateway, place)
    else:
        with as_typed({"preset": "--preset"}):
            made = configure(scenario, target, gateway, place)
    _told(made)
    if strict and made.losses:
        tell("Nothing was written: --strict allows no loss.")
        raise typer.Exit(1)
    if json:
        shown.line(_object(made))
    if out is not None:
        _write(made, Path(out), explain)
    elif not json:
        _print(made, explain)


def _of_document(path: str, target: str, gateway: str | None, preset: int | None) -> Configuration:
    if preset is not None:
        raise InputError("--preset", "a document has none; only the scenarios of the book do")
    found = documents.opened(path)
    try:
        return configured(found, target, gateway)
    except InputError as wrong:
        field = wrong.field if wrong.field.startswith("--") else f"{path}: {wrong.field}"
        raise InputError(field, wrong.rule) from None


def tell(text: str) -> None:
    """One line on standard error, so that what is piped on is the configuration alone."""
    sys.stderr.write(f"{plain(text)}\n")


def _told(made: Configuration) -> None:
    for secret in made.secrets:
        tell(f"replace: {secret}, by a pre-shared key of your own")
    for loss in made.losses:
        tell(f"lost: {loss}")
    for advice in made.advice:
        tell(f"advice: {advice}")


def _write(made: Configuration, folder: Path, explain: bool) -> None:
    for file in made.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(file, explain), encoding="utf-8", newline="\n")
        tell(f"wrote {path}, for {file.place}")


def _print(made: Configuration, explain: bool) -> None:
    """A file alone as it is, ready for a pipe; several each under a comment with its name."""
    for place, file in enumerate(made.files):
        if len(made.files) > 1:
            gap = "\n" if place else ""
            typer.echo(f"{gap}{file.comment} {file.name}: {file.place}")
        typer.echo(_text(file, explain), nl=False)


def _text(file: File, explain: bool) -> str:
    return file.explained if explain else file.text


def _object(made: Configuration) -> dict[str, Any]:
    files = [
        {
            "name": file.name,
            "place": file.place,
            "lines": [
                {"text": line.text, "why": line.why, "source": line.source} for line in file.lines
            ],
        }
        for file in made.files
    ]
    told = {"secrets": made.secrets, "losses": made.losses, "advice": made.advice}
    return {"scenario": made.scenario, "for": made.target, "files": files, **told}
