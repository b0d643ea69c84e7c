"""What may happen between two ends of a tunnel: each story is a run of the machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from vpnedu.network.addresses import parse_address
from vpnedu.network.selectors import Selector, selector
from vpnedu.simulation.ike.conversation import Line, converse
from vpnedu.simulation.ike.nat import IKE_PORT, NAT_PORT, Socket, detection_hash, translated
from vpnedu.simulation.ike.payloads import Payload, ike_spis
from vpnedu.simulation.ike.settings import Settings

INITIATOR, RESPONDER = "initiator", "responder"
KEY = "the agreed key"
OFFICE = selector("10.1.0.0/16", "10.2.0.0/16")
OTHER = selector("10.9.0.0/16", "10.1.0.0/16")
LIVENESS, CHILD_LIFE = 30.0, 3600.0  # seconds; strongSwan's own is no liveness check, and an hour


@dataclass(frozen=True, slots=True)
class Story:
    """A run of the machine: its `label`, what to notice, and the lines of the conversation.

    `extras` are payloads of a line that the machine does not know of, and `ports` the UDP ports
    that the responder sees it between; both are of the NAT's story.
    """

    label: str
    notice: str
    lines: tuple[Line, ...]
    extras: tuple[tuple[Payload, ...], ...] = ()
    ports: tuple[str, ...] = ()


def settings(name: str, peer: str, traffic: Selector, **given: object) -> Settings:
    """One end's settings: the key is the agreed one and nothing is renewed, unless told."""
    usual: dict[str, object] = {"key": KEY, "child_rekey": 0.0, "ike_rekey": 0.0}
    told = usual | given
    return Settings(f"the {name}", f"the {peer}", selectors=(traffic,), **told)  # type: ignore[arg-type]


def _run(
    until: float = 1.0,
    cut: float = inf,
    here: dict[str, object] | None = None,
    there: dict[str, object] | None = None,
    wants: Selector | None = None,
) -> tuple[Line, ...]:
    first = settings(INITIATOR, RESPONDER, OFFICE, **here or {})
    second = settings(RESPONDER, INITIATOR, wants or OFFICE.mirrored(), **there or {})
    return converse(first, second, until, cut)


def set_up() -> Story:
    """Four messages, and the tunnel is up (RFC 7296, 1.2)."""
    return Story(
        "Set-up: four messages",
        "Only the first two messages can be read on the way. They carry what makes the keys, and "
        "not the keys.",
        _run(),
    )


def wrong_key() -> Story:
    """The pre-shared keys differ (RFC 7296, 2.15, 2.21.2)."""
    return Story(
        "The pre-shared keys differ",
        "The first exchange goes well, since no key is compared in it. The second one fails.",
        _run(there={"key": "another key"}),
    )


def no_selectors() -> Story:
    """The two want no traffic in common (RFC 7296, 1.2, 2.9)."""
    return Story(
        "No selectors in common: IKE up, no traffic",
        "Both ends have proved themselves and the IKE SA stays up, but there is no child SA: "
        "nothing can be sent.",
        _run(wants=OTHER),
    )


def wrong_group() -> Story:
    """The initiator guesses a Diffie-Hellman group that the responder does not take (1.2)."""
    return Story(
        "The wrong guess of a group",
        "The first message has to guess the group of its public value. A wrong guess costs one "
        "round trip.",
        _run(here={"groups": (14, 19)}, there={"groups": (19, 20)}),
    )


def no_proposal() -> Story:
    """The two have no algorithms in common (RFC 7296, 2.7)."""
    return Story(
        "No algorithms in common",
        "Nothing is encrypted yet, and the refusal comes in the clear: nobody has proved that it "
        "is the responder's.",
        _run(here={"groups": (2,)}, there={"groups": (19, 20)}),
    )


def rekey() -> Story:
    """A child SA is replaced before it is too old (RFC 7296, 1.3.3, 2.8)."""
    lines = _run(until=CHILD_LIFE, here={"child_rekey": CHILD_LIFE})
    return Story(
        "Rekey: a new child SA before the old one goes",
        "For a moment both ends accept two SPIs, so that no packet on its way is lost.",
        tuple(line for line in lines if line.at > 1.0),
    )


def liveness() -> Story:
    """A sign of life; then the peer is gone (RFC 7296, 2.1, 2.4)."""
    lines = _run(until=300.0, cut=1.5 * LIVENESS, here={"liveness_delay": LIVENESS})
    return Story(
        "Liveness: an answer, then silence",
        f"The question is asked after {LIVENESS:.0f} s without a packet. The peer counts as dead "
        "only when the last repetition has had its time.",
        tuple(line for line in lines if line.at > 1.0),
    )


def nat() -> Story:
    """A NAT on the way is found, and the talk moves to port 4500 (RFC 7296, 2.23).

    The messages are those of the set-up; the machine knows no ports. What is added is worked out
    from the addresses: who hashes what, whether the hashes fit, and the port that follows.
    """
    home, outside, peer = (
        parse_address(a) for a in ("192.168.1.10", "198.51.100.7", "203.0.113.5")
    )
    private, public, far = Socket(home, IKE_PORT), Socket(outside, 61012), Socket(peer, IKE_PORT)
    lines = _run()
    extras, found = _detecting(lines, private, public, far)
    moved = Socket(peer, NAT_PORT if found else IKE_PORT)
    after = replace(public, port=61013) if found else public
    ports = [_ports(line, public, far) if place < 2 else _ports(line, after, moved)
             for place, line in enumerate(lines)]  # fmt: skip
    return Story(
        "A NAT on the way: the move to port 4500",
        "Each end hashes the addresses it believes in. Where the hashes don't fit what arrives, "
        "somebody has rewritten addresses.",
        lines,
        extras,
        tuple(ports),
    )


def _detecting(
    lines: tuple[Line, ...], private: Socket, public: Socket, far: Socket
) -> tuple[tuple[tuple[Payload, ...], ...], bool]:
    """The hashes in the first two messages, and whether they give a NAT away."""
    assert lines[0].message, "a conversation begins with a message"
    first, second = ike_spis(lines[0].message.sa)
    nobody = "0" * 16
    # As sent, and as the other end sees it: the source, then the destination.
    ways = (
        (nobody, ((private, public, "SOURCE"), (far, far, "DESTINATION"))),
        (second, ((far, far, "SOURCE"), (public, private, "DESTINATION"))),
    )
    found = [translated(first, spi, sent, seen) for spi, pairs in ways for sent, seen, _ in pairs]
    extras = [
        tuple(_hashed(first, spi, sent, seen, name) for sent, seen, name in pairs)
        for spi, pairs in ways
    ]
    return (*extras, *(() for _ in lines[2:])), any(found)


def _hashed(first: str, second: str, sent: Socket, seen: Socket, name: str) -> Payload:
    digest = detection_hash(first, second, sent)[:8]
    fits = "and fits" if not translated(first, second, sent, seen) else (
        f"but comes as {seen}, which gives {detection_hash(first, second, seen)[:8]}…: a NAT"
    )  # fmt: skip
    return Payload(f"N(NAT_DETECTION_{name}_IP)", f"{digest}… is for {sent}, {fits}", "2.23")


def _ports(line: Line, near: Socket, far: Socket) -> str:
    one, other = (near, far) if line.sender == 0 else (far, near)
    return f"UDP {one.port} to {other.port}, as the responder sees it"


STORIES: tuple[Callable[[], Story], ...] = (
    set_up,
    wrong_key,
    no_selectors,
    wrong_group,
    no_proposal,
    nat,
    rekey,
    liveness,
)
