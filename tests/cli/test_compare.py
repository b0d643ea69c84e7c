"""`vpnedu compare`: designs against faults, in a table or one cell a line."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vpnedu.cli import shown_runs
from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.matrix import CASES, Cell, matrix

ROOT = Path(__file__).parents[2]
PAIR = ("active-standby", "active-active")


def rows(out: str) -> list[list[str]]:
    """The cells of each line that has any; columns stand two spaces apart."""
    return [re.split(r" {2,}", line.strip()) for line in out.splitlines() if line.strip()]


def test_each_fault_is_a_row_and_each_design_a_column(vpnedu) -> None:
    faults = ("instance-crash@30", "tunnel-cut@30")
    given = [part for fault in faults for part in ("--fault", fault)]
    done = vpnedu("compare", *PAIR, *given, "--seeds", "3")
    made = matrix(PAIR, {fault: (fault,) for fault in faults}, seeds=3)
    shown = rows(done.out)
    assert shown[0] == ["fault", *PAIR]
    for fault, cells, line in zip(faults, made.cells, shown[2:], strict=False):
        assert line == [fault, *(shown_runs.cell(cell, 3) for cell in cells)]
    assert "of 3 runs up to 300 s; profile azure" in done.out


def test_without_designs_and_faults_all_of_the_book_is_compared(vpnedu) -> None:
    done = vpnedu("compare", "--seeds", "1", "--json")
    assert [(one["case"], one["scenario"]) for one in done.objects] == [
        (case, name) for case in CASES for name in DESIGNS
    ]


def test_cases_of_the_book_that_strike_nothing_are_left_out(vpnedu) -> None:
    done = vpnedu("compare", "active-standby", "--seeds", "1", "--json")
    assert "the circuit is cut" not in {one["case"] for one in done.objects}
    assert all(one["applies"] for one in done.objects)


def test_json_has_one_object_a_cell_with_the_outage_of_every_run(vpnedu) -> None:
    command = ("compare", *PAIR, "--fault", "dead-standby@10+instance-crash@30", "--seeds", "4")
    faults = ("dead-standby@10", "instance-crash@30")
    [cell] = matrix(("active-standby",), {"": faults}, seeds=4).cells[0]
    assert cell is not None
    said = {"case": "dead-standby@10+instance-crash@30", "faults": list(faults)}
    run = {"profile": "azure", "settings": {}, "seeds": 4, "until": 300.0}
    none = dict.fromkeys(("median", "worst", "unrecovered", "worst_seed", "seconds"))
    assert vpnedu(*command, "--json").objects == [
        {
            **said,
            "scenario": "active-standby",
            **run,
            "applies": True,
            "median": cell.median,
            "worst": cell.worst,
            "unrecovered": cell.unrecovered,
            "worst_seed": cell.worst_seed,
            "seconds": list(cell.seconds),
        },
        {**said, "scenario": "active-active", **run, "applies": False, **none},
    ]


def test_a_run_stands_behind_each_number(vpnedu) -> None:
    [cell] = vpnedu(
        "compare", "active-standby", "--fault", "instance-crash@30", "--seeds", "5", "--json"
    ).objects
    [run] = vpnedu(
        "simulate", "active-standby", "--fault", "instance-crash@30", "--json",
        "--seed", cell["worst_seed"],
    ).objects  # fmt: skip
    assert max(outage["seconds"] for outage in run["outages"]) == cell["worst"]


def test_profile_timers_and_time_reach_the_runs(vpnedu) -> None:
    options = ("--profile", "rfc", "--set", "lan-misses=5", "--until", "100", "--seeds", "2")
    done = vpnedu("compare", "two-devices", "--fault", "device-loss@30", *options, "--json")
    [cell] = matrix(
        ("two-devices",),
        {"": ("device-loss@30",)},
        profile="rfc",
        settings={"lan-misses": "5"},
        until=100.0,
        seeds=2,
    ).cells[0]
    assert cell is not None
    assert done.objects[0]["seconds"] == list(cell.seconds)


@pytest.mark.parametrize(
    ("cell", "seeds", "shown"),
    [
        (None, 100, "—"),
        (Cell(0.0, 0.0, 0, (), 1), 100, "none"),
        (Cell(44.8, 49.72, 0, (), 1), 100, "44.8 / 49.7 s"),
        (Cell(0.0, 0.061, 0, (), 1), 100, "0.0 / 0.061 s"),
        (Cell(44.8, 44.8, 0, (), 1), 1, "44.8 s"),
        (Cell(44.8, None, 7, (), 1), 100, "44.8 s / no recovery (7 of 100)"),
        (Cell(None, None, 1200, (), 1), 1500, "no recovery (1,200 of 1,500)"),
    ],
)
def test_a_cell_says_the_median_the_worst_or_why_there_is_none(cell, seeds, shown) -> None:
    assert shown_runs.cell(cell, seeds) == shown


def test_a_narrow_terminal_gets_several_tables(vpnedu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_runs.shown, "PIPED_WIDTH", 80)
    done = vpnedu("compare", "--fault", "instance-crash@30", "--seeds", "1")
    heads = [row for row in rows(done.out) if row[0] == "fault"]
    assert len(heads) > 1
    assert [name for row in heads for name in row[1:]] == list(DESIGNS)
    assert max(map(len, done.out.splitlines()[:-3])) <= 80


def test_no_progress_bar_where_stderr_is_no_terminal(vpnedu, monkeypatch) -> None:
    monkeypatch.setattr(shown_runs, "PATIENCE", 0.0)
    assert vpnedu("compare", *PAIR, "--fault", "instance-crash@30", "--seeds", "1").err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_progress_bar_on_a_terminal_leaves_the_answer_alone() -> None:
    code = (
        "from vpnedu.cli import main, shown_runs; shown_runs.PATIENCE = 0.0; "
        "main(['compare', 'active-active', '--seeds', '1', '--json'])"
    )
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True,
            env=os.environ | {"TERM": "xterm"},
        )  # fmt: skip
        drawn = os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "cells" in drawn
    assert all(line.startswith("{") for line in done.stdout.splitlines())


BAD = {
    "--seeds 0": "--seeds: '0' is not a whole number from 1 to 100,000",
    "--seeds 100001": "--seeds: '100001' is not a whole number from 1 to 100,000",
    "--seeds many": "--seeds: 'many' is not a whole number",
    "activ-standby": "scenario: there is no 'activ-standby'; nearest: active-standby",
    "hub-route-based": "scenario: hub-route-based is for single packets",
    "--fault crash@30": "--fault: there is no 'crash'; nearest: ",
    "active-active --fault circuit-cut@30": "--fault: circuit-cut@30 has nothing to strike in act",
    "--fault instance-crash@500": "instance-crash: begins at 500 s, but the run ends at 300 s",
    "--fault instance-crash@30+": "--fault: 'instance-crash@30+' is no case; write NAME@SECONDS",
    "--fault instance-crash@9+instance-crash@20": "instance-crash: cannot strike instance 1 at 20",
    "--until nan": "--until: nan is not a length of a run",
    "--until inf --fault instance-crash@30": "--until: inf is not a length of a run",
    "--profile azur": "--profile: there is no 'azur'; nearest: azure",
    "--set hold-time=2": "hold-time: 2 is not allowed: a hold time is 0 or at least 3 s",
}


@pytest.mark.parametrize(("options", "said"), BAD.items())
def test_what_is_wrong_is_one_line_that_names_the_rule(vpnedu, options: str, said: str) -> None:
    done = vpnedu("compare", *options.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1
