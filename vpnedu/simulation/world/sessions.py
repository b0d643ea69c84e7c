"""The BGP sessions of a running design, one over each tunnel and circuit, and who watches them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from ipaddress import IPv4Address
from typing import Any

from vpnedu.simulation import bgp
from vpnedu.simulation.best_path import Path, prepended
from vpnedu.simulation.designs.plan import NETWORK_PREFIX, OFFICE_PREFIX
from vpnedu.simulation.world.ground import SETTLING, Ground
from vpnedu.simulation.world.hosting import Host
from vpnedu.simulation.world.streams import Stream
from vpnedu.simulation.world.tunnels import Tunnels
from vpnedu.simulation.world.wires import PrivateCircuit, Tunnel, Wire


@dataclass
class Session:
    """A session over `wire`: a BGP host and an outgoing stream for each machine."""

    name: str
    wire: Wire
    ends: dict[str, Host] = field(default_factory=dict)
    streams: dict[str, Stream] = field(default_factory=dict)

    def end(self, machine: str) -> bgp.Belief:
        """What the end at `machine` believes."""
        belief = self.ends[machine].belief
        assert isinstance(belief, bgp.Belief)
        return belief


class Sessions:
    """All sessions of a run, by the name of the tunnel or circuit that each one uses.

    `learned` is told which machine may have learned or lost a route.
    """

    def __init__(self, ground: Ground, tunnels: Tunnels, learned: Callable[[str], None]):
        self.ground = ground
        self._learned = learned
        self.all: dict[str, Session] = {}
        wires: list[Wire] = [PrivateCircuit(ground, plan) for plan in ground.design.circuits]
        if ground.design.bgp:
            wires = [*tunnels.all.values(), *wires]
            tunnels.told.append(self._tunnel_changed)
        for place, wire in enumerate(wires, start=1):
            self.all[wire.name] = self._made(f"session {place}", wire)
        self._by_machine: dict[str, list[Session]] = {}
        for session in self.all.values():
            for machine in session.ends:
                self._by_machine.setdefault(machine, []).append(session)
        ground.restarts.append(self._restarted)

    def _made(self, name: str, wire: Wire) -> Session:
        session = Session(name, wire)
        for machine in wire.machines:
            session.ends[machine] = self._host(session, machine)
            arrive = partial(self._arrive, session, machine)
            session.streams[machine] = Stream(self.ground, wire, machine, arrive)
        if isinstance(wire, PrivateCircuit):
            when = SETTLING / 2 * self.ground.chance(f"{wire.name}/session").random()
            self.ground.clock.after(when, self._start_all, session)
        return session

    def _arrive(self, session: Session, sender: str, message: bgp.Message) -> None:
        far = session.wire.far(sender)
        if far is not None:
            session.ends[far].on(bgp.Received(self.ground.clock.now, message))

    def _host(self, session: Session, machine: str) -> Host:
        settings = _settings(self.ground, session, machine)
        known: tuple[Path, ...] = ()

        def after() -> None:
            nonlocal known
            learned = session.end(machine).learned
            if learned is not known:
                known = learned
                self._learned(machine)

        return Host(
            self.ground,
            machine,
            bgp.react,
            lambda _old: bgp.begin(settings),
            settings,
            send=lambda message: session.streams[machine].send(message),
            due=lambda name: bgp.TimerDue(self.ground.clock.now, name),
            told=lambda _became: None,
            after=after,
            seen=lambda belief: (belief.state, belief.connection),
        )

    def start(self, session: Session, machine: str) -> None:
        """The end at `machine` may dial and be dialled, unless it may already."""
        if not session.end(machine).up:
            session.ends[machine].on(bgp.Start(self.ground.clock.now))

    def _start_all(self, session: Session) -> None:
        for machine in session.wire.machines:
            self.start(session, machine)

    def dead(self, session: Session, machine: str, words: str) -> None:
        """Somebody found that the path of the session is dead at `machine`."""
        if session.end(machine).state != "Idle":
            session.ends[machine].on(bgp.PathDead(self.ground.clock.now, words))

    def _tunnel_changed(self, tunnel: Tunnel, machine: str) -> None:
        session = self.all[tunnel.name]
        if tunnel.ends[machine].belief.child is not None:
            self.start(session, machine)
        elif self.ground.profile.says("closes-sessions") and session.end(machine).up:
            now = self.ground.clock.now
            session.ends[machine].on(bgp.LinkDown(now, f"{tunnel.name} is down"))

    def _restarted(self, machine: str, alive: bool) -> None:
        for session in self.of(machine):
            session.ends[machine].forget()
            session.streams[machine].clear()
            if alive and isinstance(session.wire, PrivateCircuit):
                self.start(session, machine)

    def of(self, machine: str) -> list[Session]:
        """The sessions that `machine` may have an end of."""
        return self._by_machine.get(machine, [])

    def paths(self, machine: str) -> list[Path]:
        """Every path that `machine` has learned and not lost again."""
        return [path for session in self.of(machine) for path in session.end(machine).learned]

    def say(self, machine: str, event: Callable[[float], Any]) -> None:
        """Each end at `machine` is told `event(now)`."""
        for session in self.of(machine):
            session.ends[machine].on(event(self.ground.clock.now))

    def close(self, machine: str, words: str) -> None:
        """`machine` ends its sessions and forgets them."""
        for session in self.of(machine):
            if session.end(machine).state != "Idle":
                session.ends[machine].on(bgp.Stop(self.ground.clock.now, words))
            session.ends[machine].forget()

    def set_timers(self, session: Session, machine: str, hold: float, keepalive: float) -> None:
        """The owner of `machine` gives the session other timers, which restarts it."""
        host = session.ends[machine]
        host.settings = replace(host.settings, hold_time=hold, keepalive=keepalive)
        host.on(bgp.Reconfigure(self.ground.clock.now))


def announced(ground: Ground, machine: str) -> bgp.Announcement:
    """The prefix that `machine` stands for, as it tells it to its peers."""
    design = ground.design
    own = design.system_of(machine)
    prefix = OFFICE_PREFIX if machine in design.things["device"] else NETWORK_PREFIX
    gateway = machine in design.things["instance"]
    times = design.gateway_of(machine).prepend if gateway else 0
    return bgp.Announcement(prefix, prepended((own,), own, times))


def _settings(ground: Ground, session: Session, machine: str) -> bgp.Settings:
    profile, machines = ground.profile, ground.design.machines
    at_site = machine in ground.design.things["device"]
    circuit = isinstance(session.wire, PrivateCircuit)
    which = "circuit-" if circuit else "" if at_site else "gateway-"
    site = session.wire.machines[0]
    peer = site if not at_site else session.wire.machines[-1]
    if isinstance(session.wire, Tunnel) and at_site:
        peer = session.wire.plan.instance or session.wire.plan.gateway
    number = machines.index(machine) + 1
    hold, keepalive = profile.seconds(f"{which}hold-time"), profile.seconds(f"{which}keepalive")
    return bgp.Settings(
        name=machine,
        peer=peer,
        session=session.wire.name,
        asn=ground.design.system_of(machine),
        router_id=IPv4Address(number),
        peer_address=IPv4Address(machines.index(session.wire.machines[-1]) + 1),
        hold_time=hold,
        keepalive=min(keepalive, hold) if hold else 0.0,
        negotiates=at_site or circuit or profile.says("gateway-negotiates"),
        active=at_site,
        connect_retry=profile.seconds("connect-retry"),
        announces=(announced(ground, machine),),
    )
