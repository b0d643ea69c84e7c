"""What a design's availability is made of: its ways to the network, and how often parts fail.

The rates are the book's example, not a provider's promise: shares of time as in common tables
(device and provider 99.9 %, instance and zone 99.9 %, circuit 99.95 %), repairs of some hours.
"""

from collections.abc import Mapping

from vpnedu.simulation.availability import Component, Parallel, Series, Structure
from vpnedu.simulation.designs.plan import CloudGateway, Design

# kind -> failures a year, hours to repair
Rates = Mapping[str, tuple[float, float]]
RATES: Rates = {
    "device": (2.0, 4.38),
    "provider": (4.0, 2.19),
    "circuit": (1.0, 4.38),
    "location": (0.1, 8.76),
    "instance": (4.0, 2.19),
    "zone": (1.0, 8.76),
    "region": (0.1, 8.76),
}


def structure_of(design: Design, rates: Rates = RATES) -> Structure:
    """The design as parts that fail: one way from office to network is enough.

    A thing that several ways need is one component, so what they share is counted once. Instances
    without zones stand in one all the same, which nobody names. Failover costs nothing here: see
    `vpnedu.studies.years` for the seconds that it takes.
    """
    part = {
        name: Component(name, *rates[kind])
        for kind, names in design.things.items()
        for name in names
        if kind in rates
    }
    ways: list[Structure] = [
        Series(
            part[device.name],
            part[device.provider],
            _instances(gateway, part, rates),
            part[gateway.region],
        )
        for device in design.devices
        for gateway in design.gateways
    ]
    ways += [
        Series(part[c.router], part[c.name], part[c.location], part[c.region])
        for c in design.circuits
    ]
    return ways[0] if len(ways) == 1 else Parallel(*ways)


def _instances(gateway: CloudGateway, part: Mapping[str, Component], rates: Rates) -> Structure:
    """Any instance will do, each with its zone."""
    unnamed = Component(f"zone of {gateway.name}", *rates["zone"])
    return Parallel(
        *(Series(part[i.name], part[i.zone] if i.zone else unnamed) for i in gateway.instances)
    )
