"""Ordered policy tables for questions: their rows, how they are shown, and the sites around."""

from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

from vpnedu.network.addresses import ANY_PORT, written
from vpnedu.network.gateways import Gateway, Tunnel
from vpnedu.network.packets import Packet, protocol_name
from vpnedu.network.policies import Policy, PolicyLookup, PolicyRow, PolicyTable
from vpnedu.network.selectors import Selector, selector
from vpnedu.network.topology import Network, Topology
from vpnedu.quiz.generators.choosing.sites import Site
from vpnedu.quiz.question import Table
from vpnedu.simulation.scenarios.building import policy_gateway

# A default in words, and where each is the rule.
DEFAULTS = {
    "discard": "What no row holds is discarded, as RFC 4301 asks.",
    "bypass": "What no row holds passes unsealed, which is how Linux does it by itself.",
}


@dataclass(frozen=True)
class Office:
    """The site whose table is asked about, the sites its tunnels lead to, and the table.

    `stands` are devices beside the people: (site, name, address, prefix if it is a new one).
    """

    home: Site
    peers: tuple[Site, ...]
    table: PolicyTable
    stands: tuple[tuple[Site, str, IPv4Address, IPv4Network | None], ...] = ()

    def topology(self, *servers: Network) -> Topology:
        """The sites as a network that packets can be sent through; peers mirror the table."""
        home, peers = self.home, self.peers
        left = home.network((len(peers) - 1) / 2, left=True)
        networks = [self._network(site, row) for row, site in enumerate(peers)]
        ours = replace(policy_gateway(home.gateway, home.public, left, []), policies=self.table)
        theirs = [self._peer(site, inside) for site, inside in zip(peers, networks, strict=True)]
        tunnels = tuple(Tunnel(site.tunnel, (home.gateway, site.gateway)) for site in peers)
        return Topology((left, *networks, *servers), (ours, *theirs), tunnels)

    def _network(self, site: Site, row: int) -> Network:
        here = [stand for stand in self.stands if stand[0] == site]
        people = {name: str(address) for _, name, address, _ in here}
        return site.network(row, tuple(prefix for *_, prefix in here if prefix), people)

    def _peer(self, site: Site, inside: Network) -> Gateway:
        rows = [row for row in self.table.policies if row.tunnel == site.tunnel]
        mirrored = tuple(replace(row, selector=row.selector.mirrored()) for row in rows)
        gateway = policy_gateway(site.gateway, site.public, inside, [])
        return replace(gateway, policies=PolicyTable(mirrored))


def protect(local: object, remote: object, tunnel: str, *service: object) -> Policy:
    """A row that seals; `service` is a protocol, or a protocol and a remote port."""
    return Policy(_selector(local, remote, *service), "protect", tunnel)


def let(local: object, remote: object, action: str, *service: object) -> Policy:
    """A row without a tunnel: `action` is bypass or discard."""
    return Policy(_selector(local, remote, *service), "bypass" if action == "bypass" else "discard")


def _selector(
    local: object, remote: object, protocol: object = "any", port: object = None
) -> Selector:
    return selector(local, remote, protocol, "any", "any" if port is None else port)


def shown(table: PolicyTable, owner: str) -> Table:
    """The table as a reader sees it, rows counted from 1."""
    rows = [
        (str(place), written(s.local), written(s.remote), _service(s), _then(policy))
        for place, policy in enumerate(table.policies, 1)
        for s in [policy.selector]
    ]
    columns = ("row", "local", "remote", "protocol and port", "then")
    return Table(f"The policies of the {owner}, in their order", columns, tuple(rows))


def _service(of: Selector) -> str:
    """Protocol and port of a selector; a row here names the port of one side at most."""
    if of.protocol is None:
        return "any"
    name = protocol_name(of.protocol).upper()
    for side, ports in (("remote", of.remote_ports), ("local", of.local_ports)):
        if ANY_PORT not in ports:
            return f"{name}, {side} port {written(ports)}"
    return name


def _then(policy: Policy) -> str:
    return f"protect, {policy.tunnel}" if policy.tunnel else policy.action


def row_says(row: PolicyRow) -> str:
    """What the engine says of one row, as a sentence."""
    return said(row.index, row.reason)


def said(index: int, reason: str) -> str:
    """A reason for the row at `index` as a sentence that begins with the row."""
    verbs = ("is ", "holds ", "would ")
    between = " " if reason.startswith(verbs) else " was " if reason.startswith("not ") else ": "
    return f"Row {index + 1}{between}{reason.replace('not asked: ', 'not asked, because ')}."


def misfit(row: PolicyRow, packet: Packet) -> str:
    """Why a row does not hold a packet, as a sentence."""
    reason = str(row.policy.selector.mismatch(packet))
    return f"It {reason}." if reason.startswith("is ") else f"{reason}."


def story(found: PolicyLookup) -> str:
    """The whole lookup in the engine's words, and what comes of it."""
    rows = " ".join(row_says(row) for row in found.rows)
    if found.winner is None:
        return f"{rows} No row holds the packet, so the default decides: {found.action}."
    if found.tunnel:
        return f"{rows} So the packet belongs in {found.tunnel}."
    comes = "is discarded" if found.action == "discard" else "passes unsealed"
    return f"{rows} So the packet {comes}."
