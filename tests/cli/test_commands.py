"""The program as a whole: how it starts, what it says of itself, and what it lists."""

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from vpnedu import SCENARIOS, __version__
from vpnedu.cli import tables
from vpnedu.simulation.designs import DESIGNS, Design
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import TIMERS, parse_value, profile

COMMANDS = ("scenarios", "send", "lookup", "simulate", "compare", "availability", "quiz")
ROOT = Path(__file__).parents[2]


def python(*arguments: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
    """A Python of its own, started in the checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, **settings,
    )  # fmt: skip


def test_python_m_vpnedu_is_the_program() -> None:
    done = python("-m", "vpnedu", "send", "two-sites-policy-based", "Ana", "Ben")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Two sites, policy-based\n")
    assert "Ben receives" in done.stdout


def test_an_error_is_one_line_and_exit_code_2() -> None:
    done = python("-m", "vpnedu", "lookup", "missing.toml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "missing.toml: No such file or directory\n"


def test_it_starts_without_what_draws() -> None:
    heavy = ("numpy", "matplotlib", "networkx", "ipywidgets", "anywidget", "vpnedu.drawing")
    code = f"import sys, vpnedu.cli; print([m for m in {heavy} if m in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    # More than a pipe holds, so that writing goes on after the reader has gone.
    path = tmp_path / "long.toml"
    path.write_text("destinations = [" + '"10.0.0.1", ' * 2000 + "]")
    command = f'"{sys.executable}" -m vpnedu lookup "{path}" --json | head -n 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_reader_that_stops_early_ends_a_run_over_time_too() -> None:
    command = f'"{sys.executable}" -m vpnedu compare zonal --seeds 1 --json | head -c 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGINT for one process")
def test_ctrl_c_ends_a_comparison_without_a_traceback() -> None:
    # Whoever starts the tests in the background may have told them to ignore Ctrl-C.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        [sys.executable, "-m", "vpnedu", "compare", "--seeds", "100000"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heeds,
    ) as run:  # fmt: skip
        time.sleep(2)
        run.send_signal(signal.SIGINT)
        try:
            out, said = run.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            run.kill()
            raise
    assert (out, said, run.returncode) == ("", "", 130)


def test_a_terminal_that_knows_only_ascii_gets_codes() -> None:
    done = python(
        "-c",
        "from vpnedu.cli import main; main(['lookup', '-'])",
        input='destinations = ["10.2.0.1"]\n[[routes]]\nprefix = "10.2.0.0/16"\nvia = "München"',
        env={"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert r"M\xfcnchen" in done.stdout


def test_version(vpnedu) -> None:
    assert vpnedu("--version").out == f"vpnedu {__version__}\n"


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_every_command_has_help(vpnedu, command: tuple[str, ...]) -> None:
    done = vpnedu(*command, "--help")
    assert done.code == 0
    assert f"Usage: {' '.join(['vpnedu', *command])}" in done.out


def test_the_help_of_lookup_names_every_key(vpnedu) -> None:
    said = vpnedu("lookup", "--help").out
    for key in (*tables.KEYS, *tables.POLICY, *tables.PACKET, *tables.ROUTE):
        assert key in said


def test_scenarios_lists_each_one(vpnedu) -> None:
    done = vpnedu("scenarios")
    for scenario in (*SCENARIOS.values(), *DESIGNS.values()):
        [line] = [
            line for line in done.out.splitlines() if line.strip().startswith(f"{scenario.name} ")
        ]
        assert scenario.title in line
        assert scenario.lesson in line


def test_scenarios_as_json(vpnedu) -> None:
    assert vpnedu("scenarios", "--json").objects == [
        {"name": one.name, "title": one.title, "lesson": one.lesson} for one in SCENARIOS.values()
    ] + [
        {"name": one.name, "title": one.title, "lesson": one.lesson, "faults": targets(one)}
        for one in DESIGNS.values()
    ]


def targets(design: Design) -> dict[str, list[str]]:
    """What each fault that applies can strike."""
    return {
        name: list(fault.targets(design)) for name, fault in FAULTS.items() if applies(name, design)
    }


def test_scenarios_tells_what_each_fault_does_and_where(vpnedu) -> None:
    lines = [" ".join(line.split()) for line in vpnedu("scenarios").out.splitlines()]
    assert "device-loss device 1 is dead all" in lines
    assert "zone-loss zone 1 is lost zonal, zone-redundant" in lines
    assert "instance-crash instance 1 has crashed all but expressroute" in lines
    for name in FAULTS:
        assert [line for line in lines if line.startswith(f"{name} ")]


def test_scenarios_shows_timers_as_set_takes_them(vpnedu) -> None:
    shown = [line.split() for line in vpnedu("scenarios").out.splitlines()]
    for name in TIMERS:
        [line] = [line for line in shown if line[:1] == [name]]
        for one, value in zip(PROFILES, line[-len(PROFILES) :], strict=True):
            assert parse_value(name, value) == profile(one).values[name]


def test_the_help_of_simulate_names_every_timer(vpnedu) -> None:
    said = vpnedu("simulate", "--help").out
    for timer in TIMERS:
        assert timer in said
