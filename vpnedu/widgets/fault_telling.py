"""A case of *find the fault* as the page gets it: all that can be seen of it, and its end.

Nothing here needs a notebook or a browser: a Python in the page makes the same.
"""

from typing import Any

from vpnedu.simulation.journey import send
from vpnedu.widgets.fault_cases import Case
from vpnedu.widgets.fault_looks import looks
from vpnedu.widgets.fault_observed import TOO_BIG, Observed
from vpnedu.widgets.fault_suspects import SUSPECTS
from vpnedu.widgets.figure import Figure, Show


def told(case: Case, seen: Observed, anchor: str) -> dict[str, Any]:
    """The case as data; `anchor` is the id of the figure with its runs."""
    return {
        "title": case.title,
        "symptom": case.symptom,
        "looks": [look.to_dict() for look in looks(seen)],
        "sees": outcomes(seen),
        "counts": [seen.counts(probe) for probe in case.cast.probes],
        # The right suspect is the one that has nothing to say for itself.
        "alibis": [suspect.alibi(seen) for suspect in SUSPECTS.values()],
        "cure": case.cure,
        "figure": _figure(anchor, case).to_dict(),
    }


def outcomes(seen: Observed) -> list[str]:
    """What the sender of each probe sees."""
    found = [seen.outcome(probe) for probe in seen.cast.probes]
    return [f"{said}, largest {seen.room}" if said == TOO_BIG else said for said in found]


def words_of(answer: str) -> str:
    """A suspect's words as the beginning of a sentence."""
    words = SUSPECTS[answer].words
    return words[0].upper() + words[1:]


def _figure(anchor: str, case: Case) -> Figure:
    """The runs that show what was wrong."""
    title = words_of(case.answer)
    traces = [
        send(
            case.topology,
            play.packet,
            title=title,
            changes=play.changes or (),
            answered=True,
        )
        for play in case.plays
    ]
    shows = (Show(play.label, (trace,)) for play, trace in zip(case.plays, traces, strict=True))
    return Figure(anchor, title, case.cure, (title,), tuple(shows))
