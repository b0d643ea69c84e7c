"""Two that are called independent, and what they share: how much of the pair is left."""

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.surviving.shared import (
    OWNERS,
    Wrong,
    decimal,
    grouped,
    hints,
    number,
    within,
)
from vpnedu.quiz.question import Question
from vpnedu.simulation.availability import (
    HOURS_A_YEAR,
    CommonCause,
    Component,
    Series,
    Structure,
    unavailability,
)
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.effects import capital

MINUTES = HOURS_A_YEAR * 60
SHARES = (98.0, 99.0, 99.5, 99.8, 99.9)
BETAS = (1, 2, 5, 10, 15, 20, 25)
# Pairs that share more than their drawing shows.
SECRETS = (
    ("VPN devices", "the same firmware, with the same bugs"),
    ("internet lines", "the same duct under the street"),
    ("gateways", "one certificate, which ends on one day"),
    ("firewalls", "one management system, which pushes every change to both at once"),
    ("routers", "one power strip"),
)
ROADWORKS = (
    ("two internet lines", "both cables lie in one duct, which a digger cuts", "the duct"),
    ("two VPN devices", "both stand in one cabinet, which loses its power", "the cabinet"),
    ("two gateways", "both are changed by one script, which breaks them", "the script"),
)


def make(chance: Chance) -> Question:
    return chance.pick((_beta, _shared))(chance)


def _beta(chance: Chance) -> Question:
    """Of all failures of one, a share takes the other along."""
    (what, why), percent, beta = chance.pick(SECRETS), chance.pick(SHARES), chance.pick(BETAS)
    alone, own = (1 - percent / 100) * MINUTES, 1 - beta / 100
    down, free = (unavailability(_pair(percent, share)) * MINUTES for share in (beta, 0))
    text = (
        f"{_either(chance, what)} Each works {decimal(percent, 2)} % of the time, and one is "
        f"enough. But both have {why}: of all failures of one, {beta} % hit both at once, and only "
        "the rest are independent."
    )
    values = {
        "independent": free,
        "one-alone": alone,
        "beta-of-pair": beta / 100 * free,
        "rest-only": own**2 * free,
        "product-with-beta": own * alone,
    }
    wrong = [(name, value, BETA_SAYS[name].format(beta=beta)) for name, value in values.items()]
    u, b = decimal(1 - percent / 100, 4), decimal(beta / 100, 2)
    explain = (
        f"Common: {b} × {u} of the time. Independent, both at once: ({decimal(own, 2)} × {u})². "
        f"Together {grouped(down, 1)} min a year, against {grouped(free, 1)} min if nothing were "
        f"shared and {grouped(alone, 1)} min for one alone. A third of the same kind would not "
        "change the common part."
    )
    return _question(text, down, wrong, explain)


BETA_SAYS = {
    "independent": "That is two independent ones, as in the brochure. The common failures are "
    "missing.",
    "one-alone": "That is one alone. Most failures still hit one at a time.",
    "beta-of-pair": "The {beta} % are a share of the failures of *one*, and not of the rare "
    "moments when both are down.",
    "rest-only": "Those are the independent failures alone.",
    "product-with-beta": "That is the part that is not common, of one alone; two have to fail for "
    "that.",
}


def _either(chance: Chance, what: str) -> str:
    owner = chance.pick(OWNERS)
    return chance.pick(
        (
            f"The drawing for {owner} shows two {what}, side by side.",
            f"“Two {what}, so nothing can happen”, says the tender of {owner}.",
            f"For {owner} somebody has doubled the {what}.",
        )
    )


def _pair(percent: float, beta: float) -> Structure:
    parts = (Component.of(name, percent / 100) for name in ("the first", "the second"))
    return CommonCause(beta / 100, *parts)


def _shared(chance: Chance) -> Question:
    """A pair in series with a thing that nobody had drawn."""
    things, how, what = chance.pick(ROADWORKS)
    percent, owner = chance.pick(SHARES), chance.pick(OWNERS)
    years, hours = chance.pick((1, 2, 4, 5, 10)), chance.pick((2, 4, 6, 9, 12, 24))
    often = "once a year" if years == 1 else f"once in {years} years"
    pair, hidden = _pair(percent, 0), Component(what, 1 / years, hours)
    down = unavailability(Series(pair, hidden)) * MINUTES
    free, cut = unavailability(pair) * MINUTES, unavailability(hidden) * MINUTES
    one, told = 1 - percent / 100, chance.pick(OWNED).format(owner=owner, things=things)
    text = (
        f"{told} Each works {decimal(percent, 2)} % of the time; one is enough, and their own "
        f"failures are independent. Then somebody finds out that {how}, {often} on average, for "
        f"{hours} h each time."
    )
    values = {
        "pair-only": free,
        "shared-only": cut,
        "shared-twice": (one + unavailability(hidden)) ** 2 * MINUTES,
        "one-alone": one * MINUTES,
        "every-year": free + cut * years,
    }
    says = {name: text.format(what=what, often=often) for name, text in SHARED_SAYS.items()}
    explain = (
        f"The pair alone is down for {decimal(one, 4)}² of the year, {grouped(free, 1)} min. "
        f"{capital(what)} takes both, {hours * 60:,} min {often}: {grouped(cut, 1)} min a year. "
        f"Together {grouped(down, 1)} min."
    )
    wrong = [(name, value, says[name]) for name, value in values.items()]
    return _question(text, down, wrong, explain)


SHARED_SAYS = {
    "pair-only": "That is the pair alone. What takes both at once is missing: {what}.",
    "shared-only": "That is {what} alone; now and then the pair fails by itself.",
    "shared-twice": "That counts {what} for each of the two as if it were two things. It is one, "
    "and takes both.",
    "one-alone": "That is one alone, without what they share.",
    "every-year": "That is a year in which it happens: it does so {often}.",
}
OWNED = ("The network of {owner} rests on {things}.", "There are {things} in the plan of {owner}.")


def _question(text: str, down: float, wrong: list[Wrong], explain: str) -> Question:
    near = within(down)
    return Question(
        "",
        "numeric",
        f"{text}\n\nFor how many minutes of a year (525,600 min) is there no connection, on "
        f"average? Within {near} min is right.",
        number(down, 2, near, "min", wrong),
        explain,
        "Designing for availability: Shared fate",
        "compute what a common cause leaves of a pair",
        3,
        hints(
            "Reckon twice: what hits both at once, and what must hit both by accident.",
            "What hits both at once acts like one part in series with the pair.",
        ),
    )


COMMON_CAUSE = Generator(
    "common-cause",
    "Compute what a common cause leaves of a pair",
    "availability",
    "designing-for-availability",
    "shared-fate",
    make,
)
