"""Things side by side, and what they share: in words, as structures, and as wrong ones."""

from typing import NamedTuple

from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal
from vpnedu.simulation.availability import Component, KofN, Parallel, Series, Structure
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

SHARES = (98.0, 99.0, 99.5, 99.8, 99.9)
SHARED = (99.5, 99.8, 99.9, 99.95)


class Pair(NamedTuple):
    """A case in words; its structure, and wrong ones as (id, structure, feedback); how to reckon
    it."""

    text: str
    structure: Structure
    wrong: tuple[tuple[str, Structure, str], ...]
    reckoning: str


def _part(name: str, percent: float) -> Component:
    return Component.of(name, percent / 100)


def _told(chance: Chance, texts: tuple[str, ...], *percents: float) -> str:
    """One of `texts`, with an owner and percentages filled in."""
    owner = chance.pick(OWNERS)
    shown = (decimal(percent, 2) for percent in percents)
    return chance.pick(texts).format(*shown, owner=owner, Owner=capital(owner))


def _reckoned(text: str, *percents: float) -> str:
    """`text` with the shares of up time as a0, a1 … and of down time as u0, u1 …"""
    up = {f"a{n}": decimal(percent / 100, 5) for n, percent in enumerate(percents)}
    down = {f"u{n}": decimal(1 - percent / 100, 5) for n, percent in enumerate(percents)}
    return text.format(**up, **down)


_LINES = (
    "{Owner} is connected by two lines, and one is enough. The first works {0} % of the time, the "
    "second {1} %. Both lead to one and the same gateway, which works {2} % of the time.",
    "After an outage {owner} bought a second line. The first works {0} % of the time, the second "
    "{1} %, and either will do. The gateway behind them was left as it was, single, with {2} %.",
)


def lines(chance: Chance) -> Pair:
    """Two different lines, one gateway behind both."""
    percents = chance.pick(SHARES), chance.pick(SHARES), chance.pick(SHARED)
    a, b, s = map(_part, ("line 1", "line 2", "gateway"), percents)
    both = Parallel(Series(a, s), Series(b, _part("gateway 2", percents[2])))
    wrong = (
        (
            "no-shared",
            Parallel(a, b),
            "Those are the two lines. The gateway behind both fails too.",
        ),
        (
            "all-in-series",
            Series(a, b, s),
            "That would be right if both lines were needed. One is enough, so only both failing at "
            "once counts.",
        ),
        (
            "two-gateways",
            both,
            "That is two lines with a gateway each. There is one gateway, which fails for both.",
        ),
        ("no-pair", Series(a, s), "That is the first line with the gateway; the second helps."),
    )
    reckoning = "Both lines are down at once for {u0} × {u1} of the time, so one works "
    reckoning += "1 − {u0} × {u1}. Times the gateway's {a2}; the rest of the year it is down."
    told = _told(chance, _LINES, *percents)
    return Pair(told, Series(Parallel(a, b), s), wrong, _reckoned(reckoning, *percents))


_CHAINS = (
    "The office of {owner} has two VPN devices, each of which works {0} % of the time. Both hang "
    "on the same internet provider: {1} %. One device is enough.",
    "“We have two of everything”, says the administrator of {owner}: two devices, two cables. On "
    "the bill there is one provider. A device works {0} % of the time, the provider {1} %, and one "
    "device suffices.",
)


def chains(chance: Chance) -> Pair:
    """Two devices that hang on one provider."""
    device, line = chance.pick(SHARES), chance.pick(SHARED)
    d, e = _part("device 1", device), _part("device 2", device)
    p, q = _part("provider", line), _part("provider 2", line)
    wrong = (
        (
            "two-providers",
            Parallel(Series(d, p), Series(e, q)),
            "The provider was counted as two. It is one, and when it fails it fails for both.",
        ),
        ("no-shared", Parallel(d, e), "Those are the devices alone; the provider fails as well."),
        ("one-chain", Series(d, p), "That is one device with the provider; the other stands in."),
        (
            "all-in-series",
            Series(d, e, p),
            "That would be right if both devices were needed. One is enough.",
        ),
    )
    reckoning = "Both devices are down at once for {u0}² of the time. What they share comes after "
    reckoning += "that, once: (1 − {u0}²) × {a1} of the time all is well."
    whole = Parallel(Series(d, p), Series(e, p))
    return Pair(
        _told(chance, _CHAINS, device, line), whole, wrong, _reckoned(reckoning, device, line)
    )


_THREE = (
    "The traffic of {owner} needs two gateway instances; three are there. Each works {0} % of the "
    "time. All stand in one zone, which works {1} % of the time.",
    "Three instances share the load of {owner}, and any two can carry it alone. An instance works "
    "{0} % of the time; the zone that all three stand in, {1} %.",
)


def two_of_three(chance: Chance) -> Pair:
    """Three instances of which two carry the load, in one zone."""
    each, zone = chance.pick((98.0, 98.5, 99.0, 99.5)), chance.pick(SHARED)
    parts = [_part(f"instance {n}", each) for n in (1, 2, 3)]
    s, enough = _part("zone", zone), KofN(2, *parts)
    wrong = (
        ("no-shared", enough, "Those are the instances; the zone can fail under all three."),
        (
            "one-enough",
            Series(Parallel(*parts), s),
            "That is what it would be if one instance were enough. Two are needed.",
        ),
        ("all-needed", Series(*parts, s), "All three are not needed: any one may fail."),
        (
            "just-two",
            Series(*parts[:2], s),
            "That is two instances without the third, which stands in for either.",
        ),
    )
    reckoning = "All three work for {a0}³ of the time, exactly two for 3 × {a0}² × {u0}. The sum, "
    reckoning += "times the zone's {a1}, is when all is well."
    told = _told(chance, _THREE, each, zone)
    return Pair(told, Series(enough, s), wrong, _reckoned(reckoning, each, zone))


_LOADED = (
    "Two gateways share the traffic of {owner}. Each runs at {0} % of what it can, and too much "
    "load stops one altogether. A gateway works {1} % of the time, and their one provider {2} %.",
    "{Owner} has two gateways behind one provider. Each runs at {0} % of what it can; one that is "
    "asked for more than it can stops altogether. A gateway works {1} % of the time, the provider "
    "{2} %.",
)


def overloaded(chance: Chance) -> Pair:
    """Two that carry more than one alone could."""
    each, line, load = chance.pick(SHARES), chance.pick(SHARED), chance.pick((60, 65, 70, 80))
    a, b, s = _part("gateway 1", each), _part("gateway 2", each), _part("provider", line)
    wrong = (
        (
            "pair",
            Series(Parallel(a, b), s),
            f"One alone would have to carry {2 * load} % of what it can. Both are needed, so this "
            "pair protects from nothing.",
        ),
        (
            "pair-no-shared",
            Parallel(a, b),
            "The provider is missing, and one gateway is not enough.",
        ),
        (
            "no-shared",
            Series(a, b),
            "Both gateways are needed, but the provider is needed as well.",
        ),
        ("one", Series(a, s), "That is one gateway with the provider. Two are needed at once."),
    )
    reckoning = f"One alone would be loaded to {2 * load} %, so both are needed, and they are a "
    reckoning += "chain: {a0} × {a0} × {a1} of the time all is well."
    told = _told(chance, _LOADED, load, each, line)
    return Pair(told, Series(a, b, s), wrong, _reckoned(reckoning, each, line))
