"""The things of a design as a picture has them: what stands where, inside what."""

from collections.abc import Iterator

from vpnedu.simulation.designs.plan import NETWORK_PREFIX, OFFICE, OFFICE_PREFIX, Design
from vpnedu.simulation.trace import Node, TunnelLine


def nodes(design: Design) -> tuple[Node, ...]:
    """The nodes: place is (column, row), columns as a reader meets them from left to right."""
    return (
        Node(OFFICE, "site", str(OFFICE_PREFIX), place=("site", 0)),
        *_site(design),
        Node("internet", "internet", place=("internet", 0)),
        *_cloud(design),
    )


def _site(design: Design) -> Iterator[Node]:
    routers = dict.fromkeys(circuit.router for circuit in design.circuits)
    for row, name in enumerate([*routers, *(device.name for device in design.devices)]):
        yield Node(name, "device", inside=OFFICE, place=("device", row))
    for row, name in enumerate(design.things["provider"], start=len(routers)):
        yield Node(name, "provider", place=("provider", row))
    for row, name in enumerate(design.things["location"]):
        yield Node(name, "location", place=("internet", row))


def _cloud(design: Design) -> Iterator[Node]:
    for row, region in enumerate(design.things["region"]):
        yield Node(region, "region", place=("gateway", row))
    for row, gateway in enumerate(design.gateways):
        yield Node(gateway.name, "gateway", gateway.mode, gateway.region, ("gateway", row))
        for zone in dict.fromkeys(i.zone for i in gateway.instances if i.zone):
            yield Node(zone, "zone", inside=gateway.name)
        for instance in gateway.instances:
            yield Node(instance.name, "instance", instance.zone, gateway.name)
    parts = {part.network: part.region for part in design.cloud_parts}
    for row, (network, region) in enumerate(parts.items()):
        detail = str(NETWORK_PREFIX)
        yield Node(network, "virtual network", detail, region, ("network", row))


def tunnel_lines(design: Design) -> tuple[TunnelLine, ...]:
    """The tunnels and circuits; a tunnel to a shared address ends at its gateway."""
    tunnels = [
        TunnelLine(t.name, (t.device, t.instance or t.gateway), True) for t in design.tunnels
    ]
    circuits = [
        TunnelLine(c.name, (c.router, c.location), True, "circuit") for c in design.circuits
    ]
    return (*circuits, *tunnels)
