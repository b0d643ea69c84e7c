"""Type the prefix of the route that wins. Wrong prefixes that are expected say what was missed."""

from collections.abc import Iterator

from vpnedu.network.routes import Candidate
from vpnedu.quiz.generators.choosing.routes import DEFAULT, Case, contest, reason, shown, story
from vpnedu.quiz.generators.choosing.sites import hint
from vpnedu.quiz.generators.choosing.which_route import REFERENCE
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.question import Question
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send

NAME = "which-route-typed"


def make(chance: Chance) -> Question:
    """A table in which one prefix, and one only, is the longest that holds the address."""
    case = contest(chance, ("length", "length", "metric", "preference", "blackhole", "default"))
    won = case.found.candidates[0].route
    return Question(
        NAME,
        "text",
        _text(chance, case),
        Typed("prefix", (str(won.prefix),), tuple(_mistakes(case))),
        story(case.found),
        REFERENCE,
        NAME,
        2,
        (
            hint("Among the prefixes that hold the address, look for the greatest length."),
            hint("A prefix holds the address if its leading bits agree, as many as its length."),
        ),
        shown(case),
        send(case.topology(), case.sent, title="Which prefix wins?"),
    )


def _text(chance: Chance, case: Case) -> str:
    home, target = case.home, f"`{case.target}`"
    return chance.pick(
        (
            f"{home.person}, behind the {home.gateway}, writes to {target}. "
            f"Type the prefix of the route that the gateway takes.",
            f"The {home.gateway} looks up {target} in the table below. "
            f"Which prefix wins? Type it as it stands in the table.",
            f"Which row of this table decides about packets for {target}? Type its prefix.",
            f"You have the routes of the {home.gateway} on paper and no gateway at hand. "
            f"Type the prefix by which it would forward a packet for {target}.",
        )
    )


LONGER = "A longer prefix counts only if it holds the address."


def _mistakes(case: Case) -> Iterator[Mistake]:
    """One mistake for each wrong prefix that somebody might give, the likeliest first."""
    found = case.found
    won = str(found.candidates[0].route.prefix)
    seen = {won}
    for name, candidate, why in _expected(case):
        prefix = str(candidate.route.prefix)
        if prefix not in seen:
            seen.add(prefix)
            yield Mistake(name, prefix, f"{reason(candidate)} {why}")


def _expected(case: Case) -> Iterator[tuple[str, Candidate, str]]:
    candidates = case.found.candidates
    for candidate in candidates:
        if candidate.route.prefix == DEFAULT:
            yield "default-route", candidate, "It is for what no other route holds."
    holding = [c for c in candidates if c.matched]
    yield "shortest", holding[-1], "The longest prefix wins, not the widest."
    for candidate in holding:
        if candidate.route.blackhole:
            yield "blackhole", candidate, "A blackhole route has to win like any other."
    missing = [c for c in candidates if not c.matched]
    nearly = max(missing, key=lambda c: c.route.prefix.prefixlen)
    longer = nearly.route.prefix.prefixlen > candidates[0].route.prefix.prefixlen
    yield "nearly", nearly, LONGER if longer else "It takes no part in the comparison."
    first = min(candidates, key=lambda c: c.index)
    yield "first-in-table", first, "The order of a route table means nothing."
    wide = min(holding, key=lambda c: (c.route.preference, c.route.metric))
    yield "best-preference", wide, "Preference is compared only between equal prefixes."


GENERATOR = Generator(
    NAME,
    "Name the prefix by which a packet is forwarded",
    "routes",
    "route-based",
    "a-worked-example-10-33-0-7-in-binary",
    make,
)
