"""What runs a gateway's instances: it watches them, starts a standby, and moves the address."""

from vpnedu.simulation.clock import UNTOLD
from vpnedu.simulation.designs.plan import CloudGateway
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.routing import Routing
from vpnedu.simulation.world.sessions import Sessions
from vpnedu.simulation.world.tunnels import Tunnels
from vpnedu.simulation.world.watching import Watch
from vpnedu.simulation.world.wires import Tunnel


class Platform:
    """The platform of one gateway. Where its instances share one address, one of them serves."""

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
        self.instances = [instance.name for instance in gateway.instances]
        self.away: set[str] = set()
        self.starting: str | None = None
        self._leaving: set[str] = set()
        # What led to the present server, for the ends of tunnels that have not come up since.
        self._story, self._waiting = UNTOLD, set[tuple[str, str]]()
        tunnels.told.insert(0, self._tunnel_changed)
        self._starts = {name: ground.drawn("standby-start", name) for name in self.instances}
        self._moves = {name: ground.drawn("address-move", name) for name in self.instances}
        self._drains = {n: ground.drawn("fabric-update", f"{n}/drain") for n in self.instances}
        profile = ground.profile
        for name in self.instances:
            interval, misses = profile.seconds("probe-interval"), profile.count("probe-misses")
            Watch(ground, name, interval, misses, self._lost, self._answers)
        if self.shared:
            routing.shunned.update(self.instances[1:])

    @property
    def serving(self) -> str | None:
        """The instance that has the shared address; None while it moves."""
        return self.tunnels.owners.get(self.gateway.name)

    def state(self, instance: str) -> str:
        """The state of `instance` in a word."""
        if instance in self.away:
            return "in maintenance"
        if self.ground.dead(instance):
            return "crashed" if instance in self.ground.broken else "lost"
        if instance in self.ground.hung:
            return "hangs"
        if instance == self.starting:
            return "starting"
        return "active" if not self.shared or instance == self.serving else "standby"

    def _lost(self, instance: str, missed: int) -> None:
        if instance in self.away:
            return
        with self.ground:
            self.ground.reason = f"{missed} health probes of {instance} went unanswered"
            if not self.shared:
                self.ground.tell(instance, "health", "good", "unknown", self.ground.reason)
                self.ground.clock.decided()
                self.ground.clock.after(self._drains[instance](), self.routing.shun, instance)
            elif instance == self.serving:
                self.tunnels.owners[self.gateway.name] = None
                self.routing.shun(instance)
                self._look()

    def _answers(self, instance: str) -> None:
        if not self.shared:
            self.routing.trust(instance)
        elif self.serving is None:
            with self.ground:
                self.ground.reason = f"nobody serves, and {instance} answers"
                self._look()

    def _ready(self) -> str | None:
        """The first instance that could serve."""
        able = (n for n in self.instances if not self.ground.dead(n) and n not in self._leaving)
        return next(able, None)

    def _look(self) -> None:
        """Where nobody serves and nobody starts, start whoever is there, or the next to answer."""
        ready = self._ready()
        self.ground.changed = True
        if self.serving is None and self.starting is None and ready:
            self.starting = ready
            self.ground.clock.after(self._starts[ready](), self._started, ready)

    def _started(self, instance: str) -> None:
        """The standby is ready: now it is clear who serves, and the address can move."""
        if instance == self.starting:
            self.ground.clock.decided()
            self.ground.clock.after(self._moves[instance](), self._serve, instance)

    def _serve(self, instance: str) -> None:
        """The address has come: dial the devices, and take what the network sends."""
        if instance != self.starting:
            return
        with self.ground:
            self.starting = None
            if instance in self._leaving or self.ground.dead(instance):
                self._look()
                return
            self.tunnels.owners[self.gateway.name] = instance
            self.ground.changed = True
            self.ground.reason = f"{instance} has the gateway's address and serves"
            self.routing.learned(instance)
            self.routing.trust(instance)
            mine = self.tunnels.of(instance)
            ends = {(t.name, end) for t in mine for end in (t.plan.device, instance)}
            self._story, self._waiting = self.ground.clock.story, ends
            self.tunnels.dial(instance)

    def _tunnel_changed(self, tunnel: Tunnel, machine: str) -> None:
        """Whoever dialled: that a tunnel comes up again is owed to the new server."""
        if (tunnel.name, machine) in self._waiting and tunnel.ends[machine].belief.child:
            self._waiting.discard((tunnel.name, machine))
            self.ground.clock.story = self._story

    def maintain(self, instance: str) -> None:
        """Take `instance` out of service on purpose: tell everybody, then hand over."""
        with self.ground:
            clock = self.ground.clock
            clock.detected()
            clock.decided()
            self._leaving.add(instance)
            if not self.shared:
                # The network stops sending there first.
                clock.after(self._drains[instance](), self._drained, instance)
                return
            served = instance == self.serving
            self._leave(instance)
            if instance == self.starting:
                self.starting = None
            if served:
                self.tunnels.owners[self.gateway.name] = None
                self.routing.shun(instance)
                self.starting = self._ready()
                if self.starting:
                    clock.after(self._moves[self.starting](), self._serve, self.starting)

    def _drained(self, instance: str) -> None:
        if instance in self._leaving:
            with self.ground:
                self.ground.clock.detected()
                self.routing.shun(instance)
                self._leave(instance)

    def _leave(self, instance: str) -> None:
        """Say goodbye in every session and tunnel, and answer nobody from then on."""
        if not self.ground.dead(instance):
            words = f"{instance} goes into maintenance"
            self.sessions.close(instance, words)
            self.tunnels.close(instance, words)
        self.away.add(instance)
        self.ground.broke(instance, f"{instance} is in maintenance")

    def maintained(self, instance: str) -> None:
        """The maintenance of `instance` is over."""
        with self.ground:
            self._leaving.discard(instance)
            if instance in self.away:
                self.away.discard(instance)
                self.ground.mended(instance)
