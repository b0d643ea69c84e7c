"""What faults do to a running design, and how each is mended."""

from ipaddress import IPv4Network

from vpnedu.simulation import bgp
from vpnedu.simulation.designs.plan import OFFICE_PREFIX
from vpnedu.simulation.world.running import Running
from vpnedu.simulation.world.sessions import announced

MORE_SPECIFIC = IPv4Network("10.2.0.0/17")
# Hold time and keepalive, in seconds.
MISMATCH = (30.0, 10.0)


def hang(run: Running, instance: str) -> None:
    """`instance` takes packets and forwards none."""
    run.ground.hung.add(instance)
    run.ground.changed = True


def unhang(run: Running, instance: str) -> None:
    """`instance` forwards again."""
    run.ground.hung.discard(instance)
    run.ground.changed = True


def maintain(run: Running, instance: str) -> None:
    """The platform takes `instance` out of service."""
    run.platform_of(instance).maintain(instance)


def maintained(run: Running, instance: str) -> None:
    """`instance` may serve again."""
    run.platform_of(instance).maintained(instance)


def withdraw(run: Running, device: str) -> None:
    """`device` takes its route back, by BGP or by hand."""
    run.routing.removed.add(device)
    run.sessions.say(device, lambda now: bgp.Withdraw(now, (OFFICE_PREFIX,)))
    run.routing.learned(device)


def announce(run: Running, device: str) -> None:
    """`device` has its route again."""
    run.routing.removed.discard(device)
    run.sessions.say(device, lambda now: bgp.Announce(now, (announced(run.ground, device),)))
    run.routing.learned(device)


def stateful(run: Running, _site: str, *, on: bool) -> None:
    """The site's firewalls let an answer in only where the request went out, or no longer."""
    run.forwarding.stateful = on
    run.ground.changed = True


def specific(run: Running, gateway: str) -> None:
    """Each instance of `gateway` announces a longer prefix."""
    for instance in _instances(run, gateway):
        told = bgp.Announcement(MORE_SPECIFIC, announced(run.ground, instance).as_path)
        run.sessions.say(instance, lambda now, told=told: bgp.Announce(now, (told,)))  # type: ignore[misc]


def general(run: Running, gateway: str) -> None:
    """The longer prefix is taken back."""
    for instance in _instances(run, gateway):
        run.sessions.say(instance, lambda now: bgp.Withdraw(now, (MORE_SPECIFIC,)))


def _instances(run: Running, gateway: str) -> list[str]:
    plan = next(g for g in run.ground.design.gateways if g.name == gateway)
    return [i.name for i in plan.instances]


def mismatch(run: Running, tunnel: str) -> None:
    """The device's end of the session gets shorter timers; it is the owner's own act."""
    run.ground.clock.detected()
    session = run.sessions.all[tunnel]
    run.sessions.set_timers(session, session.wire.machines[0], *MISMATCH)


def match(run: Running, tunnel: str) -> None:
    """The device's end gets the profile's timers back."""
    run.ground.clock.detected()
    session, profile = run.sessions.all[tunnel], run.ground.profile
    times = profile.seconds("hold-time"), profile.seconds("keepalive")
    run.sessions.set_timers(session, session.wire.machines[0], *times)


def spoil(run: Running, target: str) -> None:
    """What waits unused dies, and nobody is told: a tunnel is cut, an instance has an old key."""
    if target in run.tunnels.all:
        run.ground.broke(target, f"{target} was dead already, and nobody was told")
    else:
        run.tunnels.spoil_key(target)


def unspoil(run: Running, target: str) -> None:
    """What waits unused works again."""
    if target in run.tunnels.all:
        run.ground.mended(target)
    else:
        run.tunnels.mend_key(target)


def lossy(run: Running, provider: str, *, part: float) -> None:
    """Of all packets that pass `provider`, this part is lost by chance; 0 for none."""
    if part:
        run.ground.lossy[provider] = part
    else:
        del run.ground.lossy[provider]
    run.ground.changed = True
