"""How many addresses and subnets a prefix has."""

from collections.abc import Iterator
from fractions import Fraction
from ipaddress import IPv4Network

from vpnedu.network.addresses import AddressRange
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.prefixes import BITS, POOLS, any_network, asked
from vpnedu.quiz.generators.reckoning.sums import Slip, mistakes
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

NAME = "subnet-count"
GROUPS = (("people who dial in at the same time, an address each", (20, 900)),
          ("machines in one subnet", (30, 700)), ("cameras in one network", (70, 1500)),
          ("cash desks of one firm, in one prefix", (15, 400)))  # fmt: skip
SMALLEST = (
    "How long is the prefix of the smallest network that holds them all? Give the number behind "
    "the slash.",
    "Which is the longest prefix that still has room for all of them? Give its length, the number "
    "behind the slash.",
    "Not one bit more than needed is to be left free. Which number stands behind the slash?",
)
CUT = (
    "A firm cuts `{whole}` into equal pieces. How many {what} /{length} are in it?",
    "You may fill `{whole}` with equal pieces, side by side. How many {what} /{length} fit?",
    "The plan says: `{whole}`, in equal pieces. How many {what} /{length} does that make?",
)


def make(chance: Chance) -> Question:
    """One of three small sums, each in a network of its own."""
    return chance.pick((_addresses, _smallest, _subnets))(chance)


def _number(value: int, slips: Iterator[Slip]) -> Number:
    return Number(Fraction(value), mistakes=mistakes(value, slips))


def _addresses(chance: Chance) -> Question:
    prefix = any_network(chance, 18, 29)
    length, count = prefix.prefixlen, _size(prefix)
    free = BITS - length
    return asked(
        NAME,
        f"{chance.pick(POOLS).format(prefix)}. How many addresses has that prefix, the first and "
        "the last included?",
        _number(count, _addresses_slips(length, count)),
        f"{BITS} − {length} = {free} bits are free, and 2^{free} = **{count}**. They run from "
        f"{prefix[0]} to {prefix[-1]}.",
        f"How many of the {BITS} bits are free?",
    )


def _addresses_slips(length: int, count: int) -> Iterator[Slip]:
    free = BITS - length
    yield Slip(
        "two-left-out",
        count - 2,
        "That leaves out the first and the last address; they belong to the prefix as well.",
    )
    yield Slip(
        "fixed-bits",
        2**length,
        f"The {length} bits are fixed. Count with the other {free}.",
    )
    yield Slip("one-bit-more", 2 * count, f"That is /{length - 1}, which has twice as many.")
    yield Slip("one-bit-less", count // 2, f"That is /{length + 1}, which has half as many.")
    yield Slip(
        "free-bits",
        free,
        f"That is the number of free bits. Each doubles the count: 2 to the power of {free}.",
    )


def _size(prefix: IPv4Network) -> int:
    """How many addresses the range of `prefix` has."""
    first, last = AddressRange.of(prefix).bounds
    return last - first + 1


def _smallest(chance: Chance) -> Question:
    what, (low, high) = chance.pick(GROUPS)
    # Now and then just what a prefix holds, or one more: there the rounding shows.
    wanted = chance.pick((low + chance.below(high - low), 64, 128, 129, 257, 256, 512, 513))
    free = (wanted - 1).bit_length()
    length = BITS - free
    return asked(
        NAME,
        f"Addresses are needed for {wanted} {what}. Take every address of the prefix as usable.\n\n"
        f"{chance.pick(SMALLEST)}",
        _number(length, _smallest_slips(free, wanted)),
        f"{free} free bits make 2^{free} = {2**free} addresses, and with one bit less there would "
        f"be {2 ** (free - 1)}: too few for {wanted}. So {BITS} − {free} = **{length}** bits are "
        "fixed.",
        "Which power of two is the first that reaches the number needed?",
        2,
    )


def _smallest_slips(free: int, wanted: int) -> Iterator[Slip]:
    length = BITS - free
    yield Slip(
        "one-bit-short",
        length + 1,
        f"/{length + 1} has {2 ** (free - 1)} addresses, and {wanted} are needed.",
    )
    yield Slip(
        "twice-as-large",
        length - 1,
        f"/{length - 1} would do, but /{length} has {2**free} addresses already.",
    )
    yield Slip(
        "free-bits",
        free,
        "That is the number of free bits; the number behind the slash counts the fixed ones.",
    )
    yield Slip(
        "addresses",
        2**free,
        "That is how many addresses the network has. Asked for is the length of its prefix.",
    )


def _subnets(chance: Chance) -> Question:
    whole = any_network(chance, 17, 24)
    more = 2 + chance.below(min(6, 29 - whole.prefixlen) - 1)
    length, count = whole.prefixlen + more, 2**more
    what = "gateway subnets of" if length == 27 else "subnets of"
    return asked(
        NAME,
        chance.pick(CUT).format(whole=whole, what=what, length=length),
        _number(count, _subnets_slips(more, length)),
        f"{length} − {whole.prefixlen} = {more} more bits are fixed, and 2^{more} = **{count}**. "
        f"Each piece has {2 ** (BITS - length)} addresses.",
        "Every bit by which the prefix is longer cuts each piece in two.",
    )


def _subnets_slips(more: int, length: int) -> Iterator[Slip]:
    count = 2**more
    yield Slip(
        "difference",
        more,
        f"That is the difference of the lengths. Each bit doubles the "
        f"number: 2 to the power of {more}.",
    )
    yield Slip("ratio", 2 * more, "The number doubles with every bit; it does not grow by two.")
    yield Slip(
        "addresses",
        2 ** (BITS - length),
        f"That is the number of addresses in one /{length}.",
    )
    yield Slip(
        "two-left-out",
        count - 2,
        "The first and the last piece are subnets like all the others.",
    )
    yield Slip("one-bit-more", 2 * count, f"So many pieces of /{length + 1} are in it.")


GENERATOR = Generator(
    NAME,
    "Count the addresses and subnets of a prefix",
    "planning",
    "route-based",
    "a-worked-example-10-33-0-7-in-binary",
    make,
)
