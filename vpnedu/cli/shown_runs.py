"""Runs over time for a person's eyes: outages, totals, and designs against faults."""

import sys
from collections.abc import Iterable, Sequence
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from vpnedu.cli import shown
from vpnedu.cli.simulating import Asked
from vpnedu.simulation.counting import counts
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.matrix import Cell, Matrix
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import TIMERS, Value, profile
from vpnedu.simulation.trace import Outage, Trace

OUTAGES = ("flow", "from", "to", "seconds", "detect", "decide", "redirect", "lost", "causes")
NUMBERS = OUTAGES[1:-1]
PATIENCE = 0.7  # seconds without a word before a progress bar appears
NONE, NOT_HERE = "none", "—"


def run(trace: Trace, asked: Asked, seed: str) -> None:
    """A run: its transcript, its outages, and what became of the packets."""
    shown.transcript(trace)
    sys.stdout.write("\n")
    if trace.outages:
        made = shown.grid("outages, in seconds", OUTAGES, map(_outage, trace.outages))
        for column in made.columns:
            if column.header in NUMBERS:
                column.justify, column.no_wrap = "right", True
        shown.show(made)
    else:
        shown.say("no outage")
    found = counts(trace)
    shown.say(
        f"sent {found.sent:,}, delivered {found.delivered:,}, lost {found.lost:,}, "
        f"in flight {found.in_flight:,}"
    )
    shown.say(f"{_profile(asked)}; seed {int(seed)}; until {asked.until:g} s")


def _profile(asked: Asked) -> str:
    changed = "".join(f", {name}={value}" for name, value in asked.settings.items())
    return f"profile {asked.profile}{changed}"


def _outage(outage: Outage) -> tuple[str, ...]:
    split = (outage.seconds, outage.detect, outage.decide, outage.redirect)
    return (
        outage.flow,
        f"{outage.start:.3f}",
        "not over" if outage.end is None else f"{outage.end:.3f}",
        *(f"{seconds:.3f}" for seconds in split),
        f"{outage.lost:,}",
        "; then ".join(outage.causes),
    )


def matrix(made: Matrix, asked: Asked) -> None:
    """Designs against faults, in as many tables as the terminal's width needs."""
    console = shown.console()
    names = list(made.designs)
    while names:
        fitting = len(names)
        while fitting > 1 and _wide(made, names[:fitting], console) > console.width:
            fitting -= 1
        shown.show(_matrix(made, names[:fitting]))
        names = names[fitting:]
    what = "the outage" if made.seeds == 1 else "median / worst outage"
    runs = "one run" if made.seeds == 1 else f"{made.seeds:,} runs"
    whose = f"of the flow that is hit worst, of {runs} up to {asked.until:g} s"
    shown.say(f"{what} {whose}; {_profile(asked)}")


def _matrix(made: Matrix, names: Sequence[str]) -> Table:
    places = [made.designs.index(name) for name in names]
    rows = [
        (case, *(cell(row[place], made.seeds) for place in places))
        for case, row in zip(made.faults, made.cells, strict=True)
    ]
    return shown.grid("", ("fault", *names), rows)


def _wide(made: Matrix, names: Sequence[str], console: Console) -> int:
    return console.measure(
        _matrix(made, names), options=console.options.update(width=10_000)
    ).maximum


def cell(found: Cell | None, seeds: int) -> str:
    """A cell in words: "44.8 / 49.7 s" are the median and the worst of many runs."""
    if found is None:
        return NOT_HERE
    stuck = f"no recovery ({found.unrecovered:,} of {seeds:,})"
    if found.median is None:
        return stuck
    if found.worst is None:
        return f"{_short(found.median)} s / {stuck}"
    if found.worst == 0:
        return NONE
    if seeds == 1:
        return f"{_short(found.worst)} s"
    return f"{_short(found.median)} / {_short(found.worst)} s"


def _short(seconds: float) -> str:
    """With one decimal; a short time with two digits that count."""
    return f"{seconds:.1f}" if seconds >= 0.95 or not seconds else f"{seconds:.2g}"


def designs(made: Iterable[Design]) -> None:
    """The designs that `vpnedu simulate` takes, the faults that strike them, and all timers."""
    rows = [(one.name, one.title, one.lesson) for one in made]
    shown.show(shown.named("designs, for vpnedu simulate, compare and availability", rows))
    struck = [(name, *_struck(name)) for name in FAULTS]
    shown.show(shown.grid("faults, for --fault NAME@SECONDS", ("name", "what", "in"), struck))
    timers = [
        (name, timer.words, *(written(profile(one).values[name]) for one in PROFILES))
        for name, timer in TIMERS.items()
    ]
    columns = ("name", "what", *PROFILES)
    shown.show(shown.grid("timers, for --set NAME=VALUE, and the profiles", columns, timers))


def written(value: Value) -> str:
    """A timer's value as --set takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "-".join(f"{part:g}" for part in value)
    return f"{value:g}"


def _struck(name: str) -> tuple[str, str]:
    """What a fault does to the first thing that it can strike, and in which designs it can."""
    struck = [design for design in DESIGNS.values() if applies(name, design)]
    others = [other for other, design in DESIGNS.items() if design not in struck]
    words = FAULTS[name].words.format(FAULTS[name].targets(struck[0])[0])
    if len(others) <= 2:
        return words, " ".join(["all", *(["but"] if others else []), " and ".join(others)]).strip()
    return words, ", ".join(design.name for design in struck)


class Bar:
    """A progress bar on stderr, once it has taken long; none where stderr is no terminal."""

    def __init__(self, words: str):
        self._words = words
        self._begun = monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __call__(self, done: int, of: int) -> None:
        """So many are done."""
        if self._bar is None and monotonic() - self._begun > PATIENCE and done < of:
            self._start(of)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, refresh=True)

    def _start(self, of: int) -> None:
        console = Console(stderr=True)
        # No thread of its own: it moves when something is done.
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        self._bar = Progress(
            *columns,
            TimeRemainingColumn(),
            console=console,
            transient=True,
            auto_refresh=False,
            disable=not console.is_terminal,
        )
        self._bar.add_task(self._words, total=of)
        self._bar.start()
