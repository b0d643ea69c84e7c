"""What can be seen of a broken network: logs and tables, and what comes of each probe."""

from dataclasses import dataclass
from functools import cached_property

from vpnedu.network.encapsulation import largest_inner
from vpnedu.network.gateways import Gateway
from vpnedu.network.topology import Network, Topology
from vpnedu.simulation.events import Delivered, Opened, Sealed
from vpnedu.simulation.journey import send
from vpnedu.simulation.negotiation import Negotiation, negotiate
from vpnedu.simulation.trace import Trace
from vpnedu.widgets.fault_cases import PAIR, SMALL, Cast, Probe

ANSWERED, SILENCE, TOO_BIG = "answered", "no answer", "fragmentation needed"


@dataclass(frozen=True)
class Observed:
    """All that can be looked at and tried in a network."""

    topology: Topology
    cast: Cast = PAIR

    @cached_property
    def ike(self) -> Negotiation:
        """What the gateways said to each other, and what stands."""
        return negotiate(self.topology, self.topology.tunnel(self.cast.tunnel))

    @cached_property
    def runs(self) -> dict[Probe, Trace]:
        """Every probe's run."""
        return {
            probe: send(self.topology, probe.packet(self.topology), answered=True)
            for probe in self.cast.probes
        }

    @cached_property
    def between(self) -> tuple[Probe, ...]:
        """The probes that have to pass the tunnel in question."""
        return tuple(probe for probe in self.cast.probes if self.cast.between(probe))

    @cached_property
    def pings(self) -> tuple[Probe, ...]:
        """Those of them that are small pings."""
        return tuple(p for p in self.between if p.kind == "ping" and p.length == SMALL)

    @property
    def gateways(self) -> tuple[Gateway, Gateway]:
        """The tunnel's two ends."""
        first, second = (self.topology.gateway(name) for name in self.cast.ends)
        return first, second

    @property
    def sites(self) -> tuple[Network, Network]:
        """The networks at its two ends."""
        first, second = (self.topology.network(gateway.inside) for gateway in self.gateways)
        return first, second

    def outcome(self, probe: Probe) -> str:
        """What the probe's sender sees. Why it failed is not part of that."""
        trace = self.runs[probe]
        end = trace.verdict
        if isinstance(end, Delivered) and end.node == probe.source:
            return ANSWERED
        if not isinstance(end, Delivered) and end.cause == "too big" and not self.arrived(probe):
            return TOO_BIG if self.topology.icmp else SILENCE
        return SILENCE

    def answered(self, *probes: Probe) -> bool:
        """Whether each of the probes is answered."""
        return all(self.outcome(probe) == ANSWERED for probe in probes)

    def arrived(self, probe: Probe) -> bool:
        """Whether the probe came to whom it was sent to."""
        return any(isinstance(event, Delivered) for event in self.runs[probe].events)

    @property
    def room(self) -> int:
        """The largest packet that fits into the tunnel, as ICMP tells it."""
        tunnel = self.topology.tunnel(self.cast.tunnel)
        return largest_inner(self.topology.mtu, tunnel.suite, nat_t=tunnel.nat_t)

    def counts(self, probe: Probe) -> list[int]:
        """Packets of the tunnel that the probe made its ends seal and open: first end, second."""
        events = self.runs[probe].events
        return [
            sum(
                isinstance(event, kind) and (event.node, event.tunnel) == (node, self.cast.tunnel)
                for event in events
            )
            for node in self.cast.ends
            for kind in (Sealed, Opened)
        ]

    @cached_property
    def sealed(self) -> bool:
        """Whether any ESP packet has been sent in the tunnel."""
        return any(sum(self.counts(probe)[0::2]) for probe in self.between)

    @cached_property
    def received(self) -> bool:
        """Whether any ESP packet has been opened at its ends."""
        return any(sum(self.counts(probe)[1::2]) for probe in self.between)
