"""BGP sessions on a fake wire, to the second."""

from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.bgp import (
    TABLE,
    Accept,
    Announce,
    Announcement,
    Belief,
    Connect,
    Keepalive,
    LinkDown,
    Notification,
    Open,
    PathDead,
    Received,
    Reconfigure,
    Reset,
    Settings,
    Start,
    Stop,
    TimerDue,
    Update,
    Withdraw,
    begin,
    kind,
    react,
)
from vpnedu.simulation.clock import Clock
from vpnedu.simulation.effects import Became, Effect, Send, SetTimer, StopTimer
from vpnedu.simulation.protocol import ProtocolError

OFFICE, CLOUD = ip_network("10.1.0.0/16"), ip_network("10.2.0.0/16")
DEVICE = Settings(
    "device 1",
    "instance 1",
    "session 1",
    65001,
    ip_address("10.1.0.1"),
    ip_address("10.2.0.4"),
    active=True,
    announces=(Announcement(OFFICE, (65001,)),),
)
INSTANCE = Settings(
    "instance 1",
    "device 1",
    "session 1",
    65515,
    ip_address("10.2.0.4"),
    ip_address("10.1.0.1"),
    announces=(Announcement(CLOUD, (65515,)),),
)
# Keeps 180 s and 60 s whatever it is offered, as one provider's gateways do.
FIXED = replace(INSTANCE, hold_time=180, keepalive=60, negotiates=False)
DELAY = 0.01


class Wire:
    """Two ends, and a wire that carries each message in `delay` s.

    What an end says is lost while it is `cut`, and waits while it is `late`.
    """

    def __init__(self, *settings: Settings, delay: float = DELAY) -> None:
        self.clock, self.delay = Clock(), delay
        self.settings = list(settings)
        self.beliefs = [begin(one) for one in settings]
        self.timers: list[dict[str, int]] = [{}, {}]
        self.cut = [False, False]
        self.late = [False, False]
        self.waiting: list[list[object]] = [[], []]
        self.said: list[tuple[float, str, object]] = []
        self.seen: list[tuple[float, str, Became]] = []

    def tell(self, end: int, event) -> None:
        before = self.beliefs[end]
        self.beliefs[end], effects = react(before, event, self.settings[end])
        if self.beliefs[end] != before:
            assert self.beliefs[end].state in TABLE[before.state][kind(event)]
        for effect in effects:
            self.grant(end, effect)

    def grant(self, end: int, effect: Effect) -> None:
        now, name = self.clock.now, self.settings[end].name
        match effect:
            case Send(message):
                self.said.append((now, name, message))
                if self.late[end]:
                    self.waiting[end].append(message)
                elif not self.cut[end]:
                    self.carry(end, message)
            case SetTimer(timer, delay):
                self.forget(end, timer)
                wake = lambda t: self.wake(end, t)  # noqa: E731
                self.timers[end][timer] = self.clock.after(delay, wake, timer)
            case StopTimer(timer):
                self.forget(end, timer)
            case Became():
                self.seen.append((now, name, effect))

    def carry(self, end: int, message) -> None:
        arrive = lambda m: self.tell(1 - end, Received(self.clock.now, m))  # noqa: E731
        self.clock.after(self.delay, arrive, message)

    def in_time(self, end: int) -> None:
        """What waited goes out, in order, as TCP sends again what got no answer."""
        self.late[end] = False
        for message in self.waiting[end]:
            self.carry(end, message)
        self.waiting[end] = []

    def forget(self, end: int, timer: str) -> None:
        if timer in self.timers[end]:
            self.clock.cancel(self.timers[end].pop(timer))

    def wake(self, end: int, timer: str) -> None:
        del self.timers[end][timer]
        self.tell(end, TimerDue(self.clock.now, timer))

    def start(self) -> "Wire":
        """Both ends come up at once, the second first: it must be there to take the call."""
        for end in (1, 0):
            self.tell(end, Start(self.clock.now))
        return self

    def run(self, until: float) -> "Wire":
        self.clock.run(until)
        return self

    def die(self, end: int) -> None:
        """The speaker is gone without a word; what comes now meets one that is not up."""
        for timer in list(self.timers[end]):
            self.forget(end, timer)
        self.beliefs[end] = begin(self.settings[end])
        self.waiting[end] = []

    def replace(self, end: int) -> None:
        """A new speaker takes the place of an old one, which died without a word."""
        self.die(end)
        self.tell(end, Start(self.clock.now))

    @property
    def states(self) -> list[str]:
        return [belief.state for belief in self.beliefs]

    def became(self, name: str, state: str) -> list[float]:
        return [round(at, 6) for at, who, what in self.seen if (who, what.state) == (name, state)]

    def last(self, name: str) -> Became:
        return [what for _, who, what in self.seen if who == name][-1]


def words(wire: Wire) -> list[str]:
    """What was said, one message a line, with milliseconds."""
    return [f"{at * 1000:.0f} {who}: {type(m).__name__}" for at, who, m in wire.said]


UP = ["Established", "Established"]


def test_a_session_is_set_up_in_two_round_trips() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(1)
    assert words(wire) == [
        "0 device 1: Connect",
        "10 instance 1: Accept",
        "10 instance 1: Open",
        "20 device 1: Open",
        "20 device 1: Keepalive",
        "30 instance 1: Keepalive",
        "30 instance 1: Update",
        "40 device 1: Update",
    ]
    assert wire.states == UP


def test_each_end_goes_through_the_states_of_the_rfc_and_says_why() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(1)
    told = [f"{who} {what.state}: {what.reason}" for _, who, what in wire.seen]
    assert told == [
        "device 1 Connect: device 1 dials instance 1.",
        "instance 1 OpenSent: instance 1 takes the call of device 1 and sends its OPEN.",
        "device 1 OpenSent: device 1 has a connection to instance 1 and sends its OPEN.",
        "device 1 OpenConfirm: instance 1 offers a hold time of 90 s, and device 1 goes by 90 s.",
        "instance 1 OpenConfirm: device 1 offers a hold time of 90 s, and instance 1 goes by 90 s.",
        "instance 1 Established: instance 1 has a session with device 1, and they tell each other "
        "routes.",
        "device 1 Established: device 1 has a session with instance 1, and they tell each other "
        "routes.",
    ]


def test_each_end_learns_what_the_other_announces() -> None:
    device, instance = Wire(DEVICE, INSTANCE).start().run(1).beliefs
    (learned,) = device.learned
    assert (learned.prefix, learned.as_path, learned.via) == (CLOUD, (65515,), "session 1")
    assert (learned.router_id, learned.peer) == (INSTANCE.router_id, DEVICE.peer_address)
    assert learned.external
    assert [path.prefix for path in instance.learned] == [OFFICE]


def test_the_policy_of_an_end_and_an_internal_peer_show_in_what_it_learns() -> None:
    device = replace(DEVICE, asn=65515, local_preference=200)
    (learned,) = Wire(device, INSTANCE).start().run(1).beliefs[0].learned
    assert (learned.local_preference, learned.external) == (200, False)


@pytest.mark.parametrize(
    ("device", "instance", "hold", "keepalives"),
    [
        ((90, 30), (90, 30), 90, (30, 30)),
        ((30, 10), (180, 60), 30, (10, 10)),
        ((180, 60), (30, 10), 30, (10, 10)),
        ((90, 5), (90, 30), 90, (5, 30)),
        ((3, 1), (65535, 60), 3, (1, 1)),
        ((0, 30), (90, 30), 0, (0, 0)),
        ((90, 30), (0, 0), 0, (0, 0)),
    ],
)
def test_the_smaller_hold_time_is_in_force_at_both_ends(device, instance, hold, keepalives) -> None:
    ends = [
        replace(settings, hold_time=told[0], keepalive=told[1])
        for settings, told in ((DEVICE, device), (INSTANCE, instance))
    ]
    wire = Wire(*ends).start().run(1)
    assert [belief.hold for belief in wire.beliefs] == [hold, hold]
    assert tuple(belief.keepalive for belief in wire.beliefs) == keepalives


def test_keepalives_come_every_third_of_the_hold_time() -> None:
    wire = Wire(replace(DEVICE, hold_time=9, keepalive=3), INSTANCE).start().run(10)
    beats = [
        round(at, 6)
        for at, who, m in wire.said
        if who == "device 1" and isinstance(m, Keepalive) and at > 1
    ]
    # The update at 0.04 s stands for a keepalive.
    assert beats == [3.04, 6.04, 9.04]


def test_without_a_hold_time_nobody_says_another_word() -> None:
    wire = Wire(replace(DEVICE, hold_time=0), INSTANCE).start().run(1)
    said = len(wire.said)
    wire.run(100_000)
    assert len(wire.said) == said
    assert wire.states == UP


def test_an_end_that_keeps_to_no_hold_time_sends_no_keepalives() -> None:
    wire = Wire(replace(DEVICE, hold_time=0), replace(FIXED, hold_time=0)).start().run(1)
    assert wire.beliefs[1].keepalive == 0
    assert wire.timers == [{}, {}]


def test_the_hold_timer_runs_from_the_last_message() -> None:
    wire = Wire(replace(DEVICE, hold_time=9, keepalive=3), INSTANCE).start().run(7)
    wire.cut[1] = True
    # Instance 1's last word left at 6.03 s and arrived at 6.04 s.
    wire.run(15.0399)
    assert wire.beliefs[0].state == "Established"
    wire.run(15.05)
    assert wire.became("device 1", "Idle") == [15.04]
    assert wire.beliefs[0].learned == ()
    reason = (
        "No word from instance 1 for 9 s, so device 1 drops the session and the routes learned "
        "over it."
    )
    assert wire.last("device 1") == Became("Idle", reason, "detect")
    at, _, message = wire.said[-1]
    assert (round(at, 6), message) == (
        15.04,
        Notification("device 1 0.000000", 4, "hold timer expired"),
    )


def test_an_update_counts_as_a_word_too() -> None:
    wire = Wire(replace(DEVICE, hold_time=9, keepalive=3), INSTANCE).start().run(7)
    wire.tell(1, Withdraw(7, (CLOUD,)))
    wire.cut[1] = True
    wire.run(30)
    assert wire.became("device 1", "Idle") == [16.01]


def test_the_first_hold_time_runs_from_the_keepalive_that_made_the_session() -> None:
    wire = Wire(DEVICE, replace(INSTANCE, announces=())).start().run(0.035)
    wire.cut[1] = True
    wire.run(100)
    assert wire.became("device 1", "Idle") == [90.04]


def test_a_silent_gateway_of_the_provider_costs_180_seconds() -> None:
    wire = Wire(replace(DEVICE, hold_time=180, keepalive=60), FIXED).start().run(100)
    wire.cut[1] = True
    wire.run(300)
    # The last keepalive, of 60.03 s, arrived at 60.04 s.
    assert wire.became("device 1", "Idle") == [240.04]


def test_a_notification_closes_the_other_end_too() -> None:
    wire = Wire(replace(DEVICE, hold_time=9, keepalive=3), INSTANCE).start().run(7)
    wire.cut[1] = True
    wire.run(15.06)
    assert wire.beliefs[1].learned == ()
    reason = (
        "device 1 ends the session (hold timer expired), so instance 1 drops the session and the "
        "routes learned over it."
    )
    assert wire.last("instance 1") == Became("Idle", reason, "detect")


def test_a_peer_at_10_and_30_flaps_against_one_fixed_at_60_and_180() -> None:
    """The 30 s run out before the first keepalive, of 60 s, however often they try."""
    wire = Wire(replace(DEVICE, hold_time=30, keepalive=10), FIXED).start().run(150)
    # Up at 0.04 s, the last word; 30 s of silence; 5 s until the next call; 0.04 s to set up.
    assert wire.became("device 1", "Established") == [0.04, 35.08, 70.12, 105.16, 140.2]
    assert wire.became("device 1", "Idle") == [30.04, 65.08, 100.12, 135.16]
    assert wire.beliefs[1].hold == 180


def test_two_ends_alike_at_60_and_180_do_not_flap() -> None:
    wire = Wire(replace(DEVICE, hold_time=180, keepalive=60), FIXED).start().run(3600)
    assert wire.became("device 1", "Idle") == []


def test_a_withdrawn_route_is_forgotten_at_the_other_end_one_delay_later() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    wire.tell(0, Withdraw(20, (OFFICE,)))
    wire.run(20 + DELAY - 0.001)
    assert [path.prefix for path in wire.beliefs[1].learned] == [OFFICE]
    wire.run(20 + DELAY + 0.001)
    assert wire.beliefs[1].learned == ()
    assert wire.states == UP


def test_a_route_that_was_never_told_is_not_withdrawn() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    said = len(wire.said)
    wire.tell(0, Withdraw(20, (CLOUD,)))
    wire.tell(0, Announce(20, DEVICE.announces))
    assert len(wire.said) == said


def test_an_announcement_replaces_the_one_before_for_its_prefix() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    wire.tell(0, Announce(20, (Announcement(OFFICE, (65001, 65001, 65001)),)))
    wire.run(21)
    (learned,) = wire.beliefs[1].learned
    assert learned.as_path == (65001, 65001, 65001)


def test_a_change_without_a_session_is_told_when_there_is_one() -> None:
    wire = Wire(DEVICE, INSTANCE)
    branch = ip_network("10.7.0.0/16")
    wire.tell(0, Announce(0, (Announcement(branch, (65001,)),)))
    wire.tell(0, Withdraw(0, (OFFICE,)))
    wire.start().run(1)
    assert [path.prefix for path in wire.beliefs[1].learned] == [branch]


def test_a_new_instance_answers_the_old_connection_with_a_reset() -> None:
    """And so the device learns of the change at its next keepalive, long before 90 s."""
    wire = Wire(DEVICE, INSTANCE).start().run(50)
    wire.replace(1)
    wire.run(100)
    # Keepalives leave at 30.04 s and 60.04 s; the reset is back a round trip later.
    assert wire.became("device 1", "Idle") == [60.06]
    reason = (
        "instance 1 does not know the connection and resets it, so device 1 drops the session and "
        "the routes learned over it."
    )
    assert Became("Idle", reason, "detect") in [what for _, _, what in wire.seen]
    assert wire.became("device 1", "Established") == [0.04, 65.1]


def test_a_new_instance_that_dials_is_refused_until_the_old_session_is_gone() -> None:
    """RFC 4271, 6.8: an established session stands against a new connection."""
    wire = Wire(replace(DEVICE, active=False), replace(INSTANCE, active=True)).start().run(50)
    wire.replace(1)
    wire.run(50.02)
    refusal = Notification("instance 1 50.000000", 6, "connection collision")
    assert wire.said[-1][1:] == ("device 1", refusal)
    assert wire.beliefs[0].state == "Established"
    wire.run(100)
    # Refused at 50 and each 5 s and a round trip later, until the keepalive of 60.03 s is reset.
    assert wire.became("instance 1", "Connect")[:5] == [0, 50, 55.02, 60.04, 65.06]
    assert wire.became("device 1", "Idle") == [60.05]
    assert wire.states == UP


@pytest.mark.parametrize("late", [0, 0.001, DELAY / 2, DELAY, 0.02, 0.03])
@pytest.mark.parametrize("higher", [0, 1])
def test_two_ends_that_dial_each_other_get_one_session(late, higher) -> None:
    identifiers = [ip_address("10.9.9.9" if end == higher else "10.0.0.1") for end in (0, 1)]
    ends = [
        replace(one, active=True, router_id=number)
        for one, number in zip((DEVICE, INSTANCE), identifiers, strict=True)
    ]
    wire = Wire(*ends)
    wire.tell(0, Start(0))
    wire.run(late)
    wire.tell(1, Start(late))
    wire.run(20)
    assert wire.states == UP
    assert wire.beliefs[0].connection == wire.beliefs[1].connection
    if not late:
        assert wire.beliefs[0].connection == f"{ends[higher].name} 0.000000"
        assert wire.became("device 1", "Idle") == wire.became("instance 1", "Idle") == []


def test_a_call_to_a_speaker_that_is_not_up_is_refused_and_tried_again() -> None:
    wire = Wire(DEVICE, INSTANCE)
    wire.tell(0, Start(0))
    wire.run(7)
    wire.tell(1, Start(7))
    wire.run(20)
    assert wire.became("device 1", "Connect") == [0, 5.02, 10.04]
    assert wire.became("device 1", "Established") == [10.08]


def test_a_call_that_is_lost_is_repeated() -> None:
    wire = Wire(DEVICE, INSTANCE)
    wire.cut[0] = True
    wire.start().run(12)
    wire.cut[0] = False
    wire.run(20)
    assert [at for at, _, m in wire.said if isinstance(m, Connect)] == [0, 5, 10, 15]
    assert wire.became("device 1", "Established") == [15.04]


def test_a_dead_path_closes_at_once_and_without_a_word() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    said = len(wire.said)
    wire.tell(0, PathDead(20, "BFD finds that instance 1 can't be reached"))
    reason = (
        "BFD finds that instance 1 can't be reached, so device 1 drops the session and the routes "
        "learned over it."
    )
    assert wire.last("device 1") == Became("Idle", reason, "detect")
    assert len(wire.said) == said
    # It dials again; instance 1 still has the old session, and refuses until the hold time.
    wire.run(24.99)
    assert len(wire.said) == said
    wire.run(130)
    assert wire.states == UP


def test_a_link_down_closes_at_once_and_nobody_dials_until_it_is_back() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    wire.tell(0, LinkDown(20, "tunnel 1 is down"))
    assert wire.last("device 1").phase == "detect"
    wire.tell(1, LinkDown(20, "tunnel 1 is down"))
    said = len(wire.said)
    wire.run(200)
    assert len(wire.said) == said
    wire.start().run(201)
    assert wire.states == UP


def test_a_planned_stop_tells_the_peer_and_finds_no_failure() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    wire.tell(1, Stop(20, "maintenance begins"))
    assert wire.last("instance 1").phase is None
    wire.run(20.02)
    assert wire.became("device 1", "Idle") == [20.01]
    assert "instance 1 ends the session (maintenance begins)" in wire.last("device 1").reason
    wire.run(60)
    assert wire.beliefs[1].state == "Idle"


def test_a_stop_before_the_peer_took_the_call_has_nobody_to_tell() -> None:
    wire = Wire(DEVICE, INSTANCE).start()
    wire.tell(0, Stop(0, "maintenance begins"))
    wire.run(100)
    # The peer took the call meanwhile, and its two messages meet nobody.
    assert words(wire)[1:] == [
        "10 instance 1: Accept",
        "10 instance 1: Open",
        "20 device 1: Reset",
        "20 device 1: Reset",
    ]
    assert wire.states == ["Idle", "Idle"]
    assert wire.timers == [{}, {}]


def test_new_settings_restart_the_session_with_them() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(20)
    wire.settings[0] = replace(DEVICE, hold_time=9, keepalive=3)
    wire.tell(0, Reconfigure(20))
    assert wire.states == ["Idle", "Established"]
    wire.run(30)
    assert wire.became("instance 1", "Established") == [0.03, 25.03]
    assert [belief.hold for belief in wire.beliefs] == [9, 9]


def test_an_open_that_never_comes_is_given_up_after_four_minutes() -> None:
    wire = Wire(DEVICE, INSTANCE)
    wire.start().run(0.015)
    wire.cut[0] = True
    wire.run(240.02)
    assert wire.became("instance 1", "Idle") == [240.01]
    reason = "No word from device 1 for 240 s, so instance 1 drops the attempt at a session."
    assert wire.last("instance 1") == Became("Idle", reason, None)


def test_a_peer_that_dies_while_it_opens_can_dial_anew() -> None:
    wire = Wire(DEVICE, INSTANCE).start().run(0.015)
    wire.cut[0] = True
    wire.run(3)
    wire.cut[0] = False
    wire.replace(0)
    wire.run(4)
    assert wire.states == UP
    assert wire.became("instance 1", "OpenSent") == [0.01]


def test_a_new_call_stops_the_keepalives_of_the_attempt_before() -> None:
    wire = Wire(replace(DEVICE, hold_time=3, keepalive=1), INSTANCE).start().run(0.025)
    assert wire.beliefs[0].state == "OpenConfirm"
    wire.tell(0, Received(0.025, Connect("instance 1 anew", INSTANCE.router_id)))
    assert wire.beliefs[0].state == "OpenSent"
    assert list(wire.timers[0]) == ["hold"]


@pytest.mark.parametrize("seconds", [1, 2, 2.9, -3, 65536])
def test_a_hold_time_that_the_rfc_forbids_is_refused(seconds) -> None:
    with pytest.raises(InputError, match=r"hold time: .* s is not allowed: .*RFC 4271, 4\.2"):
        replace(DEVICE, hold_time=seconds)


def test_keepalives_faster_than_one_a_second_and_no_pause_between_calls_are_refused() -> None:
    with pytest.raises(InputError, match=r"keepalive: 0\.5 s is not allowed: 1 s or more"):
        replace(DEVICE, keepalive=0.5)
    with pytest.raises(InputError, match="connect retry: 0 s is no time to wait"):
        replace(DEVICE, connect_retry=0)


MESSAGES = [
    Connect("c", INSTANCE.router_id),
    Accept("c"),
    Reset("c"),
    Open("c", 65515, 90, INSTANCE.router_id),
    Keepalive("c"),
    Update("c"),
    Notification("c", 6, "so"),
]
EVENTS = [
    *(Received(1, message) for message in MESSAGES),
    *(TimerDue(1, name) for name in ("connect retry", "hold", "keepalive")),
    Start(1),
    LinkDown(1, "so"),
    PathDead(1, "so"),
    Stop(1, "so"),
    Reconfigure(1),
    Announce(1, ()),
    Withdraw(1, ()),
]


def test_the_table_knows_no_event_that_there_is_not() -> None:
    assert {what for row in TABLE.values() for what in row} == {kind(event) for event in EVENTS}


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("event", EVENTS, ids=kind)
def test_what_is_not_in_the_table_is_an_error_and_what_is_leads_where_it_says(state, event) -> None:
    belief = Belief(state, up=True, connection="c", hold=90, keepalive=30)
    if kind(event) in TABLE[state]:
        after, _ = react(belief, event, DEVICE)
        assert after.state in TABLE[state][kind(event)]
    else:
        with pytest.raises(ProtocolError, match=f"'{kind(event)}' is not allowed in state {state}"):
            react(belief, event, DEVICE)


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("message", MESSAGES[1:], ids=lambda message: type(message).__name__)
def test_a_strangers_message_changes_nothing_and_gets_a_reset_unless_it_is_an_end(
    state, message
) -> None:
    belief = Belief(state, up=True, connection="another")
    answer = () if isinstance(message, Reset | Notification) else (Send(Reset("c")),)
    assert react(belief, Received(1, message), DEVICE) == (belief, answer)


timers = st.sampled_from([0, 3, 3.5, 9, 10, 30, 90, 180, 65535]) | st.floats(3, 65535)


@given(
    st.lists(timers, min_size=2, max_size=2),
    st.lists(st.floats(1, 100), min_size=2, max_size=2),
    st.floats(0.0001, 0.4),
    st.booleans(),
)
def test_two_ends_that_negotiate_over_a_wire_that_loses_nothing_stay_together(
    holds, keepalives, delay, both
) -> None:
    ends = [
        replace(settings, hold_time=hold, keepalive=keepalive)
        for settings, hold, keepalive in zip((DEVICE, INSTANCE), holds, keepalives, strict=True)
    ]
    ends[1] = replace(ends[1], active=both)
    wire = Wire(*ends, delay=delay).start().run(400)
    assert wire.states == UP
    assert wire.became("device 1", "Idle") == wire.became("instance 1", "Idle") == []
    assert len(wire.became("device 1", "Established")) == 1


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from(range(6)), st.booleans()), max_size=8))
def test_whatever_happens_the_ends_come_together_again_in_the_end(mishaps) -> None:
    wire = Wire(
        replace(DEVICE, hold_time=9, keepalive=3, active=True), replace(INSTANCE, active=True)
    ).start()
    for at, what, end in sorted(mishaps):
        wire.run(max(at, wire.clock.now))
        now = wire.clock.now
        match what:
            case 0:
                wire.die(end)
                wire.run(now + 1)
                wire.tell(end, Start(wire.clock.now))
            case 1:
                wire.tell(end, PathDead(now, "so"))
            case 2:
                wire.tell(end, Reconfigure(now))
            case 3:
                wire.tell(end, LinkDown(now, "so"))
                wire.run(now + 1)
                wire.tell(end, Start(wire.clock.now))
            case 4:
                wire.tell(end, Withdraw(now, (OFFICE, CLOUD)))
                wire.tell(end, Announce(now, wire.settings[end].announces))
            case 5 if wire.late[end]:
                wire.in_time(end)
            case 5:
                wire.late[end] = True
    for end in (0, 1):
        wire.in_time(end)
    wire.run(wire.clock.now + 600)
    assert wire.states == UP
    assert [path.prefix for path in wire.beliefs[0].learned] == [CLOUD]
    assert [path.prefix for path in wire.beliefs[1].learned] == [OFFICE]
