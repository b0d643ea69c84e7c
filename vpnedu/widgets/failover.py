"""Figures of high-availability designs under faults: one design, or two on one clock."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from vpnedu.network.addresses import InputError
from vpnedu.simulation import profiles
from vpnedu.simulation.designs import Design, design
from vpnedu.simulation.failover import UNTIL, simulate
from vpnedu.simulation.faults import FAULTS, applies
from vpnedu.simulation.profile_data import PROFILES
from vpnedu.simulation.profiles import Value
from vpnedu.simulation.trace import Strike, Trace
from vpnedu.widgets.asking import OUTAGE_ASKS, Ask, asking, of_stage
from vpnedu.widgets.figure import Figure, Show

if TYPE_CHECKING:
    from vpnedu.widgets.player import Player

# What a reader may change besides faults, with the label of its field.
SETTINGS = {
    "liveness-delay": "liveness check after, s",
    "hold-time": "BGP hold time, s",
    "bfd": "BFD",
}
Case = tuple[str, ...]


def figure_of_designs(
    *names: str,
    anchor: str,
    caption: str,
    faults: tuple[Case, ...],
    title: str | None = None,
    profile: str = "azure",
    seed: int = 1,
    until: float = UNTIL,
    ask: str | None = None,
    settings: Mapping[str, object] | None = None,
    labels: tuple[str, ...] | None = None,
) -> Figure:
    """A figure of one design under faults, or of two side by side on one clock.

    Each of `faults` is one choice in the figure's menu: texts such as "instance-crash@30", which
    strike together, in every design. `labels` are the choices' words, made of the faults unless
    given. `ask` names a question of `asking.ASKS`, asked of the last
    design's run.
    """
    if not 1 <= len(names) <= 2:
        raise InputError("designs", f"a figure shows one or two designs, not {len(names)}")
    if not faults:
        raise InputError("faults", "a figure needs at least one case; () is a day without faults")
    if labels is not None and len(labels) != len(faults):
        rule = f"one for each entry of faults: {len(faults)}, not {len(labels)}"
        raise InputError("labels", rule)
    question = asking(ask, OUTAGE_ASKS) if ask else None
    run = partial(simulate, profile=profile, until=until, seed=seed, settings=dict(settings or {}))
    shows = tuple(
        _show(tuple(run(name, case) for name in names), question, label)
        for case, label in zip(faults, labels or [None] * len(faults), strict=True)
    )
    titles = [design(name).title for name in names]
    shown = tuple(map(_short, titles)) if len(names) > 1 else (titles[0],)
    form = form_of(names, profile, settings or {}, until) | {
        "cases": [list(case) for case in faults],
        "seed": seed,
    }
    return Figure(anchor, title or " against ".join(shown), caption, shown, shows, form)


def _show(
    runs: tuple[Trace, ...], question: Callable[[Trace], Ask] | None, label: str | None
) -> Show:
    """One choice in the menu: the runs of one case, and what is asked of the last of them."""
    asked = question(runs[-1]) if question else None
    if asked and len(runs) > 1:
        asked = of_stage(asked, _short(runs[-1].title))
    return Show(label or label_of(runs[0]), runs, asked)


def _short(title: str) -> str:
    """A design's title up to its explanation."""
    return title.partition(":")[0]


def label_of(trace: Trace) -> str:
    """A run's faults in few words, with their times; a time that all have is told once."""
    if not trace.faults:
        return "no fault"
    times = [_times(fault) for fault in trace.faults]
    briefs = [FAULTS[fault.name].brief.format(fault.target) for fault in trace.faults]
    if len(set(times)) == 1:
        return f"{' + '.join(briefs)}, {times[0]}"
    return " + ".join(f"{brief}, {time}" for brief, time in zip(briefs, times, strict=True))


def _times(fault: Strike) -> str:
    """When a fault strikes, and when it is mended."""
    return f"{fault.at:g} s" if fault.until is None else f"{fault.at:g} to {fault.until:g} s"


def form_of(
    names: tuple[str, ...], profile: str, settings: Mapping[str, object], until: float
) -> dict[str, Any]:
    """What a reader may choose with an engine: faults that strike these designs, and timers.

    Each fault has its words and the things that it can strike in each design. What belongs to one
    run is for the caller to add: "cases", the faults of each choice in the menu, and "seed".
    """
    plans = [design(name) for name in names]
    known = [fault for fault in FAULTS if all(applies(fault, plan) for plan in plans)]
    usual = profiles.profile(profile)
    values = usual.setting(settings).values
    return {
        "designs": list(names),
        "faults": [[name, FAULTS[name].brief, struck(name, plans)] for name in known],
        "profiles": list(PROFILES),
        "profile": profile,
        "settings": [[key, label, written(usual.values[key])] for key, label in SETTINGS.items()],
        "set": {name: written(values[name]) for name in settings},
        "until": until,
    }


def struck(fault: str, plans: Sequence[Design]) -> list[str]:
    """What a fault can strike, by number: where two designs have other names for it, both."""
    targets = zip(*(FAULTS[fault].targets(plan) for plan in plans), strict=False)
    return [" / ".join(dict.fromkeys(names)) for names in targets]


def written(value: Value) -> str:
    """A timer's value as a form takes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-".join(f"{one:g}" for one in (value if isinstance(value, tuple) else (value,)))


def timers_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """All timers of the profile that `request` names under "timers", with words and values."""
    values = profiles.profile(str(request["timers"])[:100]).values
    return {
        "timers": [
            [name, f"{name}: {profiles.TIMERS[name].words}", written(values[name])]
            for name in values
        ]
    }


def play_failover(
    *names: str,
    anchor: str,
    caption: str,
    faults: tuple[Case, ...],
    title: str | None = None,
    profile: str = "azure",
    seed: int = 1,
    until: float = UNTIL,
    ask: str | None = None,
    settings: Mapping[str, object] | None = None,
    labels: tuple[str, ...] | None = None,
) -> "Player":
    """The live figure of one or two designs under faults; see `figure_of_designs`."""
    # Imported here: anywidget is not there where only the core runs, as in a browser's Python.
    from vpnedu.widgets.player import Player

    figure = figure_of_designs(
        *names,
        anchor=anchor,
        caption=caption,
        faults=faults,
        title=title,
        profile=profile,
        seed=seed,
        until=until,
        ask=ask,
        settings=settings,
        labels=labels,
    )
    return Player(figure)
