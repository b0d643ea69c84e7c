"""Answers of a lookup as JSON-ready data. `index` counts entries of the file from 0."""

from typing import Any

from vpnedu.cli.tables import Routes
from vpnedu.network.packets import NAMES, Packet
from vpnedu.network.policies import PolicyLookup
from vpnedu.network.routes import RouteLookup


def policy(found: PolicyLookup) -> dict[str, Any]:
    """One packet against the policies. `matched` also tells of rows after the winner."""
    return {
        "kind": "policy",
        "packet": packet(found.packet),
        "winner": found.winner,
        "action": found.action,
        "tunnel": found.tunnel,
        "rows": [
            {"index": row.index, "matched": row.matched, "reason": row.reason} for row in found.rows
        ],
    }


def packet(asked: Packet) -> dict[str, Any]:
    """A packet under the names that files use; a protocol without a name keeps its number."""
    return {
        "source": str(asked.source),
        "destination": str(asked.destination),
        "protocol": NAMES.get(asked.protocol, asked.protocol),
        "source_port": asked.source_port,
        "destination_port": asked.destination_port,
    }


def route(found: RouteLookup, routes: Routes) -> dict[str, Any]:
    """One destination against the routes. The next hops of one entry share its index."""
    won = None if found.winner is None else routes.table.routes[found.winner]
    answer: dict[str, Any] = {
        "kind": "route",
        "destination": str(found.address),
        "winner": None if found.winner is None else routes.places[found.winner],
        "via": won.via or None if won else None,
        "blackhole": won.blackhole if won else False,
        "candidates": [
            {"index": routes.places[row.index], "reason": row.reason} for row in found.candidates
        ],
    }
    if len(found.equal_cost) > 1:
        answer["equal_cost"] = [routes.places[index] for index in found.equal_cost]
    return answer
