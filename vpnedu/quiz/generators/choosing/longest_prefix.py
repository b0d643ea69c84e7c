"""True or false? One sentence about a route table, which the table decides."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from vpnedu.network.addresses import IPAddress, IPNetwork
from vpnedu.network.routes import Candidate, Route, RouteTable
from vpnedu.quiz.generators.choosing.routes import Case, contest, reason, shown, story, via
from vpnedu.quiz.generators.choosing.sites import hint
from vpnedu.quiz.generators.choosing.which_route import REFERENCE
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send

NAME = "longest-prefix-true-or-false"
CONTEST_HINT = "In a route table the longest prefix wins, wherever its row stands."
RANGE_HINT = "Write down the first and the last address of the prefix."


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, whether it is true, why in a few words and at length, and what plays it.

    `contest` is false where the sentence is about one prefix, and no route competes.
    """

    text: str
    true: bool
    short: str
    long: str
    played: Case
    contest: bool = True


def make(chance: Chance) -> Question:
    """A table, and a sentence of one of four kinds."""
    case = contest(chance)
    claim = chance.pick(CLAIMS)(chance, case)
    opening = chance.pick(OPENINGS).format(gateway=case.home.gateway)
    says = {claim.true: f"So it is. {claim.short}", not claim.true: f"Look again. {claim.short}"}
    choices = (
        Choice("true", "True", claim.true, says[True]),
        Choice("false", "False", not claim.true, says[False]),
    )
    return Question(
        NAME,
        "true-false",
        f"{opening} True or false?\n\n{claim.text}",
        One(choices, ordered=True),
        claim.long,
        REFERENCE if claim.contest else "RFC 4632, 3.1",
        NAME,
        1,
        (hint(CONTEST_HINT if claim.contest else RANGE_HINT),),
        shown(case),
        send(claim.played.topology(), case.sent, title="What the routes say"),
    )


OPENINGS = (
    "The {gateway} has the routes below.",
    "A colleague reads the route table of the {gateway} and tells you what it means.",
    "Here are the routes of the {gateway}, which is route-based.",
    "Look at the routes of the {gateway}.",
)


def _where(row: Route | None) -> str:
    if row is None:
        return "is dropped, because no route holds it"
    if row.blackhole:
        return "is dropped by the blackhole route"
    return f"goes {'to' if row.via == 'internet' else 'into'} {_the(row)}"


def _the(row: Route) -> str:
    return "the internet" if row.via == "internet" else via(row)


def _goes(chance: Chance, case: Case) -> Claim:
    """Where a packet goes: the winner, or a route that loses."""
    found, others = case.found, _others(case)
    right = found.winner is not None and bool(chance.below(2))
    said = found.candidates[0] if right else chance.pick(others[:3])
    text = f"A packet for `{case.target}` {_where(said.route)}."
    return Claim(text, right, reason(said), story(found), case)


def _others(case: Case) -> list[Candidate]:
    """The routes that lose, those that hold the address first."""
    found = case.found
    return [
        c for c in found.candidates if c.index != found.winner and c.route.origin != "connected"
    ]


def _holds(chance: Chance, case: Case) -> Claim:
    """Whether a prefix holds an address: arithmetic and no contest."""
    rows = [c for c in case.found.candidates if c.route.prefix.prefixlen]
    near = [c for c in rows if c.matched or _nearly(c.route.prefix, case.target)]
    wanted = bool(chance.below(2))
    candidate = chance.pick([c for c in near if c.matched == wanted] or near)
    prefix = candidate.route.prefix
    text = f"The prefix `{prefix}` holds the address `{case.target}`."
    lies = "lies" if candidate.matched else "does not lie"
    why = f"`{prefix}` runs from {prefix[0]} to {prefix[-1]}, and {case.target} {lies} in it."
    return Claim(text, candidate.matched, why, why, case, contest=False)


def _nearly(prefix: IPNetwork, address: IPAddress) -> bool:
    """Whether at most the last four bits of the prefix differ."""
    return address in prefix.supernet(4)


def _without(chance: Chance, case: Case) -> Claim:
    """What happens when the winning route is withdrawn."""
    won = case.found.winner
    if won is None:
        return _goes(chance, case)
    gone = case.table.routes[won]
    left = replace(
        case, table=RouteTable((*case.table.routes[:won], *case.table.routes[won + 1 :]))
    )
    winner = left.table.winner(case.target)
    wrong = _others(left)[:2]
    said = winner if chance.below(2) else chance.pick([*(c.route for c in wrong), None])
    text = (
        f"If the route for `{gone.prefix}` via {via(gone)} is withdrawn, a packet for "
        f"`{case.target}` {_where(said)}."
    )
    # Why the route that is named takes the packet or not; or which one does, if none is named.
    about = next((c for c in left.found.candidates if c.route is said), None)
    why = reason(about or left.found.candidates[0]) if about or winner else "no route is left."
    long = f"Without that route: {story(left.found)}"
    return Claim(text, said == winner, f"Without that route: {why}", long, left)


def _cheaper(chance: Chance, case: Case) -> Claim:
    """What a better preference would change for a route that lost: something for twins only."""
    losers = [c for c in _others(case) if c.matched]
    if case.found.winner is None or not losers:
        return _holds(chance, case)
    best = case.found.candidates[0].route
    twins = [c for c in losers if c.route.prefix == best.prefix]
    old = chance.pick(twins) if twins and chance.below(3) else chance.pick(losers)
    new = replace(old.route, preference=0)
    routes = (*case.table.routes[: old.index], new, *case.table.routes[old.index + 1 :])
    after = replace(case, table=RouteTable(routes))
    text = (
        f"If the route for `{new.prefix}` via {via(new)} had preference 0, packets for "
        f"`{case.target}` would take it."
    )
    now = next(c for c in after.found.candidates if c.index == old.index)
    long = f"Today: {story(case.found)}\n\nWith preference 0: {reason(now)}"
    return Claim(
        text, after.found.winner == old.index, f"With preference 0: {reason(now)}", long, after
    )


CLAIMS: tuple[Callable[[Chance, Case], Claim], ...] = (_goes, _holds, _without, _cheaper)

GENERATOR = Generator(
    NAME,
    "Judge a sentence about a route table",
    "routes",
    "route-based",
    "which-route-wins",
    make,
)
