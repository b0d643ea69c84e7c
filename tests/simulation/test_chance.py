"""The generator: the published numbers, one stream for each name, and fair shares."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpnedu.simulation.chance import VECTOR, Chance

MASK = 0xFFFFFFFF


def test_the_published_vector_comes_out() -> None:
    chance = Chance(0)
    chance.state = [1, 2, 3, 4]
    assert tuple(chance.bits() for _ in VECTOR) == VECTOR


def witness(state: list[int]):
    """xoshiro128** 1.1 once more, line by line as its authors' C has it."""
    s = list(state)

    def rotl(x: int, k: int) -> int:
        return ((x << k) | (x >> (32 - k))) & MASK

    while True:
        result = rotl((s[1] * 5) & MASK, 7) * 9 & MASK
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
        yield result


@given(st.lists(st.integers(0, MASK), min_size=4, max_size=4))
def test_any_state_goes_on_as_the_authors_program_does(state) -> None:
    chance, other = Chance(0), witness(state)
    chance.state = list(state)
    assert [chance.bits() for _ in range(20)] == [next(other) for _ in range(20)]


@given(st.integers(), st.text(max_size=30))
def test_seed_and_name_give_the_same_stream_each_time(seed, name) -> None:
    one, other = Chance(seed, name), Chance(seed, name)
    assert [one.bits() for _ in range(5)] == [other.bits() for _ in range(5)]
    assert any(one.state), "the state of all zeros would stay so"


def test_near_seeds_and_names_give_unlike_streams() -> None:
    names = ("", "a", "b", "tunnel 1", "tunnel 2", "tunnel 1/device 1")
    firsts = [Chance(seed, name).random() for seed in range(500) for name in names]
    assert len(set(firsts)) == len(firsts)
    # Of six names and 500 seeds, each tenth of the range gets about a tenth.
    shares = Counter(int(10 * first) for first in firsts)
    assert all(220 < shares[tenth] < 380 for tenth in range(10)), shares


def test_the_first_numbers_of_seeds_in_a_row_are_not_in_order() -> None:
    firsts = [Chance(seed, "instance 1/standby-start").random() for seed in range(400)]
    rises = sum(after > before for before, after in pairwise(firsts))
    assert 160 < rises < 240


@pytest.mark.parametrize(
    ("seed", "name", "numbers"),
    [
        (1, "", (2576603572, 2296913038)),
        (1, "tunnel 1", (1083076830, 792650724)),
        (-7, "network → office", (2389346507, 3937291276)),
    ],
)
def test_a_few_streams_are_written_down_for_other_languages(seed, name, numbers) -> None:
    chance = Chance(seed, name)
    assert (chance.bits(), chance.bits()) == numbers


@given(st.integers(0, 10**6), st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_a_uniform_number_stays_in_its_range(seed, low, width) -> None:
    chance = Chance(seed)
    for _ in range(5):
        assert low <= chance.uniform(low, low + width) <= low + width
        assert 0 <= chance.random() < 1


def test_a_range_of_one_number_gives_that_number() -> None:
    assert Chance(3).uniform(0.05, 0.05) == 0.05


def test_uniform_numbers_are_even_over_their_range() -> None:
    chance = Chance(1, "even")
    drawn = [chance.uniform(10, 14.5) for _ in range(4000)]
    assert sum(drawn) / len(drawn) == pytest.approx(12.25, abs=0.08)
    assert min(drawn) < 10.02
    assert max(drawn) > 14.48
