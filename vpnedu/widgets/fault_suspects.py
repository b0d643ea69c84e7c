"""What can be seen of a broken network, and which faults that rules out.

A suspect is ruled out by an observation that a reader can make, too: a table, a log, a probe. The
one suspect that nothing contradicts is the fault.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from vpnedu.network.encapsulation import largest_inner
from vpnedu.network.gateways import Gateway
from vpnedu.network.packets import packet
from vpnedu.network.topology import Topology
from vpnedu.simulation.events import Delivered, Opened, Sealed
from vpnedu.simulation.journey import send
from vpnedu.simulation.negotiation import Negotiation, negotiate
from vpnedu.simulation.scenarios.troubles import ANA, BEN, BRANCH, EVA, OFFICE, TUNNEL
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.fault_cases import PROBES, Probe

ANSWERED, SILENCE, TOO_BIG = "answered", "no answer", "fragmentation needed"


@dataclass(frozen=True)
class Observed:
    """All that can be looked at and tried in a network of head office and branch."""

    topology: Topology

    @cached_property
    def ike(self) -> Negotiation:
        """What the gateways said to each other, and what stands."""
        return negotiate(self.topology, self.topology.tunnel(TUNNEL))

    @cached_property
    def runs(self) -> dict[Probe, Trace]:
        """Every probe's run."""
        return {p: send(self.topology, p.packet, answered=True) for p in PROBES}

    def outcome(self, probe: Probe) -> str:
        """What the probe's sender sees. Why it failed is not part of that."""
        trace = self.runs[probe]
        end = trace.verdict
        if isinstance(end, Delivered) and end.node == probe.source:
            return ANSWERED
        arrived = any(isinstance(event, Delivered) for event in trace.events)
        if not isinstance(end, Delivered) and end.cause == "too big" and not arrived:
            return TOO_BIG if self.topology.icmp else SILENCE
        return SILENCE

    @property
    def room(self) -> int:
        """The largest packet that fits into the tunnel, as ICMP tells it."""
        tunnel = self.topology.tunnel(TUNNEL)
        return largest_inner(self.topology.mtu, tunnel.suite, nat_t=tunnel.nat_t)

    def counts(self, probe: Probe) -> list[int]:
        """Packets that the probe made office seal and open, and the branch seal and open."""
        events = self.runs[probe].events
        return [
            sum(isinstance(event, kind) and event.node == node for event in events)
            for node in (OFFICE, BRANCH)
            for kind in (Sealed, Opened)
        ]

    def answered(self, source: str, target: str) -> bool:
        """Whether a small ping is answered."""
        return self.outcome(Probe(source, target)) == ANSWERED

    @property
    def pings(self) -> list[bool]:
        """Whether small pings are answered, all of them."""
        return [self.outcome(p) == ANSWERED for p in PROBES if p.kind == "ping" and p.length < 200]

    def received(self) -> bool:
        """Whether any ESP packet has been opened anywhere."""
        return any(sum(self.counts(p)[1::2]) for p in PROBES)


def _keys(seen: Observed) -> str:
    if seen.ike.beliefs[0].up:
        return "IKE is up, so both ends have proved that they have the same key."
    if seen.ike.said[-1].stopped:
        return "IKE_AUTH is never answered. A wrong key is answered: AUTHENTICATION_FAILED."
    return ""


def _port(seen: Observed) -> str:
    last = seen.ike.said[-1]
    return "" if last.stopped else f"The log ends with an answer, {last.message}: its port is open."


def _esp(seen: Observed) -> str:
    if seen.ike.state != "up":
        return "There is no child SA. No ESP is sent, so there is none that could be dropped."
    if seen.received():
        return "The counters show ESP that came in, so nobody drops ESP."
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
    pairs = [packet(ANA, BEN), packet(ANA, EVA)]
    if all(any(s.holds(pair) for s in child.selectors) for pair in pairs):
        held = "; ".join(str(s) for s in child.selectors if s.version == 4)
        return f"The child SA's selectors, {held}, hold everybody here."
    return ""


def _leads(gateway: Gateway, source: str, target: str) -> bool:
    """Whether the gateway's own table sends such a packet into the tunnel."""
    sent = packet(source, target)
    if gateway.kind == "policy-based":
        return gateway.policies.lookup(sent).tunnel == TUNNEL
    won = gateway.routes.winner(sent.destination)
    return won is not None and won.via == TUNNEL


def _way_back(seen: Observed) -> str:
    if seen.ike.state != "up":
        return "There is no child SA: this fails before any table is asked."
    ways = ((OFFICE, ANA, BEN), (BRANCH, BEN, ANA))
    if all(_leads(seen.topology.gateway(name), *ends) for name, *ends in ways):
        return "Each gateway has a row that leads to the other site through the tunnel."
    return ""


def _mtu(seen: Observed) -> str:
    if not all(seen.pings):
        return "Small pings are lost, too. Size can't be the reason."
    large = {seen.outcome(p) for p in PROBES if p.length > seen.room}
    return "Large packets are answered, or their sender is told." if large != {SILENCE} else ""


def _nat(seen: Observed) -> str:
    there, back = seen.answered("Ana", "Ben"), seen.answered("Ben", "Ana")
    if there and back:
        return "Pings between Ana and Ben are answered from both ends. NAT would spoil one end's."
    if not there and not back:
        return (
            "Neither Ana's nor Ben's pings are answered. NAT at one end leaves the other's alone."
        )
    return ""


def _overlap(seen: Observed) -> str:
    mine, theirs = (seen.topology.networks[at].prefixes[0] for at in (0, 1))
    return "" if mine.overlaps(theirs) else f"The tables say {mine} and {theirs}: no overlap."


def _peer(seen: Observed) -> str:
    answered = any(not said.message.request for said in seen.ike.said)
    return "IKE_SA_INIT is answered, so somebody is there." if answered else ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A possible fault in words; `alibi` names the observation that rules it out, "" for none."""

    words: str
    alibi: Callable[[Observed], str]


SUSPECTS = {
    "peer": Suspect("the other gateway is off, or has another address", _peer),
    "port": Suspect("behind a NAT, a firewall drops UDP 4500", _port),
    "keys": Suspect("the pre-shared keys differ", _keys),
    "no-child": Suspect("the ends' selectors have nothing in common", _no_child),
    "esp": Suspect("a firewall lets IKE through and drops ESP", _esp),
    "narrowed": Suspect("the selectors were narrowed, and leave somebody out", _narrowed),
    "way-back": Suspect("one gateway has no row that leads into the tunnel", _way_back),
    "nat": Suspect("source NAT comes before one gateway's policies", _nat),
    "overlap": Suspect("both sites have the same addresses", _overlap),
    "mtu": Suspect("large packets don't fit, and ICMP is filtered", _mtu),
}
