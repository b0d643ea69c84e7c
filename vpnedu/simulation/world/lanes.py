"""The lanes of a run: the state of every thing in a word, and each change with its reason."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vpnedu.simulation.events import Changed
from vpnedu.simulation.trace import Lane, Tone
from vpnedu.simulation.world.ground import Ground

TONES: dict[str, Tone] = {
    "active": "good",
    "up": "good",
    "established": "good",
    "standby": "idle",
    "in maintenance": "idle",
    "starting": "waiting",
    "none": "bad",
    "down": "bad",
    "dead, not known yet": "bad",
    "crashed": "bad",
    "lost": "bad",
    "hangs": "bad",
    "dead": "bad",
    "cut": "bad",
}


def capital(name: str) -> str:
    """A name as a sentence begins with it."""
    return name[:1].upper() + name[1:]


@dataclass
class Watched:
    """A lane in a run: how to see its state (None: as it was), and how to say why it changed."""

    thing: str
    aspect: str
    kind: str
    state: Callable[[], str | None]
    why: Callable[[str, str], str]
    always: bool = False
    first: str = ""
    now: str = ""
    seen: dict[str, Tone] = field(default_factory=dict)

    def notice(self, state: str) -> None:
        """The state is now `state`."""
        self.now = state
        self.seen[state] = TONES.get(state, "good")

    def lane(self) -> Lane:
        """The lane as the trace has it."""
        return Lane(self.thing, self.aspect, self.kind, self.first, dict(self.seen))


class Lanes:
    """All lanes of a run. It looks whenever the world has changed, and records from time 0 on."""

    def __init__(self, ground: Ground, watched: list[Watched]):
        self.ground = ground
        self.watched = watched
        self.events: list[Changed] = []
        self.recording = False

    def start(self) -> None:
        """From now on changes are recorded."""
        for each in self.watched:
            each.seen.clear()
            each.notice(each.state() or "down")
            each.first = each.now
        self.recording = True

    def look(self) -> None:
        """See every lane's state."""
        if not self.recording:
            return
        for each in self.watched:
            state = each.state()
            if state is not None and state != each.now:
                before = each.now
                each.notice(state)
                reason = each.why(before, state)
                self.events.append(
                    Changed(self.ground.clock.now, each.thing, each.aspect, before, state, reason)
                )

    def lanes(self) -> tuple[Lane, ...]:
        """The lanes worth showing: the machines and what joins them, and all that changed."""
        return tuple(each.lane() for each in self.watched if each.always or len(each.seen) > 1)
