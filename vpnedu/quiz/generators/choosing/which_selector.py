"""Which row decides, and why none of the others? Ports, ranges and fragments included."""

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
from vpnedu.quiz.question import Hint, Question
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send

NAME = "which-selector"
NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth")


def make(chance: Chance) -> Question:
    """Three to six rows, of which one decides, or none."""
    case = overlapping(chance, 6, fragments=True)
    if case.office.table.lookup(case.sent).winner == 0:
        # Half of the tables are decided by their first row, and readers would soon bet on it.
        case = overlapping(chance, 6, fragments=True)
    office, sent = case.office, case.sent
    found = office.table.lookup(sent)
    return Question(
        NAME,
        "single",
        _text(chance, case),
        One(tuple(_choices(found)), ordered=True),
        story(found),
        "RFC 4301, 4.4.1 and 4.4.1.1",
        NAME,
        2 if sent.destination_port is not None else 3,
        (_hint(case),),
        shown(office.table, office.home.gateway),
        send(office.topology(), sent, title="Which row decides?"),
    )


def _hint(case: Case) -> Hint:
    if case.sent.destination_port is None:
        return hint("A row that names a port holds only packets that show one.")
    return hint("The person's address belongs to the local column, the other to the remote one.")


def _text(chance: Chance, case: Case) -> str:
    home = case.office.home
    packet = told(chance, home.person, case.sent)
    opening = chance.pick(
        (
            f"The {home.gateway} reads its policies row by row.",
            f"A packet has gone astray, and you have the table of the {home.gateway} before you.",
            f"Somebody keeps adding rows to the table of the {home.gateway}.",
            f"The table shows the security policy database of the {home.gateway}.",
        )
    )
    asks = chance.pick(
        (
            "Which row decides what becomes of this packet?",
            "Which row has the say?",
            "Whose selector does the gateway go by?",
        )
    )
    return f"{opening} {DEFAULTS[case.office.table.default]}\n\n{packet} {asks}"


def _choices(found: PolicyLookup) -> list[Choice]:
    rows = [
        Choice(
            f"{NUMBERS[row.index]}-row",
            f"Row {row.index + 1}",
            row.index == found.winner,
            _says(row, found),
        )
        for row in found.rows
    ]
    none = found.winner is None
    says = f"No row holds the packet, so the default decides: {found.action}."
    if found.winner is not None:
        won = row_says(found.rows[found.winner])
        says = f"The default decides only what no row holds. {won}"
    return [*rows, Choice("no-row", "No row: the default decides", none, says, last=True)]


def _says(row: PolicyRow, found: PolicyLookup) -> str:
    if row.asked or row.matched:
        return row_says(row)
    return f"{row_says(row)} Nor would it fit. {misfit(row, found.packet)}"


GENERATOR = Generator(
    NAME,
    "Find the row of a policy table that decides, and say why the others do not",
    "selectors",
    "policy-based",
    "a-worked-example-four-rows-one-packet",
    make,
)
