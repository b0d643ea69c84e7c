"""Who watches machines: the site its devices, and the provider its edges."""

from collections.abc import Callable
from math import floor

from vpnedu.simulation.designs.plan import OFFICE
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.routing import Routing


class Watch:
    """Asks `machine` for a sign of life every `interval` seconds.

    `lost` is called when `misses` answers in a row did not come, `answers` with the first that
    does. A machine that hangs still answers: it is asked how it feels, not to carry anything.
    Questions whose answers are no news are not played: it sleeps while the machine is well.
    """

    def __init__(
        self,
        ground: Ground,
        machine: str,
        interval: float,
        misses: int,
        lost: Callable[[str, int], None],
        answers: Callable[[str], None],
    ):
        self.ground, self.machine = ground, machine
        self._interval, self._misses = interval, misses
        self._lost, self._answers = lost, answers
        self._first = ground.clock.now + ground.chance(f"{machine}/watched").random() * interval
        self._awake = False
        self.missed = 0
        ground.restarts.append(self._restarted)

    def _restarted(self, machine: str, alive: bool) -> None:
        if machine == self.machine and not alive and not self._awake:
            self._awake = True
            asked = floor((self.ground.clock.now - self._first) / self._interval) + 1
            due = self._first + max(asked, 0) * self._interval
            self.ground.clock.after(due - self.ground.clock.now, self._ask)

    def _ask(self, _: None) -> None:
        if not self.ground.dead(self.machine):
            self._awake = False
            self.missed = 0
            self._answers(self.machine)
            return
        # First, so that the next question does not inherit what this one finds out.
        self.ground.clock.after(self._interval, self._ask)
        self.missed += 1
        if self.missed == self._misses:
            self.ground.clock.detected()
            self._lost(self.machine, self.missed)


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
            words = f"{missed} greetings of {device} did not come"
            self.ground.tell(device, "health", "good", "unknown", words)
            self.ground.clock.decided()
            self.routing.shun(device)


class Edges:
    """The provider's side of private circuits: it finds out that a whole location is dead."""

    def __init__(self, ground: Ground, routing: Routing):
        self.ground, self.routing = ground, routing
        profile = ground.profile
        for location in ground.design.things["location"]:
            interval, misses = profile.seconds("probe-interval"), profile.count("probe-misses")
            Watch(ground, location, interval, misses, self._lost, routing.trust)

    def _lost(self, location: str, missed: int) -> None:
        with self.ground:
            words = f"{missed} probes of {location} went unanswered"
            self.ground.tell(location, "health", "good", "unknown", words)
            self.ground.clock.decided()
            delay = self.ground.drawn("circuit-update", f"{location}/lost")()
            self.ground.clock.after(delay, self.routing.shun, location)
