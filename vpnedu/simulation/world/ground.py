"""What all parts of a running design stand on: its clock, its luck, and what is broken."""

from collections.abc import Callable
from types import TracebackType

from vpnedu.simulation.chance import Chance
from vpnedu.simulation.clock import Clock
from vpnedu.simulation.designs.plan import Design
from vpnedu.simulation.effects import capital
from vpnedu.simulation.events import Changed
from vpnedu.simulation.profiles import Profile

# Before a run's time 0 everything comes up and settles. Tunnels are dialled at different moments
# of the first half, so that timers of different seeds meet a fault at different moments.
SETTLING = 120.0


class Ground:
    """The clock of a run, and the true state of all things.

    Used as a context (`with ground:`) around whatever may change the world: when the outermost
    one ends, those who watch (flows and lanes) look once.
    """

    def __init__(self, design: Design, profile: Profile, seed: int):
        self.design = design
        self.profile = profile
        self.seed = seed
        self.clock = Clock(-SETTLING)
        self.broken: dict[str, str] = {}
        self.hung: set[str] = set()
        self.lossy: dict[str, float] = {}
        self.reason = ""
        self.changed = False
        self.news: list[Changed] = []
        self.watchers: list[Callable[[], None]] = []
        self.restarts: list[Callable[[str, bool], None]] = []
        self._depth = 0

    def chance(self, name: str) -> Chance:
        """The luck of the thing called `name`."""
        return Chance(self.seed, name)

    def drawn(self, timer: str, name: str) -> Callable[[], float]:
        """A source of times for `timer`, which differ from case to case."""
        low, high = self.profile.span(timer)
        luck = self.chance(f"{name}/{timer}")
        return lambda: luck.uniform(low, high)

    def dead(self, thing: str) -> str | None:
        """Why `thing` is dead ("zone 1 is lost"), or None: its own fault or what it rests on."""
        at: str | None = thing
        while at is not None:
            if at in self.broken:
                return self.broken[at]
            at = self.design.rests_on.get(at)
        return None

    def loses(self, carrier: str | None, luck: Chance) -> bool:
        """Whether `carrier` loses what passes it now, by chance."""
        return luck.random() < self.lossy.get(carrier or "", 0.0)

    def tell(self, thing: str, aspect: str, before: str, after: str, words: str) -> None:
        """Record a change that no lane shows; `words` is a clause. Before time 0 nothing is."""
        now = self.clock.now
        if now >= 0:
            self.news.append(Changed(now, thing, aspect, before, after, f"{capital(words)}."))

    def broke(self, thing: str, cause: str) -> None:
        """`thing` breaks; every machine that dies with it forgets what it knew."""
        self._changed(lambda: self.broken.__setitem__(thing, cause))

    def mended(self, thing: str) -> None:
        """`thing` works again; the machines in it start afresh."""
        self._changed(lambda: self.broken.__delitem__(thing))

    def _changed(self, change: Callable[[], None]) -> None:
        machines = self.design.machines
        before = {name for name in machines if self.dead(name)}
        change()
        after = {name for name in machines if self.dead(name)}
        self.changed = True
        for name in machines:
            if (name in before) != (name in after):
                for told in self.restarts:
                    told(name, name in before)

    def __enter__(self) -> None:
        self._depth += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self.changed and not self._depth and error is None:
            self.changed = False
            for look in self.watchers:
                look()
