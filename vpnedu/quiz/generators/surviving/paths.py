"""BGP paths made to lose at a chosen step, each with something that could tempt one to take it."""

from dataclasses import replace
from ipaddress import IPv4Address, ip_network
from typing import Any, NamedTuple

from vpnedu.simulation.best_path import Origin, Path
from vpnedu.simulation.chance import Chance

PREFIXES = ("10.2.0.0/16", "10.40.0.0/14", "172.20.8.0/21", "192.168.96.0/20")
# The steps that can decide, in order (RFC 4271, 9.1.2.2); where all peers are in the own AS,
# the cost of getting to the next hop takes the place of "external before internal".
LADDER = ("local preference", "AS path", "origin", "MED", "peer", "BGP identifier")
INSIDE = ("local preference", "AS path", "origin", "MED", "IGP cost", "BGP identifier")
LOOP = "loop"


class Rival(NamedTuple):
    """A path that loses, and the later step (or `LOOP`) at which it would look better."""

    path: Path
    lure: str


def winning(chance: Chance, steps: tuple[str, ...], falls: list[str]) -> Path:
    """A path that leaves room for others to be better, or worse, at every step."""
    first, length = 64496 + chance.below(8), 2 + chance.below(2)
    best_origin = "origin" in falls or chance.below(2) == 0
    return Path(
        ip_network(chance.pick(PREFIXES)),
        (first, *(64504 + (first + n) % 7 for n in range(1, length))),
        IPv4Address(f"192.0.2.{100 + chance.below(50)}"),
        IPv4Address("192.0.2.1"),
        "the winner",
        Origin.IGP if best_origin else Origin.INCOMPLETE,
        chance.pick((20, 50, 80)),
        chance.pick((100, 150, 200)),
        external=steps is LADDER,
        igp_cost=0 if steps is LADDER else 20,
    )


def losing(chance: Chance, winner: Path, steps: tuple[str, ...], fall: str, place: int) -> Rival:
    """A path that equals `winner` before the step `fall`, is worse there, and better later."""
    later = [
        step
        for step in steps[steps.index(fall) + 1 :]
        if step != "peer" and (step != "origin" or winner.origin != Origin.IGP)
    ]
    # Where MED has been passed, a lower one still tempts: it came from another AS.
    if fall in steps[4:]:
        later.append("MED")
    lure = chance.pick(later)
    # Only those from the winner's neighbour can lose to it by MED.
    same = fall == "MED" or (lure != "MED" and chance.below(2) == 0)
    path = replace(
        winner,
        via=f"rival {place}",
        as_path=winner.as_path if same else _by_another(winner, place),
        router_id=IPv4Address(f"192.0.2.{200 + 10 * place + chance.below(9)}"),
    )
    path = replace(path, **_worse(chance, path, fall))
    return Rival(replace(path, **_better(chance, path, lure, place)), lure)


def looping(chance: Chance, winner: Path, own: int, place: int) -> Rival:
    """A path that has been through the AS `own` already, and is liked best of all."""
    return Rival(
        replace(
            winner,
            via=f"rival {place}",
            as_path=(*_by_another(winner, place)[:1], own),
            local_preference=winner.local_preference + chance.pick((50, 100)),
            router_id=IPv4Address(f"192.0.2.{160 + chance.below(30)}"),
        ),
        LOOP,
    )


def _by_another(winner: Path, place: int) -> tuple[int, ...]:
    """An AS path as long as the winner's, by another neighbour."""
    first, *rest = (part for part in winner.as_path if isinstance(part, int))
    return (64496 + (first - 64496 + 1 + place) % 8, *rest)


def _worse(chance: Chance, path: Path, step: str) -> dict[str, Any]:
    if step == "AS path":
        return {"as_path": path.as_path + (64511,) * (1 + chance.below(2))}
    if step == "origin":
        return {"origin": chance.pick((Origin.EGP, Origin.INCOMPLETE))}
    worse: dict[str, dict[str, Any]] = {
        "local preference": {"local_preference": path.local_preference - chance.pick((10, 50))},
        "MED": {"med": path.med + chance.pick((5, 10, 100))},
        "peer": {"external": False},
        "IGP cost": {"igp_cost": path.igp_cost + chance.pick((5, 10, 30))},
    }
    return worse.get(step, {})


def _better(chance: Chance, path: Path, step: str, place: int) -> dict[str, Any]:
    better: dict[str, dict[str, Any]] = {
        "AS path": {"as_path": path.as_path[:1]},
        "origin": {"origin": Origin.IGP},
        "MED": {"med": path.med - chance.pick((5, 10, 20))},
        "IGP cost": {"igp_cost": path.igp_cost - chance.pick((5, 10, 15))},
    }
    low = {"router_id": IPv4Address(f"192.0.2.{10 + 10 * place + chance.below(9)}")}
    return better.get(step, low)
