"""Where a prefix begins and where it ends."""

from ipaddress import IPv4Address, IPv4Network

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.prefixes import BITS, POOLS, any_network, asked
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

NAME = "prefix-ends"
LAST = (
    "What is the last address of that prefix?",
    "Which is the last address that it holds?",
    "A firewall wants it as a range, from first to last. What is the last address?",
)
HOLDING = (
    "A machine has the address `{inside}`, and its network has a prefix of length {length}. Which "
    "prefix is that? Write address and length.",
    "You find the address `{inside}` in a log, and know that the networks there have prefixes of "
    "length {length}. Which of them does it come from? Type the prefix.",
    "A route for the network around the address `{inside}` is to be typed in, with a prefix of "
    "length {length}. Which prefix is it?",
    "A device has the address `{inside}/{length}`: the prefix of its network is one of length "
    "{length}. Type that prefix.",
)


def make(chance: Chance) -> Question:
    """The last address of a prefix, or the prefix that holds an address."""
    return chance.pick((_last, _holding))(chance)


def _last(chance: Chance) -> Question:
    prefix = any_network(chance, 18, 27)
    last, first = prefix[-1], prefix[0]
    wrong = _typed_mistakes(
        str(last),
        ("next-prefix", str(_at(int(last) + 1)), "That is the first address behind the prefix."),
        ("last-number-only", str(_at(int(first) | 0xFF)), "That sets the bits of the last number "
         f"alone. /{prefix.prefixlen} has {BITS - prefix.prefixlen} free bits, and not 8."),
        ("one-before", str(_at(int(last) - 1)), "That is the last but one. The last address "
         "belongs to the prefix, whatever it is used for."),
        ("half-way", str(_at(int(first) + prefix.num_addresses // 2 - 1)),
         "That is the last address of the first half."),
        ("twice-as-far", str(_at(int(first) + 2 * prefix.num_addresses - 1)),
         f"That lies {prefix.num_addresses} addresses too far."),
    )  # fmt: skip
    return asked(
        NAME,
        f"{chance.pick(POOLS).format(prefix)}. {chance.pick(LAST)}",
        Typed("address", (str(last),), wrong),
        f"{BITS} − {prefix.prefixlen} = {BITS - prefix.prefixlen} bits are free. With all of them "
        f"0 the address is {first}, and with all of them 1 it is **{last}**.",
        "In the last address all free bits are 1.",
        2,
    )


def _holding(chance: Chance) -> Question:
    prefix = any_network(chance, 18, 27)
    length, size = prefix.prefixlen, prefix.num_addresses
    inside = _at(int(prefix[0]) + size // 2 + chance.below(size // 2 - 1) + 1)
    start = int(prefix[0])
    wrong = _typed_mistakes(
        str(prefix),
        ("next-one", f"{_at(start + size)}/{length}", "That one begins behind the address."),
        ("one-before", f"{_at(start - size)}/{length}", "That one ends before the address."),
        ("a-slash-24", str(IPv4Network(f"{inside}/24", strict=False)),
         f"Its length is 24. Asked for is the one of length {length}."),
        ("half", str(IPv4Network(f"{inside}/{length + 1}", strict=False)),
         f"It holds the address, but its length is {length + 1}."),
    )  # fmt: skip
    return asked(
        NAME,
        chance.pick(HOLDING).format(inside=inside, length=length),
        Typed("prefix", (str(prefix),), wrong),
        f"With /{length} the last {BITS - length} bits are free, and in the prefix they are 0: "
        f"**{prefix}**, from {prefix[0]} to {prefix[-1]}.",
        f"Networks of this length begin at every multiple of {_step(length)}.",
        2,
    )


def _step(length: int) -> str:
    octet, size = (length + 7) // 8, 2 ** (-length % 8)
    return f"{size} in the {('first', 'second', 'third', 'fourth')[octet - 1]} number"


def _at(address: int) -> IPv4Address:
    return IPv4Address(address)


def _typed_mistakes(key: str, *slips: tuple[str, str, str]) -> tuple[Mistake, ...]:
    """Those of the slips that differ from the key and from one another."""
    found: dict[str, Mistake] = {}
    for name, value, says in slips:
        if value != key:
            found.setdefault(value, Mistake(name, value, says))
    return tuple(found.values())


GENERATOR = Generator(
    NAME,
    "Find the first and the last address of a prefix",
    "planning",
    "route-based",
    "a-worked-example-10-33-0-7-in-binary",
    make,
)
