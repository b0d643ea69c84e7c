"""A design under faults, to the second: from two names and some numbers to a trace."""

from collections.abc import Iterable, Mapping
from math import isfinite

from vpnedu.network.addresses import InputError
from vpnedu.simulation import profiles
from vpnedu.simulation.designs import Design, design
from vpnedu.simulation.events import Event
from vpnedu.simulation.faults import FAULTS, Planned, planned
from vpnedu.simulation.profiles import Profile
from vpnedu.simulation.trace import Strike, Trace
from vpnedu.simulation.world.picture import nodes, tunnel_lines
from vpnedu.simulation.world.running import Running
from vpnedu.simulation.world.telling import carried, missed, outages

UNTIL = 300.0


def simulate(
    chosen: str | Design,
    faults: Iterable[str] = (),
    *,
    profile: str | Profile = "azure",
    until: float = UNTIL,
    seed: int = 1,
    settings: Mapping[str, object] | None = None,
) -> Trace:
    """Run a design for `until` seconds and strike it with `faults`.

    Faults are texts such as "instance-crash@30" or "tunnel-cut#2@30:60" (see
    `vpnedu.simulation.faults.planned`). `settings` replace values of the profile by the timers'
    names. The same input gives the same trace. InputError names what is wrong with the input.
    """
    plan = design(chosen) if isinstance(chosen, str) else chosen
    base = profiles.profile(profile) if isinstance(profile, str) else profile
    timers = base.setting(settings or {})
    if not isfinite(until) or not 0 < until <= 1e7:
        raise InputError("until", f"{until:g} is not a length of a run; more than 0 s, up to 1e7 s")
    strikes = planned(faults, plan, until)
    run = Running(plan, timers, seed)
    clock = run.ground.clock
    clock.run(0.0)
    run.start()
    for strike in strikes:
        clock.after(strike.at, _begin, (run, strike))
        if strike.until is not None:
            clock.after(strike.until, _end, (run, strike))
    clock.run(until)
    return _trace(run, strikes, until)


def _begin(what: tuple[Running, Planned]) -> None:
    run, strike = what
    with run.ground:
        fault = FAULTS[strike.name]
        if not fault.seen:
            run.ground.tell(strike.target, "fault", "none", strike.name, strike.words)
        fault.begin(run, strike.target)


def _end(what: tuple[Running, Planned]) -> None:
    run, strike = what
    with run.ground:
        fault = FAULTS[strike.name]
        if not fault.seen:
            run.ground.tell(strike.target, "fault", strike.name, "none", strike.over)
        fault.end(run, strike.target)


def _trace(run: Running, strikes: tuple[Planned, ...], until: float) -> Trace:
    flows = run.following.flows
    events: list[Event] = [*run.ground.news, *run.lanes.events]
    for flow in flows:
        events += [*carried(flow), *missed(flow, run.ground.seed, until)]
    events.sort(key=lambda event: event.at)
    design = run.ground.design
    return Trace(
        design.title,
        "internet",
        nodes(design),
        tunnel_lines(design),
        (),
        tuple(events),
        until,
        run.lanes.lanes(),
        tuple(flow.line for flow in flows),
        tuple(Strike(s.name, s.at, s.until, s.target, s.words, s.over) for s in strikes),
        tuple(outage for flow in flows for outage in outages(flow, until)),
    )
