"""Random questions and random answers to them, good and bad, by chance that repeats."""

from fractions import Fraction
from typing import Any

import pytest

from vpnedu.quiz.inputs import Byte, ByteField, Choice, Item, Many, One, Order, Pairs, Step
from vpnedu.quiz.marking import ORDERS, PAIRS, TICKS
from vpnedu.quiz.numbers import Mistake, Number
from vpnedu.quiz.question import Hint, Input, Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance

# Ids that every JavaScript object knows are among them.
IDS = ("a", "b", "c", "__proto__", "constructor", "toString", "0", "1", "é", "long id")
UNITS = ("", "B", "kB", "KiB", "bit", "s", "ms", "min", "%", "Mbit/s", "packets", "IPsec SAs")
TYPED = {
    "address": ("10.1.0.4", "2001:db8::4", "::", "::ffff:10.0.0.1", "1:0:0:2:0:0:0:3"),
    "prefix": ("10.1.0.0/16", "0.0.0.0/0", "10.0.0.0/255.0.0.0", "2001:db8::/32", "::/0"),
    "port": ("500", "udp/4500", "tcp/443", "UDP 500", "port 0"),
    "hex": ("de ad be ef", "0x00", "FF:fe", "45 00"),
    "words": ("Longest prefix match", "Straße", "ΣΊΣΥΦΟΣ", "café", "a"),
}
# What is put into answers to spoil them: signs that some grammar knows, or that look as if.
SIGNS = tuple(
    " .,:/%-+−_'’eExX×*^0123456789afgBkbSMs\u00a0\u202f\u2009\t\n\0é½²٤١ßſK\ufeff\u200b😀"
)
PIECES = (
    *SIGNS, "::", "e3", "x10^2", "×10^−3", " kB", "KiB", "kb", " bytes", " MS", " Seconds", "%",
    "/16", "/255.0.0.0", "udp/", "TCP ", "port ", "0x", "ff", "000", " 000", "1/3", "/0", "nan",
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, "", " ", 0, 1, 1.5, True, False, [], {}, [[]], [None], {"a": None}, {"a": ["b"]}, "null",
    {"__proto__": "a"}, ["__proto__"], "__proto__", "toString", {"length": 1}, [1, 2], "x" * 300,
)  # fmt: skip


def some(chance: Chance, things: tuple[str, ...], least: int) -> list[str]:
    return chance.shuffled(things)[: least + chance.below(len(things) - least + 1)]


def choices(chance: Chance, one: bool) -> tuple[Choice, ...]:
    ids = some(chance, IDS, 2)
    right = ids[:1] if one else ids[: 1 + chance.below(len(ids))]
    return tuple(Choice(n, f"the *{n}*", n in right, "So.") for n in chance.shuffled(ids))


def fraction(chance: Chance) -> Fraction:
    return Fraction(chance.below(4001) - 1000, chance.pick((1, 1, 2, 3, 8, 10, 100, 1000)))


def number(chance: Chance) -> Number:
    value = fraction(chance)
    tolerance = chance.pick((Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(5)))
    near = (value + 1, value * 8, fraction(chance))
    mistakes = tuple(Mistake(n, str(v), "So.") for n, v in zip(IDS[2:5], near, strict=True))
    return Number(value, tolerance, chance.pick(UNITS), mistakes)


def typed(chance: Chance) -> Typed:
    form = chance.pick(tuple(TYPED))
    first, second, third = chance.shuffled(TYPED[form])[:3]
    return Typed(form, (first, second), (Mistake("constructor", third, "So."),))


def byte(chance: Chance) -> Byte:
    ends = sorted(chance.shuffled(range(1, 60))[: 1 + chance.below(4)])
    starts = [0, *ends[:-1]]
    right = chance.below(len(ends))
    spans = enumerate(zip(starts, ends, strict=True))
    fields = (ByteField(IDS[n], a, b - 1, "So.", n == right) for n, (a, b) in spans)
    return Byte(bytes(ends[-1]), tuple(fields))


def pairs(chance: Chance) -> Pairs:
    options = some(chance, IDS, 2)
    items = (Item(n, f"`{n}`", chance.pick(options), "So.") for n in some(chance, IDS, 1))
    shown = tuple((n, f"option **{n}**") for n in options)
    return Pairs(tuple(items), shown, chance.pick(tuple(PAIRS)))


def order(chance: Chance) -> Order:
    steps = tuple(Step(n, f"step {n}", "So.") for n in some(chance, IDS, 2))
    return Order(steps, chance.pick(tuple(ORDERS)))


MAKERS = {
    "one": lambda chance: One(choices(chance, True)),
    "many": lambda chance: Many(choices(chance, False), chance.pick(tuple(TICKS))),
    "pairs": pairs,
    "order": order,
    "byte": byte,
    "number": number,
    "typed": typed,
}


def question(given: Input, chance: Chance) -> Question:
    """A question with up to three hints, which together may cost more than there is."""
    costs = [Fraction(chance.below(5), 6) for _ in range(chance.below(4))]
    hints = tuple(Hint("Look.", cost) for cost in costs)
    return Question("random", "text", "Which?", given, "So.", "RFC 4301", "see", 2, hints)


def spoilt(text: str, chance: Chance) -> str:
    """`text` with some pieces put in, taken out or taken twice."""
    for _ in range(chance.below(4)):
        at = chance.below(len(text) + 1)
        cut = at + chance.below(3)
        text = text[:at] + chance.pick((chance.pick(PIECES), "", text[at:cut])) + text[cut:]
    return text


def answer(given: Input, chance: Chance) -> Any:
    """Right, wrong, spoilt or junk."""
    if chance.below(8) == 0:
        return chance.pick(JUNK)
    key = given.key
    if isinstance(given, Number | Typed):
        mistakes = [mistake.value for mistake in given.mistakes]
        return spoilt(
            chance.pick([key, key, *mistakes, *given.to_dict().get("accept", [])]), chance
        )
    if isinstance(given, Pairs):
        options = [*(name for name, _ in given.options), None, "", "nope"]
        mixed = {name: chance.pick((option, chance.pick(options))) for name, option in key.items()}
        return {name: mixed[name] for name in some(chance, tuple(mixed), 0)}
    if isinstance(given, Order):
        return some(chance, tuple(key), len(key) - chance.below(2))
    if isinstance(given, Many):
        return some(chance, tuple(choice.id for choice in given.choices), 0)
    return spoilt(str(chance.below(70)), chance) if given.name == "byte" else chance.pick(IDS)


@pytest.fixture(scope="session")
def asked() -> list[tuple[Question, Any, int]]:
    """Three thousand questions of all inputs, each with an answer and a number of hints taken."""
    made = []
    for seed in range(3000):
        chance = Chance(seed, "asked")
        given = MAKERS[chance.pick(tuple(MAKERS))](chance)
        made.append((question(given, chance), answer(given, chance), chance.below(4)))
    return made
