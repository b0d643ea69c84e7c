"""What becomes of a packet at each moment: it flies, is sealed or opened, arrives or is dropped."""

from vpnedu.drawing.ink import PACKETS, WAYS, Box, Pen, Point, along
from vpnedu.drawing.layout import Layout
from vpnedu.drawing.moments import DELIVERED, DROPPED
from vpnedu.drawing.packets import (
    capsule_size,
    dock,
    draw_capsule,
    place_of,
    stem,
    track,
    tube_of,
    until,
)
from vpnedu.drawing.style import width
from vpnedu.network.topology import INTERNET
from vpnedu.simulation.events import (
    Delivered,
    Dropped,
    Event,
    Flight,
    Opened,
    Sealed,
)
from vpnedu.simulation.trace import Datagram, Trace

ARROW = 13.0
# When the wrapping is this far done it closes over the packet, and how thick it is then.
PACKED, WRAPPING = 0.7, 6.0


def draw_packet(pen: Pen, layout: Layout, trace: Trace, event: Event) -> None:
    """Ink for the packet of one event, all of it at once: before, on its way, and after."""
    match event:
        case Flight():
            draw_flight(pen, layout, trace, event, _telling_share(layout, event))
        case Sealed():
            both = trace.datagrams[event.inner], trace.datagrams[event.datagram]
            _draw_change(pen, layout, event.node, both)
        case Opened():
            both = trace.datagrams[event.datagram], trace.datagrams[event.inner]
            _draw_change(pen, layout, event.node, both)
        case Delivered() | Dropped():
            draw_verdict(pen, layout, trace, event)


def _telling_share(layout: Layout, flight: Flight) -> float:
    """How far a packet has come in a picture that stands for its whole flight.

    Half of the way; but in a rising tunnel nearer to the upper gateway, since names stand above
    gateways, and into the internet all of it, where the next flight begins.
    """
    if flight.target == INTERNET:
        return 1.0
    if tube_of(layout, flight) is None:
        return 0.5
    rise = layout.boxes[flight.target].y - layout.boxes[flight.source].y
    return 0.5 + (rise > 1) * 0.05 - (rise < -1) * 0.05


def draw_flight(pen: Pen, layout: Layout, trace: Trace, event: Flight, share: float) -> None:
    """A packet on its way, with the way itself, `share` of it behind."""
    datagram = trace.datagrams[event.datagram]
    tube, line = tube_of(layout, event), layout.sheet.line * 1.3
    spot = _kept(layout, place_of(layout, event, share), datagram)
    if tube is None:
        box = Box(*spot, *capsule_size(layout.sheet, datagram))
        ends_inside = share == 1 and event.target == INTERNET
        shown = until(track(layout, event), box) if ends_inside else track(layout, event)
        pen.arrow(shown, edge="clear", line=line)
    else:
        pen.arrow([along(tube, t) for t in (0.85, 0.92, 1.0)], edge="tunnel", line=line)
    draw_capsule(pen, layout.sheet, spot, datagram, event.fragments)


def draw_resting(pen: Pen, layout: Layout, name: str, datagram: Datagram) -> Box:
    """A packet that waits at a thing."""
    pen.line(stem(layout, name), edge="soft", line=layout.sheet.line, z=WAYS)
    spot = _kept(layout, dock(layout, name), datagram)
    return draw_capsule(pen, layout.sheet, spot, datagram)


def _kept(layout: Layout, at: Point, datagram: Datagram) -> Point:
    """The place nearest to `at` where a packet is wholly inside the picture."""
    extent = layout.extent
    box = Box(*at, *capsule_size(layout.sheet, datagram)).within(extent.left + 1, extent.right - 1)
    return box.x, box.y


def _draw_change(pen: Pen, layout: Layout, node: str, both: tuple[Datagram, Datagram]) -> None:
    """Before and after, side by side below the gateway that seals or opens."""
    sheet, (x, y), extent = layout.sheet, dock(layout, node), layout.extent
    first, second = (capsule_size(sheet, datagram)[0] for datagram in both)
    pen.line(stem(layout, node), edge="soft", line=sheet.line, z=WAYS)
    whole = Box(x, y, first + ARROW + second, 1).within(extent.left + 1, extent.right - 1)
    draw_capsule(pen, sheet, (whole.left + first / 2, y), both[0])
    draw_capsule(pen, sheet, (whole.right - second / 2, y), both[1])
    between = [(whole.left + first + 1, y), (whole.right - second - 1.5, y)]
    pen.arrow(between, edge="ink", line=sheet.line * 1.3, z=PACKETS)


def draw_verdict(pen: Pen, layout: Layout, trace: Trace, event: Delivered | Dropped) -> None:
    """How it ended, in a word beside the packet where it ended."""
    words, ink = (DELIVERED, "good") if isinstance(event, Delivered) else (DROPPED, "bad")
    sheet, datagram = layout.sheet, trace.datagrams[event.datagram]
    box = draw_resting(pen, layout, event.node, datagram)
    wide = width(words, sheet.text, bold=True) + 8
    side = 1 if event.node == INTERNET else layout.inward(event.node)
    badge = Box(box.x + side * (box.w / 2 + 3 + wide / 2), box.y, wide, sheet.text + 5)
    pen.box(badge, fill=ink, corner=4, z=PACKETS)
    spot = (badge.x, badge.y)
    pen.text(spot, words, sheet.text, ink="paper", on=ink, bold=True, ha="center", z=PACKETS + 0.2)


def draw_packing(
    pen: Pen, layout: Layout, trace: Trace, event: Sealed | Opened, share: float
) -> None:
    """A packet while it is put into another, or taken out, `share` of that being done."""
    if isinstance(event, Opened):
        share = 1 - share
    if share > PACKED:
        draw_resting(pen, layout, event.node, trace.datagrams[event.datagram])
        return
    box = draw_resting(pen, layout, event.node, trace.datagrams[event.inner])
    grown = share / PACKED * WRAPPING
    around = Box(box.x, box.y, box.w + 2 * grown, box.h + 2 * grown)
    pen.box(around, fill="tunnel", corner=8, z=PACKETS - 0.1)
