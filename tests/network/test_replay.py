"""The anti-replay window, held against a receiver that remembers everything."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.network.replay import ReplayWindow

AT_100 = ReplayWindow(64).commit(100)


@pytest.mark.parametrize(
    ("sequence", "told"),
    [
        (100, "received before"),
        (37, None),
        (36, "too old: the window holds 37 and up"),
        (0, "never sent"),
        (101, None),
        (165, None),
        (2**32 - 1, None),
    ],
)
def test_a_window_of_64_at_100(sequence, told) -> None:
    found = AT_100.check(sequence)
    assert (found is None) if told is None else (told in found)


def test_a_jump_beyond_the_window_forgets_what_was_seen() -> None:
    jumped = AT_100.commit(165)
    assert jumped == ReplayWindow(64, 165, 1)
    assert jumped.check(102) is None, "it never came"
    assert jumped.check(101) is not None, "too old now"


def test_a_forged_packet_does_not_move_the_window() -> None:
    """Asking changes nothing: only a packet that proved genuine is committed."""
    assert AT_100.check(5000) is None
    assert AT_100.highest == 100
    assert AT_100.check(99) is None


def test_a_window_of_32_as_linux_has_it() -> None:
    window = ReplayWindow(32).commit(1000)
    assert window.check(1000 - 31) is None
    assert window.check(1000 - 32) is not None
    assert window.commit(1000 - 31).check(1000 - 31) is not None


def follow(size: int, numbers: list[int]) -> int:
    """Hold a window against a set of all numbers ever accepted; how many were."""
    window, accepted, highest = ReplayWindow(size), set(), 0
    for number in numbers:
        fresh = number > 0 and number > highest - size and number not in accepted
        assert (window.check(number) is None) == fresh, (window, number)
        if fresh:
            window = window.commit(number)
            accepted.add(number)
            highest = max(highest, number)
        assert window.highest == highest
        assert window.seen < 1 << size, "the window remembers no more than its size"
    return len(accepted)


@given(size=st.sampled_from([1, 32, 64, 128]), numbers=st.lists(st.integers(0, 300), max_size=80))
def test_each_number_passes_once_and_only_inside_the_window(size, numbers) -> None:
    follow(size, numbers)


def test_a_busy_link_with_reordering_and_replays() -> None:
    random = Random(4303)
    for size in (32, 64, 1024):
        numbers, now = [], 0
        for _ in range(5_000):
            now += random.choice([1, 1, 1, 2, 90])
            late = now - random.randint(0, size + 20)
            numbers += [now, max(late, 0), random.choice([now, max(late, 0)])]
        assert follow(size, numbers) > 5_000
