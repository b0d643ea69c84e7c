"""Policy tables whose rows overlap, and packets that more than one row would hold."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.packets import Packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.quiz.generators.choosing import sites as drawn
from vpnedu.quiz.generators.choosing.policies import Office, let, protect
from vpnedu.quiz.generators.choosing.sites import SERVICES, Site, carrying, somewhere
from vpnedu.simulation.chance import Chance

TRIES = 60


@dataclass(frozen=True, slots=True)
class Case:
    """An office with its table, a packet from the person there, and how many rows hold it."""

    office: Office
    sent: Packet
    holding: int


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose addresses are whose: `piece` is cut out of the first peer's prefix, and `stranger` is
    a prefix that nobody here has."""

    home: Site
    peers: tuple[Site, ...]
    piece: IPv4Network
    stranger: IPv4Network


def overlapping(chance: Chance, most: int, *, fragments: bool = False) -> Case:
    """A table of 3 to `most` rows and a packet; in three of four at least two rows hold it.

    With `fragments`, the packet is at times a later fragment, which shows no ports.
    """
    *ours, nobody = drawn.sites(chance, 3 + chance.below(2) + 1)
    wanted = 2 if chance.below(4) else 0
    for _ in range(TRIES):
        length = chance.pick((20, 22, 24, 24))
        piece = drawn.part(chance, ours[1].prefix, length)
        ground = Ground(ours[0], tuple(ours[1:]), piece, nobody.prefix)
        case = _case(chance, ground, most, fragments and not chance.below(3))
        tunnels = {row.tunnel for row in case.office.table.policies if row.tunnel}
        fits = case.holding >= 2 if wanted else case.holding < 2
        if fits and len(tunnels) == len(ground.peers):
            break
    return case


def _case(chance: Chance, ground: Ground, most: int, fragment: bool) -> Case:
    target = _target(chance, ground)
    service = chance.pick(SERVICES)
    rows = _rows(chance, ground, target, service, 3 + chance.below(most - 2), ports=fragment)
    default = chance.pick(("discard", "discard", "bypass"))
    table = PolicyTable(tuple(rows), "bypass" if default == "bypass" else "discard")
    sent = carrying(ground.home.address, target, service)
    if fragment:
        sent = replace(sent, source_port=None, destination_port=None, dont_fragment=False)
    first = ground.peers[0]
    owner, new = (ground.peers[1], ground.piece) if target in ground.piece else (first, None)
    stand = (owner, _newcomer(chance, ground), target, new)
    office = Office(ground.home, ground.peers, table, (stand,) if target in first.prefix else ())
    return Case(office, sent, sum(row.selector.holds(sent) for row in rows))


def _newcomer(chance: Chance, ground: Ground) -> str:
    known = {ground.home.person, *(site.person for site in ground.peers)}
    return chance.pick([name for name in drawn.PEOPLE if name not in known])


def _target(chance: Chance, ground: Ground) -> IPv4Address:
    first, second = ground.peers[:2]
    people = tuple(drawn.around(site.address, 32) for site in ground.peers)
    where = chance.pick(
        (ground.piece, ground.piece, first.prefix, first.prefix, second.prefix, None)
    )
    if where is second.prefix:
        return second.address
    if where is None:
        return somewhere(chance, ground.stranger)
    return somewhere(chance, where, (*people, *(() if where == ground.piece else (ground.piece,))))


def _rows(
    chance: Chance,
    ground: Ground,
    target: IPv4Address,
    service: tuple[str, int | None],
    count: int,
    *,
    ports: bool,
) -> list[Policy]:
    """`count` rows of different kinds, in any order; with `ports`, one that names the service."""
    home, (first, second, *_), last = ground.home.prefix, ground.peers, ground.peers[-1]
    asked = service if ports or chance.below(2) else chance.pick(SERVICES[:-1])
    half = drawn.around(ground.home.address, 17)
    desks = half if chance.below(3) else drawn.beside(half)
    reach = f"{target - 2 - chance.below(40)}-{target + 2 + chance.below(40)}"
    by_service: Callable[[], Policy] = partial(_by_service, chance, ground, asked)
    menu: list[Callable[[], Policy]] = [
        lambda: protect(home, first.prefix, first.tunnel),
        lambda: protect(home, ground.piece, second.tunnel),
        lambda: protect(home, second.prefix, second.tunnel),
        lambda: protect(desks, first.prefix, last.tunnel),
        lambda: protect(home, chance.pick((reach, ground.stranger)), last.tunnel),
        lambda: _for_all(chance, ground),
    ]
    if ports:
        few = chance.shuffled(menu)[: count - 1]
        return [row() for row in chance.shuffled([by_service, *few])]
    return [row() for row in chance.shuffled([by_service, *menu])[:count]]


def _for_all(chance: Chance, ground: Ground) -> Policy:
    """A row for every destination."""
    action = chance.pick(("bypass", "discard", "protect"))
    if action == "protect":
        return protect(ground.home.prefix, "0.0.0.0/0", ground.peers[0].tunnel)
    return let(ground.home.prefix, "0.0.0.0/0", action)


def _by_service(chance: Chance, ground: Ground, asked: tuple[str, int | None]) -> Policy:
    home, remote = ground.home.prefix, ground.peers[0].prefix
    action = chance.pick(("discard", "bypass", "protect", "protect"))
    if action == "protect":
        return protect(home, remote, ground.peers[-1].tunnel, *asked)
    return let(home, remote, action, *asked)
