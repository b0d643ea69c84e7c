"""The scene of a design on a phone or at half width: the office above, the network at the foot."""

from vpnedu.simulation.trace import Node, Trace
from vpnedu.widgets.design_narrow import own_arrival, own_tube, stacked_gateway
from vpnedu.widgets.design_places import (
    CHIP,
    PILL,
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
from vpnedu.widgets.places import Box, Point

WIDTH = 306.0
SITE = (4.0, 44.0)
DEVICE, PROVIDER, BAND, REGION = 76.0, 144.0, 206.0, 308.0
BOX = (92.0, 42.0)
STRIP = 74.0
GAP = 6.0
NETWORK = (118.0, 44.0)


def upright(trace: Trace) -> Plan:
    """The upright plan of a design's scene."""
    parts = Parts(trace)
    plan = Plan(WIDTH, upright=True)
    _columns(plan, parts)
    regions = parts.kind("region")
    left = WIDTH / len(parts.kind("device")) if parts.circuits and parts.tunnels else 0.0
    width = (WIDTH - left - 8 - GAP * (len(regions) - 1)) / len(regions)
    narrow = width < 200
    low = 0.0
    for place, region in enumerate(regions):
        x = 4 + left + place * (width + GAP)
        low = max(low, _region(plan, parts, region.name, x, width, stacked=narrow))
    for region in regions:
        box = plan.boxes[region.name]
        plan.boxes[region.name] = Box(box.x, box.y, box.width, low - box.y + 8)
    plan.height = low + 16
    _exits(plan, parts, stacked=narrow)
    _circuits(plan, parts, left)
    _tunnels(plan, parts, stacked=narrow)
    return plan


def _columns(plan: Plan, parts: Parts) -> None:
    """Office, devices, providers and the band: one column for each device."""
    devices = parts.kind("device")
    for site in parts.kind("site"):
        plan.boxes[site.name] = Box(4, SITE[0], WIDTH - 8, SITE[1])
    step = WIDTH / len(devices)
    for place, device in enumerate(devices):
        x = step * (place + 0.5)
        plan.boxes[device.name] = Box(x - BOX[0] / 2, DEVICE, *BOX)
        provider = parts.provider_of(device.name)
        if provider and device.name not in parts.routers:
            plan.boxes[provider] = Box(x - BOX[0] / 2, PROVIDER, *BOX)
        for site in parts.kind("site"):
            plan.ways[site.name, device.name] = ((x, SITE[0] + SITE[1]), (x, DEVICE))
    if parts.tunnels:
        start = step if parts.circuits else 0.0
        plan.band = Box(start, BAND, WIDTH - start, REGION - BAND - 10)


def _region(plan: Plan, parts: Parts, name: str, x: float, width: float, *, stacked: bool) -> float:
    """Places a region and all that is in it, and gives back where its networks end."""
    plan.boxes[name] = Box(x, REGION, width, 0)
    # In a narrow region tunnels come down at its left edge.
    arriving = [len(order_at(g.name, parts.tunnels)) for g in parts.inside(name, "gateway")]
    plan.labels[name] = [Written(x + (32 if stacked else 8), REGION + 15, name, "soft")]
    y, foot = REGION + 24, 0
    for gateway in parts.inside(name, "gateway"):
        place = stacked_gateway if stacked else _beside
        y = place(plan, parts, gateway, Box(x + 6, y, width - 12, 0)) + 24
        foot = 20 if stacked and (max(arriving) > 1 or not parts.shared(gateway.name)) else 0
    for network in parts.inside(name, "virtual network"):
        plan.boxes[network.name] = Box(x + (width - NETWORK[0]) / 2, y, *NETWORK)
        y += NETWORK[1] + GAP
    if foot:
        # Several tunnels come down all over it: its name stands below.
        plan.labels[name] = [Written(x + 8, y + 10, name, "soft")]
    return y - GAP + foot


def _beside(plan: Plan, parts: Parts, gateway: Node, box: Box) -> float:
    """A wide enclosure: its name at the left, its instances side by side."""
    zones = parts.zones(gateway.name)
    zoned = any(zone for zone, _ in zones)
    count = sum(len(instances) for _, instances in zones)
    shared = parts.shared(gateway.name)
    top = 22.0
    height = top + CHIP + 10 + (22 if zoned else 0)
    room = (box.width - STRIP - 4) / count
    x = box.x + STRIP
    for zone, instances in zones:
        if zone:
            plan.boxes[zone] = Box(x, box.y + 6, room * len(instances) - 4, height - 12)
            plan.labels[zone] = [
                Written(x + 6, box.y + height - 12, zone, "soft small", room=(room - 14) / 2 - 3)
            ]
        for instance in instances:
            plan.boxes[instance.name] = Box(x + 5, box.y + top, room - 14, CHIP)
            x += room
    plan.boxes[gateway.name] = Box(box.x, box.y, box.width, height)
    centre = box.y + height / 2
    plan.labels[gateway.name] = [
        Written(box.x + 7, centre - 10, gateway.name, "name", room=STRIP - 7),
        *(
            Written(box.x + 7, centre + 6 + 14 * row, line, "soft small")
            for row, line in enumerate(gateway.detail.replace("/", "/ ").split())
        ),
    ]
    if shared:
        _entries(plan, parts, gateway.name)
    return box.y + height


def _entries(plan: Plan, parts: Parts, gateway: str) -> None:
    """From the gateway's one address, in the middle above its instances, to each of them."""
    top = plan.boxes[gateway].y
    targets = {node.name: plan.boxes[node.name] for node in parts.inside(gateway, "instance")}
    start, lane = middle(list(targets.values()), across=True), top + 11
    for name, box in targets.items():
        x = box.centre[0]
        plan.ways[gateway, name] = ((start, top), (start, lane), (x, lane), (x, box.y))


def _exits(plan: Plan, parts: Parts, *, stacked: bool) -> None:
    for node in parts.kind("instance"):
        box = plan.boxes[node.name]
        for name in parts.networks(node.inside or ""):
            target = plan.boxes[name]
            foot = plan.boxes[node.inside or ""]
            if stacked:
                lane = foot.x + foot.width - 9
                way: tuple[Point, ...] = (
                    (box.x + box.width, box.centre[1]),
                    (lane, box.centre[1]),
                    (lane, foot.y + foot.height + 6),
                    (min(lane, target.x + target.width - 14), target.y),
                )
            else:
                x = box.centre[0]
                near = min(max(x, target.x + 16), target.x + target.width - 16)
                way = ((x, box.y + box.height), (x, foot.y + foot.height), (near, target.y))
            plan.ways[node.name, name] = way


def _circuits(plan: Plan, parts: Parts, left: float) -> None:
    """In a column of their own: router, circuit, location, and down into the network."""
    for circuit in parts.circuits:
        router, location = circuit.ends
        above = plan.boxes[router]
        x = above.centre[0]
        top, foot = DEVICE + BOX[1], BAND + 30
        plan.boxes[location] = Box(x - BOX[0] / 2, foot, *BOX)
        step = (foot - top) / 3
        providers = [plan.boxes[node.name].x for node in parts.kind("provider")]
        beside = x + 12 + PILL[0] < min(providers, default=WIDTH)
        pill_x = x + 12 if beside else x - PILL[0] / 2
        pill = Box(pill_x, (top + foot) / 2 - PILL[1] / 2, *PILL)
        points = tuple((x, top + step * share) for share in range(4))
        plan.tubes[circuit.name] = Tube(points, pill)
        for network in parts.kind("virtual network"):
            box = plan.boxes[network.name]
            start = (x, foot + BOX[1])
            if left:
                plan.ways[location, network.name] = (
                    start,
                    (x, box.centre[1]),
                    (box.x, box.centre[1]),
                )
            else:
                plan.ways[location, network.name] = (start, (x, box.y))


def _tunnels(plan: Plan, parts: Parts, *, stacked: bool) -> None:
    for tunnel in parts.tunnels:
        device, end = tunnel.ends
        near, far = order_at(device, parts.tunnels), order_at(end, parts.tunnels)
        out = port(near.index(tunnel.name), len(near))
        own = stacked and not parts.shared(parts.gateway_of(end))
        x, y = arrival(plan, parts, end)
        x += port(far.index(tunnel.name), len(far))
        if own:
            x, y = own_arrival(plan, parts, tunnel.name, end)
        a, provider = plan.boxes[device], plan.boxes[parts.provider_of(device) or device]
        start = (a.centre[0] + out, a.y + a.height)
        pill = _pill(plan, parts, tunnel.name, end, x)
        made = tube(start, provider, (x, y), upright=True, pill=pill)
        plan.tubes[tunnel.name] = own_tube(plan, parts, tunnel.name, end, made) if own else made


def _pill(plan: Plan, parts: Parts, name: str, end: str, x: float) -> Box:
    """A name's place on its tube, near where the tube ends; neighbours stand at other heights."""
    far = order_at(end, parts.tunnels)
    row = far.index(name)
    located = [plan.boxes[node.name] for node in parts.kind("location")]
    least = max((box.x + box.width + 4 for box in located), default=3)
    left = min(max(x - PILL[0] / 2, least), WIDTH - PILL[0] - 3)
    return Box(left, REGION - 30 - 20 * row, *PILL)
