"""What an engineer can look at in a broken network: logs, security associations, tables."""

from dataclasses import dataclass

from vpnedu.network.gateways import Gateway
from vpnedu.simulation.scenarios.troubles import BRANCH, OFFICE
from vpnedu.widgets.fault_suspects import Observed

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One table that can be looked at, with its columns and rows; cells are words."""

    title: str
    columns: tuple[str, ...]
    rows: Rows

    def to_dict(self) -> dict[str, object]:
        return {
            "title": self.title,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
        }


def looks(seen: Observed) -> tuple[Look, ...]:
    """For each gateway its IKE log, its security associations, and its table."""
    gateways = [seen.topology.gateway(name) for name in (OFFICE, BRANCH)]
    return (
        *(_log(seen, gateway) for gateway in gateways),
        *(_associations(seen, place, gateway) for place, gateway in enumerate(gateways)),
        *(_table(gateway) for gateway in gateways),
    )


def _log(seen: Observed, gateway: Gateway) -> Look:
    """The messages that this end sent or received; what was lost on the way, only one end knows."""
    rows = []
    for said in seen.ike.said:
        port = said.carrier.removeprefix("udp ")
        if said.sender == gateway.name:
            rows.append(("sent", str(said.message), port))
        elif not said.stopped:
            rows.append(("received", str(said.message), port))
    last = seen.ike.said[-1]
    if last.stopped and last.sender == gateway.name:
        port = last.carrier.removeprefix("udp ")
        rows.append(("sent again", f"{last.message}, until it is given up", port))
    return Look(f"IKE log of {gateway.name}", ("what", "message", "UDP port"), tuple(rows))


def _associations(seen: Observed, place: int, gateway: Gateway) -> Look:
    """What stands at one end: the IKE SA, and the child SA with its selectors."""
    belief = seen.ike.beliefs[place]
    up = "established" if belief.up else "none"
    rows: list[tuple[str, ...]] = [("IKE SA", up, "")]
    if belief.child is None:
        rows.append(("child SA", "none", ""))
    else:
        rows += [
            ("child SA", selector.side("local"), selector.side("remote"))
            for selector in belief.child.selectors
            if selector.version == gateway.address.version
        ]
    return Look(f"SAs of {gateway.name}", ("what", "state, or local", "remote"), tuple(rows))


def _table(gateway: Gateway) -> Look:
    """The table that the gateway asks: its policies, or its routes."""
    if gateway.kind == "policy-based":
        rows = tuple(
            (p.selector.side("local"), p.selector.side("remote"), p.then)
            for p in gateway.policies.policies
        )
        rest = ("any", "any", gateway.policies.default)
        return Look(f"policies of {gateway.name}", ("local", "remote", "then"), (*rows, rest))
    routes = tuple((str(r.prefix), r.via, r.origin) for r in gateway.routes.routes)
    return Look(f"routes of {gateway.name}", ("prefix", "leads to", "source"), routes)
