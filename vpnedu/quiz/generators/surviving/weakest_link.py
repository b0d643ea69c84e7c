"""Which part to double first: not the one that fails most often, but the one that costs most."""

from dataclasses import dataclass

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal, hints
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.availability import (
    SECONDS_A_YEAR,
    Component,
    Parallel,
    Series,
    in_words,
    unavailability,
)
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

NAMES = (
    "VPN device",
    "internet line",
    "office switch",
    "gateway",
    "firewall",
    "power supply",
    "application server",
)
OFTEN = ((12.0, 0.25), (24.0, 0.2), (8.0, 0.5), (10.0, 0.3))
USUAL = ((1.0, 2.0), (2.0, 2.0), (1.0, 4.0), (3.0, 1.0), (0.5, 6.0))
LONG = ((0.5, 48.0), (1.0, 30.0), (0.25, 72.0), (2.0, 12.0))
# By so much the best doubling must save more than the next.
MARGIN = 1.3
SCENES = (
    "{Owner} has money to double *one* part of its connection. Everything in the table is needed, "
    "one behind the other, and fails independently; a second part of a kind stands in at once. "
    "Which doubling saves the most downtime?",
    "All these parts stand between {owner} and its applications, and each must work. One of them "
    "can be bought a second time, as a spare that takes over by itself. Which one should it be, if "
    "downtime a year is what counts?",
    "“Let us double what fails most often”, they say at {owner}. Is that it? The parts form a "
    "chain, and fail independently; a second one of a kind takes over at once. Which one is best "
    "doubled first?",
)


@dataclass(frozen=True)
class Link:
    """A part of the chain: how many of it there are, and what one of them is like."""

    name: str
    rate: float
    hours: float
    count: int

    def parts(self, more: int = 0) -> Parallel:
        total = range(1, self.count + more + 1)
        return Parallel(*(Component(f"{self.name} {n}", self.rate, self.hours) for n in total))

    @property
    def down(self) -> float:
        """The seconds a year that one of it is down."""
        return self.rate * self.hours * 3600


def make(chance: Chance) -> Question:
    links = _links(chance)
    now = _down(links, "")
    saved = {link.name: now - _down(links, link.name) for link in links}
    best = max(links, key=lambda link: saved[link.name])
    second = max(value for name, value in saved.items() if name != best.name)
    if saved[best.name] < MARGIN * second:
        return make(chance)
    owner = chance.pick(OWNERS)
    choices = [_choice(link, links, saved, best) for link in links]
    return Question(
        "",
        "single",
        chance.pick(SCENES).format(owner=owner, Owner=capital(owner)),
        One(tuple(choices), ordered=True),
        _explained(links, saved, best, now),
        "Designing for availability: Availability of the same designs",
        "find the part whose doubling saves most",
        2,
        hints(
            "For each single part multiply: failures a year × hours to repair.",
            "What there are two of already fails only if both are down at once.",
        ),
        Table(
            "The parts, one behind the other; of a kind, any one is enough",
            ("part", "how many", "failures a year, each", "hours to repair"),
            tuple((k.name, str(k.count), decimal(k.rate, 2), decimal(k.hours, 2)) for k in links),
        ),
    )


def _links(chance: Chance) -> list[Link]:
    """One that fails often and briefly, one seldom and long, one that is double already."""
    names = sorted(chance.shuffled(NAMES)[: 4 + chance.below(2)], key=NAMES.index)
    kinds = [chance.pick(OFTEN), chance.pick(LONG), *(chance.pick(USUAL) for _ in names[2:])]
    if chance.below(2):
        kinds[1] = chance.pick(USUAL)
    kinds = chance.shuffled(kinds)
    doubled = chance.below(2 * len(names))
    return [
        Link(name, *kind, 2 if place == doubled else 1)
        for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
    ]


def _down(links: list[Link], doubled: str) -> float:
    """The seconds a year that the chain is down, with one more of the part called `doubled`."""
    chain = Series(*(link.parts(1 if link.name == doubled else 0) for link in links))
    return unavailability(chain) * SECONDS_A_YEAR


def _choice(link: Link, links: list[Link], saved: dict[str, float], best: Link) -> Choice:
    saves = f"A second {link.name} saves {in_words(saved[link.name])} a year"
    often = max(links, key=lambda other: other.rate)
    long = max(links, key=lambda other: other.hours)
    if link is best:
        says = f"{saves}, more than any other."
    elif link.count > 1:
        says = (
            f"There are two already: a third {link.name} saves {in_words(saved[link.name])} a year."
        )
    elif link is often:
        says = f"{saves}. It fails most often, but it is soon mended: time is failures × repair."
    elif link is long:
        says = (
            f"{saves}. Its repairs are the longest, but there are few: time is failures × repair."
        )
    else:
        says = f"{saves}; the {best.name} is down for longer."
    return Choice(link.name.replace(" ", "-").lower(), f"the {link.name}", link is best, says)


def _explained(links: list[Link], saved: dict[str, float], best: Link, now: float) -> str:
    told = "; ".join(f"{link.name} {in_words(saved[link.name])}" for link in links)
    return (
        f"The chain is down for {in_words(now)} a year. Doubling saves, part by part: {told}. The "
        f"{best.name} costs most, {decimal(best.rate, 2)} × {decimal(best.hours, 2)} h a year."
    )


WEAKEST_LINK = Generator(
    "weakest-link",
    "Find the part to double first",
    "availability",
    "designing-for-availability",
    "availability-of-the-same-designs",
    make,
)
