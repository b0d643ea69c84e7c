"""The host of one end of a protocol: it keeps the belief, and grants what the protocol asks for."""

from collections.abc import Callable, Sequence
from typing import Any

from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, StopTimer
from vpnedu.simulation.world.ground import Ground

React = Callable[[Any, Any, Any], tuple[Any, Sequence[Effect]]]


class Host:
    """One end of a protocol on one machine.

    `react` decides, `send` carries a message away, `due` makes the event of a timer that is due,
    `told` hears of every new state, `after` is called when all that was asked for is granted.
    `seen` is the part of a belief that flows and lanes depend on. On a dead machine nothing
    happens; `fresh` is what a machine that begins anew believes, given what it believed before.
    """

    def __init__(
        self,
        ground: Ground,
        machine: str,
        react: React,
        fresh: Callable[[Any], Any],
        settings: Any,
        *,
        send: Callable[[Any], None],
        due: Callable[[str], Any],
        told: Callable[[Became], None],
        after: Callable[[], None] = lambda: None,
        seen: Callable[[Any], Any] = lambda _belief: None,
    ):
        self.ground = ground
        self.machine = machine
        self.settings = settings
        self.belief = fresh(None)
        self.said = ""
        self._react, self._fresh = react, fresh
        self._send, self._due, self._told, self._after = send, due, told, after
        self._seen = seen
        self._timers: dict[str, int] = {}

    @property
    def running(self) -> bool:
        """Whether it waits for anything: a timer is set."""
        return bool(self._timers)

    def on(self, event: Any) -> None:
        """Something happens here."""
        if self.ground.dead(self.machine):
            return
        with self.ground:
            before = self._seen(self.belief)
            self.belief, effects = self._react(self.belief, event, self.settings)
            self.ground.changed |= self._seen(self.belief) != before
            # First of all, so that what is asked for because of it knows of the discovery.
            if any(isinstance(e, Became) and e.phase == "detect" for e in effects):
                self.ground.clock.detected()
            for effect in effects:
                self._grant(effect)
            self._after()

    def forget(self) -> None:
        """The machine has died: its memory and its timers are gone."""
        for name in list(self._timers):
            self._stop(name)
        self.belief, self.said = self._fresh(self.belief), ""

    def _grant(self, effect: Effect) -> None:
        match effect:
            case Send(message):
                self._send(message)
            case SetTimer(name, delay):
                self._stop(name)
                self._timers[name] = self.ground.clock.after(delay, self._timer_due, name)
            case StopTimer(name):
                self._stop(name)
            case Became(_, reason):
                self.said = reason
                self._told(effect)

    def _timer_due(self, name: str) -> None:
        del self._timers[name]
        self.on(self._due(name))

    def _stop(self, name: str) -> None:
        if name in self._timers:
            self.ground.clock.cancel(self._timers.pop(name))
