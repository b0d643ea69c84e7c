"""Which tunnel, if any, takes this packet? An ordered table with rows that overlap."""

from vpnedu.network.packets import Packet
from vpnedu.network.policies import PolicyLookup, PolicyRow
from vpnedu.quiz.generators.choosing.overlaps import Case, overlapping
from vpnedu.quiz.generators.choosing.policies import (
    DEFAULTS,
    misfit,
    row_says,
    shown,
    story,
)
from vpnedu.quiz.generators.choosing.sites import hint, told
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send

NAME = "which-tunnel-policy"
# What becomes of the packet, where no tunnel takes it.
WITHOUT = {
    "discard": "No tunnel: the gateway drops it.",
    "bypass": "No tunnel: it leaves unsealed.",
}


def make(chance: Chance) -> Question:
    """Three or four sites, three to five rows, and a packet that often more than one row holds."""
    case = overlapping(chance, 5)
    office, sent = case.office, case.sent
    found = office.table.lookup(sent)
    return Question(
        NAME,
        "single",
        _text(chance, case),
        One(tuple(chance.shuffled(_choices(found, office.table.default)))),
        story(found),
        "RFC 4301, 4.4.1",
        NAME,
        2,
        (
            hint("Read the rows from the top. The first one that holds the packet decides."),
            hint("A row holds a packet only if addresses, protocol and port all fit."),
        ),
        shown(office.table, office.home.gateway),
        send(office.topology(), sent, title="Which tunnel takes the packet?"),
        picture=True,
    )


def _text(chance: Chance, case: Case) -> str:
    home = case.office.home
    opening = chance.pick(
        (
            f"The {home.name.lower()} has a policy-based gateway with the table below.",
            f"You look after the {home.gateway}, which is policy-based. This is its table.",
            f"An administrator hands you the table of the {home.gateway}, which is policy-based.",
            f"The {home.gateway} asks the policies below about every packet.",
        )
    )
    asks = chance.pick(
        (
            "Which tunnel takes the packet?",
            "Where does the gateway send it?",
            "Which tunnel does the gateway choose for it, if any?",
        )
    )
    packet = told(chance, home.person, case.sent)
    return f"{opening} {DEFAULTS[case.office.table.default]}\n\n{packet} {asks}"


def _choices(found: PolicyLookup, default: str) -> list[Choice]:
    """The outcome of each row, and the default's."""
    leads: dict[str, list[PolicyRow]] = {default: []}
    for row in found.rows:
        leads.setdefault(row.policy.then, []).append(row)
    right = found.tunnel or found.action
    if found.winner is None:
        leads = {"discard": [], "bypass": []} | leads
    return [
        Choice(
            then.replace(" ", "-"),
            WITHOUT.get(then, f"{then[0].upper()}{then[1:]}"),
            then == right,
            _says(then, rows, found),
        )
        for then, rows in leads.items()
    ]


def _says(then: str, rows: list[PolicyRow], found: PolicyLookup) -> str:
    if found.winner is not None and then == (found.tunnel or found.action):
        return row_says(found.rows[found.winner])
    if then == found.action:
        return f"No row holds the packet, and the default of this table is to {then} it."
    if not rows and found.winner is not None:
        return f"The default decides only what no row holds. {row_says(found.rows[found.winner])}"
    if not rows:
        default = "lets it pass" if found.action == "bypass" else "discards it"
        return f"No row holds the packet, and the default of this table {default}."
    also = next((row for row in rows if row.matched), None)
    if also is None or found.winner is None:
        place = f"Row {rows[0].index + 1} leads there and does not hold the packet."
        return f"{place} {misfit(rows[0], found.packet)}{_nearly(rows[0], found.packet)}"
    return f"{row_says(also)} {_too_late(also, found.rows[found.winner], found.packet)}"


def _nearly(row: PolicyRow, packet: Packet) -> str:
    """What fits in a row that does not hold the packet, for those who looked at that only."""
    selector = row.policy.selector
    if not any(packet.destination in addresses for addresses in selector.remote):
        return ""
    if not any(packet.source in addresses for addresses in selector.local):
        return " The remote addresses fit, but both columns must."
    return " The addresses fit, but protocol and port must fit as well."


def _too_late(also: PolicyRow, winner: PolicyRow, packet: Packet) -> str:
    """Why a row that holds the packet as well, further down, has no say."""
    if _size(also, packet) > _size(winner, packet):
        return "It is the wider of the two, and gets only what the rows above it leave."
    if _size(also, packet) < _size(winner, packet):
        return (
            "It is the narrower of the two, which counts in a route table; in an ordered list of "
            "policies it does not."
        )
    if also.policy.selector.protocol is not None and winner.policy.selector.protocol is None:
        return "That it names the protocol gives it no precedence; only its place would."
    return "An exception has to stand above the rule, because nothing below it is read any more."


def _size(row: PolicyRow, packet: Packet) -> int:
    """How many destinations the row's range around the packet's destination holds."""
    ranges = (r for r in row.policy.selector.remote if packet.destination in r)
    first, last = next(ranges).bounds
    return last - first


GENERATOR = Generator(
    NAME,
    "Tell which tunnel a table of policies chooses for a packet",
    "selectors",
    "policy-based",
    "first-match-not-closest-match",
    make,
)
