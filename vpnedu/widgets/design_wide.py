"""The scene of a design on a wide page: columns from the office to the network."""

from math import fsum

from vpnedu.simulation.trace import Trace
from vpnedu.widgets.design_places import (
    CHIP,
    PILL,
    PORT_STEP,
    Parts,
    Plan,
    Tube,
    Written,
    arrival,
    middle,
    order_at,
    port,
    tube,
)
from vpnedu.widgets.places import Box

WIDTH = 760
SITE, DEVICE, PROVIDER = (4, 96), (124, 88), (236, 88)
BAND, LOCATION = (334, 132), (340, 100)
REGION, GATEWAY, NETWORK = (474, 282), (484, 148), (654, 94)
ROW, HEAD, EDGE, GAP = 74.0, 42.0, 10.0, 10.0
CIRCUIT_ROW = 64.0
DEVICE_HEIGHT = 44


def wide(trace: Trace) -> Plan:
    """The wide plan of a design's scene."""
    parts = Parts(trace)
    plan = Plan(WIDTH)
    top = 8.0 + (CIRCUIT_ROW if parts.circuits else 0.0)
    devices = [d for d in parts.kind("device") if d.name not in parts.routers]
    left = max(ROW * len(devices), 56.0)
    tall = [_region_height(parts, region.name) for region in parts.kind("region")]
    right = fsum(tall) + GAP * (len(tall) - 1)
    inner = max(left, right)
    plan.height = top + inner + 8
    y = top + (inner - right) / 2
    for region, height in zip(parts.kind("region"), tall, strict=True):
        _region(plan, parts, region.name, Box(REGION[0], y, REGION[1], height))
        y += height + GAP
    y = top + (inner - ROW * len(devices)) / 2
    for place, device in enumerate(devices):
        centre = y + ROW * (place + 0.5)
        plan.boxes[device.name] = Box(DEVICE[0], centre - 22, DEVICE[1], 44)
        provider = parts.provider_of(device.name)
        if provider:
            plan.boxes[provider] = Box(PROVIDER[0], centre - 22, PROVIDER[1], 44)
    if parts.tunnels:
        plan.band = Box(BAND[0], top, BAND[1], inner)
    _circuits(plan, parts)
    _site(plan, parts)
    _tunnels(plan, parts)
    return plan


def _instances_height(parts: Parts, gateway: str) -> float:
    total = 0.0
    for zone, instances in parts.zones(gateway):
        total += (CHIP + 8) * len(instances) + (26 if zone else 0)
    return total


def _region_height(parts: Parts, region: str) -> float:
    gateways = parts.inside(region, "gateway")
    inside = fsum(HEAD + _instances_height(parts, gateway.name) + 4 for gateway in gateways)
    return 26 + max(inside, 62.0) + EDGE


def _region(plan: Plan, parts: Parts, name: str, box: Box) -> None:
    plan.boxes[name] = box
    plan.labels[name] = [Written(box.x + 10, box.y + 17, name, "soft")]
    y = box.y + 26
    for gateway in parts.inside(name, "gateway"):
        height = HEAD + _instances_height(parts, gateway.name) + 4
        _gateway(plan, parts, gateway.name, Box(GATEWAY[0], y, GATEWAY[1], height))
        plan.labels[gateway.name].append(
            Written(GATEWAY[0] + 10, y + 34, gateway.detail, "soft small")
        )
        y += height
    low = box.y + 26
    centre = low + (box.y + box.height - EDGE - low) / 2
    for network in parts.inside(name, "virtual network"):
        plan.boxes[network.name] = Box(NETWORK[0], centre - 31, NETWORK[1], 62)
    _exits(plan, parts, name)


def _gateway(plan: Plan, parts: Parts, name: str, box: Box) -> None:
    plan.boxes[name] = box
    plan.labels[name] = [Written(box.x + 10, box.y + 19, name, "name")]
    y = box.y + HEAD
    for zone, instances in parts.zones(name):
        inset = 24.0
        if zone:
            plan.boxes[zone] = Box(box.x + 14, y, box.width - 22, (CHIP + 8) * len(instances) + 18)
            plan.labels[zone] = [Written(box.x + 24, y + 14, zone, "soft small")]
            y += 20
        for instance in instances:
            plan.boxes[instance.name] = Box(box.x + inset, y, box.width - inset - 16, CHIP)
            y += CHIP + 8
        y += 6 if zone else 0
    if parts.shared(name):
        _entries(plan, parts, name)


def _entries(plan: Plan, parts: Parts, gateway: str) -> None:
    """From the gateway's one address to each of its instances."""
    box = plan.boxes[gateway]
    instances = [plan.boxes[node.name] for node in parts.inside(gateway, "instance")]
    y = middle(instances, across=False)
    for node in parts.inside(gateway, "instance"):
        target = plan.boxes[node.name]
        lane = box.x + 11
        points = ((box.x, y), (lane, y), (lane, target.centre[1]), (target.x, target.centre[1]))
        plan.ways[gateway, node.name] = points


def _exits(plan: Plan, parts: Parts, region: str) -> None:
    """From every instance of a region to its networks."""
    for gateway in parts.inside(region, "gateway"):
        for instance in parts.inside(gateway.name, "instance"):
            for network in parts.inside(region, "virtual network"):
                a, b = plan.boxes[instance.name], plan.boxes[network.name]
                y = min(max(a.centre[1], b.y + 14), b.y + b.height - 14)
                points = ((a.x + a.width, a.centre[1]), (GATEWAY[0] + GATEWAY[1], a.centre[1]))
                plan.ways[instance.name, network.name] = (*points, (b.x, y))


def _circuits(plan: Plan, parts: Parts) -> None:
    """Above all else: router, circuit, location, and from there down into the network."""
    for circuit in parts.circuits:
        router, location = circuit.ends
        plan.boxes[router] = Box(DEVICE[0], 8, DEVICE[1], 44)
        plan.boxes[location] = Box(LOCATION[0], 8, LOCATION[1], 44)
        start, end = DEVICE[0] + DEVICE[1], LOCATION[0]
        step = (end - start) / 3
        pill = Box(start + (end - start) / 2 - PILL[0] / 2, 5, *PILL)
        points = tuple((start + step * share, 30.0) for share in range(4))
        plan.tubes[circuit.name] = Tube(points, pill)
        for network in parts.kind("virtual network"):
            box = plan.boxes[network.name]
            x = box.centre[0]
            edge = LOCATION[0] + LOCATION[1]
            plan.ways[location, network.name] = ((edge, 30.0), (x, 30.0), (x, box.y))


def _site(plan: Plan, parts: Parts) -> None:
    devices = [plan.boxes[node.name] for node in parts.kind("device")]
    centre = middle(devices, across=False)
    for site in parts.kind("site"):
        box = Box(SITE[0], max(centre - 31, 4), SITE[1], 62)
        plan.boxes[site.name] = box
        for node in parts.kind("device"):
            device = plan.boxes[node.name]
            y = min(max(device.centre[1], box.y + 14), box.y + box.height - 14)
            plan.ways[site.name, node.name] = (
                (box.x + box.width, y),
                (device.x, device.centre[1]),
            )


def _tunnels(plan: Plan, parts: Parts) -> None:
    for tunnel in parts.tunnels:
        device, end = tunnel.ends
        near, far = order_at(device, parts.tunnels), order_at(end, parts.tunnels)
        step = min(PORT_STEP, (DEVICE_HEIGHT - 8) / max(len(near) - 1, 1))
        out = port(near.index(tunnel.name), len(near), step)
        x, y = arrival(plan, parts, end)
        y += port(far.index(tunnel.name), len(far))
        a, provider = plan.boxes[device], plan.boxes[parts.provider_of(device) or device]
        start = (a.x + a.width, a.centre[1] + out)
        pill = Box(BAND[0] + BAND[1] - PILL[0] - 4, y - PILL[1] / 2, *PILL)
        plan.tubes[tunnel.name] = tube(start, provider, (x, y), upright=False, pill=pill)
