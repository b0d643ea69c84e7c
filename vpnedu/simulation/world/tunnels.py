"""The tunnels of a running design: IKE at both ends, over the internet between them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

from vpnedu.network.gateways import ANY_TO_ANY
from vpnedu.simulation import ike
from vpnedu.simulation.designs.plan import TunnelPlan
from vpnedu.simulation.effects import Became
from vpnedu.simulation.ike.messages import Timer
from vpnedu.simulation.world.ground import SETTLING, Ground
from vpnedu.simulation.world.hosting import Host
from vpnedu.simulation.world.wires import Tunnel

NEVER = float("-inf")
REFUSED = "AUTHENTICATION_FAILED"


class Tunnels:
    """All tunnels of a run, by name.

    `told` hears that a tunnel's state changed at a machine; `traffic` says when packets of a flow
    last came out of a tunnel at a machine, since those are signs of life too (RFC 7296, 2.4).
    """

    def __init__(self, ground: Ground):
        self.ground = ground
        self.owners: dict[str, str | None] = {}
        self.told: list[Callable[[Tunnel, str], None]] = []
        self.traffic: Callable[[str, str], float] = lambda _tunnel, _machine: NEVER
        self.all = {plan.name: self._made(plan) for plan in ground.design.tunnels}
        self._by_machine: dict[str, list[Tunnel]] = {}
        for tunnel in self.all.values():
            for machine in tunnel.ends:
                self._by_machine.setdefault(machine, []).append(tunnel)
        ground.restarts.append(self._restarted)

    def _made(self, plan: TunnelPlan) -> Tunnel:
        design = self.ground.design
        provider = next(d.provider for d in design.devices if d.name == plan.device)
        gateway = next(g for g in design.gateways if g.name == plan.gateway)
        machines = [plan.instance] if plan.instance else [i.name for i in gateway.instances]
        tunnel = Tunnel(self.ground, plan, provider, self.owners)
        if plan.instance is None:
            self.owners[plan.gateway] = machines[0]
        for machine in (plan.device, *machines):
            peer = plan.device if machine != plan.device else plan.instance or plan.gateway
            tunnel.ends[machine] = self._host(tunnel, machine, peer)
        when = SETTLING / 2 * self.ground.chance(plan.name).random()
        self.ground.clock.after(when, self._dial, tunnel.ends[plan.device])
        return tunnel

    def _host(self, tunnel: Tunnel, machine: str, peer: str) -> Host:
        clock = self.ground.clock
        luck = self.ground.chance(f"{tunnel.name}/{machine}")

        def send(message: ike.Message) -> None:
            if not self.ground.loses(tunnel.carrier, luck) and tunnel.underlay(machine) is None:
                clock.after(tunnel.delay, arrive, message)

        def arrive(message: ike.Message) -> None:
            far = tunnel.far(machine)
            if far is not None:
                tunnel.ends[far].on(ike.Received(message, clock.now))

        def due(name: str) -> ike.TimerDue:
            heard = self.traffic(tunnel.name, machine) if name == "liveness" else None
            return ike.TimerDue(cast(Timer, name), clock.now, heard)

        def fresh(old: ike.Belief | None) -> ike.Belief:
            return ike.Belief(made=old.made if old else 0)

        return Host(
            self.ground,
            machine,
            ike.react,
            fresh,
            self._settings(machine, peer),
            send=send,
            due=due,
            told=partial(self._hear, tunnel, machine),
            seen=lambda belief: (belief.child, belief.inbound),
        )

    def _hear(self, tunnel: Tunnel, machine: str, became: Became) -> None:
        if REFUSED in became.reason:
            self.ground.changed |= not tunnel.refusal
            tunnel.refusal = tunnel.refusal or became.reason
        elif became.state == "up":
            tunnel.refusal = ""
        for each in self.told:
            each(tunnel, machine)

    def _settings(self, machine: str, peer: str) -> ike.Settings:
        profile = self.ground.profile
        return ike.Settings(
            machine,
            peer,
            "the agreed key",
            ANY_TO_ANY,
            liveness_delay=profile.seconds("liveness-delay"),
            retransmit_timeout=profile.seconds("retransmit-timeout"),
            retransmit_base=profile.seconds("retransmit-base"),
            retransmit_tries=profile.count("retransmit-tries"),
            redial=profile.seconds("redial"),
            child_rekey=profile.seconds("child-rekey"),
            ike_rekey=profile.seconds("ike-rekey"),
        )

    def _dial(self, host: Host) -> None:
        if host.belief.state == "down":
            host.on(ike.Dial(self.ground.clock.now))

    def of(self, machine: str) -> list[Tunnel]:
        """The tunnels that may have an end at `machine`."""
        return self._by_machine.get(machine, [])

    def dial(self, machine: str) -> None:
        """`machine` sets its tunnels up: it is new, or new at its address."""
        for tunnel in self.of(machine):
            self._dial(tunnel.ends[machine])

    def close(self, machine: str, words: str) -> None:
        """`machine` says goodbye in all its tunnels, and forgets them."""
        for tunnel in self.of(machine):
            host = tunnel.ends[machine]
            host.on(ike.Close(words, self.ground.clock.now))
            host.forget()

    def spoil_key(self, machine: str) -> None:
        """`machine` has an old key from now on; the tunnels that are up stay up."""
        for tunnel in self.of(machine):
            host = tunnel.ends[machine]
            host.settings = replace(host.settings, key="an old key")

    def mend_key(self, machine: str) -> None:
        """`machine` has the agreed key again."""
        for tunnel in self.of(machine):
            host = tunnel.ends[machine]
            host.settings = replace(host.settings, key="the agreed key")

    def _restarted(self, machine: str, alive: bool) -> None:
        for tunnel in self.of(machine):
            tunnel.ends[machine].forget()
            serves = machine in (tunnel.plan.device, tunnel.far(tunnel.plan.device))
            if alive and serves:
                self._dial(tunnel.ends[machine])
