"""The journey of one packet through a topology: `send` gives the trace of it."""

from dataclasses import replace

from vpnedu.network.addresses import InputError
from vpnedu.network.encapsulation import fragments, sealed_length
from vpnedu.network.flows import Flow
from vpnedu.network.gateways import ANY_TO_ANY, Gateway, Tunnel, agree
from vpnedu.network.packets import LONGEST, Packet
from vpnedu.network.replay import ReplayWindow
from vpnedu.network.topology import INTERNET, Host, Network, Topology, is_private
from vpnedu.simulation import drops, tables
from vpnedu.simulation.events import Changed
from vpnedu.simulation.recorder import Recorder
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
) -> Trace:
    """The trace of `packet` from the host that sends it to where it ends.

    The sender is the host with the packet's source address, or `origin` where the source address
    is forged. `changes` are told first: what happened to the topology before the packet left.
    """
    if origin is None:
        origin = topology.find_host(str(packet.source))
    _check_leaves(origin, packet)
    journey = _Journey(topology, title, changes)
    journey.leave(origin, packet)
    return journey.record.trace()


def _check_leaves(origin: Host, packet: Packet) -> None:
    """No gateway ever sees a packet to oneself, to a group, or to the local link only."""
    target = packet.destination
    if target == origin.address or target.is_loopback:
        raise InputError("destination", f"{target} is {origin.name} again; the packet never leaves")
    if target.is_multicast or target.is_unspecified or str(target) == "255.255.255.255":
        raise InputError("destination", f"{target} is not the address of one device")
    if target.is_link_local:
        raise InputError("destination", f"{target} is for one link only; no gateway passes it on")


class _Journey:
    """One run in the making. Each method takes the packet one decision further."""

    def __init__(self, topology: Topology, title: str, changes: tuple[Changed, ...]):
        self.topology = topology
        self.record = Recorder(topology, title, changes)
        self.sequences: dict[tuple[str, str], int] = {}
        self.windows: dict[tuple[str, str], ReplayWindow] = {}

    def leave(self, origin: Host, packet: Packet) -> None:
        home = self.topology.home_of(origin)
        gateway = self.topology.gateway_of(home)
        target = home.host(packet.destination)
        if target is not None:
            reason = f"{origin.name} sends {packet} to {target.name} next door; no gateway is asked"
            self.record.flight(packet, origin.name, target.name, "inside", INSIDE_DELAY, reason)
            self.record.delivered(packet, target.name)
        elif gateway is None:
            if packet.length > self.topology.mtu and drops.whole(packet):
                rule = f"{origin.name}'s own link takes {self.topology.mtu} bytes; send less"
                raise InputError("length", rule)
            reason = f"{origin.name} sends {packet} straight to the internet"
            self.enter_the_internet(origin.name, packet, reason)
        else:
            reason = f"{origin.name} sends {packet}"
            self.record.flight(packet, origin.name, gateway.name, "inside", INSIDE_DELAY, reason)
            self.at_gateway(gateway, packet)

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
        if not tunnel.up:
            self.record.dropped(packet, gateway.name, drops.down(gateway, tunnel))
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
            dropped = drops.too_big(gateway, tunnel, packet, length, self.topology.mtu)
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
        pieces = fragments(length, self.topology.mtu, gateway.address.version)
        apart = "" if pieces == 1 else f" in {pieces} fragments, which {peer.name} puts together"
        reason = (
            f"{length} bytes cross the {self.topology.between} from {gateway.address} to "
            f"{peer.address}{apart}; an eavesdropper sees which gateways talk and how much, "
            f"not who or what"
        )
        self.record.fly(
            sealed, gateway.name, peer.name, tunnel.name, INTERNET_DELAY, reason, pieces
        )
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
            stands_in = self.public_source(gateway, packet)
            packet = replace(packet, source=gateway.address)
        if packet.length > self.topology.mtu and drops.whole(packet):
            dropped = drops.too_big_in_the_clear(gateway, packet, self.topology.mtu)
            self.record.dropped(packet, gateway.name, dropped)
            return
        reason = (
            f"{gateway.name} sends the packet to the internet in the clear{stands_in}; "
            f"an eavesdropper reads every byte"
        )
        self.enter_the_internet(gateway.name, packet, reason)

    def public_source(self, gateway: Gateway, packet: Packet) -> str:
        """Where the public source address comes from: the device's own, or source NAT."""
        if self.topology.network(gateway.inside).kind == "user":
            return f", from the device's own address {gateway.address}"
        return f", its source {packet.source} translated to {gateway.address}"

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
            self.record.delivered(packet, host.name)
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
        self.record.delivered(packet, host.name)
