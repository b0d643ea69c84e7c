"""What an engineer can look at in a broken network: logs, security associations, tables."""

from dataclasses import dataclass

from vpnedu.network.gateways import Gateway
from vpnedu.simulation.ike.belief import Belief
from vpnedu.simulation.negotiation import negotiate
from vpnedu.widgets.fault_observed import Observed

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
    """For each end its IKE log, its security associations, and its table; of others the tables."""
    gateways = seen.gateways
    others = [gateway for gateway in seen.topology.gateways if gateway not in gateways]
    return (
        *(_log(seen, gateway) for gateway in gateways),
        *(_associations(seen, gateway) for gateway in gateways),
        *(_table(gateway) for gateway in (*gateways, *others)),
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
    title = f"IKE log of {gateway.name}"
    if len(_tunnels(seen, gateway)) > 1:
        title += f", {seen.cast.tunnel}"
    return Look(title, ("what", "message", "UDP port"), tuple(rows) or (("nothing", "", ""),))


def _tunnels(seen: Observed, gateway: Gateway) -> list[str]:
    return [tunnel.name for tunnel in seen.topology.tunnels if gateway.name in tunnel.ends]


def _associations(seen: Observed, gateway: Gateway) -> Look:
    """What stands at one end: the IKE SA, and the child SA with its selectors, of each tunnel."""
    names = _tunnels(seen, gateway)
    rows: list[tuple[str, ...]] = []
    for name in names:
        tunnel = seen.topology.tunnel(name)
        ike = seen.ike if name == seen.cast.tunnel else negotiate(seen.topology, tunnel)
        which = f", {name}" if len(names) > 1 else ""
        rows += _of_one(ike.beliefs[tunnel.ends.index(gateway.name)], which, gateway)
    return Look(f"SAs of {gateway.name}", ("what", "state, or local", "remote"), tuple(rows))


def _of_one(belief: Belief, which: str, gateway: Gateway) -> list[tuple[str, ...]]:
    up = "established" if belief.up else "none"
    if belief.child is None:
        return [(f"IKE SA{which}", up, ""), (f"child SA{which}", "none", "")]
    return [
        (f"IKE SA{which}", up, ""),
        *(
            (f"child SA{which}", selector.side("local"), selector.side("remote"))
            for selector in belief.child.selectors
            if selector.version == gateway.address.version
        ),
    ]


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
