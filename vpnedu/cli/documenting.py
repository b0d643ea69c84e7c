"""The command that writes what the book has by name as a document: `vpnedu document`."""

import json as json_text
from pathlib import Path
from typing import Annotated, Any

import typer

from vpnedu.cli import documents
from vpnedu.cli.configuring import tell
from vpnedu.cli.options import as_typed, whole
from vpnedu.network.addresses import InputError
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.documents import (
    NetworkDocument,
    Run,
    design_written,
    send_of,
    written,
)
from vpnedu.simulation.scenarios import scenario as scenario_named


def document(
    scenario: Annotated[
        str,
        typer.Argument(
            help="A scenario or a design from `vpnedu scenarios`, or a document, to check it."
        ),
    ],
    preset: Annotated[
        str | None,
        typer.Option(metavar="N", help="The scenario as its Nth packet meets it, counted from 0."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Write it there.")
    ] = None,
) -> None:
    """Write a scenario or a design as a document: a JSON file to edit, and to run again.

    Every command that takes a name takes a path that ends in [bold].json[/] as well. A document
    is checked and written in its usual form. What may stand in one: document.schema.json.

    [bold]vpnedu document two-sites-policy-based --out office.json[/]
    [bold]vpnedu send office.json Ana Ben[/]
    """
    text = json_text.dumps(_data(scenario, preset), ensure_ascii=False, indent=1) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    if not documents.is_document(out):
        raise InputError("--out", f"{out!r} does not end in .json, by which a document is known")
    Path(out).write_text(text, encoding="utf-8", newline="\n")
    tell(f"wrote {out}")


def _data(name: str, preset: str | None) -> dict[str, Any]:
    if preset is not None and (documents.is_document(name) or name in DESIGNS):
        raise InputError("--preset", "only the scenarios of the book have presets")
    if documents.is_document(name):
        found = documents.opened(name)
        if isinstance(found, NetworkDocument):
            return written(found.topology, found.title, found.send)
        return design_written(found.design, found.run)
    if name in DESIGNS:
        return design_written(DESIGNS[name], Run())
    with as_typed():
        chosen = scenario_named(name)
    place = 0 if preset is None else whole(preset, "--preset", 0, len(chosen.presets) - 1)
    shown = chosen.presets[place]
    topology = shown.topology or chosen.topology
    send = send_of(shown.packet, topology, shown.origin, answered=shown.answered)
    return written(topology, chosen.title, send)
