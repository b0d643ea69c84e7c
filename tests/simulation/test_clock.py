"""The clock: calls in order of time, the story that each inherits, and the bound of a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.addresses import InputError
from vpnedu.simulation.clock import UNTOLD, Clock, Story

delays = st.lists(st.floats(0, 100), max_size=30)


@given(delays)
def test_calls_are_made_in_order_of_time_and_those_of_one_time_as_asked(chosen) -> None:
    clock, made = Clock(), []
    for place, delay in enumerate(chosen):
        clock.after(delay, lambda value: made.append((clock.now, value)), place)
    clock.run(100)
    assert made == sorted((delay, place) for place, delay in enumerate(chosen))


def test_a_call_due_at_the_end_is_made_and_a_later_one_waits_for_the_next_run() -> None:
    clock, made = Clock(), []
    clock.after(5, made.append, "at the end")
    clock.after(5.001, made.append, "later")
    clock.run(5)
    assert (made, clock.now) == (["at the end"], 5)
    clock.run(6)
    assert (made, clock.now) == (["at the end", "later"], 6)


def test_what_a_call_asks_for_at_once_is_made_at_the_same_time() -> None:
    clock, made = Clock(10), []
    clock.after(1, lambda _: clock.after(0, lambda _: made.append(clock.now)))
    clock.run(11)
    assert made == [11]


def test_a_clock_may_begin_before_zero() -> None:
    clock, made = Clock(-120), []
    clock.after(20, lambda _: made.append(clock.now))
    clock.run(0)
    assert made == [-100]


@given(delays, st.sets(st.integers(0, 29)))
def test_a_cancelled_call_is_not_made_and_disturbs_no_other(chosen, gone) -> None:
    clock, made = Clock(), []
    numbers = [clock.after(delay, made.append, place) for place, delay in enumerate(chosen)]
    for place in gone & set(range(len(numbers))):
        clock.cancel(numbers[place])
    clock.run(100)
    assert sorted(made) == [place for place in range(len(chosen)) if place not in gone]


def test_a_call_may_cancel_one_of_its_own_time() -> None:
    clock, made = Clock(), []
    later = []
    clock.after(1, lambda _: clock.cancel(later[0]))
    later.append(clock.after(1, made.append))
    clock.run(2)
    assert made == []


def test_a_call_inherits_the_story_of_the_call_that_asked_for_it() -> None:
    clock, stories = Clock(), {}

    def finds_out(_: None) -> None:
        clock.detected()
        clock.after(2, decides)

    def decides(_: None) -> None:
        clock.decided()
        clock.after(3, lambda _: stories.update(redirected=clock.story))

    clock.after(1, finds_out)
    clock.after(6, lambda _: stories.update(stranger=clock.story))
    clock.run(10)
    assert stories == {"redirected": Story(1, 3), "stranger": UNTOLD}


def test_only_the_first_decision_of_a_story_counts() -> None:
    clock, told = Clock(), []

    def decide(_: None) -> None:
        clock.decided()
        told.append(clock.story)

    clock.after(1, lambda _: (clock.detected(), clock.after(1, decide), clock.after(1, decide)))
    clock.after(2, decide)
    clock.run(5)
    assert told == [Story(None, 2), Story(1, 2), Story(1, 2)]


def test_a_new_discovery_begins_a_new_story() -> None:
    clock, told = Clock(), []

    def again(_: None) -> None:
        clock.detected()
        told.append(clock.story)

    clock.after(1, lambda _: (clock.detected(), clock.decided(), clock.after(4, again)))
    clock.run(9)
    assert told == [Story(5, None)]


def test_a_run_that_would_not_end_is_stopped_and_says_when() -> None:
    clock = Clock(most=1000)

    def again(_: None) -> None:
        clock.after(0.25, again)

    clock.after(0, again)
    with pytest.raises(InputError) as stopped:
        clock.run(1e9)
    assert stopped.value.field == "until"
    assert stopped.value.rule.startswith("the run asked for 1,000 calls by 250")
    assert "less time" in stopped.value.rule


def test_a_run_that_stands_still_is_stopped_too() -> None:
    clock = Clock(most=100)

    def again(_: None) -> None:
        clock.after(0, again)

    clock.after(3, again)
    with pytest.raises(InputError, match="by 3 s"):
        clock.run(10)


def test_a_run_within_its_bound_is_not_stopped() -> None:
    clock, made = Clock(most=10), []
    for place in range(9):
        clock.after(place, made.append, place)
    clock.run(100)
    assert made == list(range(9))
