"""What a table, a window or a choice of paths decides, asked of the engine's own lookups."""

from ipaddress import IPv4Address
from typing import Any

from vpnedu.network.addresses import parse_address, parse_prefix
from vpnedu.network.packets import packet
from vpnedu.network.policies import Policy, PolicyTable
from vpnedu.network.replay import ReplayWindow
from vpnedu.network.routes import RouteTable, route
from vpnedu.network.selectors import selector
from vpnedu.simulation.best_path import Path, best

NONE = "none"


def routed(routes: list[dict[str, Any]], destination: str) -> dict[str, str]:
    """Where a route table sends `destination`: the winner's `via`, "blackhole", or "none"."""
    table = RouteTable(tuple(route(**row) for row in routes))
    found = table.explain(parse_address(destination, "destination"))
    if found.winner is None:
        return {"answer": NONE, "prefix": NONE, "row": NONE, "reason": "no route holds it"}
    won = table.routes[found.winner]
    reason = next(row.reason for row in found.candidates if row.index == found.winner)
    answer = "blackhole" if won.blackhole else won.via
    row = str(found.winner + 1)
    return {"answer": answer, "prefix": str(won.prefix), "row": row, "reason": reason}


def winning_prefix(routes: list[dict[str, Any]], destination: str) -> dict[str, str]:
    """The prefix of the route that carries `destination`, "none" where no route does."""
    words = routed(routes, destination)
    return words | {"answer": words["prefix"], "via": words["answer"]}


def rehashed(flows: int, before: int, after: int) -> dict[str, str]:
    """How many of `flows` destinations change their route when `after` equal routes share them
    instead of `before`, and how many of those go to a route that is new."""

    def shared(ways: int) -> list[str]:
        rows = (route("10.2.0.0/16", f"tunnel {place}") for place in range(1, ways + 1))
        table = RouteTable(tuple(rows))
        places = ((number // 250, number % 250 + 1) for number in range(flows))
        winners = (table.winner(parse_address(f"10.2.{high}.{low}")) for high, low in places)
        return [str(winner.via) for winner in winners if winner is not None]

    first, second = shared(before), shared(after)
    moved = [new for old, new in zip(first, second, strict=True) if new != old]
    return {
        "answer": str(len(moved)),
        "new": str(sum(way not in first for way in moved)),
        "least": str(flows * (after - before) // after),
    }


def decided(
    policies: list[dict[str, Any]], packet: dict[str, Any], default: str = "discard"
) -> dict[str, str]:
    """What an ordered policy table does with a packet: a tunnel's name, bypass or discard."""
    rows = tuple(_policy(**row) for row in policies)
    table = PolicyTable(rows, default)  # type: ignore[arg-type]  # checked there
    found = table.lookup(_packet(**packet))
    if found.winner is None:
        return {"answer": default, "row": NONE, "reason": "no row holds the packet"}
    answer = rows[found.winner].then
    reason = found.rows[found.winner].reason
    return {"answer": answer, "row": str(found.winner + 1), "reason": reason}


def _policy(action: str = "protect", tunnel: str | None = None, **sides: Any) -> Policy:
    return Policy(selector(**sides), action, tunnel)  # type: ignore[arg-type]  # checked there


def _packet(source: str, destination: str, protocol: str = "tcp", port: int | None = None) -> Any:
    return packet(source, destination, protocol, port)


def narrowed(initiator: dict[str, Any], responder: dict[str, Any]) -> dict[str, str]:
    """What the responder makes of an offer (RFC 7296, 2.9), both seen from the initiator.

    `responder` is written from the responder's own side, as its configuration would be.
    """
    agreed = selector(**initiator).intersect(selector(**responder).mirrored())
    if agreed is None:
        return {"answer": NONE, "local": NONE, "remote": NONE}
    return {"answer": str(agreed), "local": agreed.side("local"), "remote": agreed.side("remote")}


def accepted(arrivals: list[int], size: int = 64) -> dict[str, str]:
    """Which sequence numbers a fresh replay window of `size` lets in, in order of arrival."""
    window, passed, refused = ReplayWindow(size), [], []
    for sequence in arrivals:
        wrong = window.check(sequence)
        if wrong:
            refused.append(wrong)
        else:
            window = window.commit(sequence)
            passed.append(sequence)
    listed = ", ".join(map(str, passed)) or NONE
    reasons = "; ".join(refused) or NONE
    return {"answer": listed, "count": str(len(passed)), "refused": reasons}


def best_path(paths: list[dict[str, Any]], own_as: int) -> dict[str, str]:
    """The best of BGP `paths`, by the `via` of each, and why (RFC 4271, 9.1)."""
    chosen = best([_path(place, **path) for place, path in enumerate(paths, 1)], own_as)
    if chosen.best is None:
        return {"answer": NONE, "reason": chosen.candidates[0].reason}
    return {"answer": chosen.best.via, "reason": chosen.candidates[0].reason}


def _path(place: int, as_path: list[int], via: str, **others: Any) -> Path:
    told = {"router_id": f"192.0.2.{place}", "peer": f"192.0.2.{place}", "prefix": "10.2.0.0/16"}
    told |= {name: others.pop(name) for name in tuple(others) if name in told}
    return Path(
        prefix=parse_prefix(told["prefix"]),
        as_path=tuple(as_path),
        router_id=IPv4Address(told["router_id"]),
        peer=parse_address(told["peer"]),
        via=via,
        **others,
    )
