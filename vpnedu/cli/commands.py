"""The commands, what they take, and the one place where an error becomes a line and exit code 2."""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from vpnedu import __version__
from vpnedu.cli import (
    answers,
    configuring,
    documenting,
    over_time,
    quizzes,
    shown,
    shown_runs,
    simulating,
)
from vpnedu.cli.asked import gathered
from vpnedu.cli.options import Json
from vpnedu.cli.plain import one_line, plain
from vpnedu.cli.sending import run
from vpnedu.network.addresses import InputError
from vpnedu.quiz.reading import BankError
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.scenarios import SCENARIOS, Scenario

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: list[str] | None = None) -> None:
    """The entry point. What is wrong with the input is one line on stderr, and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What a terminal can't show it shows as its code.
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments, prog_name="vpnedu")
    except BankError as wrong:
        sys.stderr.write("".join(f"{plain(problem)}\n" for problem in wrong.problems))
        sys.exit(2)
    except InputError as wrong:
        sys.stderr.write(one_line(wrong) + "\n")
        sys.exit(2)
    except (NotADirectoryError, IsADirectoryError, PermissionError, FileNotFoundError) as wrong:
        # A folder that is a file, or one that may not be written to.
        where = InputError(str(wrong.filename or "file"), str(wrong.strerror))
        sys.stderr.write(one_line(where) + "\n")
        sys.exit(2)
    except FileExistsError as wrong:
        where = InputError(str(wrong.filename), "is a file, where a folder is wanted")
        sys.stderr.write(one_line(where) + "\n")
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vpnedu {__version__}")
        raise typer.Exit


@app.callback()
def vpnedu(
    version: Annotated[
        bool,
        typer.Option(
            "--version", metavar="", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Send packets through the book's networks, let its gateways fail, be asked questions."""


@app.command()
def scenarios(json: Json = False) -> None:
    """List what can be run: scenarios for packets, designs over time, and what can strike them."""
    if not json:
        shown.scenarios(SCENARIOS.values())
        shown_runs.designs(DESIGNS.values())
        return
    listed: list[Scenario | Design] = [*SCENARIOS.values(), *DESIGNS.values()]
    for one in listed:
        shown.line(simulating.listed(one))


@app.command()
def send(
    scenario: Annotated[
        str,
        typer.Argument(help="A name from `vpnedu scenarios`, or a document: [bold]office.json[/]."),
    ],
    source: Annotated[
        str | None,
        typer.Argument(
            show_default=False,
            help="The host that sends: its name or address. A document may have a packet of its "
            "own, which is sent without these two.",
        ),
    ] = None,
    destination: Annotated[
        str | None,
        typer.Argument(
            show_default=False, help="A host's name, or an address in one of the networks."
        ),
    ] = None,
    protocol: Annotated[
        str, typer.Option(help="tcp, udp, icmp, esp, … or a number, 0 to 255.")
    ] = "tcp",
    port: Annotated[
        str | None,
        typer.Option(metavar="N", help="The destination port, where the protocol has ports: 443."),
    ] = None,
    size: Annotated[
        str, typer.Option(metavar="BYTES", help="The length of the whole IP packet.")
    ] = "100",
    fragment: Annotated[
        bool,
        typer.Option("--fragment/--no-fragment", help="Whether the path may fragment the packet."),
    ] = False,
    anywhere: Annotated[
        bool,
        typer.Option("--anywhere", help="Send it even if no network of the scenario holds it."),
    ] = False,
    json: Json = False,
) -> None:
    """Send one packet through a scenario, and print what happened to it, step by step.

    A packet that is dropped is an answer, not an error.
    """
    trace = run(
        scenario,
        source,
        destination,
        protocol=protocol,
        port=port,
        size=size,
        fragment=fragment,
        anywhere=anywhere,
    )
    if json:
        shown.line(trace.to_dict())
    else:
        shown.transcript(trace)


@app.command()
def lookup(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|ADDRESS",
            show_default=False,
            help="A TOML or JSON file ([bold]-[/] is standard input), and more destinations.",
        ),
    ] = None,
    routes: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Look destinations up in these routes instead of FILE's: what "
            "[bold]ip -json route show[/] (or [bold]ip -6 -json …[/]) prints on Linux, or a "
            "file like FILE.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Look packets up in your own policies, destinations in your own routes.

    Every row is shown with the reason why it won or lost. FILE may hold:

    [bold]default[/]       what happens if no policy holds a packet: discard or bypass
    [bold]policies[/]      local, remote, protocol, local_ports, remote_ports,
                  action, tunnel
    [bold]packets[/]       source, destination, protocol, source_port,
                  destination_port
    [bold]routes[/]        prefix, via, preference, metric, blackhole
    [bold]destinations[/]  addresses

    local and remote are a prefix, an address, "first-last", or a list of
    these. Ports are "any", "443" or "1000-2000". action is protect, bypass or
    discard; beside a tunnel it may be left out, and is protect. A packet is
    tcp unless it says otherwise; a port left out is one that can't be seen.

    JSON and errors count entries from 0: the first policy is policies[0].
    Tables and reasons count rows from 1.

    [bold]vpnedu lookup tables.toml[/]
    [bold]ip -json route show | vpnedu lookup --routes - 10.2.0.1[/]
    """
    asked = gathered(arguments or [], routes)
    for place, packet in enumerate(asked.packets):
        found = asked.policies.lookup(packet)
        if json:
            shown.line(answers.policy(found))
        else:
            shown.policy(found, asked.policies, place)
    for address in asked.destinations:
        if json:
            shown.line(answers.route(asked.routes.lookup(address), asked.routes))
        else:
            shown.route(asked.routes, address)


app.command(epilog=over_time.TIMER_LIST)(over_time.simulate)
app.command()(over_time.compare)
app.command()(over_time.availability)
app.command()(configuring.config)
app.command()(documenting.document)
app.add_typer(quizzes.app, name="quiz")
