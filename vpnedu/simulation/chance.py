"""Chance that repeats: one small documented generator, seeded by a number and a name.

xoshiro128** 1.1 by Blackman and Vigna (in the public domain): 128 bits of state, all operations
on 32 bits, so that a JavaScript twin gives the same numbers. `VECTOR` is its published test.
"""

from collections.abc import Sequence
from typing import TypeVar

MASK = 0xFFFFFFFF
# The first numbers from the state (1, 2, 3, 4).
VECTOR = (11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849)


def _rotated(value: int, by: int) -> int:
    return (value << by | value >> 32 - by) & MASK


def _mixed(value: int) -> int:
    """MurmurHash3's final mix, which makes near numbers unlike."""
    value = (value ^ value >> 16) * 0x85EBCA6B & MASK
    value = (value ^ value >> 13) * 0xC2B2AE35 & MASK
    return value ^ value >> 16


Thing = TypeVar("Thing")


class Chance:
    """A stream of numbers that belongs to `seed` and `name`.

    Each thing of a run draws from its own stream, so that a change to one thing changes no
    other thing's luck.
    """

    def __init__(self, seed: int, name: str = ""):
        key = 0x811C9DC5
        for byte in f"{seed}/{name}".encode():
            key = (key ^ byte) * 0x01000193 & MASK
        self.state = [_mixed(key + 0x9E3779B9 * place & MASK) for place in range(1, 5)]

    def bits(self) -> int:
        """The next number, from 0 to 2^32 - 1."""
        s = self.state
        result = _rotated(s[1] * 5 & MASK, 7) * 9 & MASK
        shifted = s[1] << 9 & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = _rotated(s[3], 11)
        return result

    def random(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return self.bits() / 2**32

    def uniform(self, low: float, high: float) -> float:
        """A number between `low` and `high`, all equally likely."""
        return low + (high - low) * self.random()

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1; `count` is at most 2^16, so that the bias of
        multiplying instead of drawing again stays below 1 in 65,536."""
        return self.bits() * count >> 32

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of `things`."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """`things` in another order, all orders equally likely (Fisher and Yates)."""
        result = list(things)
        for last in range(len(result) - 1, 0, -1):
            place = self.below(last + 1)
            result[last], result[place] = result[place], result[last]
        return result
