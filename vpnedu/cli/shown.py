"""Lookups and lists for a person's eyes: tables with every row, its verdict as a word, and why."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vpnedu.cli.plain import plain
from vpnedu.cli.tables import Routes
from vpnedu.network.policies import PolicyLookup, PolicyRow, PolicyTable
from vpnedu.network.routes import Candidate, RouteLookup
from vpnedu.simulation.scenarios import Scenario
from vpnedu.simulation.trace import Trace

# Larger tables show only the rows that hold the packet: nobody reads 100,000 reasons.
MOST_ROWS = 500
# Wide enough for any row: what is piped into a file or `grep` stays one line a row.
PIPED_WIDTH = 10_000
ONE_WORD = ("row", "pref/metric", "verdict", "name")
STYLES = {"wins": "bold green", "equal": "green"}


def line(data: dict[str, Any]) -> None:
    """One JSON object on one line, in ASCII, so that every pipe carries it."""
    sys.stdout.write(json.dumps(data) + "\n")


def transcript(trace: Trace) -> None:
    """A trace in words, one event a line however long, for a person or a screen reader."""
    sys.stdout.write(plain(str(trace), keep="\n"))


def console() -> Console:
    """Where tables go: as wide as the terminal, and as wide as need be in a pipe."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=PIPED_WIDTH)


def scenarios(made: Iterable[Scenario]) -> None:
    """The scenarios: the name to type, the title, what it teaches."""
    rows = [(one.name, one.title, one.lesson) for one in made]
    show(named("scenarios, for vpnedu send", rows))


def named(title: str, rows: Iterable[Sequence[str]]) -> Table:
    """Things by the name to type, with their titles and what they teach."""
    return grid(title, ("name", "title", "lesson"), rows)


def policy(found: PolicyLookup, table: PolicyTable, place: int) -> None:
    """One packet's lookup in a policy table, the default as the last row."""
    rows = [_policy_row(row, found) for row in found.rows if _is_shown(len(table), row.matched)]
    default = ("not asked", "a row above decided")
    if found.winner is None:
        default = ("wins", "no row holds the packet")
    rows.append(("default", "any", "any", table.default, *default))
    asked = str(found.packet).rpartition(",")[0]
    columns = ("row", "local", "remote", "then", "verdict", "reason")
    show(grid(f"packet {place + 1}: {asked}", columns, rows))
    _left_out(len(table) + 1 - len(rows), "policies that do not hold the packet")
    decided = "the default" if found.winner is None else f"row {found.winner + 1}"
    tunnel = f", in tunnel {found.tunnel}" if found.tunnel else ""
    say(f"{found.action}{tunnel}: {decided} decides")


def _policy_row(row: PolicyRow, found: PolicyLookup) -> tuple[str, ...]:
    verdict = "wins" if row.index == found.winner else "lost" if row.asked else "not asked"
    sides = row.policy.selector.side("local"), row.policy.selector.side("remote")
    return str(row.index + 1), *sides, row.policy.then, verdict, row.reason


def route(routes: Routes, address: Any) -> None:
    """One address's lookup in a route table: its candidates best first, then the other routes."""
    every = len(routes.table) <= MOST_ROWS
    found = routes.explain(address) if every else routes.lookup(address)
    rows = [_route_row(row, found, routes) for row in found.candidates]
    columns = ("row", "prefix", "via", "pref/metric", "verdict", "reason")
    show(grid(f"destination {address}", columns, rows))
    _left_out(len(routes.table) - len(rows), f"routes that do not hold {address}")
    say(_conclusion(found, routes))


def _route_row(row: Candidate, found: RouteLookup, routes: Routes) -> tuple[str, ...]:
    verdict = "lost" if row.matched else "no match"
    if row.index in found.equal_cost:
        verdict = "wins" if row.index == found.winner else "equal"
    known = row.route
    return (
        str(routes.places[row.index] + 1),
        str(known.prefix),
        _way(row),
        f"{known.preference}/{known.metric}",
        verdict,
        row.reason,
    )


def _way(row: Candidate) -> str:
    return row.route.via or "blackhole"


def _conclusion(found: RouteLookup, routes: Routes) -> str:
    if found.winner is None:
        thrown = found.candidates and found.candidates[0].matched
        why = "this table gives no answer" if thrown else "no route holds the address"
        return f"no route: {why}"
    best = found.candidates[0]
    where = f"dropped, {_way(best)}" if best.route.blackhole else f"via {best.route.via}"
    told = f"{where}: row {routes.places[found.winner] + 1} decides"
    if len(found.equal_cost) > 1:
        told += f"; it is one of {len(found.equal_cost)} equal routes, which share the flows"
    return told


def _is_shown(size: int, matched: bool) -> bool:
    return matched or size <= MOST_ROWS


def grid(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of plain text: what stands in a file is never read as rich's markup."""
    head = Text(plain(title), style="bold") if title else None
    made = Table(
        title=head,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for name in columns:
        made.add_column(name, overflow="fold", no_wrap=name in ONE_WORD)
    for row in rows:
        verdict = row[columns.index("verdict")] if "verdict" in columns else ""
        made.add_row(*(Text(plain(cell)) for cell in row), style=STYLES.get(verdict, ""))
    return made


def show(made: Table) -> None:
    """Print a table."""
    console().print(made)


def _left_out(number: int, what: str) -> None:
    if number > 0:
        say(f"and {number:,} {what}")


def say(told: str) -> None:
    """Print a line of its own."""
    sys.stdout.write(plain(told) + "\n\n")
