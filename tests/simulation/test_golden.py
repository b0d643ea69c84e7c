"""Every scenario's transcripts are as recorded: a change of the engine shows as a diff to read.

`RECORD=1 pytest tests/simulation/test_golden.py` records them anew. Read what changed.
"""

import os
from pathlib import Path

import pytest

from vpnedu.simulation.scenarios import SCENARIOS, Scenario

GOLDEN = Path(__file__).parents[1] / "golden"
RECORD = os.environ.get("RECORD") == "1" and os.environ.get("CI") != "true"


def transcripts(scenario: Scenario) -> str:
    """What happens to each preset's packet, under the preset's label."""
    runs = (f"## {preset.label}\n\n{scenario.run(preset)}" for preset in scenario.presets)
    return "\n".join([f"# {scenario.title}", f"{scenario.lesson}\n", *runs])


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_run_is_as_recorded(name) -> None:
    recorded, now = GOLDEN / f"{name}.txt", transcripts(SCENARIOS[name])
    if RECORD:
        recorded.write_text(now, encoding="utf-8")
    assert recorded.exists(), "record it with RECORD=1, and read it"
    assert now == recorded.read_text(encoding="utf-8")


def test_nothing_is_recorded_that_no_scenario_gives() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCENARIOS)
