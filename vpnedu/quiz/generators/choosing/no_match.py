"""What becomes of a packet that no policy holds, or that only seems to be held by none?"""

from dataclasses import replace

from vpnedu.network.policies import PolicyLookup, PolicyTable
from vpnedu.network.topology import Network, Topology, is_private
from vpnedu.quiz.generators.choosing.policies import (
    DEFAULTS,
    Office,
    misfit,
    protect,
    row_says,
    shown,
    story,
)
from vpnedu.quiz.generators.choosing.sites import Site, hint, sentence, sites, told
from vpnedu.quiz.generators.choosing.situations import SITUATIONS, Situation
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.scenarios.building import network
from vpnedu.simulation.trace import Trace

NAME = "no-match"


def make(chance: Chance) -> Question:
    """One of six situations, under one of the two defaults."""
    ours = sites(chance, 3)
    pairs = tuple(protect(ours[0].prefix, site.prefix, site.tunnel) for site in ours[1:])
    case = chance.pick(SITUATIONS)(chance, ours, tuple(chance.shuffled(pairs)))
    default = chance.pick(("discard", "bypass"))
    table = PolicyTable(case.rows, "bypass" if default == "bypass" else "discard")
    found = table.lookup(case.sent)
    run = send(_topology(ours, table, case), case.sent, title="No policy holds it?")
    near = _nearest(found)
    return Question(
        NAME,
        "single",
        f"{case.about} {DEFAULTS[default]}\n\n{told(chance, case.sender, case.sent)} "
        f"{chance.pick(ASKS)}",
        One(tuple(chance.shuffled(_choices(found, case, run, near, ours[0])))),
        f"{story(found)} {_end(run)}".strip(),
        "RFC 4301, 5",
        NAME,
        2,
        (hint("First see whether any row holds the packet. If none does, the default decides."),),
        shown(table, ours[0].gateway),
        run,
        picture=True,
    )


def _end(run: Trace) -> str:
    """How the run ended, unless it went on in a tunnel, which is another story."""
    return "" if run.tunnels_taken else sentence(run.verdict.reason)


ASKS = (
    "What becomes of it?",
    "Which of these comes next?",
    "What happens to this packet?",
)


def _topology(ours: list[Site], table: PolicyTable, case: Situation) -> Topology:
    home, *peers = ours
    target = case.sent.destination
    servers = [] if is_private(target) else [_server(target)]
    made = Office(home, tuple(peers), table).topology(*servers)
    tunnels = tuple(replace(t, up=not (case.down and _takes(case, t.name))) for t in made.tunnels)
    networks = tuple(_with_people(n, case, here=n.name == home.name) for n in made.networks)
    return replace(made, networks=networks, tunnels=tunnels)


def _server(address: object) -> Network:
    return network("Web server", f"{address}/32", ("right", 2), "server", Web=str(address))


def _takes(case: Situation, tunnel: str) -> bool:
    return next(row.tunnel for row in case.rows if row.selector.holds(case.sent)) == tunnel


def _with_people(old: Network, case: Situation, *, here: bool) -> Network:
    """The network with the sender, who may be a guest, and with whoever is written to."""
    new = dict[str, str]()
    if here and case.sender not in {host.name for host in old.hosts}:
        new[case.sender] = str(case.sent.source)
    if not here and old.holds(case.sent.destination) and not old.host(case.sent.destination):
        new["Rex"] = str(case.sent.destination)
    added = network(old.name, "", old.place, old.kind, **new)
    return replace(old, hosts=old.hosts + added.hosts)


def _nearest(found: PolicyLookup) -> int:
    """The row that one would think of: the one that decides, or the one that nearly fits."""
    if found.winner is not None:
        return found.winner

    def differs(place: int) -> int:
        remote = found.rows[place].policy.selector.remote[0]
        return int(remote.first) ^ int(found.packet.destination)

    return min(range(len(found.rows)), key=differs)


def _outcome(run: Trace) -> str:
    """What became of the packet, as the id of a choice."""
    if run.tunnels_taken:
        return "sealed"
    if run.verdict.kind == "delivered":
        return "arrives"
    return "lost" if run.verdict.node == "internet" else "dropped"


def _choices(
    found: PolicyLookup, case: Situation, run: Trace, near: int, home: Site
) -> list[Choice]:
    right, target = _outcome(run), case.sent.destination
    texts = {
        "sealed": f"It is sealed and goes into {found.rows[near].policy.tunnel}.",
        "dropped": f"The {home.gateway} drops it.",
        "lost": "It leaves unsealed, and the internet drops it.",
        "arrives": f"It leaves unsealed, and it reaches `{target}`.",
    }
    return [
        Choice(name, text, name == right, _SAYS[name](found, case, right, near))
        for name, text in texts.items()
    ]


def _of_sealed(found: PolicyLookup, case: Situation, right: str, near: int) -> str:
    if right == "sealed":
        return row_says(found.rows[near])
    if case.down:
        return f"{row_says(found.rows[near])} But that tunnel is down, so nothing can go into it."
    place = f"Row {near + 1} leads there and does not hold the packet."
    return f"{place} {misfit(found.rows[near], case.sent)}"


def _of_dropped(found: PolicyLookup, case: Situation, right: str, near: int) -> str:
    if case.down:
        return (
            "A packet that a protect row holds is sealed or dropped. There is no tunnel to seal "
            "it for, so it is dropped."
        )
    if right == "dropped":
        return "No row holds the packet, and the default here is to discard it."
    if right == "sealed":
        return f"The default decides only what no row holds. {row_says(found.rows[near])}"
    return "The standard would discard it, but the default of this gateway is bypass."


def _of_lost(found: PolicyLookup, case: Situation, right: str, near: int) -> str:
    target = case.sent.destination
    if case.down:
        return "A row holds the packet, so the default is not asked, tunnel or no tunnel."
    if right == "sealed":
        return (
            f"It would, under the default bypass, if no row held it. {row_says(found.rows[near])}"
        )
    if right == "arrives":
        return (
            "The address is a public one, and the internet has a route to it. In place of the "
            "private source, the gateway puts its own address."
        )
    if right == "lost":
        return (
            f"No row holds the packet, and the default here is bypass. `{target}` is a private "
            f"address, to which the internet has no route."
        )
    if is_private(target):
        return "That would happen if the default were bypass. Here it is discard."
    return "The default here is discard, so it never leaves; and the internet knows this address."


def _of_arrives(_found: PolicyLookup, case: Situation, right: str, near: int) -> str:
    if right == "arrives":
        return (
            "No row holds the packet, and the default here is bypass. The address is a public "
            "one, so the internet has a route to it."
        )
    if right == "lost":
        return "It does leave unsealed, but the internet has no route to a private address."
    if right == "sealed":
        return f"Row {near + 1} holds the packet, so it does not leave unsealed."
    if case.down:
        return "A policy-based gateway does not fall back to clear text when a tunnel is down."
    return "No row lets the packet pass, and neither does the default: it never leaves."


_SAYS = {
    "sealed": _of_sealed,
    "dropped": _of_dropped,
    "lost": _of_lost,
    "arrives": _of_arrives,
}

GENERATOR = Generator(
    NAME,
    "Predict what happens to a packet that no policy holds",
    "selectors",
    "policy-based",
    "when-no-row-holds-the-packet",
    make,
)
