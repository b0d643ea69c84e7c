"""The clock of a run: calls ordered in time, and the story that each of them belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any

from vpnedu.network.addresses import InputError


@dataclass(frozen=True, slots=True)
class Story:
    """What led to a call: when a failure was found out, and when it was clear what to do."""

    detected: float | None = None
    decided: float | None = None


UNTOLD = Story()
# A call that waits: its time, its number, what to call with which value, and its story.
Call = tuple[float, float, Callable[[Any], None], Any, Story]


def _end(_: None) -> None:
    """Stands at the end of a run."""


class Clock:
    """Simulated time in seconds. Calls due at one time are made in the order they were asked for.

    A call inherits the story of the call that asked for it. So whatever ends an outage knows
    which discovery led to it, however many messages and timers lie between. `most` bounds the
    number of calls.
    """

    __slots__ = ("_cancelled", "_most", "_number", "_queue", "now", "story")

    def __init__(self, now: float = 0.0, most: int = 5_000_000) -> None:
        self.now = now
        self.story = UNTOLD
        self._most = most
        self._queue: list[Call] = []
        self._number = count().__next__
        self._cancelled: set[float] = set()

    def after(self, delay: float, call: Callable[[Any], None], value: Any = None) -> int:
        """Call with `value`, `delay` seconds from now. The number returned is for `cancel`."""
        number = self._number()
        heappush(self._queue, (self.now + delay, number, call, value, self.story))
        return number

    def cancel(self, number: int) -> None:
        """Forget a call that has not been made."""
        self._cancelled.add(number)

    def run(self, until: float) -> None:
        """Make every call that is due by `until`, then set the time to it.

        A run that asks for more than `most` calls is stopped: InputError says when.
        """
        queue, cancelled, most = self._queue, self._cancelled, self._most
        end: Call = (until, inf, _end, None, UNTOLD)
        heappush(queue, end)
        while True:
            self.now, number, call, value, self.story = heappop(queue)
            if number in cancelled:
                cancelled.discard(number)
            elif number >= most:
                break
            else:
                call(value)
        if call is not _end:
            rule = f"the run asked for {most:,} calls by {self.now:g} s and was stopped there"
            raise InputError("until", f"{rule}; ask for less time")

    def detected(self) -> None:
        """The present call finds a failure out."""
        self.story = Story(self.now)

    def decided(self) -> None:
        """With the present call it is clear what to do, unless it was before."""
        if self.story.decided is None:
            self.story = Story(self.story.detected, self.now)
