"""What became of the flows, as events and outages: a function of their stretches."""

from collections.abc import Iterator
from itertools import groupby

from vpnedu.network.addresses import InputError
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.clock import Story
from vpnedu.simulation.events import Carried, Missed
from vpnedu.simulation.trace import Outage
from vpnedu.simulation.world.following import Followed, Stretch, departures

# Each packet that is lost by chance is an event of its own.
MOST_AT_RISK = 100_000


def carried(flow: Followed) -> Iterator[Carried]:
    """The flow's stretches as events."""
    before: Stretch | None = None
    broken: float | None = None
    for stretch in flow.stretches:
        stopped = stretch.walk.stopped
        if stopped and broken is None:
            broken = stretch.since
        yield Carried(
            stretch.at,
            flow.line.name,
            round(stretch.since, 6),
            stretch.walk.path,
            round(stretch.walk.delay, 6),
            stopped.where if stopped else None,
            stopped.cause if stopped else None,
            _sentence(flow, stretch, before, broken),
        )
        if not stopped:
            broken = None
        before = stretch


def _sentence(
    flow: Followed, stretch: Stretch, before: Stretch | None, broken: float | None
) -> str:
    name, stopped = flow.line.name, stretch.walk.stopped
    if stopped:
        still = "still" if before and before.walk.stopped else "now"
        return f"{name}: packets are {still} lost at {stopped.where}: {stopped.cause}."
    way = ", ".join(thing for thing in stretch.walk.path if thing.startswith(("tunnel", "circuit")))
    if broken is not None:
        return f"{name}: packets arrive again, over {way}, after {_lasted(stretch.since - broken)}."
    if stretch.walk.risk:
        where, part = stretch.walk.risk
        return f"{name}: of the packets over {way}, {part:.0%} are lost by chance at {where}."
    verb = "now take" if before else "take"
    return f"{name}: packets {verb} {way} and arrive."


def _lasted(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def missed(flow: Followed, seed: int, until: float) -> Iterator[Missed]:
    """The packets that are lost one by one, by chance. InputError if they are too many to tell."""
    luck = Chance(seed, f"{flow.line.name}/packets")
    ends = [*(stretch.since for stretch in flow.stretches[1:]), until]
    for stretch, end in zip(flow.stretches, ends, strict=True):
        if stretch.walk.risk is None or stretch.walk.stopped:
            continue
        where, part = stretch.walk.risk
        first, last = departures(flow.line, stretch.since), departures(flow.line, end)
        if last - first > MOST_AT_RISK:
            rule = f"{last - first:,} packets of {flow.line.name} may be lost one by one"
            raise InputError("until", f"{rule}; {MOST_AT_RISK:,} at most: ask for less time")
        for packet in range(first, last):
            if luck.random() < part:
                left = flow.line.starts + packet * flow.line.interval
                reason = f"{flow.line.name}: packet {packet + 1} is lost by chance at {where}."
                yield Missed(left, flow.line.name, packet, where, reason)


def outages(flow: Followed, until: float) -> Iterator[Outage]:
    """The flow's outages, in order."""
    ends = [*(stretch.since for stretch in flow.stretches[1:]), until]
    # What was over before a packet met it is no break between two outages.
    pairs = [pair for pair in zip(flow.stretches, ends, strict=True) if pair[1] > pair[0].since]
    groups = [list(g) for _, g in groupby(pairs, key=lambda pair: bool(pair[0].walk.stopped))]
    for place, group in enumerate(groups):
        start, end = group[0][0].since, group[-1][1]
        if not group[0][0].walk.stopped:
            continue
        after = groups[place + 1][0][0] if place + 1 < len(groups) else None
        stories = [stretch.story for stretch, _ in group]
        causes = dict.fromkeys(s.walk.stopped.cause for s, _ in group if s.walk.stopped)
        yield Outage(
            flow.line.name,
            round(start, 6),
            round(end, 6) if after else None,
            round(end - start, 6),
            tuple(causes),
            *_split(start, end, stories, after.story if after else Story()),
            departures(flow.line, end) - departures(flow.line, start),
        )


def _split(
    start: float, end: float, stories: list[Story], ended: Story
) -> tuple[float, float, float]:
    """The seconds of an outage: detect, decide, redirect, by the story of what `ended` it.

    Where nobody's discovery did, but mending or nothing: until somebody who changed the flow's way
    found out, if anybody did, is detect; the rest is decide, as there was nothing to turn to.
    """
    total = round(end - start, 6)
    if ended.detected is not None and ended.detected >= start:
        detected = min(ended.detected, end)
        decided = min(max(ended.decided or detected, detected), end)
    else:
        found = (s.detected for s in stories if s.detected is not None and s.detected >= start)
        detected, decided = min([*found, end]), end
    detect = round(round(detected, 6) - start, 6)
    decide = round(round(decided, 6) - round(detected, 6), 6)
    return detect, decide, max(0.0, round(total - detect - decide, 6))
