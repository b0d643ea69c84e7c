"""BFD on the ways of a running design, where it is switched on and the provider speaks it."""

from vpnedu.simulation import bfd
from vpnedu.simulation.effects import Became
from vpnedu.simulation.world.ground import SETTLING, Ground
from vpnedu.simulation.world.hosting import Host
from vpnedu.simulation.world.sessions import Session, Sessions
from vpnedu.simulation.world.tunnels import Tunnels
from vpnedu.simulation.world.wires import PrivateCircuit, Tunnel


class Probing:
    """BFD beside each BGP session: what it finds dead, the session need not find out itself."""

    def __init__(self, ground: Ground, tunnels: Tunnels, sessions: Sessions):
        self.ground, self.sessions = ground, sessions
        self.ends: dict[str, dict[str, Host]] = {}
        if not ground.profile.says("bfd"):
            return
        for session in sessions.all.values():
            circuit = isinstance(session.wire, PrivateCircuit)
            if circuit or ground.profile.says("bfd-on-tunnels"):
                self.ends[session.wire.name] = {
                    machine: self._host(session, machine) for machine in session.wire.machines
                }
            if circuit:
                ground.clock.after(SETTLING / 2, self._start_all, session.wire.name)
        tunnels.told.append(self._tunnel_changed)
        ground.restarts.append(self._restarted)

    def _host(self, session: Session, machine: str) -> Host:
        ground, wire = self.ground, session.wire
        luck = ground.chance(f"{wire.name}/{machine}/bfd")
        pause = ground.profile.seconds("bfd-interval")
        peer = next(other for other in wire.machines if other != machine)
        settings = bfd.Settings(machine, peer, pause, ground.profile.count("bfd-multiplier"), pause)

        def send(packet: bfd.Packet) -> None:
            if not ground.loses(wire.carrier, luck) and wire.obstacle(machine) is None:
                ground.clock.after(wire.delay, arrive, packet)

        def arrive(packet: bfd.Packet) -> None:
            far = wire.far(machine)
            if far is not None and self.ends[wire.name][far].running:
                self.ends[wire.name][far].on(bfd.Received(ground.clock.now, packet))

        def told(became: Became) -> None:
            if became.phase == "detect":
                words = f"BFD finds {wire.name} dead after {pause * settings.multiplier:g} s"
                self.sessions.dead(session, machine, words)

        return Host(
            ground,
            machine,
            bfd.react,
            lambda _old: bfd.Belief(),
            settings,
            send=send,
            due=lambda name: bfd.TimerDue(ground.clock.now, name),
            told=told,
        )

    def _start_all(self, wire: str) -> None:
        for host in self.ends[wire].values():
            self._start(host)

    def _start(self, host: Host) -> None:
        if not host.running:
            host.on(bfd.Start(self.ground.clock.now))

    def _tunnel_changed(self, tunnel: Tunnel, machine: str) -> None:
        if tunnel.name in self.ends and tunnel.ends[machine].belief.child is not None:
            self._start(self.ends[tunnel.name][machine])

    def _restarted(self, machine: str, alive: bool) -> None:
        for wire, hosts in self.ends.items():
            if machine in hosts:
                hosts[machine].forget()
                if alive and isinstance(self.sessions.all[wire].wire, PrivateCircuit):
                    self._start(hosts[machine])
