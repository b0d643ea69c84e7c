"""Who sends packets where: the route tables of the site, its devices, the gateways, the network."""

from collections.abc import Callable, Iterator

from vpnedu.network.addresses import IPNetwork
from vpnedu.network.routes import LEARNED, STATIC, Route, RouteTable
from vpnedu.simulation.best_path import Path, best
from vpnedu.simulation.designs.plan import NETWORK_PREFIX, OFFICE, OFFICE_PREFIX
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.tunnels import Tunnels

# One announcement on a local network, in seconds.
LAN_UPDATE = 0.05
# For equal prefixes a private circuit comes before a VPN, on both sides (FACTS 1.7).
CIRCUIT, VPN = 10, LEARNED


class Routing:
    """The route tables of a run, by the machine or network that asks them.

    The site's own routers ("office") and the fabric of a virtual network hear from the machines
    at their edge, some time after these have learned or lost a route. `shunned` are machines
    that the site or the platform believes dead, or does not let serve.
    """

    def __init__(self, ground: Ground, tunnels: Tunnels):
        self.ground = ground
        self.tunnels = tunnels
        self.paths: Callable[[str], list[Path]] = lambda _machine: []
        self.tables: dict[str, RouteTable] = {}
        self.shunned: set[str] = set()
        self.removed: set[str] = set()
        self._updates: dict[str, Callable[[], float]] = {}
        # What each machine was last heard to reach by the side that it serves.
        self._heard: dict[str, tuple[IPNetwork, ...]] = {}
        things, design = ground.design.things, ground.design
        self._private = {end for each in design.circuits for end in (each.router, each.location)}
        self.edges = {OFFICE: list(things["device"])}
        for gateway in design.gateways:
            self.edges.setdefault(gateway.network, []).extend(i.name for i in gateway.instances)
        for circuit in design.circuits:
            self.edges.setdefault(circuit.network, []).append(circuit.location)
        for place in (*self.edges, *design.machines):
            self.tables[place] = RouteTable()
        for side, machines in self.edges.items():
            for machine in machines:
                self._updates[machine] = self._delay(side, machine)
        if not design.bgp:
            tunnels.told.append(lambda _tunnel, machine: self.learned(machine))
        ground.restarts.append(self._restarted)

    def _restarted(self, machine: str, alive: bool) -> None:
        """A machine that begins anew knows no route. Of one that dies nobody hears anything."""
        if alive:
            self.learned(machine)

    def _delay(self, side: str, machine: str) -> Callable[[], float]:
        if side == OFFICE:
            return lambda: LAN_UPDATE
        edge = machine in self.ground.design.things["location"]
        return self.ground.drawn("circuit-update" if edge else "fabric-update", machine)

    def learned(self, machine: str) -> None:
        """`machine` may have learned or lost a route: work its table out anew."""
        table = RouteTable(tuple(self._own(machine)))
        if table == self.tables[machine]:
            return
        with self.ground:
            self.tables[machine] = table
            self.ground.changed = True
            self.ground.clock.decided()
            self.ground.clock.after(self._updates[machine](), self.hear, machine)

    def hear(self, machine: str) -> None:
        """The side that `machine` serves hears what it can reach now; of the dead, nothing."""
        if self.ground.dead(machine):
            return
        with self.ground:
            prefixes = {row.prefix: None for row in self.tables[machine].routes}
            self._heard[machine] = tuple(prefixes)
            self._gather(machine)

    def shun(self, machine: str) -> None:
        """Nothing is sent to `machine` any more."""
        with self.ground:
            self.shunned.add(machine)
            self._gather(machine)

    def trust(self, machine: str) -> None:
        """`machine` is sent to again, as far as it has routes."""
        if machine in self.shunned:
            with self.ground:
                self.shunned.discard(machine)
                self.hear(machine)

    def _gather(self, machine: str) -> None:
        """Work the table of the side that `machine` serves out anew."""
        side, machines = next(edge for edge in self.edges.items() if machine in edge[1])
        rows = tuple(
            Route(prefix, each, CIRCUIT if each in self._private else VPN)
            for each in machines
            if each not in self.shunned
            for prefix in self._heard.get(each, ())
        )
        if rows != self.tables[side].routes:
            self.tables[side] = RouteTable(rows)
            self.ground.changed = True

    def _own(self, machine: str) -> Iterator[Route]:
        """The routes that `machine` itself has: learned, or configured by hand."""
        paths = self.paths(machine)
        for prefix in sorted({path.prefix for path in paths}):
            choice = best(
                (path for path in paths if path.prefix == prefix),
                self.ground.design.system_of(machine),
                multipath=True,
            )
            for path in choice.equal_cost:
                yield Route(prefix, path.via, LEARNED, origin="learned")
        if not self.ground.design.bgp:
            yield from self._by_hand(machine)

    def _by_hand(self, machine: str) -> Iterator[Route]:
        """A route into each tunnel. A device's is gone while the tunnel's interface is down, if
        it goes down at all; a gateway's stays."""
        if machine in self.removed:
            return
        at_site = machine in self.edges[OFFICE]
        goes = at_site and self.ground.profile.says("closes-sessions")
        for tunnel in self.tunnels.of(machine):
            if not goes or tunnel.ends[machine].belief.child is not None:
                yield Route(NETWORK_PREFIX if at_site else OFFICE_PREFIX, tunnel.name, STATIC)
