"""Who watches machines: the platform its instances, and the site its devices."""

from collections.abc import Callable

from vpnedu.simulation.designs.plan import OFFICE, CloudGateway
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.routing import Routing
from vpnedu.simulation.world.sessions import Sessions
from vpnedu.simulation.world.tunnels import Tunnels


class Watch:
    """Asks `machine` for a sign of life every `interval` seconds.

    `lost` is called when `misses` answers in a row did not come, `back` with the next that does.
    A machine that hangs still answers: it is asked how it feels, not to carry anything.
    """

    def __init__(
        self,
        ground: Ground,
        machine: str,
        interval: float,
        misses: int,
        lost: Callable[[str, int], None],
        back: Callable[[str], None],
    ):
        self.ground, self.machine = ground, machine
        self._interval, self._misses = interval, misses
        self._lost, self._back = lost, back
        self.missed = 0
        phase = ground.chance(f"{machine}/watched").random() * interval
        ground.clock.after(phase, self._ask)

    def _ask(self, _: None) -> None:
        if not self.ground.dead(self.machine):
            if self.missed >= self._misses:
                self._back(self.machine)
            self.missed = 0
        else:
            self.missed += 1
            if self.missed == self._misses:
                self.ground.clock.detected()
                self._lost(self.machine, self.missed)
        self.ground.clock.after(self._interval, self._ask)


class Site:
    """The site's own routing: it finds out that a device is dead, and sends nothing there."""

    def __init__(self, ground: Ground, routing: Routing):
        self.ground, self.routing = ground, routing
        profile = ground.profile
        for device in routing.edges[OFFICE]:
            interval, misses = profile.seconds("lan-hello"), profile.count("lan-misses")
            Watch(ground, device, interval, misses, self._lost, routing.trust)

    def _lost(self, device: str, missed: int) -> None:
        with self.ground:
            self.ground.clock.decided()
            self.ground.reason = f"{missed} greetings of {device} did not come"
            self.routing.shun(device)


class Edges:
    """The provider's side of private circuits: it finds out that a whole location is dead."""

    def __init__(self, ground: Ground, routing: Routing):
        self.ground, self.routing = ground, routing
        profile = ground.profile
        for location in ground.design.things["location"]:
            interval, misses = profile.seconds("probe-interval"), profile.count("probe-misses")
            Watch(ground, location, interval, misses, self._lost, routing.trust)

    def _lost(self, location: str, _missed: int) -> None:
        with self.ground:
            self.ground.clock.decided()
            delay = self.ground.drawn("circuit-update", f"{location}/lost")()
            self.ground.clock.after(delay, self.routing.shun, location)


class Platform:
    """What runs a gateway's instances: it watches them, starts a standby, moves an address.

    `states` are what a reader sees of each instance.
    """

    def __init__(
        self,
        ground: Ground,
        gateway: CloudGateway,
        tunnels: Tunnels,
        sessions: Sessions,
        routing: Routing,
    ):
        self.ground, self.gateway = ground, gateway
        self.tunnels, self.sessions, self.routing = tunnels, sessions, routing
        self.shared = gateway.mode == "active/standby"
        names = [instance.name for instance in gateway.instances]
        self.away: set[str] = set()
        self.starting: str | None = None
        self._starts = {name: ground.drawn("standby-start", name) for name in names}
        self._moves = {name: ground.drawn("address-move", name) for name in names}
        self._drains = {name: ground.drawn("fabric-update", f"{name}/drain") for name in names}
        profile = ground.profile
        for name in names:
            interval, misses = profile.seconds("probe-interval"), profile.count("probe-misses")
            Watch(ground, name, interval, misses, self._lost, self._back)
        if self.shared:
            routing.shunned.update(names[1:])

    @property
    def serving(self) -> str | None:
        """The instance that has the shared address; None while it moves."""
        return self.tunnels.owners.get(self.gateway.name)

    def state(self, instance: str) -> str:
        """The state of `instance` in a word."""
        if self.ground.dead(instance):
            return "lost" if instance not in self.ground.broken else "crashed"
        if instance in self.away:
            return "in maintenance"
        if instance in self.ground.hung:
            return "hangs"
        if instance == self.starting:
            return "starting"
        return "active" if not self.shared or instance == self.serving else "standby"

    def _lost(self, instance: str, missed: int) -> None:
        with self.ground:
            self.ground.reason = f"{missed} health probes of {instance} went unanswered"
            if not self.shared:
                self.ground.clock.decided()
                self.ground.clock.after(self._drains[instance](), self._shun, instance)
            elif instance == self.serving:
                self.tunnels.owners[self.gateway.name] = None
                self._take_over(instance)

    def _shun(self, instance: str) -> None:
        self.routing.shun(instance)

    def _take_over(self, old: str) -> None:
        """Start the other instance, if it is there to be started."""
        self.routing.shun(old)
        ready = [i.name for i in self.gateway.instances if i.name != old]
        ready = [name for name in ready if not self.ground.dead(name) and name not in self.away]
        self.ground.changed = True
        if ready:
            self.starting = ready[0]
            self.ground.clock.after(self._starts[ready[0]](), self._started, ready[0])

    def _started(self, instance: str) -> None:
        """The standby is ready: now it is clear who serves, and the address can move."""
        with self.ground:
            self.ground.clock.decided()
            self.ground.reason = f"{instance} is ready to serve"
            self.ground.clock.after(self._moves[instance](), self._serve, instance)

    def _serve(self, instance: str) -> None:
        """The address has come: dial the devices, and take what the network sends."""
        with self.ground:
            self.starting = None
            if self.ground.dead(instance):
                return
            self.tunnels.owners[self.gateway.name] = instance
            self.ground.changed = True
            self.ground.reason = f"{instance} has the gateway's address and serves"
            self.routing.learned(instance)
            self.routing.trust(instance)
            self.tunnels.dial(instance)

    def _back(self, instance: str) -> None:
        """An instance answers again: it serves with the others, or where nobody does, or waits."""
        with self.ground:
            self.ground.reason = f"{instance} answers again"
            self.ground.changed = True
            if not self.shared:
                self.routing.trust(instance)
                self.tunnels.dial(instance)
            elif self.serving is None and self.starting is None:
                self.starting = instance
                self.ground.clock.after(self._starts[instance](), self._started, instance)

    def maintain(self, instance: str) -> None:
        """Take `instance` out of service on purpose: tell everybody, then hand over."""
        with self.ground:
            clock, words = self.ground.clock, f"{instance} goes into maintenance"
            clock.detected()
            if self.shared and instance == self.serving:
                clock.decided()
                self._leave(instance)
                self.tunnels.owners[self.gateway.name] = None
                self.routing.shun(instance)
                ready = [i.name for i in self.gateway.instances if i.name != instance]
                if not self.ground.dead(ready[0]):
                    self.starting = ready[0]
                    clock.after(self._moves[ready[0]](), self._serve, ready[0])
            elif not self.shared:
                self.ground.reason = words
                clock.after(self._drains[instance](), self._drained, instance)
            else:
                self.away.add(instance)
                self.ground.changed = True

    def _drained(self, instance: str) -> None:
        with self.ground:
            self.ground.clock.detected()
            self.routing.shun(instance)
            self._leave(instance)

    def _leave(self, instance: str) -> None:
        """Say goodbye in every session and tunnel."""
        words = f"{instance} goes into maintenance"
        self.away.add(instance)
        self.ground.changed = True
        self.ground.reason = words
        self.sessions.close(instance, words)
        self.tunnels.close(instance, words)

    def maintained(self, instance: str) -> None:
        """The maintenance of `instance` is over."""
        with self.ground:
            self.away.discard(instance)
            self._back(instance)
