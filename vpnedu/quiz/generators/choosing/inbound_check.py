"""A packet comes in: is it let in? Both verdicts come with a reason, and one reason is right."""

from vpnedu.quiz.generators.choosing.arrivals import Arrival, drawn
from vpnedu.quiz.generators.choosing.policies import row_says, shown
from vpnedu.quiz.generators.choosing.sites import hint, sentence
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.question import Question, Table
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.events import Dropped

NAME = "inbound-check"
ASKS = ("What does the gateway do with it?", "Is it let in?", "What becomes of it?")


def make(chance: Chance) -> Question:
    """Out of a tunnel or in the clear; with selectors for pairs of prefixes, or any to any."""
    arrival = drawn(chance)
    choices = _CHOICES[_case(arrival)](arrival)
    return Question(
        NAME,
        "single",
        _text(chance, arrival),
        One(tuple(chance.shuffled(choices))),
        _story(arrival),
        "RFC 4301, 5.2",
        NAME,
        3,
        (hint(_HINTS[_case(arrival)]),),
        _table(arrival),
        arrival.run,
    )


_LOCAL = "Local is the side that this gateway protects. Coming in, that is the destination."
_HINTS = {
    "tunnel": _LOCAL,
    "clear": _LOCAL,
    "any": "What does the check compare the packet with? Is there anything that doesn't fit?",
}


def _case(arrival: Arrival) -> str:
    return "clear" if not arrival.tunnel else "any" if arrival.kind == "any" else "tunnel"


def _text(chance: Chance, arrival: Arrival) -> str:
    sent, gateway = arrival.sent, arrival.home.gateway
    header = (
        f"from `{sent.source}` to `{sent.destination}`, TCP, destination port "
        f"{sent.destination_port}"
    )
    clear = (
        f"A packet reaches the public side of the {gateway} in the clear, {header}.",
        f"In the clear, without any tunnel, a packet comes to the {gateway}: {header}.",
    )
    sealed = (
        f"Out of {arrival.tunnel}, the {gateway} takes a packet {header}. It passed the "
        f"integrity check.",
        f"The {gateway} has opened a packet that came by {arrival.tunnel} and was genuine. "
        f"Inside is one {header}.",
    )
    came = chance.pick(sealed if arrival.tunnel else clear)
    return f"{came}{_besides(arrival)}\n\n{chance.pick(ASKS)}"


def _besides(arrival: Arrival) -> str:
    """What else one has to know."""
    if not arrival.tunnel:
        return " What no row holds is discarded."
    if arrival.kind == "policies":
        return ""
    behind = arrival.behind
    return (
        f" The gateway is route-based, without a firewall or a reverse-path check. At the other "
        f"end of the tunnel is the {behind.name.lower()}, which has `{behind.prefix}`."
    )


def _table(arrival: Arrival) -> Table:
    if arrival.kind == "any":
        columns = ("tunnel", "local", "remote", "protocol and port")
        any_ = "::/0" if arrival.sent.source.version == 6 else "0.0.0.0/0"
        row = (arrival.tunnel, any_, any_, "any")
        return Table("The traffic selectors that both ends agreed on", columns, (row,))
    return shown(arrival.table, arrival.home.gateway)


def _story(arrival: Arrival) -> str:
    """What the check found, in the engine's words."""
    end = arrival.run.verdict
    last = sentence(end.reason) if isinstance(end, Dropped) else "So it is let in."
    if arrival.kind == "any":
        return (
            "Selectors of any to any hold every packet, so the check refuses nothing, whatever the "
            f"source address says. {last}"
        )
    if arrival.tunnel:
        return f"{_of_the_tunnel(arrival)} {last}"
    found = arrival.table.lookup(arrival.sent, "in")
    rows = " ".join(row_says(row) for row in found.rows)
    return f"Local is compared with the destination here, and remote with the source. {rows} {last}"


def _of_the_tunnel(arrival: Arrival) -> str:
    """What the row for the tunnel says of the packet."""
    why = arrival.table.policies[arrival.fits].selector.mismatch(arrival.sent, "in")
    row = f"Row {arrival.fits + 1} is the one for {arrival.tunnel}."
    if why is None:
        return f"{row} Read from remote to local, it holds the packet."
    return f"{row} {f'It {why}' if why.startswith('is ') else why}."


def _let_in(arrival: Arrival) -> bool:
    return arrival.run.verdict.kind == "delivered"


def _by_tunnel(arrival: Arrival) -> list[Choice]:
    place, good = arrival.fits + 1, _let_in(arrival)
    row = _of_the_tunnel(arrival)
    return [
        Choice(
            "let-in-by-row",
            f"It is let in: row {place}, read from remote to local, holds it.",
            good,
            row if good else f"{row} One thing that does not fit is enough.",
        ),
        Choice(
            "let-in-as-genuine",
            f"It is let in: it came out of {arrival.tunnel} genuine, and that is enough.",
            False,
            "Genuine means that the peer sent it. Whether it may is asked next, of the selectors.",
        ),
        Choice(
            "dropped-by-selectors",
            f"It is dropped: no row for {arrival.tunnel} holds it, read from remote to local.",
            not good,
            row if not good else f"{row} Coming in, local is compared with the destination.",
        ),
        Choice(
            "dropped-as-incoming",
            "It is dropped: rows are for packets that leave, and this one comes in.",
            False,
            "One row serves both directions. Local is compared with the destination of a packet "
            "that comes in.",
        ),
    ]


def _in_the_clear(arrival: Arrival) -> list[Choice]:
    found = arrival.table.lookup(arrival.sent, "in")
    last = len(arrival.table.policies)
    seal = (found.winner if found.action == "protect" and found.winner is not None else 0) + 1
    right = {"protect": "wants-sealed", "bypass": "let-pass", "discard": "no-row"}[found.action]
    texts = {
        "wants-sealed": (
            f"It is dropped: row {seal} wants such packets sealed.",
            row_says(found.rows[seal - 1]) if found.action != "protect" else
            f"Row {seal} holds it and says protect, so it may come sealed only.",
        ),
        "let-pass": (
            f"It is let in: row {last} lets it pass unsealed.",
            row_says(found.rows[last - 1]),
        ),
        "let-in-by-firewall": (
            "It is let in: policies are for packets that leave, and the firewall has no objection.",
            "The policies are asked about every packet, in both directions.",
        ),
        "no-row": (
            "It is dropped: no row holds it.",
            "No row holds it, and what no row holds is discarded." if found.winner is None else
            f"Row {found.winner + 1} holds it, with remote for its source.",
        ),
    }  # fmt: skip
    return [Choice(name, text, name == right, says) for name, (text, says) in texts.items()]


def _any_to_any(_arrival: Arrival) -> list[Choice]:
    return [
        Choice(
            "let-in-by-wildcards",
            "It is let in: the selectors of the tunnel hold every packet.",
            True,
            "Any to any holds it. What the selectors no longer do, a firewall would have to.",
        ),
        Choice(
            "dropped-by-source",
            "It is dropped: its source does not belong to the site behind the tunnel.",
            False,
            "Nothing here compares the source with a site. Selectors could, but these are any to "
            "any.",
        ),
        Choice(
            "dropped-by-route",
            "It is dropped: the gateway would not route an answer into that tunnel.",
            False,
            "That is a reverse-path check, which IPsec does not make and this gateway does not "
            "have.",
        ),
        Choice(
            "let-in-by-route",
            "It is let in: the longest prefix in the route table holds its source.",
            False,
            "Routes are asked for destinations. Nobody looks up the source of a packet.",
        ),
    ]


_CHOICES = {"tunnel": _by_tunnel, "clear": _in_the_clear, "any": _any_to_any}

GENERATOR = Generator(
    NAME,
    "Say whether a packet that comes in passes the inbound check, and why",
    "selectors",
    "policy-based",
    "both-ends-must-agree",
    make,
)
