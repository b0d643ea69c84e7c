"""`vpnedu simulate` and `vpnedu compare`: from words on the command line to runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from vpnedu.cli import documents
from vpnedu.cli.options import as_typed, decimal, settings, whole
from vpnedu.cli.plain import clipped
from vpnedu.network.addresses import InputError
from vpnedu.simulation.counting import counts
from vpnedu.simulation.designs import DESIGNS, Design, design
from vpnedu.simulation.events import to_dict
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.faults import FAULTS, planned
from vpnedu.simulation.matrix import CASES, Matrix, case_applies, matrix
from vpnedu.simulation.profiles import profile
from vpnedu.simulation.scenarios import SCENARIOS, Scenario
from vpnedu.simulation.trace import Trace
from vpnedu.studies.at_once import Progress, at_once

JOINT = "+"  # between the faults of one case: "dead-standby@10+instance-crash@30"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked of the engine, beside designs and faults."""

    profile: str
    until: float
    settings: dict[str, str]

    @classmethod
    def of(cls, profile_name: str, until: str, given: Sequence[str] | None) -> "Asked":
        """The options as texts, checked as far as they can be without a run."""
        with as_typed():
            asked = cls(profile_name, decimal(until, "--until"), settings(given))
            profile(asked.profile).setting(asked.settings)
            return asked


def chosen(name: str) -> Design:
    """The design called `name`. A scenario for packets is no design, and says so."""
    if name in SCENARIOS:
        rule = f"{name} is for single packets (vpnedu send), and has no faults"
        raise InputError("scenario", f"{rule}; those over time: {', '.join(DESIGNS)}")
    with as_typed():
        return design(name)


def listed(one: Scenario | Design) -> dict[str, Any]:
    """A scenario as one JSON-ready object; a design has faults, each with what it can strike."""
    known: dict[str, Any] = {"name": one.name, "title": one.title, "lesson": one.lesson}
    if isinstance(one, Design):
        struck = {name: list(fault.targets(one)) for name, fault in FAULTS.items()}
        known["faults"] = {name: targets for name, targets in struck.items() if targets}
    return known


def run(name: str, faults: Sequence[str] | None, asked: Asked, seed: str) -> Trace:
    """The trace of one run of a design."""
    plan = documents.design(name).design if documents.is_document(name) else chosen(name)
    number = whole(seed, "--seed")
    with as_typed():
        return simulate(
            plan,
            faults or (),
            profile=asked.profile,
            until=asked.until,
            seed=number,
            settings=asked.settings,
        )


def answer(trace: Trace, name: str, asked: Asked, seed: str) -> dict[str, Any]:
    """A run as one JSON-ready object."""
    found = counts(trace)
    return {
        "scenario": name,
        "profile": asked.profile,
        "settings": asked.settings,
        "seed": int(seed),
        "until": trace.until,
        "faults": [fault.to_dict() for fault in trace.faults],
        "sent": found.sent,
        "delivered": found.delivered,
        "lost": found.lost,
        "in_flight": found.in_flight,
        "outages": [outage.to_dict() for outage in trace.outages],
        "events": [to_dict(event) for event in trace.events],
    }


def compared(
    names: Sequence[str] | None,
    faults: Sequence[str] | None,
    asked: Asked,
    seeds: str,
    progress: Progress,
) -> tuple[Matrix, dict[str, tuple[str, ...]]]:
    """Designs against cases of faults, on all processors; and the faults of each case."""
    designs = tuple(dict.fromkeys(chosen(name).name for name in names or DESIGNS))
    number = whole(seeds, "--seeds", 1, 100_000)
    with as_typed():
        cases = _cases(faults, designs)
        for case in cases.values():
            for name in filter(partial(case_applies, case), designs):
                # A mistake in a case is found here, before the work begins.
                planned(case, design(name), asked.until)
        made = matrix(
            designs,
            cases,
            profile=asked.profile,
            seeds=number,
            until=asked.until,
            settings=asked.settings,
            each=partial(at_once, progress=progress),
        )
    return made, cases


def cells(made: Matrix, cases: dict[str, tuple[str, ...]], asked: Asked) -> list[dict[str, Any]]:
    """A matrix as JSON-ready objects, one for each cell."""
    return [
        {
            "case": case,
            "faults": list(cases[case]),
            "scenario": name,
            "profile": made.profile,
            "settings": asked.settings,
            "seeds": made.seeds,
            "until": asked.until,
            "applies": cell is not None,
            "median": cell and cell.median,
            "worst": cell and cell.worst,
            "unrecovered": cell and cell.unrecovered,
            "worst_seed": cell and cell.worst_seed,
            "seconds": cell and list(cell.seconds),
        }
        for case, row in zip(made.faults, made.cells, strict=True)
        for name, cell in zip(made.designs, row, strict=True)
    ]


def _case(text: str) -> tuple[str, ...]:
    faults = tuple(part.strip() for part in text.split(JOINT))
    if not all(faults):
        rule = f"{clipped(text, 40)!r} is no case; write NAME@SECONDS, more of them joined by +"
        raise InputError("--fault", rule)
    return faults


def _cases(faults: Sequence[str] | None, designs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The cases asked for, or else those of the book that strike any of the designs."""
    cases = {text: _case(text) for text in faults} if faults else dict(CASES)
    struck = {case: fs for case, fs in cases.items() if any(case_applies(fs, n) for n in designs)}
    if faults and len(struck) < len(cases):
        case = next(case for case in cases if case not in struck)
        rule = f"{clipped(case, 60)} has nothing to strike in {', '.join(designs)}"
        raise InputError("--fault", rule)
    return struck
