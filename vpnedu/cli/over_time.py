"""The commands about runs over time: `simulate` and `compare`."""

from typing import Annotated

import typer

from vpnedu.cli import shown, shown_runs, simulating
from vpnedu.cli.documents import Options, filled, is_document
from vpnedu.cli.options import Json, ProfileName, Settings, Until
from vpnedu.simulation.failover import UNTIL
from vpnedu.simulation.profiles import TIMERS

TIME = f"{UNTIL:g}"
TIMER_LIST = f"Timers for --set: {', '.join(TIMERS)}."


def simulate(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Argument(help="A design's name from `vpnedu scenarios`, or a document.")
    ],
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME@SECONDS[:FOR]",
            help="What goes wrong, when, and for how long; [bold]tunnel-cut#2@30:60[/] strikes "
            "the second tunnel. May be repeated.",
        ),
    ] = None,
    until: Until = TIME,
    settings: Settings = None,
    profile: ProfileName = "azure",
    seed: Annotated[
        str, typer.Option(metavar="N", help="The same number gives the same run.")
    ] = "1",
    json: Json = False,
) -> None:
    """Run a design for some minutes, let things fail, and see where every second went.

    Prints the timeline, then the outages: how long it took to find out (detect), to know what
    to do (decide), and until packets arrived again (redirect).

    [bold]vpnedu simulate active-standby --fault instance-crash@30[/]
    [bold]vpnedu simulate two-regions --fault region-loss@30 --set hold-time=30[/]

    A document ([bold]design.json[/]) has a run of its own; what is typed comes before it.
    """
    if is_document(scenario):
        options = Options(fault, until, settings, profile, seed)
        fault, until, settings, profile, seed = filled(context, scenario, options)
    asked = simulating.Asked.of(profile, until, settings)
    trace = simulating.run(scenario, fault, asked, seed)
    if json:
        shown.line(simulating.answer(trace, scenario, asked, seed))
    else:
        shown_runs.run(trace, asked, seed)


def compare(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...",
            show_default=False,
            help="Designs' names from `vpnedu scenarios`; all designs if none is given.",
        ),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME@SECONDS[:FOR]",
            help="A row of the table; [bold]dead-standby@10+instance-crash@30[/] combines two. "
            "May be repeated; without it, the cases of the book.",
        ),
    ] = None,
    seeds: Annotated[
        str, typer.Option(metavar="N", help="How many runs stand behind each number.")
    ] = "100",
    until: Until = TIME,
    settings: Settings = None,
    profile: ProfileName = "azure",
    json: Json = False,
) -> None:
    """Compare designs under faults: how long the flow that is hit worst is out.

    Each number stands for many runs, which differ in the moment at which the fault meets the
    timers. JSON has one object for each cell, with the outage of every run.

    [bold]vpnedu compare active-standby active-active --fault instance-crash@30[/]
    """
    asked = simulating.Asked.of(profile, until, settings)
    with shown_runs.Bar("cells") as bar:
        made, cases = simulating.compared(scenarios, fault, asked, seeds, bar)
    if not json:
        shown_runs.matrix(made, asked)
        return
    for cell in simulating.cells(made, cases, asked):
        shown.line(cell)


def availability(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DESIGN]... | GROUP PART...",
            show_default=False,
            help="Designs from `vpnedu scenarios` (all if none is given), or a group of parts.",
        ),
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND=FAILURES,TIME",
            help="How often a year a kind of thing in designs fails, and for how long: "
            "[bold]provider=4,2.5h[/]. May be repeated.",
        ),
    ] = None,
    repair: Annotated[
        str,
        typer.Option(
            metavar="TIME", help="How long a repair takes, where a part tells only its share."
        ),
    ] = "4h",
    beta: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="The share of failures that hit all parts of a group at once: 0.1.",
        ),
    ] = None,
    years: Annotated[
        str, typer.Option(metavar="N", help="Beside it, so many years of faults by chance.")
    ] = "",
    seed: Annotated[str, typer.Option(metavar="N", help="Whose chance.")] = "1",
    coverage: Annotated[
        str,
        typer.Option(metavar="SHARE", help="With --years: the share of failovers that do happen."),
    ] = "1",
    profile: ProfileName = "azure",
    json: Json = False,
) -> None:
    """Tell how much of the time a design or a group of parts works, and what to mend first.

    A group is [bold]series[/] (all must work), [bold]parallel[/] (any one will do) or
    [bold]2-of[/] (so many must work), then its parts: 0.999 or 99.9%, or failures
    a year and their length, 12,15s. \\[ and ] hold a group as a part; NAME= before
    a part makes it the same part wherever the name stands.

    [bold]vpnedu availability active-active dual-redundancy --years 10000[/]
    [bold]vpnedu availability series 99.9% 99.9% 99.95%[/]
    [bold]vpnedu availability series isp=0.999 \\[ parallel 0.999 0.999 ][/]
    """
    from vpnedu.cli import reckoning, shown_years  # numpy takes a while to load

    chance = reckoning.Chance.of(years, seed, profile, coverage, rate)
    asked = reckoning.services(what or [], chance, repair, beta)
    with shown_runs.Bar("designs") as bar:
        found = reckoning.found(asked, chance, bar)
    if not json:
        shown_years.availability(found)
        return
    for one in found:
        shown.line(one.to_dict())
