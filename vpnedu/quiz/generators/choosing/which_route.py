"""Which route wins: the longest prefix, then preference, then metric."""

from vpnedu.network.routes import Candidate, Route, RouteLookup
from vpnedu.network.topology import INTERNET
from vpnedu.quiz.generators.choosing.routes import Case, contest, reason, shown, story, via
from vpnedu.quiz.generators.choosing.sites import hint
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send

NAME = "which-route"
MOST = 5
REFERENCE = "RFC 1812, 5.2.4.3, and the chapter on route-based gateways"


def make(chance: Chance) -> Question:
    """Four to seven rows, and one address that some of them hold."""
    case = contest(chance)
    return Question(
        NAME,
        "single",
        _text(chance, case),
        One(tuple(chance.shuffled(_choices(case)))),
        story(case.found),
        REFERENCE,
        NAME,
        2,
        (
            hint("First strike out every route whose prefix does not hold the address."),
            hint("Preference and metric count only among routes for the same prefix."),
        ),
        shown(case),
        send(case.topology(), case.sent, title="Which route wins?"),
    )


def _text(chance: Chance, case: Case) -> str:
    home, target = case.home, f"`{case.target}`"
    return chance.pick(
        (
            f"The {home.gateway} is route-based, and this is its route table. "
            f"{home.person} sends a packet to {target}. Where does the gateway send it?",
            f"A packet for {target} reaches the {home.gateway}, which is route-based. "
            f"Which way does it go on?",
            f"You print the routes of the {home.gateway} because {home.person} has trouble with "
            f"{target}. Where do packets for that address go?",
            f"Some routes of the {home.gateway} were typed in, and others may have been learned. "
            f"Where does a packet for {target} go?",
        )
    )


def _choices(case: Case) -> list[Choice]:
    """The winner, the other routes that hold the address, and the ones that nearly do."""
    found = case.found
    near = [c for c in found.candidates if c.route.origin != "connected"]
    near.sort(key=lambda c: (not c.matched, -_common(c, found)))
    # A prefix that misses by far tempts nobody, unless there is little else.
    near = [c for at, c in enumerate(near) if at < 3 or _missing(c, found) < 4]
    right = found.winner
    # Where it is right, and where the default route is all that is left.
    nowhere = right is None or not found.candidates[0].route.prefix.prefixlen
    made = [
        Choice(_id(c.route, case), _way(c.route), c.index == right, _says(c, found))
        for c in near[: MOST - 1 if nowhere else MOST]
    ]
    return [*made, _nowhere(right is None)] if nowhere else made


def _nowhere(right: bool) -> Choice:
    says = (
        "No row holds the address, and there is no default route; the packet is dropped."
        if right
        else "There is a default route, and 0.0.0.0/0 holds every address."
    )
    return Choice("no-route", "Nowhere: no route holds the address", right, says)


def _common(candidate: Candidate, found: RouteLookup) -> int:
    """How many leading bits the prefix shares with the address."""
    differs = int(candidate.route.prefix.network_address) ^ int(found.address)
    return min(candidate.route.prefix.prefixlen, 32 - differs.bit_length())


def _missing(candidate: Candidate, found: RouteLookup) -> int:
    """How many bits of the prefix are left after the first one that differs, and that one."""
    return candidate.route.prefix.prefixlen - _common(candidate, found)


def _id(row: Route, case: Case) -> str:
    if row.via in (INTERNET, "") or row.blackhole:
        return via(row)
    assert any(site.tunnel == row.via for site in case.peers)
    return row.via.replace(" ", "-")


def _way(row: Route) -> str:
    if row.blackhole:
        return "Into the blackhole: it is dropped"
    return "To the internet, unsealed" if row.via == INTERNET else f"Into {row.via}"


def _says(candidate: Candidate, found: RouteLookup) -> str:
    if candidate.index == found.winner:
        return reason(candidate)
    row, bits = candidate.route, _common(candidate, found)
    if not candidate.matched:
        return (
            f"{reason(candidate)} Of its {row.prefix.prefixlen} bits only the first {bits} agree."
        )
    best = found.candidates[0].route
    if not row.prefix.prefixlen:
        return f"{reason(candidate)} The default route is for what nothing else holds."
    if row.prefix != best.prefix and row.preference < best.preference:
        return f"{reason(candidate)} Its better preference would count only between equal prefixes."
    if row.prefix == best.prefix and row.metric < best.metric:
        return f"{reason(candidate)} Metrics are compared only after preferences."
    return reason(candidate)


GENERATOR = Generator(
    NAME,
    "Find the route that wins for an address",
    "routes",
    "route-based",
    "which-route-wins",
    make,
)
