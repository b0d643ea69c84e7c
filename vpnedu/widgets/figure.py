"""The figure: what a page needs to play one or two scenarios, as JSON and as HTML.

Nothing here needs a notebook or a browser: a Python in the page can build the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation.documents import scenario_written, send_of
from vpnedu.simulation.scenarios import SCENARIOS, Scenario
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.asking import Ask, asking, of_stage
from vpnedu.widgets.scene import scenes
from vpnedu.widgets.still import still


@dataclass(frozen=True)
class Show:
    """One choice in a figure's menu: its label, a trace for each stage, and its question."""

    label: str
    traces: tuple[Trace, ...]
    ask: Ask | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of the book. `id` is its anchor; `caption` says what to notice.

    `form` is what a reader may choose where there is an engine, None where nothing.
    """

    id: str
    title: str
    caption: str
    names: tuple[str, ...]
    shows: tuple[Show, ...]
    form: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The figure as JSON-ready data: traces, and each different scene once."""
        drawn: list[dict[str, str]] = []
        presets = [_preset(show, self.names, drawn) for show in self.shows]
        return {
            "id": self.id,
            "title": self.title,
            "presets": presets,
            "scenes": drawn,
            "form": self.form,
        }

    def html(self) -> str:
        """The custom element with its data, and inside it what is read without scripts."""
        # A "<" could end the script element or open a comment; JSON can write it as a number.
        data = json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
        data = data.replace("<", "\\u003c")
        drawn = "".join(still(name, trace) for name, trace in self._first())
        return (
            f'<vpn-figure id="{escape(self.id)}">'
            f'<script type="application/json">{data}</script>'
            f'<p class="figure-title">{escape(self.title)}</p>'
            f'<p class="figure-caption">{escape(self.caption)}</p>'
            f'<div class="frame stages{" two" if len(self.names) > 1 else ""}">{drawn}</div>'
            f"</vpn-figure>"
        )

    def __str__(self) -> str:
        """Title, caption and the transcripts of the first run."""
        transcripts = [str(trace) for _, trace in self._first()]
        return "\n".join([self.title, self.caption, "", *transcripts]).rstrip()

    def _first(self) -> list[tuple[str, Trace]]:
        return list(zip(self.names, self.shows[0].traces, strict=True))


def _preset(show: Show, names: tuple[str, ...], drawn: list[dict[str, str]]) -> dict[str, Any]:
    """One menu entry; its scenes are added to `drawn` unless they are there already."""
    runs = []
    for name, trace in zip(names, show.traces, strict=True):
        scene = scenes(trace)
        if scene not in drawn:
            drawn.append(scene)
        runs.append({"name": name, "scene": drawn.index(scene), "trace": trace.to_dict()})
    ask = show.ask.to_dict() if show.ask else None
    return {"label": show.label, "runs": runs, "ask": ask}


def _form(scenarios: tuple[Scenario, ...], places: Sequence[int]) -> dict[str, Any]:
    """What a reader may send: from whom, and the packets that the menu offers to begin with.

    An engine knows the book's scenarios by their names; others go with their whole documents.
    """
    first = scenarios[0]
    states = [first.state_at(first.presets[place])[0] for place in places]
    presets = [_written(first, place) for place in places]
    if any(SCENARIOS.get(one.name) != one for one in scenarios):
        for packet, place in zip(presets, places, strict=True):
            packet["documents"] = [scenario_written(one, place) for one in scenarios]
    return {
        "scenarios": [scenario.name for scenario in scenarios],
        "sources": list(dict.fromkeys(host.name for state in states for host in state.hosts)),
        "presets": presets,
    }


def _written(scenario: Scenario, place: int) -> dict[str, Any]:
    """The packet of a preset as the fields of a form; what is usual is left out."""
    preset = scenario.presets[place]
    topology, _ = scenario.state_at(preset)
    sent = send_of(preset.packet, topology, preset.origin, answered=preset.answered)
    unusual = {
        "source_port": "" if sent.source_port is None else str(sent.source_port),
        "sender": sent.sender or "",
        "answered": sent.answered,
        "fragment": sent.fragment,
    }
    return {
        "preset": place,
        "source": sent.source,
        "destination": str(preset.packet.destination),
        "protocol": sent.protocol,
        "port": "" if sent.port is None else str(sent.port),
        "length": str(sent.length),
        **{name: value for name, value in unusual.items() if value},
    }


def figure_of(
    scenarios: tuple[Scenario, ...],
    *,
    anchor: str,
    caption: str,
    title: str | None = None,
    presets: tuple[int, ...] | None = None,
    ask: str | None = None,
) -> Figure:
    """A figure of one scenario, or of two side by side on one clock.

    `anchor` is the figure's id in the page, the start of links to its moments. `presets` picks
    by place which of the scenarios' packets are offered (all, unless told); two scenarios must
    offer packets with the same labels. `ask` names a question of `ASKS`,
    asked of the last scenario's trace.
    """
    first = scenarios[0]
    places = range(len(first.presets)) if presets is None else presets
    question = asking(ask) if ask else None
    shows = []
    for place in places:
        _check_preset(place, scenarios)
        traces = tuple(scenario.run(place) for scenario in scenarios)
        ask_now = question(traces[-1]) if question else None
        if ask_now and len(scenarios) > 1:
            ask_now = of_stage(ask_now, scenarios[-1].title)
        shows.append(Show(first.presets[place].label, traces, ask_now))
    form = _form(scenarios, places)
    names = tuple(scenario.title for scenario in scenarios)
    return Figure(anchor, title or " against ".join(names), caption, names, tuple(shows), form)


def _check_preset(place: int, scenarios: tuple[Scenario, ...]) -> None:
    for scenario in scenarios:
        if place not in range(len(scenario.presets)):
            raise InputError("presets", f"{scenario.name} has no preset {place}")
    labels = [scenario.presets[place].label for scenario in scenarios]
    if len(set(labels)) > 1:
        rule = f"side by side, labels must agree, and preset {place} is {' and '.join(labels)}"
        raise InputError("presets", rule)
