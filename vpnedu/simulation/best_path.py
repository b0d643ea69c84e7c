"""BGP's choice among paths to one prefix, in the order of RFC 4271, 9.1.2.2, with every reason.

Which path is best is found by elimination, step by step, and not by sorting: a MED counts only
among paths from the same neighbouring AS, so whether a path falls by its MED depends on who else
is still in. Three paths can beat each other in a circle.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address
from typing import Any, NamedTuple

from vpnedu.network.addresses import InputError, IPAddress, IPNetwork

# Autonomous systems by number, nearest first; a set stands where aggregation lost their order.
AsPath = tuple[int | frozenset[int], ...]


class Origin(IntEnum):
    """How a prefix came into BGP; lower is preferred (RFC 4271, 5.1.1)."""

    IGP = 0
    EGP = 1
    INCOMPLETE = 2


@dataclass(frozen=True, slots=True)
class Path:
    """One way to `prefix`, as one peer told it.

    `local_preference` is what this router's policy thinks of the path: higher wins. A missing MED
    is 0, the best there is. `external` says that the peer is in another AS. `igp_cost` is the
    cost of getting to the next hop. `router_id` and `peer` are the BGP identifier and the
    address of the one who told it; `via` names the session.
    """

    prefix: IPNetwork
    as_path: AsPath
    router_id: IPv4Address
    peer: IPAddress
    via: str
    origin: Origin = Origin.IGP
    med: int = 0
    local_preference: int = 100
    external: bool = True
    igp_cost: int = 0

    def neighbour(self, own_as: int) -> int:
        """The AS the path came from; the own one where the path begins here or with a set."""
        first = self.as_path[0] if self.as_path else own_as
        return first if isinstance(first, int) else own_as


@dataclass(frozen=True, slots=True)
class Judged:
    """One path in one choice, and why it won or lost."""

    path: Path
    eligible: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer: every candidate, the best first, then in the order of who held out longer.

    `best` is None where no path is eligible. `equal_cost` are the paths that carry traffic: the
    best alone, or with multipath all that tie with it.
    """

    candidates: tuple[Judged, ...]
    best: Path | None
    equal_cost: tuple[Path, ...]


class Step(NamedTuple):
    """One question of the elimination: the paths of lowest `rank` stay, all others fall."""

    what: str
    rank: Callable[[Path], Any]
    shown: Callable[[Path], object]
    words: tuple[str, str] = ("lower", "higher")
    # Paths are compared with those from the same neighbouring AS only.
    same_neighbour: bool = False

    def compare(self, path: Path, other: Path) -> str:
        """Why this step prefers `path` to `other`, or the other way round, told of `path`."""
        word = self.words[self.rank(path) > self.rank(other)]
        told = f"its {self.what} is {word}: {self.shown(path)} against {self.shown(other)}"
        return f"{told} from the same AS" if self.same_neighbour else told


LIKED = ("preferred", "less preferred")
STEPS = (
    Step(
        "local preference",
        lambda path: -path.local_preference,
        lambda path: path.local_preference,
        ("higher", "lower"),
    ),
    Step(
        "AS path",
        lambda path: len(path.as_path),
        lambda path: len(path.as_path),
        ("shorter", "longer"),
    ),
    Step("origin", lambda path: path.origin, lambda path: path.origin.name, LIKED),
    Step("MED", lambda path: path.med, lambda path: path.med, same_neighbour=True),
    Step(
        "peer",
        lambda path: not path.external,
        lambda path: "external" if path.external else "internal",
        LIKED,
    ),
    Step("IGP cost", lambda path: path.igp_cost, lambda path: path.igp_cost),
    Step("BGP identifier", lambda path: int(path.router_id), lambda path: path.router_id),
    Step(
        "peer's address",
        lambda path: (path.peer.version, int(path.peer)),
        lambda path: path.peer,
    ),
    # Not in the RFC: two sessions with one peer's address.
    Step("session's name", lambda path: path.via, lambda path: path.via, ("first", "later")),
)
# Multipath shares among the paths that these leave.
BEFORE_SHARING = [step.what for step in STEPS].index("IGP cost") + 1
SHARES = "it ties with the best down to the IGP cost, so it carries a share"


def prepended(as_path: AsPath, asn: int, times: int) -> AsPath:
    """The AS path with `asn` put in front `times` times more, which makes it less liked.

    >>> prepended((65001,), 65001, 2)
    (65001, 65001, 65001)
    """
    if times < 0:
        raise InputError("times", f"{times} is negative; an AS path can only be made longer")
    return (asn,) * times + as_path


def best(paths: Iterable[Path], own_as: int, *, multipath: bool = False) -> Choice:
    """The best of `paths` to one prefix for a router in `own_as`, and why the others lost.

    With `multipath`, paths that tie down to the IGP cost share the traffic, whatever stands in
    their AS paths as long as these have the same length (daemons call that relaxed). The order of
    `paths` makes no difference.
    """
    given = sorted(paths, key=lambda path: tuple(step.rank(path) for step in STEPS))
    _check(given)
    looped = tuple(
        Judged(path, False, f"AS {own_as} is in its AS path already: a loop")
        for path in given
        if own_as in _systems(path.as_path)
    )
    left = [path for path in given if own_as not in _systems(path.as_path)]
    if not left:
        return Choice(looped, None, ())
    tied, fallen = _eliminate(left, STEPS[:BEFORE_SHARING], own_as)
    (winner,), beaten = _eliminate(tied, STEPS[BEFORE_SHARING:], own_as)
    last = next(iter(beaten + fallen), None)
    why = last.step.compare(winner, last.path) if last else "it is the only path"
    judged = [
        Judged(winner, True, why),
        *(Judged(fall.path, True, SHARES if multipath else fall.reason) for fall in beaten),
        *(Judged(fall.path, True, fall.reason) for fall in fallen),
    ]
    shared = [one.path for one in judged[: len(tied)]] if multipath else [winner]
    return Choice((*judged, *looped), winner, tuple(shared))


class Fall(NamedTuple):
    """A path, the step that it fell at, and the path it fell to."""

    path: Path
    step: Step
    rival: Path

    @property
    def reason(self) -> str:
        return self.step.compare(self.path, self.rival)


def _eliminate(
    left: list[Path], steps: Iterable[Step], own_as: int
) -> tuple[list[Path], list[Fall]]:
    """Who is left after `steps`, and who fell: those who held out longer come first."""
    lost: list[Fall] = []
    for step in steps:
        rivals: dict[int, Path] = {}
        groups = [path.neighbour(own_as) if step.same_neighbour else 0 for path in left]
        for group, path in zip(groups, left, strict=True):
            rivals[group] = min(rivals.get(group, path), path, key=step.rank)
        falls = [Fall(p, step, rivals[group]) for group, p in zip(groups, left, strict=True)]
        lost = [fall for fall in falls if step.rank(fall.rival) < step.rank(fall.path)] + lost
        left = [fall.path for fall in falls if step.rank(fall.rival) == step.rank(fall.path)]
    return left, lost


def _systems(as_path: AsPath) -> set[int]:
    """Every AS in the path, those in sets included."""
    return {asn for part in as_path for asn in (part if isinstance(part, frozenset) else {part})}


def _check(paths: list[Path]) -> None:
    """Refuse what no router could have to choose among."""
    if len({path.prefix for path in paths}) > 1:
        raise InputError("paths", "they lead to different prefixes; a choice is about one")
    sessions = [path.via for path in paths]
    if len(set(sessions)) < len(sessions):
        rule = "two came over one session; the newer replaces the older (RFC 4271, 3.1)"
        raise InputError("paths", rule)
