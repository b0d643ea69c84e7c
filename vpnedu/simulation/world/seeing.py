"""How each lane of a run is seen: the state of a thing in a word, and why it is so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vpnedu.network.addresses import IPNetwork
from vpnedu.network.routes import Route
from vpnedu.simulation.designs.plan import OFFICE
from vpnedu.simulation.effects import capital
from vpnedu.simulation.world.hosting import Host
from vpnedu.simulation.world.lanes import Watched
from vpnedu.simulation.world.sessions import Session
from vpnedu.simulation.world.wires import Tunnel

if TYPE_CHECKING:
    from vpnedu.simulation.world.running import Running

DEAD = {
    "circuit": "cut",
    "device": "dead",
    "location": "lost",
    "network": "lost",
    "provider": "down",
    "region": "lost",
    "zone": "lost",
}
UNKNOWN = "dead, not known yet"


def watched(run: Running) -> list[Watched]:
    """The lanes of a run, in reading order: what fails, the machines, and what they believe."""
    design = run.ground.design
    things = design.things
    lanes = [
        Watched(name, "state", kind, partial(_state, run, name, kind), partial(_struck, run, name))
        for kind in ("region", "zone", "network", "location", "provider", "circuit", "device")
        for name in things[kind]
    ]
    for name in things["instance"]:
        state = partial(run.platform_of(name).state, name)
        lanes.append(Watched(name, "state", "instance", state, partial(_instance, run, name), True))
    for tunnel in run.tunnels.all.values():
        lanes += _ends_of_tunnel(tunnel)
    for session in run.sessions.all.values():
        lanes += _ends_of(session)
    places = [OFFICE, *things["device"], *things["instance"], *things["network"]]
    lanes += [
        Watched(
            place,
            "route",
            "route",
            partial(_route, run, place),
            partial(_rerouted, run, place, (OFFICE, *things["device"])),
        )
        for place in places
    ]
    return lanes


def _ends_of_tunnel(tunnel: Tunnel) -> list[Watched]:
    device, far = tunnel.plan.device, tunnel.plan.instance or tunnel.plan.gateway
    state, why = partial(_tunnel, tunnel, device), partial(_tunnel_told, tunnel, device)
    seen, told = partial(_far_tunnel, tunnel), partial(_far_told, tunnel)
    return [
        Watched(tunnel.name, f"at {device}", "tunnel", state, why, True),
        Watched(tunnel.name, f"at {far}", "tunnel", seen, told),
    ]


def _ends_of(session: Session) -> list[Watched]:
    near = session.wire.machines[0]
    lanes = []
    for machine in session.wire.machines:
        always = machine == near
        lanes.append(
            Watched(
                session.name,
                f"at {machine}",
                "session",
                partial(_session, session, machine),
                partial(_told, session.name, machine, session.ends[machine]),
                always,
            )
        )
    return lanes


def _state(run: Running, name: str, kind: str) -> str:
    return DEAD[kind] if run.ground.dead(name) else "up"


def _struck(run: Running, name: str, _before: str, after: str) -> str:
    why = run.ground.dead(name)
    if after == "up" or not why:
        return f"{capital(name)} is there again."
    own = name in run.ground.broken
    return f"{capital(why)}." if own else f"{capital(name)} is gone: {why}."


def _instance(run: Running, name: str, before: str, after: str) -> str:
    one, because = capital(name), capital(run.ground.reason)
    match after:
        case "crashed":
            return f"{one} crashes."
        case "lost":
            return f"{one} is gone: {run.ground.dead(name)}."
        case "hangs":
            return f"{one} hangs: it answers every question, and forwards nothing."
        case "in maintenance":
            return f"{one} says goodbye to its peers and goes into maintenance."
        case "starting" if because:
            return f"{because}, so the platform gets {name} ready."
        case "starting":
            return f"The platform hands over to {name}."
        case "standby":
            return f"{one} is there again, and waits."
        case _ if before == "hangs":
            return f"{one} forwards packets again."
        case _ if before in ("starting", "standby"):
            return f"{because}."
        case _:
            return f"{one} is there again."


def _tunnel(tunnel: Tunnel, machine: str) -> str:
    """Up, down, or dead without this end's knowing."""
    host, far = tunnel.ends[machine], tunnel.far(machine)
    if tunnel.ground.dead(machine) or host.belief.child is None:
        return "refused" if tunnel.refusal else "down"
    if not tunnel.obstacle(machine) and not (far and tunnel.obstacle(far)):
        return "up"
    # The answer that tells the other end so is still on its way.
    dialled = far and tunnel.ends[far].belief.sa("dialled")
    return "down" if dialled and dialled.id == host.belief.sa("used").id else UNKNOWN


def _far_tunnel(tunnel: Tunnel) -> str | None:
    """The same at the gateway; nothing new where nobody is there to see it."""
    far = tunnel.far(tunnel.plan.device)
    return _tunnel(tunnel, far) if far and not tunnel.ground.dead(far) else None


def _far_told(tunnel: Tunnel, before: str, after: str) -> str:
    far = tunnel.far(tunnel.plan.device)
    assert far is not None, "without a far end nothing is seen there"
    return _tunnel_told(tunnel, far, before, after)


def _tunnel_told(tunnel: Tunnel, machine: str, before: str, after: str) -> str:
    if after == "refused":
        return tunnel.refusal
    return _told(tunnel.name, machine, tunnel.ends[machine], before, after)


def _told(name: str, machine: str, host: Host, before: str, after: str) -> str:
    """Why a tunnel or session changed: what the protocol said, unless it knows nothing of it."""
    if after == UNKNOWN:
        return f"{capital(name)} is dead; {machine} does not know it yet."
    if before == UNKNOWN and after in ("up", "established"):
        return f"{capital(name)} carries again for {machine}."
    if host.ground.dead(machine):
        return f"{capital(machine)} is gone, and what it knew of {name} with it."
    return capital(host.said) or f"{capital(machine)} begins anew, and knows nothing of {name}."


def _session(session: Session, machine: str) -> str | None:
    site = machine == session.wire.machines[0]
    if not site and (session.wire.ground.dead(machine) or _elsewhere(session, machine)):
        return None
    if session.wire.ground.dead(machine) or session.end(machine).state != "Established":
        return "down"
    far = session.wire.far(machine)
    if far is None or session.wire.obstacle(machine) or session.wire.obstacle(far):
        return UNKNOWN
    known = session.end(far).connection == session.end(machine).connection
    return "established" if known else UNKNOWN


def _elsewhere(session: Session, machine: str) -> bool:
    """Whether another machine has the gateway's end of the session."""
    return session.wire.far(session.wire.machines[0]) != machine


def _route(run: Running, place: str) -> str:
    """Where packets go, by prefix where there are several: the best routes of each."""
    if run.ground.dead(place):
        return "none"
    best: dict[IPNetwork, list[Route]] = {}
    for row in sorted(run.routing.tables[place].routes, key=lambda row: row.rank):
        rows = best.setdefault(row.prefix, [])
        if not rows or row.rank == rows[0].rank:
            rows.append(row)
    ways = {p: "via " + ", ".join(row.via for row in rows) for p, rows in best.items()}
    if len(ways) > 1:
        return "; ".join(f"{prefix} {way}" for prefix, way in ways.items())
    return next(iter(ways.values()), "none")


def _rerouted(run: Running, place: str, at_site: tuple[str, ...], _before: str, after: str) -> str:
    whose = "The office" if place == OFFICE else capital(place)
    where = "the network" if place in at_site else "the office"
    if run.ground.dead(place):
        return f"{whose} is gone, and its routes with it."
    if after == "none":
        return f"{whose} has no route to {where} any more."
    return f"{whose} now sends packets for {where} {after}."
