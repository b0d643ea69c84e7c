"""What a page shows of a run without scripts: its picture, and the whole run in words."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from vpnedu.simulation.events import Missed
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.design_scene import design_scenes
from vpnedu.widgets.scene import scenes
from vpnedu.widgets.states import states_at_end
from vpnedu.widgets.still_lanes import still_lanes


def still(name: str, trace: Trace) -> str:
    """One stage as HTML: of a run over time its end."""
    lanes = ""
    if trace.until is None:
        drawn = scenes(trace)
    else:
        drawn = design_scenes(trace, states_at_end(trace))
        lanes = f'<div class="lanes-view">{"".join(still_lanes(trace).values())}</div>'
    lines = "".join(f"<li>{escape(line)}</li>" for line in _lines(trace))
    return (
        f'<div class="stage"><p class="stage-name">{escape(name)}</p>'
        f'<div class="scene">{drawn["wide"]}{drawn["upright"]}</div>{lanes}<ol>{lines}</ol></div>'
    )


def _lines(trace: Trace) -> Iterator[str]:
    """The events in words; packets lost by chance one after the other are one line."""
    if trace.until is None:
        yield from (event.reason for event in trace.events)
        return
    for by_chance, group in groupby(trace.events, key=lambda event: isinstance(event, Missed)):
        events = list(group)
        if by_chance and len(events) > 1:
            first, last = events[0].at, events[-1].at
            yield f"{first:.3f} s to {last:.3f} s: {len(events)} packets are lost by chance."
        else:
            yield from (f"{event.at:.3f} s: {event.reason}" for event in events)
