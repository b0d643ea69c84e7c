"""Lookups as tables that think aloud: every row with its cells, how it fared, and why."""

from dataclasses import dataclass

from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.packets import Packet
from vpnedu.network.policies import PolicyLookup, PolicyRow
from vpnedu.network.routes import Candidate, RouteLookup
from vpnedu.network.selectors import Direction, Selector
from vpnedu.simulation.events import Row, RowState, Table


@dataclass(frozen=True, slots=True)
class Asked:
    """What a lookup event needs, but for its time and place."""

    table: Table
    question: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chose: str
    reason: str


def policies(gateway: Gateway, found: PolicyLookup, direction: Direction = "out") -> Asked:
    """A lookup in a policy table, in the table's order, and its default as the last row."""
    table = gateway.policies
    rows = [
        Row((*_sides(row.policy.selector), row.policy.then), _policy_state(row, found), row.reason)
        for row in found.rows
    ]
    default = found.winner is None
    reason = "no row above holds the packet" if default else "not asked"
    rows.append(Row(("any", "any", table.default), "won" if default else "not asked", reason))
    chose = found.tunnel or found.action
    which: Table = "policies" if direction == "out" else "inbound policies"
    told = _told(rows, f"{gateway.name} asks its {which}", chose)
    question = f"{found.packet.source} → {found.packet.destination}"
    return Asked(which, question, ("local", "remote", "then"), tuple(rows), chose, told)


def _sides(selector: Selector) -> tuple[str, str]:
    return selector.side("local"), selector.side("remote")


def _policy_state(row: PolicyRow, found: PolicyLookup) -> RowState:
    if row.index == found.winner:
        return "won"
    return "lost" if row.asked else "not asked"


def routes(gateway: Gateway, found: RouteLookup) -> Asked:
    """A lookup in a route table: every row in the table's order, so that one can predict."""
    rows = tuple(
        Row(_route_cells(candidate), _route_state(candidate, found), candidate.reason)
        for candidate in sorted(found.candidates, key=lambda candidate: candidate.index)
    )
    won = found.candidates[0].route if found.winner is not None else None
    chose = "no route" if won is None else "blackhole" if won.blackhole else won.via
    if won is None:
        told = f"{gateway.name} asks its routes: none holds {found.address}"
    else:
        why = found.candidates[0].reason
        told = f"{gateway.name} asks its routes: {won.prefix} wins, {why}. So: {chose}"
    columns = ("prefix", "via", "source, preference / metric")
    return Asked("routes", f"→ {found.address}", columns, rows, chose, told)


def _route_cells(candidate: Candidate) -> tuple[str, str, str]:
    row = candidate.route
    via = "blackhole" if row.blackhole else row.via
    return str(row.prefix), via, f"{row.origin}, {row.preference} / {row.metric}"


def _route_state(candidate: Candidate, found: RouteLookup) -> RowState:
    if candidate.index == found.winner:
        return "won"
    return "tied" if candidate.index in found.equal_cost else "lost"


def traffic_selectors(
    gateway: Gateway, tunnel: Tunnel, agreed: tuple[Selector, ...], packet: Packet
) -> Asked:
    """The child SAs of a tunnel: which of the agreed prefix pairs, if any, carries `packet`."""
    asks = f"{gateway.name} asks the traffic selectors of {tunnel.name}"
    return _selectors("traffic selectors", asks, agreed, packet, "out", tunnel.name)


def inbound(
    gateway: Gateway, tunnel: Tunnel, wanted: tuple[Selector, ...], packet: Packet
) -> Asked:
    """The check after decapsulation: is `packet` one that may come through `tunnel`?"""
    asks = f"{gateway.name} checks the packet against the selectors of {tunnel.name}"
    return _selectors("inbound policies", asks, wanted, packet, "in", "let in")


def _selectors(
    table: Table,
    asks: str,
    selectors: tuple[Selector, ...],
    packet: Packet,
    direction: Direction,
    yes: str,
) -> Asked:
    holds = [s.holds(packet, direction) for s in selectors]
    first = holds.index(True) if True in holds else None
    rows: list[Row] = []
    state: RowState
    for index, selector in enumerate(selectors):
        if first is not None and index > first:
            state, reason = "not asked", f"not asked: row {first + 1} holds the packet"
        elif index == first:
            state, reason = "won", "holds the packet"
        else:
            state, reason = "lost", str(selector.mismatch(packet, direction))
        rows.append(Row((*_sides(selector), yes), state, reason))
    chose = yes if first is not None else "discard"
    question = f"{packet.source} → {packet.destination}"
    told = _told(rows, asks, chose)
    return Asked(table, question, ("local", "remote", "then"), tuple(rows), chose, told)


def _told(rows: list[Row], asks: str, chose: str) -> str:
    """The lookup as one sentence to be read aloud: the rows that were asked, in order."""
    asked = [
        f"row {place}: {row.reason}"
        for place, row in enumerate(rows, 1)
        if row.state in ("won", "lost")
    ]
    return f"{asks}: {'; '.join(asked) or 'there is no row'}. So: {chose}"
