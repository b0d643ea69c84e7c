"""What an IKE message carries, payload by payload, and what of it is sealed (RFC 7296).

The machine's messages hold what its decisions need; this table says in which payloads that
travels. The Diffie-Hellman values, nonces and proofs themselves are no numbers in this book.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vpnedu.network.selectors import Selector
from vpnedu.simulation.chance import Chance
from vpnedu.simulation.ike.messages import Message

SEED = 7296


@dataclass(frozen=True, slots=True)
class Payload:
    """One payload in the RFC's notation, what it says, the section, and whether it is `sealed`."""

    name: str
    says: str
    section: str
    sealed: bool = False


def sealed(message: Message) -> bool:
    """Whether its payloads travel inside SK{}: all do but those of the first exchange (1.2)."""
    return message.exchange != "IKE_SA_INIT"


def payloads(message: Message, asked: Message | None = None) -> tuple[Payload, ...]:
    """The payloads of a message: its header, always in the clear, then what the header announces.

    `asked` is the request that a response answers: to a child's deletion the answer deletes the
    other SA of the pair (1.4.1).

    >>> from vpnedu.simulation.ike import Message
    >>> [part.name for part in payloads(Message("INFORMATIONAL", "a#1"))]
    ['HDR', 'SK{}']
    """
    inside = [(name, says(message), section) for name, says, section in _inside(message, asked)]
    if not inside:
        return header(message), Payload("SK{}", "empty, but sealed and proved", "3.14", True)
    return header(message), *(Payload(*part, sealed(message)) for part in inside)


def header(message: Message) -> Payload:
    """The IKE header (3.1): both SPIs; the responder's is 0 until it has made an SA (2.6)."""
    first, second = ike_spis(message.sa)
    stateless = message.notify in ("INVALID_KE_PAYLOAD", "NO_PROPOSAL_CHOSEN")
    if not sealed(message) and (message.request or stateless):
        second = "0, since the responder has made none"
    return Payload("HDR", f"SPIs {first} and {second}; message {message.number}", "3.1")


def ike_spis(sa: str) -> tuple[str, str]:
    """The two 8-byte SPIs of an IKE SA, the initiator's first; in life random numbers."""
    chance = Chance(SEED, sa)
    bits = [chance.bits() for _ in range(4)]
    return f"{bits[0]:08x}{bits[1]:08x}", f"{bits[2]:08x}{bits[3]:08x}"


def child_spi(child: str, receiver: str) -> str:
    """The 4-byte SPI under which `receiver` takes packets of a child SA: it has chosen it."""
    # Numbers up to 255 are reserved (RFC 4303, 2.1); these are far above.
    return f"0xc{Chance(SEED, f'{child}/{receiver}').bits() >> 4:07x}"


Says = Callable[[Message], str]
Row = tuple[str, Says, str]


def _plain(words: str) -> Says:
    return lambda _: words


def _groups(message: Message) -> str:
    listed = " or ".join(str(group) for group in message.groups)
    return f"algorithms on offer for the IKE SA; Diffie-Hellman group {listed}"


def _local(selectors: tuple[Selector, ...]) -> str:
    return ", ".join(str(each) for selector in selectors for each in selector.local)


def _remote(selectors: tuple[Selector, ...]) -> str:
    return ", ".join(str(each) for selector in selectors for each in selector.remote)


TSI: Row = ("TSi", lambda m: f"initiator's side: {_local(m.offer or m.answer)}", "3.13")
TSR: Row = ("TSr", lambda m: f"responder's side: {_remote(m.offer or m.answer)}", "3.13")
ASKS: tuple[Row, ...] = (
    ("SAi1", _groups, "3.3"),
    ("KEi", lambda m: f"the initiator's public value of group {m.group}", "3.4"),
    ("Ni", _plain("the initiator's nonce"), "3.9"),
)
AGREES: tuple[Row, ...] = (
    ("SAr1", _plain("the algorithms chosen for the IKE SA"), "3.3"),
    ("KEr", _plain("the responder's public value"), "3.4"),
    ("Nr", _plain("the responder's nonce"), "3.9"),
)
PROVES: tuple[Row, ...] = (
    ("IDi", _plain("who the initiator claims to be"), "3.5"),
    ("AUTH", _plain("proof made with the pre-shared key over what was said in the clear"), "3.8"),
)
PROVED: tuple[Row, ...] = (
    ("IDr", _plain("who the responder claims to be"), "3.5"),
    ("AUTH", _plain("its own proof, over its own half of what was said in the clear"), "3.8"),
)
CHILD: tuple[Row, ...] = (
    (
        "SAi2",
        _plain("algorithms on offer for the child SA; the SPI for packets to the initiator"),
        "3.3",
    ),
    TSI,
    TSR,
)
CHILD_AGREED: tuple[Row, ...] = (
    ("SAr2", _plain("the algorithms chosen; the SPI for packets to the responder"), "3.3"),
    TSI,
    TSR,
)
FRESH = _plain("a fresh nonce")


PAIR_DELETED: Row = ("D", _plain("and the SA of the pair that goes the other way"), "3.11")


def _notify(name: str, words: str) -> Row:
    return (f"N({name})", _plain(words), "3.10")


_ROWS: Mapping[tuple[str, bool, str | None], tuple[Row, ...]] = {
    ("IKE_SA_INIT", True, None): ASKS,
    ("IKE_SA_INIT", False, None): AGREES,
    ("IKE_SA_INIT", False, "INVALID_KE_PAYLOAD"): (
        ("N(INVALID_KE_PAYLOAD)", lambda m: f"use group {m.group} instead", "3.10"),
    ),
    ("IKE_SA_INIT", False, "NO_PROPOSAL_CHOSEN"): (
        _notify("NO_PROPOSAL_CHOSEN", "nothing on offer is accepted"),
    ),
    ("IKE_AUTH", True, "INITIAL_CONTACT"): (
        *PROVES,
        _notify("INITIAL_CONTACT", "forget older SAs between us"),
        *CHILD,
    ),
    ("IKE_AUTH", False, None): (*PROVED, *CHILD_AGREED),
    ("IKE_AUTH", False, "AUTHENTICATION_FAILED"): (
        _notify("AUTHENTICATION_FAILED", "the proof does not hold; nothing else is said"),
    ),
    ("IKE_AUTH", False, "TS_UNACCEPTABLE"): (
        *PROVED,
        _notify("TS_UNACCEPTABLE", "of the traffic on offer nothing is wanted"),
    ),
    ("CREATE_CHILD_SA", True, "REKEY_SA"): (
        _notify("REKEY_SA", "names the old child SA, by its SPI"),
        ("SA", _plain("algorithms on offer; a new SPI for packets to whoever asks"), "3.3"),
        ("Ni", FRESH, "3.9"),
        TSI,
        TSR,
    ),
    ("CREATE_CHILD_SA", True, None): (
        ("SA", _plain("algorithms on offer for a new IKE SA, and its new SPI"), "3.3"),
        ("Ni", FRESH, "3.9"),
        ("KEi", _plain("a fresh public value"), "3.4"),
    ),
    ("CREATE_CHILD_SA", False, None): (
        ("SA", _plain("the algorithms chosen; a new SPI for packets to whoever answers"), "3.3"),
        ("Nr", FRESH, "3.9"),
    ),
    ("CREATE_CHILD_SA", False, "TS_UNACCEPTABLE"): (
        _notify("TS_UNACCEPTABLE", "of the traffic on offer nothing is wanted"),
    ),
    ("CREATE_CHILD_SA", False, "TEMPORARY_FAILURE"): (
        _notify("TEMPORARY_FAILURE", "not now; try again later"),
    ),
    ("INFORMATIONAL", True, None): (),
    ("INFORMATIONAL", True, "DELETE"): (
        ("D", _plain("the SA to delete: the SPI under which I took its packets"), "3.11"),
    ),
    ("INFORMATIONAL", False, None): (),
}


def _inside(message: Message, asked: Message | None) -> tuple[Row, ...]:
    if asked and asked.notify == "DELETE" and asked.child:
        return (PAIR_DELETED,)
    rows = _ROWS[message.exchange, message.request, message.notify]
    if message.exchange != "CREATE_CHILD_SA" or message.request or message.notify:
        return rows
    # A child's answer names its traffic; a new IKE SA's brings a public value instead (1.3.2).
    more: Row = ("KEr", _plain("a fresh public value"), "3.4")
    return (*rows, TSI, TSR) if message.answer else (*rows, more)
