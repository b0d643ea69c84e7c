"""Situations in which no policy holds a packet, or only seems to hold it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.packets import Packet
from vpnedu.network.policies import Policy
from vpnedu.quiz.generators.choosing.policies import protect
from vpnedu.quiz.generators.choosing.sites import (
    SERVICES,
    Site,
    beside,
    carrying,
    part,
    somewhere,
)
from vpnedu.simulation.chance import Chance

# Networks that guests get addresses from, and servers on the internet (RFC 1918, RFC 5737).
GUESTS = IPv4Network("192.168.0.0/16")
SERVERS = (IPv4Network("203.0.113.192/26"), IPv4Network("192.0.2.128/25"))


@dataclass(frozen=True, slots=True)
class Situation:
    """Rows, who sends what, what it is about in a sentence, and whether the tunnel is down."""

    rows: tuple[Policy, ...]
    sender: str
    sent: Packet
    about: str
    down: bool = False


Rows = tuple[Policy, ...]


def _unlisted(chance: Chance, ours: list[Site]) -> IPv4Address:
    """An address next to a prefix that is listed; often it misses by one bit."""
    other = beside(ours[1].prefix)
    known = [site.prefix for site in ours]
    return somewhere(chance, IPv4Network("192.168.0.0/16") if other in known else other)


def _new_network(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    about = (
        f"The {ours[1].name.lower()} has a new network, and the {ours[0].gateway} has this table."
    )
    return _sent(chance, ours, pairs, _unlisted(chance, ours), about)


def _guest(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    guest = somewhere(chance, part(chance, GUESTS, 24))
    sent = carrying(guest, ours[1].address, chance.pick(SERVICES))
    about = chance.pick(
        (
            f"A guest sits in the {ours[0].name.lower()} today, behind the {ours[0].gateway}.",
            f"Guests of the {ours[0].name.lower()} get addresses of their own.",
        )
    )
    return Situation(pairs, "Zoe", sent, f"{about} The policies are below.")


def _service(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    home, first = ours[:2]
    wanted, sent = chance.shuffled(SERVICES[:-1])[0], chance.pick(SERVICES)
    rows = (protect(home.prefix, first.prefix, first.tunnel, *wanted), pairs[-1])
    if rows[1].tunnel == first.tunnel:
        rows = (rows[0], pairs[0])
    packet = carrying(home.address, first.address, sent)
    about = f"The table of the {home.gateway} lets some services into its tunnels only."
    return Situation(rows, home.person, packet, about)


def _web(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    target = somewhere(chance, chance.pick(SERVERS))
    about = (
        f"People in the {ours[0].name.lower()} also use the web. Their gateway has this table, and "
        "puts its own public address on what leaves unsealed."
    )
    return _sent(chance, ours, pairs, target, about, (("tcp", 443), ("tcp", 80)))


def _held(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    """A wide last row holds what the rows for the sites do not."""
    target = _unlisted(chance, ours)
    wide = protect(ours[0].prefix, "0.0.0.0/0", ours[1].tunnel)
    about = f"The {ours[0].gateway} sends into its tunnels what this table says."
    return _sent(chance, ours, (*pairs, wide), target, about)


def _down(chance: Chance, ours: list[Site], pairs: Rows) -> Situation:
    about = f"The table of the {ours[0].gateway} is below, and {ours[1].tunnel} is down."
    made = _sent(chance, ours, pairs, ours[1].address, about)
    return replace(made, down=True)


def _sent(
    chance: Chance,
    ours: list[Site],
    rows: Rows,
    target: IPv4Address,
    about: str,
    services: tuple[tuple[str, int | None], ...] = SERVICES,
) -> Situation:
    sent = carrying(ours[0].address, target, chance.pick(services))
    return Situation(rows, ours[0].person, sent, about)


Maker = Callable[[Chance, list[Site], Rows], Situation]
SITUATIONS: tuple[Maker, ...] = (
    _new_network,
    _guest,
    _service,
    _web,
    _new_network,
    _web,
    _held,
    _down,
)
