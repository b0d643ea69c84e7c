"""A design, put together and running."""

from vpnedu.simulation.designs.plan import Design
from vpnedu.simulation.profiles import Profile
from vpnedu.simulation.world.following import Following
from vpnedu.simulation.world.forwarding import Forwarding
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.lanes import Lanes
from vpnedu.simulation.world.platform import Platform
from vpnedu.simulation.world.probing import Probing
from vpnedu.simulation.world.routing import Routing
from vpnedu.simulation.world.seeing import watched
from vpnedu.simulation.world.sessions import Sessions
from vpnedu.simulation.world.tunnels import Tunnels
from vpnedu.simulation.world.watching import edges, site
from vpnedu.simulation.world.wires import Wire


class Running:
    """Everything of a run that faults can touch and views can see."""

    def __init__(self, design: Design, profile: Profile, seed: int):
        self.ground = Ground(design, profile, seed)
        self.tunnels = Tunnels(self.ground)
        self.routing = Routing(self.ground, self.tunnels)
        self.sessions = Sessions(self.ground, self.tunnels, self.routing.learned)
        self.routing.paths = self.sessions.paths
        self.platforms = {
            gateway.name: Platform(self.ground, gateway, self.tunnels, self.sessions, self.routing)
            for gateway in design.gateways
        }
        site(self.ground, self.routing)
        edges(self.ground, self.routing)
        Probing(self.ground, self.tunnels, self.sessions)
        wires: dict[str, Wire] = {
            **self.tunnels.all,
            **{n: s.wire for n, s in self.sessions.all.items()},
        }
        self.forwarding = Forwarding(self.ground, self.routing, wires)
        self.following = Following(self.ground, self.forwarding)
        self.tunnels.traffic = self.following.heard
        self.lanes = Lanes(self.ground, watched(self))
        self.ground.watchers += [self.lanes.look, self.following.look]

    def platform_of(self, instance: str) -> Platform:
        """The platform that runs `instance`."""
        return self.platforms[self.ground.design.gateway_of(instance).name]

    def start(self) -> None:
        """Time 0: everything has settled, and what happens from now on is told."""
        self.lanes.start()
        self.following.start()
