"""The suspects, and which observation rules each of them out.

A suspect is ruled out by what a reader can see, too: a log or a table that is looked at, a packet
that is sent. The one suspect that nothing contradicts is the fault.
"""

from collections.abc import Callable
from dataclasses import dataclass

from vpnedu.network.gateways import Gateway
from vpnedu.network.selectors import Direction
from vpnedu.network.topology import Network
from vpnedu.widgets.fault_cases import SMALL, Probe
from vpnedu.widgets.fault_observed import SILENCE, Observed


def _keys(seen: Observed) -> str:
    last = seen.ike.said[-1]
    if seen.ike.beliefs[0].up:
        return "IKE is up, so both ends have proved that they have the same key."
    if last.stopped and last.message.exchange == "IKE_SA_INIT":
        return "IKE_SA_INIT is never answered, and no key has been asked for by then."
    if last.stopped:
        return "IKE_AUTH is never answered. A wrong key is answered: AUTHENTICATION_FAILED."
    return ""


def _port(seen: Observed) -> str:
    last = seen.ike.said[-1]
    if not last.stopped:
        return f"The log ends with an answer, {last.message}: its port is open."
    if last.carrier == "udp 500":
        return "What is never answered was sent to UDP 500; to UDP 4500 nothing was sent yet."
    return ""


def _no_esp(seen: Observed) -> str:
    if seen.ike.state != "up":
        return "There is no child SA. No ESP is sent, so there is none that could be dropped."
    return ""


def _counted(seen: Observed) -> str:
    if seen.received:
        return "The counters show ESP that came in, so nobody drops ESP."
    if not seen.sealed:
        return "The counters show that neither end seals anything: there is no ESP to be dropped."
    return ""


def _no_child(seen: Observed) -> str:
    if seen.ike.state == "up":
        return "There is a child SA: the two ends did find something in common."
    if not seen.ike.beliefs[0].up:
        return "IKE fails before selectors are agreed on: no end has an IKE SA."
    return ""


def _narrowed(seen: Observed) -> str:
    child = seen.ike.beliefs[0].child
    if child is None:
        return "There is no child SA, so there are no selectors that could be too narrow."
    here, _ = seen.cast.people
    for probe in seen.between:
        direction: Direction = "out" if probe.source in here else "in"
        sent = probe.packet(seen.topology)
        if not any(s.holds(sent, direction) for s in child.selectors):
            return ""
    held = "; ".join(str(s) for s in child.selectors if s.version == 4)
    return f"The child SA's selectors, {held}, hold everybody here."


def _leads(seen: Observed, gateway: Gateway, peer: Network) -> bool:
    """Whether a row of the gateway's own table leads to the other site through the tunnel."""
    tunnel, hosts = seen.cast.tunnel, [host.address for host in peer.hosts]
    if gateway.kind == "policy-based":
        return any(
            policy.tunnel == tunnel and any(a in r for a in hosts for r in policy.selector.remote)
            for policy in gateway.policies.policies
        )
    rows = (row for row in gateway.routes.routes if row.via == tunnel)
    return any(address in row.prefix for row in rows for address in hosts)


def _way_back(seen: Observed) -> str:
    if seen.ike.state != "up":
        return "There is no child SA: this fails before any table is asked."
    if all(map(_leads, (seen, seen), seen.gateways, seen.sites[::-1])):
        return "Each gateway has a row that leads to the other site through the tunnel."
    return ""


def _mtu(seen: Observed) -> str:
    if not seen.answered(*seen.pings):
        return "Small pings are lost, too. Size can't be the reason."
    large = {seen.outcome(p) for p in seen.between if p.length > seen.room}
    return "Large packets are answered, or their sender is told." if large != {SILENCE} else ""


def _nat(seen: Observed) -> str:
    (one, *_), (other, *_) = seen.cast.people
    there, back = (
        seen.answered(Probe(*ends, length=SMALL)) for ends in ((one, other), (other, one))
    )
    if there and back:
        return f"Pings between {one} and {other} are answered from both ends. NAT would spoil one."
    if not there and not back:
        return (
            f"Neither {one}'s nor {other}'s pings are answered. NAT at one end leaves the other's "
            "alone."
        )
    return ""


def _overlap(seen: Observed) -> str:
    mine, theirs = (site.prefixes[0] for site in seen.sites)
    return "" if mine.overlaps(theirs) else f"The tables say {mine} and {theirs}: no overlap."


def _peer(seen: Observed) -> str:
    answered = any(not said.message.request for said in seen.ike.said)
    return "IKE_SA_INIT is answered, so somebody is there." if answered else ""


def _nothing(_: Observed) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A possible fault in words; `alibi` names the observation that rules it out, "" for none.

    `read` is what logs and tables say for it, `tried` what only packets show.
    """

    words: str
    read: Callable[[Observed], str]
    tried: Callable[[Observed], str] = _nothing

    def alibi(self, seen: Observed) -> str:
        """What rules the suspect out, "" if nothing does."""
        return self.read(seen) or self.tried(seen)


SUSPECTS = {
    "peer": Suspect("the other gateway is off, or UDP 500 never gets there", _peer),
    "port": Suspect("behind a NAT, a firewall drops UDP 4500", _port),
    "keys": Suspect("the pre-shared keys differ", _keys),
    "no-child": Suspect("the ends' selectors have nothing in common", _no_child),
    "esp": Suspect("a firewall lets IKE through and drops ESP", _no_esp, _counted),
    "narrowed": Suspect("the selectors were narrowed, and leave somebody out", _narrowed),
    "way-back": Suspect("one gateway has no row that leads into the tunnel", _way_back),
    "nat": Suspect("source NAT comes before one gateway's policies", _nothing, _nat),
    "overlap": Suspect("the two sites' addresses overlap", _overlap),
    "mtu": Suspect("large packets don't fit, and ICMP is filtered", _nothing, _mtu),
}
