"""BFD on a fake wire, to the hundredth of a second."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.bfd import (
    TABLE,
    Belief,
    Packet,
    Received,
    Settings,
    Start,
    Stop,
    TimerDue,
    detection_time,
    kind,
    react,
    transmit_interval,
)
from vpnedu.simulation.clock import Clock
from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, StopTimer
from vpnedu.simulation.protocol import ProtocolError

DEVICE = Settings("device 1", "instance 1")
INSTANCE = Settings("instance 1", "device 1")
DELAY = 0.01


class Wire:
    """Two ends, and a wire that carries each packet in 10 ms or, from a `cut` end, loses it."""

    def __init__(self, *settings: Settings) -> None:
        self.clock, self.settings = Clock(), settings
        self.beliefs = [Belief(), Belief()]
        self.timers: list[dict[str, int]] = [{}, {}]
        self.cut = [False, False]
        self.said: list[tuple[float, int, Packet]] = []
        self.seen: list[tuple[float, int, Became]] = []

    def tell(self, end: int, event) -> None:
        self.beliefs[end], effects = react(self.beliefs[end], event, self.settings[end])
        for effect in effects:
            self.grant(end, effect)

    def grant(self, end: int, effect: Effect) -> None:
        now = round(self.clock.now, 6)
        match effect:
            case Send(packet):
                self.said.append((now, end, packet))
                if not self.cut[end]:
                    arrive = lambda p: self.tell(1 - end, Received(self.clock.now, p))  # noqa: E731
                    self.clock.after(DELAY, arrive, packet)
            case SetTimer(timer, delay):
                self.forget(end, timer)
                self.timers[end][timer] = self.clock.after(
                    delay, lambda name: self.wake(end, name), timer
                )
            case StopTimer(timer):
                self.forget(end, timer)
            case Became():
                self.seen.append((now, end, effect))

    def wake(self, end: int, timer: str) -> None:
        del self.timers[end][timer]
        self.tell(end, TimerDue(self.clock.now, timer))

    def forget(self, end: int, timer: str) -> None:
        if timer in self.timers[end]:
            self.clock.cancel(self.timers[end].pop(timer))

    def start(self) -> "Wire":
        for end in (0, 1):
            self.tell(end, Start(self.clock.now))
        return self

    def run(self, until: float) -> "Wire":
        self.clock.run(until)
        return self

    @property
    def states(self) -> list[str]:
        return [belief.state for belief in self.beliefs]

    def became(self, end: int) -> list[tuple[float, str]]:
        return [(at, what.state) for at, who, what in self.seen if who == end]

    def packets(self, end: int, since: float) -> list[float]:
        return [at for at, who, _ in self.said if who == end and at > since]


UP = ["Up", "Up"]


def test_two_ends_shake_hands_in_three_steps() -> None:
    """RFC 5880, 6.2: Down is answered with Init, Init with Up."""
    wire = Wire(DEVICE, INSTANCE).start().run(1)
    said = [(at, end, packet.state) for at, end, packet in wire.said if at <= 0.02]
    assert said == [
        (0, 0, "Down"),
        (0, 1, "Down"),
        (0.01, 1, "Init"),
        (0.01, 0, "Init"),
        (0.02, 0, "Up"),
        (0.02, 1, "Up"),
    ]
    assert wire.became(0) == wire.became(1) == [(0.01, "Init"), (0.02, "Up")]


# The RFC's table (6.2 and 6.8.6): state, the peer's state in the packet, state after.
@pytest.mark.parametrize(
    ("before", "heard", "after"),
    [
        ("Down", "AdminDown", "Down"),
        ("Down", "Down", "Init"),
        ("Down", "Init", "Up"),
        ("Down", "Up", "Down"),
        ("Init", "AdminDown", "Down"),
        ("Init", "Down", "Init"),
        ("Init", "Init", "Up"),
        ("Init", "Up", "Up"),
        ("Up", "AdminDown", "Down"),
        ("Up", "Down", "Down"),
        ("Up", "Init", "Up"),
        ("Up", "Up", "Up"),
        ("AdminDown", "AdminDown", "AdminDown"),
        ("AdminDown", "Down", "AdminDown"),
        ("AdminDown", "Init", "AdminDown"),
        ("AdminDown", "Up", "AdminDown"),
    ],
)
def test_what_a_packet_does(before, heard, after) -> None:
    packet = Packet(heard, 3, 1, 0.3)
    belief, effects = react(Belief(before, packet), Received(1, packet), DEVICE)
    assert belief.state == after
    # What changes is told at once; what doesn't waits for its turn.
    assert any(isinstance(effect, Send) for effect in effects) == (before != after)
    listens = any(isinstance(e, SetTimer) and e.name == "detection" for e in effects)
    assert listens == (after in ("Init", "Up"))


def test_three_packets_of_300_ms_missing_make_a_path_dead_after_900_ms() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(10)
    assert [detection_time(b, s) for b, s in zip(wire.beliefs, wire.settings, strict=True)] == [
        0.9,
        0.9,
    ]
    wire.cut[1] = True
    last = wire.packets(1, 0)[-1]
    wire.run(12)
    down = round(last + DELAY + 0.9, 6)
    assert wire.became(0)[2:] == [(down, "Down")]
    reason = "No BFD packet from instance 1 for 0.9 s, so device 1 takes the path for dead."
    (told,) = [what for _, end, what in wire.seen if end == 0 and what.state == "Down"]
    assert told == Became("Down", reason, "detect")


def test_the_end_that_still_hears_is_told_one_delay_later() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(10)
    wire.cut[1] = True
    wire.run(12)
    (first, _), (second, _) = wire.became(0)[-1], wire.became(1)[2]
    assert round(second - first, 6) == DELAY
    reason = (
        "device 1 says that it does not hear instance 1, so instance 1 takes the path for dead."
    )
    told = [what for _, end, what in wire.seen if end == 1 and what.state == "Down"]
    assert told == [Became("Down", reason, "detect")]


def test_each_end_sends_as_often_as_both_allow_and_waits_for_what_the_other_sends() -> None:
    device = Settings("device 1", "instance 1", 0.3, 3, required_min_rx=0.25)
    instance = Settings("instance 1", "device 1", 0.1, 5, required_min_rx=0.5)
    wire = Wire(device, instance).start().run(10)
    # The device would send every 0.3 s, the instance takes one every 0.5 s.
    assert transmit_interval(wire.beliefs[0], device) == 0.5
    assert transmit_interval(wire.beliefs[1], instance) == 0.25
    assert detection_time(wire.beliefs[0], device) == 5 * 0.25
    assert detection_time(wire.beliefs[1], instance) == 3 * 0.5
    for end, every in ((0, 0.5), (1, 0.25)):
        sent = wire.packets(end, 5)
        assert {round(b - a, 6) for a, b in pairwise(sent)} == {every}


def test_where_one_missing_packet_is_enough_each_comes_early() -> None:
    """RFC 5880, 6.8.7; the peer waits the whole interval."""
    wire = Wire(replace(DEVICE, interval=1, multiplier=1), INSTANCE).start().run(10)
    assert transmit_interval(wire.beliefs[0], wire.settings[0]) == 0.9
    assert detection_time(wire.beliefs[1], INSTANCE) == 1
    assert wire.states == UP


def test_a_session_that_is_not_up_sends_one_packet_a_second() -> None:
    wire = Wire(DEVICE, INSTANCE)
    wire.cut[0] = True
    wire.tell(0, Start(0))
    wire.run(4.5)
    assert wire.said == [(at, 0, Packet("Down", 3, 1, 0.3)) for at in range(5)]


def test_a_slow_session_does_not_become_faster_while_it_is_down() -> None:
    belief, effects = react(Belief(), Start(0), replace(DEVICE, interval=2))
    assert belief.state == "Down"
    assert effects[1:] == (Send(Packet("Down", 3, 2, 0.3)), SetTimer("transmit", 2))


def test_a_path_that_comes_back_is_up_again_within_the_slow_interval() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(10)
    wire.cut = [True, True]
    wire.run(20)
    assert wire.states == ["Down", "Down"]
    wire.cut = [False, False]
    wire.run(21 + 3 * DELAY)
    assert wire.states == UP


def test_a_handshake_that_breaks_off_finds_no_failure() -> None:
    wire = Wire(DEVICE, INSTANCE)
    wire.cut[0] = True
    wire.start().run(0.015)
    wire.cut[1] = True
    wire.run(10)
    assert wire.became(0) == [(0.01, "Init"), (3.01, "Down")]
    assert wire.seen[-1][2].phase is None


def test_an_end_that_is_switched_off_says_so_and_the_path_is_not_called_dead() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(10)
    wire.tell(1, Stop(10))
    wire.run(20)
    assert wire.states == ["Down", "AdminDown"]
    reason = "instance 1 has ended BFD, which says nothing about the path."
    assert wire.seen[-1][1:] == (0, Became("Down", reason))
    wire.tell(1, Start(20))
    wire.run(22)
    assert wire.states == UP


def test_a_silent_peer_is_no_news_twice() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(10)
    wire.cut = [True, True]
    wire.run(1000)
    assert [state for _, state in wire.became(0)] == ["Init", "Up", "Down"]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"interval": 0}, "interval: 0 s is no pause between two packets"),
        ({"required_min_rx": -1}, "required min rx: -1 s is no pause"),
        ({"multiplier": 0}, "multiplier: 0 is not allowed: 1 to 255"),
        ({"multiplier": 256}, "multiplier: 256 is not allowed: 1 to 255"),
    ],
)
def test_settings_that_the_rfc_forbids_are_refused(wrong, rule) -> None:
    with pytest.raises(InputError, match=rule):
        replace(DEVICE, **wrong)


def test_there_is_no_detection_time_before_the_peer_was_heard() -> None:
    with pytest.raises(InputError, match="the peer, which has not been heard"):
        detection_time(Belief(), DEVICE)


EVENTS = [
    Start(1),
    Stop(1),
    TimerDue(1, "transmit"),
    TimerDue(1, "detection"),
    *(Received(1, Packet(state, 3, 1, 1)) for state in ("AdminDown", "Down", "Init", "Up")),
]


def test_the_table_knows_no_event_that_there_is_not() -> None:
    assert {what for row in TABLE.values() for what in row} == {kind(event) for event in EVENTS}


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("event", EVENTS, ids=kind)
def test_what_is_not_in_the_table_is_an_error(state, event) -> None:
    belief = Belief(state, Packet("Up", 3, 1, 1))
    if kind(event) in TABLE[state]:
        after, effects = react(belief, event, DEVICE)
        assert (after.state,) == TABLE[state][kind(event)]
        seen = [effect.state for effect in effects if isinstance(effect, Became)]
        assert seen == ([after.state] if after.state != state else [])
    else:
        with pytest.raises(ProtocolError, match=f"'{kind(event)}' is not allowed in state {state}"):
            react(belief, event, DEVICE)


fast = st.floats(0.01, 0.99)


@given(st.lists(st.tuples(fast, st.integers(1, 3), fast), min_size=2, max_size=2), st.floats(0, 1))
def test_below_a_second_bfd_never_finds_out_later_than_the_shortest_hold_time(made, moment) -> None:
    """Three intervals of less than a second are less than 3 s, the least that BGP may have."""
    ends = [
        replace(one, interval=interval, multiplier=multiplier, required_min_rx=rx)
        for one, (interval, multiplier, rx) in zip((DEVICE, INSTANCE), made, strict=True)
    ]
    wire = Wire(*ends).start().run(10)
    assert wire.states == UP
    wire.run(10 + moment)
    wire.cut = [True, True]
    wire.run(10 + moment + 3 + DELAY)
    assert "Up" not in wire.states


@given(
    st.lists(
        st.tuples(st.floats(0.02, 5), st.integers(1, 9), st.floats(0.02, 5)), min_size=2, max_size=2
    )
)
def test_on_a_wire_that_loses_nothing_a_session_comes_up_and_stays(made) -> None:
    ends = [
        replace(one, interval=interval, multiplier=multiplier, required_min_rx=rx)
        for one, (interval, multiplier, rx) in zip((DEVICE, INSTANCE), made, strict=True)
    ]
    wire = Wire(*ends).start().run(60)
    assert wire.states == UP
    assert "Down" not in [what.state for _, _, what in wire.seen]
