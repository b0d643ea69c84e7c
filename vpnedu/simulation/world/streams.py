"""What TCP does for a BGP session: what is lost on the way is sent again, later and later."""

from collections.abc import Callable
from typing import Any

from vpnedu.simulation.bgp import Connect, Message, Notification, Reset
from vpnedu.simulation.world.ground import Ground
from vpnedu.simulation.world.wires import Wire

# RFC 6298: the first wait is 1 s, each further one twice as long (5.5), up to 60 s (2.5).
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


class Stream:
    """One direction of a session: messages arrive in order, however often they must be sent."""

    def __init__(
        self, ground: Ground, wire: Wire, machine: str, deliver: Callable[[Message], None]
    ):
        self.ground, self.wire, self.machine = ground, wire, machine
        self._deliver = deliver
        self._luck = ground.chance(f"{wire.name}/{machine}/tcp")
        self._waiting: list[Message] = []
        self._timer: int | None = None

    def send(self, message: Message) -> None:
        """Take `message`. A call leaves nothing of older ones behind, an end nothing of its own."""
        if isinstance(message, Connect):
            self.clear()
        if isinstance(message, Reset | Notification):
            ended = message.connection
            self._waiting = [each for each in self._waiting if each.connection != ended]
        self._waiting.append(message)
        if self._timer is None:
            self._attempt(FIRST_WAIT)

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting = []
        if self._timer is not None:
            self.ground.clock.cancel(self._timer)
            self._timer = None

    def _again(self, wait: Any) -> None:
        self._timer = None
        self._attempt(wait)

    def _attempt(self, wait: float) -> None:
        clock = self.ground.clock
        while self._waiting:
            lost = self._luck.random() < self.ground.lossy.get(self.wire.carrier or "", 0.0)
            if lost or self.wire.obstacle(self.machine):
                longer = min(2 * wait, LONGEST_WAIT)
                self._timer = clock.after(wait, self._again, longer)
                return
            clock.after(self.wire.delay, self._deliver, self._waiting.pop(0))
            wait = FIRST_WAIT
