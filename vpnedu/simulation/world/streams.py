"""What TCP does for a BGP session: what is lost on the way is sent again, later and later."""

from collections.abc import Callable

from vpnedu.simulation.bgp import Connect, Message, Notification, Reset
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.wires import Wire

# RFC 6298: the first wait is 1 s, each further one twice as long (5.5), up to 60 s (2.5).
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# Times that differ by less are the same.
INSTANT = 1e-9


class Stream:
    """One direction of a session: messages arrive in order, however often they must be sent."""

    def __init__(
        self, ground: Ground, wire: Wire, machine: str, deliver: Callable[[Message], None]
    ):
        self.ground, self.wire, self.machine = ground, wire, machine
        self._deliver = deliver
        self._luck = ground.chance(f"{wire.name}/{machine}/tcp")
        # When each message left first, oldest first.
        self._waiting: list[tuple[float, Message]] = []
        self._timer: int | None = None

    def send(self, message: Message) -> None:
        """Take `message`. A call leaves nothing of older ones behind, an end nothing of its own.

        An end is sent once: its sender may be gone before anybody could ask for it again.
        """
        if isinstance(message, Connect):
            self.clear()
        if isinstance(message, Reset | Notification):
            ended = message.connection
            self._waiting = [each for each in self._waiting if each[1].connection != ended]
            if not self._stopped():
                self.ground.clock.after(self.wire.delay, self._deliver, message)
            return
        self._waiting.append((self.ground.clock.now, message))
        if self._timer is None:
            self._timer = self.ground.clock.after(self.wire.delay, self._land, FIRST_WAIT)

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting = []
        if self._timer is not None:
            self.ground.clock.cancel(self._timer)
            self._timer = None

    def _land(self, wait: float) -> None:
        """What was sent comes to the other end, unless it was stopped or lost on the way."""
        self._timer = None
        clock = self.ground.clock
        if self._stopped():
            longer = min(2 * wait, LONGEST_WAIT)
            self._timer = clock.after(wait, self._land, longer)
            return
        due = clock.now - self.wire.delay + INSTANT
        arrived = [message for left, message in self._waiting if left <= due]
        self._waiting = self._waiting[len(arrived) :]
        if self._waiting:
            next_one = self._waiting[0][0] + self.wire.delay - clock.now
            self._timer = clock.after(max(next_one, 0.0), self._land, FIRST_WAIT)
        for message in arrived:
            self._deliver(message)

    def _stopped(self) -> bool:
        """Whether something stops a segment, or chance does."""
        lost = self.ground.loses(self.wire.carrier, self._luck)
        return lost or self.wire.obstacle(self.machine) is not None
