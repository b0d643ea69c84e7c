"""Moments of a run: what is lit and what is said while an event happens."""

import networkx as nx

from vpnedu.drawing.packets import capsule_size
from vpnedu.drawing.places import home, networks
from vpnedu.drawing.scene import Lit
from vpnedu.drawing.sizes import Needs
from vpnedu.drawing.style import Sheet
from vpnedu.drawing.tables import heading
from vpnedu.network.addresses import InputError
from vpnedu.network.topology import INTERNET
from vpnedu.simulation.events import (
    Carried,
    Changed,
    Delivered,
    Dropped,
    Flight,
    Lookup,
    Missed,
    Opened,
    Sealed,
)
from vpnedu.simulation.trace import Trace

DELIVERED, DROPPED = "✓ delivered", "✕ dropped"


# What happens to one packet at one place.
Moment = Flight | Lookup | Sealed | Opened | Delivered | Dropped


def key_events(trace: Trace) -> list[Moment]:
    """The events that a picture is made of; what had changed before the run is told in words.

    InputError for a run over time, which follows no single packet.
    """
    if trace.until is not None:
        rule = "a run over time follows flows, not one packet; vpnedu.drawing.lanes draws it"
        raise InputError("trace", rule)
    return [e for e in trace.events if not isinstance(e, Changed | Carried | Missed)]


def changes(trace: Trace) -> list[str]:
    """What had changed before the run, one a line."""
    return [event.reason for event in trace.events if isinstance(event, Changed)]


def where(event: Moment) -> tuple[str, ...]:
    """The things at which an event happens."""
    return (event.source, event.target) if isinstance(event, Flight) else (event.node,)


def met_things(trace: Trace) -> set[str]:
    """Everything that the packet meets on its way."""
    return {name for event in key_events(trace) for name in where(event)}


def concerned(trace: Trace) -> set[str]:
    """The hosts that the packet meets, or whose address it carries, forged or never reached."""
    addresses = {address for d in trace.datagrams for address in d.label.split(" → ")}
    hosts = [node for node in trace.nodes if node.kind == "host"]
    return {h.name for h in hosts if h.detail in addresses or h.name in met_things(trace)}


def needs(trace: Trace, drawn: nx.MultiGraph, sheet: Sheet, *, fold: bool) -> Needs:
    """The room that a run takes; with `fold` the networks it never meets are drawn small."""
    met = {home(drawn, name) for name in met_things(trace)}
    sizes = [capsule_size(sheet, datagram) for datagram in trace.datagrams]
    active = frozenset(met - {INTERNET})
    known = {home(drawn, host) for host in concerned(trace)}
    return Needs(
        (max(w for w, _ in sizes), max(h for _, h in sizes)),
        active,
        INTERNET in met,
        frozenset(networks(drawn)) - active - known if fold else frozenset(),
    )


def carried(trace: Trace, position: int) -> int:
    """The datagram that the packet is when the event at `position` begins."""
    before = 0
    for event in trace.events[:position]:
        if isinstance(event, Flight | Sealed):
            before = event.datagram
        elif isinstance(event, Opened):
            before = event.inner
    return before


def lit(event: Moment) -> Lit:
    """What an event brings out of its scene."""
    tunnel = event.tunnel if isinstance(event, Sealed | Opened) else None
    seen = False
    if isinstance(event, Flight) and event.link != "inside":
        seen = True
        tunnel = event.link
    return Lit(frozenset(where(event)), tunnel, seen)


def title(event: Moment) -> str:
    """What happens, in a few words."""
    match event:
        case Flight(link="inside"):
            return f"{event.source} to {event.target}"
        case Flight(link=link) if link == INTERNET:
            return "in the clear over the internet"
        case Flight(link=link):
            return f"sealed through {link}"
        case Lookup():
            return heading(event)
        case Sealed():
            return f"sealed for {event.tunnel}"
        case Opened():
            return f"opened from {event.tunnel}"
        case Delivered():
            return DELIVERED
        case Dropped():
            return f"{DROPPED}: {event.cause}"
    raise ValueError(f"no picture for {event.kind}")


def said(event: Moment) -> str:
    """The reason of an event. A table says its rows' reasons itself; below it stands the result."""
    if isinstance(event, Lookup):
        asks, _, _ = event.reason.partition(": ")
        return f"{asks}: {event.chose}"
    return event.reason
