"""How runs end: does a design get over a fault by itself? With timers so short that it shows soon.

Whether packets arrive again in the end does not hang on the length of timers, as long as nobody
mends anything: `tests/quiz/generators/test_surviving.py` holds these runs to Azure's timers.
"""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from vpnedu.simulation.designs import DESIGNS
from vpnedu.simulation.designs.plan import CloudGateway, Design, Device, Instance
from vpnedu.simulation.events import Carried
from vpnedu.simulation.failover import simulate
from vpnedu.simulation.trace import Trace

# Those that hardly matter here, such as keepalives inside tunnels, are left long: a run takes as
# much work as it has events.
QUICK: dict[str, object] = {
    "probe-interval": 1, "probe-misses": 2, "standby-start": 2, "address-move": 1,
    "fabric-update": 1, "circuit-update": 2, "liveness-delay": 30, "retransmit-timeout": 1,
    "retransmit-tries": 1, "connect-retry": 2, "circuit-hold-time": 15, "circuit-keepalive": 5,
    "packet-interval": 0.5,
}  # fmt: skip
STRIKES, UNTIL = 5, 45


class Ending(NamedTuple):
    """How a run ends: whether packets of all flows arrive at the end, and whether any were lost on
    the way; what is the matter with those that don't, or else what carries the worst-hit ones."""

    survives: bool
    gap: bool
    cause: str
    way: str


def _zoned(design: Design, *zones: str) -> tuple[CloudGateway, ...]:
    """The gateway of a design, with its instances in these zones."""
    (gateway,) = design.gateways
    instances = (Instance(f"instance {n}", zone) for n, zone in enumerate(zones, start=1))
    return (replace(gateway, instances=tuple(instances)),)


_ONE_LINE = (Device("device 1", "provider 1"), Device("device 2", "provider 1"))
_D = DESIGNS
_STANDBY, _TWO, _DUAL = _D["active-standby"], _D["two-devices"], _D["dual-redundancy"]
# The designs of the book and some near ones, each as a choice says it.
PLANS: dict[str, tuple[str, Design]] = {
    "active-standby": ("one device, an active/standby gateway", _STANDBY),
    "active-active": ("one device, an active/active gateway", _D["active-active"]),
    "two-devices": (
        "two devices with a provider each, an active/standby gateway",
        _TWO,
    ),
    "two-devices-one-line": (
        "two devices on one provider, an active/standby gateway",
        replace(_TWO, name="two-devices-one-line", devices=_ONE_LINE),
    ),
    "dual-redundancy": ("two devices with a provider each, an active/active gateway", _DUAL),
    "dual-one-line": (
        "two devices on one provider, an active/active gateway",
        replace(_DUAL, name="dual-one-line", devices=_ONE_LINE),
    ),
    "standby-one-zone": (
        "one device, an active/standby gateway with both instances in zone 1",
        replace(_STANDBY, gateways=_zoned(_STANDBY, "zone 1", "zone 1")),
    ),
    "standby-two-zones": (
        "one device, an active/standby gateway with instances in zones 1 and 2",
        replace(_STANDBY, gateways=_zoned(_STANDBY, "zone 1", "zone 2")),
    ),
    "active-one-zone": (
        "one device, an active/active gateway with both instances in zone 1",
        _D["zonal"],
    ),
    "active-two-zones": (
        "one device, an active/active gateway with instances in zones 1 and 2",
        _D["zone-redundant"],
    ),
    "dual-one-zone": (
        "two devices with a provider each, an active/active gateway with both instances in zone 1",
        replace(_DUAL, gateways=_D["zonal"].gateways),
    ),
    "dual-two-zones": (
        "two devices with a provider each, an active/active gateway in zones 1 and 2",
        replace(_DUAL, gateways=_D["zone-redundant"].gateways),
    ),
    "two-regions": (
        "one device, an active/standby gateway in each of two regions",
        _D["two-regions"],
    ),
    "circuit": ("a private circuit alone", _D["expressroute"]),
    "circuit-and-vpn": (
        "a private circuit, and a VPN beside it as the way out",
        _D["expressroute-failover"],
    ),
}


def quick_run(plan: str, faults: tuple[str, ...]) -> Trace:
    """The run of a plan under faults, which strike one after another, 3 s apart."""
    texts = (f"{fault}@{STRIKES + 3 * place}" for place, fault in enumerate(faults))
    return simulate(PLANS[plan][1], texts, until=UNTIL, settings=QUICK)


@cache
def ending(plan: str, faults: tuple[str, ...]) -> Ending:
    """How the run of a plan under faults ends. There are only so many; each is run once."""
    trace = quick_run(plan, faults)
    last = [outage for outage in trace.outages if outage.end is None]
    if last:
        return Ending(False, True, last[0].causes[-1], "")
    if not trace.outages:
        return Ending(True, False, "", "")
    worst = max(trace.outages, key=lambda outage: outage.seconds).flow
    carried = [e for e in trace.events if isinstance(e, Carried) and e.flow == worst][-1]
    ways = (thing for thing in carried.path if thing.startswith(("tunnel", "circuit")))
    return Ending(True, True, "", next(ways))
