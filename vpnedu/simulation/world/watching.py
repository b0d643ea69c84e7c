"""Who watches machines: the site its devices, and the provider its edges."""

from collections.abc import Callable, Iterable
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


class Neighbours:
    """Those who send packets to `machines`: they find out that one is dead, and turn away from it.

    `signs` is what they miss, as the end of a clause ("greetings of {} did not come"); `turn`
    says for a machine how many seconds turning away takes.
    """

    def __init__(
        self,
        ground: Ground,
        routing: Routing,
        machines: Iterable[str],
        timers: tuple[str, str],
        signs: str,
        turn: Callable[[str], float],
    ):
        self.ground, self.routing = ground, routing
        self._signs, self._turn = signs, turn
        interval, misses = ground.profile.seconds(timers[0]), ground.profile.count(timers[1])
        for machine in machines:
            Watch(ground, machine, interval, misses, self._lost, routing.trust)

    def _lost(self, machine: str, missed: int) -> None:
        with self.ground:
            words = f"{missed} {self._signs}"
            self.ground.tell(machine, "health", "good", "unknown", words.format(machine))
            self.ground.clock.decided()
            self.ground.clock.after(self._turn(machine), self.routing.shun, machine)


def site(ground: Ground, routing: Routing) -> Neighbours:
    """The site's own routers, which greet its devices."""
    signs, timers = "greetings of {} did not come", ("lan-hello", "lan-misses")
    return Neighbours(ground, routing, routing.edges[OFFICE], timers, signs, lambda _device: 0.0)


def edges(ground: Ground, routing: Routing) -> Neighbours:
    """The provider's network behind private circuits, which probes their locations."""
    signs, timers = "probes of {} went unanswered", ("probe-interval", "probe-misses")
    places = ground.design.things["location"]

    def turn(location: str) -> float:
        return ground.drawn("circuit-update", f"{location}/lost")()

    return Neighbours(ground, routing, places, timers, signs, turn)
