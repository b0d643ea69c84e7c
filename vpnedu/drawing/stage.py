"""The stage of a film: the scene, the packet over it, and below them what is said and asked."""

from matplotlib.axes import Axes

from vpnedu.drawing.ink import Box
from vpnedu.drawing.layout import arrange
from vpnedu.drawing.moments import carried, key_events, lit, needs, said, title
from vpnedu.drawing.packing import draw_flight, draw_packing, draw_resting, draw_verdict
from vpnedu.drawing.pictures import fitted
from vpnedu.drawing.places import graph
from vpnedu.drawing.plates import Plate
from vpnedu.drawing.scene import draw_scene
from vpnedu.drawing.style import PLATE, house_style, wrap
from vpnedu.drawing.tables import draw_table, set_table
from vpnedu.simulation.events import Delivered, Dropped, Flight, Lookup, Opened, Sealed
from vpnedu.simulation.trace import Trace

DOTS = 96
HEAD, WORDS = 9.5, 8.5
STEP = WORDS * 1.35
PAD, BAR = 6.0, 8.0
# Time to see that something new has begun, and to read a letter, in milliseconds.
NOTICING, READING = 700, 25


class Stage:
    """The plate of a film. Its scene is drawn anew for each event, packet and words each time."""

    def __init__(self, trace: Trace):
        drawn = graph(trace)
        self.trace = trace
        self.events = key_events(trace)
        self.before = len(trace.events) - len(self.events)
        self.layout = arrange(drawn, PLATE, needs(trace, drawn, PLATE, fold=False))
        extent = self.layout.extent
        self.tables = {
            step: set_table(event, PLATE.text, extent.w)
            for step, event in enumerate(self.events)
            if isinstance(event, Lookup)
        }
        self.lines = [wrap(said(event), WORDS, extent.w - 2 * PAD) for event in self.events]
        self.told = HEAD * 2.1 + max(map(len, self.lines)) * STEP
        self.room = self.told + max((t.height for t in self.tables.values()), default=0) + BAR
        self.shown = -1
        with house_style():
            self._set_up(extent)

    def _set_up(self, extent: Box) -> None:
        """The axes: the scene, the packet over it, and the panel below."""
        self.plate = Plate(extent.w, self.room + extent.h, str(self.trace), DOTS)
        self.scene = fitted(self.plate.blank(0, self.room, extent.w, extent.h), extent)
        self.over = fitted(self.plate.blank(0, self.room, extent.w, extent.h), extent)
        self.panel = fitted(
            self.plate.blank(0, 0, extent.w, self.room),
            Box(extent.w / 2, self.room / 2, extent.w, self.room),
        )

    def reading_time(self, step: int) -> int:
        """How long the words of an event take to be read, in milliseconds."""
        event = self.events[step]
        rows = event.rows if isinstance(event, Lookup) else ()
        letters = len(said(event)) + sum(len(row.reason) for row in rows if row.state == "won")
        return NOTICING + READING * letters

    def show(self, step: int, share: float) -> None:
        """Draw the moment at which a share, 0 to 1, of an event is over."""
        if step != self.shown:
            _wipe(self.scene.ax)
            draw_scene(self.scene, self.layout, lit(self.events[step]))
            self.shown = step
        _wipe(self.over.ax)
        self._packet(step, share)
        _wipe(self.panel.ax)
        self._panel(step, share)

    def _packet(self, step: int, share: float) -> None:
        event, pen, layout = self.events[step], self.over, self.layout
        match event:
            case Flight():
                draw_flight(pen, layout, self.trace, event, _eased(share))
            case Sealed() | Opened():
                draw_packing(pen, layout, self.trace, event, share)
            case Delivered() | Dropped():
                draw_verdict(pen, layout, self.trace, event)
            case Lookup():
                packet = carried(self.trace, self.before + step)
                draw_resting(pen, layout, event.node, self.trace.datagrams[packet])

    def _panel(self, step: int, share: float) -> None:
        """What happens, why, the table asked last, and how far the run has come."""
        pen, event, wide = self.panel, self.events[step], self.layout.extent.w
        ink = {Delivered: "good", Dropped: "bad"}.get(type(event), "ink")
        y = self.room - HEAD
        pen.text((PAD, y), f"{step + 1}  {title(event)}", HEAD, ink=ink, bold=True)
        for line, words in enumerate(self.lines[step]):
            pen.text((PAD, y - HEAD * 1.5 - line * STEP), words, WORDS)
        asked = max((place for place in self.tables if place <= step), default=None)
        if asked is not None:
            table = self.tables[asked]
            rows = round(share * len(table.lines)) if asked == step else None
            draw_table(pen, table, (0, self.room - self.told), rows)
        done = (step + share) / len(self.events) * wide
        pen.line([(0, 1.5), (wide, 1.5)], edge="line", line=3)
        pen.line([(0, 1.5), (done, 1.5)], edge="ink", line=3)


def _wipe(ax: Axes) -> None:
    """Take everything off the axes, but leave what they show."""
    for artist in (*ax.patches, *ax.texts):
        artist.remove()


def _eased(share: float) -> float:
    """A movement that begins and ends gently."""
    return 2 * share * share if share < 0.5 else 1 - 2 * (1 - share) ** 2
