"""The lanes of a run at its end as SVG: for pages without scripts, and for print.

The player draws its own, which unfold with time; both use the same classes of `vpnedu.css`.
"""

from dataclasses import dataclass, replace
from html import escape

from vpnedu.simulation.trace import FlowLine, Lane, Outage, Trace
from vpnedu.widgets.ink import fitted, number, rect, text
from vpnedu.widgets.places import Box
from vpnedu.widgets.states import Segment, bands, segments

LOST = "lost for "
LETTER = 6.4  # the width of a letter, rather too wide


@dataclass(frozen=True, slots=True)
class Measures:
    """How lanes are laid out: the picture's width, the lanes' two ends, heights, name above?"""

    width: float
    left: float
    right: float
    bar: float
    step: float
    above: bool


WIDE = Measures(760, 186, 738, 18, 26, above=False)
UPRIGHT = Measures(306, 8, 298, 15, 34, above=True)


def still_lanes(trace: Trace) -> dict[str, str]:
    """The lanes in both arrangements, as SVG text."""
    return {"wide": _svg(trace, WIDE, "wide"), "upright": _svg(trace, UPRIGHT, "upright")}


def lane_name(lane: Lane) -> str:
    """What a lane is about, and whose view it is."""
    if lane.aspect == "state":
        return lane.thing
    return f"{lane.thing}’s route" if lane.aspect == "route" else f"{lane.thing} {lane.aspect}"


def _x(trace: Trace, m: Measures, time: float) -> float:
    return m.left + (m.right - m.left) * min(max(time / (trace.until or 1.0), 0.0), 1.0)


def _svg(trace: Trace, m: Measures, arrangement: str) -> str:
    head = 30.0 + 15 * len(_told(trace))
    y = head + 8
    rows: list[str] = []
    for lane in trace.lanes:
        rows.append(_row(trace, lane_name(lane), segments(trace, lane), y, m))
        y += m.step
    y += 6
    for flow in trace.flows:
        worst = _longest(trace, flow)
        rows.append(_row(trace, flow.name, _lasting(bands(trace, flow)), y, m))
        y += m.step
        if worst:
            said = _split(worst, m)
            x = min(_x(trace, m, worst.start), m.right - LETTER * len(said))
            rows.append(text(max(x, m.left), y + (11 if m.above else 4), said, "split"))
            y += 22
    words = "; ".join(
        f"{lane_name(lane)}: {segments(trace, lane)[-1].state}" for lane in trace.lanes
    )
    label = escape(f"Lanes at the end, {trace.until:g} s. {words}")
    return (
        f'<svg class="lanes {arrangement}" viewBox="0 0 {number(m.width)} {number(y + 8)}" '
        f'role="img" aria-label="{label}">{_axis(trace, m, y)}{_faults(trace, m, y)}'
        f"{''.join(rows)}</svg>"
    )


def _axis(trace: Trace, m: Measures, foot: float) -> str:
    until = trace.until or 1.0
    parts = []
    for quarter in range(5):
        time = until * quarter / 4
        x, anchor = _x(trace, m, time), ("start", "middle", "middle", "middle", "end")[quarter]
        parts.append(f'<path class="grid" d="M{number(x)} 22V{number(foot)}"/>')
        parts.append(text(x, 14, f"{time:g} s", "axis", anchor))
    return "".join(parts)


def _told(trace: Trace) -> list[tuple[float, str, str]]:
    """What is told of faults, in order of time: each as it strikes, and as it is mended."""
    told = [(fault.at, f"✕ {fault.words}", "bad") for fault in trace.faults]
    ends = [(f.until, f"✓ {f.over}", "mended") for f in trace.faults if f.until is not None]
    return sorted(told + ends)


def _faults(trace: Trace, m: Measures, foot: float) -> str:
    parts = []
    for place, (at, words, kind) in enumerate(_told(trace)):
        x = _x(trace, m, at)
        start = x + 5 if x + 5 + LETTER * len(words) < m.right else m.left
        parts.append(f'<path class="fault {kind}" d="M{number(x)} 22V{number(foot)}"/>')
        parts.append(text(start, 36 + 15 * place, words, kind))
    return "".join(parts)


def _row(trace: Trace, name: str, parts: list[Segment], y: float, m: Measures) -> str:
    if m.above:
        drawn = fitted(m.left, y + 12, name, m.right - m.left, 12.5, "name")
        y += 16
    else:
        drawn = fitted(14, y + m.bar / 2 + 4, name, m.left - 14, 12.5, "name")
    return drawn + "".join(_segment(trace, part, y, m) for part in parts)


def _segment(trace: Trace, part: Segment, y: float, m: Measures) -> str:
    start, end = _x(trace, m, part.start), _x(trace, m, part.end)
    box = Box(start, y, max(end - start - 1, 1.5), m.bar)
    bad = part.tone == "bad"
    words = f"✕ {part.state}" if bad else part.state
    if bad:
        middle = number(y + m.bar / 2)
        drawn = f'<path class="bad" d="M{number(start)} {middle}H{number(end)}"/>'
        drawn += (
            rect(Box(start, y, box.width, m.bar), 0, "lost") if part.state.startswith(LOST) else ""
        )
    else:
        drawn = rect(box, 4, part.tone)
    drawn = f"<g><title>{escape(words)}</title>{drawn}"
    short = ("✕",) if bad else ()
    for said in (words, words.replace("not known yet", "unknown"), words.replace(LOST, ""), *short):
        if LETTER * len(said) + (2 if said in short else 12) <= box.width:
            inset = (box.width - LETTER) / 2 if said in short else 6
            return f"{drawn}{text(start + inset, y + m.bar / 2 + 4, said, part.tone)}</g>"
    return f"{drawn}</g>"


def _lasting(parts: list[Segment]) -> list[Segment]:
    """A flow's stretches, with how long its packets were lost."""
    return [
        replace(part, state=f"{LOST}{part.end - part.start:.1f} s") if part.tone == "bad" else part
        for part in parts
    ]


def _longest(trace: Trace, flow: FlowLine) -> Outage | None:
    mine = [outage for outage in trace.outages if outage.flow == flow.name]
    return max(mine, key=lambda outage: outage.seconds, default=None)


def _split(outage: Outage, m: Measures) -> str:
    """Where an outage's seconds went; one that never ends has no redirect, nothing to decide."""
    if outage.end is None and outage.detect >= outage.seconds:
        return "nobody found out"
    if outage.end is None:
        return f"detect {outage.detect:.1f} s, then nothing to turn to"
    parts = (
        f"{part} {seconds:.1f}"
        for part, seconds in (
            ("detect", outage.detect),
            ("decide", outage.decide),
            ("redirect", outage.redirect),
        )
    )
    # On a narrow page the unit is told once.
    return (" · " if m.above else " s · ").join(parts) + " s"
