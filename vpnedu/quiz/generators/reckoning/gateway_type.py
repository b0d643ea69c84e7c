"""Which gateway type do these needs require?"""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.generators.reckoning.gateway_capabilities import (
    Able,
    able,
    able_to_match,
    able_to_reach,
)
from vpnedu.quiz.generators.reckoning.paths import hints
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance

NAME = "gateway-type"
FIRMS = ("A bakery", "A law firm", "A hospital", "A school", "A shipyard", "A museum", "A brewery")
EITHER, POLICY, BASIC, LARGER, NO_TYPE = (
    "either-type", "policy-based-only", "route-based-on-basic", "route-based-not-basic",
    "no-single-gateway",
)  # fmt: skip
ROUTE = "route-based-only"
SOURCE = "Microsoft Learn, VPN Gateway FAQ, 4 June 2026; About gateway SKUs, 11 June 2026"
# In the order in which they are shown.
BY_SKU, BY_TYPE = (EITHER, POLICY, BASIC, LARGER, NO_TYPE), (EITHER, POLICY, ROUTE, NO_TYPE)
TEXTS = {
    EITHER: "Either type will do, even on the Basic SKU.",
    POLICY: "Only a policy-based gateway will do.",
    BASIC: "Only a route-based gateway will do, and the Basic SKU is enough.",
    LARGER: "Only a route-based gateway on a SKU above Basic will do.",
    NO_TYPE: "No single gateway can do all of it.",
    ROUTE: "Only a route-based gateway will do.",
}


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is wanted: the sentence, who is able to do it, and why."""

    text: str
    able: Able
    why: str


# What is right, about as often as it is to be: left to chance, most needs leave one answer.
WANTED = (EITHER, POLICY, ROUTE, *(BASIC,) * 2, *(NO_TYPE, LARGER) * 3)


def make(chance: Chance) -> Question:
    """One to three needs; the types that are able to do all of them are left."""
    wanted = chance.pick(WANTED)
    needs, by_type, right = _drawn(chance)
    while right != wanted:
        needs, by_type, right = _drawn(chance)
    options = BY_TYPE if by_type else BY_SKU
    choices = tuple(
        Choice(option, TEXTS[option], option == right, _says(option, right, needs))
        for option in options
    )
    listed = "\n\n".join(f"{n}. {need.text}" for n, need in enumerate(needs, 1))
    asked = "does this need" if len(needs) == 1 else "do these needs"
    return Question(
        id=NAME,
        kind="single",
        text=(
            f"{chance.pick(FIRMS)} wants to connect its virtual network in Azure, with one VPN "
            f"gateway, and goes by what Microsoft wrote in June 2026.\n\n{listed}\n\nWhich gateway "
            f"{asked} require?"
        ),
        answer=One(choices, ordered=True),
        explain="\n\n".join(need.why for need in needs) + f"\n\n{TEXTS[right]}",
        reference=SOURCE,
        objective=NAME,
        difficulty=min(1 + len(needs), 3),
        hints=hints("Take the needs one by one, and strike out what can't do it."),
    )


def _drawn(chance: Chance) -> tuple[list[Need], bool, str]:
    """Needs by chance, whether only the type is asked for and not the SKU, and what is right."""
    needs = [_site(chance), *chance.shuffled(_more(chance))[: chance.pick((0, 1, 1, 1, 2))]]
    # Which users Basic serves is in flux (SSTP ends, pages disagree): there the SKU is not asked.
    rest = reduce(and_, (need.able for need in needs if need.why != _USERS))
    by_type = any(need.why == _USERS for need in needs) and (rest.basic or not rest.larger)
    return needs, by_type, verdict(reduce(and_, (need.able for need in needs)), by_type)


def verdict(left: Able, by_type: bool) -> str:
    """The choice that says which gateways are left."""
    route = left.larger or (left.basic and not by_type)
    if left.policy:
        return EITHER if route else POLICY
    if not route:
        return NO_TYPE
    if by_type:
        return ROUTE
    return BASIC if left.basic else LARGER


def _site(chance: Chance) -> Need:
    """The first need: a site with a device that can do everything, or one that can do little."""
    kind = chance.below(6)
    if kind in (1, 2):
        ike = kind
        return Need(
            chance.pick(_FIXED_PAIRS).format(ike=ike),
            able_to_match(ike),
            _MATCH[ike],
        )
    if kind in (3, 4):
        # Not at a limit: a tunnel to another virtual network counts as well.
        count = chance.pick((2, 3, 4, 5, 6, 8, 11, 12, 15, 18, 22, 25))
        return Need(
            f"There are {count} offices, each with a modern device of its own (IKEv2, any to any).",
            able_to_reach(count),
            f"{count} sites: a policy-based gateway has 1 tunnel, a route-based one 10 on Basic "
            "and "
            "30 or more on the others.",
        )
    return Need(
        chance.pick(_MODERN),
        able_to_reach(1),
        "One site with a modern device: either type has a tunnel for it, on Basic as well.",
    )


_FIXED_PAIRS = (
    "There is one office. Its firewall knows fixed pairs of prefixes and IKEv{ike} only, and it "
    "has to stay.",
    "The firewall of the only office can't be replaced; it speaks IKEv{ike} alone, and works with "
    "fixed pairs of prefixes.",
)
_MODERN = (
    "There is one office, with a modern device that does all there is.",
    "One office is to be joined. Its modern device can be set up for anything.",
    "The only site is an office with a modern device (IKEv1 and IKEv2, any to any or pairs).",
)
_MATCH = {
    1: "Fixed pairs and IKEv1: a policy-based gateway matches that. A route-based one proposes "
    "pairs "
    "only by IKEv2, and not on Basic.",
    2: "Fixed pairs and IKEv2: a policy-based gateway speaks IKEv1 only. A route-based one can "
    "propose pairs, with a custom policy, which Basic lacks.",
}


_USERS = "People who dial in are point-to-site: route-based only."


def _more(chance: Chance) -> list[Need]:
    """Further needs, one of each kind."""
    users = chance.pick((12, 20, 40, 60))
    return [
        Need(
            f"{users} people with laptops dial in from wherever they are.",
            able("Point-to-site"),
            _USERS,
        ),
        Need(
            "A second virtual network of the same firm is to be reached through VPN gateways.",
            able("Network to network"),
            "Virtual networks are joined network to network: route-based only.",
        ),
        Need(
            "An ExpressRoute gateway stands in the same virtual network.",
            able("Beside an ExpressRoute gateway"),
            "Beside an ExpressRoute gateway: route-based, and not on Basic.",
        ),
        Need(
            "Routes are to be learned by BGP.",
            able("BGP"),
            "BGP: route-based, and not on Basic.",
        ),
        Need(
            "Both instances of the gateway are to carry traffic at the same time.",
            able("Active-active"),
            "Both instances at once is active-active: route-based, and not on Basic.",
        ),
    ]


def _says(option: str, right: str, needs: list[Need]) -> str:
    """Why an option is right, or the first need that speaks against it."""
    if option == right:
        return _because(option, needs)
    tests = {
        EITHER: lambda able: able.policy and (able.basic or able.larger),
        POLICY: lambda able: able.policy,
        BASIC: lambda able: able.basic,
        LARGER: lambda able: able.larger,
        ROUTE: lambda able: able.larger,
        NO_TYPE: lambda _able: True,
    }
    against = next((need.why for need in needs if not tests[option](need.able)), None)
    if against:
        return f"{_AGAINST[option]} {against}"
    return _TOO_NARROW[option]


_AGAINST = {
    EITHER: "Not with either type.",
    POLICY: "Not with a policy-based one.",
    BASIC: "Not on Basic.",
    LARGER: "Not with a route-based one.",
    ROUTE: "Not with a route-based gateway.",
}
_TOO_NARROW = {
    EITHER: "Each type does some of it, but neither does all.",
    POLICY: "A policy-based gateway can do it, but a route-based one can as well.",
    BASIC: "It can do it, but so can a policy-based gateway.",
    LARGER: "It can do it, but less would do.",
    ROUTE: "A route-based gateway can do it, but so can a policy-based one.",
    NO_TYPE: "There is a gateway that meets every one of the needs.",
}


def _because(option: str, needs: list[Need]) -> str:
    if option == EITHER:
        return "Both can do it. Of the two, the route-based one is preferred: it grows with you."
    return needs[0].why if len(needs) == 1 else "It is what the needs leave, taken together."


GENERATOR = Generator(
    NAME,
    "Choose the gateway type that a list of needs requires",
    "planning",
    "choosing-a-gateway-type",
    "deciding",
    make,
)
