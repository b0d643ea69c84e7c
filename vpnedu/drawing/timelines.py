"""A run over time as lanes: one for each state that a reader follows, and one for each flow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from vpnedu.drawing.bars import BAR, MEANINGS, Room, draw_legend, draw_span, unsaid
from vpnedu.drawing.ink import GROUND, Box, Pen
from vpnedu.drawing.marks import STEP as LINE
from vpnedu.drawing.marks import draw_marks, set_marks
from vpnedu.drawing.outages import FlowRow, draw_flow, set_flow
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.spans import Axis, Span, lane_name, lane_spans, window
from vpnedu.drawing.style import PLATE, house_style, width, wrap
from vpnedu.network.addresses import InputError, quoted
from vpnedu.simulation.trace import FlowLine, Lane, Trace

TITLE, NAME, SMALL = 11.0, 8.0, 6.5
STEP = SMALL * 1.35
# From one lane to the next; with many of them they stand closer, so that they fit on a page.
WIDE, CLOSE, MANY = BAR + 4.5, BAR + 1.8, 20
TICKS_APART = 42.0
GAP, LEGEND, CLEAR = 6.0, 22.0, 1.0


def lanes(
    trace: Trace,
    *,
    start: float | None = None,
    until: float | None = None,
    only: Iterable[str] | None = None,
) -> Plate:
    """A run over time as bars on a time axis in seconds, with every outage and whose it was.

    Shown is the part from `start` to `until`; unless told, where something happens. `only` names
    the things and flows to show, in any order; unless told, all of them. InputError for the run
    of a packet, which has no lanes, and for what the run does not have.
    """
    if trace.until is None:
        rule = "a packet's run has no lanes; take a run over time, as vpnedu.simulate makes it"
        raise InputError("trace", rule)
    begin, end = window(trace, start, until)
    shown, flows = _chosen(trace, only)
    names = [lane_name(lane) for lane in shown] + [f"packets, {flow.name}" for flow in flows]
    left = max(width(name, NAME) for name in names) + 12
    axis = Axis(begin, end, left, PLATE.width - 8)
    rows = [(lane_name(lane), lane_spans(trace, lane)) for lane in shown]
    with house_style():
        return _Sheet(trace, axis, rows, [set_flow(trace, flow, axis) for flow in flows]).drawn()


def _chosen(trace: Trace, only: Iterable[str] | None) -> tuple[Sequence[Lane], Sequence[FlowLine]]:
    """The lanes of the things, and the flows, that are asked for."""
    if only is None:
        return trace.lanes, trace.flows
    wanted = {only} if isinstance(only, str) else set(only)
    known = {lane.thing for lane in trace.lanes} | {flow.name for flow in trace.flows}
    for name in sorted(wanted - known):
        near = get_close_matches(name, sorted(known), n=3, cutoff=0.3) or sorted(known)[:3]
        raise InputError("only", f"the run has no {quoted(name)}; nearest: {', '.join(near)}")
    if not wanted:
        raise InputError("only", "names nothing to show")
    shown = [lane for lane in trace.lanes if lane.thing in wanted]
    return shown, [flow for flow in trace.flows if flow.name in wanted]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The lanes of a run, set along an axis."""

    trace: Trace
    axis: Axis
    rows: Sequence[tuple[str, Sequence[Span]]]
    flows: Sequence[FlowRow]

    @property
    def struck(self) -> list[Room]:
        """Where the lines of faults go down, which words keep clear of."""
        marks = set_marks(self.trace, self.axis)
        return [(mark.x - CLEAR, mark.x + CLEAR) for mark in marks]

    @property
    def pitch(self) -> float:
        """From one lane to the next."""
        return CLOSE if len(self.rows) + len(self.flows) > MANY else WIDE

    def drawn(self) -> Plate:
        """The picture, from the head down."""
        marks = set_marks(self.trace, self.axis)
        lines = 1 + max((mark.row for mark in marks), default=-1)
        head = TITLE * 1.9 + SMALL * 2 + lines * LINE + 3
        body = len(self.rows) * self.pitch + GAP + sum(flow.height for flow in self.flows)
        foot = [line for note in self._notes() for line in wrap(note, SMALL, PLATE.width - 8)]
        tall = head + body + LEGEND + len(foot) * STEP
        plate = Plate(PLATE.width, tall, str(self.trace))
        board = Box(PLATE.width / 2, tall / 2, PLATE.width, tall)
        pen = fitted(plate.blank(0, 0, PLATE.width, tall), board)
        pen.text((4, tall - TITLE * 0.9), self.trace.title, TITLE, bold=True)
        top, bottom = tall - head, tall - head - body
        self._ticks(pen, tall - TITLE * 1.9 - SMALL * 0.7, bottom)
        draw_marks(pen, marks, top, bottom)
        self._lanes(pen, top)
        draw_legend(pen, self._tones(), (4, bottom - LEGEND / 2))
        for line, words in enumerate(foot):
            pen.text((4, bottom - LEGEND - (line + 0.2) * STEP), words, SMALL, ink="soft")
        return plate

    def _ticks(self, pen: Pen, y: float, bottom: float) -> None:
        """The time in seconds above the lanes, and a thin line down from each."""
        for at, words in self.axis.ticks(TICKS_APART):
            x = self.axis.x(at)
            spot = Box(x, y, width(words, SMALL), 1).within(0, PLATE.width - 1)
            pen.text((spot.x, y), words, SMALL, ink="soft", ha="center")
            pen.line([(x, y - SMALL * 0.8), (x, bottom)], edge="line", line=0.6, z=GROUND)

    def _lanes(self, pen: Pen, top: float) -> None:
        """A name and its bars on each line; flows stand apart, below."""
        y = top - self.pitch / 2
        for name, spans in self.rows:
            pen.text((4, y), name, NAME)
            for span in spans:
                draw_span(pen, self.axis, span, y, self.struck)
            y -= self.pitch
        y += self.pitch / 2 - GAP
        for flow in self.flows:
            pen.text((4, y - flow.middle), flow.name, NAME)
            draw_flow(pen, self.axis, self.trace, flow, y, self.struck)
            y -= flow.height

    def _tones(self) -> list[str]:
        """The kinds of bars that are shown, in the legend's order."""
        spans = [span for _, row in self.rows for span in row]
        spans += [span for flow in self.flows for span in flow.spans]
        shown = {span.tone for span in spans if self.axis.shows(span.start, span.end)}
        return [tone for tone in MEANINGS if tone in shown]

    def _notes(self) -> list[str]:
        """What has no room in the picture, in words: states first, then outages."""
        short = [
            f"{name}: {', '.join(_times(spans))}"
            for name, row in self.rows
            if (spans := [span for span in row if unsaid(self.axis, span, self.struck)])
        ]
        said = f"Too short for words: {'; '.join(short)}."
        return [said] * bool(short) + [f"{note}." for f in self.flows for note in f.notes]


def _times(spans: Sequence[Span]) -> list[str]:
    """Each state with when it is, or how often if that is more than once."""
    made = []
    for words in dict.fromkeys(span.words for span in spans):
        when = [span for span in spans if span.words == words]
        once = f"{when[0].start:.1f} to {when[0].end:.1f} s"
        made.append(f"{words} ({once if len(when) == 1 else f'{len(when)} times'})")
    return made
