"""What IKE says when two gateways set a tunnel up, message by message, and what stands then.

Both ends are the machines of `vpnedu.simulation.ike`. Here they talk without a clock: a request
that a firewall stops is never answered, and that is the end.
"""

from dataclasses import dataclass

from vpnedu.network.gateways import Carrier, Gateway, Tunnel
from vpnedu.network.selectors import selector
from vpnedu.network.topology import Topology
from vpnedu.simulation import ike
from vpnedu.simulation.effects import Became, Effect, Send
from vpnedu.simulation.events import Changed
from vpnedu.simulation.ike.belief import Belief
from vpnedu.simulation.ike.messages import Message

AGREED = "the agreed key"
FIRST = "IKE_SA_INIT"
# What an end without a policy for the tunnel has to offer: no packet is from nobody to nobody.
NOTHING = (selector("0.0.0.0/32", "0.0.0.0/32"),)
CROSSING = 0.02  # seconds that a message is on its way


@dataclass(frozen=True, slots=True)
class Said:
    """One IKE message: who sent it to whom, and how; `stopped` names the gateway whose firewall
    dropped it, None where it arrived."""

    sender: str
    receiver: str
    message: Message
    carrier: Carrier
    stopped: str | None

    @property
    def words(self) -> str:
        """The message as a line of a log."""
        number = self.carrier.removeprefix("udp ")
        told = f"{self.sender} sends {self.message} to {self.receiver}, UDP {number}"
        return f"{told}; it never arrives" if self.stopped else told


@dataclass(frozen=True, slots=True)
class Negotiation:
    """What was said, what each end believes then, and why the tunnel is not up ("" where it is).

    `beliefs` are in the order of the tunnel's ends; the first end dials.
    """

    said: tuple[Said, ...]
    beliefs: tuple[Belief, Belief]
    reason: str

    @property
    def state(self) -> str:
        """The dialling end's state: "up", "up, no child", "setting up" or "down"."""
        return self.beliefs[0].state


def negotiate(topology: Topology, tunnel: Tunnel) -> Negotiation:
    """The first end dials the second, and both say what they have to (RFC 7296, 1.2)."""
    ends = topology.gateway(tunnel.ends[0]), topology.gateway(tunnel.ends[1])
    settings = [_settings(ends[at], ends[1 - at], tunnel) for at in (0, 1)]
    beliefs, said, reason = [ike.Belief(), ike.Belief()], [], ""
    beliefs[0], effects = ike.react(beliefs[0], ike.Dial(0.0), settings[0])
    waiting: list[tuple[int, Effect]] = [(0, effect) for effect in effects]
    while waiting:
        at, effect = waiting.pop(0)
        if isinstance(effect, Became) and effect.state in ("down", "up, no child"):
            # Both ends may say so; whoever dialled is the one who was refused.
            reason = effect.reason if at == 0 or not reason else reason
        if not isinstance(effect, Send):
            continue
        said.append(_sent(ends[at], ends[1 - at], effect.message, tunnel))
        if not said[-1].stopped:
            heard = ike.Received(effect.message, 0.0)
            beliefs[1 - at], more = ike.react(beliefs[1 - at], heard, settings[1 - at])
            waiting += [(1 - at, effect) for effect in more]
    return Negotiation(tuple(said), (beliefs[0], beliefs[1]), _unanswered(said) or reason)


def refusal(topology: Topology, tunnel: Tunnel) -> str:
    """Why IKE can't set the tunnel up at all, as a clause; "" where it can.

    Where IKE is up and has no child, the tunnel stands as far as this goes: what is sent then
    finds no security association.
    """
    suspect = tunnel.keys or any(topology.gateway(end).filters for end in tunnel.ends)
    if not (suspect and tunnel.negotiated and tunnel.up):
        return ""
    found = negotiate(topology, tunnel)
    return "" if found.beliefs[0].up else found.reason.rstrip(".")


def _settings(ours: Gateway, theirs: Gateway, tunnel: Tunnel) -> ike.Settings:
    key = tunnel.keys.get(ours.name, AGREED)
    return ike.Settings(ours.name, theirs.name, key, ours.selectors(tunnel) or NOTHING)


def _sent(ours: Gateway, theirs: Gateway, message: Message, tunnel: Tunnel) -> Said:
    """Where a NAT stands between the ends, all after the first exchange is on port 4500 (RFC 7296,
    2.23)."""
    moved = tunnel.nat_t and message.exchange != FIRST
    carrier: Carrier = "udp 4500" if moved else "udp 500"
    stopped = next((g.name for g in (ours, theirs) if carrier in g.filters), None)
    return Said(ours.name, theirs.name, message, carrier, stopped)


def _unanswered(said: list[Said]) -> str:
    last = said[-1]
    if last.stopped is None:
        return ""
    port = last.carrier.removeprefix("udp ")
    return (
        f"{last.message.exchange} is never answered: a firewall in front of {last.stopped} drops "
        f"UDP {port}"
    )


def told(topology: Topology, tunnel: Tunnel) -> tuple[Changed, ...]:
    """The set-up of a tunnel as changes, one a message, and last what came of it."""
    found = negotiate(topology, tunnel)
    changes: list[Changed] = []
    for said in found.said:
        before = changes[-1].after if changes else "down"
        at = CROSSING * len(changes)
        changes.append(Changed(at, said.sender, "IKE", before, str(said.message), said.words))
    reason = found.reason.rstrip(".") or f"{' and '.join(tunnel.ends)} have set up the tunnel"
    at, last = CROSSING * len(changes), changes[-1].after
    return *changes, Changed(at, tunnel.ends[0], "IKE", last, found.state, reason)
