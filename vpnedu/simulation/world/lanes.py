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
    "refused": "bad",
    "cut": "bad",
}


@dataclass
class Watched:
    """A lane in a run: how to see its state, and how to say why it changed.

    A state of None means that nobody is there to see it; then the lane is left out of the run.
    """

    thing: str
    aspect: str
    kind: str
    state: Callable[[], str | None]
    why: Callable[[str, str], str]
    always: bool = False
    first: str = ""
    now: str = ""
    unseen: bool = False
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
        self._events: list[tuple[Watched, Changed]] = []
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
            if state is None:
                each.unseen = True
            elif state != each.now:
                before, now = each.now, self.ground.clock.now
                each.notice(state)
                reason = each.why(before, state)
                event = Changed(now, each.thing, each.aspect, before, state, reason)
                self._events.append((each, event))

    @property
    def events(self) -> list[Changed]:
        """Everything that was recorded, in order of time."""
        return [event for lane, event in self._events if not lane.unseen]

    def lanes(self) -> tuple[Lane, ...]:
        """The lanes worth showing: the machines and what joins them, and all that changed."""
        return tuple(
            each.lane()
            for each in self.watched
            if each.always or (len(each.seen) > 1 and not each.unseen)
        )
