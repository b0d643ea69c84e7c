"""What do two ends agree on? The responder takes away, and never adds (RFC 7296, 2.9)."""

from collections.abc import Iterator
from ipaddress import ip_network

from vpnedu.network.addresses import ANY_PORT, AddressRange, written
from vpnedu.network.packets import protocol_name
from vpnedu.network.selectors import Ports, Selector, selector
from vpnedu.quiz.generators.choosing.offers import Offer, drawn
from vpnedu.quiz.generators.choosing.sites import hint, sentence
from vpnedu.quiz.generators.generator import Generator
from vpnedu.quiz.inputs import Choice, One
from vpnedu.quiz.numbers import Mistake
from vpnedu.quiz.question import Question, Table
from vpnedu.quiz.typed import Typed
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.journey import send
from vpnedu.simulation.trace import Trace

NAME = "narrowing"
# What one would have to believe to pick each wrong answer, put right.
WHOLE = "That is the whole proposal. The responder may not grant what its own row does not hold."
WIDER = "That is all that the responder's row holds. An answer is never wider than the proposal."
REFUSED = "It refuses only where nothing is left. Selectors need not be the same at both ends."
SWAPPED = "TSi is the initiator's side and TSr the responder's, in the proposal and in the answer."
WILDCARDS = "Nobody proposed that. Wildcards are no fallback: a responder only takes away."


def make(chance: Chance) -> Question:
    """A pair of selectors to choose, or one prefix to type."""
    typed = not chance.below(3)
    offer = drawn(chance, prefix_only=typed)
    run = send(offer.topology(), offer.sent, title="What two ends agree on")
    answer = _typed(offer) if typed else One(tuple(chance.shuffled(_choices(offer))))
    asks = chance.pick(TYPED if typed else ASKS)
    return Question(
        NAME,
        "text" if typed else "single",
        f"{_opening(chance, offer)} TSi is the initiator's side, TSr the responder's.\n\n{asks}",
        answer,
        _story(offer, run),
        "RFC 7296, 2.9",
        NAME,
        2,
        (hint("Swap local and remote of one end, and compare column by column."),),
        _table(offer),
        run,
    )


ASKS = (
    "Which traffic selectors does the responder answer with?",
    "On which traffic selectors do the two ends agree?",
    "What is the result of narrowing?",
)
TYPED = (
    "Which prefix is left for TSr? Type it.",
    "Type the prefix that TSr has in the responder's answer.",
)


def _opening(chance: Chance, offer: Offer) -> str:
    ours, theirs = offer.initiator.gateway, offer.responder.gateway
    return chance.pick(
        (
            f"The {ours} proposes a child SA to the {theirs}, from the row it has; the {theirs} "
            f"answers from its own. It accepts as much as that row allows.",
            f"Two gateways set up a tunnel with IKEv2. The {ours} begins, and the {theirs} grants "
            f"all that its own row lets it grant. Each row is written from its own side.",
            f"The administrators of two sites have each written a row, and not compared them. The "
            f"{ours} is the initiator. The {theirs} answers with all that it can accept.",
        )
    )


def _table(offer: Offer) -> Table:
    rows = [
        (f"{site.gateway}, {part}", *_cells(row))
        for site, part, row in (
            (offer.initiator, "initiator", offer.offered),
            (offer.responder, "responder", offer.wanted),
        )
    ]
    columns = ("gateway", "local", "remote", "protocol and port")
    return Table("One row at each end, as each end writes it", columns, tuple(rows))


def _cells(row: Selector) -> tuple[str, str, str]:
    return written(row.local), written(row.remote), _service(row)


def _service(row: Selector) -> str:
    if row.protocol is None:
        return "any"
    name = protocol_name(row.protocol).upper()
    return f"{name}{_port('local', row.local_ports)}{_port('remote', row.remote_ports)}"


def _port(side: str, ports: Ports) -> str:
    return "" if ANY_PORT in ports else f", {side} port {written(ports)}"


def _pair(row: Selector) -> str:
    """A selector in the order of a proposal: the initiator's side, then the responder's."""
    service = "" if row.protocol is None else f", for {protocol_name(row.protocol).upper()}"
    ports = row.local_ports if ANY_PORT in row.remote_ports else row.remote_ports
    port = "" if ANY_PORT in ports else f" port {written(ports)}"
    return f"TSi `{written(row.local)}`, TSr `{written(row.remote)}`{service}{port}"


def _choices(offer: Offer) -> list[Choice]:
    """What is agreed, and what one gets by widening, by copying, by swapping, by refusing."""
    made: dict[str, Choice] = {}
    for name, row, says in _candidates(offer):
        text = "None: it refuses, with TS_UNACCEPTABLE" if row is None else _pair(row)
        made.setdefault(text, Choice(name, text, row == offer.agreed, says))
    return list(made.values())


def _candidates(offer: Offer) -> Iterator[tuple[str, Selector | None, str]]:
    agreed, wanted = offer.agreed, offer.wanted.mirrored()
    if agreed is not None:
        yield "overlap", agreed, f"{_common(offer)} This is what both rows hold."
    yield "proposal", offer.offered, WHOLE
    yield "responders-row", wanted, WIDER
    if agreed is None:
        yield "refused", None, f"{_common(offer)} With nothing in common, it can only refuse."
        yield "wildcards", selector("0.0.0.0/0", "0.0.0.0/0"), WILDCARDS
    else:
        yield "refused", None, REFUSED
        yield "swapped", agreed.mirrored(), SWAPPED


def _common(offer: Offer) -> str:
    """The arithmetic: what the two rows have in common, side by side."""
    ours, theirs = offer.offered, offer.wanted.mirrored()
    parts = [_overlap("TSi", ours.local[0], theirs.local[0])]
    parts.append(_overlap("TSr", ours.remote[0], theirs.remote[0]))
    if ours.protocol != theirs.protocol:
        names = [protocol_name(p).upper() if p else "any" for p in (ours.protocol, theirs.protocol)]
        left = next((name for name in names if name != "any"), "") if "any" in names else "nothing"
        parts.append(f"Protocol: {names[0]} and {names[1]} have {left} in common.")
    return " ".join(parts)


def _overlap(side: str, ours: AddressRange, theirs: AddressRange) -> str:
    both = ours.intersect(theirs)
    if ours == theirs:
        return f"{side}: both rows have `{ours}`."
    return f"{side}: `{ours}` and `{theirs}` have {f'`{both}`' if both else 'nothing'} in common."


def _story(offer: Offer, run: Trace) -> str:
    end = "" if run.verdict.kind == "delivered" else f" {sentence(run.verdict.reason)}"
    return f"A responder narrows a proposal to the part it accepts. {_common(offer)}{end}"


def _typed(offer: Offer) -> Typed:
    assert offer.agreed is not None
    left = str(ip_network(written(offer.agreed.remote)))
    mistakes = []
    for name, span, says in (
        ("proposal", offer.offered.remote[0], "That is the whole proposal, not what is accepted."),
        (
            "responders-row",
            offer.wanted.local[0],
            "That is the responder's row. No answer is wider than the proposal.",
        ),
        ("initiators-side", offer.agreed.local[0], "That is TSi, the side of the initiator."),
    ):
        if "-" not in str(span) and str(span) != left:
            mistakes.append(Mistake(name, str(span), says))
    return Typed("prefix", (left,), tuple(mistakes))


GENERATOR = Generator(
    NAME,
    "Work out what two gateways agree on when their selectors differ",
    "selectors",
    "policy-based",
    "both-ends-must-agree",
    make,
)
