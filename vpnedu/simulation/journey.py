"""The journey of one packet through a topology: `send` gives the trace of it."""

from dataclasses import replace

from vpnedu.network.encapsulation import fragments, sealed_length
from vpnedu.network.flows import Flow
from vpnedu.network.gateways import ANY_TO_ANY, Gateway, Tunnel, agree
from vpnedu.network.packets import LONGEST, Packet
from vpnedu.network.replay import ReplayWindow
from vpnedu.network.topology import INTERNET, Host, Network, Topology, is_private
from vpnedu.simulation import drops, tables
from vpnedu.simulation.events import Changed
from vpnedu.simulation.negotiation import refusal
from vpnedu.simulation.recorder import Recorder
from vpnedu.simulation.sending import answer_to, check_fits, check_leaves, crossing, public_source
from vpnedu.simulation.trace import Trace

# Seconds a packet spends on the way; what a gateway does by itself takes no time here.
INSIDE_DELAY = 0.001
INTERNET_DELAY = 0.02
HALF_WAY = INTERNET_DELAY / 2


def send(
    topology: Topology,
    packet: Packet,
    *,
    origin: Host | None = None,
    title: str = "A packet's journey",
    changes: tuple[Changed, ...] = (),
    answered: bool = False,
) -> Trace:
    """The trace of `packet` from the host that sends it to where it ends.

    The sender is the host with the packet's source address, or `origin` where the source address
    is forged. `changes` are told first: what happened to the topology before the packet left.
    Where it is `answered`, whoever receives it sends a packet back, and the run goes on with that.
    """
    origin = origin or topology.find_host(str(packet.source))
    check_leaves(origin, packet)
    journey = _Journey(topology, title, changes, answered)
    journey.leave(origin, packet)
    return journey.record.trace()


class _Journey:
    """One run in the making. Each method takes the packet one decision further."""

    def __init__(
        self, topology: Topology, title: str, changes: tuple[Changed, ...], answered: bool
    ):
        self.topology = topology
        self.answered, self.verb = answered, "sends"
        self.record = Recorder(topology, title, changes)
        self.sequences: dict[tuple[str, str], int] = {}
        self.windows: dict[tuple[str, str], ReplayWindow] = {}

    def leave(self, origin: Host, packet: Packet) -> None:
        home = self.topology.home_of(origin)
        gateway = self.topology.gateway_of(home)
        target = home.host(packet.destination)
        sends = f"{origin.name} {self.verb} {packet}"
        if target is not None:
            reason = f"{sends} to {target.name} next door; no gateway is asked"
            self.record.flight(packet, origin.name, target.name, "inside", INSIDE_DELAY, reason)
            self.received(packet, target)
        elif gateway is None:
            check_fits(origin, packet, self.topology.mtu)
            reason = f"{sends} straight to the internet"
            self.enter_the_internet(origin.name, packet, reason)
        else:
            self.record.flight(packet, origin.name, gateway.name, "inside", INSIDE_DELAY, sends)
            self.at_gateway(gateway, packet)

    def received(self, packet: Packet, host: Host) -> None:
        """`host` has the packet; perhaps it answers, once."""
        self.record.delivered(packet, host.name)
        if self.answered:
            self.answered, self.verb = False, "answers with"
            self.leave(host, answer_to(packet))

    def at_gateway(self, gateway: Gateway, packet: Packet) -> None:
        """A clear packet is at `gateway`, from inside or just opened: where does it go?"""
        if packet.destination == gateway.address:
            self.record.delivered(packet, gateway.name)
            return
        if packet.ttl <= 1:
            self.record.dropped(packet, gateway.name, drops.hops(gateway, packet))
            return
        packet = packet.after_hop()
        inside = self.topology.network(gateway.inside)
        if gateway.kind == "route-based":
            self.route(gateway, packet)
        elif inside.holds(packet.destination):
            self.deliver(gateway, inside, packet)
        else:
            self.ask_policies(gateway, packet)

    def ask_policies(self, gateway: Gateway, packet: Packet) -> None:
        """Outbound processing (RFC 4301, 5.1)."""
        inside = self.topology.network(gateway.inside)
        # An answer belongs to what came in; a NAT that knows the connection leaves it alone.
        if gateway.translates and inside.holds(packet.source) and self.verb == "sends":
            packet = self.record.translated(packet, gateway)
        found = gateway.policies.lookup(packet)
        self.record.lookup(gateway.name, tables.policies(gateway, found))
        if found.action == "protect":
            self.protect(gateway, self.topology.tunnel(found.tunnel or ""), packet)
        elif found.action == "bypass":
            self.route(gateway, packet)
        else:
            self.record.dropped(packet, gateway.name, drops.by_policy(gateway, found))

    def route(self, gateway: Gateway, packet: Packet) -> None:
        """Forwarding by the route table; a route via a tunnel's name chooses that tunnel."""
        found = gateway.routes.explain(packet.destination, Flow.of(packet))
        self.record.lookup(gateway.name, tables.routes(gateway, found))
        if found.winner is None:
            self.record.dropped(packet, gateway.name, drops.no_route(gateway, packet))
            return
        row = gateway.routes.routes[found.winner]
        if row.blackhole:
            self.record.dropped(packet, gateway.name, drops.blackhole(gateway, row))
        elif row.via == gateway.inside:
            self.deliver(gateway, self.topology.network(gateway.inside), packet)
        elif row.via == INTERNET:
            self.leave_in_the_clear(gateway, packet)
        else:
            self.protect(gateway, self.topology.tunnel(row.via), packet)

    def protect(self, gateway: Gateway, tunnel: Tunnel, packet: Packet) -> None:
        """Seal the packet for `tunnel`, if the tunnel is up, agreed on it, and it fits the path."""
        peer = self.topology.gateway(tunnel.peer(gateway.name))
        refused = refusal(self.topology, tunnel)
        if refused or not tunnel.up:
            self.record.dropped(packet, gateway.name, drops.down(gateway, tunnel, refused))
            return
        agreement = agree(tunnel, gateway, peer)
        if agreement.wanted != ANY_TO_ANY and gateway.kind == "route-based":
            shown = tables.traffic_selectors(gateway, tunnel, agreement.selectors, packet)
            self.record.lookup(gateway.name, shown)
        if not agreement.holds(packet):
            dropped = drops.no_association(gateway, peer, tunnel, agreement, packet)
            self.record.dropped(packet, gateway.name, dropped)
            return
        version = gateway.address.version
        length = sealed_length(
            packet.length, tunnel.suite, nat_t=tunnel.nat_t, outer_version=version
        )
        if length > (self.topology.mtu if drops.whole(packet) else LONGEST):
            dropped = drops.too_big(gateway, tunnel, packet, length, self.topology)
            self.record.dropped(packet, gateway.name, dropped)
            return
        self.cross(gateway, peer, tunnel, packet, length)

    def cross(
        self, gateway: Gateway, peer: Gateway, tunnel: Tunnel, packet: Packet, length: int
    ) -> None:
        """The sealed packet crosses to the other gateway, which opens and checks it."""
        way = (tunnel.name, gateway.name)
        sequence = self.sequences[way] = self.sequences.get(way, 0) + 1
        sealed = self.record.seal(packet, gateway, peer, tunnel, sequence)
        stopped = () if tunnel.nat_t else [g for g in (gateway, peer) if "esp" in g.filters]
        if gateway in stopped:
            self.record.dropped(sealed, gateway.name, drops.filtered(gateway))
            return
        pieces = fragments(length, self.topology.mtu, gateway.address.version)
        reason = crossing(gateway, peer, length, pieces, self.topology.between)
        self.record.fly(
            sealed, gateway.name, peer.name, tunnel.name, INTERNET_DELAY, reason, pieces
        )
        if stopped:
            self.record.dropped(sealed, peer.name, drops.filtered(peer))
            return
        window = self.windows.get(way, ReplayWindow())
        assert window.check(sequence) is None, "a journey never replays a packet"
        self.windows[way] = window.commit(sequence)
        self.record.opened(sealed, peer, tunnel, sequence)
        self.check_inbound(peer, tunnel, packet)

    def check_inbound(self, gateway: Gateway, tunnel: Tunnel, packet: Packet) -> None:
        """The inner header against the selectors of the tunnel it came by (RFC 4301, 5.2)."""
        wanted = gateway.selectors(tunnel)
        if wanted == ANY_TO_ANY:
            self.at_gateway(gateway, packet)
            return
        self.record.lookup(gateway.name, tables.inbound(gateway, tunnel, wanted, packet))
        if any(s.holds(packet, "in") for s in wanted):
            self.at_gateway(gateway, packet)
        else:
            self.record.dropped(packet, gateway.name, drops.stray(gateway, tunnel, packet))

    def leave_in_the_clear(self, gateway: Gateway, packet: Packet) -> None:
        """Out of the gateway's public side without a tunnel, if the packet fits or may be cut."""
        stands_in = ""
        if is_private(packet.source):
            if gateway.address.version != packet.source.version:
                self.record.dropped(packet, gateway.name, drops.other_family(gateway, packet))
                return
            stands_in = public_source(gateway, self.topology.network(gateway.inside), packet)
            packet = replace(packet, source=gateway.address)
        if packet.length > self.topology.mtu and drops.whole(packet):
            dropped = drops.too_big_in_the_clear(gateway, packet, self.topology)
            self.record.dropped(packet, gateway.name, dropped)
            return
        reason = (
            f"{gateway.name} sends the packet to the internet in the clear{stands_in}; "
            f"an eavesdropper reads every byte"
        )
        self.enter_the_internet(gateway.name, packet, reason)

    def enter_the_internet(self, name: str, packet: Packet, reason: str) -> None:
        """Half way in the clear; then the internet's own routing."""
        self.record.flight(packet, name, INTERNET, INTERNET, HALF_WAY, reason)
        self.on_the_internet(packet)

    def on_the_internet(self, packet: Packet) -> None:
        """The internet's own routing of a packet in the clear."""
        target = self.topology.public_next(packet.destination)
        if isinstance(target, Gateway):
            reason = f"the internet carries the packet, in the clear, to {target.name}"
            self.record.flight(packet, INTERNET, target.name, INTERNET, HALF_WAY, reason)
            self.arrive_in_the_clear(target, packet)
        elif isinstance(target, Network) and (host := target.host(packet.destination)):
            reason = f"the internet carries the packet, in the clear, to {host.name}"
            self.record.flight(packet, INTERNET, host.name, INTERNET, HALF_WAY, reason)
            self.received(packet, host)
        else:
            self.record.dropped(packet, INTERNET, drops.unroutable(packet))

    def arrive_in_the_clear(self, gateway: Gateway, packet: Packet) -> None:
        """A packet that no tunnel carried is at the public side of `gateway` (RFC 4301, 5.2)."""
        if gateway.kind == "policy-based":
            found = gateway.policies.lookup(packet, "in")
            self.record.lookup(gateway.name, tables.policies(gateway, found, "in"))
            if found.action != "bypass":
                dropped = drops.came_in_the_clear(gateway, found)
                self.record.dropped(packet, gateway.name, dropped)
                return
        self.at_gateway(gateway, packet)

    def deliver(self, gateway: Gateway, network: Network, packet: Packet) -> None:
        """The last step, from the gateway to a host in its own network."""
        host = network.host(packet.destination)
        if host is None:
            self.record.dropped(packet, gateway.name, drops.nobody(gateway, network, packet))
            return
        reason = f"{gateway.name} passes the packet to {host.name} in {network.name}"
        self.record.flight(packet, gateway.name, host.name, "inside", INSIDE_DELAY, reason)
        self.received(packet, host)
