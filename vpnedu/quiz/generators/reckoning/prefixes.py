"""Prefixes by chance, and what is common to the sums about them."""

from ipaddress import IPv4Network

from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

BITS = 32
POOLS = ("A gateway gives addresses of the pool `{}` to people who dial in",
         "A branch has the network `{}`", "A laboratory is given the prefix `{}`",
         "A virtual network has the subnet `{}`")  # fmt: skip


def any_network(chance: Chance, shortest: int, longest: int) -> IPv4Network:
    """A private prefix with a length between the two."""
    length = shortest + chance.below(longest - shortest + 1)
    start = chance.pick(
        (
            f"10.{1 + chance.below(250)}.{chance.below(256)}.{chance.below(256)}",
            f"172.{16 + chance.below(16)}.{chance.below(256)}.{chance.below(256)}",
            f"192.168.{chance.below(256)}.{chance.below(256)}",
        )
    )
    return IPv4Network(f"{start}/{max(length, 17)}", strict=False)


def asked(
    name: str, text: str, answer: Number | Typed, explain: str, hint: str, difficulty: int = 1
) -> Question:
    return Question(
        id=name,
        kind="numeric" if isinstance(answer, Number) else "text",
        text=text,
        answer=answer,
        explain=explain,
        reference="RFC 4632, 3.1",
        objective=name,
        difficulty=difficulty,
        hints=hints(hint),
    )
