"""The availability of a chain: everything in it must work, so the shares multiply."""

from math import fsum, prod

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.shared import OWNERS, decimal, hints, number
from vpnedu.quiz.numbers import Number
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.availability import HOURS_A_YEAR, Component, Series, availability
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

# What a connection can consist of, in the order in which a packet meets it.
LINKS = (
    "the office's power",
    "the office's switch",
    "the VPN device",
    "the internet provider",
    "the cloud's network",
    "the gateway",
    "the private circuit",
    "the application's server",
)
SHARES = (98.0, 99.0, 99.2, 99.5, 99.7, 99.8, 99.9, 99.95)
SCENES = (
    "The branch of {owner} works over a connection of {count} parts, one behind the other. The "
    "table has how much of the time each of them works; they fail independently.",
    "{Owner} has bought {count} things from {count} suppliers, each with a measured availability. "
    "All of them are needed for the till to work, and a failure of one has nothing to do with the "
    "others.",
    "For {owner} somebody has drawn the way of a packet: it passes {count} parts, which fail "
    "independently of each other, and there is no other way.",
)


def make(chance: Chance) -> Question:
    count, owner = 3 + chance.below(3), chance.pick(OWNERS)
    places = sorted(chance.shuffled(range(len(LINKS)))[:count])
    links = [(LINKS[place], chance.pick(SHARES)) for place in places]
    whole = availability(Series(*(Component.of(name, share / 100) for name, share in links)))
    hours = chance.below(3) == 0
    asked = (
        "For how many hours of a year (8,760 h) is the whole down, on average? Within 0.5 h is "
        "right."
        if hours
        else "How much of the time does the whole work, in percent? Within 0.01 % is right."
    )
    scene = chance.pick(SCENES).format(owner=owner, Owner=capital(owner), count=count)
    return Question(
        "",
        "numeric",
        f"{scene}\n\n{asked}",
        _hours(links, whole) if hours else _percent(links, whole),
        _explained(links, whole),
        "Designing for availability: In series, in parallel",
        "compute the availability of a chain",
        2,
        hints(
            "All parts must work at once.",
            "Write each percentage as a share, 99.9 % as 0.999, and multiply them all.",
        ),
        Table("Parts, one behind the other", ("part", "works"), _rows(links)),
    )


def _rows(links: list[tuple[str, float]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{decimal(share, 2)} % of the time") for name, share in links)


def _wrong(links: list[tuple[str, float]]) -> list[tuple[str, float, str]]:
    """Mistakes, as percentages of the time that the whole would work."""
    shares = [share for _, share in links]
    return [
        (
            "average",
            fsum(shares) / len(shares),  # sum() adds floats otherwise since Python 3.12
            "Availabilities of a chain do not average out: each part adds its own failures.",
        ),
        (
            "worst",
            min(shares),
            "A chain is worse than its weakest link, since the other links fail too, at other "
            "times.",
        ),
        ("best", max(shares), "The best part cannot carry what another one does not let through."),
        (
            "parallel",
            100 * (1 - prod(1 - share / 100 for share in shares)),
            "That is how often at least one of them works. Here all are needed.",
        ),
        (
            "two-only",
            shares[0] * shares[1] / 100,
            "That is the product of the first two parts alone; the chain goes on.",
        ),
    ]


def _percent(links: list[tuple[str, float]], whole: float) -> Number:
    return number(100 * whole, 3, "0.01", "%", _wrong(links))


def _hours(links: list[tuple[str, float]], whole: float) -> Number:
    wrong = [
        (name, (1 - share / 100) * HOURS_A_YEAR, says)
        for name, share, says in _wrong(links)
        if share < 99.9999
    ]
    uptime = "That is how long it works. Asked for is the rest of the year."
    wrong.append(("uptime", whole * HOURS_A_YEAR, uptime))
    return number((1 - whole) * HOURS_A_YEAR, 1, "0.5", "h", wrong)


def _explained(links: list[tuple[str, float]], whole: float) -> str:
    product = " × ".join(decimal(share / 100, 4) for _, share in links)
    worst = min(links, key=lambda link: link[1])
    return (
        f"{product} = {decimal(whole, 5)}, that is {decimal(100 * whole, 3)} %, or "
        f"{decimal((1 - whole) * HOURS_A_YEAR, 1)} h down a year. The weakest part alone, "
        f"{worst[0]}, is down for {decimal((1 - worst[1] / 100) * HOURS_A_YEAR, 1)} h."
    )


AVAILABILITY_CHAIN = Generator(
    "availability-chain",
    "Compute the availability of a chain",
    "availability",
    "designing-for-availability",
    "in-series-in-parallel",
    make,
)
